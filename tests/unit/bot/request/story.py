"""A request in a real database, with the model that says what must be true of it; ``anyone.py`` says who does what."""

from __future__ import annotations

from hypothesis.stateful import RuleBasedStateMachine, invariant
from sqlalchemy import delete
from sqlalchemy.engine import Engine

from bot.request.base import TextError
from bot.request.desk import RequestDesk
from bot.request.forwarding import ReceiverError
from bot.request.hands import TakenError, may_read
from bot.request.record import Request
from bot.request.states import IN_HAND, NotAllowedError
from bot.request.vocabulary import EventKind, RequestState
from bot.staff.accounts import StaffAccounts, StaffRole
from knowledge.storage import metadata, open_engine, open_sessions
from tests.unit.bot.request.conftest import Clock, Listener, drafted

S = RequestState
LEADS_TO = {EventKind[state.name]: state for state in RequestState} | {EventKind.TAKEN_OVER: S.ACCEPTED}
HOME = ("Ede", "Ede", "Assen")
REFUSALS = (NotAllowedError, TakenError, LookupError, TextError, ReceiverError)


class Story(RuleBasedStateMachine):
    """Two coordinators of Ede, one of Assen, a carer and her request; whoever inherits it lets them do things."""

    def open(self) -> Engine:
        """A database with nothing in it."""
        engine = open_engine("sqlite://")
        metadata.create_all(engine)
        return engine

    def close(self, engine: Engine) -> None:
        engine.dispose()

    def begin(self) -> None:
        """Three people at the desk, and a request that nobody has sent yet."""
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
