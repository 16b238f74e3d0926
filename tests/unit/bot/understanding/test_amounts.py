"""Hours, nights, dates and bare numbers, as people write them."""

from __future__ import annotations

import pytest

from bot.understanding.hours import read_hours, read_hours_answer
from bot.understanding.nights import read_nights
from bot.understanding.numbers import bare_number
from bot.understanding.since import read_since
from bot.understanding.text import fold


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("een uurtje of vijftien per week", 15, 15),
        ("een uur of twaalf, soms het dubbele", 12, 24),
        ("4 à 5 uur per dag", 28, 35),
        ("twintig uur in de week", 20, 20),
        ("ik zorg zo'n 30 uur per week voor hem", 30, 30),
        ("tussen de 10 en 15 uur per week", 10, 15),
        ("elke dag anderhalf uur", 10.5, 10.5),
        ("drie uur per dag ben ik bij mijn moeder", 21, 21),
        ("wel 40 uur", 40, 40),
        ("200 uur per week", 200, 200),
    ],
)
def test_hours_of_care_are_read_per_week(text: str, low: float, high: float) -> None:
    hours = read_hours(text, fold(text))
    assert hours is not None
    assert (hours.low, hours.high, hours.constant) == (low, high, False)


@pytest.mark.parametrize("text", ["dag en nacht", "24/7", "24 uur per dag", "ik ben de klok rond met haar bezig"])
def test_care_that_never_stops_is_constant(text: str) -> None:
    hours = read_hours(text, fold(text))
    assert hours is not None
    assert hours.constant


@pytest.mark.parametrize(
    "text",
    [
        "ik werk 32 uur per week", "om vijf uur ben ik thuis", "drie uur slaap per nacht", "het is twee uur rijden",
        "de thuiszorg komt 3 uur per week", "om het uur", "4",
    ],
)  # fmt: skip
def test_other_hours_are_not_hours_of_care(text: str) -> None:
    assert read_hours(text, fold(text)) is None


def test_hours_of_care_are_read_beside_hours_of_work() -> None:
    text = "ik werk 32 uur per week en zorg 10 uur per week voor mijn vader"
    hours = read_hours(text, fold(text))
    assert hours is not None
    assert hours.low == 10


@pytest.mark.parametrize(("text", "low"), [("20", 20), ("een stuk of tien", 10), ("drie dagen per week", 24)])
def test_a_number_alone_answers_the_question_for_hours(text: str, low: float) -> None:
    hours = read_hours_answer(text, fold(text))
    assert hours is not None
    assert hours.low == low


@pytest.mark.parametrize(
    ("text", "low", "high", "times"),
    [
        ("elke nacht twee keer", 7, 7, 2),
        ("bijna elke nacht ben ik eruit", 5, 7, None),
        ("drie nachten per week", 3, 3, None),
        ("twee tot drie nachten in de week", 2, 3, None),
        ("om de nacht", 3.5, 3.5, None),
        ("twee keer per nacht", None, None, 2),
        ("ik slaap niet", None, None, None),
        ("ik slaap gewoon goed", 0, 0, None),
        ("de nachten gaan goed", 0, 0, None),
    ],
)
def test_broken_nights_are_read(text: str, low: float | None, high: float | None, times: float | None) -> None:
    nights = read_nights(text, fold(text))
    assert nights is not None
    assert (nights.per_week_low, nights.per_week_high, nights.times_a_night) == (low, high, times)


@pytest.mark.parametrize("text", ["ik wil een nacht weg", "een paar nachten logeren", "goedenacht", "we praten erover"])
def test_a_night_she_would_like_is_not_a_broken_night(text: str) -> None:
    assert read_nights(text, fold(text)) is None


@pytest.mark.parametrize(
    ("text", "months", "year", "month"),
    [
        ("sinds mei", None, None, 5),
        ("sinds maart 2021", None, 2021, 3),
        ("vanaf 2019", None, 2019, None),
        ("al drie jaar", 36, None, None),
        ("al anderhalf jaar", 18, None, None),
        ("drie maanden geleden begon het", 3, None, None),
        ("sinds vorig jaar", 12, None, None),
        ("al jaren", 36, None, None),
        ("sinds zijn geboorte", None, None, None),
    ],
)
def test_since_when_is_read(text: str, months: float | None, year: int | None, month: int | None) -> None:
    since = read_since(text, fold(text))
    assert since is not None
    assert (since.months_ago, since.year, since.month) == (months, year, month)


@pytest.mark.parametrize(
    "text", ["we zijn al 50 jaar getrouwd", "al twee jaar op de wachtlijst", "hij is al 3 jaar dood"]
)
def test_how_long_people_are_married_or_wait_says_nothing_about_care(text: str) -> None:
    assert read_since(text, fold(text)) is None


@pytest.mark.parametrize(
    ("text", "number"), [("4", 4), ("vier", 4), ("een stuk of 5", 5), ("2 à 4", 3), ("zo'n 20.", 20)]
)
def test_a_bare_number_is_only_a_number(text: str, number: float) -> None:
    assert bare_number(fold(text)) == number


@pytest.mark.parametrize("text", ["vier uur", "mijn 4 kinderen", "", "geen"])
def test_a_number_with_words_is_no_bare_number(text: str) -> None:
    assert bare_number(fold(text)) is None
