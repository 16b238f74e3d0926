"""The clock asks her something: each question once, and never at a wrong moment (R109, R110, R111).

A worker calls ``ask_what_is_due`` as often and from as many processes as it likes. Nothing is asked at night or on a
day off, while a person talks with her, in the half hour after she wrote herself, nor ever after a loss that she told.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversations.tables import messages as conversation_messages
from bot.request.asking import SENTENCE, DueQuestion, Question, may_ask_at, next_asking_moment, next_question
from bot.request.base import Desk, NoSuchRequestError, locked, note
from bot.request.followup import FollowUp, follow_up_of, request_followups
from bot.request.history import CLOCK, RequestEvent
from bot.request.notices import write_notice
from bot.request.record import Request
from bot.request.states import IN_HAND
from bot.request.tables import request_events, request_messages, request_notices, requests
from bot.request.vocabulary import EventKind
from bot.understanding.heard import phrases_in
from bot.understanding.text import fold

logger = logging.getLogger(__name__)

AT_ONCE = 500
LOOK_AGAIN_AFTER = timedelta(minutes=15)
"""While it does not suit her now."""
QUIET_FOR = timedelta(minutes=30)
"""So long after her last word nothing is asked by the clock: she may still be writing."""
_QUESTION_OF = {sentence: question for question, sentence in SENTENCE.items()}
_EVENT_OF = {
    Question.CHECK: EventKind.CHECKED,
    Question.FOLLOW_UP: EventKind.FOLLOWED_UP,
    Question.LATER: EventKind.FOLLOWED_UP,
}
"""What goes into the history. Whether it may be asked at all is between her and us."""


@dataclass(frozen=True)
class Asked:
    """A question that was asked now."""

    reference: str
    kind: Question


class AskingByClock(Desk):
    """The clock's questions."""

    def ask_what_is_due(self, now: datetime | None = None) -> list[Asked]:
        """Ask every question that is due, each once, also when two processes do this at the same time."""
        moment = now or self._clock()
        waiting = select(requests.c.id).where(requests.c.ask_at <= moment).order_by(requests.c.ask_at).limit(AT_ONCE)
        with self._sessions() as session:
            ids = list(session.scalars(waiting))
        asked = [one for request_id in ids if (one := self._ask_about(request_id, moment)) is not None]
        if asked:
            self.deliver_notices()
        return asked

    def asked_since(self, conversation_id: str, since: str) -> Question | None:
        """The last question that reached her after ``since`` (ISO 8601; empty: ever), or ``None``."""
        told = request_notices.c
        mine = (told.conversation_id == conversation_id, told.delivered_at.is_not(None))
        asked = select(told.response, told.created_at).where(*mine, told.response.in_(sorted(_QUESTION_OF)))
        with self._sessions() as session:
            last = session.execute(asked.order_by(told.number.desc()).limit(1)).first()
        if last is None or (since and last.created_at <= datetime.fromisoformat(since)):
            return None
        return _QUESTION_OF[last.response]

    def _ask_about(self, request_id: int, now: datetime) -> Asked | None:
        try:
            with self._sessions.begin() as session:
                return self._ask_if_it_suits(session, locked(session, requests.c.id == request_id), now)
        except NoSuchRequestError:  # she erased it a moment ago
            return None
        except Exception as error:  # one request that cannot be asked about must not hold up the others
            logger.error("asking failed for request %s: %s", request_id, type(error).__name__)
            return None

    def _ask_if_it_suits(self, session: Session, request: Request, now: datetime) -> Asked | None:
        office, due = self.office_for(request.municipality), self._next(session, request)
        if due is None or _is_left_in_peace(session, request, due.kind):
            request.ask_at = None
        elif due.at > now or not may_ask_at(now, office):
            request.ask_at = next_asking_moment(max(due.at, now), office)
        elif _is_busy(session, request, now):
            request.ask_at = next_asking_moment(now + LOOK_AGAIN_AFTER, office)
        else:
            self._ask(session, request, due.kind, now)
            return Asked(request.reference, due.kind)
        return None

    def _ask(self, session: Session, request: Request, kind: Question, now: datetime) -> None:
        row = follow_up_of(session, request.stored_id)
        if kind is Question.INVITE:
            row.invited_at = now
        elif kind is Question.FOLLOW_UP:
            row.asked_at = now
        elif kind is Question.LATER:
            row.later_asked_at = now
        write_notice(session, request, SENTENCE[kind], now, holder=request.spoken_holder)
        if (event := _EVENT_OF.get(kind)) is not None:
            note(session, request, event, CLOCK, now)
        session.flush()
        later = self._next(session, request)
        request.ask_at = later.at if later is not None else None

    def _next(self, session: Session, request: Request) -> DueQuestion | None:
        history = select(RequestEvent).where(request_events.c.request_id == request.id).order_by(request_events.c.id)
        follow_up = session.get(FollowUp, request.stored_id)
        return next_question(request, list(session.scalars(history)), follow_up, self.office_for(request.municipality))


def _is_left_in_peace(session: Session, request: Request, kind: Question) -> bool:
    """Did a loss end all questions in this conversation, or does she speak of a death in what nobody read for us: to a
    person, or in a message that danger answered? The one later message that she wanted still comes."""
    if kind is Question.LATER:
        return False
    stopped = (
        select(request_followups.c.request_id)
        .join(requests, requests.c.id == request_followups.c.request_id)
        .where(requests.c.conversation_id == request.conversation_id, request_followups.c.stopped_at.is_not(None))
    )
    return session.execute(stopped).first() is not None or any(
        hit.value == "bereaved" for text in _said_since(session, request) for hit in phrases_in(fold(text))
    )


def _said_since(session: Session, request: Request) -> list[str]:
    """What she wrote since she sent it, here and in the thread of the request."""
    here, thread = conversation_messages.c, request_messages.c
    mine = (
        here.conversation_id == request.conversation_id,
        here.author == "person",
        here.created_at >= request.sent_at,
    )
    typed = session.scalars(select(here.text).where(*mine)).all()
    written = select(thread.text).where(thread.request_id == request.stored_id, thread.from_carer)
    return [*typed, *session.scalars(written).all()]


def _is_busy(session: Session, request: Request, now: datetime) -> bool:
    """Does a person talk with her now, or did she write herself a moment ago?"""
    columns, said = requests.c, conversation_messages.c
    talking = (
        columns.conversation_id == request.conversation_id,
        columns.chat_open,
        columns.state.in_(sorted(IN_HAND)),
    )
    if session.execute(select(columns.id).where(*talking)).first() is not None:
        return True
    mine = (said.conversation_id == request.conversation_id, said.author == "person")
    recent = select(said.id).where(*mine, said.created_at > now - QUIET_FOR)
    return session.execute(recent.limit(1)).first() is not None
