"""When somebody answers: days and one opening time a day, as an editor types it ("ma-vr 8.30-17.00")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

_DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
_ALWAYS = "dag en nacht"
_TYPED = re.compile(
    r"(?P<days>[a-z]{2}(?:\s*[-,]\s*[a-z]{2})*)\s+"
    r"(?P<opens>\d{1,2}(?:[.:]\d{2})?)\s*(?:-|tot)\s*(?P<closes>\d{1,2}(?:[.:]\d{2})?)(?:\s*uur)?"
)


class HoursError(ValueError):
    """The text does not say days and times."""


@dataclass(frozen=True)
class Hours:
    """Opening in local time, the same on each of ``days`` (0: Monday). ``always``: day and night, holidays too."""

    days: frozenset[int] = frozenset(range(7))
    opens: time = time(0)
    closes: time = time(0)
    always: bool = False

    @classmethod
    def read(cls, text: str) -> Hours:
        """From "ma-vr 8.30-17.00", "ma, wo, vr 9-12" or "dag en nacht". Raises ``HoursError``."""
        typed = " ".join(text.casefold().replace("–", "-").split())
        if typed in (_ALWAYS, "24 uur per dag", "altijd"):
            return cls(always=True)
        found = _TYPED.fullmatch(typed)
        if found is None:
            raise HoursError(text)
        hours = cls(_days(found["days"], text), _time(found["opens"], text), _time(found["closes"], text))
        if hours.opens >= hours.closes:
            raise HoursError(text)
        return hours

    def __str__(self) -> str:
        """As people read it: "ma-vr 8.30-17.00". ``Hours.read`` gives it back."""
        if self.always:
            return _ALWAYS
        days = sorted(self.days)
        row = len(days) > 1 and days == list(range(days[0], days[-1] + 1))
        named = f"{_DAYS[days[0]]}-{_DAYS[days[-1]]}" if row else ", ".join(_DAYS[day] for day in days)
        return f"{named} {_clock(self.opens)}-{_clock(self.closes)}"


def _days(typed: str, text: str) -> frozenset[int]:
    days: set[int] = set()
    for part in typed.replace(" ", "").split(","):
        names = part.split("-")
        if len(names) > 2 or not set(names) <= set(_DAYS):
            raise HoursError(text)
        first, last = _DAYS.index(names[0]), _DAYS.index(names[-1])
        if last < first:
            raise HoursError(text)
        days |= set(range(first, last + 1))
    return frozenset(days)


def _time(typed: str, text: str) -> time:
    hour, _, minute = typed.replace(":", ".").partition(".")
    try:
        return time(int(hour), int(minute or 0))
    except ValueError as odd:
        raise HoursError(text) from odd


def _clock(moment: time) -> str:
    return f"{moment.hour}.{moment.minute:02d}"
