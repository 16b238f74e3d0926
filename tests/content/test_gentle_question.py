"""The gentle question about danger: whatever she presses or types is heard by the gate, and not by the model."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.assistant import Reply
from bot.conversations.records import Incoming
from bot.conversations.store import ConversationStore
from bot.reception import Reception
from bot.request.desk import RequestDesk
from bot.safety.clarification import interpret_clarification
from bot.safety.gate import SafetyGate
from bot.schema import migrate
from bot.wording import Wording
from knowledge.facts import Facts
from knowledge.storage import open_engine, open_sessions
from tests.content.sentences import every_response

BUTTONS = [
    (response.name, button)
    for response in every_response()
    if response.name.startswith("utter_danger_question")
    for button in response.buttons
]
TITLES = [f"{name}: {button['title']}" for name, button in BUTTONS]
UNSURE = "ik wil niet meer"  # may be tiredness, may be danger: the gate asks first


@dataclass
class NotesWhatItHears:
    """Stands where the model would be."""

    heard: list[str] = field(default_factory=list)
    overheard: list[str] = field(default_factory=list)

    async def answer(self, conversation_id: str, text: str) -> list[Reply]:
        self.heard.append(text)
        return [Reply("gehoord")]

    async def listen(self, conversation_id: str, text: str, danger: str | None = None) -> None:
        self.overheard.append(text)

    async def understand(self, text: str) -> dict[str, Any]:
        return {}

    def says_je(self, conversation_id: str) -> bool:
        return False


@pytest.mark.parametrize(("question", "button"), BUTTONS, ids=TITLES)
def test_every_button_of_the_question_is_an_answer_the_gate_can_read(question: str, button: dict[str, str]) -> None:
    assert interpret_clarification(button["title"]) is not None
    assert button["payload"] == button["title"]


@pytest.mark.parametrize("pressed", [True, False])
async def test_danger_in_the_answer_gets_the_fixed_reply(talk: Talk, pressed: bool) -> None:
    buttons = await talk.say(UNSURE)
    yes = next(button for button in buttons if interpret_clarification(button["title"]) == "danger")

    await talk.say(yes["title"], yes["payload"] if pressed else None)

    assert "0800-0113" in talk.read[0]
    assert talk.model.heard == []


async def test_what_is_no_answer_is_not_swallowed(talk: Talk) -> None:
    await talk.say(UNSURE)

    await talk.say("mijn moeder woont in Zwolle")

    assert talk.model.heard == ["mijn moeder woont in Zwolle"]
    assert talk.read == ["gehoord"]


async def test_what_the_gate_answers_is_overheard_and_nothing_else(talk: Talk) -> None:
    await talk.say(UNSURE)
    assert (talk.model.heard, talk.model.overheard) == ([], [UNSURE])
    await talk.say("mijn moeder woont in Zwolle")
    assert talk.model.overheard == [UNSURE]


class Talk:
    """One conversation through the reception, with the real gate and wording."""

    def __init__(self, database: Path) -> None:
        engine = open_engine(f"sqlite:///{database}")
        migrate(engine)
        sessions = open_sessions(engine)
        self.model = NotesWhatItHears()
        self.read: list[str] = []
        conversations = ConversationStore(sessions)
        self._reception = Reception(
            conversations, RequestDesk(sessions), SafetyGate(), Wording.load(Facts.load().values()), self.model
        )
        self._id = conversations.start("test").id

    async def say(self, text: str, payload: str | None = None) -> list[dict[str, str]]:
        """Send a message; what she reads stands in ``read``; gives the buttons she sees."""
        messages = await self._reception.receive(self._id, Incoming(text, payload))
        answers = [message for message in messages if message.author != "person"]
        self.read = [message.text for message in answers]
        return [button for message in answers for button in message.buttons]


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    return Talk(tmp_path / "talk.db")
