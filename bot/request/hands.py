"""In whose hands a request is: who may read it, who may act on it, who may take it over."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.request.base import Desk, NoSuchRequestError, locked
from bot.request.history import Actor, RequestEvent, round_of
from bot.request.record import Receiver, Request
from bot.request.states import IN_HAND, RUNNING, NotAllowedError
from bot.request.tables import request_events, requests
from bot.request.vocabulary import ReceiverKind
from bot.staff.accounts import Permission, Staff


class TakenError(Exception):
    """Somebody else has this request; ``owner`` is who, empty when nobody has taken it up yet."""

    def __init__(self, owner: str) -> None:
        super().__init__("this request is not in the hands of the one who acts")
        self.owner = owner


def latest_in_hand(session: Session, conversation_id: str) -> tuple[Request, Sequence[RequestEvent]] | None:
    """Her latest request of this talk that somebody still has in hand, held until the transaction ends, with what
    happened in this round; ``None`` when there is none."""
    mine = (requests.c.conversation_id == conversation_id, requests.c.state.in_(sorted(RUNNING)))
    latest = select(requests.c.id).where(*mine).order_by(requests.c.id.desc()).limit(1)
    request_id = session.scalars(latest).first()
    if request_id is None:
        return None
    request = locked(session, requests.c.id == request_id)
    if request.state not in RUNNING:
        return None
    history = select(RequestEvent).where(request_events.c.request_id == request_id).order_by(request_events.c.id)
    return request, round_of(list(session.scalars(history)))


def actor(staff: Staff) -> Actor:
    """Who does it, for the history."""
    return Actor(staff.name, staff.id)


def may_read(request: Request, staff: Staff) -> bool:
    """A draft is hers alone (invariant 3); the rest is for the municipality it was sent to, and for who is asked to
    take it over."""
    if request.sent_at is None:
        return False
    return staff.serves(request.municipality) or is_asked(request, staff)


def is_asked(request: Request, staff: Staff) -> bool:
    """Is this person, alone or with a team or a municipality, asked to take it over?"""
    return request.forward is not None and is_receiver(request.forward, request.municipality, staff)


def is_receiver(receiver: Receiver, municipality: str, staff: Staff) -> bool:
    """Is ``staff`` the one, or one of those, who can say yes? ``municipality``: where the request is now."""
    if receiver.kind is ReceiverKind.COLLEAGUE:
        return receiver.staff_id == staff.id
    if receiver.kind is ReceiverKind.TEAM:
        return staff.serves(municipality) and staff.team == receiver.team
    return receiver.kind is ReceiverKind.MUNICIPALITY and receiver.municipality == staff.municipality


def may_pass_on(request: Request, staff: Staff) -> bool:
    """May this person ask another to take it over: nobody has it yet, it is the owner, or who leads the team?"""
    if request.state not in IN_HAND or request.owner_id == staff.id:
        return True
    return staff.may(Permission.SEE_TEAM) and request.team in (None, staff.team)


def may_take_over(request: Request, staff: Staff) -> bool:
    """May this person take it from who has it: the one who is asked, and the second person of what is late."""
    late = request.second_id == staff.id and request.contacted_at is None and staff.serves(request.municipality)
    return request.owner_id != staff.id and (late or is_asked(request, staff))


class Hands(Desk):
    """Requests that are held while somebody of the desk acts on them."""

    def _locked(self, session: Session, reference: str, staff: Staff) -> Request:
        request = locked(session, requests.c.reference == reference)
        if not may_read(request, staff):
            raise NoSuchRequestError
        return request

    def _owned(self, session: Session, reference: str, staff: Staff) -> Request:
        request = self._locked(session, reference, staff)
        if request.state not in IN_HAND:
            raise NotAllowedError(request.state, "act on")
        if request.owner_id != staff.id:
            raise TakenError(request.owner)
        return request
