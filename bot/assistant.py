"""The in-process assistant: one object that loads the trained model and answers a message."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.engine.without_channels import leave_out_channels
from bot.engine.without_tensorflow import leave_out_tensorflow

leave_out_tensorflow()
leave_out_channels()

# ruff: noqa: E402 - Rasa may only be imported after the lines above
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.utils.log_utils import configure_structlog
from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor
from sqlalchemy.orm import Session, sessionmaker

from bot.engine.generator import WordingGenerator
from bot.engine.in_process_actions import InProcessActions
from bot.engine.processor import ReplyCollector, TurnProcessor
from bot.engine.tracker_store import TalkStore
from bot.profile import CarerProfile, Told
from bot.reading import Reading
from bot.talk.learn import learn
from bot.talk.thread import CAPTURED, Thread
from bot.talk.typed_answers import take_words
from bot.training import model_path
from bot.wording import Wording


class NoModelError(RuntimeError):
    """There is no trained model to load."""


@dataclass(frozen=True)
class Reply:
    """One thing the assistant says: text, buttons (``title``, ``payload``), a card, the name of the sentence."""

    text: str
    buttons: tuple[dict[str, str], ...] = ()
    card: dict[str, Any] | None = None
    response: str | None = None


class Assistant:
    """Answers messages and reads texts with one trained model. Turns of one conversation must not overlap."""

    def __init__(self, processor: TurnProcessor, store: TalkStore) -> None:
        self._processor = processor
        self._store = store
        self._turn = asyncio.Lock()  # a turn is computing, not waiting: two at once only make both slower

    @classmethod
    def load(
        cls,
        models_dir: Path,
        actions: Iterable[Action],
        wording: Wording,
        sessions: sessionmaker[Session],
        now: Callable[[], datetime],
    ) -> Assistant:
        """Load the model of the present sources. Raises ``NoModelError`` when it was not trained."""
        configure_structlog(logging.WARNING)  # below that Rasa prints what people write
        model = model_path(models_dir)
        if not model.exists():
            raise NoModelError(f"there is no model for these sources in {models_dir}: run `make train`")
        executor = ActionExecutor()
        for action in actions:
            executor.register_action(action)
        store = TalkStore(sessions, now)
        processor = TurnProcessor(
            str(model), store, InMemoryLockStore(), WordingGenerator(wording=wording), InProcessActions(executor)
        )
        store.domain = processor.domain
        return cls(processor, store)

    async def warm_up(self) -> None:
        """Read one text, so that whatever is loaded lazily is there before the first person writes."""
        await self.understand("Ik zorg voor mijn moeder in Zwolle.")

    async def answer(self, conversation_id: str, text: str) -> list[Reply]:
        """Run one turn. ``text`` is what she typed, made harmless by the caller, or a payload of ours."""
        collector = ReplyCollector()
        message = UserMessage(text, collector, conversation_id, input_channel=collector.name())
        async with self._turn:
            await self._processor.handle_message(message)
        return [_reply(message) for message in collector.replies]

    async def understand(self, text: str) -> dict[str, Any]:
        """Rasa's parse data for a text, with our ``reading``; no conversation is touched."""
        async with self._turn:
            return await self._processor.parse_message(UserMessage(text))

    async def listen(self, conversation_id: str, text: str, danger: str | None = None) -> None:
        """Learn from a message that is answered by the gate, so that nothing she told has to be said twice.

        ``danger``: its kind, when that was certain; a request that follows is an emergency then (R35).
        """
        reading = Reading.from_dict((await self.understand(text)).get("reading") or {})
        slots = self.slots(conversation_id)
        profile, thread = CarerProfile.from_dict(slots.get("profile")), Thread.from_dict(slots.get("thread"))
        thread.turn += 1
        if thread.in_load_check or thread.pending in CAPTURED:  # after danger nothing of ours goes on by itself
            thread.put_off()
        thread.in_load_check = False
        thread.interrupted = thread.turn
        if danger is not None:
            profile.danger = Told(danger, "", thread.turn)
        take_words(profile, thread, reading, text, "tell", learn(profile, reading, text, thread))
        self._store.keep(conversation_id, {"profile": profile.as_dict(), "thread": thread.as_dict()})

    def slots(self, conversation_id: str) -> dict[str, Any]:
        """What the talk knows: ``profile`` and ``thread``, empty when it is new."""
        return self._store.slots_of(conversation_id) or {}

    def says_je(self, conversation_id: str) -> bool:
        """Is she *je* to us: does she say it, or is she under 18?"""
        slots = self.slots(conversation_id)
        profile, thread = CarerProfile.from_dict(slots.get("profile")), Thread.from_dict(slots.get("thread"))
        return thread.informal or profile.minor is not None

    def forget(self, conversation_id: str) -> None:
        """Forget the talk's state (its messages are the conversation store's)."""
        self._store.forget(conversation_id)


def _reply(message: dict[str, Any]) -> Reply:
    buttons = tuple({"title": b["title"], "payload": b["payload"]} for b in message.get("buttons") or ())
    return Reply(message.get("text") or "", buttons, message.get("custom") or None, message.get("utter_action"))
