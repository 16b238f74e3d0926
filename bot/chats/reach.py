"""Does what we write in a chat reach her? The desk asks, so that nobody waits for somebody who reads nothing."""

from __future__ import annotations

from sqlalchemy import select

from bot.chats.records import ChatState
from bot.chats.tables import chats
from knowledge.storage import Sessions


class Reach:
    """Asks the book of chats."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def __call__(self, conversation_id: str) -> ChatState | None:
        """Why nothing reaches her now: she said stop, or blocked us or left. ``None``: it does, or she has no chat."""
        held = select(chats.c.state).where(
            chats.c.conversation_id == conversation_id, chats.c.state != ChatState.ACTIVE
        )
        with self._sessions() as session:
            return session.execute(held).scalar_one_or_none()
