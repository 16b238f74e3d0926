"""What may be asked of her and when: the moments by themselves, without a database."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis.strategies import integers

from bot.request.asking import (
    FOLLOW_UP_AFTER,
    LATER_AFTER,
    Question,
    is_daytime,
    may_ask_at,
    next_asking_moment,
    next_question,
)
from bot.request.clock import OfficeHours
from bot.request.followup import FollowUp
from bot.request.history import RequestEvent
from bot.request.record import DUTCH_TIME, Request
from bot.request.vocabulary import EventKind, RequestState
from knowledge.vocabulary import Urgency
from tests.unit.bot.request.conftest import MONDAY_TEN

OFFICE = OfficeHours()
DAY = timedelta(days=1)
S, E = RequestState, EventKind


def waiting(state: RequestState = S.SENT, urgency: Urgency = Urgency.NORMAL, **more) -> Request:
    values = {"state": state, "sent_at": MONDAY_TEN, "answer_by": MONDAY_TEN + 3 * DAY, "id": 1, **more}
    return Request("AP-1", "c1", "Ede", "", "", [], [], urgency, "normal", MONDAY_TEN, **values)


def happened(*kinds: tuple[EventKind, timedelta]) -> list[RequestEvent]:
    return [RequestEvent(1, kind, MONDAY_TEN + after, "x") for kind, after in kinds]


SENT = (E.SENT, timedelta())


class TestDoesItStillHold:
    def test_after_two_working_days_without_contact(self):
        due = next_question(waiting(), happened(SENT), None, OFFICE)
        assert (due.kind, due.at) == (Question.CHECK, MONDAY_TEN + 2 * DAY)

    def test_the_weekend_is_no_waiting(self):
        friday = [RequestEvent(1, E.SENT, MONDAY_TEN + 4 * DAY, "x")]
        assert next_question(waiting(), friday, None, OFFICE).at == MONDAY_TEN + 8 * DAY

    def test_who_just_heard_a_person_is_not_asked_the_next_minute(self):
        events = happened(SENT, (E.TRIED, 1.75 * DAY))
        due = next_question(waiting(S.ACCEPTED), events, None, OFFICE)
        assert due.at == MONDAY_TEN + 2 * DAY + timedelta(hours=7), "a working day after the evening of the call"

    def test_after_contact_it_takes_two_weeks_without_a_word(self):
        events = happened(SENT, (E.CONTACTED, DAY))
        request = waiting(S.CONTACTED, contacted_at=MONDAY_TEN + DAY)
        assert next_question(request, events, None, OFFICE).at == MONDAY_TEN + 15 * DAY

    def test_a_moment_that_was_agreed_comes_first(self):
        request = waiting(S.ACCEPTED, callback_at=MONDAY_TEN + 7 * DAY)
        assert next_question(request, happened(SENT), None, OFFICE).at == MONDAY_TEN + 8 * DAY

    def test_once_in_a_round_and_again_when_it_was_not_solved(self):
        events = happened(SENT, (E.CHECKED, 2 * DAY))
        assert next_question(waiting(), events, None, OFFICE) is None
        again = [*events, *happened((E.RESOLVED, 3 * DAY), (E.REOPENED, 7 * DAY))]
        assert next_question(waiting(S.REOPENED), again, None, OFFICE).at == MONDAY_TEN + 9 * DAY

    @pytest.mark.parametrize("urgency", [Urgency.PALLIATIVE, Urgency.EMERGENCY])
    def test_not_in_the_last_phase_and_not_where_it_is_spoed_already(self, urgency):
        assert next_question(waiting(urgency=urgency), happened(SENT), None, OFFICE) is None


class TestHowDidItGo:
    ENDED = ((E.RESOLVED, 2 * DAY),)

    def after(self, row: FollowUp | None, state: RequestState = S.RESOLVED):
        return next_question(waiting(state), happened(SENT, *self.ENDED), row, OFFICE)

    def test_first_whether_it_may_be_asked_and_never_twice(self):
        assert self.after(None).kind is Question.INVITE
        assert self.after(FollowUp(1, invited_at=MONDAY_TEN)) is None

    def test_only_a_yes_asks_four_weeks_after_the_outcome(self):
        row = FollowUp(1, invited_at=MONDAY_TEN, opted_in_at=MONDAY_TEN)
        due = self.after(row)
        assert (due.kind, due.at) == (Question.FOLLOW_UP, MONDAY_TEN + 2 * DAY + FOLLOW_UP_AFTER)
        row.declined_at = MONDAY_TEN
        assert self.after(row) is None

    def test_once(self):
        row = FollowUp(1, invited_at=MONDAY_TEN, opted_in_at=MONDAY_TEN, asked_at=MONDAY_TEN)
        assert self.after(row) is None

    @pytest.mark.parametrize("state", [S.WITHDRAWN, S.DRAFTED])
    def test_nothing_of_what_she_took_back(self, state):
        row = FollowUp(1, invited_at=MONDAY_TEN, opted_in_at=MONDAY_TEN)
        assert self.after(row, state) is None


class TestAfterALoss:
    def test_nothing_but_the_one_message_she_wanted(self):
        row = FollowUp(1, invited_at=MONDAY_TEN, opted_in_at=MONDAY_TEN, stopped_at=MONDAY_TEN)
        events = happened(SENT, (E.RESOLVED, DAY))
        for state in (S.SENT, S.RESOLVED):
            assert next_question(waiting(state), events, row, OFFICE) is None
        row.later_agreed_at = MONDAY_TEN
        due = next_question(waiting(S.RESOLVED), events, row, OFFICE)
        assert (due.kind, due.at) == (Question.LATER, MONDAY_TEN + LATER_AFTER)
        row.later_asked_at = due.at
        assert next_question(waiting(S.RESOLVED), events, row, OFFICE) is None


@given(minutes=integers(0, 60 * 24 * 500))
@settings(max_examples=300, deadline=None)
def test_every_asking_moment_is_a_working_day_between_nine_and_twenty(minutes):
    moment = datetime(2026, 3, 1, tzinfo=timezone.utc) + timedelta(minutes=minutes)
    found = next_asking_moment(moment, OFFICE)
    local = found.astimezone(DUTCH_TIME)
    assert found >= moment
    assert may_ask_at(found, OFFICE)
    assert 9 <= local.hour < 20
    assert OFFICE.is_working_day(local.date())
    assert found == moment or (local.hour, local.minute) == (9, 0)
    assert next_asking_moment(found, OFFICE) == found


@pytest.mark.parametrize(
    ("local", "day"), [("08:59", False), ("09:00", True), ("19:59", True), ("20:00", False), ("03:00", False)]
)
@pytest.mark.parametrize("date", ["2026-03-27", "2026-03-30", "2026-10-26"])
def test_the_day_is_by_the_clock_on_the_wall_also_after_the_clocks_changed(local, day, date):
    moment = datetime.fromisoformat(f"{date} {local}").replace(tzinfo=DUTCH_TIME).astimezone(timezone.utc)
    assert is_daytime(moment, OFFICE) is day
