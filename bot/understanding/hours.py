"""Hours of care: "een uurtje of vijftien per week", "4 à 5 uur per dag", "drie dagen van 9 tot 5", "dag en nacht"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.reading import Hours
from bot.understanding.constant import find_constant
from bot.understanding.heard import marks
from bot.understanding.numbers import NUMBER, RANGE, bare_range, is_rough, range_of, range_pattern, value_of
from bot.understanding.rhythm import CLOCK, PART, Times, clock_hours, part_hours, times_a_week
from bot.understanding.text import clause_end, clause_start, evidence, sentence_end

WEEK_HOURS = 168.0
_UNIT = r"(?:uurtjes?|uurkes?|uren|uur|oer|ure|u|hrs|hours)"
_ABOUT_UNIT = rf"(?:een|ne|'?n) (?:goeie |dikke )?(?:uurtje|uurke|uur) of {range_pattern('about', 'about_high')}"
_QUARTERS = rf"{range_pattern('quarter', 'quarter_high')} kwartier(?:tje)?"
_HOURS = re.compile(rf"\b(?:{_ABOUT_UNIT}|{_QUARTERS}|{RANGE}\s*{_UNIT}|(?P<alone>halfuur(?:tje)?|uurtje))\b")
_HINT = re.compile(r"u(?:ur|re)|oer|\du\b|\d u\b|hrs|hours|kwartier")
_CLOCK_BEFORE = re.compile(
    r"\b(?:om|tegen|vanaf|tot|sinds|na|voor|rond|over|binnen)\s+(?:een\s+|half\s+|kwart over\s+)?$"
)
_NOT_CARE = re.compile(
    r"\s*(?:per nacht|slaap|geleden|rijden|verderop|later|'?s ?(?:nachts|ochtends|avonds|middags|morgens))"
)
_DOUBLE = re.compile(
    r"\b(?:soms|vaak|ook wel|af en toe|bij uitschieters|in slechte weken) (?:wel )?het dubbele\b|\bdubbel zoveel\b"
)
_AT_MOST = re.compile(
    rf"\b(?:soms|uitschieters? (?:naar|van)|oplopend tot|maar soms|of) (?:wel )?(?P<more>{NUMBER})\b"
    r"(?!\s*(?:keer|x|dagen|jaar|nachten))"
)
_MORE = re.compile(
    r"\b(?:(?:soms|vaak|in het weekend|of|meestal|en) (?:nog |wel )?meer|in het weekend (?:de )?hele dag(?:en)?)\b"
)
_BEFORE_NOW = re.compile(r"\b(?:vroeger|eerst|voorheen|in het begin|begon met|was het)\W+$")
_FULL_TIME = re.compile(
    r"\b(?:dagtaak|(?:is|kost|als|dan|wel|zowat) (?:me |mij )?(?:zowat |bijna |gewoon |echt )?een (?:fulltime|"
    r"full-time|volledige|volle|hele) "
    r"(?:baan|job|werkweek)|fulltime (?:bezig|mantel\w*|zorg\w*|mee))\b"
)
_OWN_CARE = re.compile(
    r"\b(?:zorg(?:en|de)?|verzorg\w*|help|mantelzorg\w*|bezig|kwijt|ben (?:ik )?(?:er|bij)|ga ik|ik ga|kom ik|"
    r"ik kom|pas ik|ik pas|"
    r"(?:bij|voor|op) (?:mijn|m'n|mn|me|ons|onze|hem|haar|ma|pa|mam|pap))\b"
)
_WISH = re.compile(r"\b(?:graag|zou|wil|opvang|hulp|iemand|oppas|weg|vrij|rust|voor mezelf|ertussenuit|naar de)\b")
_ALWAYS_WEEKEND = re.compile(
    r"\b(?:in )?(?:het |de )?(?:hele )?weekend(?:en|s)?(?: ben ik er)? (?:altijd|helemaal|de hele tijd|continu|"
    r"dag en nacht)\b"
)
_FAR = 200
_YEARS = range(1900, 2100)
_FULL_WEEK = (36.0, 40.0)
_SLOT = re.compile(
    r"ochtend|morgen|middag|avond|nacht|doordeweeks|door de week|werkdag|weekend|(?:maan|dins|woens|donder|vrij|"
    r"zater|zon)dag"
)


@dataclass(frozen=True)
class _Part:
    """An amount of hours a week, where it is said, and the part of the week that it is about."""

    low: float
    high: float
    start: int
    end: int
    slot: str
    rough: bool


def read_hours(text: str, folded: str) -> Hours | None:
    """Hours of care a week, or ``None``; more than a week has is handed on as said, to be asked about.

    Hours of work, sleep, travel, school and paid help are not hours of care. Days and parts of days count only where
    she says that she spends them on care: "twee middagen per week" alone may as well be what she would like.
    """
    constant = find_constant(folded)
    if constant and not _is_about_other(folded, *constant):
        return Hours(WEEK_HOURS, WEEK_HOURS, True, evidence(text, *constant))
    return _hours(text, folded, _told(folded) or _days(folded, own=True))


def read_hours_answer(text: str, folded: str) -> Hours | None:
    """The same for a message that answers "hoeveel uur per week": a number alone, or with days, is enough."""
    found = read_hours(text, folded)
    if found is not None:
        return found
    parts = _days(folded, own=False)
    match = bare_range(folded)
    low, high = range_of(match) if match is not None else (0.0, 0.0)
    if not parts and match is not None and high not in _YEARS:
        parts = [_Part(low, high, match.start("low"), max(match.end("low"), match.end("high")), "", False)]
    return _hours(text, folded, parts or _without_period(folded))


def _hours(text: str, folded: str, parts: list[_Part]) -> Hours | None:
    """The first part, with the others that are about another part of the week; what was before gives way to now."""
    parts = [one for one in parts if not _BEFORE_NOW.search(folded, max(0, one.start - 16), one.start)] or parts
    if not parts or parts[0].high <= 0:
        return None
    slots, kept = {parts[0].slot}, [parts[0]]
    for part in parts[1:]:
        if part.slot and "" not in slots and part.slot not in slots:
            kept.append(part)
            slots.add(part.slot)
    start, end = min(part.start for part in kept), max(part.end for part in kept)
    rough = any(part.rough for part in kept) or is_rough(folded, start, end)
    low, high = sum(part.low for part in kept), sum(part.high for part in kept)
    return Hours(round(low, 1), round(high, 1), False, evidence(text, start, end), rough)


def _told(folded: str) -> list[_Part]:
    """The hours that are said in so many words."""
    found = []
    if _HINT.search(folded):
        for match in _HOURS.finditer(folded):
            times = times_a_week(folded, *match.span())
            part = None if _is_clock_or_other(folded, match, times) else _part(folded, match, times)
            if part is not None:
                found.append(part)
    full = None if found else _FULL_TIME.search(folded)
    if full:
        found.append(_Part(*_FULL_WEEK, *full.span(), "", True))
    return found


def _part(folded: str, match: re.Match[str], times: Times | None) -> _Part | None:
    low, high, end = _spread(folded, match)
    if times is None:
        if high < 5 and not match["about"]:
            return None
        times = Times(1, 1, match.start(), match.end())
    more = _MORE.search(folded, match.end(), min(sentence_end(folded, match.end()), match.end() + 40))
    slot = _SLOT.search(folded, times.start, times.end)
    start = times.start if 0 <= match.start() - times.end <= 2 else match.start()
    end = max(end, times.end if times.start >= match.end() else end)
    return _Part(low * times.low, high * times.high, start, end, slot.group() if slot else "", more is not None)


def _bounds(match: re.Match[str]) -> tuple[float, float]:
    if match["alone"]:
        return (0.5, 0.5) if match["alone"].startswith("half") else (1, 1)
    if match["quarter"]:
        low, high = range_of(match, "quarter", "quarter_high")
        return low / 4, high / 4
    return range_of(match, "about", "about_high") if match["about"] else range_of(match)


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


def _days(folded: str, own: bool) -> list[_Part]:
    """Hours reckoned from the clock or from parts of days; with ``own`` only where she says she spends them on care."""
    if "dag" not in folded and "avond" not in folded and "ochtend" not in folded and "nacht" not in folded:
        return []
    weekend = _ALWAYS_WEEKEND.search(folded)
    parts = [_Part(24.0, 48.0, *weekend.span(), "weekend", True)] if weekend else []
    for match in CLOCK.finditer(folded):
        times = times_a_week(folded, *match.span())
        if times and (not own or _spends(folded, *match.span())) and not _is_about_other(folded, *match.span()):
            hours = clock_hours(match)
            start, end = min(times.start, match.start()), max(times.end, match.end())
            parts.append(_Part(hours * times.low, hours * times.high, start, end, "", times.low != times.high))
    if not parts or weekend:
        found = (_in_days(folded, match) for match in PART.finditer(folded))
        parts += [part for part in found if part and (not own or weekend or _spends(folded, part.start, part.end))]
    return parts


def _in_days(folded: str, match: re.Match[str]) -> _Part | None:
    """ "Een paar avonden doordeweeks", "twee keer per week een middag", "halve dagen"."""
    low, high = part_hours(match["kind"])
    half = match["low"] in ("half", "halve")
    low, high = (low / 2, (high + 2) / 2) if half else (low, high)
    number = range_of(match) if match["low"] and not half else None
    times = times_a_week(folded, *match.span())
    several = match["kind"].endswith("en") or match["kind"].endswith("s")
    if number and (several or match["low"] not in ("een", "1")) and (times is None or times.low in (1, 5)):
        often = number
    elif times is not None and (number is None or number == (1, 1)):
        often = (times.low, times.high)
    elif number is None and several:
        often = (5.0, 7.0)
    else:
        return None
    if often[1] > 14 or _is_about_other(folded, *match.span()):
        return None
    spans = [match.span(), (times.start, times.end)] if times else [match.span()]
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    return _Part(low * often[0], high * often[1], start, end, match["kind"], True)


def _without_period(folded: str) -> list[_Part]:
    """ "Anderhalf uur", "een paar uurtjes": as an answer to "hoeveel uur per week"."""
    full = re.search(r"\bfulltime\b|\bwerkweek\b", folded)
    if full:
        return [_Part(*_FULL_WEEK, *full.span(), "", True)]
    match = _HOURS.search(folded) if _HINT.search(folded) else None
    if match is None or _is_clock_or_other(folded, match, None):
        return []
    low, high, end = _spread(folded, match)
    return [_Part(low, high, match.start(), end, "", True)]


def _spends(folded: str, start: int, end: int) -> bool:
    """Does she say here that the time goes to care, and not that she would like it?"""
    begin, until = max(clause_start(folded, start), start - _FAR), min(clause_end(folded, end), end + _FAR)
    return _OWN_CARE.search(folded, begin, until) is not None and _WISH.search(folded, begin, until) is None


def _is_clock_or_other(folded: str, match: re.Match[str], times: Times | None) -> bool:
    follows = times is not None and times.start >= match.end()
    if not follows and _CLOCK_BEFORE.search(folded, max(0, match.start() - 20), match.start()):
        return True
    return _NOT_CARE.match(folded, match.end()) is not None or _is_about_other(folded, *match.span())


def _is_about_other(folded: str, start: int, end: int) -> bool:
    """Is the nearest word in the clause about work, sleep, travel or paid help rather than about care?"""
    begin, until = max(clause_start(folded, start), start - _FAR), min(clause_end(folded, end), end + _FAR)
    other = [hit for hit in marks(folded, "hours.other") if begin <= hit.start < until]
    if not other:
        return False
    care = [match.span() for match in _OWN_CARE.finditer(folded, begin, until)]
    distance = min(_gap(start, end, hit.start, hit.end) for hit in other)
    return not care or distance <= min(_gap(start, end, *span) for span in care)


def _gap(start: int, end: int, other_start: int, other_end: int) -> int:
    return max(0, other_start - end, start - other_end)
