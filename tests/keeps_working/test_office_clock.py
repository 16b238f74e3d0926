"""The clock of the municipality while the clock of the machine jumps: what is due happens once, and never too early.

The days are those on which clocks go wrong: summer and winter time, a leap day, New Year, and holidays in a row.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.request.asking import FOLLOW_UP_AFTER, Question
from bot.request.desk import RequestDesk
from bot.request.due import DueKind
from bot.request.history import CLOCK
from bot.request.tables import request_events, requests
from bot.staff.accounts import StaffAccounts, StaffRole
from bot.steady_clock import CALM_AFTER, SteadyClock, bring_promises_near
from knowledge.storage import metadata, open_engine, open_sessions
from knowledge.vocabulary import Urgency
from tests.database import postgresql
from tests.unit.bot.request.after_sending import OUTCOME
from tests.unit.bot.request.conftest import Clock, Listener, sent

HERE = ZoneInfo("Europe/Amsterdam")
STEPS = {DueKind.REMIND, DueKind.ESCALATE, DueKind.WARN_CARER}


def at(text: str) -> datetime:
    """A moment on the clock in the street."""
    return datetime.fromisoformat(text).replace(tzinfo=HERE).astimezone(timezone.utc)


ODD_DAYS = {
    "summer time": at("2027-03-24 15:00"),  # Good Friday, the change and Easter Monday follow each other
    "winter time": at("2027-10-29 16:30"),
    "leap day": at("2028-02-28 16:00"),
    "New Year": at("2026-12-31 16:59"),
    "Christmas": at("2026-12-24 12:00"),
    "the hour that is not there": at("2027-03-28 02:30"),
    "the hour that comes twice": at("2027-10-31 02:30"),
}
SHOULD = {  # by hand, from a calendar: three working days of eight hours, closed on holidays
    "summer time": "2027-03-31 15:00",
    "winter time": "2027-11-03 16:30",
    "leap day": "2028-03-02 16:00",
    "New Year": "2027-01-06 16:59",
    "Christmas": "2026-12-30 12:00",
    "the hour that is not there": "2027-04-01 17:00",
    "the hour that comes twice": "2027-11-03 17:00",
}


class Office:
    """A desk, a wall clock that can be moved, and the time that really passes."""

    def __init__(self, address: str, begins: datetime) -> None:
        self.engine = open_engine(address)
        metadata.create_all(self.engine)
        self.sessions, self.wall, self.passed = open_sessions(self.engine), Clock(begins), 0.0
        self.carer = Listener()
        self.desk = RequestDesk(self.sessions, self.wall, notify=self.carer)
        self.steady = SteadyClock(self.wall, None, lambda: self.passed)

    def passes(self, time: timedelta) -> None:
        self.wall.moment += time
        self.passed += time.total_seconds()

    def works(self) -> list[DueKind]:
        """One round of what runs beside the serving (channels/serving.py)."""
        if self.steady.trusted():
            bring_promises_near(self.sessions, self.wall(), self.desk.office_for)
        return [one.kind for one in self.desk.remind()] if self.steady.calm() else []

    def request(self):
        with self.sessions() as session:
            return session.execute(select(requests)).one()

    def done_by_the_clock(self) -> list[str]:
        with self.sessions() as session:
            mine = (
                select(request_events.c.kind).where(request_events.c.actor == CLOCK.name).order_by(request_events.c.id)
            )
            return [str(kind) for kind in session.scalars(mine)]


@pytest.mark.parametrize("day", ODD_DAYS)
def test_on_an_odd_day_each_step_comes_once_and_on_its_moment(day: str) -> None:
    once_and_on_its_moment("sqlite://", day)


def test_on_postgresql_too() -> None:
    with postgresql() as address:
        once_and_on_its_moment(address, "summer time", every=timedelta(hours=3))


def once_and_on_its_moment(address: str, day: str, every: timedelta = timedelta(minutes=30)) -> None:
    """Looks now and then, as the worker looks every minute."""
    office = Office(address, ODD_DAYS[day])
    sent(office.desk)
    promised = office.request().answer_by
    assert promised.astimezone(HERE).strftime("%Y-%m-%d %H:%M") == SHOULD[day]
    came: dict[DueKind, datetime] = {}
    while office.wall() < promised + timedelta(days=2):
        for kind in [one.kind for one in office.desk.remind()]:
            assert kind not in came, "once"
            came[kind] = office.wall()
        office.passes(every)
    assert set(came) == STEPS
    assert timedelta() <= came[DueKind.ESCALATE] - promised < every
    assert came[DueKind.REMIND] < came[DueKind.ESCALATE] <= came[DueKind.WARN_CARER]
    for moment in came.values():
        assert moment.astimezone(HERE).weekday() < 5
    office.engine.dispose()


MOVES = st.lists(
    st.tuples(
        st.sampled_from(["passes", "passes", "passes", "jumps"]),
        st.sampled_from([1, 10, 60, 8 * 60, 24 * 60, 5 * 24 * 60, 400 * 24 * 60]),  # minutes
        st.sampled_from([1, -1]),
    ),
    max_size=10,
)


@settings(max_examples=12, deadline=None)
@given(begins=st.sampled_from(sorted(ODD_DAYS.values())), moves=MOVES, urgency=st.sampled_from(list(Urgency)))
def test_whatever_the_clock_does_each_step_comes_once_and_she_is_not_forgotten(begins, moves, urgency) -> None:
    office = Office("sqlite://", begins)
    sent(office.desk, urgency=urgency)
    came: list[DueKind] = []
    for how, minutes, sign in moves:
        if how == "jumps":
            office.wall.moment += sign * timedelta(minutes=minutes)
            came += office.works()
            continue
        left = timedelta(minutes=minutes)
        for _ in range(3):  # the round comes every minute; three are enough to see the same
            office.passes(left / 3)
            came += office.works()
    before = len(came)
    for _ in range(21):  # three weeks in which the clock runs as it should, from wherever it stands
        office.passes(timedelta(days=1))
        came += office.works()
    far_behind = office.request().answer_by - office.wall()  # then it was set back for years, or days
    assert len(came) == len(set(came)), "once"
    assert set(came) == STEPS or far_behind > timedelta(), (before, came)
    told = [name for name in office.carer.names() if "late" in name]
    assert len(told) == came.count(DueKind.WARN_CARER)
    assert len(office.done_by_the_clock()) == len(came)
    office.engine.dispose()


def test_nobody_is_told_anything_in_the_quarter_after_a_jump(tmp_path: Path) -> None:
    """A clock that is set right within it has told nobody that it takes longer."""
    office = Office(f"sqlite:///{tmp_path / 'office.db'}", ODD_DAYS["New Year"])
    sent(office.desk)
    assert office.works() == []
    office.wall.forward(days=365 * 10)
    assert office.works() == []
    office.passes(CALM_AFTER - timedelta(minutes=1))
    assert office.works() == []
    office.wall.forward(days=-365 * 10)
    for _ in range(30):
        office.passes(timedelta(minutes=1))
        assert office.works() == []
    assert office.carer.calls == 0
    office.wall.forward(days=30)  # and a clock that stays where it jumped to is believed: she may be late in earnest
    assert office.works() == []
    office.passes(CALM_AFTER)
    assert set(office.works()) == STEPS
    office.engine.dispose()


def test_a_request_of_a_day_that_never_was_is_not_forgotten(tmp_path: Path) -> None:
    """Sent while the clock stood ten years ahead: after the correction somebody is reminded this week."""
    office = Office(f"sqlite:///{tmp_path / 'office.db'}", ODD_DAYS["New Year"])
    office.wall.forward(days=3650)
    sent(office.desk)
    office.wall.forward(days=-3650)
    assert office.request().answer_by > office.wall() + timedelta(days=3000)
    came: list[DueKind] = []
    for _ in range(9 * 4):
        office.passes(timedelta(hours=6))
        came += office.works()
    assert office.request().answer_by < office.wall() + timedelta(days=7)
    for _ in range(9 * 4):
        office.passes(timedelta(hours=6))
        came += office.works()
    assert sorted(came) == sorted(STEPS)
    office.engine.dispose()


@pytest.mark.parametrize("day", ["summer time", "leap day", "Christmas"])
def test_the_question_weeks_later_comes_once_also_when_the_clock_was_ahead(tmp_path: Path, day: str) -> None:
    office = Office(f"sqlite:///{tmp_path / 'office.db'}", ODD_DAYS[day])
    desk, clock = office.desk, office.wall
    petra = StaffAccounts(office.sessions, clock).add("Petra", "petra@ede.example", StaffRole.COORDINATOR, "Ede")
    request = sent(desk)
    desk.accept(request.reference, petra)
    desk.resolve(request.reference, petra, OUTCOME)
    ends = clock()
    clock.moment = ends + timedelta(days=3652)
    while clock.moment.astimezone(HERE).weekday() < 5:
        clock.forward(days=1)
    assert desk.ask_what_is_due() == [], "on a Saturday in ten years it is put off to the Monday after"
    clock.moment = ends + timedelta(days=1)
    assert desk.ask_what_is_due() == []
    bring_promises_near(office.sessions, clock(), desk.office_for)
    asked: list[tuple[Question, datetime]] = []
    while clock() < ends + FOLLOW_UP_AFTER + timedelta(days=14):
        asked += [(one.kind, clock()) for one in desk.ask_what_is_due()]
        clock.forward(hours=3)
    kinds = [kind for kind, _ in asked]
    assert kinds.count(Question.FOLLOW_UP) <= 1
    assert len(kinds) == len(set(kinds))
    assert asked
    assert all(9 <= moment.astimezone(HERE).hour < 20 for _, moment in asked)
