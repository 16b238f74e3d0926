"""A model of the life of a request, plain enough to see that it is right, beside the real service."""

from __future__ import annotations

from datetime import timedelta

from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.strategies import booleans, sampled_from
from sqlalchemy import delete
from sqlalchemy.engine import Engine

from bot.request.base import TextError
from bot.request.desk import RequestDesk
from bot.request.forwarding import ReceiverError
from bot.request.hands import TakenError, may_read
from bot.request.record import Receiver, Request
from bot.request.states import CLOSED, IN_HAND, RUNNING, NotAllowedError
from bot.request.vocabulary import EventKind, ReceiverKind, RequestState
from bot.staff import StaffAccounts, StaffRole
from knowledge.storage import metadata, open_engine, open_sessions
from tests.unit.bot.request.conftest import AGREEMENT, Clock, Listener, drafted

S = RequestState
LEADS_TO = {EventKind[state.name]: state for state in RequestState} | {EventKind.TAKEN_OVER: S.ACCEPTED}
PETRA, KARIM, JOOST = range(3)
HOME = ("Ede", "Ede", "Assen")
WHO = sampled_from([PETRA, KARIM, JOOST])
WORDS = sampled_from(["Dit past beter daar.", " \n"])
REFUSALS = (NotAllowedError, TakenError, LookupError, TextError, ReceiverError)


class AnyoneDoesAnything(RuleBasedStateMachine):
    """Two coordinators of Ede, one of Assen and a carer do whatever they like, in any order, on the real service."""

    def open(self) -> Engine:
        """A database with nothing in it."""
        engine = open_engine("sqlite://")
        metadata.create_all(engine)
        return engine

    def close(self, engine: Engine) -> None:
        engine.dispose()

    @initialize(begun=sampled_from([S.DRAFTED, S.SENT, S.ACCEPTED, S.ACCEPTED]))
    def somebody_drafts_a_request(self, begun):
        """Half of the stories begin where Petra has it: there most can go wrong."""
        self.engine = self.open()
        with self.engine.begin() as connection:
            for table in reversed(metadata.sorted_tables):
                connection.execute(delete(table))
        sessions = open_sessions(self.engine)
        self.clock, self.listener = Clock(), Listener()
        self.desk = RequestDesk(sessions, self.clock, notify=self.listener)
        accounts = StaffAccounts(sessions, self.clock)
        self.people = [
            accounts.add(name, f"{name}@ede.example", StaffRole.COORDINATOR, home)
            for name, home in zip(("Petra", "Karim", "Joost"), HOME, strict=True)
        ]
        self.id = drafted(self.desk).stored_id
        self.reference = self.request.reference
        self.state, self.owner, self.chat, self.outside = S.DRAFTED, None, False, ""
        self.at, self.asked, self.asked_by, self.planned, self.waits = "Ede", None, None, False, False
        if begun is not S.DRAFTED:
            self.she_sends()
        if begun is S.ACCEPTED:
            self.it_is_accepted(PETRA)

    def teardown(self):
        if hasattr(self, "engine"):
            self.close(self.engine)

    @property
    def request(self) -> Request:
        request = self.desk.for_conversation("c1")
        assert request is not None
        return request

    # -- the model ------------------------------------------------------------------------------------------------

    def has(self, who) -> bool:
        return self.state in IN_HAND and self.owner == who

    def is_asked(self, who) -> bool:
        return self.asked is not None and self.asked in (who, HOME[who])

    def sees(self, who) -> bool:
        return self.state is not S.DRAFTED and self.sent and (HOME[who] == self.at or self.is_asked(who))

    @property
    def sent(self) -> bool:
        return self.request.sent_at is not None

    def nobody_is_asked(self):
        self.asked, self.asked_by = None, None

    def attempt(self, allowed: bool, act) -> bool:
        """Do it; it must work exactly when the model says so, and change nothing otherwise."""
        self.clock.forward(minutes=7)
        before = self.all_there_is()
        try:
            act()
        except REFUSALS:
            assert not allowed
            assert self.all_there_is() == before
            return False
        assert allowed
        return True

    def all_there_is(self):
        request = self.request
        parts = {key: value for key, value in vars(request).items() if not key.startswith("_")}
        return {**parts, "told": len(self.listener.told)}

    # -- the carer ------------------------------------------------------------------------------------------------

    @rule()
    def she_sends(self):
        allowed = self.state is not S.WITHDRAWN
        if self.attempt(allowed, lambda: self.desk.send(self.id, AGREEMENT)) and self.state is S.DRAFTED:
            self.state = S.SENT

    @rule(sure=sampled_from([False, False, True]))
    def she_withdraws(self, sure):
        if sure and self.attempt(self.state not in CLOSED, lambda: self.desk.withdraw(self.id)):
            self.state, self.chat, self.planned, self.waits = S.WITHDRAWN, False, False, False
            self.nobody_is_asked()

    @rule()
    def she_says_it_is_not_solved(self):
        allowed = self.state in (S.RESOLVED, S.FORWARDED)
        if self.attempt(allowed, lambda: self.desk.reopen(self.id, "Het lukt nog niet.")):
            self.state = S.REOPENED

    @rule()
    def she_types(self):
        message = self.desk.add_from_carer("c1", "Dank u wel")
        assert (message is not None) == self.chat
        self.waits = self.waits and not self.chat

    # -- the desk -------------------------------------------------------------------------------------------------

    @rule(who=WHO)
    def it_is_opened(self, who):
        if self.attempt(self.sees(who), lambda: self.desk.open_file(self.reference, self.people[who])):
            self.state = S.SEEN if self.state is S.SENT else self.state

    @rule(who=WHO)
    def it_is_accepted(self, who):
        free, mine = self.state in (S.SENT, S.SEEN, S.REOPENED), self.has(who)
        over = self.state in RUNNING and self.is_asked(who)
        act = lambda: self.desk.accept(self.reference, self.people[who])  # noqa: E731
        if self.attempt(self.sees(who) and (free or mine or over), act) and not mine:
            self.chat = self.chat and self.owner == who and free
            self.state, self.owner, self.outside, self.at = S.ACCEPTED, who, "", HOME[who]
            self.nobody_is_asked()

    @rule(who=WHO, to=sampled_from([PETRA, KARIM, JOOST, "Assen", "Ede", "Nergens"]), why=WORDS, agrees=booleans())
    def another_is_asked(self, who, to, why, agrees):
        kind = ReceiverKind.MUNICIPALITY if isinstance(to, str) else ReceiverKind.COLLEAGUE
        if kind is ReceiverKind.MUNICIPALITY:
            receiver = Receiver(kind, f"de gemeente {to}", municipality=to)
            can_be_asked = agrees and to in HOME and to != self.at
        else:
            receiver = Receiver(kind, self.people[to].name, staff_id=self.people[to].id)
            can_be_asked = HOME[to] == self.at and to != (self.owner if self.state in IN_HAND else who)
        in_hands = self.has(who) or self.state in (S.SENT, S.SEEN, S.REOPENED)
        allowed = self.sees(who) and HOME[who] == self.at and in_hands and can_be_asked and bool(why.strip())
        act = lambda: self.desk.forward(self.reference, self.people[who], receiver, why, she_agrees=agrees)  # noqa: E731
        if self.attempt(allowed, act):
            self.asked, self.asked_by = to, who

    @rule(who=WHO, why=WORDS)
    def it_is_refused(self, who, why):
        allowed = self.sees(who) and self.is_asked(who) and bool(why.strip())
        if self.attempt(allowed, lambda: self.desk.refuse_forward(self.reference, self.people[who], why)):
            self.nobody_is_asked()

    @rule(who=WHO)
    def it_is_kept_after_all(self, who):
        allowed = self.asked is not None and HOME[who] == self.at and who in (self.owner, self.asked_by)
        if self.attempt(allowed, lambda: self.desk.take_back(self.reference, self.people[who])):
            self.nobody_is_asked()

    @rule(who=WHO, taken=booleans())
    def a_desk_outside_is_asked(self, who, taken):
        receiver = Receiver(ReceiverKind.DESK, "het zorgkantoor")

        def act():
            self.desk.forward(self.reference, self.people[who], receiver, "Er is een Wlz-indicatie.", she_agrees=True)

        if self.attempt(self.has(who), act):
            self.asked, self.asked_by = "desk", who
            if taken:
                self.desk.record_outside(self.reference, self.people[who], "Mevrouw Blom")
                self.state, self.owner, self.outside = S.FORWARDED, None, "Mevrouw Blom, het zorgkantoor"
                self.chat, self.waits = False, False
                self.nobody_is_asked()

    @rule(who=WHO)
    def a_desk_that_was_not_asked_cannot_have_taken_it(self, who):
        if self.asked != "desk":
            self.attempt(False, lambda: self.desk.record_outside(self.reference, self.people[who], "Mevrouw Blom"))

    @rule(who=WHO, reached=booleans())
    def contact_is_noted(self, who, reached):
        act = lambda: self.desk.mark_contacted(self.reference, self.people[who], reached=reached)  # noqa: E731
        if self.attempt(self.has(who), act):
            if reached:
                self.state, self.planned, self.waits = S.CONTACTED, False, False
            else:
                self.chat, self.waits = True, True

    @rule(who=WHO, text=WORDS, asks=booleans())
    def she_is_written(self, who, text, asks):
        write = self.desk.ask if asks else self.desk.reply
        if self.attempt(self.has(who) and bool(text.strip()), lambda: write(self.reference, self.people[who], text)):
            self.chat, self.waits = True, self.waits or asks

    @rule(who=WHO, hours=sampled_from([-1, 0, 26, 24 * 400]))
    def a_moment_is_planned(self, who, hours):
        at = self.clock() + timedelta(hours=hours, minutes=7)
        allowed = self.has(who) and hours == 26
        if self.attempt(allowed, lambda: self.desk.plan(self.reference, self.people[who], at)):
            self.planned = True

    @rule(who=WHO)
    def the_talk_is_closed(self, who):
        if self.attempt(self.has(who), lambda: self.desk.end_chat(self.reference, self.people[who])):
            self.chat = False

    @rule(who=WHO, outcome=WORDS)
    def it_is_resolved(self, who, outcome):
        allowed = self.has(who) and bool(outcome.strip())
        if self.attempt(allowed, lambda: self.desk.resolve(self.reference, self.people[who], outcome)):
            self.state, self.chat, self.planned, self.waits = S.RESOLVED, False, False, False
            self.nobody_is_asked()

    @precondition(lambda self: self.state is not S.DRAFTED)
    @rule(days=sampled_from([0, 1, 4]))
    def time_passes_and_the_clock_does_its_work(self, days):
        self.clock.forward(days=days)
        self.desk.remind()
        assert self.desk.remind() == []

    # -- what always holds ------------------------------------------------------------------------------------------

    @invariant()
    def the_service_agrees_with_the_model(self):
        if not hasattr(self, "state"):
            return
        request = self.request
        assert request.state is self.state
        assert request.municipality == self.at
        assert request.owner_id == (None if self.owner is None else self.people[self.owner].id)
        assert self.desk.person_is_handling("c1") == self.chat
        assert (request.forward is not None) == (self.asked is not None)
        assert (request.callback_at is not None, request.waiting_since is not None) == (self.planned, self.waits)
        assert (request.answer_by is None) == (request.sent_at is None)
        assert [may_read(request, person) for person in self.people] == [self.sees(who) for who in range(3)]

    @invariant()
    def somebody_has_it_and_all_her_words_are_there(self):
        if not hasattr(self, "state") or not self.sent:
            return
        request = self.request
        assert request.holder
        assert (request.state in IN_HAND) <= (request.owner_id is not None)
        assert request.owner == (self.outside or (self.people[self.owner].name if self.owner is not None else ""))
        assert request.question.startswith("Mijn man")
        assert next(item.value for item in request.fields if item.is_shared) == "ongeveer 15 uur per week"

    @invariant()
    def the_history_tells_how_it_came_here(self):
        if not hasattr(self, "state") or not self.sent or self.state is S.SENT:
            return
        file = self.desk.open_file(self.reference, next(p for w, p in enumerate(self.people) if self.sees(w)))
        states = [LEADS_TO[event.kind] for event in file.events if event.kind in LEADS_TO]
        assert states[-1] is self.state
        assert [event.at for event in file.events] == sorted(event.at for event in file.events)
        assert all(event.actor for event in file.events)
        assert all(notice.delivered_at is not None for notice in file.notices)
        assert len(file.notices) == len(self.listener.told) == self.listener.calls
