"""Broken nights: "elke nacht twee keer", "twee van de zeven nachten", "elk uur wakker", "ik slaap hooguit drie uur"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.reading import Nights
from bot.understanding.heard import is_marked, marks
from bot.understanding.numbers import RANGE, is_rough, range_of, range_pattern
from bot.understanding.phrasebook import Hit
from bot.understanding.text import clause_end, clause_start, evidence, sentence_end, sentence_start

_NEARLY = re.compile(r"\b(?:bijna|haast|vrijwel|zowat|zo goed als|meestal|praktisch) $")
_OF_SEVEN = re.compile(rf"\b{RANGE} (?:van de|v/d|op de) (?:7|zeven) (?:nachten)?")
_COUNT = re.compile(
    rf"\b(?:(?:een|'?n) nacht(?:je)? of {range_pattern('about', 'about_high')}|{RANGE} (?:slechte |gebroken |"
    rf"hele )?(?:nachten|nachtjes|nacht))"
    r"(?: (?:per|in de|in een|de|van de|/) ?(?:7|zeven|week|wk))?"
)
_TIMES_A_WEEK = re.compile(rf"\b{RANGE} ?(?:keer|x|maal) (?:per|in de|de) week ?(?:'s ?nachts|snachts|eruit)")
_UP = r"(?:er ?uit|uit bed|wakker|op|(?:mijn|m'n|het|t) bed uit|naar (?:hem|haar))"
_TIMES = re.compile(
    rf"\b(?:(?:een|'?n|ne) keer of {range_pattern('about', 'about_high')}|{RANGE} ?(?:keren|keer|x|maal))"
    rf"(?: (?:(?:per|op een|in de|elke|iedere|in een|de) nacht|{_UP}))?"
)
_EVERY_HOUR = re.compile(
    rf"\b(?:(?:elke?|ieder|iedere|om de|om het|om t) (?:(?P<half>half uur|halfuur)|{RANGE} uur|(?P<one>uur|"
    rf"anderhalf uur)))\b"
)
_ASLEEP, _LEAST_ASLEEP = 8.0, 6.0
"""How long a night is: what "elk uur" comes to, 6 to 8 times. Our own rule of thumb."""
_SLEEP = re.compile(
    rf"\b(?:(?:slaap|geslapen|slapen) (?:ik )?(?:\w+ ){{0,2}}?{RANGE} (?:uurtjes?|uren|uur)"
    rf"|{range_pattern('hours', 'hours_high')} (?:uurtjes?|uren|uur) (?:slaap|geslapen|slapen|nachtrust|"
    rf"per nacht|aan een stuk|achter elkaar))\b"
)
_NIGHT = re.compile(r"\bnacht|nachts\b|\bnaacht")
_AWAKE = re.compile(rf"\b(?:wakker|slaap|{_UP})\b")
_MENTIONED = re.compile(
    r"nacht|sla[ap]p|slape|slaap|wakker|oog|er ?uit|bed|elk|ieder|om (?:de|het)|van de (?:7|"
    r"zeven)"
)
_DENIED = re.compile(r"\b(?:niet|nooit|geen|nauwelijks|amper)\b")
_OTHER_PERIOD = re.compile(r"\b(?:dag|week|weken|maand|jaar|overdag|medicijn\w*|bellen|belt|weekend)\b")
_ROUGHLY = {"nights.alternate": (3.5, 3.5), "nights.most": (4.0, 7.0), "nights.sometimes": (1.0, 5.0)}
"""How many nights a week they mean; "soms" is what the button of that name means (``bot.talk.answers``)."""
_MOST_A_NIGHT, _WEEK, _LITTLE_SLEEP = 20, 7.0, 7
_NEAR, _FAR = 30, 200


@dataclass(frozen=True)
class _Times:
    """How often a night, and where that is said."""

    low: float
    high: float
    start: int
    end: int
    rough: bool = False


def read_nights(text: str, folded: str) -> Nights | None:
    """Broken nights a week, times a night and hours of sleep, as far as said; ``None`` without a word of nights."""
    if not _MENTIONED.search(folded):
        return None
    how = _How(text, folded, _times_a_night(folded), _sleep(folded))
    return how.counted() or how.described()


@dataclass(frozen=True)
class _How:
    """One message about nights: how often a night and how long she sleeps are told beside how many nights."""

    text: str
    folded: str
    times: _Times | None
    sleep: _Times | None

    def counted(self) -> Nights | None:
        """How many nights are told: so many of seven, all, every other, some."""
        folded = self.folded
        for every in marks(folded, "nights.every"):
            if not _is_wished(folded, every.start, every.end) and not _is_well(folded, every):
                nearly = _NEARLY.search(folded, 0, every.start)
                return self.nights(5.0 if nearly else _WEEK, _WEEK, every.start, every.end, bool(nearly))
        for match in (match for pattern in (_OF_SEVEN, _TIMES_A_WEEK, _COUNT) for match in pattern.finditer(folded)):
            low, high = _number(match)
            if high <= _WEEK and not _is_wished(folded, *match.span()) and not _is_single(match):
                return self.nights(float(low), float(high), *match.span())
        for name, range_ in _ROUGHLY.items():
            for some in marks(folded, name):
                if not _is_wished(folded, some.start, some.end) and not _is_well(folded, some):
                    return self.nights(*range_, some.start, some.end, True)
        return None

    def described(self) -> Nights | None:
        """Only how the nights are: so often a night, so little sleep, awake, or well."""
        awake = next(iter(marks(self.folded, "nights.awake")), None)
        well = next((hit for hit in marks(self.folded, "nights.well") if not _is_negated(self.folded, hit)), None)
        said = self.times or self.sleep
        if said is not None:
            return self.nights(None, None, said.start, said.end)
        if awake is not None and not (well is not None and well.start <= awake.start < well.end):
            return self.nights(None, None, awake.start, awake.end)
        return self.nights(0.0, 0.0, well.start, well.end) if well is not None else None

    def nights(self, low: float | None, high: float | None, start: int, end: int, rough: bool = False) -> Nights:
        """The nights, with what else was told near them, and the words of it all."""
        for also in (self.times, self.sleep):
            if also is not None and max(end, also.end) - min(start, also.start) < 4 * _NEAR:
                start, end = min(start, also.start), max(end, also.end)
                rough = rough or also.rough
        return Nights(
            low,
            high,
            self.times.low if self.times else None,
            evidence(self.text, start, end),
            times_high=self.times.high if self.times and self.times.high != self.times.low else None,
            sleep_hours=self.sleep.high if self.sleep else None,
            approximate=rough or is_rough(self.folded, start, end),
        )


def _number(match: re.Match[str]) -> tuple[float, float]:
    return range_of(match, "about", "about_high") if match.groupdict().get("about") else range_of(match)


def _times_a_night(folded: str) -> _Times | None:
    for match in _TIMES.finditer(folded):
        begin = max(sentence_start(folded, match.start()), match.start() - _FAR)
        until = min(sentence_end(folded, match.end()), match.end() + _FAR)
        low, high = _number(match)
        if high > _MOST_A_NIGHT or "week" in folded[match.end() : match.end() + 12]:
            continue
        at_night = _NIGHT.search(folded, begin, until) is not None
        up = re.search(_UP, match.group()) is not None and _OTHER_PERIOD.search(folded, begin, until) is None
        if at_night or (up and not match.group().endswith("op") and not _is_wished(folded, *match.span())):
            return _Times(low, high, *match.span())
    for match in _EVERY_HOUR.finditer(folded):
        begin = max(sentence_start(folded, match.start()), match.start() - _FAR)
        until = min(sentence_end(folded, match.end()), match.end() + _FAR)
        near = folded[begin:until]
        if _NIGHT.search(near) or _AWAKE.search(near) or near.strip(" .,!") == match.group():
            hours = (
                0.5 if match["half"] else range_of(match)[1] if match["low"] else 1.5 if "half" in match["one"] else 1.0
            )
            if 0 < hours <= _LEAST_ASLEEP:
                return _Times(_LEAST_ASLEEP // hours, _ASLEEP // hours, *match.span(), True)
    return None


def _sleep(folded: str) -> _Times | None:
    """How long she sleeps, when that is little; "hij slaapt drie uur" is not about her."""
    for match in _SLEEP.finditer(folded):
        low, high = range_of(match) if match["low"] else range_of(match, "hours", "hours_high")
        begin = max(clause_start(folded, match.start()), match.start() - _FAR)
        words = folded[begin : min(clause_end(folded, match.end()), match.end() + _FAR)]
        if high < _LITTLE_SLEEP and not re.search(r"\b(?:slaapt|hij|zij|ze|overdag|zorg|help)\b", words):
            return _Times(low, high, *match.span())
    return None


def _is_wished(folded: str, start: int, end: int) -> bool:
    """Nights she would like ("twee nachten logeren"), not nights she has."""
    begin, until = sentence_start(folded, start), sentence_end(folded, end)
    return is_marked(folded, "nights.wish", max(begin, start - _NEAR), min(until, end + _NEAR))


def _is_single(match: re.Match[str]) -> bool:
    """ "Een nacht" is no count, and neither is "enkele nacht" in "geen enkele nacht"."""
    words = match.groupdict()
    if words.get("about") or words.get("high"):
        return False
    one = words["low"] in ("een", "1", "half", "halve") and "week" not in match.group()
    return one or match.group().endswith("enkele nacht")


def _is_well(folded: str, every: Hit) -> bool:
    begin, until = sentence_start(folded, every.start), sentence_end(folded, every.end)
    return any(begin <= hit.start < until and not _is_negated(folded, hit) for hit in marks(folded, "nights.well"))


def _is_negated(folded: str, well: Hit) -> bool:
    """ "ik slaap nooit goed" is not well; "niet eruit" is."""
    words = folded[well.start : well.end]
    return words.startswith("sla") and _DENIED.search(words) is not None
