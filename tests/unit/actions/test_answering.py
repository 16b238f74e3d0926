"""Side questions: an answer with its sources and its desk, or the plain word that it is not known."""

from __future__ import annotations

import re

import pytest

from bot.reading import Reading
from bot.understanding.message import read_message
from bot.wording import Wording
from knowledge.desks import Desks
from knowledge.facts import Facts
from tests.unit.actions.stage import REGIONS, Stage
from tests.unit.actions.told import began

FACTS = Facts.load()
FIRST = "mijn moeder heeft parkinson"
WORDS = Wording.load(FACTS.values())
TOPICS = sorted(name.removeprefix("utter_answer_") for name in WORDS.names() if name.startswith("utter_answer_"))
BEGINS_QUESTIONS = "load_check"
ANSWERS = [name for name in TOPICS if name != BEGINS_QUESTIONS and not name.endswith("_undated")]


def sources(stage: Stage) -> list[str]:
    return [one.text for one in stage.said if one.name == "utter_source"]


async def test_every_topic_says_its_answer_and_all_its_sources_in_one_line(stage: Stage) -> None:
    for topic in ANSWERS:
        stage.slots = {}
        await stage.hears("hoe zit dat", intent="ask", topic=topic)
        assert stage.names[0] == f"answer_{topic}"
        cited = {FACTS[key].cite for key in WORDS.facts_in(f"utter_answer_{topic}") if FACTS[key].cite}
        assert len(sources(stage)) == min(1, len(cited)), topic
        assert all(cite in sources(stage)[0] for cite in cited), topic


async def test_a_source_has_the_month_in_which_it_was_checked(stage: Stage) -> None:
    await stage.hears("hoe lang duurt dat", intent="ask", topic="duration")
    quoted = [FACTS[key] for key in WORDS.facts_in("utter_answer_duration") if FACTS[key].cite]
    first, second = dict.fromkeys(fact.cite for fact in quoted)
    oldest = min(fact.checked_on for fact in quoted)
    assert re.fullmatch(rf"Bron: {first} en {second}, nagekeken in [a-z]+ {oldest.year}\.", sources(stage)[0])


async def test_after_the_answer_the_open_question_is_asked_again(stage: Stage) -> None:
    await began(stage)
    await stage.hears("hoe lang duurt dat", intent="ask", topic="duration")
    assert stage.names[0] == "answer_duration"
    assert stage.names[-2:] == ["back_to_thread", "ask_nights"]
    await stage.hears("drie", Reading(number=3.0))
    assert stage.profile.nights is not None


async def test_what_a_question_tells_on_the_way_is_kept_and_not_asked(stage: Stage) -> None:
    await began(stage)
    text = "ik ben er elke nacht uit, hoe lang duurt zoiets?"
    await stage.hears(text, read_message(text, REGIONS), intent="ask", topic="duration")
    assert stage.profile.nights is not None
    assert stage.names[0].startswith("ack_")
    assert "answer_duration" in stage.names
    assert "ask_nights" not in stage.names


async def test_an_unsure_topic_is_not_answered(stage: Stage) -> None:
    text = "hoe zit dat dan?"
    await stage.hears(text, intent="ask")
    assert stage.names[0] == "question_unknown"


async def test_a_desk_is_told_once(stage: Stage) -> None:
    for topic in sorted({topic for desk in Desks.load() for topic in desk.topics}):
        stage.slots, told = {}, []
        for _ in range(4):
            await stage.hears("waar moet ik zijn", intent="ask", topic=topic)
            told += [one.text for one in stage.said if one.name == "utter_desk"]
        assert told, topic
        assert len(told) == len(set(told)) == len(stage.thread.told_desks), topic


async def test_a_desk_of_two_topics_is_told_once_in_a_talk(stage: Stage) -> None:
    await stage.hears("welk loket", intent="ask", topic="which_desk")
    await stage.hears("steeds weer een ander", intent="ask", topic="sent_around")
    assert len(stage.thread.told_desks) == len(set(stage.thread.told_desks)) == 2


async def test_an_unknown_question_is_said_to_be_unknown_and_a_person_is_at_hand(stage: Stage) -> None:
    await began(stage)
    await stage.hears("mag een … ook in bad?", intent="ask")
    assert stage.names == ["question_unknown", "back_to_thread", "ask_nights"]
    assert "Ik wil een mens spreken" in stage.buttons


async def test_an_unknown_question_is_counted(stage: Stage) -> None:
    for _ in range(2):
        await stage.hears("mag een … ook in bad?", intent="ask")
    assert [(one.text, one.month, one.times) for one in stage.services.unanswered.all()] == [
        ("mag een … ook in bad?", "2026-11", 2)
    ]


async def test_what_is_kept_is_the_cleaned_question_and_never_the_message(stage: Stage) -> None:
    await stage._run(
        {
            "text": "Mag Piet Jansen uit Zwolle in bad?", "question": "mag … in bad?", "entities": [], "topics": [],
            "intent": {"name": "ask", "confidence": 0.9}, "reading": {}, "asks": True,
        }
    )  # fmt: skip
    assert [one.text for one in stage.services.unanswered.all()] == ["mag … in bad?"]


async def test_a_known_question_is_not_kept(stage: Stage) -> None:
    await stage.hears("hoe lang duurt dat", intent="ask", topic="duration")
    assert stage.services.unanswered.all() == ()


@pytest.mark.parametrize("intent", ["frustrated", "never_mind"])
async def test_anger_is_no_question_to_keep(stage: Stage, intent: str) -> None:
    await stage.hears("wat een ellende", intent=intent)
    assert stage.services.unanswered.all() == ()


async def test_nothing_is_promised_when_nothing_is_kept(stage: Stage) -> None:
    await stage._run(
        {
            "text": "Jansen?", "question": "", "entities": [], "topics": [], "reading": {},
            "intent": {"name": "ask", "confidence": 0.9}, "asks": True,
        }
    )  # fmt: skip
    assert stage.names[0] == "question_unknown_only"
    assert stage.services.unanswered.all() == ()
    assert "Ik schrijf uw vraag op" not in stage.text


async def test_the_second_unknown_answer_reads_otherwise(stage: Stage) -> None:
    texts = set()
    for _ in range(2):
        await stage.hears("mag dat?", intent="ask")
        assert stage.names[0] == "question_unknown"
        texts.add(stage.said[0].text)
    assert len(texts) == 2


async def test_who_says_je_reads_je_from_then_on(stage: Stage) -> None:
    await stage.hears("kun je me helpen met mijn moeder", Reading(informal=True))
    assert not re.search(r"\b[uU]w?\b", stage.text)
    await stage.hears("wat kost dat", intent="ask", topic="duration")
    assert stage.thread.informal
    await stage.hears("kunt u dat herhalen", Reading(informal=False), intent="ask", topic="capabilities")
    assert stage.thread.informal  # once je, always je: a switch back in mid-talk sounds cold
    assert " u " not in stage.text
