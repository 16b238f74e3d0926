"""Passing a request on: the receiver must say yes, and until then it stays where it is (R93, R102).

All fields stay with it, so that nobody has to tell anything again. She hears each step. To another municipality or desk
her yes comes first (invariant 3): the one who passes it on says that it was given, and that stands in the history.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from bot.request.base import end_forward, move, required_text
from bot.request.hands import Hands, TakenError, actor, is_asked, may_pass_on, may_take_over
from bot.request.notices import write_notice
from bot.request.receivers import possible_receivers
from bot.request.record import Receiver, Request
from bot.request.states import IN_HAND, NotAllowedError, steps_from
from bot.request.vocabulary import ReceiverKind, Step
from bot.staff.accounts import Permission, Staff
from bot.staff.roles import who_may
from bot.staff.tables import staff_accounts

OUTSIDE = frozenset({ReceiverKind.MUNICIPALITY, ReceiverKind.DESK})
"""Not whom she sent it to: these need a yes of hers."""


class ReceiverError(ValueError):
    """This receiver cannot be asked; ``code``: ``self``, ``nobody`` (no one there could say yes), ``agreement`` (she
    did not say yes to this receiver), ``role`` (not for this role) or ``unowned`` (a desk outside, while nobody here
    has it yet)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Forwarding(Hands):
    """Asking another to take over, and the answer to that."""

    def forward(
        self, reference: str, staff: Staff, receiver: Receiver, reason: str, *, she_agrees: bool = False
    ) -> Request:
        """Ask ``receiver`` to take over, and tell her. Who has it keeps it until the yes; a new question to another
        takes the place of one that is open. A request that nobody took up yet can be passed on by who may read it;
        one that somebody has by its owner, or by who leads the team (somebody can fall ill).

        Raises ``TextError`` without a reason, ``ReceiverError``, ``TakenError`` and ``NotAllowedError``.
        """
        why = required_text(reason)
        with self._sessions.begin() as session:
            request = self._locked(session, reference, staff)
            if not staff.serves(request.municipality) or not may_pass_on(request, staff):
                raise TakenError(request.holder)
            _check(session, request, staff, receiver, she_agrees=she_agrees)
            now = self._clock()
            move(session, request, Step.OFFER, actor(staff), now, _told_why(receiver, why, she_agrees=she_agrees))
            _ask(request, staff, receiver, why, now)
            write_notice(session, request, "utter_request_offered", now, holder=request.holder, receiver=receiver.name)
        self.deliver_notices()
        return request

    def receivers(self, request: Request, staff: Staff) -> list[Receiver]:
        """Whom this person can ask to take it over; nobody when it is not theirs to pass on."""
        allowed = staff.serves(request.municipality) and may_pass_on(request, staff)
        if not allowed or Step.OFFER not in steps_from(request.state):
            return []
        with self._sessions() as session:
            return possible_receivers(session, request, staff)

    def refuse_forward(self, reference: str, staff: Staff, reason: str) -> Request:
        """No: it stays with who has it, who reads why; she hears that too.

        Raises ``TextError`` without a reason, ``NotAllowedError`` for who was not asked.
        """
        why = required_text(reason)
        with self._sessions.begin() as session:
            request = self._locked(session, reference, staff)
            if not is_asked(request, staff):
                raise NotAllowedError(request.state, Step.REFUSE)
            self._stays(session, request, Step.REFUSE, staff, why)
        self.deliver_notices()
        return request

    def take_back(self, reference: str, staff: Staff, reason: str = "") -> Request:
        """Keep it after all, before anybody said yes; also when a desk outside said no.

        Raises ``NotAllowedError`` when nobody is asked, ``TakenError`` for who neither has it nor passed it on.
        """
        with self._sessions.begin() as session:
            request = self._locked(session, reference, staff)
            if request.forward is None or not staff.serves(request.municipality):
                raise NotAllowedError(request.state, Step.TAKE_BACK)
            if staff.id not in (request.owner_id, request.forward_by_id):
                raise TakenError(request.holder)
            self._stays(session, request, Step.TAKE_BACK, staff, reason.strip())
        self.deliver_notices()
        return request

    def record_outside(self, reference: str, staff: Staff, who: str) -> Request:
        """A desk outside has taken it over: ``who`` there, by name. From now on that is the owner; she is told.

        Raises ``TextError`` without a name, ``NotAllowedError`` when no desk outside was asked.
        """
        name = required_text(who, 100)
        with self._sessions.begin() as session:
            request = self._owned(session, reference, staff)
            if request.forward_kind is not ReceiverKind.DESK:
                raise NotAllowedError(request.state, Step.FORWARD)
            now, desk = self._clock(), request.forward_to
            move(session, request, Step.FORWARD, actor(staff), now, f"{name}, {desk}")
            request.owner_id, request.owner = None, f"{name}, {desk}"[:120]
            request.due_at, request.chat_open, request.waiting_since = None, False, None
            end_forward(request)
            write_notice(session, request, "utter_request_forwarded", now, name=name, receiver=desk)
        self.deliver_notices()
        return request

    def _stays(self, session: Session, request: Request, step: Step, staff: Staff, why: str) -> None:
        now, receiver = self._clock(), request.forward_to
        move(session, request, step, actor(staff), now, why)
        end_forward(request)
        write_notice(session, request, "utter_request_stays", now, holder=request.holder, receiver=receiver)

    def _take_over(self, session: Session, request: Request, staff: Staff, now: datetime) -> None:
        """The yes: from this moment on it has this one owner. Raises ``TakenError`` when it was not offered."""
        if not may_take_over(request, staff):
            raise TakenError(request.owner)
        before, receiver = request.holder, request.forward if is_asked(request, staff) else None
        move(session, request, Step.TAKE_OVER, actor(staff), now, before)
        if receiver is not None and receiver.kind is ReceiverKind.MUNICIPALITY and receiver.municipality:
            request.municipality, request.team = receiver.municipality, None
        request.team = receiver.team if receiver is not None and receiver.team else staff.team or request.team
        request.owner_id, request.owner, request.accepted_at = staff.id, staff.name, now
        request.chat_open, request.second_id, request.second = False, None, ""
        end_forward(request)
        write_notice(session, request, "utter_request_taken_over", now, staff=staff.name, before=before)


def _check(session: Session, request: Request, staff: Staff, receiver: Receiver, *, she_agrees: bool) -> None:
    if receiver.kind in OUTSIDE and not staff.may(Permission.FORWARD_OUT):
        raise ReceiverError("role")
    if receiver.kind in OUTSIDE and not she_agrees:
        raise ReceiverError("agreement")
    if receiver.kind is ReceiverKind.DESK:
        if request.state not in IN_HAND:
            raise ReceiverError("unowned")  # somebody here must keep hold of it until the desk outside has
        required_text(receiver.name, 200)
        return
    has_it = request.owner_id if request.state in IN_HAND else staff.id
    if receiver.kind is ReceiverKind.COLLEAGUE and receiver.staff_id == has_it:
        raise ReceiverError("self")
    if receiver.kind is ReceiverKind.MUNICIPALITY and receiver.municipality == request.municipality:
        raise ReceiverError("self")
    if not _somebody_can_answer(session, request, receiver):
        raise ReceiverError("nobody")


def _somebody_can_answer(session: Session, request: Request, receiver: Receiver) -> bool:
    """Is there an account that can say yes? Asking an empty room would be a closed door."""
    accounts = staff_accounts.c
    here = or_(accounts.municipality == request.municipality, accounts.municipality.is_(None))
    those = {
        ReceiverKind.COLLEAGUE: and_(accounts.id == receiver.staff_id, here),
        ReceiverKind.TEAM: and_(accounts.team == receiver.team, here),
        ReceiverKind.MUNICIPALITY: accounts.municipality == receiver.municipality,
    }[receiver.kind]
    handling = accounts.role.in_(sorted(role.value for role in who_may(Permission.HANDLE_REQUESTS)))
    found = select(accounts.id).where(accounts.disabled_at.is_(None), handling, those).limit(1)
    return session.execute(found).first() is not None


def _ask(request: Request, staff: Staff, receiver: Receiver, why: str, now: datetime) -> None:
    request.forward_kind, request.forward_to, request.forward_to_id = receiver.kind, receiver.name, receiver.staff_id
    request.forward_team, request.forward_municipality = receiver.team, receiver.municipality
    request.forward_by, request.forward_by_id = staff.name, staff.id
    request.forward_reason, request.forwarded_at = why, now


def _told_why(receiver: Receiver, why: str, *, she_agrees: bool) -> str:
    agreed = " (met instemming)" if receiver.kind in OUTSIDE and she_agrees else ""
    return f"{receiver.name}{agreed}: {why}"
