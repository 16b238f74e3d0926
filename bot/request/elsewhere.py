"""What the municipality did with a request in a register of its own (Open Klant), as far as we can know it.

"Verwerkt" there says that a task was ticked off, not what became of the carer: somebody may have called her, or only
have opened our desk. So it changes no state and stops no promise. It is written down for who works at the desk, and
while nobody here has the request she is asked whether it is solved.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.outbox.letters import LetterEvent
from bot.outbox.writing import WRITER
from bot.request.base import Desk, NoSuchRequestError, locked, note
from bot.request.clock import moment_in_words
from bot.request.history import Actor
from bot.request.notices import write_notice
from bot.request.record import Request
from bot.request.states import RUNNING, WAITING_FOR_SOMEONE
from bot.request.tables import request_events, requests
from bot.request.vocabulary import EventKind

REGISTER = Actor("Open Klant")


def was_closed_elsewhere(session: Session, request: Request) -> bool:
    """Did a register of the municipality say that it is over?"""
    mine = (request_events.c.request_id == request.stored_id, request_events.c.kind == EventKind.CLOSED_ELSEWHERE)
    return session.execute(select(request_events.c.id).where(*mine)).first() is not None


class Elsewhere(Desk):
    """What a register of the municipality tells us."""

    def close_elsewhere(self, request_id: int, at: datetime | None) -> bool:
        """The task of this request was ticked off there; ``at``: when, if that was said. Twice is once; ``False`` when
        there was nothing to write down."""
        try:
            with self._sessions.begin() as session:
                request = locked(session, requests.c.id == request_id)
                if request.state not in RUNNING or was_closed_elsewhere(session, request):
                    return False
                now = self._clock()
                note(session, request, EventKind.CLOSED_ELSEWHERE, REGISTER, now, moment_in_words(at) if at else "")
                if request.state in WAITING_FOR_SOMEONE:
                    write_notice(session, request, "utter_request_closed_elsewhere", now)
                    if (writer := session.info.get(WRITER)) is not None:
                        writer.write(session, request, LetterEvent.MESSAGE, now)
        except NoSuchRequestError:  # she erased it a moment ago
            return False
        return True
