"""The clock jumps: nothing is removed too early, no talk is lost by a correction, every reminder goes out once."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import Response

from bot.conversations.store import KEEP
from bot.steady_clock import JUMP, LONG_SILENCE, WAIT, SteadyClock, bring_ends_near, last_word
from channels.root import House
from channels.web.browsers import Browsers
from channels.web.identity import TalkIdentity
from tests.house import MONDAY_MORNING, SetClock, opened_house


class Time:
    """The wall clock and the time that really passes, each moved by a test."""

    def __init__(self) -> None:
        self.wall, self.passed = SetClock(MONDAY_MORNING), 1000.0

    def seconds(self) -> float:
        return self.passed

    def go_by(self, **amount: float) -> None:
        self.wall.forward(**amount)
        self.passed += timedelta(**amount).total_seconds()

    def watch(self, newest: datetime | None = None) -> SteadyClock:
        return SteadyClock(self.wall, newest, self.seconds)


@pytest.mark.parametrize("years", [-30, -1, 1, 10])
def test_after_a_jump_nothing_is_removed_for_three_days(years: int) -> None:
    time = Time()
    clock = time.watch(MONDAY_MORNING)
    assert clock.trusted()
    time.wall.forward(days=365 * years)
    assert not clock.trusted()
    time.go_by(days=2, hours=23)
    assert not clock.trusted()
    time.go_by(hours=2)
    assert clock.trusted()


def test_a_clock_that_jumps_back_right_is_waited_for_as_well() -> None:
    time = Time()
    clock = time.watch()
    time.wall.forward(days=4000)
    assert not clock.trusted()
    time.wall.forward(days=-4000)
    assert not clock.trusted()
    time.go_by(days=4)
    assert clock.trusted()


@given(st.lists(st.floats(0, 30 * 86400), max_size=30), st.floats(-1, 1))
def test_time_that_goes_by_is_no_jump(steps: list[float], drift: float) -> None:
    time = Time()
    clock = time.watch(MONDAY_MORNING)
    for seconds in steps:
        time.go_by(seconds=seconds)
        time.wall.forward(seconds=drift)
        assert clock.trusted()


@pytest.mark.parametrize(
    ("silent", "trusted"),
    [
        (timedelta(0), True),
        (LONG_SILENCE - timedelta(days=1), True),
        (LONG_SILENCE + timedelta(days=1), False),
        (timedelta(days=3650), False),
        (-JUMP - timedelta(minutes=1), False),
    ],
)
def test_a_start_far_from_the_last_word_is_no_time_to_remove(silent: timedelta, trusted: bool) -> None:
    time = Time()
    clock = time.watch(MONDAY_MORNING - silent)
    assert clock.trusted() is trusted
    time.go_by(seconds=WAIT.total_seconds())
    assert clock.trusted()


def test_a_machine_that_slept_is_no_jump() -> None:
    first = SteadyClock(lambda: datetime.now(timezone.utc), None)
    assert first.trusted()


@pytest.fixture
def bare(tmp_path: Path):
    with opened_house(tmp_path, SetClock(MONDAY_MORNING), with_model=False) as house:
        yield house


def clock_of(house: House) -> SetClock:
    return house.services.now


def test_a_word_said_while_the_clock_was_behind_takes_no_talk_away(bare: House) -> None:
    talk = bare.conversations.start("web").id
    bare.conversations.add(talk, "person", "hallo")
    clock_of(bare).forward(days=-400)
    bare.conversations.add(talk, "person", "bent u daar?")
    clock_of(bare).forward(days=400)
    assert bare.conversations.get(talk) is not None
    clock_of(bare).moment += KEEP + timedelta(days=1)
    assert bare.conversations.get(talk) is None


def test_a_word_said_while_the_clock_was_ahead_is_not_kept_for_years(bare: House) -> None:
    talk, other = bare.conversations.start("web").id, bare.conversations.start("web").id
    clock_of(bare).forward(days=4000)
    bare.conversations.add(talk, "person", "hallo")
    assert last_word(bare.sessions) == clock_of(bare).moment
    clock_of(bare).forward(days=-4000)
    assert bring_ends_near(bare.sessions, clock_of(bare).moment) == 1
    assert bring_ends_near(bare.sessions, clock_of(bare).moment) == 0
    found = bare.conversations.get(talk)
    assert found is not None
    assert found.expires_at == clock_of(bare).moment + KEEP
    assert bare.conversations.get(other) is not None


@pytest.mark.parametrize(("seconds", "known"), [(0, True), (-5, True), (-86400 * 400, True), (86400 * 91, False)])
def test_her_talk_is_known_after_a_correction_of_the_clock(
    bare: House, monkeypatch: pytest.MonkeyPatch, seconds: int, known: bool
) -> None:
    """A statement signed a moment ahead of us is ours all the same; one of three months ago is too old."""
    talk, response = bare.conversations.start("web").id, Response()
    identity = TalkIdentity("secret" * 6, False, Browsers(bare.conversations))
    identity.give(Request({"type": "http", "headers": []}), response, talk)
    cookie = response.headers["set-cookie"].split(";")[0].encode()

    now = time.time
    monkeypatch.setattr("time.time", lambda: now() + seconds)
    asked = Request({"type": "http", "headers": [(b"cookie", cookie)]})
    assert identity.read(asked) == (talk if known else None)
    forged = Request({"type": "http", "headers": [(b"cookie", cookie[:-3] + b"AAA")]})
    assert identity.read(forged) is None
