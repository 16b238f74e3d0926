"""Which conversations another company carries (R117): held in a chat there, or begun in its channel."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import exists, or_, select

from bot.chats.tables import chats
from bot.conversations.tables import conversations
from knowledge.storage import Sessions


class Carriers:
    """``channels``: the names of the channels of other companies (``Capabilities.third_party``)."""

    def __init__(self, sessions: Sessions, channels: Collection[str]) -> None:
        self._sessions = sessions
        self._channels = tuple(channels)

    def __call__(self, conversation_id: str) -> bool:
        """Does another company carry what is said in it? Asked at every turn: a talk can go on elsewhere."""
        in_a_chat = exists().where(chats.c.conversation_id == conversation_id)
        began_there = exists().where(conversations.c.id == conversation_id, conversations.c.channel.in_(self._channels))
        with self._sessions() as session:
            return bool(session.execute(select(or_(in_a_chat, began_there))).scalar_one())
