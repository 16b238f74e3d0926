"""Who is cared for, and who speaks."""

from __future__ import annotations

import pytest

from bot.understanding.message import read_message
from knowledge.places.regions import Regions


@pytest.mark.parametrize(
    ("text", "relation", "called"),
    [
        ("mijn man heeft parkinson", "partner", "uw man"),
        ("ons mam is dement", "parent", "uw moeder"),
        ("m'n ouwe vader", "parent", "uw vader"),
        ("heit kin net mear", "parent", "uw vader"),
        ("de moeder van mijn man woont bij ons", "in_law", "uw schoonmoeder"),
        ("de buurvrouw redt het niet", "friend_neighbour", "uw buurvrouw"),
        ("we zijn 50 jaar getrouwd", "partner", "uw partner"),
        ("ik ben gewoon zijn vrouw", "partner", "uw man"),
        ("ik ben haar dochter", "parent", "uw moeder"),
        ("mijn vriend heeft nah", "partner", "uw vriend"),
        ("mijn beste vriend heeft nah", "friend_neighbour", "uw vriend"),
        ("wij hebben een zorgkind", "child", "uw kind"),
        ("mijn zus helpt soms mee met mijn moeder", "parent", "uw moeder"),
        ("samen met mijn broer zorg ik voor mijn vader", "parent", "uw vader"),
        ("nee niet mijn man, mijn vader", "parent", "uw vader"),
    ],
)
def test_the_person_who_is_cared_for_is_read(regions: Regions, text: str, relation: str, called: str) -> None:
    first = read_message(text, regions).loved_ones[0]
    assert (first.relation, first.called) == (relation, called)


@pytest.mark.parametrize(
    "text", ["mijn zus helpt soms", "als dochter doe ik alles", "hij is een goede man", "ik heb zin"]
)
def test_who_helps_or_speaks_is_not_cared_for(regions: Regions, text: str) -> None:
    assert read_message(text, regions).loved_ones == ()


def test_two_people_who_are_cared_for_are_both_read(regions: Regions) -> None:
    reading = read_message("mijn vader heeft kanker en mijn moeder is dement", regions)
    assert {one.called for one in reading.loved_ones} == {"uw vader", "uw moeder"}


@pytest.mark.parametrize(
    "text",
    [
        "ik ben 14 en mijn moeder is ziek",
        "ik zit in groep 8",
        "ik zit in 3 havo",
        "ik word 16",
        "ik (15) zorg voor mijn vader",
        "ik ben een meisje van 13",
    ],
)
def test_a_young_speaker_is_noticed(regions: Regions, text: str) -> None:
    assert read_message(text, regions).minor is not None


@pytest.mark.parametrize(
    "text",
    [
        "ik ben 84",
        "mijn zoon zit in groep 8",
        "ik ben 2 keer gebeld",
        "mijn dochter is 14",
        "ik ben al 10 jaar mantelzorger",
        "ik ben 15 jaar getrouwd",
        "ik ben 12 uur per week bezig",
        "mijn dochter is een meisje van 13",
    ],
)
def test_an_adult_is_not_taken_for_a_child(regions: Regions, text: str) -> None:
    assert read_message(text, regions).minor is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("mijn zoontje is ziek", "yes"),
        ("mijn dochter van 8 heeft epilepsie", "yes"),
        ("mijn zoon van 35 heeft autisme", "no"),
        ("hij is 13", "yes"),
        ("ze wordt net 9, en slaapt slecht", "yes"),
    ],
)
def test_a_child_as_loved_one_is_told_from_a_grown_child(regions: Regions, text: str, value: str) -> None:
    child = read_message(text, regions).loved_one_child
    assert child is not None
    assert child.value == value


@pytest.mark.parametrize("text", ["hij is 83", "ze is 4 keer gevallen", "ze is er 3 dagen per week"])
def test_another_number_makes_nobody_a_child(regions: Regions, text: str) -> None:
    assert read_message(text, regions).loved_one_child is None
