"""Questions without an answer are counted, by month, and nothing else is kept of them."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.schema import migrate
from knowledge.storage import open_engine, open_sessions
from knowledge.unanswered import LONGEST, UnansweredQuestion, UnansweredQuestions

NOVEMBER, DECEMBER = date(2026, 11, 23), date(2026, 12, 1)


@pytest.fixture
def questions(tmp_path: Path) -> UnansweredQuestions:
    engine = open_engine(f"sqlite:///{tmp_path / 'questions.db'}")
    migrate(engine)
    return UnansweredQuestions(open_sessions(engine))


def counted(questions: UnansweredQuestions) -> list[tuple[str, str, int]]:
    return [(one.text, one.month, one.times) for one in questions.all()]


def test_at_first_there_are_none(questions: UnansweredQuestions) -> None:
    assert questions.all() == ()


def test_a_question_is_kept_with_its_month_only(questions: UnansweredQuestions) -> None:
    questions.keep("wat kost een …?", NOVEMBER)
    assert counted(questions) == [("wat kost een …?", "2026-11", 1)]
    assert {field.name for field in fields(UnansweredQuestion)} == {"text", "month", "times", "id"}


def test_the_same_question_is_counted_in_its_last_month(questions: UnansweredQuestions) -> None:
    questions.keep("wat kost het?", NOVEMBER)
    questions.keep("  wat kost het? ", DECEMBER)
    assert counted(questions) == [("wat kost het?", "2026-12", 2)]


@pytest.mark.parametrize("empty", ["", "   ", "\n\t"])
def test_an_empty_question_is_nothing_to_keep(questions: UnansweredQuestions, empty: str) -> None:
    questions.keep(empty, NOVEMBER)
    assert questions.all() == ()


def test_the_most_asked_comes_first_then_by_the_alphabet(questions: UnansweredQuestions) -> None:
    for text in ("b?", "c?", "a?", "c?"):
        questions.keep(text, NOVEMBER)
    assert [one.text for one in questions.all()] == ["c?", "a?", "b?"]


def test_a_long_question_is_cut_and_still_counted_once(questions: UnansweredQuestions) -> None:
    questions.keep("wat " * 100, NOVEMBER)
    questions.keep("wat " * 100, NOVEMBER)
    assert [(len(one.text) <= LONGEST, one.times) for one in questions.all()] == [(True, 2)]


@settings(
    max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(st.lists(st.sampled_from(["wat kost het?", "wie belt er?", " wie belt er?", ""]), max_size=8))
def test_the_counts_add_up(questions: UnansweredQuestions, asked: list[str]) -> None:
    before = sum(one.times for one in questions.all())
    for text in asked:
        questions.keep(text, NOVEMBER)
    assert sum(one.times for one in questions.all()) == before + sum(bool(text.strip()) for text in asked)
