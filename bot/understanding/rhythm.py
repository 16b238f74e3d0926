"""How often a week and how long a time: "drie dagen per week", "elke avond", "van 9 tot 5", "een middag"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.understanding.numbers import RANGE, range_of
from bot.understanding.text import sentence_end, sentence_start

_PER_WEEK = r"(?:(?:per|in de|in een|de|iedere|elke|yn de) ?(?:week|wk|wike)|/ ?(?:week|wk)|p/?w)"
_COUNTED = re.compile(
    rf"\b{RANGE}\s?(?:(?:hele |volle |halve )?(?:dagen|dag|dagdelen|ochtenden|middagen|avonden)|keer|keren|maal|"
    rf"x) {_PER_WEEK}\b"
)
_WORKING_DAYS = re.compile(
    r"\b(?:doordeweeks|door de week|op werkdagen|(?:elke|iedere) werkdag|"
    r"ma(?:andag)? (?:t/m|tot en met|tot) vr(?:ijdag)?)\b"
)
_DAYS = 7.0
_RHYTHMS = (
    (re.compile(r"\b(?:per maand|in de maand|(?:elke|iedere) maand|p/m)\b"), 12 / 52),
    (re.compile(r"\b(?:om de week|(?:per|elke|iedere) (?:twee|2) weken|om de (?:twee|2) weken)\b"), 0.5),
    (re.compile(r"\bom de (?:andere )?dag\b"), 3.5),
    (_WORKING_DAYS, 5.0),
    (
        re.compile(
            r"\b(?:per dag|p/d|pd|elken? dag|iederen? dag|alle daage?n?|dagelijks|op een dag|daags|in een dag|"
            r"alle dagen|de dag|"
            r"(?:elke|iedere) (?:ochtend|middag|avond|morgen)|per (?:ochtend|middag|avond)|aan een dag)\b|/\s?dag\b"
        ),
        _DAYS,
    ),
    (
        re.compile(
            rf"\b(?:{_PER_WEEK}|pw|wk|(?:in|door) (?:de|een) week|wekelijks|week|weekend)\b|/\s?(?:week|"
            rf"wk)\b"
        ),
        1.0,
    ),
)
_NAMED_DAY = re.compile(r"\b(?:maan|dins|woens|donder|vrij|zater|zon)dag(?:en)?\b")
_APART = re.compile(r"\b(?:en|maar)\b")
_AFTER, _BEFORE, _MOST_TIMES = 34, 36, 21

_NAMED_HOURS = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
_NAMED_HOUR = "|".join(sorted(_NAMED_HOURS, key=len, reverse=True))
HOUR = rf"(?:half (?:{_NAMED_HOUR}|\d{{1,2}})|\d{{1,2}}(?:[:.]\d\d)?|{_NAMED_HOUR})"
CLOCK = re.compile(
    rf"\b(?:van|tussen|vanaf) (?P<from>{HOUR}) ?(?:uur |u )?(?:'?s ?(?:ochtends|morgens) )?(?:tot|en|t/m) "
    rf"(?:'?s ?(?:middags|avonds) )?(?P<until>{HOUR})(?![\w])"
    r"(?! ?(?:uur|u) (?:per|in de|in een|p/|elke)|\s?(?:per|jaar|jr|maanden|weken|dagen|%|euro|keer|"
    r"x)\b)(?: ?(?:uur|u)\b)?"
)
_PART_HOURS = (
    ("halve dag", 4.0, 5.0), ("dagde", 3.0, 4.0), ("ochtend", 3.0, 4.0), ("morgen", 3.0, 4.0), ("middag", 3.0, 4.0),
    ("avond", 3.0, 4.0), ("nacht", 8.0, 8.0), ("dag", 8.0, 8.0),
)  # fmt: skip
PART = re.compile(
    rf"\b(?:{RANGE}\s?)?(?P<kind>(?:hele |volle |halve )?"
    r"(?:dagen|dag|dagdelen|dagdeel|(?:ochtend|morgen|middag|avond|nacht)(?:en|je|jes)?))\b"
)


@dataclass(frozen=True)
class Times:
    """How many times a week, and where the words stand that say so."""

    low: float
    high: float
    start: int
    end: int


def times_a_week(folded: str, start: int, end: int) -> Times | None:
    """How often a week the amount between ``start`` and ``end`` is meant, by the nearest words around it."""
    until = min(sentence_end(folded, end), end + _AFTER)
    since = max(sentence_start(folded, start), start - _BEFORE)
    after, before = _nearest(folded, end, until), _nearest(folded, since, start, last=True)
    nearest = after or before
    if after and before and start - before.end < after.start - end:
        nearest = before
    counted = _counted(folded, end, until) or _counted(folded, since, start, last=True)
    if counted and (nearest is None or nearest.low != 1 or counted.start <= nearest.start < counted.end):
        return counted
    narrower = nearest and nearest.low == _DAYS and _WORKING_DAYS.search(folded, since, until)
    return Times(5.0, 5.0, *narrower.span()) if narrower else nearest


def clock_hours(match: re.Match[str]) -> float:
    """How long it is from the one hour of ``CLOCK`` to the other: "van 9 tot 5" is 8."""
    first, last = hour_of(match["from"]), hour_of(match["until"])
    return (last - first) % 12 if last <= first and last <= 12 else (last - first) % 24


def hour_of(words: str) -> float:
    """The hour on the clock: "half zes" -> 5.5, "9.30" -> 9.5, "acht" -> 8."""
    if words.startswith("half "):
        return hour_of(words.removeprefix("half ")) - 0.5
    if words in _NAMED_HOURS:
        return float(_NAMED_HOURS.index(words) + 1)
    hour, _, minutes = words.replace(":", ".").partition(".")
    return float(hour) + (int(minutes) / 60 if minutes else 0)


def part_hours(kind: str) -> tuple[float, float]:
    """How long people mean by a part of a day ("halve dagen": 4 to 5 hours). Our own rule of thumb."""
    plain = kind.replace("dagen", "dag")
    return next((low, high) for word, low, high in _PART_HOURS if word in plain)


def _counted(folded: str, begin: int, stop: int, last: bool = False) -> Times | None:
    """ "Drie dagen per week"; not what stands on the other side of an "en"."""
    match = _COUNTED.search(folded, begin, stop)
    if match is None:
        return None
    low, high = range_of(match)
    between = (match.end(), stop) if last else (begin, match.start())
    return None if high > _MOST_TIMES or _APART.search(folded, *between) else Times(low, high, *match.span())


def _nearest(folded: str, begin: int, stop: int, last: bool = False) -> Times | None:
    """The nearest words that name a rhythm: the first of them, or the last; else the days that are named."""
    found = [
        Times(times, times, *match.span())
        for pattern, times in _RHYTHMS
        for match in pattern.finditer(folded, begin, stop)
    ]
    if found:
        return max(found, key=lambda one: one.end) if last else min(found, key=lambda one: one.start)
    days = list(_NAMED_DAY.finditer(folded, begin, stop))
    return Times(float(len(days)), float(len(days)), days[0].start(), days[-1].end()) if days else None
