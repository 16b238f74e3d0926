"""Who works at the desk: local accounts, their roles, and the two ways in (password, or a link that works once)."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from bot.staff_roles import Permission, Staff, StaffRole
from bot.staff_tables import staff_accounts, staff_second_factors, staff_sign_ins
from knowledge.storage import Sessions

SIGN_IN_LASTS = timedelta(hours=24)
LEAST_PASSWORD_LENGTH = 12
FAILURES_BEFORE_LOCK = 5
LOCK_LASTS = timedelta(minutes=15)

__all__ = ["Permission", "Staff", "StaffAccounts", "StaffError", "StaffRole"]


class StaffError(ValueError):
    """An account cannot be made or changed as asked; the message says what to do, ``code`` names it for a page."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


def _now() -> datetime:
    return datetime.now(timezone.utc)


class StaffAccounts:
    """The accounts. E-mail addresses are compared without regard to capitals."""

    def __init__(self, sessions: Sessions, clock: Callable[[], datetime] = _now) -> None:
        self.sessions = self._sessions = sessions
        self._clock = clock
        self._hasher = PasswordHasher()
        self._hash_of_nobody = self._hasher.hash(secrets.token_urlsafe())

    def add(
        self,
        name: str,
        email: str,
        role: StaffRole,
        municipality: str | None = None,
        password: str | None = None,
        *,
        team: str | None = None,
    ) -> Staff:
        """A new account. Raises ``StaffError`` on an empty name, a malformed or known address, or a short password."""
        with self._sessions.begin() as session:
            self.insert(session, name, email, role, municipality, team, password)
            return _staff(_row(session, _address(email)))

    def insert(
        self,
        session: Session,
        name: str,
        email: str,
        role: StaffRole,
        municipality: str | None = None,
        team: str | None = None,
        password: str | None = None,
    ) -> int:
        """A new account within a transaction of the caller; gives its id. Raises ``StaffError`` as ``add`` does."""
        address = _address(email)
        if _row(session, address) is not None:
            raise StaffError(f"{address} already has an account", "known")
        new = insert(staff_accounts).values(
            name=_name(name),
            email=address,
            role=StaffRole(role).value,
            municipality=municipality or None,
            team=_team(team),
            password_hash=self._hashed(password) if password is not None else None,
            created_at=self._clock(),
        )
        return int(session.execute(new).inserted_primary_key[0])

    def list(self) -> Sequence[Staff]:
        """Everyone, also the disabled, by name."""
        with self._sessions() as session:
            return [_staff(row) for row in session.execute(_PEOPLE.order_by(staff_accounts.c.name))]

    def get(self, staff_id: int) -> Staff | None:
        """The person with this id, or ``None`` if there is none or the account is disabled."""
        person = self.find(staff_id)
        return person if person is not None and person.disabled_at is None else None

    def find(self, staff_id: int) -> Staff | None:
        """The person with this id, also when the account is disabled; ``None`` if there is none."""
        with self._sessions() as session:
            row = session.execute(_PEOPLE.where(staff_accounts.c.id == staff_id)).first()
        return _staff(row) if row is not None else None

    def by_address(self, email: str) -> Staff | None:
        """Who has this address, also when the account is disabled; ``None`` if nobody has."""
        with self._sessions() as session:
            row = _row(session, email.strip().casefold())
        return _staff(row) if row is not None else None

    def disable(self, email: str) -> None:
        """End every way in, at once. Raises ``StaffError`` if nobody has this address."""
        self._change(email, disabled_at=self._clock(), **_ENDED)

    def enable(self, email: str) -> None:
        """Let somebody in again who was disabled. Raises ``StaffError`` if nobody has this address."""
        self._change(email, disabled_at=None)

    def change(self, staff: Staff, *, name: str, role: StaffRole, municipality: str | None, team: str | None) -> Staff:
        """Another name, role or place. Sessions go on; what they may is asked anew at every page. Raises
        ``StaffError``."""
        changed = {"role": StaffRole(role).value, "municipality": municipality or None, "team": _team(team)}
        self._change(staff.email, name=_name(name), **changed)
        found = self.find(staff.id)
        assert found is not None
        return found

    def set_password(self, email: str, password: str) -> None:
        """Also ends all sessions, on every device: who knew the old password is out.

        Raises ``StaffError`` if nobody has this address or the password is shorter than the minimum.
        """
        self._change(email, password_hash=self._hashed(password), failed_sign_ins=0, locked_until=None, **_ENDED)

    def sign_out(self, staff_id: int) -> None:
        """End all sessions of this person, on every device."""
        with self._sessions.begin() as session:
            session.execute(update(staff_accounts).where(staff_accounts.c.id == staff_id).values(**_ENDED))

    def sign_in(self, email: str, password: str) -> Staff | None:
        """Who this is, or ``None``. Takes as long for an unknown address; five misses in a row lock for 15 minutes."""
        now = self._clock()
        with self._sessions() as session:
            row = _row(session, email.strip().casefold())
        if not self._matches(row.password_hash if row is not None else None, password):
            if row is not None:
                self._count_failure(row, now)
            return None
        if row is None or row.disabled_at is not None or (row.locked_until is not None and row.locked_until > now):
            return None
        self._change(row.email, failed_sign_ins=0, locked_until=None)
        return _staff(row)

    def issue_sign_in(self, email: str) -> str:
        """A token that lets this person in once within 24 hours; only its hash is kept. Raises ``StaffError``."""
        token = secrets.token_urlsafe(32)
        with self._sessions.begin() as session:
            row = _row(session, _address(email))
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
            staff_id = session.execute(select(tokens.staff_id).where(tokens.token_hash == _digest(token))).scalar_one()
        return self.get(staff_id)

    def ensure_local_staff(self) -> Sequence[tuple[Staff, str]]:
        """For a start on one's own machine: a coordinator and an editor if nobody has an account, and a fresh way in.

        Empty as soon as there are only accounts that somebody made on purpose.
        """
        with self._sessions() as session:
            nobody = session.execute(select(func.count()).select_from(staff_accounts)).scalar_one() == 0
        if nobody:
            for name, email, role in _LOCAL_STAFF:
                self.add(name, email, role)
        local = {email for _, email, _ in _LOCAL_STAFF}
        people = [person for person in self.list() if person.email in local and person.disabled_at is None]
        return [(person, self.issue_sign_in(person.email)) for person in people]

    def end_sign_ins(self, staff_id: int) -> None:
        """Make the one-time links of this person that are still open worth nothing."""
        open_links = update(staff_sign_ins).where(
            staff_sign_ins.c.staff_id == staff_id, staff_sign_ins.c.used_at.is_(None)
        )
        with self._sessions.begin() as session:
            session.execute(open_links.values(used_at=self._clock()))

    def _change(self, email: str, **values: Any) -> None:
        with self._sessions.begin() as session:
            changed = update(staff_accounts).where(staff_accounts.c.email == email.strip().casefold()).values(**values)
            if session.execute(changed).rowcount != 1:
                raise StaffError(f"{email} has no account", "nobody")

    def _count_failure(self, row: Any, now: datetime) -> None:
        """Counts in the database, so that parallel guesses are all counted."""
        accounts = staff_accounts.c
        with self._sessions.begin() as session:
            mine = update(staff_accounts).where(accounts.id == row.id)
            session.execute(mine.values(failed_sign_ins=accounts.failed_sign_ins + 1))
            too_many = mine.where(accounts.failed_sign_ins >= FAILURES_BEFORE_LOCK)
            session.execute(too_many.values(failed_sign_ins=0, locked_until=now + LOCK_LASTS))

    def _hashed(self, password: str) -> str:
        if len(password) < LEAST_PASSWORD_LENGTH:
            raise StaffError(f"a password needs at least {LEAST_PASSWORD_LENGTH} characters", "password")
        return str(self._hasher.hash(password))

    def _matches(self, password_hash: str | None, password: str) -> bool:
        try:
            matches = bool(self._hasher.verify(password_hash or self._hash_of_nobody, password))
        except (Argon2Error, InvalidHashError):
            return False
        return matches and password_hash is not None


_LOCAL_STAFF = (
    ("Coördinator (lokaal)", "coordinator@localhost", StaffRole.COORDINATOR),
    ("Redacteur (lokaal)", "editor@localhost", StaffRole.EDITOR),
)


def _address(email: str) -> str:
    address = email.strip().casefold()
    if len(address) > 254 or not re.fullmatch(r"[^@\s]+@[^@\s]+", address):
        raise StaffError(f"{email!r} is not an e-mail address such as naam@gemeente.nl", "address")
    return address


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _name(typed: str) -> str:
    name = " ".join(typed.split())
    if not name:
        raise StaffError("a name is needed: carers read it when somebody takes up their request", "name")
    if len(name) > 120:
        raise StaffError("a name has at most 120 characters", "name")
    return name


def _team(typed: str | None) -> str | None:
    team = " ".join((typed or "").split())
    if len(team) > 120:
        raise StaffError("the name of a team has at most 120 characters", "team")
    return team or None


_ENDED = {"sign_outs": staff_accounts.c.sign_outs + 1}
_PEOPLE = select(staff_accounts, staff_second_factors.c.since.label("second_factor_since")).outerjoin(
    staff_second_factors, staff_second_factors.c.staff_id == staff_accounts.c.id
)


def _row(session: Session, address: str) -> Any:
    return session.execute(_PEOPLE.where(staff_accounts.c.email == address)).first()


def _staff(row: Any) -> Staff:
    return Staff(
        row.id,
        row.name,
        row.email,
        StaffRole(row.role),
        row.municipality,
        row.disabled_at,
        row.team,
        row.sign_outs,
        second_factor=row.second_factor_since is not None,
        has_password=row.password_hash is not None,
    )
