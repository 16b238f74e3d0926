"""Her message as it was heard, by itself: what it wants, what it asks, and how sure that is."""

from __future__ import annotations

from typing import Any

from actions.pressed import choice_in, entity_in
from bot.reading import Reading

SURE_ENOUGH = 0.4  # below this the intents were mostly wrong on the sets that the understanding is measured with
SURE_TOPIC, SURE_REACTION, SURE_ASIDE = 0.5, 0.3, 0.7
"""From these chances a question has its topic: when it asks, when it is thrown at us, and when it stands in a story."""
REACTIONS = ("frustrated", "never_mind")
ASKING = ("ask", *REACTIONS)
_ABOUT_REQUEST = ("ask_request_status", "withdraw_request", "change_request", "show_request")
_WAYS_OUT = ("ask_human", "stop", "restart_talk", "skip", "repeat", "what_is_known", "forget_me", "thanks", "goodbye")
NOT_AN_ANSWER = frozenset((*ASKING, *_ABOUT_REQUEST, *_WAYS_OUT, "ask_offers", "more_offers"))
"""Intents that are never swallowed by an open free-text question (invariant 5)."""


class Heard:
    """The message with what the trained readers made of it; what was asked before and what is known, ``Turn`` holds."""

    def __init__(self, message: dict[str, Any]) -> None:
        self._message = message
        self.text: str = message.get("text") or ""
        intent = message.get("intent") or {}
        self.intent: str = intent.get("name") or "tell"
        self.confidence: float = intent.get("confidence") or 0.0
        self.choice = choice_in(message)
        if self.text.startswith("/"):  # a button of ours (typed text never begins so): what counts are its words
            self.text = entity_in(message, "title")
        self.reading = Reading.from_dict(message.get("reading") or {})

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

    @property
    def topic(self) -> str | None:
        """What is asked or thrown at us, as a whole message or by a button; ``None`` when that is not clear."""
        if self.choice and self.choice[0] == "topic":
            return self.choice[1]
        if self.intent not in ASKING:
            return None
        return self._likeliest_topic(SURE_TOPIC if self.intent == "ask" else SURE_REACTION)

    @property
    def likely_topics(self) -> list[str]:
        """What may be asked, the likeliest first; at most three."""
        return [str(found["topic"]) for found in self._message.get("topics") or ()]

    @property
    def asks(self) -> bool:
        """Does she ask something, by the form of her words?"""
        return bool(self._message.get("asks")) and not self.choice

    @property
    def question(self) -> str:
        """The question in everyday words, fit to be kept."""
        return str(self._message.get("question") or "")

    def _likeliest_topic(self, least: float) -> str | None:
        found = self._message.get("topics") or ()
        return str(found[0]["topic"]) if found and found[0]["chance"] >= least else None

    def chance_of(self, intent: str) -> float:
        """How likely it is that the message (also) means ``intent``; 0 when it is not among the likeliest."""
        ranking = self._message.get("intent_ranking") or ()
        return float(next((one["confidence"] for one in ranking if one["name"] == intent), 0.0))
