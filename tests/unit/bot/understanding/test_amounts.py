"""Hours of care and bare numbers, as people write them."""

from __future__ import annotations

import pytest

from bot.reading import Hours
from bot.understanding.hours import read_hours, read_hours_answer
from bot.understanding.numbers import bare_number
from bot.understanding.text import fold


def hours_in(text: str) -> Hours | None:
    return read_hours(text, fold(text))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("een uurtje of vijftien per week", 15, 15),
        ("een uur of twaalf, soms het dubbele", 12, 24),
        ("10 tot 15 uur, soms wel 20", 10, 20),
        ("4 à 5 uur per dag", 28, 35),
        ("2 à 3 uurtjes elken dag", 14, 21),
        ("twintig uur in de week", 20, 20),
        ("zeuven uur per week", 7, 7),
        ("twaalf oer yn de wike", 12, 12),
        ("acht en twintig uur per week", 28, 28),
        ("twee en een half uur per dag", 17.5, 17.5),
        ("ik zorg zo'n 30 uur per week voor hem", 30, 30),
        ("tussen de 10 en 15 uur per week", 10, 15),
        ("elke dag anderhalf uur", 10.5, 10.5),
        ("elke dag wel vier uur", 28, 28),
        ("een uurtje of drie per dag", 21, 21),
        ("drie uur per dag ben ik bij mijn moeder", 21, 21),
        ("doordeweeks 2 uur per dag", 10, 10),
        ("8 uur per dag, 5 dagen per week", 40, 40),
        ("ik ga drie keer per week twee uur naar haar toe", 6, 6),
        ("elke ochtend een uur en elke avond twee uur", 21, 21),
        ("doordeweeks 2 uur per dag en in het weekend 8 uur", 18, 18),
        ("vroeger 10 uur per week, nu 30 uur per week", 30, 30),
        ("wel 40 uur", 40, 40),
        ("200 uur per week", 200, 200),
        ("20u/week", 20, 20),
    ],
)
def test_hours_of_care_are_read_per_week(text: str, low: float, high: float) -> None:
    hours = hours_in(text)
    assert hours is not None
    assert (hours.low, hours.high, hours.constant) == (low, high, False)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("ik ben drie dagen in de week van 9 tot 5 bij mijn moeder", 24, 24),
        ("ik ga twee keer per week een middag naar haar toe", 6, 8),
        ("ik zorg halve dagen voor hem", 20, 35),
        ("in het weekend altijd en doordeweeks een paar avonden", 30, 60),
        ("het is een dagtaak", 36, 40),
    ],
)
def test_days_and_parts_of_days_that_she_spends_on_care_are_reckoned_in_hours(
    text: str, low: float, high: float
) -> None:
    hours = hours_in(text)
    assert hours is not None
    assert (hours.low, hours.high) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "dag en nacht", "24/7", "24 uur per dag", "ik ben de klok rond met haar bezig", "altijd aan",
        "ik sta altijd aan",
        "geen idee, de hele dag door", "ik ren de hele dag voor ons pap", "de hele dag ben ik met haar bezig",
        "van 's ochtends vroeg tot 's avonds laat",
    ],
)  # fmt: skip
def test_care_that_never_stops_is_constant(text: str) -> None:
    hours = hours_in(text)
    assert hours is not None
    assert hours.constant


@pytest.mark.parametrize(
    "text",
    [
        "ik zorg 24 uur per week voor haar", "hij slaapt de hele dag", "ze belt de hele dag",
        "ik ben de hele dag moe",
        "binnen 24 uur belde de arts", "ik zorg altijd voor haar",
    ],
)  # fmt: skip
def test_words_of_always_about_something_else_are_not_constant(text: str) -> None:
    hours = hours_in(text)
    assert hours is None or not hours.constant


@pytest.mark.parametrize(
    "text",
    [
        "ik werk 32 uur per week", "om vijf uur ben ik thuis", "drie uur slaap per nacht", "het is twee uur rijden",
        "de thuiszorg komt 3 uur per week", "om het uur", "4", "hij is 84", "sinds 2019", "nummer 30",
        "mijn man is 75",
        "ik werk 32 uur per week naast de zorg voor mijn moeder", "ik heb een fulltime baan", "0 uur",
        "hij gaat drie dagen per week naar de dagbesteding", "iemand die twee middagen per week komt",
        "ik zou graag een paar uurtjes weg", "we wonen op nummer 30",
    ],
)  # fmt: skip
def test_other_hours_and_numbers_are_not_hours_of_care(text: str) -> None:
    assert hours_in(text) is None


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("ik werk 32 uur per week en zorg 10 uur per week voor mijn vader", 10),
        ("ik zorg 20 uur per week naast mijn baan", 20),
        ("ik werk 3 dagen per week en zorg elke avond 2 uur voor hem", 14),
        ("hij is 84 jaar en ik zorg 12 uur per week", 12),
    ],
)
def test_hours_of_care_are_read_beside_other_numbers(text: str, low: float) -> None:
    hours = hours_in(text)
    assert hours is not None
    assert hours.low == low


@pytest.mark.parametrize(
    ("text", "approximate"),
    [
        ("20 uur per week", False),
        ("ongeveer 20 uur per week", True),
        ("20 uur per week denk ik", True),
        ("30+ uur per week", True),
        ("een uur of acht in de week", True),
        ("zeker vier uur per dag, in het weekend meer", True),
    ],
)
def test_doubt_about_the_hours_is_kept(text: str, approximate: bool) -> None:
    hours = hours_in(text)
    assert hours is not None
    assert hours.approximate is approximate


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("20", 20, 20), ("een stuk of tien", 10, 10), ("drie dagen per week", 24, 24), ("zo'n 20 à 25", 20, 25),
        ("tussen de 10 en 15", 10, 15), ("kweenie 30?", 30, 30), ("30+", 30, 30), ("anderhalf uur", 1.5, 1.5),
        ("een paar uurtjes", 2, 3), ("halve dagen", 20, 35), ("twee keer per week een middag", 6, 8),
        ("elke dag van 8 tot 12", 28, 28), ("een volle werkweek", 36, 40),
    ],
)  # fmt: skip
def test_a_number_or_days_alone_answer_the_question_for_hours(text: str, low: float, high: float) -> None:
    hours = read_hours_answer(text, fold(text))
    assert hours is not None
    assert (hours.low, hours.high) == (low, high)


@pytest.mark.parametrize("text", ["hij is 84", "2019", "1011 AB", "geen idee", "weet ik niet", "nummer 30"])
def test_an_age_a_year_or_a_house_number_is_no_answer_to_the_question_for_hours(text: str) -> None:
    assert read_hours_answer(text, fold(text)) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("4", 4), ("vier", 4), ("een stuk of 5", 5), ("2 à 4", 3), ("zo'n 20.", 20), ("kweenie 30?", 30), ("30+", 30),
        ("tussen de 10 en 15", 12.5), ("zeuven", 7), ("tachtig", 80), ("uhm, 12 denk ik", 12), ("2½", 2.5),
    ],
)  # fmt: skip
def test_a_bare_number_is_only_a_number(text: str, number: float) -> None:
    assert bare_number(fold(text)) == number


@pytest.mark.parametrize("text", ["vier uur", "mijn 4 kinderen", "", "geen", "hij is 4", "4 jaar"])
def test_a_number_with_words_is_no_bare_number(text: str) -> None:
    assert bare_number(fold(text)) is None
