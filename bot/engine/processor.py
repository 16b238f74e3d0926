"""How one turn runs: Rasa's processor with our actions in-process and an output that keeps each reply whole."""

from __future__ import annotations

from typing import Any

from rasa.core.actions.action import Action, RemoteAction
from rasa.core.channels.channel import OutputChannel
from rasa.core.processor import MessageProcessor

from bot.engine.in_process_actions import InProcessAction


class TurnProcessor(MessageProcessor):
    """Rasa's message processor; custom actions are checked by a validator that is built once."""

    def _get_action(self, action_name: str) -> Action | None:
        action = super()._get_action(action_name)
        if type(action) is RemoteAction:
            return InProcessAction(action_name, self.action_endpoint)
        return action


class ReplyCollector(OutputChannel):
    """Keeps each uttered message as one mapping: Rasa's own collector cuts texts at blank lines."""

    def __init__(self) -> None:
        self.replies: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        """The channel's name as the tracker notes it."""
        return "reception"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Collect ``text``, ``buttons``, ``custom`` (a card) and ``utter_action`` (the name of the sentence)."""
        self.replies.append(message)
