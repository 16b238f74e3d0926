"""What every step of the talk shares: its services, the turn it works on, and the promise that it always answers.

An exception in an action would reach the person as silence (Rasa drops the events and says nothing). ``Skill`` turns it
into an apology with a way to a human, and logs where it broke, never what she wrote (invariants 5 and 10).
"""

from __future__ import annotations

import traceback
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.load import LoadSignal, assess_load
from bot.profile import CarerProfile
from bot.reading import Reading
from bot.request.desk import RequestDesk
from bot.talk.answers import take_choice, take_words
from bot.talk.learn import learn
from bot.talk.news import News
from bot.talk.thread import BEFORE_OFFERS, CAPTURED, MOST_QUESTIONS, Thread
from bot.understanding.places import read_place_answer
from bot.wording import Wording
from knowledge.catalogue import Catalogue
from knowledge.regions import Regions

log = structlog.get_logger("adempauze.actions")

LISTEN = "action_listen"
SURE_ENOUGH = 0.4  # below this the intents were mostly wrong on the sets that the understanding is measured with


@dataclass(frozen=True)
class Services:
    """What the steps may call; built once by the composition root."""

    catalogue: Catalogue
    regions: Regions
    requests: RequestDesk
    wording: Wording
    now: Callable[[], datetime]


class Turn:
    """One message of hers with all we know, and what we say back. Slots go in as records and come out as events."""

    def __init__(self, tracker: Tracker, dispatcher: CollectingDispatcher, services: Services) -> None:
        message = tracker.latest_message
        self.conversation_id: str = tracker.sender_id
        self.services = services
        self.text: str = message.get("text") or ""
        intent = message.get("intent") or {}
        self.intent: str = intent.get("name") or "tell"
        self.confidence: float = intent.get("confidence") or 0.0
        self.choice = _choice(message)
        if self.text.startswith("/"):  # a button of ours (typed text never begins so): what counts are its words
            self.text = _entity(message, "title")
        self.reading = Reading.from_dict(message.get("reading") or {})
        self.profile = CarerProfile.from_dict(tracker.get_slot("profile"))
        self.thread = Thread.from_dict(tracker.get_slot("thread"))
        self.thread.turn += 1
        self.news = News()
        self.answered = False
        self._dispatcher = dispatcher
        self._message = message

    def take_in(self) -> None:
        """Learn from the message, whatever it is: a side question may hold news too."""
        if self.choice:
            question, value = self.choice
            take_choice(self.profile, self.thread, question, value, _entity(self._message, "title"), self.news)
            self.answered = True
            return
        if self.must_be_taken_as_typed:
            return  # a name or a telephone number is not a story
        if self.thread.pending == "place" and not self.reading.places:
            self._read_bare_place()
        self.news = learn(self.profile, self.reading, self.text, self.thread)
        self.answered = take_words(self.profile, self.thread, self.reading, self.text, self.intent, self.news)

    @property
    def must_be_taken_as_typed(self) -> bool:
        """Is a name, number or new text expected, and is this not clearly something else (a question, stop)?"""
        sure = self.confidence >= 0.6 or "?" in self.text
        interrupts = self.intent in NOT_AN_ANSWER and sure
        return self.thread.pending in CAPTURED and not self.choice and not interrupts

    @property
    def is_button(self) -> bool:
        """Was a button of ours pressed?"""
        return str(self._message.get("text") or "").startswith("/")

    @property
    def asks_human(self) -> bool:
        """Does she ask for a person, as the whole message or inside it?"""
        return self.intent == "ask_human" or self.reading.asks_human is not None

    @property
    def is_guess(self) -> bool:
        """Is the intent little better than a guess? A way to a person is never doubted."""
        return self.confidence < SURE_ENOUGH and not self.is_button and not self.asks_human

    def chance_of(self, intent: str) -> float:
        """How likely it is that the message (also) means ``intent``; 0 when it is not among the likeliest."""
        ranking = self._message.get("intent_ranking") or ()
        return float(next((one["confidence"] for one in ranking if one["name"] == intent), 0.0))

    @property
    def is_plain_answer(self) -> bool:
        """Is this an answer to the open question, whatever intent a few words out of context look like?"""
        return self.must_be_taken_as_typed or self._is_only_a_place()

    def _is_only_a_place(self) -> bool:
        asked = self.thread.pending == "place" and self.intent != "stop" and "?" not in self.text
        return (
            asked
            and not self.asks_human
            and len(self.text.split()) <= 4
            and bool(read_place_answer(self.text, self.services.regions))
        )

    @property
    def load(self) -> LoadSignal:
        """How heavy it is by what we know now."""
        return assess_load(self.profile)

    def say(self, name: str, card: dict[str, Any] | None = None, **values: Any) -> None:
        """Say the sentence ``utter_<name>``, with a card if given.

        What she calls the person she cares for is always at hand, as ``called`` and ``Called``.
        """
        said = {"called": self.called, "Called": self.called[:1].upper() + self.called[1:], **values}
        self._dispatcher.utter_message(response=f"utter_{name}", json_message=card, variant=self.thread.turn, **said)

    def ask(self, question: str, sentence: str | None = None, **values: Any) -> None:
        """Ask ``question`` (once) in the words of ``utter_ask_<sentence>``; ``choices`` are (title, choice) pairs."""
        self.thread.ask(question)
        self.say(f"ask_{sentence or question}", self._progress(question), **values)

    def _progress(self, question: str) -> dict[str, Any] | None:
        if question not in BEFORE_OFFERS:
            return None
        return {"kind": "progress", "asked": MOST_QUESTIONS - self.thread.questions_left, "most": MOST_QUESTIONS}

    @property
    def called(self) -> str:
        """How she speaks of the person: "uw man", or a neutral phrase from the wording."""
        return self.profile.called or self.services.wording.text("utter_called_unknown")

    def forget(self) -> None:
        """Begin anew: what was told here is no longer known to the talk (a sent request stays what it is)."""
        self.profile, self.thread = CarerProfile(), Thread()

    def events(self) -> list[dict[str, Any]]:
        """What Rasa must remember. Listening next is certain, so no policy is asked for it."""
        return [
            SlotSet("profile", self.profile.as_dict()),
            SlotSet("thread", self.thread.as_dict()),
            FollowupAction(LISTEN),
        ]

    def _read_bare_place(self) -> None:
        mentions = read_place_answer(self.text, self.services.regions)
        if mentions:
            self.reading = replace(self.reading, places=mentions)


_SIDE_QUESTIONS = ("ask_privacy", "ask_cost", "ask_who_pays", "ask_bot", "ask_duration", "ask_meaning")
_MORE_QUESTIONS = ("ask_capabilities", "ask_entitlement", "ask_offers", "more_offers", "complaint", "frustrated")
_ABOUT_REQUEST = ("ask_request_status", "withdraw_request", "change_request", "show_request")
_WAYS_OUT = ("ask_human", "stop", "restart_talk", "skip", "repeat")
NOT_AN_ANSWER = frozenset((*_SIDE_QUESTIONS, *_MORE_QUESTIONS, *_ABOUT_REQUEST, *_WAYS_OUT))
"""Intents that are never swallowed by an open free-text question (invariant 5)."""


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
            if other := self.another(turn):
                return [FollowupAction(f"action_{other}")]
            self.perform(turn)
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


def _choice(message: dict[str, Any]) -> tuple[str, str] | None:
    """The question and the value of a pressed button of ours (payload ``/choose{"choice": "nights:every"}``)."""
    question, colon, value = _entity(message, "choice").partition(":")
    return (question, value) if colon else None


def _entity(message: dict[str, Any], name: str) -> str:
    values = (entity.get("value") for entity in message.get("entities") or () if entity.get("entity") == name)
    return str(next(values, ""))


def _where(error: Exception) -> list[str]:
    """File and line of each frame: enough to mend it, without any value a person typed."""
    return [
        f"{frame.filename.rsplit('/', 2)[-1]}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)
    ]
