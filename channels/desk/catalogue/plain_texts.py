"""Records of the smaller guides as they are typed, and back; what cannot be read stays as it was typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from knowledge.offers.guide import FieldGuide, Shape

YES, NO = "ja", "nee"
_DUTCH_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


def texts_of_guided(guide: Mapping[str, FieldGuide], body: Mapping[str, Any]) -> dict[str, str]:
    """One text a field, "" for what is not known."""
    return {name: written(one, body[name]) if body.get(name) is not None else "" for name, one in guide.items()}


def data_of_guided(guide: Mapping[str, FieldGuide], texts: Mapping[str, str]) -> dict[str, Any]:
    """Plain data of what was typed; the checks of the kind say what is wrong with it."""
    read = {name: typed(one, texts.get(name, "").strip()) for name, one in guide.items()}
    return {name: value for name, value in read.items() if value not in (None, "", [])}


def written(guide: FieldGuide, value: Any) -> str:
    """A value as people type it."""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, list):
        return "\n".join(str(each) for each in value)
    if guide.shape is Shape.TERM:
        return next((term.label for term in guide.vocabulary or () if term.value == value), str(value))
    return dutch_day(value) if guide.shape is Shape.DAY else str(value)


def typed(guide: FieldGuide, text: str) -> Any:
    """What was typed as a value; the text itself when it cannot be read."""
    if guide.shape is Shape.TEXTS:
        return [line.strip() for line in text.split("\n") if line.strip()]
    if guide.shape is Shape.TERM:
        known = {word.casefold(): term.value for term in guide.vocabulary or () for word in (term.label, term.value)}
        return known.get(text.casefold(), text)
    if guide.shape is Shape.FLAG:
        return {YES: True, NO: False if guide.required else None, "": None}.get(text.casefold(), text)
    if guide.shape is Shape.COUNT and text.isascii() and text.isdigit() and len(text) < 7:
        return int(text)
    return iso_day(text) if guide.shape is Shape.DAY else text


def dutch_day(text: Any) -> str:
    """22-11-2026 for 2026-11-22."""
    found = _ISO_DAY.fullmatch(str(text))
    return f"{found[3]}-{found[2]}-{found[1]}" if found else str(text)


def iso_day(text: str) -> str:
    """2026-11-22 for 22-11-2026, and anything else as it is."""
    found = _DUTCH_DAY.fullmatch(text)
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else text
