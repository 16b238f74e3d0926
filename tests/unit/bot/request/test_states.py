from __future__ import annotations

import pytest

from bot.request.states import CLOSED, IN_HAND, RUNNING, NotAllowedError, state_after, steps_from
from bot.request.vocabulary import RequestState, Step

S = RequestState


@pytest.mark.parametrize("state", RequestState)
@pytest.mark.parametrize("step", Step)
def test_a_step_is_either_listed_or_refused(state, step):
    if step in steps_from(state):
        assert isinstance(state_after(state, step), RequestState)
    else:
        with pytest.raises(NotAllowedError) as refused:
            state_after(state, step)
        assert (refused.value.state, refused.value.step) == (state, step)


def test_the_ordinary_life_of_a_request():
    state = S.DRAFTED
    for step, then in (
        (Step.SEND, S.SENT),
        (Step.SEE, S.SEEN),
        (Step.ACCEPT, S.ACCEPTED),
        (Step.CONTACT, S.CONTACTED),
        (Step.RESOLVE, S.RESOLVED),
        (Step.REOPEN, S.REOPENED),
        (Step.OFFER, S.REOPENED),
        (Step.ACCEPT, S.ACCEPTED),
        (Step.TRY, S.ACCEPTED),
        (Step.CONTACT, S.CONTACTED),
        (Step.PLAN, S.CONTACTED),
        (Step.OFFER, S.CONTACTED),
        (Step.TAKE_OVER, S.ACCEPTED),
        (Step.OFFER, S.ACCEPTED),
        (Step.FORWARD, S.FORWARDED),
        (Step.REOPEN, S.REOPENED),
        (Step.ACCEPT, S.ACCEPTED),
        (Step.WITHDRAW, S.WITHDRAWN),
    ):
        state = state_after(state, step)
        assert state is then


def test_what_is_withdrawn_stays_withdrawn():
    assert steps_from(S.WITHDRAWN) == frozenset()


def test_nothing_goes_out_of_a_draft_but_by_sending():
    assert steps_from(S.DRAFTED) == {Step.SEND, Step.WITHDRAW}


def test_asking_another_lets_nobody_go():
    for state in RUNNING:
        for step in (Step.OFFER, Step.REFUSE, Step.TAKE_BACK):
            assert state_after(state, step) is state


def test_only_who_has_it_can_say_that_a_desk_outside_took_it():
    assert {state for state in RequestState if Step.FORWARD in steps_from(state)} == IN_HAND


def test_where_something_is_expected_it_can_be_closed_and_where_not_nothing_is_done():
    assert RUNNING.isdisjoint(CLOSED)
    for state in CLOSED:
        assert steps_from(state) <= {Step.REOPEN}
