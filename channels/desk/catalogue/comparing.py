"""Two versions of one record beside each other, field by field, in the words of its form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from channels.desk.catalogue.plain_texts import NO
from channels.desk.catalogue.questions import UNKNOWN, Control, Question, Section


@dataclass(frozen=True)
class Difference:
    """One field in which two versions differ. ``mine_changed``, ``theirs_changed``: against what both began from."""

    column: str
    label: str
    mine: str
    theirs: str
    mine_changed: bool = True
    theirs_changed: bool = True

    @property
    def id(self) -> str:
        """Its identifier on the page."""
        return "v-" + self.column.replace(".", "-").replace("_", "-")

    @property
    def keep_theirs(self) -> bool:
        """Only the other changed it: then theirs is the likely choice."""
        return self.theirs_changed and not self.mine_changed


def _questions(questions: tuple[Question, ...], above: str = "") -> Iterator[tuple[str, str]]:
    for one in questions:
        label = f"{above}: {one.label}" if above and above.casefold() not in one.label.casefold() else one.label
        if one.parts:
            yield from _questions(one.parts, one.label)
        else:
            yield one.column, label


def labels_of(sections: tuple[Section, ...]) -> dict[str, str]:
    """What people call each column, in the order of the form."""
    return {column: label for section in sections for column, label in _questions(section.questions)}


def differences(
    sections: tuple[Section, ...],
    mine: Mapping[str, str],
    theirs: Mapping[str, str],
    base: Mapping[str, str] | None = None,
) -> tuple[Difference, ...]:
    """Every field in which the versions differ, in the order of the form. ``base``: what both began from, if known."""
    labels, silent = labels_of(sections), _silent_words(sections)
    columns = dict.fromkeys((*labels, *mine, *theirs))

    def said(texts: Mapping[str, str], column: str) -> str:
        text = _tidy(texts.get(column, ""))
        return "" if text.casefold() == silent.get(column) else text

    found = []
    for column in columns:
        one, other = said(mine, column), said(theirs, column)
        if one != other:
            before = None if base is None else said(base, column)
            found.append(Difference(column, labels.get(column, column), one, other, one != before, other != before))
    return tuple(found)


def _silent_words(sections: tuple[Section, ...]) -> dict[str, str]:
    """The word of each column that says no more than an empty field does."""
    questions = [one for section in sections for question in section.questions for one in question.parts or (question,)]
    flags = {one.column: NO for one in questions if one.control is Control.FLAG and one.optional}
    return {**flags, **{one.column: UNKNOWN for one in questions if UNKNOWN in one.options}}


def _tidy(text: str) -> str:
    return "\n".join(line.strip() for line in text.replace("\r\n", "\n").strip().split("\n"))
