"""What tests of the time after sending share: an outcome that reached her, and words she types."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.conversations.tables import conversations, messages
from bot.request.asking import Question
from bot.request.desk import RequestDesk
from bot.request.record import Request
from tests.unit.bot.request.conftest import sent

DAY = timedelta(days=1)
OUTCOME = "Uw man gaat op maandag naar de dagopvang."


def kinds(asked) -> list[Question]:
    return [one.kind for one in asked]


def ended(desk: RequestDesk, petra, conversation: str = "c1") -> Request:
    """A request whose outcome reached her."""
    request = sent(desk, conversation)
    desk.accept(request.reference, petra)
    desk.resolve(request.reference, petra, OUTCOME)
    return request


def types(desk: RequestDesk, text: str, conversation: str = "c1") -> None:
    """She types here, while nobody at the desk is talking with her."""
    now = desk.now()
    with desk._sessions.begin() as session:
        if session.execute(select(conversations.c.id).where(conversations.c.id == conversation)).first() is None:
            times = {"created_at": now, "last_at": now, "expires_at": now + 90 * DAY}
            session.execute(conversations.insert().values(id=conversation, channel="web", state={}, **times))
        said = {"conversation_id": conversation, "author": "person", "text": text, "buttons": [], "created_at": now}
        session.execute(messages.insert().values(**said))
