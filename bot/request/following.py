"""What she answers to a later question, and how all questions stop: after a loss, after the care, when she wants it.

Every answer may come at any time, more than once and in any order: buttons stay on screen. What no longer fits changes
nothing and gives ``False``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from bot.request.base import Desk, locked, note
from bot.request.followup import LEAST_REST, MOST_REST, FollowUp, Happened, Needed, follow_up_of
from bot.request.history import CARER
from bot.request.looking_again import take_back_questions
from bot.request.record import Request
from bot.request.states import RUNNING
from bot.request.tables import requests
from bot.request.vocabulary import EventKind, RequestState

_Change = Callable[[Request, FollowUp, datetime], None]
_LOSSES = frozenset({EventKind.LOSS_TOLD, EventKind.CARE_OVER})


class Following(Desk):
    """The later question of her latest request, and her peace."""

    def follow_up(self, conversation_id: str) -> FollowUp | None:
        """How it stands with the later question of her latest request."""
        with self._sessions() as session:
            request = session.scalars(_latest(conversation_id)).first()
            return None if request is None else session.get(FollowUp, request.stored_id)

    def allow_follow_up(self, conversation_id: str, text_version: str) -> bool:
        """She says yes to one later question; ``text_version``: to which text."""

        def say_yes(request: Request, row: FollowUp, now: datetime) -> None:
            if not row.is_wanted:
                row.opted_in_at, row.text_version, row.declined_at = now, text_version, None
            request.ask_at = now

        return self._answer(conversation_id, say_yes, _was_invited)

    def decline_follow_up(self, conversation_id: str) -> bool:
        """She would rather not, now or after a yes: nothing is asked."""

        def say_no(request: Request, row: FollowUp, now: datetime) -> None:
            row.declined_at = now

        return self._answer(conversation_id, say_no, _was_invited)

    def rate_before(self, conversation_id: str, rest: int) -> bool:
        """How much rest there was at home when she sent it, 1 to 5. Raises ``ValueError`` outside that."""

        def keep(request: Request, row: FollowUp, now: datetime) -> None:
            row.rest_before = _on_the_scale(rest)

        return self._answer(conversation_id, keep, lambda row: row.is_wanted)

    def tell_whether_it_happened(self, conversation_id: str, happened: Happened) -> bool:
        """Did what was agreed take place?"""

        def keep(request: Request, row: FollowUp, now: datetime) -> None:
            row.happened = happened

        return self._answer(conversation_id, keep, _was_followed_up)

    def rate_after(self, conversation_id: str, rest: int) -> bool:
        """How much rest there is at home now, 1 to 5. Raises ``ValueError`` outside that."""

        def keep(request: Request, row: FollowUp, now: datetime) -> None:
            row.rest_after = _on_the_scale(rest)

        return self._answer(conversation_id, keep, _was_followed_up)

    def tell_what_is_needed(self, conversation_id: str, needed: Needed) -> bool:
        """What she needs now; where that leads is for the talk."""

        def keep(request: Request, row: FollowUp, now: datetime) -> None:
            row.needed = needed

        return self._answer(conversation_id, keep, _was_followed_up)

    # -- peace --------------------------------------------------------------------------------------------------------

    def stop_asking(self, conversation_id: str) -> Request | None:
        """Nothing is asked about any of her requests any more. Gives the one that somebody still has in hand, the first
        time; ``None`` when there is none, or when it had stopped before."""
        found: Request | None = None
        with self._sessions.begin() as session:
            for request in session.scalars(_sent(conversation_id)).all():
                held = locked(session, requests.c.id == request.id)
                row = follow_up_of(session, held.stored_id)
                if row.stopped_at is not None:
                    continue
                row.stopped_at, held.ask_at = self._clock(), None
                take_back_questions(session, held)
                found = held if held.state in RUNNING else found
        return found

    def tell_of_loss(self, conversation_id: str, kind: EventKind) -> Request | None:
        """With her yes: the desk reads on her request that somebody died (``LOSS_TOLD``) or that the care is over
        (``CARE_OVER``), once; ``None`` when nobody has a request of hers in hand. Raises ``ValueError`` for another
        ``kind``."""
        if kind not in _LOSSES:
            raise ValueError(f"{kind} is no loss")
        with self._sessions.begin() as session:
            request = _held(session, conversation_id)
            if request is None or request.state not in RUNNING:
                return None
            row, now = follow_up_of(session, request.stored_id), self._clock()
            if row.told_at is None:
                row.told_at = now
                note(session, request, kind, CARER, now)
        return request

    def invite_later(self, conversation_id: str) -> bool:
        """May she be asked whether one careful message may come much later? Once, and only when she had said yes to a
        later question that the loss has overtaken."""

        def invite(request: Request, row: FollowUp, now: datetime) -> None:
            row.later_invited_at = now

        return self._answer(conversation_id, invite, _may_invite_later, after_a_loss=True)

    def agree_to_later(self, conversation_id: str, agrees: bool) -> bool:
        """Her answer to that; a no after a yes counts as long as the message has not come."""

        def keep(request: Request, row: FollowUp, now: datetime) -> None:
            row.later_agreed_at = now if agrees else None
            request.ask_at = now if agrees else None

        return self._answer(conversation_id, keep, _was_invited_later, after_a_loss=True)

    def _answer(
        self, conversation_id: str, change: _Change, fits: Callable[[FollowUp], bool], *, after_a_loss: bool = False
    ) -> bool:
        with self._sessions.begin() as session:
            request = _held(session, conversation_id)
            if request is None or request.state is RequestState.WITHDRAWN:
                return False
            row = session.get(FollowUp, request.stored_id)
            if row is None or (row.stopped_at is not None) is not after_a_loss or not fits(row):
                return False
            change(request, row, self._clock())
        return True


def _held(session: Session, conversation_id: str) -> Request | None:
    """Her latest request that was sent, held until the transaction ends."""
    found = session.scalars(_latest(conversation_id)).first()
    return None if found is None else locked(session, requests.c.id == found.id)


def _latest(conversation_id: str) -> Select:
    return _sent(conversation_id).order_by(requests.c.id.desc()).limit(1)


def _sent(conversation_id: str) -> Select:
    return select(Request).where(requests.c.conversation_id == conversation_id, requests.c.sent_at.is_not(None))


def _on_the_scale(rest: int) -> int:
    if not LEAST_REST <= rest <= MOST_REST:
        raise ValueError(f"rest is {LEAST_REST} to {MOST_REST}")
    return rest


def _was_invited(row: FollowUp) -> bool:
    return row.invited_at is not None and row.asked_at is None


def _was_followed_up(row: FollowUp) -> bool:
    return row.asked_at is not None


def _may_invite_later(row: FollowUp) -> bool:
    return row.is_wanted and row.asked_at is None and row.later_invited_at is None


def _was_invited_later(row: FollowUp) -> bool:
    return row.later_invited_at is not None and row.later_asked_at is None
