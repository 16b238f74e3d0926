"""Which chat belongs to which conversation, and whether we may write there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.exc import IntegrityError

from bot.chats.records import Chat, ChatState
from bot.chats.tables import chats
from knowledge.storage import Sessions


class ChatBook:
    """The chats of one channel. Every call is one short transaction."""

    def __init__(self, sessions: Sessions, channel: str, clock: Callable[[], datetime]) -> None:
        self._sessions = sessions
        self._channel = channel
        self._clock = clock

    def find(self, key: str) -> Chat | None:
        """The chat with this pseudonym, if it has a conversation."""
        with self._sessions() as session:
            return session.get(Chat, key)

    def of_conversation(self, conversation_id: str) -> Chat | None:
        """The chat in which a conversation is held."""
        with self._sessions() as session:
            return session.scalars(select(Chat).where(chats.c.conversation_id == conversation_id)).one_or_none()

    def open(self, key: str, conversation_id: str, address: str) -> Chat:
        """Note that this conversation is held there; when another process was first, that one counts."""
        chat = Chat(key, self._channel, conversation_id, address, self._clock())
        try:
            with self._sessions.begin() as session:
                session.add(chat)
        except IntegrityError:
            earlier = self.find(key)
            if earlier is None:
                raise
            return earlier
        return chat

    def arriving(self, key: str, conversation_id: str, address: str, read_to: int) -> Chat:
        """A chat as it will be once ``move`` brings the conversation there, from after the message ``read_to``."""
        return Chat(key, self._channel, conversation_id, address, self._clock(), read_to=read_to)

    def move(self, chat: Chat) -> None:
        """From now on the conversation is held there: the chat leaves the conversation it had, and the conversation the
        chat it had."""
        had = or_(chats.c.key == chat.key, chats.c.conversation_id == chat.conversation_id)
        with self._sessions.begin() as session:
            session.execute(delete(chats).where(had).execution_options(synchronize_session=False))
            session.add(chat)

    def set_state(self, key: str, state: ChatState) -> bool:
        """Write there from now on, or not; ``False`` when nothing changed."""
        with self._sessions.begin() as session:
            changed = session.execute(
                update(chats).where(chats.c.key == key, chats.c.state != state).values(state=state)
            )
            return bool(changed.rowcount)
