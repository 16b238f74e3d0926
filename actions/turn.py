"""One message of hers with all we know, and what is said back: what every step of the talk works on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.pressed import choice_in, entity_in
from bot.load import LoadSignal, assess_load
from bot.profile import CarerProfile
from bot.reading import Reading, Role
from bot.request.desk import RequestDesk
from bot.talk.agenda import most_questions, questions_left
from bot.talk.answers import refuse, take_choice, take_words
from bot.talk.learn import learn
from bot.talk.news import News
from bot.talk.sharing import KEPT_BACK
from bot.talk.thread import BEFORE_OFFERS, CAPTURED, DETAILS, Thread
from bot.understanding.places import read_place_answer
from bot.wording import Wording
from knowledge.access.rules import AccessRules
from knowledge.banners import Banners
from knowledge.catalogue import Catalogue
from knowledge.desks import Desks
from knowledge.facts import Facts
from knowledge.instruments import Instruments
from knowledge.places.regions import Regions
from knowledge.unanswered import UnansweredQuestions

LISTEN = "action_listen"
SURE_ENOUGH = 0.4  # below this the intents were mostly wrong on the sets that the understanding is measured with
SURE_TOPIC, SURE_REACTION, SURE_ASIDE = 0.5, 0.3, 0.7
"""From these chances a question has its topic: when it asks, when it is thrown at us, and when it stands in a story."""
ELSEWHERE = 0.7  # from this chance a message is for another desk, and what it seems to tell of care is not believed
PAUSE = timedelta(hours=12)
REACTIONS = ("frustrated", "never_mind")
ASKING = ("ask", *REACTIONS)
_ABOUT_REQUEST = ("ask_request_status", "withdraw_request", "change_request", "show_request")
_WAYS_OUT = ("ask_human", "stop", "restart_talk", "skip", "repeat", "what_is_known", "forget_me", "thanks", "goodbye")
NOT_AN_ANSWER = frozenset((*ASKING, *_ABOUT_REQUEST, *_WAYS_OUT, "ask_offers", "more_offers"))
"""Intents that are never swallowed by an open free-text question (invariant 5)."""
_WORD_FOR_WORD = ("questionnaire_item", "questionnaire_introduction")  # licensed words: never said with *je* (ADR 7)


@dataclass(frozen=True)
class Services:
    """What the steps may call; built once by the composition root.

    ``clear_thread`` removes what was said in a conversation, when she asks us to forget it.
    """

    catalogue: Catalogue
    regions: Regions
    requests: RequestDesk
    wording: Wording
    facts: Facts
    desks: Desks
    unanswered: UnansweredQuestions
    access_rules: AccessRules
    banners: Banners
    instruments: Instruments
    clear_thread: Callable[[str], None]
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
        self.choice = choice_in(message)
        if self.text.startswith("/"):  # a button of ours (typed text never begins so): what counts are its words
            self.text = entity_in(message, "title")
        self.reading = Reading.from_dict(message.get("reading") or {})
        self.profile = CarerProfile.from_dict(tracker.get_slot("profile"))
        self.known_before = CarerProfile.from_dict(tracker.get_slot("profile"))
        self.thread = Thread.from_dict(tracker.get_slot("thread"))
        self.thread.turn += 1
        self.open_before = self.thread.pending
        self.came_back = self._paused()
        if self.intent != "silence":
            self.thread.silences = 0
        self.news = News()
        self.answered = False
        self._dispatcher = dispatcher
        self._message = message

    @property
    def words(self) -> Wording:
        """The sentences, said to her as she speaks to us."""
        return self.services.wording.in_je() if self.says_je else self.services.wording

    @property
    def says_je(self) -> bool:
        """Is she young, or does she say *je* to us? Everybody else is *u*."""
        return self.thread.informal or self.profile.minor is not None

    def take_in(self) -> None:
        """Learn from the message, whatever it is: a side question may hold news too."""
        if self.choice:
            question, value = self.choice
            take_choice(self.profile, self.thread, question, value, entity_in(self._message, "title"), self.news)
            self.answered = True
            return
        if self.must_be_taken_as_typed:
            return  # a name or a telephone number is not a story
        if self.thread.pending == "place" and not self.reading.places:
            self._read_bare_place()
        if not any(sign.isalnum() for sign in self.text):
            self.reading = Reading()  # a row of tears tells nothing of who sends it
        if self._is_for_another_desk():
            self.reading = replace(self.reading, tasks=(), load_cues=())
        if self._says_nothing_of_herself():
            nobody: dict[str, Any] = {"role": Role.UNKNOWN.value, "role_probabilities": {}, "stances": ()}
            self.reading = replace(self.reading, corrects=None, **nobody)
        self.news = learn(self.profile, self.reading, self.text, self.thread)
        if KEPT_BACK in self.news.fields or self.thread.pending in DETAILS:
            return  # words that must stay here are no answer; an answer for the request is taken there
        meant = "tell" if self.is_guess else self.intent
        self.answered = take_words(self.profile, self.thread, self.reading, self.text, meant, self.news)
        if self.open_before == "place_which" and self.thread.place_options and not self.answered:
            self.thread.place_misses += 1
            if self.thread.place_misses > 1:  # asked twice is enough: then it goes on without
                refuse(self.profile, self.thread, "place_which")
                self.thread.pending = None

    @property
    def must_be_taken_as_typed(self) -> bool:
        """Is a name, number or new text expected, and is this not clearly something else (a question, stop)?"""
        sure = self.confidence >= 0.6 or "?" in self.text
        interrupts = (self.intent in NOT_AN_ANSWER or (self.intent == "greet" and self.came_back)) and sure
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
    def topic_aside(self) -> str | None:
        """What is asked inside a story."""
        elsewhere = self.intent == "out_of_scope" and self.confidence >= ELSEWHERE
        if not self.asks or self.intent in ASKING or elsewhere:
            return None
        return self._likeliest_topic(SURE_ASIDE if self.news else SURE_TOPIC)

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

    @property
    def is_plain_answer(self) -> bool:
        """Is this an answer to the open question, whatever intent a few words out of context look like?"""
        return self.must_be_taken_as_typed or self._is_only_a_place() or self._answers_detail()

    def _answers_detail(self) -> bool:
        """Words after one of the questions for the request: "dagbesteding" is then no call for offers."""
        leaves = self.intent in NOT_AN_ANSWER and self.intent not in ("skip", "ask_offers", "more_offers")
        told = any(one.name == self.thread.pending for one in self.reading.details)
        is_free = self.thread.pending in DETAILS and not self.choice and "?" not in self.text
        return is_free and (told or not leaves)

    def _says_nothing_of_herself(self) -> bool:
        """A question beside the thread tells who asks it only when nothing else did."""
        beside = self.intent in ("ask", "out_of_scope") and self.asks
        return beside and self.profile.role is not None and not (self.reading.loved_ones or self.reading.conditions)

    def _is_for_another_desk(self) -> bool:
        sure = self.intent == "out_of_scope" and self.confidence >= ELSEWHERE
        return sure and not (self.reading.loved_ones or self.reading.conditions)

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

    def say(self, name: str, card: Mapping[str, Any] | None = None, /, **values: Any) -> None:
        """Say the sentence ``utter_<name>``, with a card if given.

        What she calls the person she cares for is always at hand, as ``called`` and ``Called``.
        """
        said = {"called": self.called, "Called": self.called[:1].upper() + self.called[1:], **values}
        response = f"utter_{name}"
        variant = self.thread.said.get(name, 0)
        if self.services.wording.varies(response):
            self.thread.said[name] = variant + 1
        informal = self.says_je and name not in _WORD_FOR_WORD
        self._dispatcher.utter_message(response=response, json_message=card, variant=variant, informal=informal, **said)

    def ask(self, question: str, sentence: str | None = None, **values: Any) -> None:
        """Ask ``question`` (once) in the words of ``utter_ask_<sentence>``; ``choices`` are (title, choice) pairs."""
        self.thread.ask(question)
        self.say(f"ask_{sentence or question}", self._progress(question), **values)

    def _progress(self, question: str) -> dict[str, Any] | None:
        if question not in BEFORE_OFFERS:
            return None
        most = most_questions(self.profile)
        return {"kind": "progress", "asked": most - questions_left(self.profile, self.thread), "most": most}

    @property
    def called(self) -> str:
        """How we speak of the person: "uw man", or a neutral phrase from the wording."""
        return self.words.spoken(self.profile.called) or self.words.text("utter_called_unknown")

    def _paused(self) -> bool:
        """Is this the first message after a long silence in a talk that was under way?"""
        before = self.thread.last_at
        return bool(before) and self.services.now() - datetime.fromisoformat(before) >= PAUSE

    def forget(self) -> None:
        """Begin anew: what was told here is no longer known to the talk (a sent request stays what it is)."""
        self.profile, self.thread = CarerProfile(), Thread()

    def events(self) -> list[dict[str, Any]]:
        """What Rasa must remember. Listening next is certain, so no policy is asked for it."""
        self.thread.last_at = self.services.now().isoformat()
        return [
            SlotSet("profile", self.profile.as_dict()),
            SlotSet("thread", self.thread.as_dict()),
            FollowupAction(LISTEN),
        ]

    def _read_bare_place(self) -> None:
        mentions = read_place_answer(self.text, self.services.regions)
        if mentions:
            self.reading = replace(self.reading, places=mentions)
