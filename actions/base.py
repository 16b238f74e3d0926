"""What every step of the talk shares: it works on a turn, and it always answers.

An exception in an action would reach the person as silence (Rasa drops the events and says nothing). ``Skill`` turns it
into an apology with a way to a human, and logs where it broke, never what she wrote (invariants 5 and 10).
"""

from __future__ import annotations

import traceback
from abc import ABC, abstractmethod
from typing import Any

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.first_of_all import is_for_the_talk
from actions.going_on import answer_going_on
from actions.loss import keep_quiet_after_loss
from actions.services import Services
from actions.turn import LISTEN, Turn

log = structlog.get_logger("adempauze.actions")


class Skill(Action, ABC):
    """A step of the talk. Subclasses say their ``skill`` (the action is ``action_<skill>``) and ``perform`` a turn."""

    skill: str

    def __init__(self, services: Services) -> None:
        self.services = services

    def name(self) -> str:
        """The action's name in the rules."""
        return f"action_{self.skill}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Perform the step, or apologise and offer a human."""
        try:
            turn = Turn(tracker, dispatcher, self.services)
            if answer_going_on(turn):
                return turn.events()
            talk_first = self.skill != "talk" and is_for_the_talk(turn)
            if other := "talk" if talk_first else self.another(turn):
                return [FollowupAction(f"action_{other}")]
            self.perform(turn)
            keep_quiet_after_loss(turn)
            return turn.events()
        except Exception as error:
            log.error("action_failed", action=self.name(), error=type(error).__name__, at=_where(error))
            dispatcher.messages.clear()
            dispatcher.utter_message(response="utter_apology")
            return [FollowupAction(LISTEN)]

    def another(self, turn: Turn) -> str | None:
        """The skill that should take this message instead: an answer, or what is only guessed to be a side question."""
        return "talk" if turn.is_plain_answer or turn.is_guess else None

    @abstractmethod
    def perform(self, turn: Turn) -> None:
        """Do the step's work on ``turn``."""


def _where(error: Exception) -> list[str]:
    """File and line of each frame: enough to mend it, without any value a person typed."""
    return [
        f"{frame.filename.rsplit('/', 2)[-1]}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)
    ]
