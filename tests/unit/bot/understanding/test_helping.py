"""Who helps is not who is cared for, and the days on which they come are not the days on which she wants help."""

from __future__ import annotations

import pytest

from bot.understanding.readings import reading_of


@pytest.mark.parametrize(
    "text",
    [
        "Mijn schoonzus komt op dinsdag. Mijn vader heeft parkinson.",
        "Mijn vader heeft parkinson en op vrijdag komt mijn zus.",
        "Mijn vader is dement, mijn dochter van 19 past soms op hem.",
        "Mijn moeder is ziek. Mijn neef vangt de kinderen op.",
        "Mijn broer en ik verdelen het, ma heeft copd.",
    ],
)
def test_somebody_who_comes_is_help_and_not_cared_for(text: str) -> None:
    reading = reading_of(text)
    assert reading.helpers is not None
    assert reading.helpers.value == "some"
    assert [one.relation for one in reading.loved_ones] == ["parent"]
    assert reading.moments == ()


@pytest.mark.parametrize(
    "text",
    [
        "Mijn broer zou helpen met pa, maar pa ziet hem nooit.",
        "Onze zoon woont in Spanje. Mijn vrouw heeft alzheimer.",
        "De thuiszorg is gestopt, mijn man kan niks.",
        "Ik werk in de thuiszorg en mijn moeder heeft dementie.",
        "Mijn moeder komt op maandag thuis uit het ziekenhuis.",
        "Mijn man en ik zijn moe, mijn moeder heeft copd.",
    ],
)
def test_help_that_was_promised_is_far_away_or_over_is_no_help(text: str) -> None:
    assert reading_of(text).helpers is None


def test_a_pause_ends_a_phrase_about_who_helps() -> None:
    assert reading_of("Ons ma kan niks alleen, ik was haar.").helpers is None


def test_the_day_of_day_care_is_not_the_day_she_asks_for() -> None:
    assert reading_of("Op maandag gaat mijn man naar de dagopvang.").moments == ()
    assert reading_of("Ik wil op maandag een oppas voor mijn man.").moments != ()


def test_the_sister_of_her_husband_is_not_her_husband() -> None:
    assert [one.called for one in reading_of("De zus van mijn man heeft parkinson.").loved_ones] == ["uw schoonzus"]
    gives_advice = reading_of("De zus van mijn man zegt dat ik moet rusten. Mijn vader heeft parkinson.")
    assert "uw schoonzus" not in [one.called for one in gives_advice.loved_ones]


def test_how_long_they_live_there_takes_nothing_from_how_long_she_cares() -> None:
    since = reading_of("Ik zorg al 6 jaar voor mijn man, we wonen in Ede.").since
    assert since is not None
    assert since.months_ago == 72
    assert reading_of("We wonen al 20 jaar in Ede.").since is None


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("Ik ben 78 en woon in Ede met mijn man.", "carer"),
        ("Mijn moeder woont nu bij mij in Breda.", "carer"),
        ("Vroeger woonde mijn moeder in Breda.", "elsewhere"),
        ("Toen we nog in Breda woonden ging het.", "elsewhere"),
        ("Mijn man gaat naar een dagcentrum in Arnhem.", "elsewhere"),
        ("Mijn moeder zorgt voor mijn vader, in Arnhem.", "loved_one"),
    ],
)
def test_a_place_is_where_somebody_lives_now(text: str, whose: str) -> None:
    assert [place.whose for place in reading_of(text).places] == [whose]
