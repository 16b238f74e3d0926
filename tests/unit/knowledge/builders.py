"""Short ways to make an offer or a need for a test; every value that matters is in the test itself."""

from __future__ import annotations

from typing import Any

from knowledge.needs import Need, Spot
from knowledge.offer_data import read_offer
from knowledge.offers import Offer

SOURCE: dict[str, Any] = {
    "url": "https://example.org",
    "exact": True,
    "age": "recent",
    "date_words": "2026-05",
    "year": 2026,
    "month": 5,
}
PLAIN: dict[str, Any] = {
    "id": "t1",
    "name": "Test",
    "organisation": "Test",
    "kinds": ["home_volunteer"],
    "place": "home",
    "bound_to": "loved_one",
    "area": "Zwolle",
    "scope": "municipality",
    "municipalities": ["Zwolle"],
    "province": "Overijssel",
    "residents_only": True,
    "payers": ["municipality"],
    "source": SOURCE,
    "verify_before_showing": False,
}


def offer(**changes: Any) -> Offer:
    """A recent volunteer at home in Zwolle, with changes."""
    return read_offer({**PLAIN, **changes})


def stay(**changes: Any) -> Offer:
    """A house in Zwolle where people may come from elsewhere, with changes."""
    house = {"id": "t2", "kinds": ["stay"], "place": "away", "residents_only": False, "located_in": "Zwolle"}
    return offer(**{**house, **changes})


def living_in(municipality: str, postcode: str | None = None, **told: Any) -> Need:
    """Someone who lives together with the loved one."""
    spot = Spot(municipality, postcode)
    return Need(carer_at=spot, loved_one_at=spot, **told)
