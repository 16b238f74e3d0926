"""A step that breaks apologises, offers a human, forgets nothing, and logs no word of hers."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from structlog import wrap_logger
from structlog.testing import LogCapture

from actions.base import Skill
from actions.turn import Turn

SECRET = "mijn man Henk Pietersma, 06 12345678"


class Broken(Skill):
    skill = "broken"

    def perform(self, turn: Turn) -> None:
        turn.say("ack_thanks")
        raise ValueError(f"cannot handle {turn.text}")


async def run_broken(services: Any = None) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[Any]]:
    tracker = Tracker.from_dict(
        {
            "sender_id": "c1",
            "slots": {},
            "latest_message": {"text": SECRET, "intent": {"name": "tell", "confidence": 0.9}},
        }
    )
    dispatcher = CollectingDispatcher()
    captured = LogCapture()
    # The logger of this room alone: whatever else runs in this process logs elsewhere.
    with patch("actions.base.log", wrap_logger(None, processors=[captured])):
        events = await Broken(services).run(dispatcher, tracker, {})
    return events, dispatcher.messages, captured.entries


async def test_she_reads_one_apology_and_no_half_answer() -> None:
    services = SimpleNamespace(wording=_NoWords(), third_party=lambda conversation_id: False)
    events, messages, _ = await run_broken(services)
    assert [message["response"] for message in messages] == ["utter_apology"]
    assert [event["event"] for event in events] == ["followup"]


async def test_a_step_without_its_services_apologises_too() -> None:
    _, messages, _ = await run_broken(None)
    assert [message["response"] for message in messages] == ["utter_apology"]


async def test_the_log_says_where_it_broke_and_nothing_she_wrote() -> None:
    _, _, logs = await run_broken(SimpleNamespace(wording=_NoWords(), third_party=lambda conversation_id: False))
    assert logs[0]["error"] == "ValueError"
    assert any("test_apology.py" in place for place in logs[0]["at"])
    assert "Henk" not in str(logs)
    assert "06 12345678" not in str(logs)


class _NoWords:
    def spoken(self, text: str) -> str:
        return text

    def varies(self, name: str) -> bool:
        return False

    def text(self, name: str, **values: Any) -> str:
        return "degene voor wie u zorgt"
