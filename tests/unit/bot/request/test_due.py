"""Reminding, escalating to a name, and telling her: when it is due, and each once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis.strategies import integers, lists, sampled_from

from bot.request.clock import OfficeHours, answer_by
from bot.request.desk import RequestDesk
from bot.request.due import DueKind, DueStep, due_steps, half_time, steps_of_round, warning_moment
from bot.request.history import RequestEvent
from bot.request.record import DUTCH_TIME, Request
from bot.request.teams import RequestTeam, RequestTeams
from bot.request.vocabulary import CountsAs, EventKind, RequestState
from bot.staff.accounts import StaffAccounts, StaffRole
from knowledge.vocabulary import Urgency
from tests.unit.bot.request.conftest import MONDAY_TEN, drafted, sent

OFFICE = OfficeHours()
HOUR = timedelta(hours=1)


def waiting(at: datetime = MONDAY_TEN, urgency: Urgency = Urgency.NORMAL, **more) -> Request:
    values = {"state": RequestState.SENT, "sent_at": at, "answer_by": answer_by(at, urgency), "id": 1, **more}
    return Request("AP-1", "c1", "Ede", "", "", [], [], urgency, "normal", at, **values)


def happened(*kinds: EventKind, at: datetime = MONDAY_TEN) -> list[RequestEvent]:
    return [RequestEvent(1, kind, at, "x") for kind in kinds]


def kinds(steps: tuple[DueStep, ...]) -> list[DueKind]:
    return [step.kind for step in steps]


class TestDueSteps:
    def test_at_half_time_the_team_when_late_a_name_and_then_she_herself(self):
        request, events = waiting(), happened(EventKind.SENT)
        at = {step.kind: step.at for step in steps_of_round(request, events, OFFICE)}
        assert at[DueKind.REMIND] == MONDAY_TEN + timedelta(days=1, hours=4)  # Tuesday 14:00: twelve of 24 hours
        assert at[DueKind.ESCALATE] == MONDAY_TEN + timedelta(days=3) == request.answer_by
        assert at[DueKind.WARN_CARER] == request.answer_by + HOUR
        for moment, expected in ((0, []), (1.2, [DueKind.REMIND]), (3, [DueKind.REMIND, DueKind.ESCALATE])):
            assert kinds(due_steps(request, events, MONDAY_TEN + timedelta(days=moment), OFFICE)) == expected

    def test_what_happened_is_not_due_again_until_she_says_it_is_not_solved(self):
        late = MONDAY_TEN + timedelta(days=30)
        once = happened(EventKind.SENT, EventKind.REMINDED, EventKind.ESCALATED, EventKind.CARER_WARNED)
        assert due_steps(waiting(), once, late, OFFICE) == ()
        again = [*once, *happened(EventKind.RESOLVED, EventKind.REOPENED)]
        assert kinds(due_steps(waiting(state=RequestState.REOPENED), again, late, OFFICE)) == list(DueKind)

    def test_who_was_written_or_called_in_vain_is_not_sent_elsewhere(self):
        late = MONDAY_TEN + timedelta(days=30)
        for kind in (EventKind.TRIED, EventKind.MESSAGE_TO_CARER, EventKind.PLANNED):
            events = happened(EventKind.SENT, kind)
            assert kinds(due_steps(waiting(), events, late, OFFICE)) == [DueKind.REMIND, DueKind.ESCALATE]

    @pytest.mark.parametrize("state", [RequestState.RESOLVED, RequestState.WITHDRAWN, RequestState.FORWARDED])
    def test_where_nobody_waits_nothing_is_due(self, state):
        events, late = happened(EventKind.SENT), MONDAY_TEN + timedelta(days=30)
        assert due_steps(waiting(state=state), events, late, OFFICE) == ()
        assert due_steps(waiting(contacted_at=MONDAY_TEN), events, late, OFFICE) == ()

    @given(
        minutes=integers(0, 60 * 24 * 60),
        urgency=sampled_from(Urgency),
        looks=lists(integers(0, 9 * 24 * 60), min_size=1, max_size=8),
    )
    @settings(max_examples=150, deadline=None)
    def test_however_often_the_clock_looks_each_step_comes_once_in_order_and_never_early(self, minutes, urgency, looks):
        start = datetime(2026, 12, 1, tzinfo=timezone.utc) + timedelta(minutes=minutes)
        request, events, taken = waiting(start, urgency), happened(EventKind.SENT, at=start), []
        for look in [*sorted(looks), 60 * 24 * 30]:
            now = start + timedelta(minutes=look)
            for step in due_steps(request, events, now, OFFICE):
                assert step.at <= now
                taken.append(step)
                events.append(RequestEvent(1, _EVENT[step.kind], now, "clock"))
        assert [step.kind for step in taken] == list(DueKind)
        assert [step.at for step in taken] == sorted(step.at for step in taken)

    @given(minutes=integers(0, 60 * 24 * 90), urgency=sampled_from(Urgency))
    @settings(max_examples=200, deadline=None)
    def test_half_time_is_half_and_she_hears_before_the_promised_day_is_over(self, minutes, urgency):
        start = datetime(2026, 10, 1, tzinfo=timezone.utc) + timedelta(minutes=minutes)
        promise = answer_by(start, urgency)
        half = half_time(start, promise, OFFICE)
        assert abs(OFFICE.minutes_between(start, half) * 2 - OFFICE.minutes_between(start, promise)) < 0.01
        warned = warning_moment(promise, OFFICE)
        assert promise <= warned <= promise + HOUR
        assert warned.astimezone(DUTCH_TIME).date() == promise.astimezone(DUTCH_TIME).date()


_EVENT = {
    DueKind.REMIND: EventKind.REMINDED,
    DueKind.ESCALATE: EventKind.ESCALATED,
    DueKind.WARN_CARER: EventKind.CARER_WARNED,
}


class TestReminding:
    def test_it_is_done_when_it_is_due_and_the_second_person_has_it_before_them(
        self, desk, sessions, petra, karim, clock
    ):
        RequestTeams(sessions).put(
            RequestTeam("Ede", email="team@ede.example", phone="0318 12 34 56", second_id=karim.id, second="Karim")
        )
        request = sent(desk)
        assert desk.remind() == []
        clock.forward(days=1, hours=4)
        (reminder,) = desk.remind()
        assert (reminder.kind, reminder.email) == (DueKind.REMIND, "team@ede.example")
        desk.accept(request.reference, petra)
        clock.forward(days=1, hours=20)
        assert [(done.kind, done.to) for done in desk.remind()] == [(DueKind.ESCALATE, "Karim")]
        assert desk.accept(request.reference, karim).owner == "Karim", "who looks after what is late can take it over"
        clock.forward(hours=1)
        assert [done.kind for done in desk.remind()] == [DueKind.WARN_CARER]
        assert desk.get(request.reference).due_at is None

    def test_she_hears_a_number_to_call(self, desk, sessions, clock, listener):
        RequestTeams(sessions).put(RequestTeam("Ede", phone="0318 12 34 56"))
        sent(desk)
        sent(desk, "c2", municipality="Assen")
        clock.forward(days=7)
        desk.remind()
        told = {conversation: (name, values["phone"]) for conversation, name, values in listener.told.values()}
        assert told == {"c1": ("utter_request_late_call", "0318 12 34 56"), "c2": ("utter_request_late", "")}

    def test_one_that_fails_does_not_hold_up_the_others(self, desk_that_fails_for_assen, clock, caplog):
        desk = desk_that_fails_for_assen
        sent(desk, municipality="Assen")
        sent(desk, "c2")
        clock.forward(days=7)
        assert len(desk.remind()) == 3
        assert "RuntimeError" in caplog.text
        assert "geheim" not in caplog.text

    def test_contact_ends_it(self, desk, petra, clock):
        request = sent(desk)
        desk.accept(request.reference, petra)
        desk.mark_contacted(request.reference, petra)
        clock.forward(days=30)
        assert desk.remind() == []

    def test_two_processes_at_once_do_each_step_once(self, two_desks, clock, listener):
        for number in range(10):
            sent(two_desks[0], f"c{number}")
        clock.forward(days=7)
        with ThreadPoolExecutor(2) as pool:
            done = [step for steps in pool.map(lambda desk: desk.remind(), two_desks) for step in steps]
        assert len(done) == len({(step.reference, step.kind) for step in done}) == 30
        two_desks[0].deliver_notices()
        assert len(listener.told) == 10


class TestOfficeHoursOfAMunicipality:
    def test_the_promise_is_made_in_the_hours_of_that_municipality(self, sessions, clock):
        mornings = OfficeHours(weekdays=frozenset({0, 2}))
        desk = RequestDesk(sessions, clock, office_of={"Ede": mornings}.get)
        assert sent(desk).answer_by == MONDAY_TEN + timedelta(days=9)  # Monday, Wednesday, Monday, Wednesday ten
        assert sent(desk, "c2", municipality="Assen").answer_by == MONDAY_TEN + timedelta(days=3)


class TestMelding:
    def test_the_investigation_ends_six_weeks_after_the_melding(self, desk):
        request = sent(desk, counts_as=CountsAs.MELDING)
        assert desk.get(request.reference).investigation_by.isoformat() == "2027-01-04"

    def test_a_request_for_contact_and_a_draft_have_no_such_term(self, desk):
        assert sent(desk, counts_as=CountsAs.CONTACT).investigation_by is None
        assert sent(desk, "c2").investigation_by is None
        assert drafted(desk, "c3", counts_as=CountsAs.MELDING).investigation_by is None


def test_the_second_person_of_another_municipality_takes_nothing_over(desk, sessions, petra, clock):
    joost = StaffAccounts(sessions, clock).add("Joost", "j@assen.example", StaffRole.COORDINATOR, "Assen")
    RequestTeams(sessions).put(RequestTeam("Ede", second_id=joost.id, second="Joost"))
    request = sent(desk)
    clock.forward(days=7)
    desk.remind()
    with pytest.raises(LookupError):
        desk.accept(request.reference, joost)
