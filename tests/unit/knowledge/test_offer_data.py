"""Reading an offer says clearly what is wrong with it, and writing it loses nothing."""

from __future__ import annotations

import json

import pytest

from knowledge.offer_data import OfferError, read_offer, read_offers, write_offer

from .builders import PLAIN, offer


def test_every_seed_offer_reads_back_the_same(offers):
    assert all(read_offer(json.loads(json.dumps(write_offer(each)))) == each for each in offers)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kinds": ["sauna"]}, "offer t1: kinds is 'sauna'; expected one of"),
        ({"kinds": []}, "offer t1: kinds must name at least one kind"),
        ({"scope": "galaxy"}, "offer t1: scope is 'galaxy'"),
        ({"municipalities": []}, "offer t1: municipalities must be given"),
        ({"scope": "province", "province": None}, "offer t1: province must be given"),
        ({"name": " "}, "offer t1: name must be a text"),
        ({"url": "javascript:alert(1)"}, "offer t1: url must start with"),
        ({"residents_only": "yes"}, "offer t1: residents_only must be true or false"),
        ({"min_nights": 0}, "offer t1: min_nights must be a whole number"),
        ({"min_nights": 9, "max_nights": 3}, "offer t1: min_nights is more than max_nights"),
        ({"lead_weeks": [10, 8]}, "offer t1: lead_weeks must be two whole numbers"),
        ({"price": {"euros": "5"}}, "offer t1: price needs euros, per and the year"),
        ({"inferred": ["name"]}, "offer t1: inferred knows"),
        ({"checked_on": "gisteren", "checked_by": "Ann"}, "offer t1: checked_on must be a date"),
        ({"checked_on": "2026-10-01"}, "offer t1: checked_on and checked_by belong together"),
        ({"source": None}, "offer t1: source must tell"),
        ({"source": {**PLAIN["source"], "month": 20}}, "offer t1: source has a month"),
        ({"source": {"url": "https://a.nl", "age": "recent"}}, "offer t1: source cannot be read"),
        ({"favourite": True}, "offer t1: favourite is not a field"),
        ({"id": ""}, "an offer without id"),
    ],
)
def test_a_wrong_field_is_named_with_what_is_expected(change, message):
    with pytest.raises(OfferError) as refused:
        offer(**change)
    assert message in str(refused.value)


def test_a_list_that_is_no_offer_is_refused():
    with pytest.raises(OfferError, match="must be an object"):
        read_offer(["o001"])  # type: ignore[arg-type]


def test_a_file_with_a_double_id_or_an_unknown_municipality_or_broken_json_is_refused(tmp_path):
    path = tmp_path / "offers.json"
    path.write_text(json.dumps([PLAIN, PLAIN]))
    with pytest.raises(OfferError, match="given twice"):
        read_offers(path)
    path.write_text(json.dumps([PLAIN]))
    with pytest.raises(OfferError, match="'Zwolle' is not a municipality"):
        read_offers(path, municipalities=["Utrecht"])
    path.write_text("[")
    with pytest.raises(OfferError, match=r"offers\.json"):
        read_offers(path)
    path.write_text("{}")
    with pytest.raises(OfferError, match="expected a list"):
        read_offers(path)
