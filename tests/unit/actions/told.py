"""A talk of which something is remembered: what was told before, and how she comes to change it."""

from __future__ import annotations

from typing import Any

from bot.profile import CarerProfile, Quote, Told
from bot.reading import Reading
from bot.talk.thread import Thread
from bot.understanding.message import read_message
from tests.unit.actions.stage import REGIONS, Stage, cue, person

FIRST = "mijn moeder heeft parkinson, ik kook voor haar"


def place(name: str) -> Told:
    return Told({"municipality": name, "place": name, "postcode": None, "state": "stated"}, name, 1, confirmed=True)


def told_profile() -> CarerProfile:
    """What she told on an earlier day: some of everything."""
    return CarerProfile(
        relation=Told("parent", "mijn moeder", 1),
        called="uw moeder",
        conditions=[Told("parkinson", "parkinson", 1)],
        tasks=[Told("household", "kook", 1)],
        hours=Told({"low": 20.0, "high": 20.0, "constant": False}, "20 uur", 1),
        helpers=Told("none", "niemand", 1),
        body=Told("hurts", "mijn rug", 1),
        carer_place=place("Zwolle"),
        loved_one_place=place("Kampen"),
        contact={"name": "Els", "phone": "0612345678"},
        quotes=[Quote(FIRST, 1)],
    )


def knowing(stage: Stage, **thread: Any) -> Stage:
    """A talk in which all of ``told_profile`` was told."""
    stage.slots = {
        "profile": told_profile().as_dict(),
        "thread": Thread(turn=3, last_at=stage.clock.now.isoformat(), **thread).as_dict(),
    }
    return stage


async def types(stage: Stage, text: str, intent: str = "tell") -> Stage:
    """What she types, read as in the product."""
    return await stage.hears(text, read_message(text, REGIONS), intent=intent)


async def began(stage: Stage) -> Stage:
    """She told of her mother, and a question is open."""
    reading = Reading(
        loved_ones=(person(FIRST, "mijn moeder", "parent", "uw moeder"),),
        conditions=(cue(FIRST, "parkinson", "parkinson"),),
        tasks=(cue(FIRST, "kook", "household"),),
    )
    await stage.hears(FIRST, reading)
    assert stage.thread.pending == "nights"
    return stage


def shown(stage: Stage) -> dict[str, str]:
    """The parts on the card, by key."""
    card = next(card for card in stage.cards if card["kind"] == "profile")
    return {field["key"]: field["value"] for section in card["sections"] for field in section["fields"]}


async def opens(stage: Stage, label: str) -> Stage:
    """She opens the part of this name for change."""
    await stage.hears("wat weet u van mij", intent="what_is_known")
    await stage.presses("Iets veranderen")
    return await stage.presses(label)
