"""The seed catalogue says what its sources say, and no more."""

from __future__ import annotations

from collections import Counter

from knowledge.offers.freshness import freshness_of
from knowledge.vocabulary import OfferKind, OfferStatus, Payer, Scope, SourceAge

WITHOUT_LABEL = {"o018", "o025", "o026", "o069", "o107", "o112", "o113"}


def test_all_114_offers_are_there_with_their_fixed_ids(offers):
    assert [offer.id for offer in offers] == [f"o{number:03}" for number in range(1, 115)]


def test_exactly_seven_offers_may_be_shown_without_the_label(offers, today):
    assert {offer.id for offer in offers if freshness_of(offer, today).unlabelled} == WITHOUT_LABEL


def test_no_telephone_number_with_an_old_or_undated_source_is_shown(offers, today):
    shown = {offer.id for offer in offers if offer.phone and freshness_of(offer, today).may_show_phone}
    assert shown == {"o002", "o018"}
    assert not shown & {"o016", "o040", "o065", "o071", "o078", "o091", "o100", "o058", "o072"}


def test_the_number_of_the_dementielijn_is_not_shown_as_that_of_an_alzheimer_cafe(by_id):
    assert by_id["o112"].phone is None


def test_the_156_etmalen_of_one_provider_are_not_repeated(by_id):
    assert "156" not in " ".join((*by_id["o025"].limits, by_id["o025"].note, by_id["o025"].label))


def test_only_a_price_of_this_year_or_last_may_be_shown(offers, today):
    assert {offer.id for offer in offers if freshness_of(offer, today).may_show_price} == {"o107"}
    (price,) = (offer.price for offer in offers if offer.id == "o107")
    assert (price.euros, price.year) == ("197", 2026)


def test_one_offer_has_ended_and_two_have_no_known_area(offers):
    assert [offer.id for offer in offers if offer.status is OfferStatus.ENDED] == ["o014"]
    assert [offer.id for offer in offers if offer.scope is Scope.UNKNOWN] == ["o039", "o104"]


def test_source_ages_are_those_of_the_sources(offers):
    ages = Counter(offer.source.age for offer in offers)
    assert ages == {SourceAge.RECENT: 21, SourceAge.OLDER: 35, SourceAge.OLD: 20, SourceAge.UNDATED: 38}


def test_an_undated_source_has_no_year_and_a_dated_month_exists(offers):
    for offer in offers:
        assert offer.source.age is not SourceAge.UNDATED or offer.source.year is None
        assert offer.source.month is None or 1 <= offer.source.month <= 12


def test_every_offer_that_is_not_national_or_unknown_has_an_area_to_match_on(offers):
    for offer in offers:
        if offer.scope in (Scope.MUNICIPALITY, Scope.REGION, Scope.PROVINCE):
            assert offer.municipalities or offer.province, offer.id


def test_regions_are_worked_out_to_municipalities(by_id):
    assert len(by_id["o017"].municipalities) == 14
    assert set(by_id["o084"].municipalities) == {"Middelburg", "Vlissingen", "Veere"}
    assert len(by_id["o101"].municipalities) == 16
    assert "Den Helder" in by_id["o063"].municipalities


def test_pilots_are_marked_as_possibly_ended(by_id):
    for offer_id in ("o017", "o041", "o076", "o077"):
        assert by_id[offer_id].existence_uncertain, offer_id


def test_inferred_payers_number_as_in_the_source(offers):
    assert sum("payers" in offer.inferred for offer in offers) == 65
    assert sum("audience" in offer.inferred for offer in offers) == 30
    assert sum("area" in offer.inferred for offer in offers) == 4


def test_nothing_is_called_free_unless_the_source_says_so(by_id):
    assert Payer.FREE not in by_id["o043"].payers  # "gratis of kleine bijdrage"
    assert Payer.FREE in by_id["o002"].payers


def test_kinds_of_special_houses_are_kept_apart(by_id):
    assert by_id["o009"].kinds == (OfferKind.STAY_CHILD,)
    assert by_id["o019"].kinds == (OfferKind.STAY_GGZ,)
    assert by_id["o095"].kinds[0] is OfferKind.HOSPICE_RESPITE
