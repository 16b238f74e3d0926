"""Conversations as people see them: what was said by whom, kept for every channel, with an end date.

This is the thread, not the dialogue state: Rasa keeps its own events. A channel reads from here what to show, the desk
adds what a person of the municipality wrote, and a reader that was away asks for everything after the last message it
saw. Nothing here identifies a person; the identifier is random and works as a secret.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from itertools import takewhile
from typing import Any, Protocol

from sqlalchemy import case, delete, literal, select, update
from sqlalchemy.orm import Session, sessionmaker

from bot import conversation_tables as tables
from knowledge.storage import UTCDateTime, mapper_registry

KEEP = timedelta(days=90)  # after the last message; a product choice, as short as "comes back later" allows
MOST_ON_SCREEN = 12  # messages after hers that can still hold a button she means
AUTHORS = ("person", "assistant", "staff")
_TOKEN = re.compile(r"([1-9][0-9]{0,17})\.([0-9]{1,2})", re.ASCII)
_KEPT_CONTROLS = "\n\t"
# Overrides of the writing direction make a text read differently from what it says; no one types them by hand.
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class UnknownConversationError(LookupError):
    """There is no such conversation (any more): never started, erased, or ended by itself."""


@dataclass
class Conversation:
    """One talk on one channel. ``state`` holds small JSON facts of our own about it, not the dialogue."""

    id: str
    channel: str
    municipality: str | None
    origin: str | None
    created_at: datetime
    last_at: datetime
    expires_at: datetime
    state: dict[str, Any] = field(default_factory=dict)


@dataclass
class Message:
    """One thing said. ``id`` only grows within a conversation; ``buttons`` are {"title", "payload"}."""

    id: int = field(init=False)
    conversation_id: str
    author: str
    author_name: str | None
    text: str
    buttons: list[dict[str, str]]
    card: dict[str, Any] | None
    created_at: datetime
    client_id: str | None


@dataclass(frozen=True)
class Incoming:
    """What a channel hands to the reception: typed ``text``, or a pressed button (its ``payload``; ``text`` its title).

    ``client_id`` is the sender's own mark of this message, so that the same message sent twice counts once.
    ``typed``: what she wrote herself along with a button, as in a form; danger is heard in it too (invariant 2).
    """

    text: str
    payload: str | None = None
    client_id: str | None = None
    typed: str = ""


mapper_registry.map_imperatively(Conversation, tables.conversations)
mapper_registry.map_imperatively(Message, tables.messages)


def storable(text: str) -> str:
    """The text without control characters, lone surrogates and direction overrides, which no screen should get."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", "".join(sign for sign in lines if _shows(sign))).strip()


def _shows(sign: str) -> bool:
    return sign in _KEPT_CONTROLS or (unicodedata.category(sign) not in ("Cc", "Cs") and sign not in _OVERRIDES)


class Reply(Protocol):
    """What the assistant says: text, buttons ({"title", "payload"}), perhaps a card."""

    @property
    def text(self) -> str: ...
    @property
    def buttons(self) -> Sequence[dict[str, str]]: ...
    @property
    def card(self) -> dict[str, Any] | None: ...


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

    def start(self, channel: str, municipality: str | None = None, origin: str | None = None) -> Conversation:
        """A new, empty conversation with an unguessable id."""
        now = self._now()
        conversation = Conversation(
            secrets.token_urlsafe(32), channel, municipality, origin, now, now, now + self._keep, {}
        )
        with self._sessions.begin() as session:
            session.add(conversation)
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

    def since(self, conversation_id: str, after_id: int = 0, limit: int = 500) -> list[Message]:
        """Messages after the one with ``after_id``, oldest first, at most ``limit``."""
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
        """Remove everything said in a conversation, which itself goes on."""
        with self._sessions.begin() as session:
            session.execute(delete(tables.messages).where(tables.messages.c.conversation_id == conversation_id))
            session.execute(
                update(tables.conversations).where(tables.conversations.c.id == conversation_id).values(state={})
            )
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
