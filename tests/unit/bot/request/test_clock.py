from __future__ import annotations

import random
from bisect import bisect_left
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from bot.request.clock import OfficeHours, answer_by, day_in_words, moment_in_words, next_opening
from knowledge.vocabulary import Urgency

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MINUTE = timedelta(minutes=1)

# Written out by hand, not taken from the library that the clock uses.
CLOSED = {
    *(date(2024, 12, day) for day in (25, 26)), date(2025, 1, 1), date(2025, 4, 18), date(2025, 4, 21),
    date(2025, 4, 26), date(2025, 5, 5), date(2025, 5, 29), date(2025, 6, 9),
    *(date(2026, 12, day) for day in (25, 26)), date(2027, 1, 1), date(2026, 4, 3), date(2026, 4, 6),
    date(2026, 4, 27), date(2026, 5, 14), date(2026, 5, 25),
}  # fmt: skip
SEASONS = {
    "Christmas 2024": date(2024, 12, 16),
    "Christmas 2026": date(2026, 12, 16),
    "Easter and King's Day 2025": date(2025, 4, 14),
    "summer time and Easter 2026": date(2026, 3, 24),
    "Whitsun 2026": date(2026, 5, 8),
    "winter time 2026": date(2026, 10, 19),
    "an ordinary week": date(2026, 9, 7),
}


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=AMSTERDAM)


def open_minutes(first: date) -> list[datetime]:
    """Every minute of 25 days in which the office is open, counted one by one."""
    minute = datetime(first.year, first.month, first.day, tzinfo=timezone.utc) - timedelta(hours=2)
    found = []
    for _ in range(25 * 24 * 60):
        here = minute.astimezone(AMSTERDAM)
        if 9 <= here.hour < 17 and here.weekday() < 5 and here.date() not in CLOSED:
            found.append(minute)
        minute += MINUTE
    return found


@pytest.fixture(scope="module", params=SEASONS)
def season(request):
    first = SEASONS[request.param]
    draw = random.Random(request.param)
    start = datetime(first.year, first.month, first.day, tzinfo=timezone.utc)
    return open_minutes(first), [start + MINUTE * draw.randrange(10 * 24 * 60) for _ in range(60)]


def test_the_promised_moment_is_what_counting_every_minute_gives(season):
    counted, moments = season
    for moment in moments:
        passed = bisect_left(counted, moment)
        for urgency, minutes in ((Urgency.NORMAL, 3 * 480), (Urgency.SOON, 480)):
            assert answer_by(moment, urgency) == counted[passed + minutes - 1] + MINUTE


def test_an_emergency_is_promised_for_the_working_day_that_runs_or_comes(season):
    counted, moments = season
    for moment in moments:
        passed = bisect_left(counted, moment)
        day = counted[passed].astimezone(AMSTERDAM).date()
        closing = max(minute for minute in counted if minute.astimezone(AMSTERDAM).date() == day) + MINUTE
        after_an_hour = counted[passed + 59] + MINUTE
        for urgency in (Urgency.EMERGENCY, Urgency.PALLIATIVE):
            assert answer_by(moment, urgency) == max(closing, after_an_hour)


def test_the_next_opening_is_the_first_open_minute(season):
    counted, moments = season
    for moment in moments:
        assert next_opening(moment) == counted[bisect_left(counted, moment)]


def test_office_minutes_between_two_moments_are_those_that_counting_gives(season):
    counted, moments = season
    for start, end in zip(moments, reversed(moments), strict=True):
        assert OfficeHours().minutes_between(start, end) == bisect_left(counted, end) - bisect_left(counted, start)


@pytest.mark.parametrize(
    ("sent", "urgency", "expected"),
    [
        (local(2026, 11, 23, 10), Urgency.NORMAL, local(2026, 11, 26, 10)),
        (local(2026, 11, 20, 18), Urgency.NORMAL, local(2026, 11, 25, 17)),
        (local(2026, 12, 24, 16), Urgency.SOON, local(2026, 12, 28, 16)),
        (local(2026, 5, 22, 17), Urgency.EMERGENCY, local(2026, 5, 26, 17)),
        (local(2026, 11, 23, 16, 30), Urgency.EMERGENCY, local(2026, 11, 24, 9, 30)),
    ],
    ids=["Monday ten", "Friday evening", "Christmas Eve", "Friday before Whitsun", "half past four"],
)
def test_it_promises_what_a_coordinator_would_say(sent, urgency, expected):
    assert answer_by(sent, urgency) == expected


def test_a_municipality_with_other_hours_has_other_promises():
    from datetime import time

    mornings = OfficeHours(opens=time(8, 30), closes=time(12, 30), closed_on=frozenset({date(2026, 11, 24)}))
    assert answer_by(local(2026, 11, 23, 11, 30), Urgency.SOON, mornings) == local(2026, 11, 25, 11, 30)


def test_a_moment_is_told_as_people_say_it():
    assert day_in_words(local(2026, 11, 26, 10)) == "donderdag 26 november"
    assert moment_in_words(datetime(2026, 7, 1, 12, 5, tzinfo=timezone.utc)) == "woensdag 1 juli om 14.05 uur"


def test_an_office_that_never_opens_is_refused():
    with pytest.raises(ValueError, match="closed for a year"):
        next_opening(local(2026, 1, 1, 9), OfficeHours(weekdays=frozenset()))
