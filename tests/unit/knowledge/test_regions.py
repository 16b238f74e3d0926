"""Places, postcodes and distances, with every known gap of the tables."""

from __future__ import annotations

import csv
import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.places.regions import SEED, Regions, Spot

REGIONS = Regions.load()
WITHOUT_POINT = """
    1114 1262 1384 1706 2212 2216 2412 2872 4125 4208 5057 5352 5353 5354 5355 5356 5357 5358 5359 6869 7732 7910 7928
    7937 8333 9613 9614 9622
"""
LEFT_OUT = """
    1099 1853 2019 2232 2268 2633 2885 3199 5156 5157 5158 5255 5257 5722 6421 6679 6683 7089 8292 9085 9662
"""
WITHOUT_RESIDENTS = "1044 1322 1329 3196 3197 5656"
NO_PLACE = ["", "   ", "123", "!?", "weet ik niet", "mijn moeder", "nergens", "x" * 5000, "🙂", "ja"]


def municipalities_of(text: str) -> set[str]:
    return {hit.municipality for hit in REGIONS.find_place(text)}


def seed_rows(name: str) -> list[dict[str, str]]:
    with (Path(SEED) / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_there_are_342_municipalities_in_12_provinces_and_25_ggd_regions():
    all_of_them = REGIONS.municipalities()
    assert len(all_of_them) == 342
    assert len({each.province for each in all_of_them}) == 12
    assert len({each.ggd_region for each in all_of_them}) == 25
    assert all(each.centre for each in all_of_them)


def test_a_postcode_is_read_with_or_without_its_letters():
    assert REGIONS.by_postcode("9711").municipality == "Groningen"
    assert REGIONS.by_postcode(" 9711 ab ") == REGIONS.by_postcode("9711AB") == REGIONS.by_postcode("9711")


@pytest.mark.parametrize("text", ["", "971", "97111", "0711", "abcd", "9711 ABC", "1000"])
def test_what_is_no_known_postcode_gives_nothing(text):
    assert REGIONS.by_postcode(text) is None


def test_a_postcode_gives_one_municipality_even_where_it_straddles_two():
    assert REGIONS.by_postcode("5384").municipality == "Bernheze"


@pytest.mark.parametrize("digits", LEFT_OUT.split())
def test_a_postcode_that_the_table_leaves_out_is_unknown_not_wrong(digits):
    assert REGIONS.by_postcode(digits) is None


def test_exactly_28_postcodes_have_no_point_and_their_distance_is_unknown_not_zero():
    missing = [row["pc4"] for row in seed_rows("pc4.csv") if REGIONS.by_postcode(row["pc4"]).point is None]
    assert sorted(missing) == WITHOUT_POINT.split()
    for digits in missing:
        here = Spot(REGIONS.by_postcode(digits).municipality, digits)
        assert REGIONS.distance_km(here, Spot("Utrecht")) is None
        assert REGIONS.distance_km(here, here) is None


def test_a_municipality_without_postcode_is_measured_from_where_its_people_live():
    distance = REGIONS.distance_km(Spot("Utrecht"), Spot("Amsterdam"))
    assert 30 < distance < 40


def test_six_postcodes_have_no_residents():
    missing = [row["pc4"] for row in seed_rows("pc4.csv") if REGIONS.by_postcode(row["pc4"]).residents is None]
    assert sorted(missing) == WITHOUT_RESIDENTS.split()


def test_an_unknown_postcode_or_municipality_has_no_distance():
    assert REGIONS.distance_km(Spot("Utrecht", "1000"), Spot("Amsterdam")) is None
    assert REGIONS.distance_km(Spot("Atlantis"), Spot("Amsterdam")) is None


def test_59_place_names_in_more_than_one_municipality_give_every_one_of_them():
    places: dict[str, set[str]] = {}
    for row in seed_rows("pc4.csv"):
        places.setdefault(row["plaats"], set()).add(row["gemeente"])
    double = {place: where for place, where in places.items() if len(where) > 1}
    assert len(double) == 59
    for place, where in double.items():
        assert where <= municipalities_of(place), place


def test_bergen_is_two_municipalities_and_a_province_tells_which():
    assert municipalities_of("Bergen") == {"Bergen (L.)", "Bergen (NH.)"}
    assert municipalities_of("bergen nh") == municipalities_of("Bergen, Noord-Holland") == {"Bergen (NH.)"}
    assert municipalities_of("Laren (Gelderland)") == {"Lochem"}


def test_the_municipality_that_bears_the_name_comes_first():
    assert REGIONS.find_place("Rijswijk")[0].municipality == "Rijswijk"
    assert REGIONS.find_place("Hoorn")[0].municipality == "Hoorn"


@pytest.mark.parametrize(
    ("typed", "municipality"),
    [
        ("den haag", "'s-Gravenhage"),
        ("s gravenhage", "'s-Gravenhage"),
        ("Den Bosch", "'s-Hertogenbosch"),
        ("shertogenbosch", "'s-Hertogenbosch"),
        ("'s-hertogenbosch", "'s-Hertogenbosch"),
        ("Ljouwert", "Leeuwarden"),
        ("Snits", "Súdwest-Fryslân"),
        ("sudwest fryslan", "Súdwest-Fryslân"),
        ("Mokum", "Amsterdam"),
        ("Nuenen", "Nuenen, Gerwen en Nederwetten"),
        ("Landerd", "Maashorst"),
        ("Delfzijl", "Eemsdelta"),
        ("Beemster", "Purmerend"),
        ("in de gemeente Zwolle", "Zwolle"),
        ("ZWOLLE!", "Zwolle"),
    ],
)
def test_what_people_call_a_place_is_an_exact_hit(typed, municipality):
    hits = REGIONS.find_place(typed)
    assert [hit.municipality for hit in hits] == [municipality]
    assert hits[0].exact
    assert hits[0].score == 100


@pytest.mark.parametrize(
    ("typed", "municipality"),
    [
        ("Zwole", "Zwolle"),
        ("Groninge", "Groningen"),
        ("Gronignen", "Groningen"),
        ("hogeveen", "Hoogeveen"),
        ("Apeldorn", "Apeldoorn"),
        ("masstricht", "Maastricht"),
        ("Amersfort", "Amersfoort"),
        ("haarlemermeer", "Haarlemmermeer"),
        ("Ijselstein", "IJsselstein"),
        ("Leeuwaarden", "Leeuwarden"),
        ("Eindhove", "Eindhoven"),
        ("Rotterdm", "Rotterdam"),
    ],
)
def test_a_typing_error_is_a_guess_that_says_so(typed, municipality):
    hits = REGIONS.find_place(typed)
    assert hits[0].municipality == municipality
    assert not hits[0].exact
    assert 75 <= hits[0].score < 100


@pytest.mark.parametrize("typed", NO_PLACE)
def test_what_is_no_place_gives_nothing(typed):
    assert REGIONS.find_place(typed) == ()


def test_every_municipality_is_found_by_its_official_and_its_spoken_name():
    for each in REGIONS.municipalities():
        assert each.name in municipalities_of(each.name)
        assert each.name in municipalities_of(each.spoken)


def test_every_alias_leads_to_a_municipality_that_exists():
    for row in seed_rows("place_aliases.csv"):
        assert row["municipality"] in municipalities_of(row["alias"]), row


def test_names_hold_places_municipalities_and_aliases_once_each():
    names = REGIONS.names()
    assert {"Zwolle", "Den Haag", "Ljouwert", "Lichtenvoorde", "Bergen", "Hoeksche Waard"} <= set(names)
    assert len(names) == len(set(names))
    assert not any("(" in name and name.startswith("Hengelo") for name in names)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(REGIONS.names()), st.data())
def test_one_letter_left_out_of_a_long_name_still_finds_its_municipality(name, data):
    letters = [index for index, letter in enumerate(name) if letter in string.ascii_letters]
    if len(letters) < 9:
        return
    gone = data.draw(st.sampled_from(letters[1:]))
    hits = REGIONS.find_place(name[:gone] + name[gone + 1 :])
    assert hits[0].exact or {hit.municipality for hit in hits} & municipalities_of(name)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gives_at_most_a_few_hits_with_a_score_from_0_to_100(text):
    hits = REGIONS.find_place(text)
    assert len(hits) <= 6
    assert all(0 < hit.score <= 100 and REGIONS.municipality(hit.municipality) for hit in hits)


@given(*[st.sampled_from([each.name for each in REGIONS.municipalities()])] * 2)
def test_distance_is_the_same_both_ways_and_fits_the_country(one, other):
    there, back = REGIONS.distance_km(Spot(one), Spot(other)), REGIONS.distance_km(Spot(other), Spot(one))
    assert there == pytest.approx(back)
    assert 0 <= there < 350


def test_regions_are_compared():
    assert REGIONS.same_region("Zwolle", "Deventer")
    assert not REGIONS.same_region("Zwolle", "Enschede")
    assert not REGIONS.same_region("Zwolle", "Atlantis")
