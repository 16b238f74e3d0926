"""In Telegram no talk asks for a detail of health that can be missed (R117): whole talks, any walk, beginning anew."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.talk.third_party import NOT_ASKED
from channels.cli.practice import PRESS, Practice
from channels.root import House
from channels.telegram.capabilities import TELEGRAM
from tests.conversations.every_turn import Witness
from tests.conversations.walk import SAME_REPLY, Move, Says, Walk, moves
from tests.house import MONDAY_MORNING, SetClock

BEGINNING_ANEW = ("opnieuw beginnen", f"{PRESS}Opnieuw beginnen", "vergeet alles", f"{PRESS}Ja, vergeet alles")
ABOUT_LOAD = ("hoe zwaar is het eigenlijk voor mij", "kunt u testen hoe overbelast ik ben", f"{PRESS}Ja, dat is goed")


def health_asked(house: House, walk: Walk) -> list[str]:
    """The sentences on screen that ask for such a detail, and such a question that is open."""
    words = house.wording
    names = [f"utter_ask_{name}" for name in NOT_ASKED] + [f"utter_ask_load_{name}" for name in NOT_ASKED]
    sentences = [words.text(name, called="") for name in names if words.has(name)] + ["Wat is er aan de hand"]
    said = [sentence for sentence in sentences if sentence[:24] in walk.witness.now.text]
    titles = {button["payload"] for button in walk.witness.now.buttons}
    pressed = [payload for payload in titles if "load_check:" in payload or "questionnaire:" in payload]
    thread = walk.witness.now.thread
    open_now = [thread.pending] if thread.pending in NOT_ASKED else []
    return [*said, *pressed, *open_now, *(["load check"] if thread.in_load_check else [])]


@pytest.fixture(scope="session")
def begin(house: House, clock: SetClock) -> Callable[[], Awaitable[Walk]]:
    """Begins a walk in Telegram."""

    async def walk() -> Walk:
        clock.moment = MONDAY_MORNING
        practice = await Practice.begin(house, TELEGRAM.name)
        return Walk(house, clock, practice, Witness(house, practice.conversation_id, SAME_REPLY))

    return walk


def here() -> st.SearchStrategy[Move]:
    """Any move, and often one that begins anew or asks how heavy it is."""
    return st.one_of(moves(), moves(), moves(), st.sampled_from((*BEGINNING_ANEW, *ABOUT_LOAD)).map(Says))


@settings(max_examples=60, deadline=None, derandomize=True, phases=(Phase.generate, Phase.shrink))
@given(walked=st.lists(here(), min_size=4, max_size=12), calls=st.booleans())
async def test_no_walk_in_telegram_meets_such_a_question(house, begin, walked, calls) -> None:
    walk = await begin()
    try:
        for move in walked:
            assert not (faults := await walk.make(move)), f"{faults}\n{walk.transcript()}"
            assert not (asked := health_asked(house, walk)), f"{asked}\n{walk.transcript()}"
        if calls:
            assert not (faults := await walk.call_for_a_person()), f"{faults}\n{walk.transcript()}"
            assert not (asked := health_asked(house, walk)), f"{asked}\n{walk.transcript()}"
    finally:
        walk.erase()


STORY = ("mijn man", "ik help hem met aankleden en eten", "Zwolle", "niemand", "even rust", "nee")
BEGUN_ANEW = ("vergeet alles", f"{PRESS}Ja, vergeet alles", *STORY)
CALLED = (*STORY, "ik wil een mens spreken", "Anna", "06 12345678")
ASKED_FOR = ("mijn man", "kunt u kijken hoe zwaar het voor mij is", "ja graag")


@pytest.mark.parametrize("lines", [STORY, BEGUN_ANEW, ASKED_FOR, CALLED])
async def test_a_whole_talk_meets_none_while_the_website_has_them(house, begin, lines) -> None:
    walk = await begin()
    try:
        for line in lines:
            await walk.make(Says(line))
            assert not (asked := health_asked(house, walk)), f"{asked}\n{walk.transcript()}"
    finally:
        walk.erase()
    on_the_website = await Walk.begin(house, walk.clock)
    met = []
    for line in lines:
        await on_the_website.make(Says(line))
        met += health_asked(house, on_the_website)
    on_the_website.erase()
    assert met, "a test that finds nothing anywhere tests nothing"


async def test_what_was_open_on_a_website_is_let_go_when_the_talk_goes_on_in_telegram(house, begin, clock) -> None:
    walk = await Walk.begin(house, clock)
    for line in ("mijn man", "ik help hem met aankleden"):
        await walk.make(Says(line))
    assert walk.witness.now.thread.pending == "nights"
    with house.engine.begin() as connection:
        connection.exec_driver_sql("update conversations set channel = 'telegram'")
    await walk.make(Says("hallo"))
    assert health_asked(house, walk) == []
    walk.erase()
