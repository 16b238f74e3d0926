"""What editors published for one written talk: rules of a municipality and a banner, there while it is played."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from channels.root import House
from knowledge.access.data import read_local_rules
from knowledge.banners import read_banner
from knowledge.curation.record import RecordKind
from knowledge.curation.records import Records

BY = "talk"


@contextmanager
def published(house: House, rules: Mapping[str, Any], banner: Mapping[str, Any] | None) -> Iterator[None]:
    """Publish, and take away again. Raises what the readers raise when the talk's file has a fault."""
    bodies = {(RecordKind.ACCESS_RULES, _code(house, name)): _rules(house, name, one) for name, one in rules.items()}
    if banner is not None:
        read_banner("talk", banner, house.regions)
        bodies[(RecordKind.BANNER, "talk")] = dict(banner)
    for (kind, one), body in bodies.items():
        house.records.publish(kind, one, body, by=BY, base_revision=_revision(house.records, kind, one))
    try:
        yield
    finally:
        for kind, one in bodies:
            house.records.remove(kind, one, by=BY, base_revision=_revision(house.records, kind, one), why="")


def _code(house: House, name: str) -> str:
    municipality = house.regions.municipality(name)
    assert municipality is not None, f"{name} is no municipality"
    return municipality.code


def _rules(house: House, name: str, rules: Mapping[str, Any]) -> dict[str, Any]:
    body = {"municipality": name, "rules": {key: dict(block) for key, block in rules.items()}}
    read_local_rules(_code(house, name), body)
    return body


def _revision(records: Records, kind: RecordKind, one: str) -> int:
    record = records.get(kind, one)
    return record.revision if record is not None else 0
