"""The clock in any office hours, against somebody who counts every minute."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis.strategies import composite, integers, sampled_from, sets

from bot.request.clock import OfficeHours, answer_by, next_opening
from bot.request.due import half_time
from knowledge.access.hours import Hours
from knowledge.vocabulary import Urgency

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MINUTE = timedelta(minutes=1)
DAYS = 50

# Written out by hand: Christmas, New Year, Easter with Good Friday, King's Day, Ascension, Whitsun (Sundays too, for an
# office that works on Sundays).
CLOSED = {
    date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1), date(2026, 4, 3), date(2026, 4, 5), date(2026, 4, 6),
    date(2026, 4, 27), date(2026, 5, 14), date(2026, 5, 24), date(2026, 5, 25),
}  # fmt: skip
SEASONS = (date(2026, 3, 25), date(2026, 4, 25), date(2026, 10, 20), date(2026, 12, 14))
"""Summer time and Easter; King's Day and Whitsun; winter time; Christmas."""


@composite
def offices(draw) -> OfficeHours:
    # From four: when the clock changes, the minutes between two and three are missing or come twice.
    opens = draw(integers(4, 20)) * 60 + draw(sampled_from([0, 15, 30]))
    closes = min(draw(integers(opens + 120, opens + 720)), 23 * 60 + 59)
    closed_on = draw(sets(sampled_from(SEASONS), max_size=1))
    return OfficeHours(
        time(*divmod(opens, 60)),
        time(*divmod(closes, 60)),
        frozenset(draw(sets(integers(0, 6), min_size=2))),
        frozenset(closed_on),
    )


def counted(office: OfficeHours, first: date) -> list[datetime]:
    """Every open minute, one by one, by the clock on the wall."""
    minute = datetime(first.year, first.month, first.day, tzinfo=timezone.utc)
    found = []
    for _ in range(DAYS * 24 * 60):
        here = minute.astimezone(AMSTERDAM)
        works = here.weekday() in office.weekdays and here.date() not in CLOSED | office.closed_on
        if works and office.opens <= here.time() < office.closes:
            found.append(minute)
        minute += MINUTE
    return found


@given(office=offices(), first=sampled_from(SEASONS), later=integers(0, 12 * 24 * 60))
@settings(max_examples=25, deadline=None)
def test_every_promise_is_what_counting_every_minute_gives(office, first, later):
    open_minutes = counted(office, first)
    moment = datetime(first.year, first.month, first.day, tzinfo=timezone.utc) + MINUTE * later
    passed = bisect_left(open_minutes, moment)
    assert next_opening(moment, office) == open_minutes[passed]
    for urgency, days in ((Urgency.NORMAL, 3), (Urgency.SOON, 1)):
        minutes = days * office.minutes_a_day
        if passed + minutes <= len(open_minutes):
            promise = answer_by(moment, urgency, office)
            assert promise == open_minutes[passed + minutes - 1] + MINUTE
            assert office.minutes_between(moment, promise) == minutes
            assert bisect_left(open_minutes, half_time(moment, promise, office)) - passed == (minutes + 1) // 2
    day = open_minutes[passed].astimezone(AMSTERDAM).date()
    closing = max(minute for minute in open_minutes if minute.astimezone(AMSTERDAM).date() == day) + MINUTE
    assert answer_by(moment, Urgency.EMERGENCY, office) == max(closing, open_minutes[passed + 59] + MINUTE)


def test_the_hours_an_editor_typed_are_the_hours_of_the_clock():
    office = OfficeHours.of(Hours.read("di, do 8.30-12.30"))
    assert (office.minutes_a_day, office.weekdays) == (240, {1, 3})
    monday = datetime(2026, 11, 23, 10, tzinfo=AMSTERDAM)
    assert next_opening(monday, office) == datetime(2026, 11, 24, 8, 30, tzinfo=AMSTERDAM)


def test_who_is_there_day_and_night_is_there_at_christmas_and_when_the_clock_changes():
    office = OfficeHours.of(Hours.read("dag en nacht"))
    christmas = datetime(2026, 12, 25, 3, tzinfo=AMSTERDAM)
    assert next_opening(christmas, office) == christmas
    assert answer_by(christmas, Urgency.EMERGENCY, office) == datetime(2026, 12, 26, 0, tzinfo=AMSTERDAM)
    before = datetime(2026, 10, 24, 12, tzinfo=AMSTERDAM)
    assert office.minutes_between(before, datetime(2026, 10, 25, 12, tzinfo=AMSTERDAM)) == 25 * 60
