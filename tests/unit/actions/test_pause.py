"""After a pause of hours she is asked whether it still holds, and the open question comes back."""

from __future__ import annotations

import pytest

from tests.unit.actions.stage import Stage
from tests.unit.actions.told import began, knowing, types


async def test_within_twelve_hours_the_talk_just_goes_on(stage: Stage) -> None:
    await began(stage)
    await stage.later(hours=11, minutes=59).hears("hallo", intent="greet")
    assert "ask_still_true" not in stage.names


async def test_after_twelve_hours_she_is_asked_whether_it_still_holds(stage: Stage) -> None:
    await began(stage)
    await stage.later(hours=12).hears("hallo", intent="greet")
    assert stage.names == ["ask_still_true"]
    assert "Wie: moeder" in stage.text
    assert "parkinson" in stage.text


async def test_the_name_and_number_are_not_read_out(stage: Stage) -> None:
    await knowing(stage).later(days=2).hears("hallo", intent="greet")
    assert stage.names == ["ask_still_true"]
    assert "Els" not in stage.text
    assert "0612345678" not in stage.text


async def test_who_told_nothing_is_not_asked(stage: Stage) -> None:
    await stage.hears("hallo", intent="greet")
    await stage.later(days=3).hears("hallo", intent="greet")
    assert "ask_still_true" not in stage.names


@pytest.mark.parametrize("how", ["button", "words"])
async def test_a_yes_goes_back_to_the_open_question(stage: Stage, how: str) -> None:
    await began(stage)
    await stage.later(days=1).hears("hallo", intent="greet")
    await (stage.presses("Ja, dat klopt nog") if how == "button" else stage.hears("ja hoor", intent="affirm"))
    assert stage.names[-1] == "ask_nights"
    assert stage.thread.pending == "nights"


@pytest.mark.parametrize("how", ["button", "words"])
async def test_a_change_or_a_no_shows_what_is_known(stage: Stage, how: str) -> None:
    await began(stage)
    await stage.later(days=1).hears("hallo", intent="greet")
    await (stage.presses("Er is iets veranderd") if how == "button" else stage.hears("nee", intent="deny"))
    assert stage.names == ["known"]
    await stage.presses("Verder praten")
    assert stage.names[-1] == "ask_nights"


async def test_news_is_taken_in_and_the_open_question_comes_later(stage: Stage) -> None:
    await began(stage)
    await stage.later(days=1).hears("hallo", intent="greet")
    text = "ze woont nu in Meppel"
    await types(stage, text)
    assert "ask_still_true" not in stage.names
    assert stage.profile.loved_one_place is not None
    assert stage.names[-1] in ("ask_nights", "ask_place_confirm")
    assert "apology" not in stage.names


async def test_news_with_a_no_is_news(stage: Stage) -> None:
    await began(stage)
    await stage.later(days=1).hears("hallo", intent="greet")
    await types(stage, "nee, ik slaap nu elke nacht maar drie uur, ik ben er elke nacht uit", intent="deny")
    assert stage.profile.nights is not None
    assert "ask_nights" not in stage.names


async def test_news_as_the_first_words_is_kept_and_she_is_asked(stage: Stage) -> None:
    await began(stage)
    await types(stage.later(days=1), "ik ben er elke nacht uit")
    assert stage.profile.nights is not None
    assert stage.names[-1] == "ask_still_true"
    await stage.presses("Ja, dat klopt nog")
    assert "ask_nights" not in stage.names


async def test_news_as_the_first_words_is_acknowledged(stage: Stage) -> None:
    await began(stage)
    await types(stage.later(days=1), "ik ben er elke nacht uit")
    assert stage.names[0].startswith("ack_")


async def test_it_is_asked_once_in_a_pause_and_again_in_the_next(stage: Stage) -> None:
    await began(stage)
    await stage.later(days=1).hears("hallo", intent="greet")
    await stage.presses("Ja, dat klopt nog")
    await stage.hears("hallo", intent="greet")
    assert "ask_still_true" not in stage.names
    await stage.later(days=1).hears("hallo", intent="greet")
    assert "ask_still_true" in stage.names


@pytest.mark.parametrize(("intent", "topic"), [("ask", "after_sending"), ("repeat", None), ("thanks", None)])
async def test_a_side_step_at_the_welcome_goes_on(stage: Stage, intent: str, topic: str | None) -> None:
    await began(stage)
    await stage.later(days=1).hears("hallo", intent="greet")
    await stage.hears("wat bedoelt u", intent=intent, topic=topic)
    assert "apology" not in stage.names
    assert stage.names[-1] in ("ask_still_true", "ask_nights")


async def test_after_a_pause_in_the_load_questions_a_hello_costs_no_question(stage: Stage) -> None:
    await knowing(stage).hears("is dit niet te zwaar?", intent="ask", topic="load_check")
    question = stage.thread.pending
    await stage.later(days=1).hears("hallo", intent="greet")
    assert question not in stage.profile.refused


async def test_anger_after_a_pause_is_answered_first(stage: Stage) -> None:
    await began(stage)
    await stage.later(days=1).hears("u luistert niet", intent="frustrated", topic="nobody_listens")
    assert stage.names == ["answer_nobody_listens"]
