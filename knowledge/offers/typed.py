"""Offers as people type them, in a form or in the cells of a sheet, read into data; the way back is ``written``.

What cannot be read stays in the data as it was typed, so that a form can show it again beside what is wrong with it.
Dates are typed as 22-11-2026 or 2026-11-22, terms by their Dutch label or their identifier, lists one a line or parted
by semicolons.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from knowledge.offers.columns import COLUMN_GUIDES, ISO_DAY
from knowledge.offers.faults import Fault, quoted
from knowledge.offers.guide import GUIDE, FieldGuide, Shape
from knowledge.offers.shapes import check, is_day, terms_of
from knowledge.places.official import ggd_regions, municipality_names, provinces
from knowledge.vocabulary import Term

NO_ANSWER = "onbekend"
_YES = frozenset({"ja", "j", "true", "waar", "x", "1"})
_NO = frozenset({"nee", "n", "false", "onwaar", "0"})
_DUTCH_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)
_COUNT = re.compile(r"(\d{1,6})(?:[.,]0+)?", re.ASCII)
_RANGE = re.compile(r"(\d{1,4})(?:\s*(?:-|–|tot en met|t/m|tot)\s*(\d{1,4}))?(?:\s*weken)?", re.ASCII | re.IGNORECASE)


def data_of(texts: Mapping[str, str]) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """Plain data of what was typed, with what could not be read. Columns that are not given are not known.

    The faults are those of each field alone; ``find_faults`` names them again, with what does not go together.
    """
    data = plain_of(texts)
    faults = [Fault("", "unknown_field", {"value": quoted(name)}) for name in texts if name not in COLUMN_GUIDES]
    for name, value in data.items():
        faults += check(GUIDE[name], value)
    return data, tuple(faults)


def plain_of(texts: Mapping[str, str]) -> dict[str, Any]:
    """Plain data of what was typed, unchecked: for whoever asks ``find_faults`` afterwards."""
    data: dict[str, Any] = {}
    for name, guide in COLUMN_GUIDES.items():
        value = _read(guide, texts.get(name, ""))
        if value is None or value == []:
            continue
        whole, _, part = name.partition(".")
        if part:
            data.setdefault(whole, {})[part] = value
        else:
            data[name] = value
    return data


def _read(guide: FieldGuide, text: str) -> Any:
    """The value that was typed; the text itself if it cannot be read; ``None`` if nothing was typed."""
    text = str(text).replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text:
        return None
    if guide.shape in _LISTS:
        items = [each.strip() for each in re.split(r"[\n;]", text) if each.strip()]
        if guide.shape is Shape.PLACES:
            items = [name for each in items for name in _parted(each)]
        return [_READERS[guide.shape](guide, each) for each in items]
    reader = _READERS.get(guide.shape)
    return reader(guide, text) if reader else text


def _as_typed(guide: FieldGuide, text: str) -> str:
    return text


def _read_term(guide: FieldGuide, text: str) -> str:
    return _terms_by_word(guide.vocabulary).get(_folded(text), text)


@cache
def _terms_by_word(vocabulary: type[Term] | None) -> dict[str, str]:
    """Every way to type a term: its identifier, its label, and the label up to its colon."""
    terms = terms_of(vocabulary)
    short = {_folded(term.label.partition(":")[0]): value for value, term in terms.items()}
    return {
        **short,
        **{_folded(term.label): value for value, term in terms.items()},
        **{value: value for value in terms},
    }


def _read_flag(guide: FieldGuide, text: str) -> bool | str | None:
    word = _folded(text)
    if word in _YES or word in _NO:
        return word in _YES
    return None if guide.shape is Shape.MAYBE and word in (NO_ANSWER, "?") else text


def _read_count(guide: FieldGuide, text: str) -> int | str:
    found = _COUNT.fullmatch(text)
    return int(found[1]) if found else text


def _read_day(guide: FieldGuide, text: str) -> str:
    dutch, iso = _DUTCH_DAY.fullmatch(text), ISO_DAY.fullmatch(text)
    day = f"{dutch[3]}-{int(dutch[2]):02}-{int(dutch[1]):02}" if dutch else iso[1] if iso else ""
    return day if is_day(day) else text


def _read_range(guide: FieldGuide, text: str) -> list[int] | str:
    found = _RANGE.fullmatch(text)
    pair = [int(found[1]), int(found[2] or found[1])] if found else []
    return pair if pair and pair == sorted(pair) else text


def _read_amount(guide: FieldGuide, text: str) -> str:
    bare = re.sub(r"(?i)€|eur(o|os)?\b|\s", "", text).removesuffix(",-")
    return bare.replace(".", "").replace(",", ".") if "," in bare else bare


def _read_postcode(guide: FieldGuide, text: str) -> str:
    found = re.fullmatch(r"([1-9]\d{3})\s*[A-Za-z]{2}", text, re.ASCII)
    return found[1] if found else text


def _parted(text: str) -> list[str]:
    """The names that stand with commas between them; "Nuenen, Gerwen en Nederwetten" is one name with a comma in it."""
    if _folded(text) in _by_folded(municipality_names):
        return [text]
    return [each.strip() for each in text.split(",") if each.strip()]


def _read_name(names: Callable[[], Iterable[str]], text: str) -> str:
    return _by_folded(names).get(_folded(text), text)


@cache
def _by_folded(names: Callable[[], Iterable[str]]) -> dict[str, str]:
    return {_folded(name): name for name in names()}


def _read_field(guide: FieldGuide, text: str) -> str:
    return _fields_by_word().get(_folded(text), text)


@cache
def _fields_by_word() -> dict[str, str]:
    return {**{_folded(each.label): name for name, each in GUIDE.items()}, **{name: name for name in GUIDE}}


def _read_check(guide: FieldGuide, text: str) -> dict[str, Any] | str:
    parts = [each.strip() for each in text.split("|")]
    if not 4 <= len(parts) <= len(guide.parts):
        return text
    read = {key: _read(part, each) for (key, part), each in zip(guide.parts.items(), parts, strict=False)}
    return {key: each for key, each in read.items() if each is not None}


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


_LISTS = (Shape.TEXTS, Shape.TERMS, Shape.PLACES, Shape.FIELDS, Shape.CHECKS)
_READERS: dict[Shape, Callable[[FieldGuide, str], Any]] = {
    Shape.TEXTS: _as_typed,
    Shape.TERM: _read_term,
    Shape.TERMS: _read_term,
    Shape.FLAG: _read_flag,
    Shape.MAYBE: _read_flag,
    Shape.COUNT: _read_count,
    Shape.DAY: _read_day,
    Shape.RANGE: _read_range,
    Shape.AMOUNT: _read_amount,
    Shape.POSTCODE: _read_postcode,
    Shape.PLACE: lambda guide, text: _read_name(municipality_names, text),
    Shape.PLACES: lambda guide, text: _read_name(municipality_names, text),
    Shape.REGION: lambda guide, text: _read_name(ggd_regions, text),
    Shape.PROVINCE: lambda guide, text: _read_name(provinces, text),
    Shape.FIELD: _read_field,
    Shape.FIELDS: _read_field,
    Shape.CHECKS: _read_check,
}
