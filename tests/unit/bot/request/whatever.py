"""She, a coordinator and the clock do whatever they like; what reaches her is watched all the while."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.strategies import booleans, integers, sampled_from
from sqlalchemy import select

from bot.request.asking import SENTENCE, Question
from bot.request.base import TextError
from bot.request.checking import Worse
from bot.request.clock import OfficeHours
from bot.request.desk import RequestDesk
from bot.request.followup import Happened, Needed
from bot.request.history import RequestEvent
from bot.request.record import DUTCH_TIME, Request
from bot.request.states import NotAllowedError
from bot.request.tables import request_events, request_notices
from bot.request.vocabulary import EventKind, RequestState
from bot.staff.accounts import StaffAccounts, StaffRole
from knowledge.storage import metadata, open_engine, open_sessions
from knowledge.vocabulary import Urgency
from tests.unit.bot.request.after_sending import OUTCOME, types
from tests.unit.bot.request.conftest import Clock, sent

_SIGN = {EventKind.SENT: "|", EventKind.REOPENED: "|", EventKind.CHECKED: "c"}


class WhateverHappens(RuleBasedStateMachine):
    """She, Petra and the clock do whatever they like; what reaches her is watched."""

    @initialize(begun=sampled_from(["sent", "talking", "over", "wanted"]))
    def she_sends(self, begun):
        """Most stories begin where something is about to be asked: there most can go wrong."""
        self.engine = open_engine("sqlite://")
        metadata.create_all(self.engine)
        self.clock = Clock()
        self.told: list[tuple[str, datetime]] = []
        self.desk = RequestDesk(open_sessions(self.engine), self.clock, notify=self.tell)
        accounts = StaffAccounts(self.desk._sessions, self.clock)
        self.petra = accounts.add("Petra", "petra@ede.example", StaffRole.COORDINATOR, "Ede")
        self.request = sent(self.desk)
        self.quiet_since: int | None = None
        self.wants_later, self.erased = False, False
        self.faults: list[str] = []
        if begun != "sent":
            self.desk_does("accept")
        if begun == "talking":
            self.desk_does("reply", "Dag, ik ben Petra.")
        if begun in ("over", "wanted"):
            self.desk_does("resolve", OUTCOME)
        if begun == "wanted":
            self.desk.ask_what_is_due()
            self.desk.allow_follow_up("c1", "1")

    def tell(self, conversation_id, response_name, values, *, notice_id):
        if response_name in SENTENCE.values():
            self.faults += ["after an erasure"] if self.erased else []
            self.faults += ["while a person talks"] if self.desk.person_is_handling(conversation_id) else []
            self.told.append((response_name, self.clock()))

    def teardown(self):
        if hasattr(self, "engine"):
            self.engine.dispose()

    @property
    def now(self) -> Request | None:
        return self.desk.get(self.request.reference)

    def desk_does(self, deed, *more):
        try:
            getattr(self.desk, deed)(self.request.reference, self.petra, *more)
        except (NotAllowedError, LookupError, TextError, PermissionError):
            return
        except Exception as error:
            if type(error).__name__ != "TakenError":
                raise

    @rule(hours=sampled_from([-1, 0, 0, 4, 12, 48]))
    def it_becomes_time_to_ask(self, hours):
        request = self.now
        if request is not None and request.ask_at is not None:
            self.clock.moment = max(self.clock(), request.ask_at + timedelta(hours=hours))
            self.time_passes(0, 0)

    @rule(hours=sampled_from([1, 5, 13, 24, 49, 24 * 8, 24 * 29]), minutes=integers(0, 59))
    def time_passes(self, hours, minutes):
        self.clock.forward(hours=hours, minutes=minutes)
        self.desk.remind()
        self.desk.ask_what_is_due()
        assert self.desk.ask_what_is_due() == []

    @rule(
        deed=sampled_from(
            [
                ("accept",), ("mark_contacted",), ("reply", "Hoe gaat het?"), ("end_chat",), ("resolve", OUTCOME),
                ("reopen_here", "Het lukte niet."),
            ]
        )
    )  # fmt: skip
    def petra_does_something(self, deed):
        self.desk_does(*deed)

    @rule(yes=booleans())
    def she_answers_the_invitation(self, yes):
        self.desk.allow_follow_up("c1", "1") if yes else self.desk.decline_follow_up("c1")

    @rule(rest=integers(1, 5), happened=sampled_from(Happened), needed=sampled_from(Needed))
    def she_answers_all_the_rest(self, rest, happened, needed):
        self.desk.rate_before("c1", rest)
        self.desk.tell_whether_it_happened("c1", happened)
        self.desk.rate_after("c1", rest)
        self.desk.tell_what_is_needed("c1", needed)

    @rule(urgency=sampled_from([Urgency.SOON, Urgency.EMERGENCY]))
    def it_gets_heavier(self, urgency):
        before = self.now
        after = self.desk.worsen("c1", Worse(urgency, "snel", "het is zwaar"))
        if after is not None:
            order = list(Urgency)
            assert order.index(after.urgency) <= order.index(before.urgency)
            assert after.answer_by <= before.answer_by

    @rule()
    def it_is_the_same_and_she_asks_where_the_answer_stays(self):
        self.desk.confirm_unchanged("c1")
        self.desk.nudge("c1")

    @rule(text=sampled_from(["dank u", "ik weet het niet"]))
    def she_types(self, text):
        if not self.erased and self.desk.add_from_carer("c1", text) is None:
            types(self.desk, text)

    @rule()
    def it_is_not_solved(self):
        try:
            self.desk.reopen(self.request.stored_id, "nog niet opgelost")
        except (NotAllowedError, LookupError):
            return

    @rule(sure=integers(0, 9))
    def she_withdraws(self, sure):
        try:
            if sure == 9:
                self.desk.withdraw(self.request.stored_id)
        except (NotAllowedError, LookupError):
            return

    @rule(sure=integers(0, 9))
    def somebody_dies(self, sure):
        if sure == 9:
            self.desk.stop_asking("c1")
            if self.now is not None:
                self.quiet_since = len(self.told) if self.quiet_since is None else self.quiet_since

    @precondition(lambda self: getattr(self, "quiet_since", None) is not None)
    @rule(agrees=booleans())
    def she_is_asked_for_later(self, agrees):
        self.desk.invite_later("c1")
        if self.desk.agree_to_later("c1", agrees):
            self.wants_later = agrees

    @rule(sure=integers(0, 14))
    def she_erases_everything(self, sure):
        if sure == 9:
            self.desk.erase("c1")
            self.erased = True

    @invariant()
    def nothing_is_asked_at_a_wrong_moment(self):
        assert not getattr(self, "faults", ())
        for _, at in getattr(self, "told", ()):
            local = at.astimezone(DUTCH_TIME)
            assert 9 <= local.hour < 20
            assert OfficeHours().is_working_day(local.date())

    @invariant()
    def nothing_is_asked_twice_nor_after_a_withdrawal_or_a_loss(self):
        if not hasattr(self, "told"):
            return
        names = [name for name, _ in self.told]
        for once in (Question.INVITE, Question.FOLLOW_UP, Question.LATER):
            assert names.count(SENTENCE[once]) <= 1
        if self.quiet_since is not None:
            assert set(names[self.quiet_since :]) <= {SENTENCE[Question.LATER]}
            assert self.wants_later or not names[self.quiet_since :]
        if self.now is None:
            return
        with self.desk._sessions() as session:
            history = select(RequestEvent.kind).where(request_events.c.request_id == self.request.id)
            seen = list(session.scalars(history.order_by(request_events.c.id)))
            waiting = select(request_notices.c.id).where(request_notices.c.delivered_at.is_(None))
            assert session.execute(waiting).first() is None
        rounds = "".join(
            {EventKind.SENT: "|", EventKind.REOPENED: "|", EventKind.CHECKED: "c"}.get(k, "") for k in seen
        )
        assert "cc" not in rounds
        if EventKind.WITHDRAWN in seen:
            asking = {EventKind.CHECKED, EventKind.FOLLOWED_UP}
            assert not asking & set(seen[seen.index(EventKind.WITHDRAWN) :])
            assert self.now.state is RequestState.WITHDRAWN
            assert self.now.ask_at is None
