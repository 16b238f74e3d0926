"""Proposing offers: a message of a person with cards, in the thread, in the history, and told exactly once."""

from __future__ import annotations

import pytest

from bot.request.base import NoSuchRequestError, TextError
from bot.request.hands import TakenError
from bot.request.proposing import PROPOSAL, ProposalError
from bot.request.states import IN_HAND, NotAllowedError, steps_from
from bot.request.vocabulary import EventKind, RequestState, Step
from bot.staff.accounts import StaffRole
from tests.unit.bot.request.conftest import sent

WIJK = {"id": "o1", "name": "Logeerhuis De Wijk", "fits": ["Dichtbij."]}
HANDEN = {"id": "o2", "name": "Handen-in-Huis", "fits": []}
SENTENCE = "Dit past misschien bij u."


@pytest.fixture
def mine(desk, petra):
    return desk.accept(sent(desk).reference, petra).reference


def test_she_is_told_once_with_the_cards_and_the_next_word_is_hers(desk, petra, mine, listener, clock):
    message = desk.propose(mine, petra, [WIJK, HANDEN], f"  {SENTENCE}\r\n")
    desk.deliver_notices()
    told = [values for _, name, values in listener.told.values() if name == PROPOSAL]
    assert len(told) == 1
    assert told[0]["offers"] == [WIJK, HANDEN]
    assert told[0]["names"] == "Logeerhuis De Wijk\nHanden-in-Huis"
    assert (told[0]["text"], told[0]["staff"], told[0]["message"]) == (SENTENCE, "Petra", message.id)
    request = desk.get(mine)
    assert (request.chat_open, request.waiting_since, request.state) == (True, clock(), RequestState.ACCEPTED)
    assert desk.add_from_carer("c1", "Dat logeerhuis lijkt me wat") is not None
    assert desk.get(mine).waiting_since is None


def test_it_stands_in_the_history_and_in_the_thread(desk, petra, mine):
    desk.propose(mine, petra, [WIJK], SENTENCE)
    file = desk.open_file(mine, petra)
    event = file.events[-1]
    assert (event.kind, event.actor, event.reason) == (EventKind.PROPOSED, "Petra", "Logeerhuis De Wijk")
    assert [(message.text, message.from_carer) for message in file.messages] == [(SENTENCE, False)]


def test_the_same_offer_twice_is_one(desk, petra, mine, listener):
    desk.propose(mine, petra, [WIJK, WIJK, HANDEN, WIJK], SENTENCE)
    assert [card["id"] for card in list(listener.told.values())[-1][2]["offers"]] == ["o1", "o2"]


@pytest.mark.parametrize(("count", "code"), [(0, "none"), (4, "many"), (9, "many")])
def test_one_to_three_at_a_time(desk, petra, mine, listener, count, code):
    before = listener.names()
    with pytest.raises(ProposalError) as refused:
        desk.propose(mine, petra, [{"id": str(number), "name": "x"} for number in range(count)], SENTENCE)
    assert refused.value.code == code
    assert listener.names() == before


@pytest.mark.parametrize(("sentence", "code"), [(" \n", "empty"), ("a" * 4001, "too_long")])
def test_never_without_a_sentence(desk, petra, mine, sentence, code):
    with pytest.raises(TextError) as refused:
        desk.propose(mine, petra, [WIJK], sentence)
    assert refused.value.code == code
    assert desk.open_file(mine, petra).messages == []


def test_only_by_who_has_it_and_never_from_elsewhere(desk, petra, karim, accounts, mine):
    with pytest.raises(TakenError):
        desk.propose(mine, karim, [WIJK], SENTENCE)
    joost = accounts.add("Joost", "joost@assen.example", StaffRole.COORDINATOR, "Assen")
    with pytest.raises(NoSuchRequestError):
        desk.propose(mine, joost, [WIJK], SENTENCE)


def test_not_before_it_was_taken_up_nor_after_it_was_closed(desk, petra, mine):
    assert {state for state in RequestState if Step.PROPOSE in steps_from(state)} == IN_HAND
    fresh = sent(desk, "c2").reference
    with pytest.raises(NotAllowedError):
        desk.propose(fresh, petra, [WIJK], SENTENCE)
    desk.resolve(mine, petra, "Er komt een vrijwilliger.")
    with pytest.raises(NotAllowedError):
        desk.propose(mine, petra, [WIJK], SENTENCE)


def test_when_telling_fails_nothing_is_lost_and_nothing_is_told_twice(desk, petra, mine, listener):
    listener.broken = True
    desk.propose(mine, petra, [WIJK], SENTENCE)
    assert PROPOSAL not in listener.names()
    listener.broken = False
    assert desk.deliver_notices() == 1
    assert desk.deliver_notices() == 0
    assert listener.names().count(PROPOSAL) == 1


def test_whoever_got_a_proposal_is_not_told_that_nobody_looked(desk, petra, mine, clock):
    desk.propose(mine, petra, [WIJK], SENTENCE)
    clock.forward(days=10)
    assert EventKind.CARER_WARNED not in {event.kind for event in _after(desk, mine, petra)}


def _after(desk, mine, petra):
    desk.remind()
    return desk.open_file(mine, petra).events
