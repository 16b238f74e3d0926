"""From the conversation into the queue: what the assistant or a person of the municipality said and is not there yet.

It makes no difference who said it, in which process, or whether the process died right after: each chat knows how far
its conversation was put in the queue, and moves on together with what is put there, in one transaction.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.chats.belonging import of_this_chat
from bot.chats.keys import ChatKeys
from bot.chats.records import Chat, ChatState, Sending
from bot.chats.tables import chats
from bot.conversations.records import Message
from bot.conversations.tables import messages
from knowledge.storage import Sessions

MOST_AT_ONCE = 100


@dataclass(frozen=True)
class Piece:
    """One thing to send, as data for the channel. ``first``: it goes before everything else."""

    content: dict[str, Any]
    first: bool = False


Show = Callable[[Chat, Message], Sequence[Piece]]


class QueueFiller:
    """Puts in the queue what is new. ``show`` says how one message looks in the channel."""

    def __init__(
        self, sessions: Sessions, channel: str, keys: ChatKeys, clock: Callable[[], datetime], show: Show
    ) -> None:
        self._sessions = sessions
        self._channel = channel
        self._keys = keys
        self._clock = clock
        self._show = show

    def fill(self, conversation_id: str | None = None) -> int:
        """Look at one conversation, or at all of them; gives how many pieces were put in the queue."""
        return sum(self._fill_chat(chat) for chat in self._with_news(conversation_id))

    def put(self, key: str, chat_key: str, address: str, piece: Piece, conversation_id: str | None = None) -> bool:
        """One thing that is no message of a conversation. ``address`` is sealed; ``False`` when ``key`` is there."""
        sending = self._sending(key, chat_key, address, piece, conversation_id)
        try:
            with self._sessions.begin() as session:
                session.add(sending)
        except IntegrityError:
            return False
        return True

    def _with_news(self, conversation_id: str | None) -> list[Chat]:
        new = exists().where(
            messages.c.conversation_id == chats.c.conversation_id,
            messages.c.id > chats.c.read_to,
            messages.c.author != "person",
        )
        chosen = select(Chat).where(chats.c.channel == self._channel, chats.c.state == ChatState.ACTIVE, new)
        if conversation_id is not None:
            chosen = chosen.where(chats.c.conversation_id == conversation_id)
        with self._sessions() as session:
            return list(session.scalars(chosen.limit(MOST_AT_ONCE)))

    def _fill_chat(self, chat: Chat) -> int:
        with self._sessions.begin() as session:
            new = select(Message).where(
                messages.c.conversation_id == chat.conversation_id, messages.c.id > chat.read_to
            )
            said = list(session.scalars(new.order_by(messages.c.id).limit(MOST_AT_ONCE)))
            if not said:
                return 0
            moved = update(chats).where(chats.c.key == chat.key, chats.c.read_to == chat.read_to)
            if session.execute(moved.values(read_to=said[-1].id)).rowcount != 1:
                return 0  # another process was first, or she erased everything
            found = [
                self._sending(f"{self._channel}-m{message.id}.{number}", chat.key, chat.address, piece, chat)
                for message in of_this_chat(self._channel, said, _last_of_hers(session, chat))
                for number, piece in enumerate(self._show(chat, message))
            ]
            session.add_all(found)
        return len(found)

    def _sending(self, key: str, chat_key: str, address: str, piece: Piece, about: Chat | str | None) -> Sending:
        now = self._clock()
        content = self._keys.contents.close(json.dumps(piece.content, ensure_ascii=False))
        conversation_id = about.conversation_id if isinstance(about, Chat) else about
        return Sending(key, self._channel, chat_key, conversation_id, address, content, now, now, first=piece.first)


def _last_of_hers(session: Session, chat: Chat) -> Message | None:
    """The last thing she said of what was put in the queue."""
    hers = select(Message).where(
        messages.c.conversation_id == chat.conversation_id,
        messages.c.id <= chat.read_to,
        messages.c.author == "person",
    )
    return session.scalars(hers.order_by(messages.c.id.desc()).limit(1)).one_or_none()
