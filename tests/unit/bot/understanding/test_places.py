"""Places and postcodes in running text."""

from __future__ import annotations

import pytest

from bot.understanding.message import read_message
from bot.understanding.places import read_place_answer
from knowledge.regions import Regions


def test_two_places_belong_to_two_people_and_a_typing_error_is_forgiven(regions: Regions) -> None:
    found = read_message("wij wonen in zwolle, mijn moeder in Deventr", regions).places
    assert [(one.municipalities, one.whose, one.exact) for one in found] == [
        (("Zwolle",), "carer", True),
        (("Deventer",), "loved_one", False),
    ]


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("ik woon in Assen", "carer"),
        ("mijn vader woont in Assen", "loved_one"),
        ("ze woont bij ons in Assen", "carer"),
        ("we wonen met mijn man in Assen", "carer"),
        ("in Assen", "unknown"),
        ("ik zorg voor mijn moeder in Assen", "loved_one"),
    ],
)
def test_whose_place_it_is_is_heard(regions: Regions, text: str, whose: str) -> None:
    assert [one.whose for one in read_message(text, regions).places] == [whose]


@pytest.mark.parametrize(
    "text",
    [
        "het gaat best goed",
        "ik hem en zij",
        "een rustig huis",
        "wij huizen hier al lang",
        "mijn haren vallen uit",
        "hij is goor",
        "echt heel erg",
        "ik ben op",
        "de buren helpen",
        "sinds 2019 en nu",
        "ik zorg 2000 is veel",
    ],
)
def test_a_common_word_is_no_village(regions: Regions, text: str) -> None:
    assert read_message(text, regions).places == ()


@pytest.mark.parametrize(
    ("text", "municipality"),
    [("ik woon in Best", "Best"), ("wij wonen in huizen", "Huizen"), ("ik kom uit Elst", "Overbetuwe")],
)
def test_a_village_that_is_a_common_word_is_read_where_somebody_lives(
    regions: Regions, text: str, municipality: str
) -> None:
    assert municipality in read_message(text, regions).places[0].municipalities


@pytest.mark.parametrize("text", ["9711 AB", "mijn postcode is 9711ab", "9711", "ik woon op 9711 AB in de stad"])
def test_a_postcode_gives_its_municipality(regions: Regions, text: str) -> None:
    (found,) = read_message(text, regions).places
    assert (found.municipalities, found.postcode) == (("Groningen",), "9711")


@pytest.mark.parametrize(
    ("text", "municipality"),
    [("best", "Best"), ("Huizen", "Huizen"), ("amersfort", "Amersfoort"), ("in den bosch", "'s-Hertogenbosch")],
)
def test_an_answer_to_the_question_where_is_read_more_freely(regions: Regions, text: str, municipality: str) -> None:
    assert municipality in read_place_answer(text, regions)[0].municipalities


@pytest.mark.parametrize("text", ["weet ik niet", "dat zeg ik liever niet", "", "xxqqzz"])
def test_no_place_is_made_up(regions: Regions, text: str) -> None:
    assert read_place_answer(text, regions) == ()
