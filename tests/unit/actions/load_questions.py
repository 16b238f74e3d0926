"""A talk in which the five questions about the load are offered or open."""

from __future__ import annotations

from bot.reading import Reading
from bot.talk.thread import LOAD_QUESTIONS
from bot.understanding.message import read_message
from tests.unit.actions.stage import REGIONS, Stage, cue, person

MOTHER = "mijn moeder heeft parkinson"
ASKED = [f"ask_load_{name}" for name in LOAD_QUESTIONS]
YES, NO = "Ja, dat is goed", "Nee, liever niet"
TOGETHER = "Samen kijken hoe zwaar het is"
"""The way to the questions from a request."""
LIGHT = {
    "ask_load_nights": "Nee, ik slaap door",
    "ask_load_body": "Nee",
    "ask_load_own_time": "Ja, soms",
    "ask_load_helpers": "Ja",
    "ask_load_perseverance": "Maanden of langer",
}
HEAVY = {
    "ask_load_nights": "Bijna elke nacht",
    "ask_load_body": "Ja, dat merk ik",
    "ask_load_own_time": "Nee, nooit",
    "ask_load_helpers": "Nee, niemand",
    "ask_load_perseverance": "Een paar weken",
}


def reading(text: str) -> Reading:
    return read_message(text, REGIONS)


async def tells(stage: Stage, text: str, intent: str = "tell") -> Stage:
    """What she types, read as in the product."""
    return await stage.hears(text, reading(text), intent=intent)


def of_mother(place: str = "") -> Reading:
    """What ``MOTHER`` tells, and where she lives."""
    mother = person(MOTHER, "mijn moeder", "parent", "uw moeder")
    return Reading(
        loved_ones=(mother,), conditions=(cue(MOTHER, "parkinson", "parkinson"),), places=reading(place).places
    )


async def offered(stage: Stage) -> Stage:
    """She told of her mother in Zwolle, saw what there is, and does not want it now: the questions are offered."""
    await stage.hears(f"{MOTHER} in Zwolle, wat is er", of_mother("Zwolle"), intent="ask_offers")
    return await stage.presses("Nee, nu niet")


async def begun(stage: Stage) -> Stage:
    """The first of the five is open."""
    await offered(stage)
    return await stage.presses(YES)


async def requested(stage: Stage) -> Stage:
    """She told of her mother and wants a person: her request is on screen."""
    await stage.hears(MOTHER, of_mother(), intent="ask_human")
    await tells(stage, "Zwolle")
    await stage.hears("Els")
    return await stage.hears("06 12345678")


async def begun_in_request(stage: Stage) -> Stage:
    """The first of the five is open, chosen under her request."""
    await requested(stage)
    await stage.presses("Iets veranderen")
    return await stage.presses(TOGETHER)


def open_question(stage: Stage) -> str:
    return next((name for name in stage.names if name in ASKED), "")
