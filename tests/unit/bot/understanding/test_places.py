"""Places and postcodes in running text."""

from __future__ import annotations

import pytest

from bot.understanding.gazetteer import own_places
from bot.understanding.message import read_message
from bot.understanding.places import read_place_answer
from knowledge.places.regions import Regions


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
        "hulp in de wijk",
        "ik woon in de wijk",
        "wij kampen met veel problemen",
        "ik woon al 3 jaar in nederland",
        "hij weert zich",
        "in echt kan ik niet meer",
        "ergens in Drenthe",
        "provincie Utrecht",
        "Erica helpt mij",
        "mijn zoon Dalen",
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


@pytest.mark.parametrize(
    "text",
    [
        "mevrouw Van Rijssen", "meneer de Bilt", "meneer Ede", "dokter Bakel", "Jan van Delft",
        "de familie Van Leeuwen",
        "mijn vriendin Loes van Doorn", "huisarts Van Dongen", "wethouder De Vries", "mijn man heet van Assen",
    ],
)  # fmt: skip
def test_a_surname_is_no_place(regions: Regions, text: str) -> None:
    assert read_message(text, regions).places == ()


def test_a_surname_beside_a_place_does_not_hide_it(regions: Regions) -> None:
    (found,) = read_message("mijn moeder, mevrouw Van Assen, woont in Emmen", regions).places
    assert (found.place, found.whose) == ("Emmen", "loved_one")


@pytest.mark.parametrize(
    ("text", "municipality"),
    [
        ("wij wonen in ter apel", "Westerwolde"), ("in bourtange", "Westerwolde"), ("ik woon in Osdorp",
        "Amsterdam"),
        ("mijn vader zit in Zuidlaren", "Tynaarlo"), ("in jipsinghuizen", "Westerwolde"), ("1011 AB", "Amsterdam"),
    ],
)  # fmt: skip
def test_a_village_a_hamlet_a_part_of_town_or_a_postcode_gives_a_municipality_to_confirm(
    regions: Regions, text: str, municipality: str
) -> None:
    (found,) = read_message(text, regions).places
    assert (found.municipalities, found.derived, found.is_certain) == ((municipality,), True, False)


@pytest.mark.parametrize(
    ("text", "municipality"),
    [
        ("ik woon in Emmen", "Emmen"), ("gemeente Westerwolde", "Westerwolde"), ("Den Bosch", "'s-Hertogenbosch"),
        ("'s-Gravenhage", "'s-Gravenhage"), ("denhaag", "'s-Gravenhage"), ("Mokum", "Amsterdam"), ("damsko",
        "Amsterdam"),
        ("Rotjeknor", "Rotterdam"), ("in sint michielsgestel", "Sint-Michielsgestel"),
        ("capelle aan de ijssel", "Capelle aan den IJssel"), ("st. michielsgestel", "Sint-Michielsgestel"),
    ],
)  # fmt: skip
def test_a_municipality_by_any_of_its_names_is_certain(regions: Regions, text: str, municipality: str) -> None:
    (found,) = read_message(text, regions).places
    assert (found.municipalities, found.is_certain) == ((municipality,), True)


@pytest.mark.parametrize(
    "text",
    [
        "vlak bij Breda",
        "bij Breda in de buurt",
        "net over de grens bij Breda",
        "Breda en omgeving",
        "aan de rand van Breda",
    ],
)
def test_a_place_that_is_only_near_is_to_be_confirmed(regions: Regions, text: str) -> None:
    (found,) = read_message(text, regions).places
    assert (found.municipalities, found.near, found.is_certain) == (("Breda",), True, False)


def test_between_two_places_may_be_either(regions: Regions) -> None:
    (found,) = read_message("tussen Assen en Groningen in", regions).places
    assert (found.municipalities, found.near) == (("Assen", "Groningen"), True)


@pytest.mark.parametrize("name", ["Hengelo", "Rijswijk", "Noordwijk", "Bergen", "Zevenhuizen", "Laren"])
def test_one_name_in_several_municipalities_is_asked(regions: Regions, name: str) -> None:
    (found,) = read_message(name, regions).places
    assert len(found.municipalities) > 1
    assert not found.is_certain


@pytest.mark.parametrize(
    ("text", "municipality"),
    [
        ("Hengelo gelderland", "Bronckhorst"), ("hengelo (gld)", "Bronckhorst"), ("Hengelo, Overijssel", "Hengelo"),
        ("bergen nh", "Bergen (NH.)"), ("Bergen in Limburg", "Bergen (L.)"), ("Rijswijk bij Den Haag", "Rijswijk"),
    ],
)  # fmt: skip
def test_a_province_or_a_town_beside_the_name_tells_which_one(regions: Regions, text: str, municipality: str) -> None:
    (found,) = read_message(text, regions).places
    assert found.municipalities == (municipality,)


@pytest.mark.parametrize("text", ["mijn moeder woont in Emmen en ik in Zwolle", "Moeder: Emmen, ik: Zwolle"])
def test_her_home_and_that_of_the_one_she_cares_for_are_told_apart(regions: Regions, text: str) -> None:
    found = read_message(text, regions).places
    assert [(one.place, one.whose) for one in found] == [("Emmen", "loved_one"), ("Zwolle", "carer")]


@pytest.mark.parametrize(
    "text", ["hij ligt in het ziekenhuis in Groningen", "ik werk in Groningen", "we zijn naar Groningen gereden"]
)
def test_where_somebody_only_goes_is_nobodys_home(regions: Regions, text: str) -> None:
    assert [one.whose for one in read_message(text, regions).places] == ["elsewhere"]


def test_every_nickname_and_hamlet_of_ours_lies_in_a_municipality_that_exists(regions: Regions) -> None:
    unknown = [name for name, municipality, _ in own_places() if regions.municipality(municipality) is None]
    assert unknown == []


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
