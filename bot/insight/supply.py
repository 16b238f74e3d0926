"""What there is: how many known offers reach a municipality, by family of relief. Public, so it needs no guard."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.insight.questions import Relief, family_of
from knowledge.matching.shelves import shelves_of
from knowledge.offers.record import Offer
from knowledge.places.regions import Regions
from knowledge.vocabulary import OfferStatus, Scope

_NOT_THERE = frozenset({OfferStatus.ENDED, OfferStatus.TEMPORARILY_CLOSED})


@dataclass(frozen=True)
class Reach:
    """One offer: its families, and the municipalities that it serves by name, region or province."""

    families: frozenset[Relief]
    municipalities: frozenset[str]


class Supply:
    """Offers by where they serve. What is for the whole country is not counted as being anywhere (R53)."""

    def __init__(self, offers: Iterable[Offer], regions: Regions) -> None:
        within = _members(regions)
        found = []
        for offer in offers:
            if offer.status in _NOT_THERE or offer.scope is Scope.NATIONAL:
                continue
            served: set[str] = {offer.located_in} if offer.located_in else set()
            for how, where in shelves_of(offer, regions):
                served |= {where} if how in ("at", "around") else within.get((how, where), frozenset())
            found.append(Reach(frozenset(map(family_of, offer.kinds)), frozenset(served)))
        self._reaches = tuple(found)

    def in_places(self, places: frozenset[str] | None) -> Counter[Relief]:
        """How many offers serve at least one of these municipalities (``None``: any), by family."""
        counted: Counter[Relief] = Counter()
        for reach in self._reaches:
            if reach.municipalities and (places is None or reach.municipalities & places):
                counted.update(reach.families)
        return counted

    def relief_by_municipality(self) -> Counter[str]:
        """How many offers in which somebody takes over the care serve each municipality."""
        relieving = (reach.municipalities for reach in self._reaches if reach.families - {Relief.SUPPORT})
        return Counter(name for served in relieving for name in served)


def _members(regions: Regions) -> Mapping[tuple[str, str], frozenset[str]]:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for each in regions.municipalities():
        found["province", each.province].add(each.name)
        found["region", each.ggd_region].add(each.name)
    return {shelf: frozenset(names) for shelf, names in found.items()}
