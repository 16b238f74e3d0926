"""A small house for the widget's own tests: the real server, API and store, and a reception that does as it is told.

What the assistant says is not the subject here; how the widget shows it, loses nothing and keeps working is.
"""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import uvicorn

from bot.conversations.records import Incoming, Message
from bot.conversations.store import ConversationStore
from bot.going_on.codes import GoingOnCodes
from bot.request.base import utc_now
from bot.settings import Settings
from bot.wording import Wording
from channels.app import build_app
from channels.web.routes import web_routes
from knowledge.facts import Facts
from knowledge.storage import metadata, open_engine, open_sessions
from tests.ports import free_port

PATIENCE = 30  # seconds: what a machine four times slower than ours may take over anything that is waited for

NUMBERS = {
    "mantelzorglijn": "030 760 60 55",
    "suicide_line": "0800-0113",
    "suicide_line_short": "113",
    "veilig_thuis": "0800-2000",
    "emergency": "112",
}


class KnownNumbers:
    def value(self, key: str) -> str:
        return {**NUMBERS, "kindertelefoon": "0800-0432"}[key]  # in what the young read, and in no list

    def showable(self, key: str, today: date) -> bool:
        return True


@dataclass
class Answer:
    text: str
    buttons: list[dict[str, str]] = field(default_factory=list)
    card: dict[str, Any] | None = None
    author: str = "assistant"
    author_name: str | None = None


@dataclass
class SmallReception:
    """Stores what comes in and answers by ``answers`` (text or payload → answers); repeats what it does not know.

    ``delay``: seconds before each answer. ``is_held``: as long as this stands, no answer comes at all.
    """

    conversations: ConversationStore
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    delay: float = 0
    is_held: bool = False
    failing: int = 0
    received: list[Incoming] = field(default_factory=list)
    reported: list[tuple[str, str]] = field(default_factory=list)

    async def open(self, conversation_id: str) -> list[Message]:
        greeting = Answer("Hallo, ik ben Adempauze. Ik ben een computerprogramma.\n\nVoor wie zorgt u?")
        return [self._say(conversation_id, greeting)]

    async def receive(self, conversation_id: str, incoming: Incoming) -> list[Message]:
        if self.failing:
            self.failing -= 1
            raise RuntimeError(f"this names what she wrote: {incoming.text}")
        self.received.append(incoming)
        own, new = self.conversations.add(conversation_id, "person", incoming.text, client_id=incoming.client_id)
        if not new:
            return []
        await asyncio.sleep(self.delay)
        while self.is_held:  # noqa: ASYNC110 - set by the test, which is in another thread than the server
            await asyncio.sleep(0.02)
        answers = self.answers.get(incoming.payload or incoming.text, [Answer(f"Ik las: {incoming.text}")])
        return [own, *(self._say(conversation_id, answer) for answer in answers)]

    def _say(self, conversation_id: str, answer: Answer) -> Message:
        message, _ = self.conversations.add(
            conversation_id,
            answer.author,
            answer.text,
            buttons=answer.buttons,
            card=answer.card,
            author_name=answer.author_name,
        )
        return message


@dataclass
class House:
    """A served application: where it is, what it keeps, and who answers."""

    url: str
    conversations: ConversationStore
    reception: SmallReception
    stop: Callable[[], None]
    start: Callable[[], None]

    def only_conversation(self) -> str:
        """The id of the one conversation there is."""
        with self.conversations._sessions() as session:
            return session.execute(metadata.tables["conversations"].select()).one().id


def small_app(folder: Path, leave_url: str = "about:blank", websites: Path | None = None):
    """The real web routes on an empty database in ``folder``; gives the app, the store and the reception."""
    settings = replace(Settings.from_environment({"ADEMPAUZE_DATA": str(folder)}), websites_file=websites)
    engine = open_engine(settings.database_url)
    metadata.create_all(engine)
    conversations = ConversationStore(open_sessions(engine))
    reception = SmallReception(conversations)
    wording = Wording.load(Facts.load().values())
    routes = web_routes(
        conversations=conversations,
        reception=reception,
        wording=wording,
        facts=KnownNumbers(),
        settings=settings,
        health=lambda: {"status": "ok"},
        report_offer=lambda offer_id, reason: reception.reported.append((offer_id, reason.value)),
        leave_url=leave_url,
        codes=GoingOnCodes(open_sessions(engine), settings.secret, utc_now),
    )
    return build_app(routes=routes, wording=wording, facts=KnownNumbers()), conversations, reception


class ThreadedServer:
    """uvicorn in a thread on one port, which can be stopped and started again like a server that restarts."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self.port = free_port()

    def start(self) -> None:
        config = uvicorn.Config(
            self._app, "127.0.0.1", self.port, ws="none", log_level="critical", timeout_graceful_shutdown=0
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        until = time.monotonic() + PATIENCE
        while not self._server.started:
            if time.monotonic() > until:
                raise TimeoutError("the server did not start")
            time.sleep(0.01)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=PATIENCE)


async def until(holds: Callable[[], object | Awaitable[object]], what: str) -> None:
    """Wait until ``holds()``, or what it promises, is true; for what no locator can be asked."""
    end = time.monotonic() + PATIENCE
    while not (await found if inspect.isawaitable(found := holds()) else found):
        assert time.monotonic() < end, f"still not: {what}"
        await asyncio.sleep(0.05)


@contextlib.contextmanager
def serve(folder: Path, websites: Path | None = None) -> Iterator[House]:
    """A house of its own, served until the block ends."""
    app, conversations, reception = small_app(folder, websites=websites)
    server = ThreadedServer(app)
    server.start()
    try:
        yield House(f"http://127.0.0.1:{server.port}/", conversations, reception, server.stop, server.start)
    finally:
        server.stop()
