from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import text as sql

from bot.request.base import NoSuchRequestError, TextError
from bot.request.fields import FieldKey
from bot.request.hands import TakenError
from bot.request.inbox import InboxFilter, InboxView
from bot.request.record import REFERENCE_ALPHABET, Agreement, RequestOffer, new_reference, tidy_reference
from bot.request.states import NotAllowedError
from bot.request.vocabulary import EventKind, FieldState, RequestState
from bot.staff.accounts import StaffRole
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
        assert [desk.inbox(InboxFilter(view, petra)) for view in InboxView] == [[]] * len(InboxView)


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
        desk.resolve(request.reference, petra, "Er komt elke dinsdag iemand thuis.")
        clock.forward(days=7)
        again = desk.reopen(request.id, "Er kwam niemand.")
        assert again.answer_by == clock() + timedelta(days=3)
        assert desk.accept(request.reference, petra).owner == "Petra"
