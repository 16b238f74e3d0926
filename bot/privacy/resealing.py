"""Sealing everything anew with the newest key, and counting what is sealed with which.

In small steps, while the house runs: a value is only replaced when it is still the one that was read, so nothing that
somebody writes meanwhile is lost. Stopped half-way, even by a power cut, it is simply begun again: what has the newest
key already is passed by. What can be searched follows from what can be read, so its marks are made anew from that.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Text, and_, cast, column, select, table, update
from sqlalchemy.engine import Engine
from sqlalchemy.schema import Column, Table

from bot.request.record import Request
from bot.request.searching import searchable
from bot.request.tables import requests
from knowledge.sealed import Keyring, SealedJSON, SealedText, UnreadableError, is_sealed, keyring_of
from knowledge.storage import metadata, open_sessions

BATCH = 200
MOST_ROUNDS = 4
"""So often everything is looked through for what was sealed meanwhile with an older key."""


@dataclass(frozen=True)
class Counted:
    """How many values have which key. ``under``: by the name of the key, newest first."""

    under: dict[str, int]
    open: int = 0
    unreadable: int = 0

    @property
    def older(self) -> int:
        """What has another key than the newest, or none."""
        return sum(list(self.under.values())[1:]) + self.open


@dataclass(frozen=True)
class _Value:
    place: Column[Any]
    key: Any
    raw: str

    @property
    def stored(self) -> str:
        """The token, or the text that was stored before there were keys."""
        return _unpacked(self.raw) if _is_json(self.place) else self.raw


def sealed_columns() -> list[Column[Any]]:
    """Every column that is sealed, in every table that is registered."""
    return [
        each for one in metadata.sorted_tables for each in one.columns if isinstance(each.type, SealedText | SealedJSON)
    ]


def count(engine: Engine) -> Counted:
    """Look at every value that is or should be sealed."""
    ring = keyring_of(engine.dialect)
    under, bare, unreadable = dict.fromkeys(ring.names, 0), 0, 0
    for place in sealed_columns():
        for values in _batches(engine, place):
            for value in values:
                try:
                    number = ring.key_of(value.stored)
                except UnreadableError:
                    unreadable += 1
                    continue
                if number is None:
                    bare += 1
                else:
                    under[ring.names[number]] += 1
    return Counted(under, bare, unreadable)


def seal_anew(engine: Engine) -> Iterator[int]:
    """Seal with the newest key what is not; gives after each batch how many values were changed in it.

    Raises ``UnreadableError`` at a value that no key of the ring opens; what came before it is done.
    """
    ring = keyring_of(engine.dialect)
    for _ in range(MOST_ROUNDS):
        changed = 0
        for place in sealed_columns():
            for values in _batches(engine, place):
                done = _seal_batch(engine, ring, [value for value in values if ring.key_of(value.stored) != 0])
                changed += done
                yield done
        if not changed:
            break
    yield from _mark_anew(engine, ring)


def _batches(engine: Engine, place: Column[Any]) -> Iterator[list[_Value]]:
    key, raw = _key_of(place.table), cast(place, Text)
    last: Any = None
    while True:
        chosen = select(key, raw).where(place.is_not(None)).order_by(key).limit(BATCH)
        with engine.connect() as connection:
            rows = connection.execute(chosen if last is None else chosen.where(key > last)).all()
        if not rows:
            return
        last = rows[-1][0]
        yield [_Value(place, row[0], row[1]) for row in rows if row[1] not in ("", "null")]


def _seal_batch(engine: Engine, ring: Keyring, values: list[_Value]) -> int:
    if not values:
        return 0
    renewed = [(value, ring.seal(ring.open(value.stored))) for value in values]
    with engine.begin() as connection:
        return sum(connection.execute(_replacing(value, token)).rowcount for value, token in renewed)


def _replacing(value: _Value, token: str) -> Any:
    """The change as the database sees it, past the column type that would seal it once more."""
    kind = JSON() if _is_json(value.place) else Text()
    bare = table(value.place.table.name, column(value.place.name, kind), column(_key_of(value.place.table).name))
    same = cast(bare.c[value.place.name], Text) == value.raw
    which = bare.c[_key_of(value.place.table).name] == value.key
    return update(bare).where(and_(which, same)).values({value.place.name: token})


def _mark_anew(engine: Engine, ring: Keyring) -> Iterator[int]:
    """Make the marks of every request anew that can be searched."""
    sessions, last = open_sessions(engine), 0
    raw = table("requests", column("id"), column("search_text", Text()))
    while True:
        marks = cast(requests.c.search_text, Text).label("marks")
        chosen = select(Request, marks).where(requests.c.id > last).order_by(requests.c.id).limit(BATCH)
        with sessions() as session:
            rows = [(request, stored) for request, stored in session.execute(chosen)]
        if not rows:
            return
        last = rows[-1][0].stored_id
        with engine.begin() as connection:
            done = 0
            for request, stored in rows:
                fresh = ring.marks_of(searchable(request))
                if stored and stored != fresh:
                    same = and_(raw.c.id == request.stored_id, raw.c.search_text == stored)
                    done += connection.execute(update(raw).where(same).values(search_text=fresh)).rowcount
        yield done


def _key_of(owner: Table) -> Column[Any]:
    (key,) = owner.primary_key.columns
    return key


def _is_json(place: Column[Any]) -> bool:
    return isinstance(place.type, SealedJSON)


def _unpacked(raw: str) -> str:
    value = json.loads(raw)
    return value if isinstance(value, str) and is_sealed(value) else raw
