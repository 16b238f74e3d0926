"""What holds after every turn of every talk, whatever it is about: for the written talks and for the random walk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from bot.conversations.records import Message
from bot.profile import CarerProfile
from bot.talk.thread import Thread
from channels.cli.practice import PRESS
from channels.root import House
from tests.content.examples import every_example
from tests.content.sentences import load

MOST_OPTIONS = 3  # requirement R12
IN_REQUEST = ("contact", "check", "change", "sent")
"""Phases in which she is on her way to a person."""
ANSWERED_BY: dict[str, tuple[str, ...]] = {
    "situation": ("situation", "conditions", "tasks", "palliative"),
    "place": ("carer_place", "loved_one_place"),
    "wish": ("wishes",),
}
"""By what a question is answered, when it is not the field of its own name."""
_OPENING = re.compile(r"\bvoor wie zorgt? (u|je)\b", re.IGNORECASE)
_SKIP = "sla over"
_WAYS_OUT = ("skip:", ":skip", "topic:other", "/ask_human")
_PARTS = ("field:", "field_in:", "known_part:", "rest_before:", "rest_after:")
"""Every part of the request, or of what is known, is a button of its own when she wants to change one; so is every step
of a scale."""
_TELEPHONE = re.compile(r"\b(?:0\d(?:[ -]?\d){5,}|14 ?0\d{2,3}|112|113)\b")
_SENTENCE = re.compile(r"[^.?!:\n]+[.?!:]?")
_QUESTION_WORDS = frozenset(("wat", "wie", "waar", "wanneer", "hoe", "hoeveel", "waarom", "welk", "welke"))
_QUOTED = re.compile(r"[“‘][^”’]*[”’]")
_NEVER_READ = [
    (re.compile(rule["pattern"], re.IGNORECASE), rule["because"])
    for kind in ("never", "dead")
    for rule in load("forbidden.yml")[kind]
]


@dataclass(frozen=True)
class Screen:
    """What she has after a turn: what came back, and where the talk stands."""

    messages: tuple[Message, ...]
    profile: CarerProfile
    thread: Thread

    @property
    def text(self) -> str:
        """Everything she reads, without cards and buttons."""
        return "\n\n".join(message.text for message in self.messages)

    @property
    def buttons(self) -> list[dict[str, str]]:
        """All buttons that came."""
        return [button for message in self.messages for button in message.buttons]

    @property
    def all_she_sees(self) -> list[tuple[str, object, object]]:
        """Texts, buttons and cards, to see whether it is the same again."""
        return [(message.text, message.buttons, message.card) for message in self.messages]

    @property
    def leads_to_a_person(self) -> bool:
        """Is there a button for a person, a number to call, or a request on its way?"""
        pressed = any(_goes_to_person(button["payload"]) for button in self.buttons)
        return pressed or self.thread.phase in IN_REQUEST or bool(_TELEPHONE.search(self.text))

    def knows(self, question: str) -> bool:
        """Is the answer to ``question`` known?"""
        if question in self.profile.contact or (question == "phone" and "email" in self.profile.contact):
            return True
        fields = ANSWERED_BY.get(question, (question,))
        told = (field for field in fields if hasattr(self.profile, field) or field in self.profile.details)
        return any(self.profile.knows(field) for field in told)


class Witness:
    """Watches one talk. ``patience``: the same full reply so many times in a row, to different words, is a fault."""

    def __init__(self, house: House, conversation_id: str, patience: int) -> None:
        self._house = house
        self._id = conversation_id
        self._patience = patience
        self._seen = 0
        self._line = ""
        self._same = 1
        self.now = self._look()

    def after(self, line: str, *, silent: bool = False) -> list[str]:
        """What is wrong with the turn that followed on ``line``. ``silent``: no answer is due."""
        before, self.now = self.now, self._look()
        self._count_repeats(line, before)
        found = list(_faults(line, before, self.now, self._house)) if self.now.messages or not silent else []
        if self._same >= self._patience:
            found.append(f"the same full reply {self._same} times in a row")
        return found

    def _look(self) -> Screen:
        assert self._house.assistant is not None
        new = self._house.conversations.since(self._id, self._seen)
        self._seen = new[-1].id if new else self._seen
        slots = self._house.assistant.slots(self._id)
        replies = tuple(message for message in new if message.author != "person")
        return Screen(replies, CarerProfile.from_dict(slots.get("profile")), Thread.from_dict(slots.get("thread")))

    def _count_repeats(self, line: str, before: Screen) -> None:
        if not before.text or before.all_she_sees != self.now.all_she_sees or line in _asks_to_repeat():
            self._same = 1
        elif line != self._line:
            self._same += 1
        self._line = line


@lru_cache(maxsize=1)
def _asks_to_repeat() -> frozenset[str]:
    """Words by which she asks for the same again, or insists on it, so that getting it is no fault."""
    return frozenset(one.text for one in every_example() if one.intent in ("repeat", "restart_talk"))


def _faults(line: str, before: Screen, now: Screen, house: House) -> Iterator[str]:
    if not now.text.strip():
        yield "there is no answer"
    if house.wording.text("utter_apology").partition(".")[0] in now.text:  # its first words hold no "u" or "je"
        yield "a step broke: she reads the apology"
    own = _QUOTED.sub("", now.text)
    for pattern, because in _NEVER_READ:
        if found := pattern.search(own):
            yield f"she reads “{found.group(0)}” ({because})"
    danger_spoke = now.thread.turn in (before.thread.turn, now.thread.interrupted)  # its words are fixed
    asked = [] if danger_spoke else questions_in(now)
    if len(asked) > 1:
        yield f"{len(asked)} questions at once: {asked}"
    for message in now.messages:
        options = [button["title"] for button in message.buttons if _is_option(button["payload"])]
        if len(options) > MOST_OPTIONS:
            yield f"{len(options)} buttons: {options}"
    yield from _asked_again(line, before, now)


def questions_in(screen: Screen) -> list[str]:
    """What is asked. "Hoe zijn uw nachten? Komt u er vaak uit?" is one question, in two sentences.

    A condition is no question: "Wilt u meteen iemand spreken? Bel de Mantelzorglijn."
    """
    return [
        question
        for message in screen.messages
        for line in message.text.splitlines()
        for question in _asked_in(_QUOTED.sub("", line))
    ]


def _asked_in(line: str) -> Iterator[str]:
    sentences = [found.group(0).strip() for found in _SENTENCE.finditer(line)]
    stretches = [
        (is_question, " ".join(stretch))
        for is_question, stretch in groupby(filter(None, sentences), key=lambda sentence: sentence.endswith("?"))
    ]
    for place, (is_question, words) in enumerate(stretches):
        last = place == len(stretches) - 1
        if is_question and (last or _QUESTION_WORDS & set(words.casefold().split()[:2])):
            yield words


def _asked_again(line: str, before: Screen, now: Screen) -> Iterator[str]:
    """A question that she answered or refused does not come back, unless that answer was taken away since."""
    if _OPENING.search(now.text) and before.knows("relation") and now.knows("relation"):
        yield "she is asked again for whom she cares"
    question = now.thread.pending
    danger_spoke = now.thread.turn in (before.thread.turn, now.thread.interrupted)
    if question is None or danger_spoke or not questions_in(now):
        return
    skipped = before.thread.pending == question and line.removeprefix(PRESS).casefold() == _SKIP
    if skipped or (question in before.profile.refused and question in now.profile.refused):
        yield f"{question} is asked though she refused it"
    elif now.knows(question) and (before.knows(question) or before.thread.pending == question):
        yield f"{question} is asked though the answer is known"


def _is_option(payload: str) -> bool:
    return not any(mark in payload for mark in (*_WAYS_OUT, *_PARTS))


def _goes_to_person(payload: str) -> bool:
    return payload == "/ask_human" or "offers:request" in payload
