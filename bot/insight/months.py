"""Calendar months and the periods people choose, by the Dutch calendar. A month is written ``2026-11``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timezone

from babel.dates import format_date

from bot.request.record import DUTCH_TIME

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)
_QUARTER = re.compile(r"(20\d\d)-K([1-4])", re.ASCII)
_YEAR = re.compile(r"20\d\d", re.ASCII)


def month_of(moment: datetime) -> str:
    """The Dutch calendar month of an aware moment."""
    return f"{moment.astimezone(DUTCH_TIME):%Y-%m}"


def is_month(text: str) -> bool:
    """Is this a month as it is written here?"""
    return _MONTH.fullmatch(text) is not None


def shifted(month: str, by: int) -> str:
    """The month that is ``by`` months later (or earlier)."""
    number = int(month[:4]) * 12 + int(month[5:]) - 1 + by
    return f"{number // 12:04}-{number % 12 + 1:02}"


def last_closed(now: datetime) -> str:
    """The last month that is wholly over."""
    return shifted(month_of(now), -1)


def months_between(first: str, last: str) -> tuple[str, ...]:
    """Every month from ``first`` to ``last``, both included; none when ``last`` is earlier."""
    found, month = [], first
    while month <= last:
        found.append(month)
        month = shifted(month, 1)
    return tuple(found)


def bounds(month: str) -> tuple[datetime, datetime]:
    """Begin and end of the month as moments in UTC: from the first to before the second."""
    return _begin(month), _begin(shifted(month, 1))


def _begin(month: str) -> datetime:
    day = date(int(month[:4]), int(month[5:]), 1)
    return datetime.combine(day, time(), DUTCH_TIME).astimezone(timezone.utc)


def in_words(month: str) -> str:
    """``maart 2026``."""
    return format_date(date(int(month[:4]), int(month[5:]), 1), "MMMM y", locale="nl")


def short(month: str) -> str:
    """``mrt``."""
    return format_date(date(int(month[:4]), int(month[5:]), 1), "LLL", locale="nl").rstrip(".")


@dataclass(frozen=True)
class Period:
    """From the first to the last month, both included. ``code`` is what stands in an address."""

    code: str
    first: str
    last: str

    @property
    def label(self) -> str:
        """``2026``, ``1e kwartaal 2026``, ``maart 2026`` or ``maart 2026 tot en met mei 2026``."""
        if quarter := _QUARTER.fullmatch(self.code):
            return f"{quarter[2]}e kwartaal {quarter[1]}"
        if _YEAR.fullmatch(self.code):
            return self.code
        if self.first == self.last:
            return in_words(self.first)
        return f"{in_words(self.first)} tot en met {in_words(self.last)}"

    def holds(self, month: str) -> bool:
        """Is this month part of it?"""
        return self.first <= month <= self.last


def read_period(code: str) -> Period | None:
    """The period of a code (``2026``, ``2026-K1``, ``2026-03``, ``2026-03_2026-08``), or ``None``."""
    if _YEAR.fullmatch(code):
        return Period(code, f"{code}-01", f"{code}-12")
    if quarter := _QUARTER.fullmatch(code):
        last = int(quarter[2]) * 3
        return Period(code, f"{quarter[1]}-{last - 2:02}", f"{quarter[1]}-{last:02}")
    first, _, last_month = code.partition("_")
    last_month = last_month or first
    if is_month(first) and is_month(last_month) and first <= last_month:
        return Period(code if first != last_month else first, first, last_month)
    return None


def choices(first: str, last: str) -> dict[str, tuple[Period, ...]]:
    """The years, quarters and months from ``first`` to ``last`` that can be chosen, newest first."""
    months = months_between(first, last)[::-1]
    quarters = dict.fromkeys(f"{month[:4]}-K{(int(month[5:]) + 2) // 3}" for month in months)
    years = dict.fromkeys(month[:4] for month in months)
    codes = {"year": years, "quarter": quarters, "month": dict.fromkeys(months)}
    return {
        kind: tuple(period for period in map(read_period, found) if period is not None) for kind, found in codes.items()
    }
