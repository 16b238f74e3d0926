"""How it went, asked once and only after a yes; and what stops, and may still come, after a loss (R110, R111)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.request.asking import SENTENCE, Question
from bot.request.followup import Happened, Needed, request_followups
from bot.request.vocabulary import EventKind
from tests.unit.bot.request.after_sending import ended, kinds
from tests.unit.bot.request.conftest import sent


class TestHowItWent:
    def test_the_whole_way_and_two_values(self, desk, petra, clock, sessions):
        ended(desk, petra)
        assert kinds(desk.ask_what_is_due()) == [Question.INVITE]
        assert desk.allow_follow_up("c1", "2026-11")
        assert desk.rate_before("c1", 2)
        assert not desk.tell_whether_it_happened("c1", Happened.YES), "it was not asked yet"
        clock.forward(days=27)
        assert desk.ask_what_is_due() == []
        clock.forward(days=1)
        assert kinds(desk.ask_what_is_due()) == [Question.FOLLOW_UP]
        assert desk.tell_whether_it_happened("c1", Happened.PARTLY)
        assert desk.rate_after("c1", 4)
        assert desk.tell_what_is_needed("c1", Needed.NOTHING)
        with sessions() as session:
            row = session.execute(select(request_followups)).one()
        assert (row.rest_before, row.rest_after) == (2, 4)
        assert (row.happened, row.needed, row.text_version) == (Happened.PARTLY, Needed.NOTHING, "2026-11")
        assert row.opted_in_at < row.asked_at

    def test_silence_and_no_are_no_yes(self, desk, petra, clock):
        ended(desk, petra)
        ended(desk, petra, "c2")
        assert kinds(desk.ask_what_is_due()) == [Question.INVITE] * 2
        assert desk.decline_follow_up("c2")
        clock.forward(days=60)
        assert desk.ask_what_is_due() == []

    def test_a_no_after_a_yes_counts_and_a_yes_after_a_no_too(self, desk, petra, clock):
        for conversation in ("c1", "c2"):
            ended(desk, petra, conversation)
        desk.ask_what_is_due()
        desk.allow_follow_up("c1", "1")
        desk.decline_follow_up("c1")
        desk.decline_follow_up("c2")
        desk.allow_follow_up("c2", "1")
        clock.forward(days=42)
        assert len(desk.ask_what_is_due()) == 1

    @pytest.mark.parametrize("rest", [0, 6, -1])
    def test_the_scale_has_five_steps(self, desk, petra, rest):
        ended(desk, petra)
        desk.ask_what_is_due()
        desk.allow_follow_up("c1", "1")
        with pytest.raises(ValueError, match="rest is 1 to 5"):
            desk.rate_before("c1", rest)
        assert desk.follow_up("c1").rest_before is None

    def test_nobody_says_yes_to_what_was_not_asked(self, desk):
        assert not desk.allow_follow_up("c1", "1")
        sent(desk)
        assert not desk.allow_follow_up("c1", "1")
        assert desk.follow_up("c1") is None


class TestAfterALoss:
    def test_everything_stops_and_the_desk_hears_it_only_with_her_yes(self, desk, petra, clock, listener):
        request = sent(desk)
        assert desk.stop_asking("c1").reference == request.reference
        assert desk.stop_asking("c1") is None, "told once"
        found = [event.kind for event in desk.open_file(request.reference, petra).events]
        assert EventKind.LOSS_TOLD not in found
        assert desk.tell_of_loss("c1", EventKind.LOSS_TOLD) is not None
        desk.tell_of_loss("c1", EventKind.LOSS_TOLD)
        found = [event.kind for event in desk.open_file(request.reference, petra).events]
        assert found.count(EventKind.LOSS_TOLD) == 1
        for _ in range(30):
            clock.forward(days=3)
            assert desk.ask_what_is_due() == []
        assert not set(listener.names()) & set(SENTENCE.values())

    def test_a_later_request_in_the_same_talk_is_left_in_peace_too(self, desk, clock):
        sent(desk)
        desk.stop_asking("c1")
        sent(desk)
        clock.forward(days=9)
        assert desk.ask_what_is_due() == []

    def test_one_careful_message_only_when_she_wanted_the_later_question_and_wants_this(self, desk, petra, clock):
        ended(desk, petra)
        desk.ask_what_is_due()
        desk.allow_follow_up("c1", "1")
        assert not desk.invite_later("c1"), "nobody died"
        desk.stop_asking("c1")
        clock.forward(days=40)
        assert desk.ask_what_is_due() == []
        assert not desk.agree_to_later("c1", True), "not asked"
        assert desk.invite_later("c1")
        assert not desk.invite_later("c1"), "asked once"
        assert desk.agree_to_later("c1", True)
        clock.forward(days=55)
        assert desk.ask_what_is_due() == []
        clock.forward(days=3)
        assert kinds(desk.ask_what_is_due()) == [Question.LATER]
        clock.forward(days=90)
        assert desk.ask_what_is_due() == []

    def test_who_was_not_asked_or_said_no_gets_nothing(self, desk, petra, clock):
        ended(desk, petra)
        desk.stop_asking("c1")
        assert not desk.invite_later("c1")
        ended(desk, petra, "c2")
        desk.ask_what_is_due()
        desk.allow_follow_up("c2", "1")
        desk.stop_asking("c2")
        desk.invite_later("c2")
        desk.agree_to_later("c2", True)
        desk.agree_to_later("c2", False)
        clock.forward(days=90)
        assert desk.ask_what_is_due() == []
