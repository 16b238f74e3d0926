"""In which order offers are shown, each rule on the smallest case that shows it."""

from __future__ import annotations

from datetime import date

from knowledge.matching.find import match_offers
from knowledge.vocabulary import DayPart, Urgency
from tests.unit.knowledge.builders import PLAIN, living_in, offer, stay

from .shown import codes, rank_offers

TODAY = date(2026, 11, 22)


def found(need, offers, regions):
    return [match.offer.id for match in match_offers(need, offers, regions, TODAY).matches]


def test_day_parts_rank_and_are_said(regions):
    need = living_in("Zwolle", day_parts=frozenset({DayPart.NIGHT}))
    night, day, silent = offer(id="n", day_parts=["night"]), offer(id="d", day_parts=["morning"]), offer(id="s")
    ranked = [each.match for each in rank_offers(need, [day, silent, night], regions)]
    assert [match.offer.id for match in ranked] == ["n", "s", "d"]
    assert "day_part" in codes(ranked[0], "fits")
    assert "ask_day_part" in codes(ranked[1], "unknowns")
    assert "other_day_part" in codes(ranked[2], "misfits")


def test_haste_puts_what_takes_weeks_behind(regions):
    slow, quick = offer(id="a", lead_weeks=[8, 10]), offer(id="b", verify_before_showing=True)
    assert found(living_in("Zwolle"), [slow, quick], regions)[0] == "a"
    ranked = rank_offers(living_in("Zwolle", urgency=Urgency.EMERGENCY), [slow, quick], regions)
    assert [each.match.offer.id for each in ranked] == ["b", "a"]
    assert "lead_time" in codes(ranked[1].match, "misfits")


def test_ties_are_broken_by_freshness_then_id(regions):
    first, second = offer(id="b"), offer(id="a")
    ranked = rank_offers(living_in("Zwolle"), [first, second], regions)
    assert [each.match.offer.id for each in ranked] == ["a", "b"]


def test_a_recent_source_outweighs_a_few_kilometres(regions):
    older = {
        "verify_before_showing": True,
        "source": {**PLAIN["source"], "age": "undated", "year": None, "month": None},
    }
    near = stay(id="near", located_in="Zwolle", postcode="8011", residents_only=False, **older)
    further = stay(id="further", located_in="Hattem", postcode="8051", area="Hattem", municipalities=["Hattem"])
    ranked = [each.match for each in rank_offers(living_in("Zwolle", "8012"), [near, further], regions)]
    assert [match.offer.id for match in ranked] == ["further", "near"]
    assert ranked[0].distance_km > ranked[1].distance_km
