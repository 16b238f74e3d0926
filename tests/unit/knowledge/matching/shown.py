"""What a need gets to see of one offer, for the tests of this room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from knowledge.matching.advice import Advice
from knowledge.matching.index import OfferIndex
from knowledge.matching.need import Match, Need
from knowledge.matching.ranking import Weighed, weigh
from knowledge.matching.search import Search
from knowledge.matching.walk import ranked
from knowledge.offers.record import Offer
from knowledge.places.regions import Regions

TODAY = date(2026, 11, 22)


def weighed(need: Need, offer: Offer, regions: Regions, advice: Advice | None = None) -> Weighed:
    """The offer weighed; fails when it may not be shown."""
    found = weigh(offer, need, regions, TODAY, advice)
    assert found is not None
    return found


def order(need: Need, offers: list[Offer], regions: Regions, advice: Advice | None = None) -> list[str]:
    """The ids of what may be shown, best first."""
    found = [each for offer in offers if (each := weigh(offer, need, regions, TODAY, advice))]
    return [each.match.offer.id for each in sorted(found, key=lambda each: each.order)]


def rank_offers(need: Need, offers: OfferIndex | Iterable[Offer], regions: Regions) -> tuple[Weighed, ...]:
    """Every offer that may be shown for this need, best first, met or not, as the index has them."""
    index = offers if isinstance(offers, OfferIndex) else OfferIndex(offers, regions)
    search = Search(need, index, regions, TODAY)
    return tuple(search.weigh(found.offer) for found in ranked(search))


def codes(match: Match, part: str) -> set[str]:
    """The codes of one list of reasons."""
    return {reason.code for reason in getattr(match, part)}
