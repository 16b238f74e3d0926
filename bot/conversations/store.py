"""Conversations as people see them: what was said by whom, kept for every channel, with an end date.

This is the thread, not the dialogue state: Rasa keeps its own events. A channel reads from here what to show, the desk
adds what a person of the municipality wrote, and a reader that was away asks for everything after the last message it
saw. Nothing here identifies a person; the identifier is random and works as a secret.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from itertools import takewhile
from typing import Any

from sqlalchemy import case, delete, literal, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from bot.conversations import tables
from bot.conversations.records import AUTHORS, Conversation, Message, Reply, UnknownConversationError, storable
from knowledge.storage import UTCDateTime

KEEP = timedelta(days=90)  # after the last message; a product choice, as short as "comes back later" allows
BROWSER = "browser."  # how a key in the state begins that says which browser this conversation is open in
MOST_ON_SCREEN = 12  # messages after hers that can still hold a button she means
_TOKEN = re.compile(r"([1-9][0-9]{0,17})\.([0-9]{1,2})", re.ASCII)


class ConversationStore:
    """Keeps conversations. Every call is one short transaction; several threads and processes may call at once."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        now: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
        keep: timedelta = KEEP,
    ) -> None:
        self._sessions = sessions
        self._now = now
        self._keep = keep
        self._watchers: list[Callable[[str], None]] = []

    def watch(self, watcher: Callable[[str], None]) -> None:
        """Call ``watcher`` with the conversation's id after each change in this process, in the changing thread."""
        self._watchers.append(watcher)

    def start(
        self, channel: str, municipality: str | None = None, origin: str | None = None, under: str | None = None
    ) -> Conversation:
        """A new, empty conversation with an unguessable id; or the one ``under`` an id that its caller worked out from
        a secret, which is begun only once."""
        now = self._now()
        conversation = Conversation(
            under or secrets.token_urlsafe(32), channel, municipality, origin, now, now, now + self._keep, {}
        )
        try:
            with self._sessions.begin() as session:
                session.add(conversation)
        except IntegrityError:
            found = self.get(conversation.id)
            if found is None:
                raise
            return found
        return conversation

    def get(self, conversation_id: str) -> Conversation | None:
        """The conversation, or ``None`` when it never was, was erased, or is past its end date."""
        with self._sessions() as session:
            found = session.get(Conversation, conversation_id)
        return found if found is not None and found.expires_at > self._now() else None

    def add(
        self,
        conversation_id: str,
        author: str,
        text: str,
        *,
        buttons: Iterable[Mapping[str, str]] = (),
        card: dict[str, Any] | None = None,
        client_id: str | None = None,
        author_name: str | None = None,
    ) -> tuple[Message, bool]:
        """Store a message; with a ``client_id`` seen before, give the one stored then and ``False``.

        Moves the end date. Raises ``UnknownConversationError``, and ``ValueError`` for an author not in ``AUTHORS``.
        """
        if author not in AUTHORS:
            raise ValueError(f"{author!r} is no author of a message")
        now = self._now()
        with self._sessions.begin() as session:
            # Writing the conversation first locks it: messages of one conversation get their numbers in the order in
            # which they become visible, and two deliveries of the same message cannot both be the first.
            self._touch(session, conversation_id, now)
            earlier = _same_message(session, conversation_id, client_id)
            if earlier is not None:
                return earlier, False
            message = Message(
                conversation_id,
                author,
                author_name,
                storable(text),
                [{"title": button["title"], "payload": button["payload"]} for button in buttons],
                card,
                now,
                client_id,
            )
            session.add(message)
        self._tell(conversation_id)
        return message, True

    def reply(self, conversation_id: str, replies: Sequence[Reply]) -> list[Message]:
        """Store what the assistant says in one transaction, in order. Raises ``UnknownConversationError``."""
        if not replies:
            return []
        now = self._now()
        with self._sessions.begin() as session:
            self._touch(session, conversation_id, now)
            messages = [
                Message(
                    conversation_id, "assistant", None, storable(each.text), list(each.buttons), each.card, now, None
                )
                for each in replies
            ]
            session.add_all(messages)
        self._tell(conversation_id)
        return messages

    def buttons_on_screen(self, conversation_id: str) -> list[dict[str, str]]:
        """The buttons that came after the last message of hers, the newest first."""
        latest = (
            select(tables.messages.c.author, tables.messages.c.buttons)
            .where(tables.messages.c.conversation_id == conversation_id)
            .order_by(tables.messages.c.id.desc())
            .limit(MOST_ON_SCREEN)
        )
        with self._sessions() as session:
            rows = session.execute(latest).all()
        shown = takewhile(lambda row: row.author != "person", rows)
        return [button for row in shown for button in row.buttons]

    def since(self, conversation_id: str, after_id: int = 0, limit: int | None = 500) -> list[Message]:
        """Messages after the one with ``after_id``, oldest first, at most ``limit``; ``None``: all of them."""
        query = (
            select(Message)
            .where(tables.messages.c.conversation_id == conversation_id, tables.messages.c.id > after_id)
            .order_by(tables.messages.c.id)
            .limit(limit)
        )
        with self._sessions() as session:
            return list(session.scalars(query))

    def remember(self, conversation_id: str, **state: Any) -> None:
        """Keep small JSON values about this conversation; ``None`` forgets one. Raises ``UnknownConversationError``."""
        with self._sessions.begin() as session:
            session.execute(  # changes nothing, but locks: SQLite knows no other way than to write
                update(tables.conversations)
                .where(tables.conversations.c.id == conversation_id)
                .values(id=conversation_id)
            )
            conversation = session.get(Conversation, conversation_id)
            if conversation is None:
                raise UnknownConversationError(conversation_id)
            merged = {**conversation.state, **state}
            conversation.state = {key: value for key, value in merged.items() if value is not None}

    def recall(self, conversation_id: str) -> dict[str, Any]:
        """What was remembered; empty for an unknown conversation."""
        conversation = self.get(conversation_id)
        return dict(conversation.state) if conversation else {}

    def press(self, conversation_id: str, token: str) -> dict[str, str] | None:
        """The button ({"title", "payload"}) that ``"<message id>.<index>"`` names here, else ``None``."""
        match = _TOKEN.fullmatch(token)
        if not match:
            return None
        with self._sessions() as session:
            message = session.get(Message, int(match[1]))
        if message is None or message.conversation_id != conversation_id or int(match[2]) >= len(message.buttons):
            return None
        return dict(message.buttons[int(match[2])])

    def erase(self, conversation_id: str) -> None:
        """Remove the conversation and everything said in it; unknown ones are already gone."""
        with self._sessions.begin() as session:
            session.execute(delete(tables.messages).where(tables.messages.c.conversation_id == conversation_id))
            session.execute(delete(tables.conversations).where(tables.conversations.c.id == conversation_id))
        self._tell(conversation_id)

    def clear(self, conversation_id: str) -> None:
        """Remove everything said in a conversation, which itself goes on, in the browsers where it is open."""
        with self._sessions.begin() as session:
            session.execute(delete(tables.messages).where(tables.messages.c.conversation_id == conversation_id))
            conversation = session.get(Conversation, conversation_id)
            if conversation is not None:
                state = conversation.state
                conversation.state = {key: value for key, value in state.items() if key.startswith(BROWSER)}
        self._tell(conversation_id)

    def probe(self) -> None:
        """Write nothing, in the way a message is written. Raises what a database raises that cannot keep one."""
        with self._sessions.begin() as session:
            session.execute(update(tables.conversations).where(tables.conversations.c.id == "").values(id=""))

    def expired(self, now: datetime) -> list[str]:
        """The conversations whose end date has passed, for the one who cleans up."""
        query = select(tables.conversations.c.id).where(tables.conversations.c.expires_at <= now)
        with self._sessions() as session:
            return list(session.scalars(query))

    def _touch(self, session: Session, conversation_id: str, now: datetime) -> None:
        end, usual = tables.conversations.c.expires_at, literal(now + self._keep, UTCDateTime)
        touched = session.execute(
            update(tables.conversations)
            .where(tables.conversations.c.id == conversation_id)
            # A clock that runs back must not bring the end nearer.
            .values(last_at=now, expires_at=case((end > usual, end), else_=usual))
        )
        if not touched.rowcount:
            raise UnknownConversationError(conversation_id)

    def _tell(self, conversation_id: str) -> None:
        for watcher in self._watchers:
            watcher(conversation_id)


def _same_message(session: Session, conversation_id: str, client_id: str | None) -> Message | None:
    if client_id is None:
        return None
    query = select(Message).where(
        tables.messages.c.conversation_id == conversation_id, tables.messages.c.client_id == client_id
    )
    return session.scalars(query).one_or_none()
