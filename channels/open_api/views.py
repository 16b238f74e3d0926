"""What stands at each address of the open catalogue."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from starlette.requests import Request

from channels.open_api.answers import ATTRIBUTION, LICENCE, Answer
from channels.open_api.query import ProblemError, Queries, Query
from channels.open_api.shelf import Shelf, Stock
from knowledge.exchange.hsds import Publication, brief_service_of, page_of, service_of
from knowledge.exchange.hsds_profile import PROFILE, describe_profile
from knowledge.offers.freshness import Freshness
from knowledge.places.regions import Regions

HSDS_VERSION = "3.0"
_FIXED = "1"  # counts the changes in how an answer is made, so that nobody keeps an old shape


class OpenViews:
    """Reads the shelf. ``base_url``: how people reach us; ``warning`` words how far an offer may be trusted."""

    def __init__(
        self, shelf: Shelf, regions: Regions, base_url: str, warning: Callable[[Freshness], str], document: Any
    ) -> None:
        self._shelf = shelf
        self._regions = regions
        self._queries = Queries(regions)
        self._home = f"{base_url}/api/v1"
        self._warning = warning
        self._document = document

    def home(self, _request: Request) -> Answer:
        """What this is: the API details of HSDS."""
        return self._fixed(
            {
                "version": HSDS_VERSION,
                "profile": f"{self._home}/profile",
                "openapi_url": f"{self._home}/openapi.json",
                "description": "Offers of respite and support for family carers in the Netherlands. Read only.",
                "licence": LICENCE,
                "attribution": ATTRIBUTION,
            }
        )

    def document(self, _request: Request) -> Answer:
        """The OpenAPI document."""
        return self._fixed(self._document)

    def profile(self, _request: Request) -> Answer:
        """What the attributes of a service mean."""
        return self._fixed(describe_profile())

    def offers(self, request: Request) -> Answer:
        """A page of the offers that answer the question."""
        query = self._queries.read(request.query_params)
        stock = self._shelf.stock()
        found = self._shelf.find(query, stock)
        pages = max(1, -(-len(found) // query.per_page))
        return Answer(
            body=lambda: self._page(query, stock, found),
            tag=_tag("offers", str(stock.number), stock.today.isoformat(), repr(query)),
            modified=stock.modified,
            links=tuple((f"{self._home}/offers?{query.address(page)}", name) for name, page in _pages(query, pages)),
        )

    def offer(self, request: Request) -> Answer:
        """One offer, by our id or by its UUID."""
        stock = self._shelf.stock()
        wanted = request.path_params["id"]
        offer = stock.by_name.get(wanted) or stock.by_name.get(wanted.lower())
        if offer is None:
            raise ProblemError(404, "No such offer", "There is no offer of this id, or it is not shown any more.")
        return Answer(
            body=lambda: service_of(offer, self._publication(stock)),
            tag=_tag("offer", str(stock.number), stock.today.isoformat(), offer.id),
            modified=max(stock.modified, stock.changed.get(offer.id, stock.modified)),
        )

    def nothing(self, _request: Request) -> Answer:
        """Any other address."""
        raise ProblemError(404, "Nothing here", f"Begin at {self._home}.")

    def _page(self, query: Query, stock: Stock, found: list[Any]) -> dict[str, Any]:
        how, make = self._publication(stock), service_of if query.full else brief_service_of
        first = (query.page - 1) * query.per_page
        services = [make(offer, how) for offer in found[first : first + query.per_page]]
        return page_of(services, total=len(found), page=query.page, per_page=query.per_page)

    def _publication(self, stock: Stock) -> Publication:
        return Publication(stock.today, self._regions, stock.changed, self._warning)

    def _fixed(self, body: Any) -> Answer:
        return Answer(body=lambda: body, tag=_tag("fixed", repr(body)))


def _pages(query: Query, last: int) -> list[tuple[str, int]]:
    """The pages to go to from here, by relation (RFC 8288)."""
    near = [("prev", query.page - 1), ("next", query.page + 1)]
    return [("first", 1), *((name, page) for name, page in near if 1 <= page <= last), ("last", last)]


def _tag(*parts: str) -> str:
    return hashlib.sha256("\n".join((_FIXED, PROFILE, *parts)).encode()).hexdigest()[:32]
