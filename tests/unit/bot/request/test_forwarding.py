"""Passing on: nobody lets go before someone else has taken hold."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import update

from bot.request.base import NoSuchRequestError, TextError
from bot.request.fields import FieldKey
from bot.request.forwarding import ReceiverError
from bot.request.hands import TakenError
from bot.request.inbox import InboxFilter, InboxView
from bot.request.record import Receiver
from bot.request.states import IN_HAND, NotAllowedError
from bot.request.vocabulary import EventKind, ReceiverKind, RequestState
from bot.staff.accounts import Staff, StaffAccounts, StaffRole
from bot.staff.tables import staff_accounts
from tests.unit.bot.request.conftest import sent

ASSEN = Receiver(ReceiverKind.MUNICIPALITY, "de gemeente Assen", municipality="Assen")
CARE_OFFICE = Receiver(ReceiverKind.DESK, "het zorgkantoor")
WHY = "Haar man woont in Assen."


def colleague(staff: Staff) -> Receiver:
    return Receiver(ReceiverKind.COLLEAGUE, staff.name, staff_id=staff.id)


@pytest.fixture
def joost(accounts) -> Staff:
    return accounts.add("Joost", "joost@assen.example", StaffRole.COORDINATOR, "Assen")


@pytest.fixture
def petras(desk, petra):
    return desk.accept(sent(desk).reference, petra).reference


class TestToAColleague:
    def test_it_stays_with_the_first_until_the_second_says_yes(self, desk, petra, karim, petras, listener):
        desk.forward(petras, petra, colleague(karim), "Ik ben twee weken weg.")
        assert desk.get(petras).owner == "Petra"
        desk.reply(petras, petra, "Ik ben er nog.")
        assert [line.forward_to for line in desk.inbox(InboxFilter(InboxView.MINE, karim))] == ["Karim"]
        after = desk.accept(petras, karim)
        assert (after.owner, after.forward, after.shared(FieldKey.HOURS)) == ("Karim", None, "ongeveer 15 uur per week")
        with pytest.raises(TakenError):
            desk.reply(petras, petra, "En ik?")
        assert listener.names()[1:] == ["utter_request_offered", "utter_request_message", "utter_request_taken_over"]

    def test_a_no_brings_it_back_with_a_reason(self, desk, petra, karim, petras):
        desk.forward(petras, petra, colleague(karim), "Ik ben twee weken weg.")
        with pytest.raises(TextError):
            desk.refuse_forward(petras, karim, " ")
        desk.refuse_forward(petras, karim, "Ik ben er ook niet.")
        file = desk.open_file(petras, petra)
        last = file.events[-1]
        assert (last.kind, last.actor, last.reason) == (EventKind.REFUSED, "Karim", "Ik ben er ook niet.")
        assert (file.request.owner, file.request.forward) == ("Petra", None)
        assert file.notices[-1].response == "utter_request_stays"
        with pytest.raises(TakenError):
            desk.accept(petras, karim)

    def test_only_who_is_asked_can_take_it_or_refuse(self, desk, petra, karim, petras, accounts):
        other = accounts.add("Fatma", "fatma@ede.example", StaffRole.COORDINATOR, "Ede")
        desk.forward(petras, petra, colleague(karim), "Ik ben weg.")
        with pytest.raises(TakenError):
            desk.accept(petras, other)
        with pytest.raises(NotAllowedError):
            desk.refuse_forward(petras, other, "nee")
        with pytest.raises(TakenError):
            desk.forward(petras, karim, colleague(other), "Liever zij.")
        with pytest.raises(TakenError):
            desk.take_back(petras, karim)

    def test_who_leads_the_team_can_pass_on_what_a_colleague_has(self, desk, petra, karim, petras, accounts):
        lead = accounts.add("Noor", "noor@ede.example", StaffRole.TEAM_LEAD, "Ede")
        desk.forward(petras, lead, colleague(karim), "Petra is ziek.")
        assert desk.get(petras).owner == "Petra"
        assert desk.accept(petras, karim).owner == "Karim"

    def test_nobody_is_asked_who_cannot_answer(self, desk, petra, joost, petras, accounts):
        gone = accounts.add("Weg", "weg@ede.example", StaffRole.COORDINATOR, "Ede")
        accounts.disable(gone.email)
        editor = accounts.add("Els", "els@ede.example", StaffRole.EDITOR, "Ede")
        empty = Receiver(ReceiverKind.MUNICIPALITY, "de gemeente Urk", municipality="Urk")
        for receiver, code in (
            (colleague(petra), "self"),
            (colleague(gone), "nobody"),
            (colleague(editor), "nobody"),
            (colleague(joost), "nobody"),
            (empty, "nobody"),
        ):
            with pytest.raises(ReceiverError) as refused:
                desk.forward(petras, petra, receiver, WHY, she_agrees=True)
            assert refused.value.code == code
        assert desk.get(petras).forward is None


class TestToATeam:
    def test_anybody_of_the_team_can_say_yes_and_nobody_else(self, desk, petra, petras, accounts):
        fatma = replace(accounts.add("Fatma", "fatma@ede.example", StaffRole.COORDINATOR, "Ede"), team="Jeugd")
        team = Receiver(ReceiverKind.TEAM, "het team Jeugd", team="Jeugd")
        with pytest.raises(ReceiverError, match="nobody"):
            desk.forward(petras, petra, team, "Het gaat om een kind.")
        with desk._sessions.begin() as session:
            session.execute(update(staff_accounts).where(staff_accounts.c.id == fatma.id).values(team="Jeugd"))
        desk.forward(petras, petra, team, "Het gaat om een kind.")
        assert [line.reference for line in desk.inbox(InboxFilter(InboxView.OPEN, fatma))] == [petras]
        assert desk.inbox(InboxFilter(InboxView.OPEN, petra)) == []
        after = desk.accept(petras, fatma)
        assert (after.owner, after.team) == ("Fatma", "Jeugd")
        assert desk.inbox(InboxFilter(InboxView.TEAM, replace(petra, team="Ouderen"))) == []


class TestToAnotherMunicipality:
    def test_it_needs_her_yes_and_they_see_it_only_when_they_are_asked(self, desk, petra, joost, petras):
        with pytest.raises(ReceiverError, match="agreement"):
            desk.forward(petras, petra, ASSEN, WHY)
        with pytest.raises(NoSuchRequestError):
            desk.open_file(petras, joost)
        desk.forward(petras, petra, ASSEN, WHY, she_agrees=True)
        assert [line.reference for line in desk.inbox(InboxFilter(InboxView.OPEN, joost))] == [petras]
        after = desk.accept(petras, joost)
        assert (after.municipality, after.owner, after.state) == ("Assen", "Joost", RequestState.ACCEPTED)
        with pytest.raises(NoSuchRequestError):
            desk.open_file(petras, petra)

    def test_one_that_nobody_took_up_can_be_passed_on_and_a_colleague_may_still_take_it(
        self, desk, petra, karim, joost
    ):
        reference = sent(desk).reference
        desk.forward(reference, petra, ASSEN, WHY, she_agrees=True)
        assert desk.accept(reference, karim).owner == "Karim"
        with pytest.raises(NoSuchRequestError):
            desk.accept(reference, joost)


class TestToADeskOutside:
    def test_it_is_passed_on_only_when_somebody_there_has_it_by_name(self, desk, petra, petras, listener):
        desk.forward(petras, petra, CARE_OFFICE, "Er is een Wlz-indicatie.", she_agrees=True)
        assert desk.get(petras).owner == "Petra"
        after = desk.record_outside(petras, petra, "Mevrouw Blom")
        assert (after.state, after.owner, after.owner_id) == (
            RequestState.FORWARDED, "Mevrouw Blom, het zorgkantoor", None,
        )  # fmt: skip
        assert listener.names()[-1] == "utter_request_forwarded"
        assert desk.inbox(InboxFilter(InboxView.DONE, petra))[0].reference == petras

    def test_when_it_is_not_solved_there_it_opens_here(self, desk, petra, petras):
        desk.forward(petras, petra, CARE_OFFICE, "Er is een Wlz-indicatie.", she_agrees=True)
        request = desk.record_outside(petras, petra, "Mevrouw Blom")
        assert desk.reopen(request.stored_id, "Zij kunnen niets doen.").state is RequestState.REOPENED
        assert desk.accept(petras, petra).owner == "Petra"

    def test_one_that_nobody_holds_is_not_given_to_a_desk_outside(self, desk, petra):
        with pytest.raises(ReceiverError, match="unowned"):
            desk.forward(sent(desk).reference, petra, CARE_OFFICE, WHY, she_agrees=True)


def test_whatever_comes_first_there_is_one_owner(two_desks):
    """One passes on, one refuses, two say yes, one takes it back: all at the same moment."""
    here, there = two_desks
    accounts = StaffAccounts(here._sessions)
    petra, karim, fatma = (
        accounts.add(name, f"{name}@ede.example", StaffRole.COORDINATOR, "Ede") for name in ("Petra", "Karim", "Fatma")
    )
    for number in range(8):
        reference = here.accept(sent(here, f"c{number}").reference, petra).reference
        if number % 2:
            here.forward(reference, petra, colleague(karim), "Ik ben weg.")
        acts = (
            lambda ref: here.forward(ref, petra, colleague(fatma), "Ik ben weg."),
            lambda ref: there.accept(ref, karim),
            lambda ref: there.accept(ref, fatma),
            lambda ref: here.refuse_forward(ref, karim, "Ik kan niet."),
            lambda ref: there.take_back(ref, petra),
        )
        start = threading.Barrier(len(acts))

        def at_once(act, ref=reference, start=start):
            start.wait()
            try:
                return act(ref)
            except (TakenError, NotAllowedError, ReceiverError):
                return None

        with ThreadPoolExecutor(len(acts)) as pool:
            list(pool.map(at_once, acts))
        file = here.open_file(reference, petra)
        taken = [event for event in file.events if event.kind in (EventKind.ACCEPTED, EventKind.TAKEN_OVER)]
        assert file.request.state in IN_HAND
        assert (file.request.owner_id, file.request.owner) == (taken[-1].staff_id, taken[-1].actor)
        asked = [event for event in file.events if event.kind is EventKind.OFFERED]
        assert len(taken) - 1 <= len(asked), "nobody takes over what was not offered"
