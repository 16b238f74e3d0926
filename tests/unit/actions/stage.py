"""A talk without the trained model: real steps, wording and catalogue; what was understood is given by the test."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import SKILLS
from actions.services import Services
from bot.profile import CarerProfile
from bot.reading import Cue, Evidence, LovedOne, Reading, Role
from bot.request.desk import RequestDesk
from bot.schema import migrate
from bot.talk.thread import Thread
from bot.wording import Utterance, Wording
from knowledge.access.rules import AccessRules
from knowledge.banners import Banners
from knowledge.catalogue import Catalogue
from knowledge.curation.records import Records
from knowledge.desks import Desks
from knowledge.facts import Facts
from knowledge.instruments import load_packs
from knowledge.places.regions import Regions
from knowledge.storage import open_engine, open_sessions
from knowledge.unanswered import UnansweredQuestions

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.utc)
REGIONS = Regions.load()
STEP_OF = {
    "ask_human": "ask_human", "ask_offers": "show_offers", "more_offers": "show_offers", "ask": "answer_question",
    "frustrated": "answer_question", "never_mind": "answer_question", "thanks": "courtesy", "what_is_known": "remember",
    "forget_me": "remember", "restart_talk": "leave", "stop": "leave", "repeat": "courtesy", "goodbye": "courtesy",
    "withdraw_request": "handle_request", "ask_request_status": "handle_request",
    "show_request": "handle_request", "change_request": "handle_request", "send_request": "handle_request",
}  # fmt: skip

NO_VALUES = {
    "text", "buttons", "elements", "custom", "template", "response", "image", "attachment", "choices", "variant",
    "informal",
}  # fmt: skip
"""Keys of an uttered message that are no values for its sentence."""


def words_at(text: str, words: str) -> Evidence:
    """Where ``words`` stand in ``text``."""
    start = text.index(words)
    return Evidence(words, start, start + len(words))


def person(text: str, words: str, relation: str, called: str) -> LovedOne:
    """Somebody named in ``text``."""
    return LovedOne(relation, called, words_at(text, words))


def cue(text: str, words: str, value: str) -> Cue:
    """A value heard in ``text``."""
    return Cue(value, words_at(text, words))


def chances(role: str, chance: float = 0.9) -> dict[str, float]:
    """What the trained reader would say: ``role`` with this chance, the rest over the others."""
    others = [other.value for other in Role if other.value != role]
    return {role: chance, **{other: (1 - chance) / len(others) for other in others}}


@dataclass
class Clock:
    """A clock that a test sets."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


BRIEFLY = ("Stuur maar zo", "Ja, dat mag")
"""How somebody answers who only wants the request sent: no more questions, and yes to what is asked apart."""


@dataclass
class Stage:
    """One talk. After each turn ``said`` holds the sentences she reads; ``cleared`` the talks that were forgotten.

    ``brief``: the questions around a request are answered in the shortest way, so that a test need not name them.
    """

    services: Services
    records: Records
    clock: Clock = field(default_factory=Clock)
    cleared: list[str] = field(default_factory=list)
    brief: bool = True
    slots: dict[str, Any] = field(default_factory=dict)
    said: list[Utterance] = field(default_factory=list)
    cards: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def open(cls, folder: Path, questionnaires: Path | None = None) -> Stage:
        """A talk on a database of its own, with the whole catalogue and the ``questionnaires`` of an operator."""
        engine = open_engine(f"sqlite:///{folder / 'talk.db'}")
        migrate(engine)
        sessions = open_sessions(engine)
        records = Records(sessions, lambda: NOW)
        catalogue = Catalogue(sessions, REGIONS, lambda: NOW, records)
        catalogue.load_seed()
        facts = Facts.load()
        wording = Wording.load(facts.values())
        clock, cleared = Clock(), list[str]()
        services = Services(
            catalogue=catalogue,
            regions=REGIONS,
            requests=RequestDesk(sessions, clock=lambda: NOW),
            wording=wording,
            facts=facts,
            desks=Desks.load(),
            unanswered=UnansweredQuestions(sessions),
            access_rules=AccessRules(records, REGIONS),
            banners=Banners(records, REGIONS),
            instruments=load_packs(questionnaires),
            clear_thread=cleared.append,
            third_party=lambda conversation_id: False,
            now=clock,
        )
        return cls(services, records, clock, cleared)

    def later(self, **span: float) -> Stage:
        """Time goes by: ``later(hours=12)``."""
        self.clock.now += timedelta(**span)
        return self

    async def hears(
        self,
        text: str,
        reading: Reading | None = None,
        *,
        intent: str = "tell",
        confidence: float = 0.9,
        also: tuple[str, float] | None = None,
        role: str | None = None,
        topic: str | None = None,
        topics: dict[str, float] | None = None,
    ) -> Stage:
        """She types ``text``, which is understood as ``reading``; ``also``: the second likeliest intent.

        ``topic``: what she surely asks; ``topics``: what she may ask, with their chances, the likeliest first.
        """
        understood = (reading or Reading()).as_dict()
        if role is not None:
            understood |= {"role": role, "role_probabilities": chances(role)}
        ranking = [{"name": intent, "confidence": confidence}]
        ranking += [{"name": also[0], "confidence": also[1]}] if also else []
        likely = topics or ({topic: 0.95} if topic else {})
        found = [{"topic": name, "chance": chance, "words": text} for name, chance in likely.items()]
        await self._run(
            {
                "text": text, "intent": ranking[0], "intent_ranking": ranking, "reading": understood, "entities": [],
                "topics": found, "question": text, "asks": "?" in text,
            }
        )  # fmt: skip
        return self

    async def presses(self, title: str) -> Stage:
        """She presses a button that is on screen."""
        await self._press(title)
        return self

    async def _answer_briefly(self) -> None:
        """Press on past what is asked beside the request; what she read before stays in ``said``."""
        for title in BRIEFLY:
            if self.brief and any(b["title"] == title for one in self.said for b in one.buttons):
                before, cards = self.said[:-1], self.cards
                await self._press(title)
                self.said, self.cards = [*before, *self.said], [*cards, *self.cards]

    async def _press(self, title: str) -> None:
        payload = next(b["payload"] for one in self.said for b in one.buttons if b["title"] == title)
        entities = [{"entity": "title", "value": title}]
        intent = payload[1:].partition("{")[0]
        if intent == "choose":
            entities.append({"entity": "choice", "value": json.loads(payload[len("/choose") :])["choice"]})
        await self._run({"text": payload, "intent": {"name": intent, "confidence": 1.0}, "entities": entities})

    async def fills_in(self, value: Any) -> Stage:
        """She saves the form of her request, which presses one button with all of it."""
        entities = [{"entity": "question", "value": "request_form"}, {"entity": "value", "value": value}]
        await self._run({"text": "/choose", "intent": {"name": "choose", "confidence": 1.0}, "entities": entities})
        return self

    async def _run(self, message: dict[str, Any]) -> None:
        step = STEP_OF.get(message["intent"]["name"], "talk")
        skills = {skill.skill: skill(self.services) for skill in SKILLS}
        for _ in range(3):
            tracker = Tracker.from_dict({"sender_id": "c", "slots": self.slots, "latest_message": message})
            dispatcher = CollectingDispatcher()
            events = await skills[step].run(dispatcher, tracker, {})
            followup = next((event["name"] for event in events if event["event"] == "followup"), "")
            self.slots |= {event["name"]: event["value"] for event in events if event["event"] == "slot"}
            if followup in ("action_listen", ""):
                break
            step = followup.removeprefix("action_")
        self.said = [self._worded(one) for one in dispatcher.messages]
        self.cards = [one["custom"] for one in dispatcher.messages if one.get("custom")]
        await self._answer_briefly()

    def _worded(self, message: dict[str, Any]) -> Utterance:
        values = {key: value for key, value in message.items() if key not in NO_VALUES}
        wording = self.services.wording.in_je() if message.get("informal") else self.services.wording
        utterance = wording.say(message["response"], message.get("variant") or 0, **values)
        own = [{"title": t, "payload": f'/choose{{"choice": "{c}"}}'} for t, c in message.get("choices") or ()]
        return Utterance(utterance.name, utterance.text, (*own, *utterance.buttons))

    @property
    def names(self) -> list[str]:
        """Names of the sentences, without ``utter_``."""
        return [one.name.removeprefix("utter_") for one in self.said]

    @property
    def text(self) -> str:
        """All she reads."""
        return re.sub(r"\s+", " ", " ".join(one.text for one in self.said))

    @property
    def buttons(self) -> set[str]:
        """Titles of the buttons on screen."""
        return {button["title"] for one in self.said for button in one.buttons}

    @property
    def profile(self) -> CarerProfile:
        """What is known of her now."""
        return CarerProfile.from_dict(self.slots.get("profile"))

    @property
    def thread(self) -> Thread:
        """Where the talk stands."""
        return Thread.from_dict(self.slots.get("thread"))
