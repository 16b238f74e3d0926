"""When, as a pattern in the week or the year: "dinsdagochtend", "om de week een zaterdag", "na half zes"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.reading import Cue, Moment
from bot.understanding.heard import is_marked
from bot.understanding.numbers import value_of
from bot.understanding.rhythm import HOUR, hour_of
from bot.understanding.text import clause_end, clause_start, evidence
from knowledge.vocabulary import DayPart

_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_SHORT_DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
_SURELY_DAYS = {"di", "wo", "vr"}
_PARTS = {
    "ochtend": DayPart.MORNING, "morgen": DayPart.MORNING, "voormiddag": DayPart.MORNING, "middag": DayPart.AFTERNOON,
    "namiddag": DayPart.AFTERNOON, "avond": DayPart.EVENING, "nacht": DayPart.NIGHT, "overdag": DayPart.FULL_DAY,
    "schooltijd": DayPart.AFTERNOON,
}  # fmt: skip
_SEASONS = {
    "schoolvakantie": "school_holidays", "zomervakantie": "summer_holidays", "kerstvakantie": "christmas_holidays",
    "herfstvakantie": "autumn_holidays", "voorjaarsvakantie": "spring_holidays", "meivakantie": "may_holidays",
    "krokusvakantie": "spring_holidays", "grote vakantie": "summer_holidays",
}  # fmt: skip
_DAY = "|".join(_DAYS)
_PART = r"(?:voormiddag|namiddag|ochtend|morgen|middag|avond|nacht)"
_SHORT = r"(?:ma|di|wo|do|vr|za|zo)"
_FEW = r"(?:een paar|paar|een|twee|drie|vier|vijf|[1-9])"
_PERIODS = {"week": "week", "maand": "month", "jaar": "year"}
_TOKEN = re.compile(
    rf"\b(?:(?P<first>{_DAY}|{_SHORT}) (?:t/m|tot en met) (?P<upto>{_DAY}|{_SHORT})"
    rf"|(?P<list>{_SHORT}(?:(?:, ?| en | ?/ ?| ?\+ ?){_SHORT})+)"
    rf"|(?P<whole>hele )?(?P<day>{_DAY})(?:en|s)?(?:[ -]?(?P<part>{_PART})(?:en|je|jes|s)?)?(?P<open>-)?"
    r"|(?P<working>doordeweeks|door de week|werkdagen|werkdag)"
    r"|(?P<weekend>weekend(?:en|je|jes|s)?|weekeind\w*)"
    rf"|(?P<daypart>(?:'?s ?)?{_PART}(?:en|je|jes|s)?|overdag|na school(?:tijd)?)"
    r"|(?P<fortnight>om de (?:andere )?week|om de (?:twee|2) weken|(?:elke|iedere|per|in de) (?:twee|2) weken|"
    r"om de (?:14|veertien) dagen)"
    rf"|(?P<often>(?:(?P<once>eens)|(?P<number>{_FEW}) ?(?:keer|x|maal)) (?:per|in de|in het|/|"
    rf"elke) ?(?:(?P<two>twee|2) weken|(?P<period>week|maand|jaar)))"
    rf"|(?P<per>(?:per|in de|in een|van de|elke|iedere) (?P<unit>week|maand))"
    rf"|(?P<count>{_FEW})(?= (?:hele |halve |volle )?(?:{_DAY}|weekend|{_PART}|dag))"
    rf"|(?:na|vanaf) (?P<from>half (?:\w+)|{HOUR}(?= ?(?:uur|u)\b)|\d{{1,2}}[:.]\d\d)(?: ?(?:uur|u)\b)?(?! per)"
    rf"|(?:voor|tot) (?P<until>half (?:\w+)|{HOUR}(?= ?(?:uur|u)\b)|\d{{1,2}}[:.]\d\d)(?: ?(?:uur|u)\b)?(?! per)"
    rf"|(?:van|tussen) (?P<between>{HOUR}) ?(?:uur |u )?(?:tot|en) (?P<and>{HOUR})(?: (?:uur|u)\b)?(?! ?(?:uur |"
    rf"u )?(?:per|in de|jaar|dagen|weken|maanden|keer)|\w)"
    r"|(?P<season>(?:school|zomer|kerst|herfst|voorjaars|mei|krokus)vakantie|grote vakantie)(?:s)?"
    r"|(?P<late>laat|vroeg)"
    r")(?![^\W_])"
)
_HINT = re.compile(
    r"dag|week|weken|maand|jaar|vakantie|school|\b(?:na|vanaf|voor|tot|van|tussen) (?:half|\d)|\bma\b|\bdi\b|"
    r"\bwo\b|\bvr\b|uur"
)
_JOINT = re.compile(
    r"^[\s,&+/-]*(?:(?:op|de|het|een|in|om|elke|iedere|alleen|zijn|en|of|hele|halve|dag|voor)\s+|'s |s )*[\s-]*$"
)
_APART = re.compile(r"\b(?:en|of)\b|[,&+]")
_NOT_HERS = re.compile(
    r"\b(?:werk|werkt|werken|kantoor|naar school|afgelopen|vorige|sinds|gisteren|viel|gevallen|belde|gebeld|"
    r"overleden)\b"
)
_AN_HOUR_OR_THREE = 15.0
_EVENING_FROM, _AFTERNOON_FROM, _EARLIEST = 17.0, 12.0, 7.0


@dataclass
class _Pattern:
    """What is being put together from neighbouring words."""

    start: int
    end: int = 0
    weekdays: list[int] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    times: float | None = None
    per: str = ""
    hours: list[float | None] = field(default_factory=lambda: [None, None])
    season: str = ""
    told: bool = False  # is it more than a part of the day?


def read_moments(text: str, folded: str) -> tuple[Moment, ...]:
    """Every pattern in the week or year, in order; a part of the day alone is none, and neither is her work or help
    that is there already.
    """
    if not _HINT.search(folded):
        return ()
    patterns: list[_Pattern] = []
    for match in _TOKEN.finditer(folded):
        last = patterns[-1] if patterns else None
        if last is None or not _belongs(last, match, folded[last.end : match.start()]):
            last = _Pattern(match.start())
            patterns.append(last)
        _take(last, match)
        last.end = match.end()
    return tuple(_moment(text, one) for one in patterns if _is_told(folded, one))


def parts_of(moments: tuple[Moment, ...]) -> tuple[Cue, ...]:
    """The parts of the day in them, as cues."""
    return tuple(Cue(part, moment.evidence) for moment in moments for part in moment.day_parts)


def _belongs(last: _Pattern, match: re.Match[str], between: str) -> bool:
    """Do these words go on with the pattern? After "en" only another day does."""
    if _JOINT.match(between) is None:
        return False
    if _APART.search(between):
        days = bool(last.weekdays) and bool(match["day"]) and not last.per
        return days or bool(match["often"] or match["per"])
    return True


def _take(one: _Pattern, match: re.Match[str]) -> None:
    """Add what the words say. A weekend, a part of the day or a number alone makes no pattern yet."""
    if match["weekend"]:
        one.weekdays += (6, 7)
        one.parts.append(DayPart.WEEKEND.value)
    elif match["daypart"]:
        _part(one, match["daypart"])
        one.told = one.told or match["daypart"].startswith("na")  # "na schooltijd" is more than a part of the day
    elif match["count"]:
        one.times = one.times or _few(match["count"])
    elif match["list"] and not _are_days(match["list"]):
        return  # "ma, zo doe ik dat"
    elif days := _days(match):
        one.weekdays += days
        if match["day"]:
            _part(one, "overdag" if match["whole"] else match["part"])
        one.told = True
    elif not match["late"]:
        _frequency(one, match)
        one.told = True


def _are_days(short: str) -> bool:
    days = _short_days(short)
    return len(days) >= 3 or bool(_SURELY_DAYS.intersection(days))


def _short_days(short: str) -> list[str]:
    return [day for day in re.findall(r"[a-z]{2}", short) if day in _SHORT_DAYS]


def _days(match: re.Match[str]) -> list[int]:
    """The days of the week that are named, Monday as 1."""
    if match["day"]:
        return [_DAYS.index(match["day"]) + 1]
    if match["list"]:
        return [_SHORT_DAYS.index(day) + 1 for day in _short_days(match["list"])]
    if match["upto"]:
        first, last = (_SHORT_DAYS.index(match[name][:2]) + 1 for name in ("first", "upto"))
        return [*range(first, last + 1)] if first <= last else [*range(first, 8), *range(1, last + 1)]
    return [*range(1, 6)] if match["working"] else []


def _frequency(one: _Pattern, match: re.Match[str]) -> None:
    if match["fortnight"]:
        one.times, one.per = one.times or 1.0, "fortnight"
    elif match["often"]:
        one.times = 1.0 if match["once"] else _few(match["number"])
        one.per = "fortnight" if match["two"] else _PERIODS[match["period"]]
    elif match["per"]:
        one.times, one.per = one.times or 1.0, _PERIODS[match["unit"]]
    elif match["season"]:
        one.season = _SEASONS[match["season"]]
    else:
        _clock(one, match)


def _clock(one: _Pattern, match: re.Match[str]) -> None:
    first, last = match["from"] or match["between"], match["until"] or match["and"]
    one.hours = [_hour(first) if first else None, _hour(last) if last else None]
    begin = one.hours[0]
    if begin is not None and match.group().startswith("na ") and first.isdigit() and begin <= _AN_HOUR_OR_THREE:
        one.hours[0] = begin = None  # "ik ben na 2 uur weer thuis" is no hour of the clock
    if begin is not None and one.hours[1] is None:
        _part(one, "avond" if begin >= _EVENING_FROM else "middag" if begin >= _AFTERNOON_FROM else "ochtend")


def _few(words: str) -> float:
    """A small number; "een paar" is its lowest, two."""
    return value_of(words.removeprefix("een ") or "een")[0]


def _hour(words: str) -> float | None:
    """The hour of the day; before seven people mean the afternoon or evening, unless they say otherwise."""
    try:
        hour = hour_of(words)
    except ValueError:
        return None
    return None if hour > 24 else hour + 12 if hour < _EARLIEST else hour


def _part(one: _Pattern, words: str | None) -> None:
    part = next((part.value for word, part in _PARTS.items() if words and word in words), None)
    if words and words.startswith("na school"):
        part = DayPart.AFTERNOON.value
    if part and part not in one.parts:
        one.parts.append(part)


def _is_told(folded: str, one: _Pattern) -> bool:
    placed = bool(one.weekdays or one.parts)
    alone = one.end - one.start + 3 >= len(folded)  # "om de veertien dagen", and nothing else
    says_when = placed or bool(one.season) or one.hours != [None, None]
    if not one.told or not (placed or alone if one.per else says_when):
        return False
    begin, until = clause_start(folded, one.start), clause_end(folded, one.end)
    return not is_marked(folded, "help.had", begin, until) and not _NOT_HERS.search(folded, begin, until)


def _moment(text: str, one: _Pattern) -> Moment:
    weekdays = tuple(sorted(dict.fromkeys(one.weekdays)))
    if DayPart.WEEKEND.value not in one.parts and weekdays and set(weekdays) <= {6, 7}:
        one.parts.append(DayPart.WEEKEND.value)
    words = evidence(text, one.start, one.end)
    return Moment(weekdays, tuple(one.parts), one.times, one.per, one.hours[0], one.hours[1], one.season, words)
