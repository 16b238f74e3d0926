"""Broken nights: "elke nacht twee keer", "drie nachten per week", "om de nacht", "ik slaap niet"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.reading import Nights
from bot.understanding.heard import is_marked, marks
from bot.understanding.numbers import RANGE, range_of
from bot.understanding.phrasebook import Hit
from bot.understanding.text import evidence, sentence_end, sentence_start

_NEARLY = re.compile(r"\b(?:bijna|haast|vrijwel|zowat|zo goed als) $")
_COUNT = re.compile(
    rf"\b{RANGE} (?:slechte |gebroken |hele )?(?:nachten|nacht|nachtjes)"
    r"(?: (?:per|in de|in een|de|van de|/) ?(?:7|zeven|week|wk))?"
)
_TIMES_A_WEEK = re.compile(rf"\b{RANGE} ?(?:keer|x|maal) (?:per|in de|de) week ?(?:'s ?nachts|snachts|eruit)")
_TIMES = re.compile(
    rf"\b{RANGE} ?(?:keer|x|maal|keren)"
    r"(?: (?:(?:per|op een|in de|elke|iedere|in een|de) nacht|er ?uit|uit bed|wakker|op|(?:mijn|m'n) bed uit))?"
)
_NIGHT = re.compile(r"\bnacht|nachts\b")
_MENTIONED = re.compile(r"nacht|sla[ap]p|slape|wakker|oog")
_DENIED = re.compile(r"\b(?:niet|nooit|geen|nauwelijks|amper)\b")
_MOST_A_NIGHT, _WEEK = 20, 7
_NEAR = 30


@dataclass(frozen=True)
class _Times:
    """How often a night, and where that is said."""

    number: float
    start: int
    end: int


def read_nights(text: str, folded: str) -> Nights | None:
    """Broken nights a week and times a night, as far as said; ``None`` when nights are not mentioned."""
    if not _MENTIONED.search(folded):
        return None
    times = _times_a_night(folded)
    return _counted(text, folded, times) or _described(text, folded, times)


def _counted(text: str, folded: str, times: _Times | None) -> Nights | None:
    """How many nights are told: all, so many a week, every other."""
    for every in marks(folded, "nights.every"):
        if not _is_wished(folded, every.start, every.end) and not _is_well(folded, every):
            low = 5.0 if _NEARLY.search(folded, 0, every.start) else float(_WEEK)
            return _nights(text, low, float(_WEEK), times, every.start, every.end)
    for match in (*_TIMES_A_WEEK.finditer(folded), *_COUNT.finditer(folded)):
        low, high = range_of(match)
        if high <= _WEEK and not _is_wished(folded, *match.span()) and not _is_single(match):
            return _nights(text, float(low), float(high), times, *match.span())
    for alternate in marks(folded, "nights.alternate"):
        return _nights(text, _WEEK / 2, _WEEK / 2, times, alternate.start, alternate.end)
    return None


def _described(text: str, folded: str, times: _Times | None) -> Nights | None:
    """Only how the nights are: so often a night, awake, or well."""
    awake = next(iter(marks(folded, "nights.awake")), None)
    well = next((hit for hit in marks(folded, "nights.well") if not _is_negated(folded, hit)), None)
    if times is not None:
        return _nights(text, None, None, times, times.start, times.end)
    if awake is not None and not (well is not None and well.start <= awake.start < well.end):
        return _nights(text, None, None, None, awake.start, awake.end)
    return _nights(text, 0.0, 0.0, None, well.start, well.end) if well is not None else None


def _nights(text: str, low: float | None, high: float | None, times: _Times | None, start: int, end: int) -> Nights:
    if times is not None and max(end, times.end) - min(start, times.start) < 4 * _NEAR:
        start, end = min(start, times.start), max(end, times.end)
    return Nights(low, high, times.number if times else None, evidence(text, start, end))


def _times_a_night(folded: str) -> _Times | None:
    for match in _TIMES.finditer(folded):
        near = folded[sentence_start(folded, match.start()) : sentence_end(folded, match.end())]
        low, high = range_of(match)
        if _NIGHT.search(near) and "week" not in folded[match.end() : match.end() + 12] and high <= _MOST_A_NIGHT:
            return _Times((low + high) / 2, *match.span())
    return None


def _is_wished(folded: str, start: int, end: int) -> bool:
    """Nights she would like ("twee nachten logeren"), not nights she has."""
    begin, until = sentence_start(folded, start), sentence_end(folded, end)
    return is_marked(folded, "nights.wish", max(begin, start - _NEAR), min(until, end + _NEAR))


def _is_single(match: re.Match[str]) -> bool:
    one = match["low"] in ("een", "1", "half", "halve")
    return one and "week" not in match.group() and match["high"] is None


def _is_well(folded: str, every: Hit) -> bool:
    begin, until = sentence_start(folded, every.start), sentence_end(folded, every.end)
    return any(begin <= hit.start < until and not _is_negated(folded, hit) for hit in marks(folded, "nights.well"))


def _is_negated(folded: str, well: Hit) -> bool:
    """ "ik slaap nooit goed" is not well; "niet eruit" is."""
    words = folded[well.start : well.end]
    return words.startswith("sla") and _DENIED.search(words) is not None
