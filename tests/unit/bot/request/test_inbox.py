from __future__ import annotations

import pytest

from bot.request.fields import FieldKey
from bot.request.inbox import InboxFilter, InboxView
from bot.request.vocabulary import FieldState
from knowledge.vocabulary import Urgency
from tests.unit.bot.request.conftest import AGREEMENT, sent, told


class TestInbox:
    def test_the_most_urgent_come_first_then_the_least_time_left(self, desk, petra, clock):
        wanted = {}
        for conversation, urgency in (
            ("late", Urgency.NORMAL),
            ("soon", Urgency.SOON),
            ("dying", Urgency.PALLIATIVE),
            ("later", Urgency.NORMAL),
            ("spoed", Urgency.EMERGENCY),
        ):
            wanted[sent(desk, conversation, urgency).reference] = conversation
            clock.forward(hours=1)
        lines = desk.inbox(InboxFilter(InboxView.OPEN, petra))
        assert [wanted[line.reference] for line in lines] == ["dying", "spoed", "soon", "late", "later"]

    def test_a_request_is_always_in_a_view_that_shows_it(self, desk, petra, karim):
        request = sent(desk)

        def views():
            return {view for view in InboxView if desk.inbox(InboxFilter(view, petra))}

        assert views() == {InboxView.OPEN}
        desk.accept(request.reference, karim)
        assert views() == {InboxView.TEAM}
        desk.ask(request.reference, karim, "Wanneer komt het uit?")
        assert views() == {InboxView.TEAM, InboxView.WAITING}
        desk.mark_contacted(request.reference, karim)
        assert views() == {InboxView.TEAM}
        desk.resolve(request.reference, karim, "Er is hulp")
        assert views() == {InboxView.DONE}
        desk.reopen(request.id, "")
        assert views() == {InboxView.OPEN}
        assert desk.counts(petra) == {
            InboxView.OPEN: 1,
            InboxView.MINE: 0,
            InboxView.TEAM: 0,
            InboxView.WAITING: 0,
            InboxView.DONE: 0,
        }

    def test_time_left_counts_down_in_office_minutes_and_stops_at_contact(self, desk, petra, clock):
        request = sent(desk, urgency=Urgency.SOON)
        clock.forward(hours=5)
        (line,) = desk.inbox(InboxFilter(InboxView.OPEN, petra))
        assert line.minutes_left == 3 * 60
        clock.forward(days=1)
        (line,) = desk.inbox(InboxFilter(InboxView.OPEN, petra))
        assert line.minutes_left == -5 * 60
        desk.accept(request.reference, petra)
        desk.mark_contacted(request.reference, petra, reached=False)
        assert desk.inbox(InboxFilter(InboxView.MINE, petra))[0].minutes_left == -5 * 60
        desk.mark_contacted(request.reference, petra)
        assert desk.inbox(InboxFilter(InboxView.MINE, petra))[0].minutes_left is None

    def test_a_long_inbox_comes_in_pages(self, desk, petra):
        for number in range(53):
            sent(desk, f"c{number}")
        pages = [desk.inbox(InboxFilter(InboxView.OPEN, petra, page)) for page in (1, 2, 3)]
        assert [len(page) for page in pages] == [50, 3, 0]

    def test_what_was_withdrawn_shows_nothing_of_her(self, desk, petra):
        request = sent(desk)
        desk.withdraw(request.id)
        (line,) = desk.inbox(InboxFilter(InboxView.DONE, petra))
        assert (line.name, line.question, line.loved_one) == ("", "", "")

    @pytest.mark.parametrize(
        ("urgency", "said", "why"),
        [
            (Urgency.EMERGENCY, "vandaag of morgen: hulp is weggevallen", "hulp is weggevallen"),
            (Urgency.SOON, "snel", ""),
            (Urgency.PALLIATIVE, "zo snel mogelijk: het gaat om de laatste levensfase", ""),
            (Urgency.NORMAL, "geen spoed", ""),
        ],
    )
    def test_a_line_says_why_it_cannot_wait_and_nothing_twice(self, desk, petra, urgency, said, why):
        send_with(desk, urgency, told(FieldKey.URGENCY, said))
        (line,) = desk.inbox(InboxFilter(InboxView.OPEN, petra))
        assert line.why == why

    def test_a_reason_that_she_keeps_back_is_on_no_line_and_a_child_is_seen_at_once(self, desk, petra):
        kept = told(FieldKey.URGENCY, "snel: het is erg zwaar", FieldState.LEFT_OUT)
        send_with(desk, Urgency.SOON, kept, told(FieldKey.CARER_AGE, "jonger dan 18 jaar"))
        (line,) = desk.inbox(InboxFilter(InboxView.OPEN, petra))
        assert (line.why, line.young) == ("", "jonger dan 18 jaar")


def send_with(desk, urgency, *fields):
    return desk.send(desk.draft("c1", "Ede", list(fields), "Wie kan komen?", urgency).id, AGREEMENT)
