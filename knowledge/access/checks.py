"""What is wrong with the rules of a municipality as plain data: every fault at once, in Dutch for the editor.

Plain data is what is stored and seeded: ``{"municipality", "care_office", "youth_region", "rules": {key: {"answer",
"contact", …, details}}}``, days as ISO texts, hours as typed. What is unknown is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import Any

from knowledge import faults
from knowledge.access.guide import FAULTS, RULES, DetailShape, RuleAnswer, RuleGuide
from knowledge.access.hours import Hours, HoursError

ANSWER, MUNICIPALITY = "answer", "municipality"
TOP_TEXTS = ("care_office", "youth_region")
_PHONE = re.compile(r"(?=(?:\D*\d){3,15}\D*$)\+?[\d ()-]+")
_URL = re.compile(r"https?://[^\s/.]+\.[^\s]+")


class Fault(faults.Fault):
    """What is wrong where: ``field`` is ``municipality`` or ``<rule>.<field>``; sentences in ``guide.yml``."""

    sentences = FAULTS


class AccessRulesError(faults.FaultyError):
    """The data cannot be read; ``faults`` names everything that is wrong."""


def find_faults(data: Any, municipalities: Collection[str] | None = None) -> tuple[Fault, ...]:
    """Everything that is wrong with ``data``; with ``municipalities`` the name is checked against these."""
    if not isinstance(data, Mapping):
        return (Fault("", "not_a_record"),)
    return tuple(_faults(data, municipalities))


def answer_of(value: Any) -> RuleAnswer | None:
    """The answer by its identifier or its Dutch word; ``None`` when it is neither."""
    typed = str(value).strip().casefold()
    return next((one for one in RuleAnswer if typed in (one.value, one.label)), None)


def day_of(value: Any) -> date:
    """The day, from a date or an ISO text. Raises ``ValueError``."""
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _faults(data: Mapping[str, Any], municipalities: Collection[str] | None) -> Iterator[Fault]:
    name = data.get(MUNICIPALITY)
    if not isinstance(name, str) or not name.strip():
        yield Fault(MUNICIPALITY, "no_municipality")
    elif municipalities is not None and name not in municipalities:
        yield Fault(MUNICIPALITY, "unknown_municipality", {"value": name})
    for key in data:
        if key not in (MUNICIPALITY, *TOP_TEXTS, "rules"):
            yield Fault(str(key), "unknown_field", {"value": str(key)})
    yield from (Fault(key, "not_text") for key in TOP_TEXTS if not isinstance(data.get(key, ""), str))
    rules = data.get("rules", {})
    if not isinstance(rules, Mapping):
        yield Fault("rules", "not_a_record")
        return
    for key, block in rules.items():
        if key not in RULES:
            yield Fault(str(key), "unknown_rule", {"value": str(key)})
        elif not isinstance(block, Mapping):
            yield Fault(key, "not_a_record")
        else:
            yield from _rule_faults(RULES[key], block)


def _rule_faults(guide: RuleGuide, block: Mapping[str, Any]) -> Iterator[Fault]:
    known = {one.name: one for one in guide.fields}
    if answer_of(block.get(ANSWER, RuleAnswer.UNKNOWN.value)) is None:
        yield Fault(f"{guide.key}.{ANSWER}", "bad_answer")
    sound = True
    for name, value in block.items():
        if name == ANSWER:
            continue
        where = f"{guide.key}.{name}"
        if name not in known:
            yield Fault(where, "unknown_detail", {"value": str(name)})
        elif code := _CHECKS[known[name].shape](value):
            sound = False
            yield Fault(where, code, {"value": str(value)})
    if sound:
        yield from _lacking(guide, block)


def _lacking(guide: RuleGuide, block: Mapping[str, Any]) -> Iterator[Fault]:
    """What a rule that somebody calls checked still needs: only then it is told to carers."""
    checked_on, checked_by = block.get("checked_on"), block.get("checked_by")
    answer = answer_of(block.get(ANSWER, RuleAnswer.UNKNOWN.value))
    if answer in (None, RuleAnswer.UNKNOWN) or not (checked_on or checked_by):
        return
    if not (checked_on and checked_by):
        yield Fault(f"{guide.key}.{'checked_by' if checked_on else 'checked_on'}", "checked_half")
    if not block.get("valid_until"):
        yield Fault(f"{guide.key}.valid_until", "needed_valid_until")
    elif checked_on and day_of(block["valid_until"]) < day_of(checked_on):
        yield Fault(f"{guide.key}.valid_until", "ends_before_check")
    if not block.get("source"):
        yield Fault(f"{guide.key}.source", "needed_source")
    if answer is RuleAnswer.YES:
        yield from _lacking_details(guide, block)


def _lacking_details(guide: RuleGuide, block: Mapping[str, Any]) -> Iterator[Fault]:
    for one in guide.details.values():
        if one.needed and not block.get(one.name):
            yield Fault(f"{guide.key}.{one.name}", "needed_detail")
    if guide.details and "phone" not in guide.details and not block.get("contact"):
        yield Fault(f"{guide.key}.contact", "needed_contact")


def _bad_text(value: Any) -> str:
    return "" if isinstance(value, str) and value.strip() else "not_text"


def _bad_phone(value: Any) -> str:
    return _bad_text(value) or ("" if _PHONE.fullmatch(value.strip()) else "bad_phone")


def _bad_url(value: Any) -> str:
    return _bad_text(value) or ("" if _URL.fullmatch(value.strip()) else "bad_url")


def _bad_hours(value: Any) -> str:
    try:
        Hours.read(str(value))
    except HoursError:
        return "bad_hours"
    return ""


def _bad_year(value: Any) -> str:
    fits = isinstance(value, int) and not isinstance(value, bool) and 1990 <= value <= 2100
    return "" if fits else "bad_year"


def bad_day(value: Any) -> str:
    """The code of the fault in a day, or ""."""
    try:
        day_of(value)
    except ValueError:
        return "bad_day"
    return ""


def _bad_maybe(value: Any) -> str:
    return "" if answer_of(value) is not None else "bad_maybe"


_CHECKS: dict[DetailShape, Callable[[Any], str]] = {
    DetailShape.TEXT: _bad_text,
    DetailShape.LONG_TEXT: _bad_text,
    DetailShape.PHONE: _bad_phone,
    DetailShape.URL: _bad_url,
    DetailShape.HOURS: _bad_hours,
    DetailShape.YEAR: _bad_year,
    DetailShape.DAY: bad_day,
    DetailShape.MAYBE: _bad_maybe,
}
"""For every shape: the code of the fault in a value, or ""."""
