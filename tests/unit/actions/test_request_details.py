"""At most four short questions before the request is shown: once each, all to be skipped, none when it cannot wait."""

from __future__ import annotations

import pytest

from bot.profile import CarerProfile, Told
from bot.reading import Reading
from bot.request.fields import FieldKey
from bot.request.vocabulary import FieldState
from bot.talk.details import next_detail
from bot.talk.thread import DETAILS, Thread
from bot.understanding.message import read_message
from knowledge.vocabulary import Urgency
from tests.unit.actions.stage import REGIONS, Stage

STORY = "mijn man in Zwolle heeft dementie, ik doe alles voor hem"


async def called(stage: Stage, story: str = STORY) -> Stage:
    """Somebody told her story, wants a person, and gave a name and a number."""
    stage.brief = False
    await stage.hears(story, read_message(story, REGIONS), role="carer")
    await stage.hears("ik wil een mens spreken", intent="ask_human")
    await stage.hears("Ria")
    return await stage.hears("06 12345678")


async def says(stage: Stage, text: str, intent: str = "tell") -> Stage:
    return await stage.hears(text, read_message(text, REGIONS), intent=intent)


def field(stage: Stage, key: FieldKey):
    request = stage.services.requests.for_conversation("c")
    assert request is not None
    item = request.field(key)
    assert item is not None
    return item


async def test_the_four_come_one_by_one_and_then_the_request(stage: Stage) -> None:
    await called(stage)
    assert stage.names == ["ask_loved_one_agrees"]
    await stage.presses("Nee, nog niet")
    assert stage.names == ["ask_current_help"]
    await says(stage, "twee keer per week thuiszorg")
    assert stage.names == ["ask_wlz"]
    await stage.presses("Weet ik niet")
    assert stage.names == ["ask_result"]
    await says(stage, "dat ik weer eens naar mijn zus kan")
    assert "request_check" in stage.names
    assert field(stage, FieldKey.LOVED_ONE_AGREES).value == "weet er nog niet van"
    assert field(stage, FieldKey.CURRENT_HELP).value == "thuiszorg of wijkverpleging (twee keer per week)"
    assert field(stage, FieldKey.WLZ).value == "weet niet"
    assert field(stage, FieldKey.RESULT).value == "dat ik weer eens naar mijn zus kan"


@pytest.mark.parametrize("words", ["stuur maar", "stuur maar zo", "Verstuur het maar", "klaar"])
async def test_stuur_maar_shows_the_request_at_once(stage: Stage, words: str) -> None:
    await called(stage)
    await says(stage, words)
    assert "request_check" in stage.names
    assert field(stage, FieldKey.LOVED_ONE_AGREES).state is FieldState.NOT_ASKED
    assert field(stage, FieldKey.WLZ).state is FieldState.NOT_ASKED


async def test_the_button_skips_all_the_rest_for_good(stage: Stage) -> None:
    await called(stage)
    await stage.presses("Stuur maar zo")
    assert "request_check" in stage.names
    await stage.presses("Niet versturen")
    await stage.hears("ik wil toch een mens spreken", intent="ask_human")
    assert "request_check" in stage.names


async def test_a_call_for_a_person_in_between_ends_the_questions(stage: Stage) -> None:
    await called(stage)
    await stage.hears("ik wil nu echt een mens", intent="ask_human")
    assert "request_check" in stage.names


async def test_a_skip_is_a_refusal_and_the_next_comes(stage: Stage) -> None:
    await called(stage)
    await stage.presses("Sla over")
    assert stage.names == ["ask_current_help"]
    await says(stage, "zeg ik niet", "skip")
    assert stage.names == ["ask_wlz"]
    await stage.presses("Stuur maar zo")
    assert field(stage, FieldKey.CURRENT_HELP).state is FieldState.REFUSED


async def test_what_was_told_is_not_asked(stage: Stage) -> None:
    await called(stage, f"{STORY}. hij weet ervan, we hebben geen hulp en hij heeft geen wlz")
    assert stage.names == ["ask_result"]


async def test_a_pause_of_days_asks_nothing_again(stage: Stage) -> None:
    await called(stage)
    stage.later(days=3)
    await stage.hears("hallo", intent="greet")
    assert "ask_loved_one_agrees" not in stage.names


@pytest.mark.parametrize(
    "words", ["hij is terminaal", "ik hou het nog maar een paar dagen vol", "de thuiszorg is per direct gestopt"]
)
async def test_in_an_urgent_case_nothing_is_asked(stage: Stage, words: str) -> None:
    await called(stage, f"{STORY}. {words}")
    assert "request_check" in stage.names


KNOWN = CarerProfile(relation=Told("partner", "mijn man"), called="uw man")


@pytest.mark.parametrize(("urgency", "most"), [(Urgency.NORMAL, 4), (Urgency.SOON, 2), (Urgency.EMERGENCY, 0)])
def test_the_more_urgent_the_fewer(urgency: Urgency, most: int) -> None:
    thread, asked = Thread(), []
    while (name := next_detail(KNOWN, urgency, thread)) is not None:
        asked.append(name)
        thread.ask(name)
    assert asked == list(DETAILS[:most])


@pytest.mark.parametrize(
    "profile",
    [
        CarerProfile(),
        CarerProfile(relation=Told("partner"), bereaved=Told(True)),
        CarerProfile(relation=Told("partner"), role=Told("professional")),
        CarerProfile(relation=Told("partner"), danger=Told("violence")),
    ],
)
def test_who_has_no_loved_one_to_speak_of_is_not_asked(profile: CarerProfile) -> None:
    assert next_detail(profile, Urgency.NORMAL, Thread()) is None


def test_a_parent_is_not_asked_whether_the_child_agrees() -> None:
    profile = CarerProfile(relation=Told("child"), loved_one_child=Told("yes"))
    assert next_detail(profile, Urgency.NORMAL, Thread()) == "current_help"


def test_a_bare_reading_tells_no_detail() -> None:
    assert Reading().details == ()
