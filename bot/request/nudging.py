""" "Ik hoor niets": whoever has her request is asked to look again, at most once in a working day (R107)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.request.base import Desk, note
from bot.request.clock import OfficeHours, next_opening
from bot.request.hands import latest_in_hand
from bot.request.history import CARER
from bot.request.record import Request
from bot.request.teams import reach_team
from bot.request.vocabulary import EventKind

_BROUGHT_UP = frozenset({EventKind.SENT, EventKind.REOPENED, EventKind.NUDGED, EventKind.WORSENED})
"""Each of these reaches the desk by itself: after it no nudge is needed on that working day."""


@dataclass(frozen=True)
class Nudge:
    """What became of her asking. ``done``: it was brought up now; else ``last`` is how and ``last_at`` when that was
    done before. ``opens``: from when somebody looks, ``None`` while the office is open. ``phone``: the number of the
    team, empty when nobody gave one."""

    request: Request
    done: bool
    last: EventKind
    last_at: datetime
    opens: datetime | None
    phone: str = ""


class Nudging(Desk):
    """She asks where the answer stays."""

    def nudge(self, conversation_id: str) -> Nudge | None:
        """Bring her request up once more with whoever has it: a line in its history, a mark in the inbox, and a mail
        without personal data. ``None`` when nobody has a request of hers in hand: then there is nothing to wait for."""
        with self._sessions.begin() as session:
            found = latest_in_hand(session, conversation_id)
            if found is None:
                return None
            request, events = found
            now, office = self._clock(), self.office_for(request.municipality)
            last = next(event for event in reversed(events) if event.kind in _BROUGHT_UP)
            kind, at = last.kind, last.at
            done = working_day(now, office) > working_day(at, office)
            if done:
                note(session, request, EventKind.NUDGED, CARER, now)
                kind, at = EventKind.NUDGED, now
            opens = next_opening(now, office)
            phone = reach_team(session, request.municipality, request.team).phone
        return Nudge(request, done, kind, at, opens if opens > now else None, phone)


def working_day(moment: datetime, office: OfficeHours) -> date:
    """The working day to which a moment belongs: what happens after closing is for the next one."""
    return next_opening(moment, office).astimezone(office.zone).date()
