"""One message of hers with all we know, and what is said back: what every step of the talk works on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.heard import ASKING, NOT_AN_ANSWER, SURE_ASIDE, SURE_TOPIC, Heard
from actions.pressed import entity_in
from actions.services import Services
from bot.load import LoadSignal, assess_load
from bot.profile import CarerProfile
from bot.reading import Reading, Role
from bot.talk.agenda import most_questions, questions_left
from bot.talk.answers import refuse, take_choice
from bot.talk.in_context import meant_in_context, read_in_context
from bot.talk.learn import learn
from bot.talk.news import News
from bot.talk.remarks import denies_what_was_heard, wants_it_to_go_along
from bot.talk.sharing import KEPT_BACK
from bot.talk.third_party import settle, wording_of
from bot.talk.thread import BEFORE_OFFERS, CAPTURED, DETAILS, Thread
from bot.talk.typed_answers import take_words
from bot.talk.whose_loss import whose_death
from bot.talk.wished import take_wish
from bot.understanding.called import stands_for_several
from bot.understanding.places import read_place_answer
from bot.understanding.text import fold
from bot.understanding.wordless import wordless_intent
from bot.wording import Wording

LISTEN = "action_listen"
ELSEWHERE = 0.7  # from this chance a message is for another desk, and what it seems to tell of care is not believed
PAUSE = timedelta(hours=12)
QUESTION = "question"
"""The part of a request that holds her question in her own words."""
LEAVES_HER_WORDS = ("ask_human", "stop", "restart_talk", "forget_me", "never_mind", "repeat", "withdraw_request")
LONG_STORY, SURE_IN_STORY = 30, 0.95
"""Words of a story without a question mark, in which a question must be very clear to be answered."""
_WORD_FOR_WORD = ("questionnaire_item", "questionnaire_introduction")  # licensed words: never said with *je* (ADR 7)


class Turn(Heard):
    """One message of hers with all we know, and what we say back. Slots go in as records and come out as events."""

    def __init__(self, tracker: Tracker, dispatcher: CollectingDispatcher, services: Services) -> None:
        super().__init__(tracker.latest_message)
        self.conversation_id: str = tracker.sender_id
        self.services = services
        self.profile = CarerProfile.from_dict(tracker.get_slot("profile"))
        self.known_before = CarerProfile.from_dict(tracker.get_slot("profile"))
        self.thread = Thread.from_dict(tracker.get_slot("thread"))
        self.thread.turn += 1
        settle(self.thread, services.third_party(self.conversation_id))
        self.open_before = self.thread.pending
        self.came_back = self._paused()
        if self.intent != "silence":
            self.thread.silences = 0
        self.news = News()
        self.answered = False
        self._dispatcher = dispatcher
        self.means_otherwise = self._settle_intent()

    def _settle_intent(self) -> bool:
        """After the open question a few words can mean something else than by themselves; ``True`` when they do."""
        if self.is_button:
            return False
        meant = meant_in_context(self.thread, self.text, self.intent, self.asks)
        if meant == self.intent or (self.reading.asks_human is not None and meant != "deny"):
            return False
        self.intent, self.confidence = meant, 1.0
        return True

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
        self.reading = read_in_context(self.profile, self.thread, self.reading, self.text)
        self._drop_denied_place()
        self.news = learn(self.profile, self.reading, self.text, self.thread)
        beside = KEPT_BACK in self.news.fields or wants_it_to_go_along(self.text)
        if beside or self.thread.pending in DETAILS:
            return  # words that must stay here, or go along, are no answer; one for the request is taken there
        meant = "tell" if self.is_guess else self.intent
        told = (self.profile, self.thread, self.reading, self.text, meant, self.news)
        self.answered = take_words(*told)
        self.answered = take_wish(*told) or self.answered
        if self.open_before == "place_which" and self.thread.place_options and not self.answered:
            self.thread.place_misses += 1
            if self.thread.place_misses > 1:  # asked twice is enough: then it goes on without
                refuse(self.profile, self.thread, "place_which")
                self.thread.pending = None

    @property
    def must_be_taken_as_typed(self) -> bool:
        """Is a name, number or new text expected, and is this not clearly something else (a question, stop)?"""
        sure = self.confidence >= 0.6 or "?" in self.text
        if self.thread.pending == "change_value" and self.thread.changing == QUESTION:  # it may ask anything
            return not self.choice and self.intent not in LEAVES_HER_WORDS
        interrupts = (self.intent in NOT_AN_ANSWER or (self.intent == "greet" and self.came_back)) and sure
        says_age = self.reading.minor is not None  # whoever tells that she is fifteen fills in no form (R10)
        is_news = says_age or self.tells_of_death or denies_what_was_heard(self.text)
        return self.thread.pending in CAPTURED and not self.choice and not interrupts and not is_news

    @property
    def tells_of_death(self) -> bool:
        """Is it told just now that somebody died, in a sentence that says who?"""
        said = self.reading.bereaved is not None and not self.is_button
        return said and whose_death(self.known_before, self.text) != ""

    @property
    def topic_aside(self) -> str | None:
        """What is asked inside a story."""
        elsewhere = self.intent == "out_of_scope" and self.confidence >= ELSEWHERE
        if not self.asks or self.intent in ASKING or elsewhere:
            return None
        if self.news and "?" not in self.text and len(self.text.split()) > LONG_STORY:
            return self._likeliest_topic(SURE_IN_STORY)
        return self._likeliest_topic(SURE_ASIDE if self.news else SURE_TOPIC)

    @property
    def is_plain_answer(self) -> bool:
        """Is this an answer to the open question, whatever intent a few words out of context look like?"""
        plain = self.must_be_taken_as_typed or self._is_only_a_place() or self._answers_detail()
        return plain or self.means_otherwise

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
    def has_tears(self) -> bool:
        """Is there nothing but a sign of tears in it?"""
        return wordless_intent(self.text) == "tell"

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
        name = f"ask_{sentence or wording_of(self.thread, question)}"
        several = f"{name}_several"  # "Heeft uw ouders" is no Dutch
        if stands_for_several(self.called) and self.services.wording.has(f"utter_{several}"):
            name = several
        self.say(name, self._progress(question), **values)

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
        self.profile, self.thread = CarerProfile(), Thread(third_party=self.thread.third_party)

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

    def _drop_denied_place(self) -> None:
        """ "Hij woont niet in Almelo maar in Hengelo": Almelo is gone, also while it is asked which Hengelo."""
        denied = [one for one in self.reading.places if _denies(self.text, one.typed)]
        if denied:
            self.reading = replace(self.reading, places=tuple(one for one in self.reading.places if one not in denied))
        for name in ("carer_place", "loved_one_place"):
            told = getattr(self.profile, name)
            if told is not None and _denies(self.text, told.value["place"]):
                setattr(self.profile, name, None)
                self.thread.place_of = name.removesuffix("_place")  # what she names instead is where that one lives


def _denies(text: str, place: str) -> bool:
    return re.search(rf"\bniet (?:meer )?in {re.escape(fold(place))}\b", fold(text)) is not None
