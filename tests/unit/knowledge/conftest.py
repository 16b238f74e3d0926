"""What the tests of this room share: the real seed, read once."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.offers.data import read_offers
from knowledge.offers.record import Offer
from knowledge.places.regions import Regions

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def regions() -> Regions:
    return Regions.load()


@pytest.fixture(scope="session")
def offers(regions: Regions) -> tuple[Offer, ...]:
    return read_offers(municipalities=[each.name for each in regions.municipalities()])


@pytest.fixture(scope="session")
def by_id(offers: tuple[Offer, ...]) -> dict[str, Offer]:
    return {offer.id: offer for offer in offers}


@pytest.fixture(scope="session")
def today() -> date:
    return TODAY
