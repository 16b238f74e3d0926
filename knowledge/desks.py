"""Desks: where a carer can turn to with a question, a delay or a complaint, and what each desk does not do (R79).

The rows are those of requirements section 4. Nobody is sent to a closed door: every path along ``next`` ends at a
person, and none comes by the same desk twice (R80).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from knowledge.facts import Facts
from knowledge.vocabulary import Term

SEED = Path(__file__).parent / "seed" / "desks.yml"
HUMAN = "human"
CONTACT = "{contact}"


class DeskError(ValueError):
    """A desk cannot be read; the message names the row and what is wrong."""


class DeskStatus(Term):
    """Was the way to reach it read at its owner?"""

    TO_VERIFY = "to_verify", "nog na te kijken"
    CHECKED = "checked", "nagekeken"


class Body(Term):
    """Who can be asked for help, and can send people on to another."""

    MUNICIPALITY = "municipality", "de gemeente"
    NEIGHBOURHOOD_TEAM = "neighbourhood_team", "het wijkteam"
    CIZ = "ciz", "het CIZ"
    CARE_OFFICE = "care_office", "het zorgkantoor"
    INSURER = "insurer", "de zorgverzekeraar"
    GP = "gp", "de huisarts"
    CASE_MANAGER = "case_manager", "de casemanager"
    HOSPITAL = "hospital", "het ziekenhuis"
    HOME_CARE = "home_care", "de thuiszorg"
    PROVIDER = "provider", "de zorgaanbieder"
    MENTAL_HEALTH_CARE = "mental_health_care", "de ggz"
    SVB = "svb", "de SVB"
    YOUTH_TEAM = "youth_team", "het jeugdteam"
    VEILIG_THUIS = "veilig_thuis", "Veilig Thuis"
    UWV = "uwv", "het UWV"
    CAK = "cak", "het CAK"
    SCHOOL = "school", "de school"
    SUPPORT_CENTRE = "support_centre", "het steunpunt mantelzorg"
    RIGHT_DESK = "right_desk", "Het Juiste Loket"


@dataclass(frozen=True)
class Desk:
    """One row of section 4; the texts are Dutch for carers.

    ``row``: its number there ("V-a"). ``say_there``: what she can say or write at the desk. ``then``: what to do when
    it does not help; ``next``: the desks of that step, none when a person takes over. ``contact``: the key of a fact,
    only when it was checked; ``reach``: the sentence with ``{contact}``; ``found``: the sentence without. ``topics``:
    the questions that lead here.
    """

    id: str
    row: str
    name: str
    for_whom: str
    when: str
    does: str
    does_not: str
    say_there: str
    then: str
    next: tuple[str, ...]
    contact: str
    reach: str
    found: str
    status: DeskStatus
    source: str
    topics: tuple[str, ...]

    def where(self, facts: Facts, today: date) -> str:
        """How to reach it: with the number or address if that may be shown today (R68), else where it is found."""
        if self.contact and facts.showable(self.contact, today):
            return self.reach.replace(CONTACT, facts.value(self.contact))
        return self.found

    def card(self, facts: Facts, today: date) -> dict[str, str]:
        """The values of the sentence ``utter_desk``."""
        return {
            "name": self.name,
            "does": self.does,
            "does_not": self.does_not,
            "say_there": self.say_there,
            "where": self.where(facts, today),
            "then": self.then,
        }


class Desks:
    """All desks; of those for one question, the first is told first. Raises ``DeskError`` when a path does not end."""

    def __init__(self, desks: Iterable[Desk], to_human: Iterable[str] = ()) -> None:
        self._desks: dict[str, Desk] = {}
        for desk in desks:
            if desk.id in self._desks:
                raise DeskError(f"desk {desk.id}: given twice")
            self._desks[desk.id] = desk
        self.to_human = frozenset(to_human)
        for desk in self:
            self._follow(desk, ())

    @classmethod
    def load(cls, path: Path = SEED) -> Desks:
        """Read a desks file. Raises ``DeskError``."""
        try:
            data = yaml.safe_load(path.read_text(encoding="utf-8"))
        except (OSError, yaml.YAMLError) as problem:
            raise DeskError(f"{path.name}: {problem}") from problem
        if not isinstance(data, Mapping) or not isinstance(data.get("desks"), Mapping):
            raise DeskError(f"{path.name}: expected 'desks:' with a block for each id")
        return cls((_desk(key, block) for key, block in data["desks"].items()), data.get(HUMAN, ()))

    def __iter__(self) -> Iterator[Desk]:
        return iter(self._desks.values())

    def __len__(self) -> int:
        return len(self._desks)

    def get(self, desk_id: str) -> Desk:
        """The desk of this id. Raises ``KeyError``."""
        return self._desks[desk_id]

    def for_topic(self, topic: str, told: Collection[str] = ()) -> Desk | None:
        """The desk to tell of at this question: the first that is not among ``told`` (ids), so none twice (R80).

        ``None`` when a person answers it (``to_human``), when it is another question, or when all were told.
        """
        return next((desk for desk in self if topic in desk.topics and desk.id not in told), None)

    def paths(self, desk: Desk) -> Iterator[tuple[str, ...]]:
        """Every way from a desk when it keeps not helping, as ids; each ends where a person takes over."""
        if not desk.next:
            yield (desk.id,)
        for following in desk.next:
            yield from ((desk.id, *rest) for rest in self.paths(self.get(following)))

    def _follow(self, desk: Desk, before: tuple[str, ...]) -> None:
        if desk.id in before:
            raise DeskError(f"desk {desk.row} ({desk.id}): comes twice on the path {' > '.join((*before, desk.id))}")
        for following in desk.next:
            if following not in self._desks:
                raise DeskError(f"desk {desk.row} ({desk.id}): next names {following}, which is no desk")
            self._follow(self._desks[following], (*before, desk.id))


_TEXTS = ("row", "name", "for_whom", "when", "does", "does_not", "say_there", "then", "found", "source")
_LISTS = ("next", "topics")
_KEYS = {field.name for field in fields(Desk)} - {"id"}
_OPTIONAL = {"contact", "reach"}


def _desk(key: Any, block: Any) -> Desk:
    if not isinstance(key, str) or not key.isascii() or not key.isidentifier() or key != key.lower():
        raise DeskError(f"desk {key!r}: an id is snake_case ASCII")
    if not isinstance(block, Mapping):
        raise DeskError(f"desk {key}: expected a block of fields")
    named = f"desk {block.get('row', '?')} ({key})"
    missing, strange = _KEYS - _OPTIONAL - set(block), set(block) - _KEYS
    if missing or strange:
        raise DeskError(f"{named}: missing {sorted(missing)}, not known {sorted(strange)}")
    _check(named, block)
    values: dict[str, Any] = {"contact": "", "reach": "", **block, "status": DeskStatus(block["status"])}
    values.update({name: tuple(block[name]) for name in _LISTS})
    return Desk(id=key, **values)


def _check(named: str, block: Mapping[str, Any]) -> None:
    for name in _TEXTS:
        if not isinstance(block[name], str) or not block[name].strip():
            raise DeskError(f"{named}: {name} must be a text")
    for name in _LISTS:
        if not isinstance(block[name], list) or not all(isinstance(one, str) for one in block[name]):
            raise DeskError(f"{named}: {name} must be a list of names")
    if block["status"] not in [status.value for status in DeskStatus]:
        raise DeskError(f"{named}: status is one of {', '.join(DeskStatus)}")
    checked = block["status"] == DeskStatus.CHECKED.value
    if checked is not bool(block.get("contact")) or checked is not (CONTACT in block.get("reach", "")):
        raise DeskError(f"{named}: contact and reach belong to a checked desk, and only to that (R79)")
