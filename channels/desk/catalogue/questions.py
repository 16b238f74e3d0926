"""What a form asks: one question for each thing that can be typed, with the control that suits it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from knowledge.vocabulary import Term

FEW = 6  # as many choices stand side by side; more go into a list to pick from
UNKNOWN = "onbekend"


class Control(Term):
    """How a question is answered on the page."""

    LINE = "line", "een regel"
    TEXT = "text", "een tekst"
    LINES = "lines", "een per regel"
    DAY = "day", "een dag"
    NUMBER = "number", "een getal"
    FLAG = "flag", "ja of nee"
    MAYBE = "maybe", "ja, nee of onbekend"
    ONE = "one", "een keuze"
    PICK = "pick", "een keuze uit een lijst"
    SEVERAL = "several", "meer keuzes"
    ORDERED = "ordered", "meer keuzes, de eerste telt het meest"
    FIXED = "fixed", "staat vast"


@dataclass(frozen=True)
class Question:
    """One thing to fill in. ``column``: its name in typed texts; ``options``: what may be chosen, as people read it.

    ``optional``: nothing chosen is an answer too. ``lookup``: which list of names helps while typing. ``parts``: the
    questions of a thing that has several, such as a price.
    """

    column: str
    label: str
    help: str
    example: str
    control: Control
    options: tuple[str, ...] = ()
    needed: bool = False
    optional: bool = True
    lookup: str = ""
    kind_of_input: str = "text"
    may_be_asked: bool = False
    parts: tuple[Question, ...] = ()

    def columns(self) -> tuple[str, ...]:
        """Every column under this question."""
        return tuple(one.column for one in self.parts) or (self.column,)


@dataclass(frozen=True)
class Section:
    """Questions that belong together, under one title."""

    key: str
    title: str
    questions: tuple[Question, ...]


class FaultLike(Protocol):
    """What is wrong with one field, as the readers of records tell it."""

    @property
    def field(self) -> str: ...

    @property
    def text(self) -> str: ...


@dataclass(frozen=True)
class Answered:
    """A question with what was typed and what is wrong with it, ready for the page."""

    question: Question
    typed: str
    faults: tuple[str, ...]
    parts: tuple[Answered, ...] = ()
    asked: bool = False

    @property
    def name(self) -> str:
        """The name of its field in the form."""
        return f"f.{self.question.column}"

    @property
    def id(self) -> str:
        """Its identifier on the page, and the place where a message about it leads."""
        return "f-" + self.question.column.replace(".", "-").replace("_", "-")

    @property
    def lines(self) -> tuple[str, ...]:
        """What was typed, or chosen, one by one."""
        return tuple(line.strip() for line in self.typed.split("\n") if line.strip())

    @property
    def empty(self) -> bool:
        """Is nothing known, here and in its parts?"""
        return self.typed.strip().casefold() in ("", UNKNOWN) and all(part.empty for part in self.parts)

    @property
    def wrong(self) -> bool:
        """Is something the matter, here or in a part?"""
        return bool(self.faults) or any(part.wrong for part in self.parts)

    def chosen(self, option: str) -> bool:
        """Is this option what was typed?"""
        return option.casefold() in {line.casefold() for line in self.lines}

    @property
    def options(self) -> tuple[str, ...]:
        """What may be chosen: first what was, in its order, because of payers and kinds the first counts most."""
        known = {option.casefold(): option for option in self.question.options}
        chosen = dict.fromkeys(known[line.casefold()] for line in self.lines if line.casefold() in known)
        return (*chosen, *(option for option in self.question.options if option not in chosen))

    @property
    def strange(self) -> tuple[str, ...]:
        """What was typed, in a draft or a file, and is not among the options: it is kept, and shown as wrong."""
        known = {option.casefold() for option in self.question.options}
        return tuple(line for line in self.lines if line.casefold() not in known)


@dataclass(frozen=True)
class AnsweredSection:
    """A section with its answers."""

    section: Section
    answers: tuple[Answered, ...]

    @property
    def wrong(self) -> int:
        """How many of its questions have something the matter."""
        return sum(answer.wrong for answer in self.answers)

    @property
    def missing(self) -> int:
        """How many of its needed questions have no answer yet."""
        return sum(answer.question.needed and answer.empty and not answer.asked for answer in self.answers)


@dataclass(frozen=True)
class Sheet:
    """A whole form, filled in. ``loose``: faults of the record as a whole; ``wrong``: place on the page and message."""

    sections: tuple[AnsweredSection, ...]
    loose: tuple[str, ...]
    wrong: tuple[tuple[str, str], ...]


def fill_in(
    sections: Iterable[Section], texts: Mapping[str, str], faults: Iterable[FaultLike], asked: Iterable[str] = ()
) -> Sheet:
    """The form with what was typed, each message at its field; what has no field here comes above them all."""
    by_field: dict[str, list[str]] = {}
    for fault in faults:
        by_field.setdefault(fault.field, []).append(fault.text)
    said = {one.casefold() for one in asked}
    filled = tuple(
        AnsweredSection(one, tuple(_answer(question, texts, by_field, said) for question in one.questions))
        for one in sections
    )
    loose = tuple(text for texts_ in by_field.values() for text in texts_)
    return Sheet(filled, loose, tuple(fault for one in filled for answer in one.answers for fault in _led_to(answer)))


def _answer(question: Question, texts: Mapping[str, str], faults: dict[str, list[str]], said: set[str]) -> Answered:
    parts = tuple(_answer(part, texts, faults, said) for part in question.parts)
    own = tuple(faults.pop(question.column, ()))
    typed = "" if parts else texts.get(question.column, "")
    return Answered(question, typed, own, parts, question.label.casefold() in said)


def _led_to(answer: Answered) -> tuple[tuple[str, str], ...]:
    """Each message with the place on the page where it is mended."""
    own = tuple((answer.id, text) for text in answer.faults)
    return own + tuple(fault for part in answer.parts for fault in _led_to(part))
