"""Hours of care: "een uurtje of vijftien per week", "4 à 5 uur per dag", "dag en nacht"."""

from __future__ import annotations

import re

from bot.reading import Hours
from bot.understanding.heard import is_marked, marks
from bot.understanding.numbers import NUMBER, RANGE, range_of, range_pattern, value_of
from bot.understanding.text import clause_end, clause_start, evidence, sentence_end, sentence_start

WEEK_HOURS = 168.0
_DAYS_A_WEEK, _WEEKS_A_MONTH = 7.0, 4.33
_UNIT = r"(?:uurtjes?|uren|uur|u|hrs)"
_HOURS = re.compile(
    rf"\b(?:(?:een|n) (?:uurtje|uur) of {range_pattern('about', 'about_high')}"
    rf"|{RANGE}\s*{_UNIT})\b"
)
_DAY = re.compile(
    r"\b(?:per dag|p/d|pd|elke dag|iedere dag|dagelijks|op een dag|daags|in een dag|alle dagen|"
    r"(?:elke|iedere) (?:ochtend|middag|avond|morgen)|/\s?dag|de dag)\b"
)
_WEEK = re.compile(
    r"\b(?:per week|p/w|pw|wk|(?:in|door) (?:de|een) week|(?:elke|iedere|de) week|wekelijks|/\s?week|week|"
    r"(?:elke|iedere) (?:maan|dins|woens|donder|vrij|zater|zon)dag|weekend)\b|/\s?wk"
)
_MONTH = re.compile(r"\b(?:per maand|in de maand|elke maand|p/m)\b")
_NIGHT = re.compile(r"\b(?:per nacht|slaap|slapen|geslapen|'s nachts)\b")
_CLOCK = re.compile(r"\b(?:om|tegen|vanaf|tot|sinds|na|voor|rond|over)\s+(?:een\s+|half\s+|kwart over\s+)?$")
_DOUBLE = re.compile(
    r"\b(?:soms|vaak|ook wel|af en toe|bij uitschieters|in slechte weken) (?:wel )?het dubbele\b|\bdubbel zoveel\b"
)
_AT_MOST = re.compile(
    rf"\b(?:soms|uitschieters? (?:naar|van)|oplopend tot|maar soms|of) (?:wel )?(?P<more>{NUMBER})\b"
    r"(?!\s*(?:keer|x|dagen|jaar|nachten))"
)
_DAYS = re.compile(rf"\b{RANGE} (?:hele |volle )?dagen (?:per|in de|in een|de|/) ?week\b")


def read_hours(text: str, folded: str) -> Hours | None:
    """Hours of care a week, or ``None``; more than a week has is handed on as said, to be asked about.

    Hours of work, sleep, travel, school and paid help are not hours of care.
    """
    for constant in marks(folded, "hours.constant"):
        if not _is_about_other(folded, constant.start, constant.end):
            return Hours(WEEK_HOURS, WEEK_HOURS, True, evidence(text, constant.start, constant.end))
    for match in _HOURS.finditer(folded):
        times = _times_a_week(folded, match)
        if times is None or _is_clock_or_other(folded, match):
            continue
        low, high, end = _spread(folded, match)
        if high <= 0:
            continue
        return Hours(
            round(low * times, 1),
            round(high * times, 1),
            False,
            evidence(text, match.start(), max(end, _period_end(folded, match))),
        )
    return None


def read_hours_answer(text: str, folded: str) -> Hours | None:
    """The same for a message that answers "hoeveel uur per week": a number alone, or with days, is enough."""
    found = read_hours(text, folded)
    if found is not None:
        return found
    days = _DAYS.search(folded)
    match = days or re.search(rf"\b{RANGE}\b", folded)
    if match is None:
        return None
    low, high = range_of(match)
    hours_a_day = 8 if days else 1
    return Hours(low * hours_a_day, high * hours_a_day, False, evidence(text, *match.span()))


def _bounds(match: re.Match[str]) -> tuple[float, float]:
    if match["about"] is None:
        return range_of(match)
    low, high = value_of(match["about"])
    return low, max(high, value_of(match["about_high"])[1]) if match["about_high"] else high


def _spread(folded: str, match: re.Match[str]) -> tuple[float, float, int]:
    """The bounds, widened by "soms het dubbele" or "soms twintig" in the same sentence; and where the words end."""
    low, high = _bounds(match)
    until = sentence_end(folded, match.end())
    double = _DOUBLE.search(folded, match.end(), until)
    if double:
        return low, high * 2, double.end()
    more = _AT_MOST.search(folded, match.end(), min(until, match.end() + 40))
    if more:
        value = value_of(more["more"])[1]
        if high < value <= high * 4:
            return low, value, more.end()
    return low, high, match.end()


def _times_a_week(folded: str, match: re.Match[str]) -> float | None:
    after = folded[match.end() : min(sentence_end(folded, match.end()), match.end() + 30)]
    before = folded[max(sentence_start(folded, match.start()), match.start() - 30) : match.start()]
    for near in (after, before):
        if _MONTH.search(near):
            return 1 / _WEEKS_A_MONTH
        day, week = _DAY.search(near), _WEEK.search(near)
        if day and (week is None or day.start() < week.start()):
            return _DAYS_A_WEEK
        if week:
            return 1.0
    high = _bounds(match)[1]
    return 1.0 if high >= 5 or match["about"] else None


def _is_clock_or_other(folded: str, match: re.Match[str]) -> bool:
    if _CLOCK.search(folded, max(0, match.start() - 20), match.start()) and not _has_period(folded, match):
        return True
    after = folded[match.end() : match.end() + 12]
    if re.match(r"\s*(?:per nacht|slaap|geleden|rijden|'s ?nachts|'s (?:ochtends|avonds|middags|morgens))", after):
        return True
    return _is_about_other(folded, match.start(), match.end())


def _is_about_other(folded: str, start: int, end: int) -> bool:
    """Is the clause about work, sleep, travel or paid help rather than about care?"""
    start, end = clause_start(folded, start), clause_end(folded, end)
    return is_marked(folded, "hours.other", start, end) and "zorg voor" not in folded[start:end]


def _has_period(folded: str, match: re.Match[str]) -> bool:
    after = folded[match.end() : match.end() + 20]
    return bool(_DAY.search(after) or _WEEK.search(after))


def _period_end(folded: str, match: re.Match[str]) -> int:
    until = min(sentence_end(folded, match.end()), match.end() + 20)
    ends = [found.end() for pattern in (_DAY, _WEEK, _MONTH) if (found := pattern.search(folded, match.end(), until))]
    return min(ends, default=match.end())
