"""What the clock does by itself: a worker calls ``remind``, as often and from as many processes as it likes."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.request.base import Desk, NoSuchRequestError, locked, note
from bot.request.clock import moment_in_words, next_opening
from bot.request.due import EVENT_OF, DueKind, due_steps, steps_of_round
from bot.request.elsewhere import was_closed_elsewhere
from bot.request.history import CLOCK, RequestEvent
from bot.request.notices import write_notice
from bot.request.record import Request
from bot.request.tables import request_events, requests
from bot.request.teams import RequestTeam, reach_team

logger = logging.getLogger(__name__)

AT_ONCE = 500
"""How many requests one call looks at; the rest comes with the next call."""

_LATE = ("utter_request_late", "utter_request_late_closed")
_LATE_CALL = ("utter_request_late_call", "utter_request_late_call_closed")
"""That it takes longer, while the office is open and while it is closed; with a number to call, where there is one."""


@dataclass(frozen=True)
class Reminder:
    """A step that was taken now: of which request, what, and to whom at the desk (``to``; by mail to ``email`` where
    that is known, never with what is in the request)."""

    reference: str
    kind: DueKind
    to: str
    email: str = ""


class Reminding(Desk):
    """The clock's own work."""

    def remind(self, now: datetime | None = None) -> list[Reminder]:
        """Take every step that is due, each once, also when two processes do this at the same time; gives what was
        done. What happened stands in the history (who was reminded, in ``reason``); what she is told is a notice.
        """
        moment = now or self._clock()
        waiting = select(requests.c.id).where(requests.c.due_at <= moment).order_by(requests.c.due_at).limit(AT_ONCE)
        with self._sessions() as session:
            ids = list(session.scalars(waiting))
        done = [reminder for request_id in ids for reminder in self._remind_of(request_id, moment)]
        self.deliver_notices()
        return done

    def _remind_of(self, request_id: int, now: datetime) -> Sequence[Reminder]:
        try:
            with self._sessions.begin() as session:
                return self._take_steps(session, locked(session, requests.c.id == request_id), now)
        except NoSuchRequestError:  # she erased it a moment ago
            return ()
        except Exception as error:  # one request that cannot be reminded of must not hold up the others
            logger.error("the clock failed for request %s: %s", request_id, type(error).__name__)
            return ()

    def _take_steps(self, session: Session, request: Request, now: datetime) -> Sequence[Reminder]:
        history = select(RequestEvent).where(request_events.c.request_id == request.id).order_by(request_events.c.id)
        events, office = list(session.scalars(history)), self.office_for(request.municipality)
        due = due_steps(request, events, now, office)
        team = reach_team(session, request.municipality, request.team, but=request.owner_id) if due else None
        done = [self._take(session, request, step.kind, team, now) for step in due if team is not None]
        later = [step.at for step in steps_of_round(request, events, office) if step not in due]
        request.due_at = min(later, default=None)
        return done

    def _take(self, session: Session, request: Request, kind: DueKind, team: RequestTeam, now: datetime) -> Reminder:
        to = request.holder
        if kind is DueKind.ESCALATE and team.second:
            to, request.second_id, request.second = team.second, team.second_id, team.second
        if kind is DueKind.WARN_CARER:
            self._tell_that_it_takes_longer(session, request, team.phone, now)
        note(session, request, EVENT_OF[kind], CLOCK, now, to)
        return Reminder(request.reference, kind, to, team.email)

    def _tell_that_it_takes_longer(self, session: Session, request: Request, phone: str, now: datetime) -> None:
        """With whom she can call, and, when the office is closed (the clock stood still, or it is evening), what to do
        until it opens (R106)."""
        opens = next_opening(now, self.office_for(request.municipality))
        name = (_LATE_CALL if phone else _LATE)[opens > now]
        if was_closed_elsewhere(session, request):  # then we cannot say that nobody had contact with her
            name = "utter_request_late_elsewhere"
        write_notice(
            session,
            request,
            name,
            now,
            holder=request.second or request.spoken_holder,
            phone=phone,
            opens=moment_in_words(opens),
        )
