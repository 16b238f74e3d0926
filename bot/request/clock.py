"""When somebody looks at it: deadlines in the office hours of a municipality, and moments in Dutch words.

All sums are made on moments in UTC, so that the change to summer or winter time neither gives nor takes an hour.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from babel.dates import format_date, format_time

from bot.request.record import DUTCH_TIME
from knowledge.access.hours import Hours
from knowledge.vocabulary import Urgency

WORKING_DAYS = {Urgency.NORMAL: 3, Urgency.SOON: 1}
"""First contact within this many working days (R101); emergencies and palliative requests the same working day."""

LEAST_MINUTES = 60
"""An emergency that comes in just before closing time still gets an hour of office time, never an empty promise."""


@lru_cache(maxsize=64)
def _public_holidays(year: int) -> frozenset[date]:
    """Dutch public holidays, with Good Friday: the law on terms counts it too (Algemene termijnenwet, art. 3)."""
    return frozenset(holidays.country_holidays("NL", years=year))


@dataclass(frozen=True)
class OfficeHours:
    """Opening hours in local time, the same on every working day; closed on public holidays and on ``closed_on``.

    ``always``: day and night, on holidays too; then the other parts say nothing.
    """

    opens: time = time(9)
    closes: time = time(17)
    weekdays: frozenset[int] = frozenset(range(5))
    closed_on: frozenset[date] = frozenset()
    zone: ZoneInfo = DUTCH_TIME
    always: bool = False

    @classmethod
    def of(cls, hours: Hours) -> OfficeHours:
        """The hours that a municipality gave (rule ``kantooruren``)."""
        if hours.always:
            return cls(always=True)
        return cls(opens=hours.opens, closes=hours.closes, weekdays=hours.days)

    @property
    def minutes_a_day(self) -> int:
        """Length of one working day in minutes."""
        if self.always:
            return 24 * 60
        return (self.closes.hour - self.opens.hour) * 60 + self.closes.minute - self.opens.minute

    def is_working_day(self, day: date) -> bool:
        """Is the office open at all on this local date?"""
        if self.always:
            return True
        return day.weekday() in self.weekdays and day not in self.closed_on and day not in _public_holidays(day.year)

    def window(self, day: date) -> tuple[datetime, datetime] | None:
        """Opening and closing of this local date as UTC moments, or ``None`` when the office is closed."""
        if not self.is_working_day(day):
            return None
        opens, closes, last = self.opens, self.closes, day
        if self.always:
            opens, closes, last = time(0), time(0), day + timedelta(days=1)
        start, end = datetime.combine(day, opens, self.zone), datetime.combine(last, closes, self.zone)
        return start.astimezone(timezone.utc), end.astimezone(timezone.utc)

    def next_window(self, moment: datetime) -> tuple[datetime, datetime]:
        """The rest of the opening that runs at ``moment``, else the next whole one. A closing moment is closed.

        Raises ``ValueError`` when the office is closed for a year.
        """
        day = moment.astimezone(self.zone).date()
        for offset in range(400):
            window = self.window(day + timedelta(days=offset))
            if window and window[1] > moment:
                return max(window[0], moment.astimezone(timezone.utc)), window[1]
        raise ValueError("an office that is closed for a year has no next opening")

    def add(self, moment: datetime, minutes: float) -> datetime:
        """The moment at which ``minutes`` (> 0) of office time have passed since ``moment``, in UTC."""
        left = timedelta(minutes=minutes)
        start, end = self.next_window(moment)
        while end - start < left:
            left -= end - start
            start, end = self.next_window(end)
        return start + left

    def minutes_between(self, start: datetime, end: datetime) -> float:
        """Office minutes from ``start`` to ``end``; negative when ``end`` is earlier."""
        if end < start:
            return -self.minutes_between(end, start)
        total = timedelta()
        day, last = start.astimezone(self.zone).date(), end.astimezone(self.zone).date()
        while day <= last:
            if window := self.window(day):
                total += max(timedelta(), min(window[1], end) - max(window[0], start))
            day += timedelta(days=1)
        return total.total_seconds() / 60


def next_opening(moment: datetime, office: OfficeHours | None = None) -> datetime:
    """The moment itself when the office is open, else when it opens next (UTC)."""
    return (office or OfficeHours()).next_window(moment)[0]


def answer_by(sent_at: datetime, urgency: Urgency, office: OfficeHours | None = None) -> datetime:
    """Before when a person makes contact, in UTC.

    Normal: three working days of office time; soon: one; emergency and palliative: before closing of the working day
    that runs, or of the next one when the office is closed, with at least ``LEAST_MINUTES`` of office time.
    """
    office = office or OfficeHours()
    if urgency in WORKING_DAYS:
        return office.add(sent_at, WORKING_DAYS[urgency] * office.minutes_a_day)
    return max(office.next_window(sent_at)[1], office.add(sent_at, LEAST_MINUTES))


def day_in_words(moment: datetime, office: OfficeHours | None = None) -> str:
    """``donderdag 26 november``, in the local time of the office."""
    local = moment.astimezone((office or OfficeHours()).zone)
    return format_date(local.date(), "EEEE d MMMM", locale="nl")


def moment_in_words(moment: datetime, office: OfficeHours | None = None) -> str:
    """``donderdag 26 november om 14.05 uur``, in the local time of the office."""
    local = moment.astimezone((office or OfficeHours()).zone)
    return f"{day_in_words(moment, office)} om {format_time(local, 'H.mm', locale='nl')} uur"
