"""What a value of each shape looks like as plain data, and whether it is right. Nothing here raises, whatever comes."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from functools import cache, partial
from typing import Any
from urllib.parse import urlsplit

from knowledge.offers.faults import Fault, quoted
from knowledge.offers.guide import BLOCKS, GUIDE, FieldGuide, Shape
from knowledge.places.official import ggd_regions, provinces
from knowledge.vocabulary import Term

LONGEST_TEXT = 2000  # characters
MOST_ITEMS = 40  # in a list of words, terms or blocks
MOST_NAMES = 400  # in a list of municipalities or of field names: both lists are closed

LISTS = frozenset({Shape.TEXTS, Shape.TERMS, Shape.PLACES, Shape.FIELDS})

# Control characters, line and paragraph separators, half characters, and marks that turn the direction of text.
_UNREADABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_POSTCODE = re.compile(r"[1-9]\d{3}", re.ASCII)
_AMOUNT = re.compile(r"\d{1,6}(\.\d{1,2})?", re.ASCII)
_EMAIL = re.compile(r"[^\s@<>()\",;:]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}", re.ASCII | re.IGNORECASE)
_HOST = re.compile(r"[^\s.@/]+(\.[^\s.@/]+)+")
# Ten digits (area, mobile, 08x), 0800 and 090x with four to seven more, 14 with an area code, 11x, and 116xxx.
_PHONE = re.compile(r"0[1-9]\d{8}|0800\d{4,7}|090[069]\d{4,7}|140\d{2,3}|11\d|116\d{3}", re.ASCII)

Codes = Iterator[tuple[str, dict[str, str]]]


def check(guide: FieldGuide, value: Any, municipalities: Collection[str] | None = None) -> Iterator[Fault]:
    """Everything that is wrong with the shape of a value. Given ``municipalities``, place names must be among them."""
    if guide.shape in BLOCKS:
        yield from _check_block(guide, value, municipalities)
        return
    found = list(_CHECKS[guide.shape](guide, value))
    for number, (code, values) in enumerate(found if guide.shape in LISTS else found[:1]):
        if (code, values) not in found[:number]:
            yield Fault(guide.name, code, values)
    if found:
        return
    if municipalities is not None and guide.shape in (Shape.PLACE, Shape.PLACES):
        for name in [value] if guide.shape is Shape.PLACE else value:
            if name.strip() not in municipalities:
                yield Fault(guide.name, "municipality", {"value": quoted(name)})


def check_parts(
    guide: FieldGuide, value: Mapping[str, Any], municipalities: Collection[str] | None = None
) -> Iterator[Fault]:
    """What is wrong with the parts of one block."""
    for key in value:
        if key not in guide.parts:
            yield Fault(guide.name, "unknown_field", {"value": quoted(f"{guide.name}.{key}")})
    for key, part in guide.parts.items():
        given = value.get(key)
        if given is None or given == "":
            if part.required:
                yield Fault(part.name, "required")
        else:
            yield from check(part, given, municipalities)


def _check_block(guide: FieldGuide, value: Any, municipalities: Collection[str] | None) -> Iterator[Fault]:
    if guide.shape is Shape.CHECKS:
        if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
            yield Fault(guide.name, "checks")
        elif len(value) > MOST_ITEMS:
            yield Fault(guide.name, "too_many", {"most": str(MOST_ITEMS)})
        else:
            for each in value:
                yield from check_parts(guide, each, municipalities)
                for key, text in each.items():  # typed, the parts stand in one line with bars, the checks in one cell
                    if isinstance(text, str) and re.search(r"[|;]", text):
                        yield Fault(f"{guide.name}.{key}", "bar")
    elif isinstance(value, Mapping):
        yield from check_parts(guide, value, municipalities)
    else:
        yield Fault(guide.name, "block")


def _text(guide: FieldGuide, value: Any) -> Codes:
    if not isinstance(value, str):
        yield "text", {}
    elif not value.strip():
        yield "required", {}
    elif len(value) > LONGEST_TEXT:
        yield "too_long", {"most": str(LONGEST_TEXT)}
    elif _UNREADABLE.search(value):
        yield "control", {}


def _line(guide: FieldGuide, value: Any) -> Codes:
    yield from _text(guide, value)
    if isinstance(value, str) and "\n" in value.strip():
        yield "one_line", {}


def _matching(right: Callable[[str], bool], code: str, guide: FieldGuide, value: Any) -> Codes:
    yield from _line(guide, value)
    if isinstance(value, str) and not right(value):
        yield code, {}


def _items(most: int, guide: FieldGuide, value: Any) -> Codes:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        yield "list", {}
        return
    if len(value) > most:
        yield "too_many", {"most": str(most)}
    seen = set()
    for each in value:
        yield from _line(guide, each)
        if ";" in each:  # a sheet cell parts a list there
            yield "semicolon", {"value": quoted(each)}
        if each.strip() in seen:
            yield "twice", {"value": quoted(each)}
        seen.add(each.strip())


def _term(guide: FieldGuide, value: Any) -> Codes:
    if not isinstance(value, str) or value not in terms_of(guide.vocabulary):
        yield "term", {"value": quoted(value), "allowed": _allowed(guide.vocabulary)}


def _several(most: int, one: Callable[[FieldGuide, Any], Codes], guide: FieldGuide, value: Any) -> Codes:
    yield from _items(most, guide, value)
    for each in value if isinstance(value, list) else ():
        yield from one(guide, each)


def _flag(guide: FieldGuide, value: Any) -> Codes:
    if not isinstance(value, bool):
        yield ("flag" if guide.shape is Shape.FLAG else "maybe"), {}


def _count(guide: FieldGuide, value: Any) -> Codes:
    if isinstance(value, bool) or not isinstance(value, int) or not guide.least <= value <= guide.most:
        yield "count", {"least": str(guide.least), "most": str(guide.most)}


def _range(guide: FieldGuide, value: Any) -> Codes:
    pair = isinstance(value, list) and len(value) == 2 and all(type(each) is int for each in value)
    if not pair or not 0 <= value[0] <= value[1] <= guide.most:
        yield "range", {}


def _closed(names: Callable[[], frozenset[str]], code: str, guide: FieldGuide, value: Any) -> Codes:
    if not isinstance(value, str) or value.strip() not in names():
        yield code, {"value": quoted(value), "allowed": ", ".join(sorted(names()))}


def _field_name(guide: FieldGuide, value: Any) -> Codes:
    if not isinstance(value, str) or value not in GUIDE or not GUIDE[value].inferable:
        yield "field", {"value": quoted(value)}


def is_day(text: str) -> bool:
    """Is it a day of this time, written as 2026-11-22?"""
    try:
        return _DAY.fullmatch(text) is not None and date.fromisoformat(text).year >= 1990
    except ValueError:
        return False


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    clean = not re.search(r"[\s<>\"\\]", text) and "@" not in parts.netloc
    return parts.scheme in ("https", "http") and clean and _HOST.fullmatch(host) is not None


def _is_phone(text: str) -> bool:
    if not re.fullmatch(r"\+?[\d ()./-]+", text, re.ASCII):
        return False
    digits = re.sub(r"\D", "", re.sub(r"^(\+31|0031) ?(\(0\))?", "0", text))
    return not digits.startswith("00") and _PHONE.fullmatch(digits) is not None


@cache
def terms_of(vocabulary: type[Term] | None) -> dict[str, Term]:
    """The terms of a vocabulary by what is stored."""
    return {term.value: term for term in vocabulary or ()}


@cache
def _allowed(vocabulary: type[Term] | None) -> str:
    return ", ".join(term.label for term in terms_of(vocabulary).values())


_CHECKS: dict[Shape, Callable[[FieldGuide, Any], Codes]] = {
    Shape.IDENTIFIER: partial(_matching, lambda text: _IDENTIFIER.fullmatch(text) is not None, "identifier"),
    Shape.TEXT: _line,
    Shape.LONG_TEXT: _text,
    Shape.TEXTS: partial(_items, MOST_ITEMS),
    Shape.TERM: _term,
    Shape.TERMS: partial(_several, MOST_ITEMS, _term),
    Shape.FLAG: _flag,
    Shape.MAYBE: _flag,
    Shape.COUNT: _count,
    Shape.DAY: partial(_matching, is_day, "day"),
    Shape.URL: partial(_matching, _is_url, "url"),
    Shape.EMAIL: partial(_matching, lambda text: _EMAIL.fullmatch(text) is not None, "email"),
    Shape.PHONE: partial(_matching, _is_phone, "phone"),
    Shape.POSTCODE: partial(_matching, lambda text: _POSTCODE.fullmatch(text) is not None, "postcode"),
    Shape.PLACE: _line,
    Shape.PLACES: partial(_items, MOST_NAMES),
    Shape.REGION: partial(_closed, ggd_regions, "region"),
    Shape.PROVINCE: partial(_closed, provinces, "province"),
    Shape.RANGE: _range,
    Shape.AMOUNT: partial(_matching, lambda text: _AMOUNT.fullmatch(text) is not None, "amount"),
    Shape.FIELD: _field_name,
    Shape.FIELDS: partial(_several, MOST_NAMES, _field_name),
}
