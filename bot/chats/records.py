"""A chat, something that came in, and something that must go out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from knowledge.vocabulary import Term

LEASE = timedelta(seconds=120)
"""For so long one process holds what it took up; longer than any turn or delivery may take."""

SEEN_FOR = timedelta(days=8)
"""So long the number of an update is remembered; the company offers one again for at most a day."""


class ChatState(Term):
    """May we write to this chat?"""

    ACTIVE = "active", "open"
    STOPPED = "stopped", "gestopt"
    BLOCKED = "blocked", "geblokkeerd"


class WorkState(Term):
    """Where one piece of work stands, in or out."""

    WAITING = "waiting", "wacht"
    TAKEN = "taken", "in behandeling"
    DONE = "done", "klaar"
    DROPPED = "dropped", "vervallen"


@dataclass(eq=False)
class Chat:
    """One person's chat. ``key`` is a pseudonym (``ChatKeys``), ``address`` where to write to, sealed. It goes when its
    conversation goes. ``read_to``: the last message of the conversation that was put in the queue."""

    key: str
    channel: str
    conversation_id: str
    address: str
    created_at: datetime
    state: ChatState = ChatState.ACTIVE
    read_to: int = 0


@dataclass(eq=False)
class Arrival:
    """Something that came in. ``number`` is the company's own, which makes it one; ``content`` (sealed) is wiped once
    it is handled. ``outside_id`` is the number of a message in the chat, with which it can be removed there."""

    id: int = field(init=False)
    channel: str
    number: int
    chat_key: str
    content: str | None
    arrived_at: datetime
    due_at: datetime
    outside_id: int | None = None
    state: WorkState = WorkState.WAITING
    attempts: int = 0
    claim: str | None = None
    claimed_until: datetime | None = None


@dataclass(eq=False)
class Sending:
    """Something that must go out, once by its ``key``. ``content`` and ``address`` are sealed, and wiped once it is
    there. ``first``: it goes before everything else. Without ``conversation_id`` it is about the chat itself, and
    stays when the conversation is erased. ``handed_over_at``: from here on she may have it."""

    id: int = field(init=False)
    key: str
    channel: str
    chat_key: str
    conversation_id: str | None
    address: str
    content: str | None
    created_at: datetime
    due_at: datetime
    first: bool = False
    state: WorkState = WorkState.WAITING
    attempts: int = 0
    claim: str | None = None
    claimed_until: datetime | None = None
    handed_over_at: datetime | None = None
    outside_id: int | None = None
    reason: str = ""
