"""The second factor of a local account: a code of an authenticator app (TOTP, RFC 6238), and codes on paper for when
it is lost."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pyotp
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from bot.sealing import Seal, SealError
from bot.staff.roles import Staff
from bot.staff.sessions import end_every_session
from bot.staff.tables import staff_recovery_codes, staff_second_factors
from knowledge.storage import Sessions

STEP_SECONDS = 30
STEPS_OFF = 1
"""A telephone may be this many steps fast or slow."""
PROPOSAL_LASTS = timedelta(minutes=30)
RECOVERY_CODES = 10
MISSES_BEFORE_LOCK = 5
LOCK_LASTS = timedelta(minutes=15)
ISSUER = "Adempauze"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that looks like another


class SecondFactorError(ValueError):
    """It cannot be switched on like this; ``code``: ``old`` (begin again), ``code`` (not the code of now), ``on`` (it
    is on)."""

    def __init__(self, code: str) -> None:
        super().__init__(f"second factor: {code}")
        self.code = code


@dataclass(frozen=True)
class Proposal:
    """A secret that is not in force yet: ``key`` to type, ``uri`` to scan, ``sealed`` for the form to bring back."""

    key: str
    uri: str
    sealed: str


class SecondFactors:
    """Switch it on with a first code, ask it at each sign-in, switch it off. A code works once."""

    def __init__(self, sessions: Sessions, secret: str, clock: Callable[[], datetime]) -> None:
        self._sessions = sessions
        self._seal = Seal(secret, "second-factor", clock)
        self._clock = clock

    def propose(self, staff: Staff) -> Proposal:
        """A new secret for this person; nothing is stored until a code of it was typed."""
        key = pyotp.random_base32()
        return self._proposal(staff, key, self._seal.close(json.dumps([staff.id, key])))

    def reopen(self, staff: Staff, sealed: str) -> Proposal:
        """The same proposal again, after a code that was wrong. Raises ``SecondFactorError`` when it is old or
        another's."""
        try:
            whose, key = json.loads(self._seal.open(sealed, PROPOSAL_LASTS))
        except SealError:
            raise SecondFactorError("old") from None
        if whose != staff.id:
            raise SecondFactorError("old")
        return self._proposal(staff, key, sealed)

    def enable(self, staff: Staff, sealed: str, code: str) -> list[str]:
        """Switch it on, end every session, and give the recovery codes, which are shown once. Raises
        ``SecondFactorError``."""
        key = self.reopen(staff, sealed).key
        step = self._step_of(key, code)
        if step is None:
            raise SecondFactorError("code")
        factors = staff_second_factors.c
        with self._sessions.begin() as session:
            end_every_session(session, staff.id)  # first: it takes the write lock
            if session.execute(select(factors.staff_id).where(factors.staff_id == staff.id)).first() is not None:
                raise SecondFactorError("on")
            session.execute(
                insert(staff_second_factors).values(
                    staff_id=staff.id,
                    sealed_secret=self._seal.close(key),
                    since=self._clock(),
                    last_step=step,
                    failures=0,
                )
            )
            return _new_codes(session, staff.id)

    def passes(self, staff: Staff, code: str) -> bool:
        """Is this a code of now that was not used before, or an unused recovery code? Five misses lock for 15
        minutes."""
        now = self._clock()
        with self._sessions() as session:
            row = session.execute(
                select(staff_second_factors).where(staff_second_factors.c.staff_id == staff.id)
            ).first()
        if row is None or (row.locked_until is not None and row.locked_until > now):
            return False
        if self._use_code(row, code) or self._use_recovery_code(staff.id, code):
            return True
        self._count_miss(staff.id, now)
        return False

    def renew_codes(self, staff: Staff) -> list[str]:
        """New recovery codes; the old ones are worth nothing from now on."""
        with self._sessions.begin() as session:
            return _new_codes(session, staff.id)

    def codes_left(self, staff: Staff) -> int:
        """How many recovery codes are still unused."""
        codes = staff_recovery_codes.c
        unused = select(func.count()).where(codes.staff_id == staff.id, codes.used_at.is_(None))
        with self._sessions() as session:
            return int(session.execute(unused).scalar_one())

    def disable(self, staff: Staff) -> None:
        """Switch it off and end every session; nothing happens when it is off."""
        with self._sessions.begin() as session:
            end_every_session(session, staff.id)
            for table in (staff_second_factors, staff_recovery_codes):
                session.execute(delete(table).where(table.c.staff_id == staff.id))

    def _proposal(self, staff: Staff, key: str, sealed: str) -> Proposal:
        return Proposal(key, pyotp.TOTP(key).provisioning_uri(name=staff.email, issuer_name=ISSUER), sealed)

    def _step_of(self, key: str, code: str) -> int | None:
        """Of which half minute this is the code: the newest that fits, or ``None``."""
        now = int(self._clock().timestamp()) // STEP_SECONDS
        typed, totp = re.sub(r"[^0-9]", "", code), pyotp.TOTP(key)
        fitting = (now + off for off in range(STEPS_OFF, -STEPS_OFF - 1, -1))
        return next((step for step in fitting if hmac.compare_digest(totp.generate_otp(step), typed)), None)

    def _use_code(self, row: Any, code: str) -> bool:
        """Uses the half minute up, also in a race: of two that come with one code, one gets in."""
        try:
            step = self._step_of(self._seal.open(row.sealed_secret), code)
        except SealError:
            return False
        if step is None:
            return False
        factors = staff_second_factors.c
        use = update(staff_second_factors).where(
            factors.staff_id == row.staff_id,
            factors.last_step < step,
        )
        with self._sessions.begin() as session:
            return bool(session.execute(use.values(last_step=step, failures=0, locked_until=None)).rowcount == 1)

    def _use_recovery_code(self, staff_id: int, code: str) -> bool:
        codes = staff_recovery_codes.c
        use = update(staff_recovery_codes).where(
            codes.code_hash == _digest(staff_id, code), codes.staff_id == staff_id, codes.used_at.is_(None)
        )
        with self._sessions.begin() as session:
            return bool(session.execute(use.values(used_at=self._clock())).rowcount == 1)

    def _count_miss(self, staff_id: int, now: datetime) -> None:
        """Counts in the database, so that parallel guesses are all counted."""
        factors = staff_second_factors.c
        mine = update(staff_second_factors).where(factors.staff_id == staff_id)
        with self._sessions.begin() as session:
            session.execute(mine.values(failures=factors.failures + 1))
            too_many = mine.where(factors.failures >= MISSES_BEFORE_LOCK)
            session.execute(too_many.values(failures=0, locked_until=now + LOCK_LASTS))


def _new_codes(session: Session, staff_id: int) -> list[str]:
    session.execute(delete(staff_recovery_codes).where(staff_recovery_codes.c.staff_id == staff_id))
    codes = [
        "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(2)) for _ in range(RECOVERY_CODES)
    ]
    session.execute(
        insert(staff_recovery_codes), [{"code_hash": _digest(staff_id, code), "staff_id": staff_id} for code in codes]
    )
    return codes


def _digest(staff_id: int, code: str) -> str:
    """However it was typed: capitals, spaces and dashes do not matter. Fifty bits of chance need no slow hash."""
    return hashlib.sha256(f"{staff_id}:{re.sub(r'[^A-Z0-9]', '', code.upper())}".encode()).hexdigest()
