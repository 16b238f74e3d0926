"""When something happened to a request, the clock looks again at what may be asked of her; what no longer fits is not.

Called for every line of the history (``bot.request.base.note``), so that whoever changes a request need not think of
it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from bot.request.asking import SENTENCE
from bot.request.record import Request
from bot.request.tables import request_notices
from bot.request.vocabulary import EventKind

_LOOK_AGAIN = frozenset({EventKind.SENT, EventKind.REOPENED, EventKind.RESOLVED, EventKind.FORWARDED})
_ENDS_IT = frozenset({EventKind.WITHDRAWN})


def look_again(session: Session, request: Request, kind: EventKind, now: datetime) -> None:
    """In the running transaction: what happened can make a question fit, or no longer fit."""
    if kind in _LOOK_AGAIN:
        take_back_questions(session, request)
        request.ask_at = now
    elif kind in _ENDS_IT:
        take_back_questions(session, request)
        request.ask_at = None


def take_back_questions(session: Session, request: Request) -> None:
    """A question that was written and did not reach her yet never will."""
    mine = request_notices.c.request_id == request.stored_id
    undelivered = request_notices.c.delivered_at.is_(None)
    questions = request_notices.c.response.in_(sorted(SENTENCE.values()))
    session.execute(delete(request_notices).where(mine, undelivered, questions))
