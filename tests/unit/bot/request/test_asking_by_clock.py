"""The clock asks: once, at a good moment, never of who is not to be asked; also with two processes at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest

from bot.request.asking import Question
from tests.unit.bot.request.after_sending import kinds, types
from tests.unit.bot.request.conftest import sent

DAY = timedelta(days=1)


class TestWhileSheWaits:
    def test_one_question_after_two_working_days(self, desk, clock, listener):
        sent(desk)
        clock.forward(hours=47)
        assert desk.ask_what_is_due() == []
        clock.forward(hours=1)
        assert kinds(desk.ask_what_is_due()) == [Question.CHECK]
        assert listener.names() == ["utter_check_ask"]
        for _ in range(40):
            clock.forward(hours=7)
            assert desk.ask_what_is_due() == []

    def test_not_at_night_and_not_on_a_day_off(self, desk, clock):
        sent(desk)
        clock.moment = datetime(2026, 11, 28, 11, tzinfo=timezone.utc)  # a Saturday: nothing ran for days
        assert desk.ask_what_is_due() == []
        clock.moment = datetime(2026, 11, 30, 7, 59, tzinfo=timezone.utc)
        assert desk.ask_what_is_due() == []
        clock.forward(minutes=1)
        assert kinds(desk.ask_what_is_due()) == [Question.CHECK]

    def test_not_while_a_person_talks_with_her_nor_just_after_she_wrote(self, desk, petra, clock):
        request = sent(desk)
        desk.accept(request.reference, petra)
        desk.reply(request.reference, petra, "Dag, ik ben Petra.")
        clock.forward(days=7)
        assert desk.ask_what_is_due() == []
        desk.end_chat(request.reference, petra)
        types(desk, "dank u")
        clock.forward(minutes=20)
        assert desk.ask_what_is_due() == []
        clock.forward(minutes=31)
        assert kinds(desk.ask_what_is_due()) == [Question.CHECK]

    @pytest.mark.parametrize("where", ["here", "to_petra"])
    def test_who_speaks_of_a_death_is_not_asked_though_nobody_read_it_for_us(self, desk, petra, clock, where):
        request = sent(desk)
        desk.accept(request.reference, petra)
        desk.reply(request.reference, petra, "Hoe gaat het?")
        if where == "here":
            types(desk, "mijn man is vannacht overleden")
        else:
            desk.add_from_carer("c1", "mijn man is vannacht overleden")
        desk.end_chat(request.reference, petra)
        clock.forward(days=14)
        assert desk.ask_what_is_due() == []
        clock.forward(days=14)
        assert desk.ask_what_is_due() == []

    def test_what_stayed_undelivered_is_held_at_night_and_gone_when_she_withdraws(self, desk, clock, listener):
        first, second = sent(desk), sent(desk, "c2")
        clock.forward(days=2)
        listener.broken = True
        assert len(desk.ask_what_is_due()) == 2
        listener.broken = False
        clock.moment = datetime(2026, 11, 25, 23, tzinfo=timezone.utc)
        assert desk.deliver_notices() == 0
        desk.withdraw(second.stored_id)
        clock.forward(hours=9)
        assert desk.deliver_notices() == 1
        assert [conversation for conversation, _, _ in listener.told.values()] == [first.conversation_id]


def test_one_that_fails_does_not_hold_up_the_others_and_says_nothing_of_her(desk_that_fails_for_assen, clock, caplog):
    desk = desk_that_fails_for_assen
    sent(desk, municipality="Assen")
    sent(desk, "c2")
    clock.forward(days=2)
    assert len(desk.ask_what_is_due()) == 1
    assert "RuntimeError" in caplog.text
    assert "geheim" not in caplog.text


def test_two_processes_at_once_ask_each_question_once(two_desks, clock, listener):
    for number in range(10):
        sent(two_desks[0], f"c{number}")
    clock.forward(days=2)
    with ThreadPoolExecutor(2) as pool:
        asked = [one for found in pool.map(lambda desk: desk.ask_what_is_due(), two_desks) for one in found]
    assert len(asked) == len({one.reference for one in asked}) == 10
    two_desks[0].deliver_notices()
    assert len(listener.told) == 10
