"""The outbox to the carer: what she must be told is stored with the change that it tells, and delivered after.

Delivery may happen twice (a crash between telling and noting it), so whoever shows the message keeps ``notice_id`` with
it and refuses a second one; then she reads it exactly once (invariant 9).
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from bot.request.asking import SENTENCE, is_daytime
from bot.request.clock import OfficeHours
from bot.request.history import Notice
from bot.request.record import Request
from bot.request.tables import request_notices
from knowledge.storage import Sessions

logger = logging.getLogger(__name__)

CLAIM_LASTS = timedelta(seconds=60)
"""After this a notice whose delivery never ended is tried again."""

INFORMAL = "informal"
"""Among the values of a notice: she is *je* to us, so the sentence is said that way."""


class Notify(Protocol):
    """Stores a message for her, where she sees it now or when she comes back. Idempotent by ``notice_id``."""

    def __call__(self, conversation_id: str, response_name: str, values: dict[str, Any], *, notice_id: str) -> None: ...


def write_notice(session: Session, request: Request, response: str, now: datetime, **values: Any) -> None:
    """In the running transaction: she must be told ``response`` with these values (the reference is always one).

    ``values`` are kept as JSON: texts for the sentence, and what goes with it, such as the offers of a card.
    """
    told = {"reference": request.reference, **values, **({INFORMAL: "yes"} if request.informal else {})}
    session.add(Notice(str(uuid.uuid4()), request.conversation_id, request.stored_id, response, told, now))


class NoticeBox:
    """Delivers what was written, in order, each notice by one deliverer at a time."""

    def __init__(self, sessions: Sessions, notify: Notify, clock: Callable[[], datetime]) -> None:
        self._sessions = sessions
        self._notify = notify
        self._clock = clock

    def deliver(self) -> int:
        """Tell everything that is due; gives how many were told.

        A failure is logged by its kind, never by its text, and holds up only the conversation it belongs to.
        """
        told, stuck = 0, set[str]()
        for notice in self._due():
            if notice.conversation_id in stuck or not self._claim(notice):
                stuck.add(notice.conversation_id)
                continue
            try:
                self._notify(notice.conversation_id, notice.response, notice.values, notice_id=notice.id)
            except Exception as error:  # delivery is somebody else's code: whatever it raises, the notice stays
                logger.error("notice %s not delivered: %s", notice.id, type(error).__name__)
                self._mark(notice, claimed_until=None)
                stuck.add(notice.conversation_id)
            else:
                self._mark(notice, delivered_at=self._clock())
                told += 1
        return told

    def _due(self) -> list[Notice]:
        waiting = request_notices.c.delivered_at.is_(None)
        with self._sessions() as session:
            found = list(session.scalars(select(Notice).where(waiting).order_by(request_notices.c.number)))
        if is_daytime(self._clock(), OfficeHours()):
            return found
        return [notice for notice in found if notice.response not in SENTENCE.values()]  # a question keeps till morning

    def _claim(self, notice: Notice) -> bool:
        now, notices = self._clock(), request_notices.c
        free = or_(notices.claimed_until.is_(None), notices.claimed_until < now)
        claim = update(request_notices).where(notices.id == notice.id, notices.delivered_at.is_(None), free)
        with self._sessions.begin() as session:
            return bool(session.execute(claim.values(claimed_until=now + CLAIM_LASTS)).rowcount == 1)

    def _mark(self, notice: Notice, **values: datetime | None) -> None:
        with self._sessions.begin() as session:
            session.execute(update(request_notices).where(request_notices.c.id == notice.id).values(**values))
