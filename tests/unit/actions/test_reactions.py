"""Anger, never mind and silence are answered, nobody is pressed, and the open question stays open."""

from __future__ import annotations

import pytest

from bot.reading import Reading
from tests.unit.actions.stage import Stage
from tests.unit.actions.told import began

REACTIONS = ("robot_reproach", "nobody_listens", "angry_at_you", "angry_at_system", "already_told", "never_mind")


@pytest.mark.parametrize("topic", [*REACTIONS, None])
@pytest.mark.parametrize("intent", ["frustrated", "never_mind"])
async def test_anger_is_not_followed_by_the_same_question(stage: Stage, intent: str, topic: str | None) -> None:
    await began(stage)
    await stage.hears("hou toch op", intent=intent, topic=topic)
    assert len(stage.names) == 1
    assert not [name for name in stage.names if name.startswith("ask_") or name == "back_to_thread"]
    assert stage.thread.pending == "nights"
    await stage.hears("drie", Reading(number=3.0))
    assert stage.profile.nights is not None


async def test_never_mind_without_a_topic_is_left_in_peace(stage: Stage) -> None:
    await began(stage)
    await stage.hears("ach laat ook maar", intent="never_mind")
    assert stage.names == ["answer_never_mind"]


@pytest.mark.parametrize("topic", REACTIONS)
async def test_anger_twice_reads_otherwise(stage: Stage, topic: str) -> None:
    texts = []
    for _ in range(2):
        await stage.hears("hou toch op", intent="frustrated", topic=topic)
        texts.append(stage.text)
    assert len(set(texts)) == 2


@pytest.mark.parametrize("topic", ["angry_at_you", "already_told", "robot_reproach"])
async def test_anger_in_the_form_of_a_question_is_not_followed_by_it_either(stage: Stage, topic: str) -> None:
    await began(stage)
    await stage.hears("waarom vraagt u steeds hetzelfde?", intent="ask", topic=topic)
    assert stage.names == [f"answer_{topic}"]


async def test_silence_is_answered_and_the_question_stays_open(stage: Stage) -> None:
    await began(stage)
    said = []
    for _ in range(3):
        await stage.hears("...", intent="silence")
        said += stage.names
        assert stage.thread.pending == "nights"
    assert said == ["silence", "silence_again", "silence_again"]
    assert "nights" not in stage.profile.refused
    await stage.hears("drie", Reading(number=3.0))
    assert stage.profile.nights is not None
    assert stage.thread.silences == 0


async def test_after_words_a_silence_is_the_first_again(stage: Stage) -> None:
    await began(stage)
    for text, intent in (("...", "silence"), ("drie", "tell"), ("…", "silence")):
        await stage.hears(text, Reading(number=3.0) if intent == "tell" else None, intent=intent)
    assert stage.names == ["silence"]


@pytest.mark.parametrize("pending", ["place", "wish", "helpers", "situation", "name", "body", "perseverance"])
async def test_silence_answers_no_question(stage: Stage, pending: str) -> None:
    phase = "contact" if pending == "name" else "listening"
    stage.slots = {"thread": {"pending": pending, "asked": [pending], "phase": phase}}
    await stage.hears("...", intent="silence")
    assert stage.names == ["silence"]
    assert stage.thread.pending == pending
    assert not stage.profile.knows("wishes")
    assert not stage.profile.contact


async def test_a_question_ends_a_silence_too(stage: Stage) -> None:
    await began(stage)
    await stage.hears("...", intent="silence")
    await stage.hears("hoe lang duurt dat", intent="ask", topic="duration")
    await stage.hears("...", intent="silence")
    assert stage.names == ["silence"]
