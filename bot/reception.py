"""Where every message of every channel comes in: stored first, danger before everything, a person before the bot.

The order is fixed (design.md, "The way of a message"): a message is stored before anything else; danger is answered
without any model, also while a person handles the conversation; when a person handles it, the bot stays silent;
only then does the assistant answer. Messages of one conversation are answered one by one, in the order they came.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import dropwhile, takewhile
from typing import Any, Protocol
from weakref import WeakValueDictionary

import structlog

from bot.assistant import Reply
from bot.conversations.records import Incoming, Message, storable
from bot.conversations.store import ConversationStore
from bot.keeping import STORING_FAILS, NotKeptError, OpenQuestions, Outage
from bot.privacy import without_bsn
from bot.request.desk import RequestDesk
from bot.safety.gate import SafetyGate, Verdict
from bot.safety.kinds import Danger, Hunch
from bot.talk.in_context import calls_off
from bot.understanding.informal import says_je
from bot.understanding.text import fold
from bot.wording import Utterance, Wording

log = structlog.get_logger("adempauze.reception")

MOST_CHARACTERS = 10_000
SILENCE = "…"
LONGEST_TITLE = 60  # of a button
OPEN_QUESTION = "danger"  # key in the conversation's state: a gentle question about danger that is open
PASSED_ON = "passed_on"  # key in that state: the last message of hers that went to the person who handles the talk
MOST_UNKEPT = 20  # messages that are looked through at once when nothing can be kept
ABOUT_REQUEST = frozenset({"/withdraw_request", "/ask_request_status", '/choose{"choice": "request:show"}'})
"""Buttons that stay hers while a person talks with her: to see her request, and to take it back."""
_CAN_BE_CALLED_OFF = ('"offers:', '"request:', "skip:name", "skip:phone", "skip:details")
"""In the buttons of an offered call, and of a request that is being made."""
_WORDS = re.compile(r"\w")


class Answers(Protocol):
    """What the reception needs of the assistant."""

    async def answer(self, conversation_id: str, text: str) -> list[Reply]:
        """Run one turn."""
        ...

    async def listen(self, conversation_id: str, text: str, danger: str | None = None) -> None:
        """Learn from a message that somebody else answers."""
        ...

    def says_je(self, conversation_id: str) -> bool:
        """Is she *je* to us in this talk?"""
        ...

    async def understand(self, text: str) -> dict[str, Any]:
        """What is understood of a text; no conversation is touched."""
        ...


class Reception:
    """Receives messages. Without ``assistant`` (no model) danger is heard and a person is offered all the same."""

    def __init__(
        self,
        conversations: ConversationStore,
        requests: RequestDesk,
        gate: SafetyGate,
        wording: Wording,
        assistant: Answers | None,
    ) -> None:
        self._conversations = conversations
        self._requests = requests
        self._gate = gate
        self._wording = wording
        self._assistant = assistant
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._questions = OpenQuestions()
        self.outage = Outage(conversations.probe)

    def warm_up(self) -> None:
        """Do now what the first messages would otherwise wait for."""
        self._gate.warm_up()

    async def open(self, conversation_id: str) -> list[Message]:
        """Say who we are, once, at the start of a conversation (invariant 8). Raises ``NotKeptError``, or what a store
        raises."""
        async with self._turn(conversation_id):
            if await self.outage.lasts():
                raise await self.not_kept([], conversation_id)
            if self._conversations.since(conversation_id, limit=1):
                return []
            return self._conversations.reply(conversation_id, [self._wording.say("utter_greeting")])

    async def receive(self, conversation_id: str, incoming: Incoming) -> list[Message]:
        """Store the message and what is answered; give what is new, oldest first.

        The same ``client_id`` twice counts once: the second time the stored answers are given again. Raises
        ``UnknownConversationError`` for a conversation that is gone, and ``NotKeptError`` when the database does not
        keep it: that error holds what she is told all the same, danger before everything.
        """
        async with self._turn(conversation_id):
            try:
                if not await self.outage.lasts():
                    return await self._kept(conversation_id, incoming)
            except STORING_FAILS as error:
                log.error("not_kept", error=type(error).__name__)
        raise await self.not_kept([incoming.typed or incoming.text], conversation_id)

    async def not_kept(self, texts: Sequence[str], conversation_id: str = "") -> NotKeptError:
        """What is said when these messages could not be kept: about danger if there is any, else that they wait.

        Needs no database. ``texts``: what she wrote and we did not keep, oldest first.
        """
        self.outage.begin()
        names: list[str] = []
        for text in texts[-MOST_UNKEPT:]:
            heard = without_bsn(storable(text))[0][:MOST_CHARACTERS]
            verdict = self._gate.check(heard, self._questions.of(conversation_id), await self._hunch(heard))
            if verdict is not None:
                log.warning("danger_heard", kind=str(verdict.kind), certain=verdict.certain)
                if verdict.question_open is not None and conversation_id:
                    self._questions.note(conversation_id, verdict.question_open)  # until a message is kept again
                names += [name for name in verdict.responses if name not in names]
        said = [self._wording.say(name) for name in names or ("utter_not_kept",)]
        return NotKeptError(said, danger=bool(names))

    async def _kept(self, conversation_id: str, incoming: Incoming) -> list[Message]:
        text, had_bsn = without_bsn(storable(incoming.text))
        if len(text) > MOST_CHARACTERS:
            return self._conversations.reply(conversation_id, [self._wording.say("utter_too_long")])
        payload = incoming.payload or self._button_meant(conversation_id, text)
        message, new = self._conversations.add(conversation_id, "person", text, client_id=incoming.client_id)
        if not new:
            answered = [m for m in self._conversations.since(conversation_id, message.id) if m.author != "person"]
            passed_on = self._conversations.recall(conversation_id).get(PASSED_ON, 0)
            if answered or passed_on >= message.id:
                return [message, *answered]
        said: list[Utterance | Reply] = [self._wording.say("utter_bsn_taken_out")] if had_bsn else []
        answers = await self._answer(conversation_id, text, payload, incoming.typed)
        if not answers and incoming.client_id:  # somebody has it now: sent once more, it must not be there twice
            self._conversations.remember(conversation_id, **{PASSED_ON: message.id})
        return [message, *self._conversations.reply(conversation_id, said + answers)]

    async def _answer(
        self, conversation_id: str, text: str, payload: str | None, typed: str = ""
    ) -> list[Utterance | Reply]:
        if payload and not payload.startswith("/"):  # a button that says something in her name, such as "Ik ben op"
            text, payload = payload, None
        heard = typed if payload else text
        verdict = await self._hear_danger(conversation_id, heard) if heard or not payload else None
        words = self._words_for(conversation_id, heard) if verdict else self._wording
        said: list[Utterance | Reply] = [words.say(name) for name in verdict.responses] if verdict else []
        # A person who closes the talk this very instant takes nothing over, and then the assistant answers.
        handling = self._requests.person_is_handling(conversation_id)
        to_person = handling and payload not in ABOUT_REQUEST
        taken_over = to_person and self._requests.add_from_carer(conversation_id, text) is not None
        if not taken_over and (payload or not said):  # a form is kept, also when what she wrote in it is answered first
            said += await self._talk(conversation_id, text, payload)
        elif said and not payload:
            await self._listen(conversation_id, text, verdict)
        return said

    def _words_for(self, conversation_id: str, text: str) -> Wording:
        """Whoever is *je* in this message or in the talk stays *je* when danger speaks; when unknown, she is *u*."""
        try:
            je = says_je(fold(text))
            if je is None:
                je = self._assistant is not None and self._assistant.says_je(conversation_id)
        except Exception as error:  # no state of the talk may keep the numbers from her
            log.error("address_unknown", error=type(error).__name__)
            return self._wording
        return self._wording.in_je() if je else self._wording

    async def _listen(self, conversation_id: str, text: str, verdict: Verdict | None) -> None:
        """What was answered with a question or a number has been told all the same."""
        if self._assistant is None or not _WORDS.search(text):
            return
        try:
            danger = str(verdict.kind) if verdict is not None and verdict.certain else None
            await self._assistant.listen(conversation_id, defused(text), danger)
        except Exception as error:
            log.error("listening_failed", error=type(error).__name__)

    async def _hear_danger(self, conversation_id: str, text: str) -> Verdict | None:
        open_question = Danger.from_dict(self._conversations.recall(conversation_id).get(OPEN_QUESTION))
        called_off = open_question is None and self._calls_off_what_is_offered(conversation_id, text)
        verdict = self._gate.check(text, open_question, await self._hunch(text))
        if called_off and verdict is not None and not verdict.certain:
            verdict = None
        still_open = verdict.question_open if verdict else None
        if open_question is not None or still_open is not None:
            kept = still_open.as_dict() if still_open else None
            self._conversations.remember(conversation_id, **{OPEN_QUESTION: kept})
        self._questions.note(conversation_id, still_open)
        if verdict is not None:
            log.warning("danger_heard", kind=str(verdict.kind), certain=verdict.certain)
        return verdict

    def _calls_off_what_is_offered(self, conversation_id: str, text: str) -> bool:
        """ "Het hoeft niet meer" after the offer of a call is a no to that; out of the blue it may be despair."""
        if not calls_off(text):
            return False
        said = dropwhile(lambda one: one.author == "person", reversed(self._conversations.since(conversation_id)))
        screen = takewhile(lambda one: one.author != "person", said)
        shown = [button["payload"] for message in screen for button in message.buttons]
        return any(beginning in payload for payload in shown for beginning in _CAN_BE_CALLED_OFF)

    async def _hunch(self, text: str) -> Hunch | None:
        """What the trained ear hears; nothing when there is no model or it fails, and then the patterns go on alone."""
        if self._assistant is None or not _WORDS.search(text):
            return None
        try:
            return Hunch.from_dict((await self._assistant.understand(defused(text))).get("danger"))
        except Exception as error:
            log.error("ear_failed", error=type(error).__name__)
            return None

    async def _talk(self, conversation_id: str, text: str, payload: str | None) -> list[Utterance | Reply]:
        if self._assistant is None:
            without_words = not payload and not _WORDS.search(text)
            return [self._wording.say("utter_no_words" if without_words else "utter_no_model")]
        try:
            replies = await self._assistant.answer(conversation_id, _with_title(payload, text) or defused(text))
        except Exception as error:
            log.error("turn_failed", error=type(error).__name__)
            return [self._wording.say("utter_apology")]
        return _each_button_once(replies) or [self._wording.say("utter_apology")]

    def _button_meant(self, conversation_id: str, text: str) -> str | None:
        """Typing the words of a button that is on screen is pressing it (terminals, Telegram, speech)."""
        wanted = text.strip().casefold()
        if not wanted or len(wanted) > LONGEST_TITLE:
            return None
        shown = self._conversations.buttons_on_screen(conversation_id)
        return next((button["payload"] for button in shown if button["title"].casefold() == wanted), None)

    def _turn(self, conversation_id: str) -> asyncio.Lock:
        return self._turns.setdefault(conversation_id, asyncio.Lock())


def _each_button_once(replies: list[Reply]) -> list[Utterance | Reply]:
    """What one turn says, with each button only where it is offered last: two of the same would be two ways."""
    seen: set[str] = set()
    said: list[Utterance | Reply] = []
    for reply in reversed(replies):
        buttons = tuple(button for button in reply.buttons if button["payload"] not in seen)
        seen |= {button["payload"] for button in buttons}
        said.append(replace(reply, buttons=buttons))
    return said[::-1]


def defused(text: str) -> str:
    """Typed text never runs as a command: Rasa would execute a leading slash (invariant 11)."""
    return text.lstrip().lstrip("/").lstrip() or SILENCE


def _with_title(payload: str | None, title: str) -> str | None:
    """The payload of a pressed choice, with the words on the button, so that they can be quoted as hers."""
    if payload is None or not payload.startswith("/choose{"):
        return payload
    choice: dict[str, Any] = json.loads(payload.removeprefix("/choose"))
    return "/choose" + json.dumps({**choice, "title": title}, ensure_ascii=False)
