"""Desks: where a carer can turn to with a question, a delay or a complaint, and what each desk does not do (R79).

The rows are those of requirements section 4. Nobody is sent to a closed door: every path along ``next`` ends at a
person, and none comes by the same desk twice (R80).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.curation.faults import Fault, RecordError, key_faults
from knowledge.curation.following import Following, readable
from knowledge.curation.guides import field_faults
from knowledge.curation.record import Record, RecordKind
from knowledge.curation.records import Records
from knowledge.curation.seeds import read_seed_file
from knowledge.curation.terms import DeskStatus
from knowledge.facts import Facts

SEED = Path(__file__).parent / "seed" / "desks.yml"
HUMAN = "human"
CONTACT = "{contact}"


class DeskError(RecordError):
    """A desk cannot be read; the message names the row and what is wrong."""


@dataclass(frozen=True)
class Desk:
    """One row of section 4; the texts are Dutch for carers.

    ``row``: its number there ("V-a"). ``say_there``: what she can say or write at the desk. ``then``: what to do when
    it does not help; ``next``: the desks of that step, none when a person takes over. ``contact``: the key of a fact,
    only when it was checked; ``reach``: the sentence with ``{contact}``; ``found``: the sentence without. ``topics``:
    the questions that lead here. ``position``: of the desks for one question, the lowest is told first.
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
    position: int = 1

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

    def __init__(self, desks: Iterable[Desk] = (), to_human: Iterable[str] = ()) -> None:
        self._desks: dict[str, Desk] = {}
        for desk in sorted(desks, key=lambda one: one.position):
            if desk.id in self._desks:
                raise DeskError("desks", (Fault("", "double", {"value": desk.id}),))
            self._desks[desk.id] = desk
        self.to_human = frozenset(to_human)
        for desk in self._desks.values():
            if faults := tuple(_path_faults(desk, (), self._desks)):
                raise DeskError(f"desk {desk.row} ({desk.id})", faults)

    @classmethod
    def load(cls, path: Path = SEED) -> Desks:
        """Read a desks file. Raises ``DeskError``."""
        to_human = read_seed_file(path, "desks", DeskError).get(HUMAN, ())
        return Desks((read_desk(key, body) for key, body in seed_desks(path).items()), to_human)

    def _all(self) -> Mapping[str, Desk]:
        return self._desks

    def __iter__(self) -> Iterator[Desk]:
        return iter(self._all().values())

    def __len__(self) -> int:
        return len(self._all())

    def get(self, desk_id: str) -> Desk:
        """The desk of this id. Raises ``KeyError``."""
        return self._all()[desk_id]

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


class LiveDesks(Desks):
    """The desks as editors keep them; a change is seen without a restart.

    What cannot be read is left out. Should the paths not end any more, the desks stay as they were: a carer is never
    sent round in a circle because two edits did not fit together.
    """

    def __init__(self, records: Records) -> None:
        seed = Desks.load()
        super().__init__(seed, seed.to_human)
        self._following = Following(records, RecordKind.DESK, self._of_records)

    def _all(self) -> Mapping[str, Desk]:
        return self._following.current()

    def _of_records(self, records: Iterable[Record]) -> Mapping[str, Desk]:
        desks = list(readable(records, read_desk, DeskError))
        known = {desk.id for desk in desks}
        whole = [replace(desk, next=tuple(each for each in desk.next if each in known)) for desk in desks]
        with suppress(DeskError):
            self._desks = dict(Desks(whole)._desks)
        return self._desks


def read_desk(desk_id: str, body: Any) -> Desk:
    """One desk of plain data; whether its path ends is for ``Desks``. Raises ``DeskError`` with all faults."""
    if faults := _own_faults(desk_id, body):
        raise DeskError(f"desk {body.get('row', '?') if isinstance(body, Mapping) else '?'} ({desk_id})", faults)
    values: dict[str, Any] = {"contact": "", "reach": "", **body, "status": DeskStatus(body["status"])}
    values.update({name: tuple(body.get(name, ())) for name in _LISTS})
    return Desk(id=desk_id, **values)


def desk_faults(desk_id: str, body: Any, desks: Desks, facts: Facts | None = None) -> tuple[Fault, ...]:
    """Everything that is wrong with a desk beside the other ``desks``, in Dutch for its editor.

    With ``facts`` also whether the fact with its number exists.
    """
    if faults := _own_faults(desk_id, body):
        return faults
    desk = read_desk(desk_id, body)
    others = {each.id: each for each in desks if each.id != desk_id}
    if facts is not None and desk.contact and desk.contact not in facts.values():
        faults = (Fault("contact", "no_fact", {"value": desk.contact}),)
    return (*faults, *_path_faults(desk, (), {**others, desk_id: desk}))


def seed_desks(path: Path = SEED) -> dict[str, Any]:
    """The desks that come with the product, as plain data by id, in the order of the file. Raises ``DeskError``."""
    blocks = read_seed_file(path, "desks", DeskError)["desks"].items()
    return {
        key: {"position": number, **block} if isinstance(block, Mapping) else block
        for number, (key, block) in enumerate(blocks, 1)
    }


_LISTS = ("next", "topics")


def _own_faults(desk_id: Any, body: Any) -> tuple[Fault, ...]:
    faults = (*key_faults(desk_id), *field_faults(RecordKind.DESK, body))
    return faults or tuple(_contact_faults(body))


def _contact_faults(body: Mapping[str, Any]) -> Iterator[Fault]:
    """A number or address belongs to a checked desk, and only to that (R79)."""
    checked, reach = body["status"] == DeskStatus.CHECKED.value, body.get("reach") or ""
    if checked is not bool(body.get("contact")) or checked is not bool(reach):
        yield Fault("contact", "contact_checked")
    elif reach and CONTACT not in reach:
        yield Fault("reach", "contact_placeholder")


def _path_faults(desk: Desk, before: tuple[str, ...], desks: Mapping[str, Desk]) -> Iterator[Fault]:
    path = (*before, desk.id)
    if desk.id in before:
        yield Fault("next", "circle", {"value": " > ".join(desks[each].name for each in path)})
        return
    for following in desk.next:
        if following in desks:
            yield from _path_faults(desks[following], path, desks)
        else:
            yield Fault("next", "no_desk", {"value": following})
