"""The outbox: who carries which letter now, what came of it, and the letters that only a person can help on.

Safe for any number of workers, in one process or in many. A claim is one conditional update whose touched rows decide,
on SQLite and on PostgreSQL; there ``SKIP LOCKED`` lets workers walk past each other. Every later change asks for the
same claim, so a worker that slept through its lease changes nothing and hands nothing over.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from bot.outbox.letters import (
    LEASE,
    Delivered,
    Letter,
    LetterEvent,
    LetterKind,
    LetterState,
    Outcome,
    found_abandoned,
    settled,
)
from bot.outbox.tables import letters
from bot.outbox.writing import write_look
from bot.request.record import Request
from bot.request.tables import requests
from bot.staff.accounts import Staff
from knowledge.storage import Sessions

KEPT = timedelta(days=30)
"""A delivered letter is kept so long, to answer whether something was sent."""

LATE_AFTER = timedelta(minutes=15)
"""Every lane looks every few seconds; a letter that is due for so long has no worker."""

_COLUMNS = letters.c
_IN_THE_REGISTER = (LetterKind.OPEN_KLANT, LetterEvent.SENT)


class LostClaimError(Exception):
    """Somebody else has this letter now, or it is gone; whoever held it stops."""


@dataclass(frozen=True)
class LetterLine:
    """A letter as the desk shows it: without anything of the carer but the reference."""

    id: str
    kind: LetterKind
    event_label: str
    reference: str
    municipality: str
    attempts: int
    created_at: datetime
    reason: str


class Outbox:
    """Letters in the database. ``chance`` gives numbers from 0 to 1 for the spread of pauses."""

    def __init__(
        self, sessions: Sessions, clock: Callable[[], datetime], chance: Callable[[], float] = random.random
    ) -> None:
        self._sessions = sessions
        self._clock = clock
        self._chance = chance

    def claim(self, kinds: Collection[LetterKind]) -> Letter | None:
        """Take the letter of these kinds that is due longest; ``None`` when nothing is due. Counts as a try.

        A letter whose worker died is taken up too, unless it may have arrived and must not arrive twice: that one is
        set aside for a person.
        """
        while True:
            now = self._clock()
            with self._sessions.begin() as session:
                letter = session.scalars(_due(kinds, now)).first()
                if letter is None:
                    return None
                free = and_(_COLUMNS.id == letter.id, _COLUMNS.state == letter.state, _same_claim(letter.claim))
                aside = found_abandoned(letter, now) if letter.state is LetterState.SENDING else None
                taken = aside or {
                    "state": LetterState.SENDING,
                    "claim": str(uuid.uuid4()),
                    "claimed_until": now + LEASE,
                    "attempts": letter.attempts + 1,
                    "handed_over_at": None,
                }
                session.expunge(letter)
                if session.execute(_change(free, taken)).rowcount != 1 or aside:
                    continue
            for name, value in taken.items():
                setattr(letter, name, value)
            return letter

    def request_of(self, letter: Letter) -> Request | None:
        """The request it is about, as it is now; ``None`` when she erased it."""
        with self._sessions() as session:
            return session.scalars(select(Request).where(requests.c.id == letter.request_id)).one_or_none()

    def keep(self, letter: Letter, content: dict[str, Any]) -> None:
        """Keep what is being sent, so that a second try sends the same. Raises ``LostClaimError``."""
        self._held(letter, {"content": content})
        letter.content = content

    def hand_over(self, letter: Letter) -> None:
        """Note that the receiver may have it from now on. Raises ``LostClaimError``: then it must not be sent."""
        now = self._clock()
        self._held(letter, {"handed_over_at": now}, _COLUMNS.claimed_until > now)
        letter.handed_over_at = now

    def settle(self, letter: Letter, outcome: Outcome) -> None:
        """Note what came of it. Raises ``LostClaimError``. A request that Open Klant has now is looked after there."""
        now = self._clock()
        with self._sessions.begin() as session:
            _only_one(session, _is_mine(letter), settled(letter, outcome, now, self._chance()))
            if isinstance(outcome, Delivered) and (letter.kind, letter.event) == _IN_THE_REGISTER:
                write_look(session, letter, now)

    def release(self, letter: Letter) -> None:
        """Give it back untried, because the worker stops. Raises ``LostClaimError``."""
        back = {"state": LetterState.WAITING, "claim": None, "claimed_until": None, "attempts": letter.attempts - 1}
        self._held(letter, back)

    def dead(self, staff: Staff, most: int = 200) -> list[LetterLine]:
        """What was not delivered, newest first, as far as this person may see the requests."""
        chosen = (
            select(Letter, requests.c.reference, requests.c.municipality)
            .join(requests, requests.c.id == _COLUMNS.request_id)
            .where(_COLUMNS.state == LetterState.DEAD)
            .order_by(_COLUMNS.due_at.desc())
            .limit(most)
        )
        if staff.municipality is not None:
            chosen = chosen.where(requests.c.municipality == staff.municipality)
        with self._sessions() as session:
            return [_line(*row) for row in session.execute(chosen)]

    def again(self, letter_id: str, staff: Staff) -> bool:
        """A person sends a dead letter once more, under the same id; ``False`` when there is none for this person."""
        with self._sessions.begin() as session:
            place = (
                select(requests.c.municipality)
                .join(letters, letters.c.request_id == requests.c.id)
                .where(_COLUMNS.id == letter_id)
            )
            municipality = session.execute(place).scalar_one_or_none()
            if municipality is None or not staff.serves(municipality):
                return False
            afresh = {
                "state": LetterState.WAITING,
                "attempts": 0,
                "due_at": self._clock(),
                "handed_over_at": None,
                "reason": "",
            }
            dead = and_(_COLUMNS.id == letter_id, _COLUMNS.state == LetterState.DEAD)
            return bool(session.execute(_change(dead, afresh)).rowcount == 1)

    def counts(self) -> dict[LetterState, int]:
        """How many letters stand in each state. A look for an answer counts only when it failed: else it is nothing
        that waits to leave."""
        leaves = or_(_COLUMNS.kind != LetterKind.OPEN_KLANT_ANSWER, _COLUMNS.state == LetterState.DEAD)
        with self._sessions() as session:
            rows = session.execute(select(_COLUMNS.state, func.count()).where(leaves).group_by(_COLUMNS.state))
            found = dict(rows.all())
        return {state: found.get(state, 0) for state in LetterState}

    def overdue(self) -> int:
        """How many letters should have been taken up a quarter of an hour ago, and were not: nobody carries them."""
        since = self._clock() - LATE_AFTER
        waiting = and_(_COLUMNS.state == LetterState.WAITING, _COLUMNS.due_at < since)
        left = and_(_COLUMNS.state == LetterState.SENDING, _COLUMNS.claimed_until < since)
        with self._sessions() as session:
            return int(
                session.execute(select(func.count()).select_from(letters).where(or_(waiting, left))).scalar_one()
            )

    def tried_again(self) -> int:
        """How many letters wait after a try that failed: somebody's server is down, or refuses us."""
        failed = and_(_COLUMNS.state == LetterState.WAITING, _COLUMNS.attempts > 0)
        leaves = _COLUMNS.kind != LetterKind.OPEN_KLANT_ANSWER
        with self._sessions() as session:
            return int(session.execute(select(func.count()).select_from(letters).where(failed, leaves)).scalar_one())

    def tidy(self) -> int:
        """Remove what was delivered over thirty days ago; gives how many."""
        old = and_(_COLUMNS.state == LetterState.DELIVERED, _COLUMNS.delivered_at < self._clock() - KEPT)
        with self._sessions.begin() as session:
            return int(session.execute(delete(letters).where(old)).rowcount)

    def _held(self, letter: Letter, values: dict[str, Any], *more: Any) -> None:
        with self._sessions.begin() as session:
            _only_one(session, and_(_is_mine(letter), *more), values)


def _is_mine(letter: Letter) -> Any:
    return and_(_COLUMNS.id == letter.id, _COLUMNS.state == LetterState.SENDING, _COLUMNS.claim == letter.claim)


def _only_one(session: Session, condition: Any, values: dict[str, Any]) -> None:
    if session.execute(_change(condition, values)).rowcount != 1:
        raise LostClaimError


def _change(condition: Any, values: dict[str, Any]) -> Any:
    return update(letters).where(condition).values(**values).execution_options(synchronize_session=False)


def _due(kinds: Collection[LetterKind], now: datetime) -> Any:
    waiting = and_(_COLUMNS.state == LetterState.WAITING, _COLUMNS.due_at <= now)
    abandoned = and_(_COLUMNS.state == LetterState.SENDING, _COLUMNS.claimed_until < now)
    chosen = select(Letter).where(_COLUMNS.kind.in_(sorted(kinds)), or_(waiting, abandoned))
    return chosen.order_by(_COLUMNS.due_at, _COLUMNS.id).limit(1).with_for_update(skip_locked=True)


def _same_claim(claim: str | None) -> Any:
    return _COLUMNS.claim.is_(None) if claim is None else _COLUMNS.claim == claim


def _line(letter: Letter, reference: str, municipality: str) -> LetterLine:
    return LetterLine(
        letter.id,
        letter.kind,
        letter.event.label,
        reference,
        municipality,
        letter.attempts,
        letter.created_at,
        letter.reason,
    )
