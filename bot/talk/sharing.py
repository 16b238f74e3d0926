"""What she does not want the municipality to know stays here: it is not learned, not quoted, and in no request.

A sentence with "dat hoeft de gemeente niet te weten" is taken out before anything is learned from the message; "dat" by
itself points back, to the sentence before it or to her message before this one (field table, row 31; R90).
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any

from bot.profile import CarerProfile, Quote, Told
from bot.reading import Evidence, Reading
from bot.understanding.text import fold, sentence_end, sentence_start

KEPT_BACK = "kept_back"
_POINTS_BACK = re.compile(
    r"^\W*(?:(?:maar|en|o|oh|ja|wel|trouwens) )*(?:(?:dat|dit)\b|(?:zeg|vertel|zet|schrijf|hou|houd)"
    r" (?:dat|dit)\b|niet\b|schrijf niet|tussen ons|blijft onder)"
)
_ALWAYS = {"informal", "asks_human", "refuses", "corrects", "loved_ones", "places", "role_probabilities"}
"""Who it is about, where, and what she wants of us are no secret; without these nobody could help her."""
_FEW_WORDS = 3


def hold_back(reading: Reading, text: str) -> tuple[Reading, str, bool]:
    """The reading and the text without what must stay here, and whether she meant what she said before."""
    marks = [one.evidence for one in reading.details if one.name == KEPT_BACK]
    if not marks:
        return reading, text, False
    spans = [_span(text, mark) for mark in marks]
    rest = _without(text, spans)
    back = all(_POINTS_BACK.match(fold(text[start:end])) for start, end in spans)
    return _cut(reading, spans), rest, back and len(rest.split()) < _FEW_WORDS and spans[0][0] == _first_word(text)


def shareable(profile: CarerProfile) -> CarerProfile:
    """What may enter a request: nothing of the turns that she took back, but for where she can be helped."""
    if not profile.kept_back:
        return profile
    values: dict[str, Any] = {}
    for part in fields(profile):
        value = getattr(profile, part.name)
        if part.name not in ("carer_place", "loved_one_place", "relation", "others_cared_for", "role", "details"):
            values[part.name] = _of_other_turns(value, profile.kept_back)
    details = {name: _of_other_turns(told, profile.kept_back) for name, told in profile.details.items()}
    return replace(profile, **values, details={name: told for name, told in details.items() if told})


def _of_other_turns(value: Any, turns: list[int]) -> Any:
    if isinstance(value, list):
        return [one for one in value if not (isinstance(one, (Told, Quote)) and one.turn in turns)]
    return None if isinstance(value, Told) and value.turn in turns else value


def _span(text: str, mark: Evidence) -> tuple[int, int]:
    """The sentence of the mark; with one that points back, the sentence before it too."""
    folded = fold(text)
    start, end = sentence_start(folded, mark.start), sentence_end(folded, mark.end)
    if _POINTS_BACK.match(folded[start:end]) and start > 0:
        start = sentence_start(folded, max(0, start - 2))
    return start, min(len(text), end + 1)


def _first_word(text: str) -> int:
    return 0 if text.strip() else -1


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    kept = [sign for place, sign in enumerate(text) if not any(start <= place < end for start, end in spans)]
    return "".join(kept).strip()


def _cut(reading: Reading, spans: list[tuple[int, int]]) -> Reading:
    """Everything that was heard in those stretches is not heard."""
    values: dict[str, Any] = {}
    for part in fields(reading):
        value = getattr(reading, part.name)
        if part.name in _ALWAYS:
            continue
        if isinstance(value, tuple) and value:
            values[part.name] = tuple(one for one in value if not _stands_in(one, spans))
        elif value is not None and not isinstance(value, (str, bool, int, float, dict)) and _stands_in(value, spans):
            values[part.name] = None
    return replace(reading, **values)


def _stands_in(value: Any, spans: list[tuple[int, int]]) -> bool:
    found = value if isinstance(value, Evidence) else getattr(value, "evidence", None)
    return isinstance(found, Evidence) and any(start < found.end and found.start < end for start, end in spans)
