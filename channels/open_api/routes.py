"""All addresses of the open catalogue, given what it needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from starlette.routing import BaseRoute, Route

from bot.request.base import utc_now
from channels.open_api.answers import LICENCE, Endpoint
from channels.open_api.document import openapi_document
from channels.open_api.shelf import Changes, Offers, Shelf
from channels.open_api.views import OpenViews
from channels.web.guards import TokenBuckets
from channels.web.ports import Wording
from knowledge.offers.freshness import Freshness
from knowledge.places.regions import Regions

BURST, PER_SECOND = 60, 2.0  # requests of one address: a page of a website, and going on


def open_api_routes(
    *,
    offers: Offers,
    changes: Changes,
    regions: Regions,
    wording: Wording,
    base_url: str,
    now: Callable[[], datetime] = utc_now,
    pace: TokenBuckets | None = None,
) -> list[BaseRoute]:
    """The open catalogue under ``/api/v1``. ``pace``: how fast one caller may ask."""

    def warning(fresh: Freshness) -> str:
        return wording.text(f"utter_freshness_{fresh.code}", **fresh.values)

    shelf = Shelf(offers, changes, regions, now)
    views = OpenViews(shelf, regions, base_url, warning, openapi_document(base_url))
    pace = pace or TokenBuckets(most=BURST, per_second=PER_SECOND)
    home = f"{base_url}/api/v1"
    links = {"license": LICENCE, "service-desc": f"{home}/openapi.json", "describedby": f"{home}/profile"}
    addresses = {
        "/api/v1": views.home,
        "/api/v1/": views.home,
        "/api/v1/openapi.json": views.document,
        "/api/v1/profile": views.profile,
        "/api/v1/offers": views.offers,
        "/api/v1/offers/{id}": views.offer,
        "/api/v1/{rest:path}": views.nothing,
    }
    return [Route(path, Endpoint(view, pace, links)) for path, view in addresses.items()]
