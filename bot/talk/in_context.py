"""What a few typed words mean after what stands on the screen.

The trained readers hear every message by itself: "niemand" sounds like a reproach, "slapen" like good night and
"thuiszorg" like a question. After "Is er iemand die het overneemt?" they are answers. These rules only ever give back a
plain answer: what clearly asks, stops, thanks or is thrown at us keeps the sense that was heard in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.profile import CarerProfile
from bot.reading import LoadCue, Reading, Role, Task
from bot.talk.roles import is_carer
from bot.talk.thread import BEFORE_OFFERS, DETAILS, LOAD_QUESTIONS, Thread
from bot.talk.wished import read_wish
from bot.understanding.phrasebook import Phrasebook
from bot.understanding.text import fold
from knowledge.yaml_files import read_yaml

PHRASES = Path(__file__).parent / "in_context.yml"
TELL, YES, NO, GO_ON = "tell", "affirm", "deny", "continue_talk"
_LEAVING = frozenset(("stop", "greet", "tell", "goodbye", "restart_talk"))
"""Intents that "ik wil verder praten" is mistaken for."""
LONGEST_ANSWER, LONGEST_YES, _SHORT, _FEW, _BARE = 10, 14, 7, 4, 2
"""Words of an answer, of a yes or no, and of calling something off, that are read so."""

_FREE = frozenset(("situation", "nights", "helpers", "wish", "fell_away", *LOAD_QUESTIONS, *DETAILS))
"""Questions that any words may answer."""
_WISHED = frozenset(("wish", "result", "current_help"))
"""Questions that a whole phrase answers: "dat er eens iemand anders gaat"."""
_MISTAKEN = frozenset(
    ("ask", "frustrated", "never_mind", "thanks", "goodbye", "out_of_scope", "more_offers", "ask_offers",
     "tell_own_care", "send_request", "withdraw_request", "ask_human")
)  # fmt: skip
"""Intents that a few words of an answer are mistaken for."""
_NO_ANSWER = frozenset(("called_off", "leaves", "at_us", "request"))
_LISTS = ("yes", "no", "before", "agreeing", "asking", "wishing")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class _Lexicon:
    phrases: Phrasebook
    yes: frozenset[str]
    no: frozenset[str]
    before: frozenset[str]
    agreeing: frozenset[str]
    asking: frozenset[str]
    wishing: frozenset[str]


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    data: dict[str, Any] = read_yaml(PHRASES.read_text(encoding="utf-8"))
    lists = {name: frozenset(data.pop(name)) for name in _LISTS}
    return _Lexicon(Phrasebook(data, {}), **lists)


class _Words:
    """Her words, and which of the phrases are in them."""

    def __init__(self, text: str) -> None:
        self.all = _WORD.findall(fold(text))
        self.said = {hit.value for hit in _lexicon().phrases.find(fold(text))}
        self.first = next((word for word in self.all if word not in _lexicon().before), "")

    @property
    def say_no(self) -> bool:
        return self.first in _lexicon().no

    @property
    def say_yes(self) -> bool:
        return self.first in _lexicon().yes

    @property
    def say_to_go_on(self) -> bool:
        return len(self.all) <= _SHORT and "goes_on" in self.said and not {"niet", "geen", "nooit"} & set(self.all)


def meant_in_context(thread: Thread, text: str, intent: str, asks: bool) -> str:
    """The intent of typed words, given the open question or the offer of a call; ``intent`` when these say nothing."""
    words = _Words(text)
    if thread.pending in ("wish", "helpers") and intent in _MISTAKEN and "?" not in text and read_wish(text):
        return TELL  # however long it is, and "dan kan ik weer darten" asks nothing
    if asks or "?" in text or not words.all:
        return intent
    if intent in _LEAVING and words.say_to_go_on:
        return GO_ON
    if thread.pending in _FREE:
        return TELL if _is_answer(thread.pending or "", words, text, intent) else intent
    if _invites(thread) and len(words.all) <= LONGEST_YES and intent in {*_MISTAKEN, TELL, YES, NO}:
        return _yes_or_no(thread.pending or "", words, intent)
    return intent


def read_in_context(profile: CarerProfile, thread: Thread, reading: Reading, text: str) -> Reading:
    """What a short answer tells, without what it cannot mean after its question.

    "Haar man is weggegaan" tells who does not help, and not that somebody else cares; "nee, 's nachts niet" tells of no
    bad nights.
    """
    of_others = not (reading.loved_ones or reading.corrects or reading.bereaved)
    if thread.pending in BEFORE_OFFERS and is_carer(profile) and of_others and len(text.split()) <= LONGEST_ANSWER:
        reading = replace(reading, role=Role.UNKNOWN.value, role_probabilities={}, stances=())
    sleeps = reading.nights is not None and reading.nights.per_week_high == 0
    if sleeps or (thread.pending == "nights" and reading.nights is None and _Words(text).say_no):
        cues = tuple(cue for cue in reading.load_cues if cue.value != LoadCue.SLEEP_LOSS)
        tasks = tuple(cue for cue in reading.tasks if cue.value != Task.NIGHT_CARE)
        reading = replace(reading, load_cues=cues, tasks=tasks)
    return reading


def clearly_agrees(text: str) -> bool:
    """Does she say yes in words of a list? For what cannot be undone: the trained reader hears a yes in anything."""
    words = _Words(text)
    clear = _lexicon().yes | _lexicon().agreeing | _lexicon().before
    return words.say_yes or (bool(words.all) and not words.say_no and set(words.all) <= clear)


def leaves(text: str) -> bool:
    """Does she leave what was going on ("laat maar", "het hoeft niet meer", "nee toch niet")?"""
    words = _Words(text)
    undone = {"toch", "niet"} <= set(words.all) or words.all[:2] == ["voorlopig", "niet"]
    return "called_off" in words.said or (undone and len(words.all) <= LONGEST_ANSWER)


def calls_off(text: str) -> bool:
    """Is it nothing but calling something off ("het hoeft niet meer")?"""
    words = _Words(text)
    return len(words.all) <= _SHORT and "no_more" in words.said


def speaks_of_request(text: str) -> bool:
    """Does she name a request, or sending itself?"""
    return "request" in _Words(text).said


def nights_in_few_words(text: str) -> str:
    """After the question about her nights: "sometimes" ("mama loopt buiten"), "no" ("gaat wel"), or ""."""
    words = _Words(text)
    if len(words.all) > _SHORT or "?" in text or "at_us" in words.said:
        return ""
    if "good_night" in words.said:
        return "no"
    return "sometimes" if "restless_night" in words.said and "not_ever" not in words.said else ""


def names_nobody(text: str) -> bool:
    """After the question who takes over: is it nobody ("papa is weg", "gain aine")?"""
    return "nobody" in _Words(text).said


def _is_answer(question: str, words: _Words, text: str, intent: str) -> bool:
    """Are these words sooner an answer to ``question`` than what they sound like by themselves?"""
    if intent not in _MISTAKEN or words.said & _NO_ANSWER or _asks_after_all(words, intent):
        return False
    if intent == "ask_human" and "a_person" in words.said:
        return False
    if intent == "out_of_scope" and question not in ("helpers", *DETAILS):
        return question == "nights" and bool(nights_in_few_words(text))
    if intent in ("frustrated", "never_mind") and question not in DETAILS:
        return len(words.all) <= _BARE or (question == "helpers" and "nobody" in words.said)
    if len(words.all) <= _FEW:
        return True
    if question in DETAILS and intent != "ask":
        return len(words.all) <= _SHORT
    if question == "nights":
        return bool(nights_in_few_words(text))
    if question == "helpers":
        return "nobody" in words.said and len(words.all) <= _SHORT
    wished = question in _WISHED and words.all[0] in _lexicon().wishing
    return wished and len(words.all) <= LONGEST_ANSWER


def _asks_after_all(words: _Words, intent: str) -> bool:
    """A question without its mark: "welke wet is dat", "denk je dat ik dat win"."""
    asking = _lexicon().asking
    return intent == "ask" and bool(asking & set(words.all[:2]))


def _invites(thread: Thread) -> bool:
    """Is a call by a person, or something else to say yes or no to, on the screen?"""
    after = thread.phase == "offers" or (thread.phase == "listening" and bool(thread.told_roles))
    return thread.pending == "load_check" or (thread.pending is None and after)


def _yes_or_no(pending: str, words: _Words, intent: str) -> str:
    lexicon = _lexicon()
    if pending == "load_check" and "of_a_call" in words.said:
        return intent  # a call is asked for, and no questions about the load
    if words.say_no:
        if "instead" in words.said:
            return TELL
        return NO if words.said & {"called_off", "leaves", "of_a_call"} else intent
    if "no_more" in words.said and intent in (TELL, "ask", "withdraw_request", "out_of_scope"):
        return NO
    called = "call_me" in words.said and "no_call" not in words.said
    rest = set(words.all) - lexicon.yes - lexicon.before
    agrees = words.say_yes and rest <= lexicon.agreeing
    after_all = "after_all" in words.said and rest <= {"toch", "maar", "wel"}
    return YES if called or agrees or after_all else intent
