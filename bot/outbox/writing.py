"""Writing letters, in the transaction of what they tell: either both are there after a crash, or neither."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversations.tables import conversations
from bot.outbox.letters import (
    ANSWER_KEY,
    CARER_MAIL_WAITS,
    FIRST_LOOK,
    WHO_HEARS,
    Letter,
    LetterEvent,
    LetterKind,
    LetterState,
)
from bot.outbox.tables import letters
from bot.request.fields import FieldKey
from bot.request.record import Request
from bot.request.vocabulary import EventKind


def write_letter(
    session: Session, request: Request, kind: LetterKind, event: LetterEvent, now: datetime, *, once: str = ""
) -> Letter | None:
    """In the running transaction: one letter about this request; ``None`` when it is not needed.

    ``once`` names an occasion (such as ``second-reminder``) that gets one letter, however often it is written.
    A mail to the carer is not needed without an address, nor while one is still waiting to leave.
    """
    if request.id is None:
        session.flush()
    if kind is LetterKind.CARER_MAIL and not _carer_needs_mail(session, request):
        return None
    letter_id = str(uuid.uuid4())
    key = f"{request.stored_id}:{kind}:{event}:{once}" if once else letter_id
    if once and session.execute(select(letters.c.id).where(letters.c.key == key)).first() is not None:
        return None
    due = now + CARER_MAIL_WAITS if kind is LetterKind.CARER_MAIL else now
    letter = Letter(letter_id, key, kind, event, request.stored_id, now, due)
    session.add(letter)
    return letter


def write_look(session: Session, letter: Letter, now: datetime) -> None:
    """In the running transaction: what was delivered to Open Klant just now will be looked after there, once."""
    key = f"{ANSWER_KEY}{letter.id}"
    if session.execute(select(letters.c.id).where(letters.c.key == key)).first() is None:
        look = Letter(
            str(uuid.uuid4()), key, LetterKind.OPEN_KLANT_ANSWER, letter.event, letter.request_id, now, now + FIRST_LOOK
        )
        session.add(look)


_LETTER_EVENT: dict[EventKind, LetterEvent] = {
    EventKind.SENT: LetterEvent.SENT,
    EventKind.ACCEPTED: LetterEvent.ACCEPTED,
    EventKind.OFFERED: LetterEvent.OFFERED,
    EventKind.TAKEN_OVER: LetterEvent.TAKEN_OVER,
    EventKind.FORWARDED: LetterEvent.FORWARDED,
    EventKind.TRIED: LetterEvent.TRIED,
    EventKind.CONTACTED: LetterEvent.CONTACTED,
    EventKind.MESSAGE_TO_CARER: LetterEvent.MESSAGE,
    EventKind.ASKED: LetterEvent.MESSAGE,
    EventKind.PROPOSED: LetterEvent.MESSAGE,
    EventKind.PLANNED: LetterEvent.MESSAGE,
    EventKind.REMINDED: LetterEvent.REMINDED,
    EventKind.ESCALATED: LetterEvent.ESCALATED,
    EventKind.CARER_WARNED: LetterEvent.LATE,
    EventKind.RESOLVED: LetterEvent.RESOLVED,
    EventKind.REOPENED: LetterEvent.REOPENED,
    EventKind.WITHDRAWN: LetterEvent.WITHDRAWN,
    EventKind.NUDGED: LetterEvent.NUDGED,
    EventKind.WORSENED: LetterEvent.WORSENED,
    EventKind.CHECKED: LetterEvent.FOLLOWED_UP,
    EventKind.FOLLOWED_UP: LetterEvent.FOLLOWED_UP,
}
"""What is written in the history, as far as somebody outside hears of it."""

RINGS_BY_ITSELF = frozenset({"telegram"})
"""Channels whose messages reach her pocket without us."""

WRITER = "letters"
"""Under this name a session carries the writer of its house (``sessionmaker(info=…)``); without one nobody outside
hears anything."""


def write_letters(session: Session, request: Request, kind: EventKind, now: datetime) -> None:
    """In the running transaction: the letters that go with this line of the history."""
    writer, event = session.info.get(WRITER), _LETTER_EVENT.get(kind)
    if writer is not None and event is not None:
        writer.write(session, request, event, now)


class LetterWriter:
    """Writes what each event asks for, by the ways (``kinds``) that this house has set up; by no other."""

    def __init__(self, kinds: Iterable[LetterKind] = ()) -> None:
        self.kinds = frozenset(kinds)

    def write(self, session: Session, request: Request, event: LetterEvent, now: datetime, *, once: str = "") -> None:
        """In the running transaction: tell everybody outside who must hear of this event."""
        for kind in WHO_HEARS[event]:
            if kind in self.kinds:
                write_letter(session, request, kind, event, now, once=once)


def _carer_needs_mail(session: Session, request: Request) -> bool:
    if not request.shared(FieldKey.CONTACT_EMAIL) or _is_told_by_its_channel(session, request):
        return False
    mine = (letters.c.request_id == request.stored_id, letters.c.kind == LetterKind.CARER_MAIL)
    waiting = select(letters.c.id).where(*mine, letters.c.state == LetterState.WAITING, letters.c.attempts == 0)
    return session.execute(waiting).first() is None


def _is_told_by_its_channel(session: Session, request: Request) -> bool:
    """Does she talk with us where a message rings by itself? Then a mail would be a second bell."""
    channel = select(conversations.c.channel).where(conversations.c.id == request.conversation_id)
    return session.execute(channel).scalar_one_or_none() in RINGS_BY_ITSELF
