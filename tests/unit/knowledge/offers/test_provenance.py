"""Every seed offer says where it comes from as the starter catalogue did; ``provenance.json`` holds its columns."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.vocabulary import OfferStatus, SourceAge

ROWS = {row["id"]: row for row in json.loads(Path(__file__).with_name("provenance.json").read_text(encoding="utf-8"))}
INFERRED = {"funding": "payers", "target_group": "audience", "municipality_or_region": "area"}
OURS = {"help_areas", "access"}  # sorted by us after reading, and marked as such
NUMBER_TO_ASK_FOR = {"o038"}  # "Nummer uit broncode van een app (2026); bij de organisatie navragen"
# The starter catalogue gives the Alzheimer Café the number of the national DementieLijn, and warns for it (its rule 3).
NUMBER_OF_ANOTHER = {"o112"}
# Carers read the area, so remarks for editors ("navragen") are not in it; they stand in the note or in other fields.
AREA_IN_OUR_WORDS = {
    "o015": "Friesland",  # "Leeuwarden (onzeker)"
    "o017": "Twente",
    "o019": "Enschede, voor inwoners van Twente",
    "o039": "onbekend",
    "o051": "Amersfoort en omgeving",
    "o060": "Wormerland (Wijdewormer)",
    "o081": "Hazerswoude-Dorp en Alphen aan den Rijn",
    "o084": "Walcheren",
    "o090": "Laarbeek",
    "o100": "Maastricht en Heuvelland",
    "o104": "onbekend",
    "o108": "landelijk",
    "o112": "landelijk, op ongeveer 235 plaatsen",
}


def test_each_row_has_its_offer(by_id):
    assert by_id.keys() == ROWS.keys()


@pytest.mark.parametrize("offer_id", sorted(ROWS))
def test_provenance_is_that_of_the_source(offer_id, by_id):
    offer, row = by_id[offer_id], ROWS[offer_id]
    assert (offer.source.url, offer.source.exact) == (row["source_url"], row["source_url_exact"])
    assert offer.source.date_words == row["source_date"]
    assert offer.verify_before_showing == row["verify_before_showing"]
    asked_for = {"phone"} if offer_id in NUMBER_TO_ASK_FOR else set()
    assert offer.inferred - OURS == {INFERRED[name] for name in row["inferred_fields"]} | asked_for
    assert offer.area == AREA_IN_OUR_WORDS.get(offer_id, row["municipality_or_region"])
    assert offer.url == row["url"]
    assert offer.phone == (None if offer_id in NUMBER_OF_ANOTHER else row["phone"])
    assert (offer.status is OfferStatus.ENDED) == (row["status"] == "ended")
    assert offer.source.age == ("old" if row["status"] == "ended" else row["status"])


def test_the_year_of_a_source_stands_in_its_words(offers):
    for offer in offers:
        assert offer.source.year is None or str(offer.source.year) in offer.source.date_words, offer.id
        assert offer.source.year is not None or offer.source.age is not SourceAge.RECENT, offer.id


def test_nobody_is_said_to_have_checked_a_seed_offer(offers):
    for offer in offers:
        assert (offer.checked_on, offer.checked_by, offer.checks, offer.asked) == (None, None, (), frozenset())


def test_a_status_is_only_that_of_a_recent_exact_source_or_of_a_source_that_names_it(offers):
    """Active says that the page describes it as running; it is never a free place."""
    known = {offer.id: offer.status for offer in offers if offer.status is not OfferStatus.UNKNOWN}
    active = {offer_id for offer_id, status in known.items() if status is OfferStatus.ACTIVE}
    assert active == {"o018", "o025", "o026", "o069", "o107", "o112", "o113"}
    assert {key: known[key] for key in known.keys() - active} == {
        "o014": OfferStatus.ENDED,  # "GESTOPT per 1 mei 2018"
        "o086": OfferStatus.WAITING_LIST,  # "Bron noemt wachtlijst"
    }


def test_what_we_sorted_ourselves_is_marked_as_inferred(offers):
    for offer in offers:
        assert "help_areas" in offer.inferred, offer.id
        assert offer.access is None or "access" in offer.inferred, offer.id


def test_every_source_was_read_in_november_2026(offers):
    assert {(offer.source.read_on.year, offer.source.read_on.month) for offer in offers} == {(2026, 11)}


# What the texts of the starter catalogue say, and no other offer: a new word here needs a source that says it.
SAID = {
    "structural": {"o026", "o043"},  # "minimaal 2 dagen per week"; "neemt vast dagdeel over"
    "carer_can_stay": {"o003", "o035", "o090", "o110"},  # "kan tegelijk terecht"; "met partner"
    "declines": {"o053"},  # "verleent zelf geen verpleging"
    "applicants": {"o107"},  # "alleen mantelzorger of zorgvrager mag aanvragen"
    "indication_by": {"o100"},  # "wijkverpleegkundige indiceert"
    "gains": {"o049"},  # "doen vrijwilligerswerk met begeleiding"
    "ggd_region": {"o017", "o019", "o063", "o101"},  # Twente, Noord-Holland Noord, Zuid-Limburg
    "transport": set(),
    "trial_visit": set(),
    "same_faces": set(),
    "emergency_place": set(),
    "waiting_weeks": set(),
    "email": set(),
    "languages": set(),
    "accepts": set(),
    "excluded": set(),
}


@pytest.mark.parametrize("name", sorted(SAID))
def test_a_field_is_filled_only_where_the_source_says_so(name, offers):
    assert {offer.id for offer in offers if getattr(offer, name) not in (None, (), frozenset())} == SAID[name]


def test_an_alias_stands_in_the_name_of_its_offer_or_in_its_note(offers):
    for offer in offers:
        for alias in offer.aliases:
            said = f"{offer.name} {offer.note}".casefold()
            assert all(word in said for word in alias.casefold().split()), (offer.id, alias)
