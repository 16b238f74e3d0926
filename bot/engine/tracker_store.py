"""What Rasa must remember between two turns: the slots, and nothing else.

Rasa's own SQL store keeps every event for ever and replays them each turn. Our talk is decided by the profile and the
thread (two slots), and what was said is already in our ``messages`` with an end date. So a turn costs the same after
an hour as at the start, and a person's words are stored once (ADR 4).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session, sessionmaker

from bot.engine.tables import talks

KEPT = ("profile", "thread")


class TalkStore(TrackerStore):
    """Rasa's tracker store on our own ``talks`` table. Database errors are not swallowed: the reception answers."""

    def __init__(self, sessions: sessionmaker[Session], now: Callable[[], datetime]) -> None:
        super().__init__(None)
        self.domain = Domain.empty()  # the processor replaces it by the model's domain
        self._sessions = sessions
        self._now = now

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the slots of a conversation; the last save wins (turns of one conversation never overlap)."""
        self.keep(tracker.sender_id, {name: tracker.get_slot(name) for name in KEPT})

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation as if it had just begun, with the slots it had; ``None`` when it is new."""
        slots = self.slots_of(sender_id)
        if slots is None:
            return None
        events: list[Any] = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted()]
        events += [SlotSet(name, value) for name, value in slots.items() if value is not None]
        events.append(ActionExecuted(ACTION_LISTEN_NAME))
        return DialogueStateTracker.from_events(sender_id, events, self.domain.slots)

    def slots_of(self, conversation_id: str) -> dict[str, Any] | None:
        """The kept slots of a conversation (``profile``, ``thread``), or ``None`` when it has none."""
        with self._sessions() as session:
            return session.execute(
                select(talks.c.slots).where(talks.c.conversation_id == conversation_id)
            ).scalar_one_or_none()

    def keep(self, conversation_id: str, slots: dict[str, Any]) -> None:
        """Keep slots that changed outside a turn of Rasa's."""
        with self._sessions.begin() as session:
            values = {"slots": slots, "saved_at": self._now()}
            changed = session.execute(update(talks).where(talks.c.conversation_id == conversation_id).values(**values))
            if not changed.rowcount:
                session.execute(insert(talks).values(conversation_id=conversation_id, **values))

    def forget(self, conversation_id: str) -> None:
        """Begin anew: the next turn knows nothing of this conversation."""
        with self._sessions.begin() as session:
            session.execute(delete(talks).where(talks.c.conversation_id == conversation_id))
