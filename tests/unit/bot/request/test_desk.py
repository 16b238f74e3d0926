from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import text as sql

from bot.request.base import NoSuchRequestError, TextError
from bot.request.inbox import InboxFilter, InboxView
from bot.request.record import REFERENCE_ALPHABET, Agreement, RequestOffer, new_reference, tidy_reference
from bot.request.staff_side import TakenError
from bot.request.states import NotAllowedError
from bot.request.vocabulary import EventKind, FieldKey, FieldState, RequestState
from bot.staff import StaffRole
from knowledge.vocabulary import Urgency
from tests.unit.bot.request.conftest import AGREEMENT, drafted, sent


def kinds(desk, request, staff) -> list[EventKind]:
    return [event.kind for event in desk.open_file(request.reference, staff).events]


class TestReference:
    def test_it_can_be_read_out_over_the_telephone(self):
        for _ in range(200):
            reference = new_reference()
            assert len(reference) == len("AP-7K3M-2Q")
            assert set(reference[3:].replace("-", "")) <= set(REFERENCE_ALPHABET)

    @pytest.mark.parametrize("typed", ["AP-7K3M-2Q", "ap 7k3m 2q", "7k3m2q", " Ap7k3M2Q "])
    def test_it_is_understood_as_people_type_it(self, typed):
        assert tidy_reference(typed) == "AP-7K3M-2Q"


class TestSending:
    def test_her_words_and_fields_arrive_as_they_were(self, desk, petra):
        offers = [RequestOffer("o1", "De Buurtkamer", "Malkander", ("dichtbij",), "3 mei 2026")]
        request = sent(desk, offers=offers, recipient="de gemeente Ede")
        seen = desk.open_file(request.reference, petra).request
        assert seen.question == "Mijn man vergeet steeds meer en ik slaap niet."
        assert seen.shared(FieldKey.HOURS) == "ongeveer 15 uur per week"
        assert seen.offers == offers
        assert (seen.agreement_version, seen.agreed_recipient) == ("2026-11", "de gemeente Ede")

    def test_what_she_left_out_is_not_even_stored(self, desk, sessions):
        request = sent(desk)
        assert request.field(FieldKey.LOAD).state is FieldState.LEFT_OUT
        with sessions() as session:
            stored = session.execute(sql("SELECT fields FROM requests")).scalar_one()
        assert "slaapt slecht" not in stored

    def test_the_health_of_the_other_goes_only_with_its_own_yes(self, desk):
        request = desk.send(drafted(desk).id, Agreement("2026-11", "de gemeente Ede", loved_one_health=False))
        assert request.shared(FieldKey.CONDITIONS) == ""
        assert request.shared(FieldKey.HOURS) != ""

    def test_a_second_press_on_send_changes_nothing(self, desk, clock, petra):
        first = sent(desk)
        clock.forward(hours=2)
        again = desk.send(first.id, AGREEMENT)
        assert (again.sent_at, again.answer_by) == (first.sent_at, first.answer_by)
        assert kinds(desk, first, petra).count(EventKind.SENT) == 1

    def test_it_gets_a_promised_moment_in_office_hours(self, desk, clock):
        assert sent(desk).answer_by == clock() + timedelta(days=3)

    def test_a_new_draft_takes_the_place_of_one_that_was_not_sent(self, desk):
        old, new = drafted(desk), drafted(desk)
        assert desk.get(old.reference) is None
        assert desk.for_conversation("c1").reference == new.reference

    def test_it_is_erased_with_all_that_belongs_to_it(self, desk, petra, sessions):
        request = sent(desk)
        desk.accept(request.reference, petra)
        desk.reply(request.reference, petra, "Dag")
        desk.erase("c1")
        with sessions() as session:
            for table in ("requests", "request_events", "request_messages", "request_notices"):
                assert session.execute(sql(f"SELECT count(*) FROM {table}")).scalar_one() == 0


class TestChanging:
    def test_she_gives_a_field_other_words(self, desk):
        request = desk.change_field(drafted(desk).id, FieldKey.HOURS, " zeker 30 uur ")
        assert request.shared(FieldKey.HOURS) == "zeker 30 uur"

    def test_she_leaves_a_field_out_and_puts_it_back(self, desk):
        request = desk.change_field(drafted(desk).id, FieldKey.HOURS, None)
        assert request.shared(FieldKey.HOURS) == ""
        assert desk.include_field(request.id, FieldKey.HOURS).shared(FieldKey.HOURS) == "ongeveer 15 uur per week"

    def test_she_ticks_how_heavy_it_is(self, desk):
        assert desk.include_field(drafted(desk).id, FieldKey.LOAD).shared(FieldKey.LOAD) == "slaapt slecht"

    def test_an_empty_text_is_not_a_change(self, desk):
        with pytest.raises(TextError):
            desk.change_field(drafted(desk).id, FieldKey.HOURS, "   ")

    def test_once_it_is_taken_up_it_stands(self, desk, petra):
        request = sent(desk)
        desk.change_field(request.id, FieldKey.HOURS, "30 uur")
        desk.accept(request.reference, petra)
        with pytest.raises(NotAllowedError):
            desk.change_field(request.id, FieldKey.HOURS, "40 uur")


class TestAccepting:
    def test_of_two_at_once_one_gets_it_and_the_other_hears_who(self, desk, petra, karim):
        for round_number in range(15):
            request = sent(desk, f"c{round_number}")
            start, results = threading.Barrier(2), {}

            def act(person, reference=request.reference, start=start, results=results):
                start.wait()
                try:
                    results[person.name] = desk.accept(reference, person).owner
                except TakenError as taken:
                    results[person.name] = taken.owner

            threads = [threading.Thread(target=act, args=(person,)) for person in (petra, karim)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            owner = desk.get(request.reference).owner
            assert results == {"Petra": owner, "Karim": owner}
            assert kinds(desk, request, petra).count(EventKind.ACCEPTED) == 1

    def test_she_is_told_once_by_name(self, desk, petra, listener):
        request = sent(desk)
        desk.accept(request.reference, petra)
        desk.accept(request.reference, petra)
        expected = ("c1", "utter_request_accepted", {"reference": request.reference, "staff": "Petra"})
        assert list(listener.told.values()) == [expected]

    def test_only_the_owner_acts_on_it(self, desk, petra, karim):
        request = sent(desk)
        with pytest.raises(NotAllowedError):
            desk.reply(request.reference, karim, "Dag")
        desk.accept(request.reference, petra)
        for act in (desk.mark_contacted, desk.end_chat):
            with pytest.raises(TakenError, match="not in the hands"):
                act(request.reference, karim)
        with pytest.raises(TakenError) as taken:
            desk.resolve(request.reference, karim, "Klaar")
        assert taken.value.owner == "Petra"

    def test_another_municipality_does_not_even_learn_that_it_exists(self, desk, accounts):
        stranger = accounts.add("Joost", "joost@assen.example", StaffRole.COORDINATOR, "Assen")
        request = sent(desk)
        for act in (desk.accept, desk.open_file, desk.mark_seen):
            with pytest.raises(NoSuchRequestError):
                act(request.reference, stranger)
        assert desk.inbox(InboxFilter(InboxView.OPEN, stranger)) == []

    def test_a_draft_is_hers_alone(self, desk, petra):
        request = drafted(desk)
        for act in (desk.accept, desk.open_file):
            with pytest.raises(NoSuchRequestError):
                act(request.reference, petra)
        desk.withdraw(request.id)
        assert [desk.inbox(InboxFilter(view, petra)) for view in InboxView] == [[], [], [], []]


class TestTalking:
    def test_the_assistant_is_silent_from_the_first_message_to_the_end(self, desk, petra):
        request = sent(desk)
        desk.accept(request.reference, petra)
        assert not desk.person_is_handling("c1")
        desk.reply(request.reference, petra, "Zal ik u bellen?")
        assert desk.person_is_handling("c1")
        assert desk.add_from_carer("c1", "Graag").text == "Graag"
        desk.end_chat(request.reference, petra)
        assert not desk.person_is_handling("c1")
        assert desk.add_from_carer("c1", "Hallo?") is None
        assert [message.text for message in desk.open_file(request.reference, petra).messages] == [
            "Zal ik u bellen?",
            "Graag",
        ]

    def test_the_inbox_shows_that_she_wrote_last(self, desk, petra):
        request = sent(desk)
        desk.accept(request.reference, petra)
        desk.reply(request.reference, petra, "Zal ik u bellen?")
        mine = InboxFilter(InboxView.MINE, petra)
        assert [line.new_message for line in desk.inbox(mine)] == [False]
        desk.add_from_carer("c1", "Graag")
        assert [line.new_message for line in desk.inbox(mine)] == [True]

    def test_closing_needs_an_outcome_that_she_reads(self, desk, petra, listener):
        request = sent(desk)
        desk.accept(request.reference, petra)
        with pytest.raises(TextError):
            desk.resolve(request.reference, petra, " ")
        assert desk.get(request.reference).state is RequestState.ACCEPTED
        desk.resolve(request.reference, petra, "Vanaf maandag komt een vrijwilliger.")
        *_, (_, name, values) = listener.told.values()
        assert (name, values["outcome"]) == ("utter_request_resolved", "Vanaf maandag komt een vrijwilliger.")

    def test_not_solved_opens_it_again_with_a_new_promise(self, desk, petra, clock):
        request = sent(desk)
        desk.accept(request.reference, petra)
        desk.resolve(request.reference, petra, "Geregeld")
        clock.forward(days=7)
        again = desk.reopen(request.id, "Er kwam niemand.")
        assert again.answer_by == clock() + timedelta(days=3)
        assert desk.accept(request.reference, petra).owner == "Petra"


class TestTelling:
    def test_what_could_not_be_told_is_told_later(self, desk, petra, listener, clock):
        listener.broken = True
        request = sent(desk)
        desk.accept(request.reference, petra)
        desk.mark_contacted(request.reference, petra)
        assert listener.told == {}
        listener.broken = False
        assert desk.deliver_notices() == 2
        assert listener.names() == ["utter_request_accepted", "utter_request_contacted"]
        assert desk.deliver_notices() == 0

    def test_one_conversation_that_fails_does_not_hold_up_another(self, desk, petra, listener):
        class FailsForC1:
            def __call__(self, conversation_id, response_name, values, *, notice_id):
                if conversation_id == "c1":
                    raise LookupError("gone")
                listener(conversation_id, response_name, values, notice_id=notice_id)

        desk._notices._notify = FailsForC1()
        for conversation in ("c1", "c2"):
            desk.accept(sent(desk, conversation).reference, petra)
        assert [conversation for conversation, _, _ in listener.told.values()] == ["c2"]

    def test_a_delivery_that_died_halfway_is_repeated_under_the_same_id(self, desk, petra, listener, clock, sessions):
        desk.accept(sent(desk).reference, petra)
        with sessions.begin() as session:  # as if the process had died after telling, before noting it
            session.execute(sql("UPDATE request_notices SET delivered_at = NULL"))
        assert desk.deliver_notices() == 0  # its claim still stands
        clock.forward(minutes=2)
        assert desk.deliver_notices() == 1
        assert (listener.calls, len(listener.told)) == (2, 1)

    def test_no_words_of_anybody_reach_the_log(self, desk, petra, listener, caplog):
        listener.broken = True
        request = sent(desk)
        desk.accept(request.reference, petra)
        desk.reply(request.reference, petra, "geheim bericht")
        assert "not delivered: ConnectionError" in caplog.text
        assert "geheim" not in caplog.text
        assert "nobody home" not in caplog.text


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
        assert views() == {InboxView.WAITING}
        desk.mark_contacted(request.reference, karim)
        assert views() == {InboxView.WAITING}
        desk.resolve(request.reference, karim, "Er is hulp")
        assert views() == {InboxView.DONE}
        desk.reopen(request.id, "")
        assert views() == {InboxView.OPEN}
        assert desk.counts(petra) == {
            InboxView.OPEN: 1,
            InboxView.MINE: 0,
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
