"""The codes of conversations: made, looked at, used once, ended by a newer one."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import and_, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from bot.conversations.records import UnknownConversationError
from bot.going_on.code import new_code, read_code, shown
from bot.going_on.tables import going_on_codes as codes
from knowledge.storage import Sessions

LASTS = timedelta(days=7)
"""Long enough for "I go on next week"; a product choice."""

AGAIN_FOR = timedelta(minutes=10)
"""So long the place that used a code may use it again: the answer to its call may have been lost."""


@dataclass(frozen=True)
class GivenCode:
    """A code as she gets it; ``text`` is nowhere else."""

    text: str
    ends_at: datetime


class GoingOnCodes:
    """Every call is one short transaction. ``secret`` is that of the house: who reads the database learns no code."""

    def __init__(self, sessions: Sessions, secret: str, clock: Callable[[], datetime]) -> None:
        self._sessions = sessions
        self._secret = secret.encode()
        self._clock = clock

    def make(self, conversation_id: str) -> GivenCode:
        """A new code of this conversation; an earlier one ends. Raises ``UnknownConversationError``."""
        code, ends_at = new_code(), self._clock() + LASTS
        row = {"mark": self._mark("code", code), "ends_at": ends_at, "used_by": None, "used_at": None}
        hers = codes.c.conversation_id == conversation_id
        try:
            with self._sessions.begin() as session:
                if session.execute(update(codes).where(hers).values(**row)).rowcount == 0:
                    session.execute(insert(codes).values(conversation_id=conversation_id, **row))
        except IntegrityError:
            if self._has_one(conversation_id):  # asked for twice at the same moment: the later one counts
                return self.make(conversation_id)
            raise UnknownConversationError from None
        return GivenCode(shown(code), ends_at)

    def find(self, text: str, by: str) -> str | None:
        """The conversation that this code would open for ``by`` now; ``None`` when it opens nothing (any more)."""
        code = read_code(text)
        if code is None:
            return None
        chosen = select(codes.c.conversation_id).where(self._is_open(code, by))
        with self._sessions() as session:
            found = session.execute(chosen).scalar_one_or_none()
        return str(found) if found is not None else None

    def use(self, text: str, by: str) -> str | None:
        """Use it up; gives its conversation. ``by`` names the place that uses it, such as one call of one browser: the
        same place may use it again for a while, any other gets ``None``."""
        code = read_code(text)
        if code is None:
            return None
        is_open, now = self._is_open(code, by), self._clock()
        with self._sessions.begin() as session:
            first = and_(is_open, codes.c.used_by.is_(None))
            session.execute(update(codes).where(first).values(used_by=self._mark("by", by), used_at=now))
            found = session.execute(select(codes.c.conversation_id).where(is_open)).scalar_one_or_none()
        return str(found) if found is not None else None

    def end(self, conversation_id: str) -> None:
        """Whatever code this conversation has opens nothing any more."""
        with self._sessions.begin() as session:
            session.execute(delete(codes).where(codes.c.conversation_id == conversation_id))

    def _is_open(self, code: str, by: str):  # type: ignore[no-untyped-def]
        now = self._clock()
        again = and_(codes.c.used_by == self._mark("by", by), codes.c.used_at > now - AGAIN_FOR)
        unused = and_(codes.c.used_by.is_(None), codes.c.ends_at > now)
        return and_(codes.c.mark == self._mark("code", code), or_(unused, again))

    def _has_one(self, conversation_id: str) -> bool:
        with self._sessions() as session:
            found = session.execute(select(codes.c.mark).where(codes.c.conversation_id == conversation_id))
            return found.first() is not None

    def _mark(self, purpose: str, text: str) -> str:
        message = f"adempauze:going-on:{purpose}:{text}".encode("utf-8", "surrogatepass")
        return hmac.new(self._secret, message, sha256).hexdigest()
