"""How staff come in: with a password, or with a link that works once; and how every way in ends."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta, timezone
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy import insert, select, update

from bot.staff.passwords import LEAST_LENGTH, RefusedPasswordError, check_password
from bot.staff.roles import Staff
from bot.staff.rows import PEOPLE, StaffError, address_of, person_of, row_of
from bot.staff.sessions import end_every_session
from bot.staff.tables import staff_accounts, staff_sign_ins
from knowledge.storage import Sessions

SIGN_IN_LASTS = timedelta(hours=24)
FAILURES_BEFORE_LOCK = 5
LOCK_LASTS = timedelta(minutes=15)
_REFUSED = {
    "short": f"a password needs at least {LEAST_LENGTH} characters",
    "leaked": "this password is on a list of passwords that leaked elsewhere",
    "guessable": "this password is easy to guess: four words that have nothing to do with each other are better",
    "own": "this password is mostly a name or a word of this house: choose other words",
}


def _now() -> datetime:
    return datetime.now(timezone.utc)


@cache
def _hash_of_nobody() -> str:
    """What an unknown address is held against. Made once a process: it takes as long as a sign-in."""
    return PasswordHasher().hash(secrets.token_urlsafe())


class WaysIn:
    """The half of the accounts that opens and closes doors; ``bot/staff/accounts.py`` says who has an account."""

    def __init__(self, sessions: Sessions, clock: Callable[[], datetime] = _now) -> None:
        self.sessions = self._sessions = sessions
        self._clock = clock
        self._hasher = PasswordHasher()
        self._hash_of_nobody = _hash_of_nobody()

    def sign_in(self, email: str, password: str) -> Staff | None:
        """Who this is, or ``None``. Takes as long for an unknown address; five misses in a row lock for 15 minutes."""
        now = self._clock()
        with self._sessions() as session:
            row = row_of(session, email.strip().casefold())
        if not self._matches(row.password_hash if row is not None else None, password):
            if row is not None:
                self._count_failure(row, now)
            return None
        if row is None or row.disabled_at is not None or (row.locked_until is not None and row.locked_until > now):
            return None
        self._change(row.email, failed_sign_ins=0, locked_until=None)
        return person_of(row)

    def set_password(self, email: str, password: str) -> None:
        """Also ends all sessions, on every device: who knew the old password is out.

        Raises ``StaffError`` if nobody has this address or the password is refused (``bot/staff/passwords.py``).
        """
        with self._sessions() as session:
            row = row_of(session, email.strip().casefold())
        about = [row.name, row.email, row.municipality or "", row.team or ""] if row is not None else []
        hashed = self._hashed(password, about)
        self._change(email, password_hash=hashed, failed_sign_ins=0, locked_until=None, ends_sessions=True)

    def sign_out(self, staff_id: int) -> None:
        """End all sessions of this person, on every device."""
        with self._sessions.begin() as session:
            end_every_session(session, staff_id)

    def issue_sign_in(self, email: str) -> str:
        """A token that lets this person in once within 24 hours; only its hash is kept. Raises ``StaffError``."""
        token = secrets.token_urlsafe(32)
        with self._sessions.begin() as session:
            row = row_of(session, address_of(email))
            if row is None or row.disabled_at is not None:
                raise StaffError(f"{email} has no active account", "nobody")
            expires = self._clock() + SIGN_IN_LASTS
            session.execute(
                insert(staff_sign_ins).values(token_hash=_digest(token), staff_id=row.id, expires_at=expires)
            )
        return token

    def sign_in_with_token(self, token: str) -> Staff | None:
        """Who this is, or ``None`` when the token is unknown, used or too old. Uses it up, also in a race."""
        now, tokens = self._clock(), staff_sign_ins.c
        use = update(staff_sign_ins).where(
            tokens.token_hash == _digest(token), tokens.used_at.is_(None), tokens.expires_at > now
        )
        with self._sessions.begin() as session:
            if session.execute(use.values(used_at=now)).rowcount != 1:
                return None
            whose = select(tokens.staff_id).where(tokens.token_hash == _digest(token)).scalar_subquery()
            row = session.execute(PEOPLE.where(staff_accounts.c.id == whose)).one()
        return person_of(row) if row.disabled_at is None else None

    def end_sign_ins(self, staff_id: int) -> None:
        """Make the one-time links of this person that are still open worth nothing."""
        open_links = update(staff_sign_ins).where(
            staff_sign_ins.c.staff_id == staff_id, staff_sign_ins.c.used_at.is_(None)
        )
        with self._sessions.begin() as session:
            session.execute(open_links.values(used_at=self._clock()))

    def _change(self, email: str, *, ends_sessions: bool = False, **values: Any) -> None:
        address, accounts = email.strip().casefold(), staff_accounts.c
        with self._sessions.begin() as session:
            if session.execute(update(staff_accounts).where(accounts.email == address).values(**values)).rowcount != 1:
                raise StaffError(f"{email} has no account", "nobody")
            if ends_sessions:
                end_every_session(
                    session, session.execute(select(accounts.id).where(accounts.email == address)).scalar()
                )

    def _count_failure(self, row: Any, now: datetime) -> None:
        """Counts in the database, so that parallel guesses are all counted."""
        accounts = staff_accounts.c
        with self._sessions.begin() as session:
            mine = update(staff_accounts).where(accounts.id == row.id)
            session.execute(mine.values(failed_sign_ins=accounts.failed_sign_ins + 1))
            too_many = mine.where(accounts.failed_sign_ins >= FAILURES_BEFORE_LOCK)
            session.execute(too_many.values(failed_sign_ins=0, locked_until=now + LOCK_LASTS))

    def _hashed(self, password: str, about: Iterable[str]) -> str:
        try:
            check_password(password, about)
        except RefusedPasswordError as refused:
            raise StaffError(_REFUSED[refused.code], refused.code) from None
        return str(self._hasher.hash(password))

    def _matches(self, password_hash: str | None, password: str) -> bool:
        try:
            matches = bool(self._hasher.verify(password_hash or self._hash_of_nobody, password))
        except (Argon2Error, InvalidHashError):
            return False
        return matches and password_hash is not None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
