"""How long each kind of data stays: the one table of it, and who removes what is past its end (invariant 10).

Every table of the database belongs to a kind; a test holds that. The words for each kind (what it is, why we have it
and why so long) stand in ``kinds.yml``; the privacy page and the registers are made of both. A request that somebody
still has to answer is never removed, and neither is the talk in which its answer must arrive.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, exists, func, or_, select, update

from bot.audit.log import KEEP as AUDIT_KEPT
from bot.chats.records import SEEN_FOR, WorkState
from bot.chats.sendings import SENT_KEPT
from bot.chats.tables import arrivals, sendings
from bot.conversations.store import KEEP as TALK_KEPT
from bot.conversations.tables import conversations
from bot.going_on.codes import LASTS as CODE_LASTS
from bot.going_on.tables import going_on_codes
from bot.insight.tallying import KEEP_YEARS
from bot.outbox.carrying import KEPT as LETTER_KEPT
from bot.privacy.erasing import erase_talk
from bot.request.states import RUNNING
from bot.request.tables import requests
from bot.request.vocabulary import RequestState
from bot.staff.tables import staff_sessions, staff_sign_ins
from knowledge.storage import Sessions
from knowledge.tables import offer_reports_table, unanswered_questions_table, unmet_needs_table

REQUEST_KEPT = timedelta(days=180)
"""After it was closed or handed to a desk outside: long enough to open it again, for the later questions (R110) and
for a complaint. The file itself is the municipality's."""
WITHDRAWN_KEPT = timedelta(days=30)
SIGN_IN_KEPT = timedelta(days=7)
SESSION_KEPT = timedelta(days=1)
REPORT_KEPT = timedelta(days=365)
FIGURES_KEPT = timedelta(days=365 * 3)
TALLIES_KEPT = timedelta(days=365 * KEEP_YEARS)
PROLONG_BEFORE, PROLONG_BY = timedelta(days=7), timedelta(days=30)
"""The talk of a request that runs never comes nearer to its end than this."""


@dataclass(frozen=True)
class Kind:
    """One kind of data. ``period`` ``None``: as long as what it belongs to; ``personal``: is it about people who use
    the house, about ``"staff"``, or about nobody (``""``)?"""

    name: str
    tables: tuple[str, ...]
    period: timedelta | None
    personal: str = "carer"


KINDS = (
    Kind("talk", ("conversations", "messages", "talks"), TALK_KEPT),
    Kind("chat", ("chats",), None),
    Kind("going_on", ("going_on_codes",), CODE_LASTS),
    Kind("chat_in", ("chat_arrivals",), SEEN_FOR),
    Kind("chat_out", ("chat_sendings",), SENT_KEPT),
    Kind(
        "request", ("requests", "request_events", "request_messages", "request_notes", "request_notices"), REQUEST_KEPT
    ),
    Kind("withdrawn", ("requests",), WITHDRAWN_KEPT),
    Kind("follow_up", ("request_followups",), None),
    Kind("letter", ("letters",), LETTER_KEPT),
    Kind("audit", ("audit_log",), AUDIT_KEPT, "staff"),
    Kind(
        "staff",
        ("staff_accounts", "staff_second_factors", "staff_recovery_codes", "staff_identities", "request_teams"),
        None,
        "staff",
    ),
    Kind("sign_in", ("staff_sign_ins",), SIGN_IN_KEPT, "staff"),
    Kind("session", ("staff_sessions",), SESSION_KEPT, "staff"),
    Kind("catalogue", ("records", "drafts", "changes", "change_counter"), None, "staff"),
    Kind("report", ("offer_reports",), REPORT_KEPT, "staff"),
    Kind("question", ("unanswered_questions", "unmet_needs"), FIGURES_KEPT, ""),
    Kind("figures", ("insight_months", "insight_tallies"), TALLIES_KEPT, ""),
    Kind("keys", ("house_keys", "alembic_version"), None, ""),
)


class Retention:
    """Removes what is past its end. Every step is one short transaction, safe to repeat and for several processes."""

    def __init__(self, sessions: Sessions, clock: Callable[[], datetime]) -> None:
        self._sessions = sessions
        self._clock = clock

    def tidy(self) -> int:
        """Keep what is needed, remove what is past its end; gives how many talks went."""
        now = self._clock()
        self._prolong(now)
        gone = self._end_talks(now)
        for step in _ENDS:
            with self._sessions.begin() as session:
                session.execute(step(now).execution_options(synchronize_session=False))
        return gone

    def _prolong(self, now: datetime) -> None:
        """The answer to a request must find her talk."""
        near = conversations.c.expires_at <= now + PROLONG_BEFORE
        longer = update(conversations).where(near, _is_running()).values(expires_at=now + PROLONG_BY)
        with self._sessions.begin() as session:
            session.execute(longer.execution_options(synchronize_session=False))

    def _end_talks(self, now: datetime) -> int:
        over = select(conversations.c.id).where(conversations.c.expires_at <= now, ~_is_running())
        with self._sessions() as session:
            ids = list(session.scalars(over))
        for conversation_id in ids:
            with self._sessions.begin() as session:
                # Looked at again under the lock: she may have come back, or sent it, since.
                still = update(conversations).where(
                    conversations.c.id == conversation_id, conversations.c.expires_at <= now, ~_is_running()
                )
                if session.execute(
                    still.values(id=conversation_id).execution_options(synchronize_session=False)
                ).rowcount:
                    erase_talk(session, conversation_id)
        return len(ids)


def _is_running() -> Any:
    return exists().where(requests.c.conversation_id == conversations.c.id, requests.c.state.in_(sorted(RUNNING)))


def _closed_requests(now: datetime) -> Any:
    """Handed to a desk outside counts as closed from the last thing that happened here."""
    columns = requests.c
    ended = func.coalesce(columns.closed_at, columns.contacted_at, columns.accepted_at, columns.sent_at)
    over = and_(columns.state.in_([RequestState.RESOLVED, RequestState.FORWARDED]), ended <= now - REQUEST_KEPT)
    withdrawn = and_(columns.state == RequestState.WITHDRAWN, columns.closed_at <= now - WITHDRAWN_KEPT)
    draft = and_(
        columns.state == RequestState.DRAFTED,
        columns.created_at <= now - TALK_KEPT,
        ~exists().where(conversations.c.id == columns.conversation_id),
    )
    return delete(requests).where(or_(over, withdrawn, draft))


def _chat_arrivals(now: datetime) -> Any:
    done = arrivals.c.state.in_([WorkState.DONE, WorkState.DROPPED])
    return delete(arrivals).where(done, arrivals.c.arrived_at < now - SEEN_FOR)


def _chat_sendings(now: datetime) -> Any:
    done = sendings.c.state.in_([WorkState.DONE, WorkState.DROPPED])
    return delete(sendings).where(done, sendings.c.created_at < now - SENT_KEPT)


def _sign_ins(now: datetime) -> Any:
    return delete(staff_sign_ins).where(staff_sign_ins.c.expires_at < now - SIGN_IN_KEPT)


def _sessions(now: datetime) -> Any:
    return delete(staff_sessions).where(staff_sessions.c.began_at < now - SESSION_KEPT)


def _reports(now: datetime) -> Any:
    return delete(offer_reports_table).where(offer_reports_table.c.handled_at < now - REPORT_KEPT)


def _questions(now: datetime) -> Any:
    columns = unanswered_questions_table.c
    return delete(unanswered_questions_table).where(columns.month < f"{now - FIGURES_KEPT:%Y-%m}")


def _unmet(now: datetime) -> Any:
    return delete(unmet_needs_table).where(unmet_needs_table.c.month < f"{now - FIGURES_KEPT:%Y-%m}")


def _codes(now: datetime) -> Any:
    return delete(going_on_codes).where(going_on_codes.c.ends_at <= now)


_ENDS = (_closed_requests, _chat_arrivals, _chat_sendings, _codes, _sign_ins, _sessions, _reports, _questions, _unmet)
"""What ends by itself. Letters, the audit log and tallies end in their own rooms (``Outbox.tidy``, ``AuditLog.purge``,
``Tallies``), from the same periods."""
