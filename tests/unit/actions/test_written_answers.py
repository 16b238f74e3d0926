"""A question the model does not know, for which an editor wrote an answer since."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.wording import Wording
from knowledge.answers import CuratedAnswers
from knowledge.curation.record import RecordKind
from knowledge.curation.records import Records
from tests.unit.actions.stage import Stage

QUESTION = "mag ik vooraf een kijkje nemen?"


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    stage = Stage.open(tmp_path)
    records = Records(stage.services.unanswered._sessions)
    body = {"text": "Dat kan. Bel {fact_mantelzorglijn}.", "questions": ["Mag ik vooraf een kijkje nemen"]}
    records.publish(RecordKind.ANSWER, "visit_first", body, by="ann", base_revision=0)
    wording = Wording.load(stage.services.facts.values(), answers=CuratedAnswers(records))
    stage.services = replace(stage.services, wording=wording)
    return stage


async def test_the_written_answer_is_said_and_nothing_is_kept_as_unknown(stage: Stage) -> None:
    await stage.hears(QUESTION, intent="ask")
    assert stage.names[0] == "answer_visit_first"
    assert "030 760 60 55" in stage.text
    assert stage.services.unanswered.all() == ()


async def test_it_comes_before_asking_which_topic_she_means(stage: Stage) -> None:
    await stage.hears(QUESTION, intent="ask", topics={"cost": 0.2, "waiting": 0.1})
    assert stage.names[0] == "answer_visit_first"


async def test_another_question_is_not_known_as_before(stage: Stage) -> None:
    await stage.hears("mag ik mijn hond meenemen?", intent="ask")
    assert stage.names[0] == "question_unknown"
    assert len(stage.services.unanswered.all()) == 1
