"""Since when she cares: a date, a number of months, or only her words."""

from __future__ import annotations

import pytest

from bot.reading import Since
from bot.understanding.since import read_since
from bot.understanding.text import fold


def since_in(text: str) -> Since | None:
    return read_since(text, fold(text))


@pytest.mark.parametrize(
    ("text", "months", "year", "month"),
    [
        ("sinds mei", None, None, 5),
        ("sinds maart 2021", None, 2021, 3),
        ("vanaf 2019", None, 2019, None),
        ("sinds '19", None, 2019, None),
        ("sinds corona", None, 2020, None),
        ("al drie jaar", 36, None, None),
        ("al anderhalf jaar", 18, None, None),
        ("ruim een half jaar", 6, None, None),
        ("een jaar of tien", 120, None, None),
        ("ik ben 10 jaar mantelzorger", 120, None, None),
        ("drie maanden geleden begon het", 3, None, None),
        ("de laatste twee jaar", 24, None, None),
        ("we zijn 50 jaar getrouwd en ik zorg al drie jaar voor hem", 36, None, None),
    ],
)
def test_since_when_is_read(text: str, months: float | None, year: int | None, month: int | None) -> None:
    since = since_in(text)
    assert since is not None
    assert (since.months_ago, since.year, since.month) == (months, year, month)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sinds de zomer", "sinds de zomer"),
        ("sinds vorige zomer", "sinds vorige zomer"),
        ("sinds Pasen", "sinds Pasen"),
        ("sinds mei vorig jaar", "sinds mei vorig jaar"),
        ("sinds zijn geboorte", "sinds zijn geboorte"),
        ("al toen ik klein was", "toen ik klein was"),
        ("vanaf haar 60e", "vanaf haar 60e"),
        ("vanaf mijn twaalfde", "vanaf mijn twaalfde"),
        ("van kleins af aan", "van kleins af aan"),
        ("sinds kort", "sinds kort"),
        ("sinds haar val ben ik er elke dag", "sinds haar val"),
        ("sinds pa overleden is zorg ik voor ma", "sinds pa overleden is"),
        ("vorig jaar begon het", "vorig jaar begon"),
    ],
)
def test_what_depends_on_the_day_or_on_a_life_is_kept_in_her_words(text: str, words: str) -> None:
    since = since_in(text)
    assert since is not None
    assert (since.months_ago, since.year, since.month) == (None, None, None)
    assert since.evidence.words == words
    assert since.is_best_in_words


@pytest.mark.parametrize(("text", "least"), [("al jaren", 24), ("al maanden", 2), ("al meer dan twintig jaar", 240)])
def test_a_time_without_an_end_is_at_least_so_long(text: str, least: float) -> None:
    since = since_in(text)
    assert since is not None
    assert (since.months_ago, since.open_ended, since.is_best_in_words) == (least, True, True)


@pytest.mark.parametrize(("text", "low", "high"), [("2 à 3 jaar", 24, 36), ("sinds een paar maanden", 2, 3)])
def test_a_range_stays_a_range(text: str, low: float, high: float) -> None:
    since = since_in(text)
    assert since is not None
    assert (since.months_ago, since.months_high) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "we zijn al 50 jaar getrouwd", "al twee jaar op de wachtlijst", "hij is al 3 jaar dood", "hij is al 80 jaar",
        "mijn vader is al 88 jaar oud", "hij is een jaar of tien", "al drie weken per jaar", "ik ben geboren in 1954",
        "ik pas drie dagen per week op", "vanaf 17.00 uur", "vanaf maandag", "sinds we hier wonen",
        "sinds de thuiszorg gestopt is", "sinds hij dood is slaap ik niet",
    ],
)  # fmt: skip
def test_an_age_a_marriage_or_waiting_says_nothing_about_since_when_she_cares(text: str) -> None:
    assert since_in(text) is None
