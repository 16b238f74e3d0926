"""It got heavier: somebody must come sooner, the desk sees why, and nothing becomes later than it was (R109)."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from bot.request.checking import Worse
from bot.request.fields import FieldKey
from bot.request.vocabulary import EventKind
from knowledge.vocabulary import Urgency
from tests.unit.bot.request.after_sending import ended
from tests.unit.bot.request.conftest import AGREEMENT, drafted, sent

DAY = timedelta(days=1)


class TestHeavier:
    def test_the_urgency_goes_up_with_the_reason_and_the_promise_comes_nearer(self, desk, clock):
        request = sent(desk, "c1")
        clock.forward(hours=3)
        worse = desk.worsen("c1", Worse(Urgency.SOON, "snel: het is zwaarder geworden", "hij valt elke nacht"))
        assert worse.urgency is Urgency.SOON
        assert worse.urgency_reason == "worse"
        assert worse.answer_by == clock() + DAY < request.answer_by
        today = desk.worsen("c1", Worse(Urgency.EMERGENCY, "vandaag"))
        assert today.answer_by == datetime(2026, 11, 23, 16, tzinfo=timezone.utc)
        again = desk.worsen("c1", Worse(Urgency.SOON, "snel"))
        assert (again.urgency, again.answer_by) == (Urgency.EMERGENCY, today.answer_by)

    def test_her_words_and_why_stand_at_the_desk(self, desk, petra, clock):
        request = sent(desk)
        desk.worsen("c1", Worse(Urgency.SOON, "snel: het is zwaarder geworden", "hij valt elke nacht"))
        file = desk.open_file(request.reference, petra)
        assert [message.text for message in file.messages] == ["hij valt elke nacht"]
        assert (file.events[-2].kind, file.events[-2].reason) == (EventKind.WORSENED, "snel: het is zwaarder geworden")

    @pytest.mark.parametrize("late", [False, True])
    def test_never_later_than_it_was_and_the_clock_plans_anew(self, desk, clock, late):
        request = sent(desk)
        clock.forward(days=5 if late else 2, hours=6)
        worse = desk.worsen("c1", Worse(Urgency.SOON, "snel"))
        assert worse.answer_by <= request.answer_by
        assert worse.due_at == clock()
        assert desk.remind()

    def test_after_contact_no_moment_is_promised_anew(self, desk, petra):
        request = sent(desk)
        desk.accept(request.reference, petra)
        desk.mark_contacted(request.reference, petra)
        worse = desk.worsen("c1", Worse(Urgency.SOON, "snel"))
        assert (worse.urgency, worse.answer_by, worse.due_at) == (Urgency.SOON, request.answer_by, None)

    def test_nothing_of_what_is_over(self, desk, petra):
        ended(desk, petra)
        assert desk.worsen("c1", Worse(Urgency.SOON, "snel")) is None
        assert desk.confirm_unchanged("c1") is None
        assert desk.worsen("nobody", Worse(Urgency.SOON, "snel")) is None

    def test_twice_the_same_is_once(self, desk, petra):
        request = sent(desk)
        for _ in range(3):
            desk.confirm_unchanged("c1")
            desk.confirm_unchanged("c1")
        found = [event.kind for event in desk.open_file(request.reference, petra).events]
        assert found.count(EventKind.UNCHANGED) == 1

    def test_a_part_she_left_out_stays_out(self, desk):
        request = drafted(desk)
        assert request.field(FieldKey.LOAD).value
        desk.send(request.stored_id, AGREEMENT)
        worse = desk.worsen("c1", Worse(Urgency.SOON, "snel"))
        assert worse.field(FieldKey.LOAD).value == ""
