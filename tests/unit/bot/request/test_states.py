from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.strategies import booleans, sampled_from

from bot.request.base import TextError
from bot.request.desk import RequestDesk
from bot.request.record import Request
from bot.request.staff_side import TakenError
from bot.request.states import CLOSED, IN_HAND, NotAllowedError, state_after, steps_from
from bot.request.vocabulary import EventKind, RequestState, Step
from bot.staff import StaffAccounts, StaffRole
from knowledge.storage import metadata, open_engine, open_sessions
from tests.unit.bot.request.conftest import AGREEMENT, Clock, Listener, drafted

S = RequestState
LEADS_TO = {EventKind[state.name]: state for state in RequestState}


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
        (Step.FORWARD, S.FORWARDED),
        (Step.ACCEPT, S.ACCEPTED),
        (Step.WITHDRAW, S.WITHDRAWN),
    ):
        state = state_after(state, step)
        assert state is then


def test_what_is_withdrawn_stays_withdrawn():
    assert steps_from(S.WITHDRAWN) == frozenset()


def test_nothing_goes_out_of_a_draft_but_by_sending():
    assert steps_from(S.DRAFTED) == {Step.SEND, Step.WITHDRAW}


class AnyoneDoesAnything(RuleBasedStateMachine):
    """Two coordinators and a carer do whatever they like, in any order, on the real service."""

    @initialize()
    def somebody_drafts_a_request(self):
        self.engine = open_engine("sqlite://")
        metadata.create_all(self.engine)
        sessions = open_sessions(self.engine)
        self.clock, self.listener = Clock(), Listener()
        self.desk = RequestDesk(sessions, self.clock, notify=self.listener)
        accounts = StaffAccounts(sessions, self.clock)
        self.people = [
            accounts.add(name, f"{name}@ede.example", StaffRole.COORDINATOR, "Ede") for name in ("Petra", "Karim")
        ]
        self.id = drafted(self.desk).stored_id
        self.reference = self.request.reference
        self.state, self.owner, self.chat = S.DRAFTED, None, False

    def teardown(self):
        if hasattr(self, "engine"):
            self.engine.dispose()

    @property
    def request(self) -> Request:
        request = self.desk.for_conversation("c1")
        assert request is not None
        return request

    def attempt(self, allowed: bool, act) -> bool:
        """Do it; it must work exactly when the model says so, and change nothing otherwise."""
        self.clock.forward(minutes=7)
        before = self.desk_state()
        try:
            act()
        except (NotAllowedError, TakenError, LookupError, TextError):
            assert not allowed
            assert self.desk_state() == before
            return False
        assert allowed
        return True

    def desk_state(self):
        request = self.request
        return request.state, request.owner_id, request.chat_open, request.outcome, len(self.listener.told)

    @rule()
    def she_sends(self):
        allowed = self.state is not S.WITHDRAWN
        if self.attempt(allowed, lambda: self.desk.send(self.id, AGREEMENT)) and self.state is S.DRAFTED:
            self.state = S.SENT

    @rule()
    def she_withdraws(self):
        if self.attempt(self.state not in CLOSED, lambda: self.desk.withdraw(self.id)):
            self.state, self.chat = S.WITHDRAWN, False

    @rule()
    def she_says_it_is_not_solved(self):
        if self.attempt(self.state is S.RESOLVED, lambda: self.desk.reopen(self.id, "Het lukt nog niet.")):
            self.state = S.REOPENED

    @rule()
    def she_types(self):
        message = self.desk.add_from_carer("c1", "Dank u wel")
        assert (message is not None) == self.chat

    @precondition(lambda self: self.request.sent_at is not None)
    @rule(who=sampled_from([0, 1]))
    def it_is_opened(self, who):
        self.desk.open_file(self.reference, self.people[who])
        self.state = S.SEEN if self.state is S.SENT else self.state

    @rule(who=sampled_from([0, 1]))
    def it_is_accepted(self, who):
        free = self.state in (S.SENT, S.SEEN, S.REOPENED)
        mine = self.state in IN_HAND and self.owner == who
        if self.attempt(free or mine, lambda: self.desk.accept(self.reference, self.people[who])) and free:
            self.state, self.owner = S.ACCEPTED, who

    @rule(who=sampled_from([0, 1]), reached=booleans())
    def contact_is_noted(self, who, reached):
        act = lambda: self.desk.mark_contacted(self.reference, self.people[who], reached=reached)  # noqa: E731
        if self.attempt(self.has(who), act):
            self.state, self.chat = (S.CONTACTED, self.chat) if reached else (self.state, True)

    @rule(who=sampled_from([0, 1]), text=sampled_from(["Zal ik u bellen?", " \n"]))
    def she_is_written(self, who, text):
        allowed = self.has(who) and bool(text.strip())
        if self.attempt(allowed, lambda: self.desk.reply(self.reference, self.people[who], text)):
            self.chat = True

    @rule(who=sampled_from([0, 1]))
    def the_talk_is_closed(self, who):
        if self.attempt(self.has(who), lambda: self.desk.end_chat(self.reference, self.people[who])):
            self.chat = False

    @rule(who=sampled_from([0, 1]), outcome=sampled_from(["Er komt een vrijwilliger.", "  "]))
    def it_is_resolved(self, who, outcome):
        allowed = self.has(who) and bool(outcome.strip())
        if self.attempt(allowed, lambda: self.desk.resolve(self.reference, self.people[who], outcome)):
            self.state, self.chat = S.RESOLVED, False

    def has(self, who) -> bool:
        return self.state in IN_HAND and self.owner == who

    @invariant()
    def the_service_agrees_with_the_model(self):
        if not hasattr(self, "state"):
            return
        request = self.request
        assert request.state is self.state
        assert request.owner_id == (None if self.owner is None else self.people[self.owner].id)
        assert self.desk.person_is_handling("c1") == self.chat
        assert (request.answer_by is None) == (request.sent_at is None)

    @invariant()
    def the_history_tells_how_it_came_here(self):
        if not hasattr(self, "state") or self.request.sent_at is None:
            return
        file = self.desk.open_file(self.reference, self.people[0]) if self.state is not S.SENT else None
        if file is not None:
            states = [LEADS_TO[event.kind] for event in file.events if event.kind in LEADS_TO]
            assert states[-1] is self.state
            assert [event.at for event in file.events] == sorted(event.at for event in file.events)
            assert all(notice.delivered_at is not None for notice in file.notices)
            assert len(file.notices) == len(self.listener.told) == self.listener.calls


TestAnyoneDoesAnything = AnyoneDoesAnything.TestCase
TestAnyoneDoesAnything.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
