"""Rules of a municipality for tests: a checked "ja" with everything that it needs, and what is wrong with data."""

from __future__ import annotations

from datetime import date
from typing import Any

from knowledge.access.checks import find_faults
from knowledge.access.data import read_local_rules
from knowledge.access.guide import RULES, DetailShape
from knowledge.access.record import LocalRules
from knowledge.places.regions import Regions

TODAY = date(2026, 11, 23)
REGIONS = Regions.load()
CHECK = {"checked_on": "2026-11-01", "checked_by": "Els", "valid_until": "2026-12-31", "source": "website"}
OF_SHAPE: dict[DetailShape, Any] = {
    DetailShape.TEXT: "iets",
    DetailShape.LONG_TEXT: "iets meer",
    DetailShape.PHONE: "0570 12 34 56",
    DetailShape.URL: "https://www.voorbeeld.nl/x",
    DetailShape.HOURS: "ma-vr 8.30-17.00",
    DetailShape.YEAR: 2026,
    DetailShape.DAY: "2026-11-01",
    DetailShape.MAYBE: "yes",
}


def rule_data(key: str, **changes: Any) -> dict[str, Any]:
    """A checked "ja" with everything that it needs."""
    details = {name: OF_SHAPE[one.shape] for name, one in RULES[key].details.items() if one.needed}
    return {"answer": "yes", **details, "contact": "het loket", **CHECK, **changes}


def local_data(name: str = "Deventer", **rules: dict[str, Any]) -> dict[str, Any]:
    return {"municipality": name, "rules": rules}


def local(name: str = "Deventer", **rules: dict[str, Any]) -> LocalRules:
    return read_local_rules("GM0150", local_data(name, **rules))


def codes(data: Any) -> set[tuple[str, str]]:
    return {(fault.field, fault.code) for fault in find_faults(data, ["Deventer", "Zwolle"])}
