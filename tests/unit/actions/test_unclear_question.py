"""A question that may mean several things: asked once which of them it is, and then said to be unknown."""

from __future__ import annotations

import pytest

from bot.understanding.message import read_message
from tests.unit.actions.load_questions import MOTHER, of_mother
from tests.unit.actions.stage import REGIONS, Stage
from tests.unit.actions.told import began

QUESTION = "hoe zit het met betalen?"
LIKELY = {"cost": 0.3, "who_pays": 0.2, "refused": 0.1}
OTHER, HUMAN = "Iets anders", "Ik wil een mens spreken"


async def asks(stage: Stage, text: str = QUESTION, topics: dict[str, float] | None = None) -> Stage:
    """She asks something of which it is not clear what it is about."""
    return await stage.hears(text, intent="ask", topics=LIKELY if topics is None else topics)


def kept(stage: Stage) -> list[str]:
    """The questions that the editors see."""
    return [one.text for one in stage.services.unanswered.all()]


async def test_she_is_asked_which_it_is_with_a_way_out(stage: Stage) -> None:
    await began(stage)
    await asks(stage)
    assert stage.names == ["which_topic"]
    assert [button["title"] for button in stage.said[0].buttons] == [
        "Wat het kost", "Wie het betaalt", "Een nee op de aanvraag", OTHER, HUMAN,
    ]  # fmt: skip
    assert stage.thread.pending == "nights"
    assert stage.thread.misses == 0


async def test_the_one_she_chooses_is_answered_and_the_open_question_comes_back(stage: Stage) -> None:
    await began(stage)
    await asks(stage)
    await stage.presses("Wie het betaalt")
    assert stage.names[0] == "answer_who_pays"
    assert stage.names[-2:] == ["back_to_thread", "ask_nights"]
    assert kept(stage) == []


async def test_something_else_is_unknown_and_what_she_asked_is_kept(stage: Stage) -> None:
    await began(stage)
    await asks(stage)
    await stage.presses(OTHER)
    assert stage.names == ["question_unknown", "back_to_thread", "ask_nights"]
    assert kept(stage) == [QUESTION]


async def test_it_is_asked_once_and_then_unknown(stage: Stage) -> None:
    await began(stage)
    await asks(stage)
    await asks(stage, "ja maar hoe gaat dat dan?")
    assert stage.names == ["question_unknown", "back_to_thread", "ask_nights"]
    assert kept(stage) == [QUESTION]


async def test_said_more_clearly_it_is_answered(stage: Stage) -> None:
    await began(stage)
    await asks(stage)
    await stage.hears("wat kost het?", intent="ask", topic="cost")
    assert stage.names[0] == "answer_cost"
    assert kept(stage) == []


@pytest.mark.parametrize("first", ["Wat het kost", OTHER])
async def test_the_next_unclear_question_is_asked_about_again(stage: Stage, first: str) -> None:
    await asks(stage)
    await stage.presses(first)
    await asks(stage, "en hoe gaat dat met een nee?")
    assert stage.names == ["which_topic"]


async def test_nothing_of_a_question_that_may_not_be_kept_is_kept(stage: Stage) -> None:
    await stage._run(
        {
            "text": "Jansen?", "question": "", "asks": True, "entities": [], "reading": {},
            "topics": [{"topic": "cost", "chance": 0.3, "words": "Jansen?"}],
            "intent": {"name": "ask", "confidence": 0.9},
        }
    )  # fmt: skip
    assert stage.names == ["which_topic"]
    await stage.presses(OTHER)
    assert stage.names[0] == "question_unknown_only"
    assert kept(stage) == []


async def test_what_cannot_be_chosen_is_not_put_before_her(stage: Stage) -> None:
    await asks(stage, topics={"angry_at_you": 0.4, "cost": 0.2})
    assert {"Wat het kost", OTHER, HUMAN} == stage.buttons
    stage.slots = {}
    await asks(stage, topics={"angry_at_you": 0.4, "already_told": 0.2})
    assert stage.names[0] == "question_unknown"


@pytest.mark.parametrize(("chance", "name"), [(0.49, "which_topic"), (0.5, "answer_cost")])
async def test_from_an_even_chance_it_is_answered(stage: Stage, chance: float, name: str) -> None:
    await asks(stage, topics={"cost": chance})
    assert stage.names[0] == name


@pytest.mark.parametrize(
    ("intent", "name"), [("frustrated", "answer_angry_at_you"), ("never_mind", "answer_never_mind")]
)
async def test_anger_and_never_mind_are_not_asked_about(stage: Stage, intent: str, name: str) -> None:
    await began(stage)
    await stage.hears("ach wat maakt het ook uit?", intent=intent, topics={"cost": 0.2, "guilt": 0.1})
    assert stage.names == [name]
    assert kept(stage) == []


async def test_what_the_unclear_question_tells_is_taken_up(stage: Stage) -> None:
    await began(stage)
    text = "ik ben er elke nacht uit, hoe gaat dat dan?"
    await stage.hears(text, read_message(text, REGIONS), intent="ask", topics=LIKELY)
    assert stage.names[0].startswith("ack_")
    assert stage.names[-1] == "which_topic"
    await stage.presses("Wat het kost")
    assert stage.profile.nights is not None
    assert "ask_nights" not in stage.names


async def test_what_has_not_the_form_of_a_question_and_no_topic_is_told(stage: Stage) -> None:
    await began(stage)
    text = "ik ben er elke nacht uit"
    await stage.hears(text, read_message(text, REGIONS), intent="ask", topics=LIKELY)
    assert stage.profile.nights is not None
    assert stage.names[0].startswith("ack_")
    assert not {"which_topic", "question_unknown", "ask_nights"} & set(stage.names)
    assert kept(stage) == []


async def test_a_topic_makes_it_a_question_in_whatever_form(stage: Stage) -> None:
    await stage.hears("de kosten", intent="ask", topic="cost")
    assert stage.names[0] == "answer_cost"


async def test_a_story_that_asks_nothing_is_told_whatever_topic_it_sounds_like(stage: Stage) -> None:
    await stage.hears(MOTHER, of_mother(), topic="dementia_help")
    assert stage.profile.relation is not None
    assert stage.names[0].startswith("ack_")
    assert "answer_dementia_help" not in stage.names


@pytest.mark.parametrize(("topic", "known"), [("cost", True), (None, False)])
async def test_of_a_guess_only_a_clear_topic_is_answered(stage: Stage, topic: str | None, known: bool) -> None:
    await began(stage)
    await stage.hears("en dat andere?", intent="ask", confidence=0.3, topic=topic)
    assert ("answer_cost" in stage.names) is known
    assert "question_unknown" not in stage.names
