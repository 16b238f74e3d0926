"""The audit log: who saw which request and who did what at the desk, when and in which role. Never a word of a carer.

A view or act is *under way* while it runs. When it writes something, its line goes along in that very transaction:
both are kept, or neither. When it writes nothing (a page that is looked at, an act that is refused), the line is
written when it ends, and before anybody sees the page. When the log cannot be written, nothing is shown and nothing
is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, event, func, insert, or_, select, true
from sqlalchemy.orm import Session

from bot.audit.tables import audit_log
from bot.staff.roles import Staff, StaffRole
from knowledge.storage import Sessions
from knowledge.vocabulary import Term

PAGE_SIZE = 100
KEEP = timedelta(days=730)


class Outcome(Term):
    """How it ended."""

    DONE = "done", "gedaan"
    NOT_DONE = "not_done", "niet gelukt"


@dataclass(frozen=True)
class AuditEntry:
    """One line. ``act`` is the code of the route, ``subject`` the reference of a request or the id of what it was
    done to."""

    at: datetime
    staff_id: int
    name: str
    role: StaffRole
    municipality: str | None
    act: str
    subject: str
    outcome: Outcome


@dataclass(frozen=True)
class AuditFilter:
    """Which lines. ``since`` and ``before`` bound the moment; ``municipality`` ``None`` means every one."""

    staff_id: int | None = None
    act: str = ""
    subject: str = ""
    since: datetime | None = None
    before: datetime | None = None
    municipality: str | None = None


class UnderWay:
    """A view or act that runs now: it becomes one line, or two when it was written along and yet ended badly."""

    def __init__(self, staff: Staff, act: str, subject: str) -> None:
        self.staff = staff
        self.act = act
        self.subject = subject
        self.outcome = Outcome.DONE
        self.written = False
        self.goes_along = True
        self.session: Session | None = None


class AuditLog:
    """Writes and reads the log. ``keep`` is how long a line is kept; ``tell`` takes each line along once it is kept."""

    def __init__(
        self,
        sessions: Sessions,
        clock: Callable[[], datetime],
        keep: timedelta = timedelta(days=730),
        tell: Callable[[Mapping[str, Any]], None] | None = None,
    ) -> None:
        self._sessions = sessions
        self._clock = clock
        self._keep = keep
        self._tell = tell
        self._now: ContextVar[UnderWay | None] = ContextVar("what_is_under_way", default=None)
        event.listen(sessions, "before_commit", self._before_commit)
        event.listen(sessions, "after_commit", self._after_commit)
        event.listen(sessions, "after_rollback", self._after_rollback)

    @contextmanager
    def under_way(self, staff: Staff, act: str, subject: str = "") -> Iterator[UnderWay]:
        """The block is one view or act of this person. Set ``outcome`` when it was refused; an exception is a refusal
        too."""
        line = UnderWay(staff, act, subject)
        before = self._now.set(line)
        try:
            yield line
        except BaseException:
            line.outcome = Outcome.NOT_DONE
            raise
        finally:
            self._now.reset(before)
            if not line.written or line.outcome is Outcome.NOT_DONE:
                with self._sessions.begin() as session:
                    self._insert(session, line)

    @contextmanager
    def apart(self) -> Iterator[None]:
        """What is written in this block is not the act itself, such as counting a wrong password."""
        before = self._now.set(None)
        try:
            yield
        finally:
            self._now.reset(before)

    def write(self, staff: Staff, act: str, subject: str = "", outcome: Outcome = Outcome.DONE) -> None:
        """One line of its own, for what happens before somebody is signed in."""
        line = UnderWay(staff, act, subject)
        line.outcome = outcome
        with self._sessions.begin() as session:
            self._insert(session, line)

    def read(self, chosen: AuditFilter, page: int = 1) -> list[AuditEntry]:
        """One page of the lines, newest first."""
        lines = _lines(chosen).limit(PAGE_SIZE).offset(PAGE_SIZE * (max(1, page) - 1))
        with self._sessions() as session:
            return [_entry(row) for row in session.execute(lines)]

    def count(self, chosen: AuditFilter) -> int:
        """How many lines there are."""
        with self._sessions() as session:
            return int(session.execute(select(func.count()).select_from(audit_log).where(_fits(chosen))).scalar_one())

    def all(self, chosen: AuditFilter, most: int) -> list[AuditEntry]:
        """The newest lines, at most ``most``, for a file."""
        with self._sessions() as session:
            return [_entry(row) for row in session.execute(_lines(chosen).limit(most))]

    def acts(self) -> list[str]:
        """Every code that is in the log."""
        with self._sessions() as session:
            return list(session.scalars(select(audit_log.c.act).distinct().order_by(audit_log.c.act)))

    def people(self, municipality: str | None) -> list[tuple[int, str]]:
        """Everybody in the log, by name."""
        columns = audit_log.c
        chosen = select(columns.staff_id, func.max(columns.name).label("name"))
        chosen = chosen.where(_fits(AuditFilter(municipality=municipality))).group_by(columns.staff_id)
        with self._sessions() as session:
            return sorted(((row.staff_id, row.name) for row in session.execute(chosen)), key=lambda one: one[1])

    def purge(self) -> int:
        """Remove the lines that were kept long enough; gives how many. The database refuses to lose younger ones."""
        with self._sessions.begin() as session:
            return int(session.execute(delete(audit_log).where(audit_log.c.at < self._clock() - self._keep)).rowcount)

    def _before_commit(self, session: Session) -> None:
        line = self._now.get()
        if line is None or not line.goes_along or line.session is not None or session.in_nested_transaction():
            return
        line.session = session
        self._insert(session, line)

    def _after_commit(self, session: Session) -> None:
        line = self._now.get()
        if line is not None and line.session is session:
            line.written = True
        for told in session.info.pop(self, ()):
            if self._tell is not None:
                self._tell(told)

    def _after_rollback(self, session: Session) -> None:
        """What was begun was not done: a later transaction, such as that of the page that says so, must not say it
        was."""
        session.info.pop(self, None)
        line = self._now.get()
        if line is not None and not line.written:
            line.goes_along, line.session = False, None

    def _insert(self, session: Session, line: UnderWay) -> None:
        row = {
            "at": self._clock(),
            "staff_id": line.staff.id,
            "name": line.staff.name,
            "role": line.staff.role.value,
            "municipality": line.staff.municipality,
            "act": line.act,
            "subject": line.subject,
            "outcome": line.outcome.value,
        }
        session.execute(insert(audit_log).values(**row))
        told = {**row, "at": row["at"].isoformat(timespec="seconds")}
        session.info[self] = (*session.info.get(self, ()), told)  # told when it is kept


def _lines(chosen: AuditFilter) -> Any:
    return select(audit_log).where(_fits(chosen)).order_by(audit_log.c.at.desc(), audit_log.c.id.desc())


def _fits(chosen: AuditFilter) -> Any:
    """An auditor of one municipality also sees who works for all of them: they can see what came in for this one."""
    columns = audit_log.c
    theirs = or_(columns.municipality == chosen.municipality, columns.municipality.is_(None))
    return and_(
        true() if chosen.staff_id is None else columns.staff_id == chosen.staff_id,
        true() if not chosen.act else columns.act == chosen.act,
        true() if not chosen.subject else columns.subject == chosen.subject,
        true() if chosen.since is None else columns.at >= chosen.since,
        true() if chosen.before is None else columns.at < chosen.before,
        true() if chosen.municipality is None else theirs,
    )


def _entry(row: Any) -> AuditEntry:
    role, outcome = StaffRole(row.role), Outcome(row.outcome)
    return AuditEntry(row.at, row.staff_id, row.name, role, row.municipality, row.act, row.subject, outcome)
