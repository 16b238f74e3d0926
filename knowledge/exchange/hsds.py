"""HSDS 3.0 in and out: the catalogue as others read it, and what others publish as offers for an editor to look at.

The mapping is one room: ``hsds_out.py`` writes a service, ``hsds_in.py`` reads one, ``hsds_profile.py`` holds what HSDS
has no field for. What leaves never holds the notes of editors, their names, or the words of a source about money.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from knowledge.exchange.hsds_in import read_service
from knowledge.exchange.hsds_out import Publication, brief_service_of, public_data, service_of
from knowledge.offers.faults import Fault
from knowledge.offers.freshness import Stage, freshness_of
from knowledge.offers.record import Offer
from knowledge.places.regions import Regions

__all__ = [
    "Publication",
    "brief_service_of",
    "from_hsds",
    "may_be_published",
    "page_of",
    "public_data",
    "service_of",
    "to_hsds",
]


def to_hsds(
    offers: Iterable[Offer], today: date | None = None, publication: Publication | None = None
) -> dict[str, Any]:
    """Offers as one page of services, everything nested.

    Given ``today``, as everyone may see them on that day: without offers that are gone, and telephone and price only
    while they may be shown. Without it, complete: for exchange between editors.
    """
    how = publication or Publication(today=today)
    shown = [offer for offer in offers if how.today is None or may_be_published(offer, how.today)]
    return page_of([service_of(offer, how) for offer in shown], total=len(shown), page=1, per_page=max(1, len(shown)))


def may_be_published(offer: Offer, today: date) -> bool:
    """May everyone see it on this day? Not when it has ended, or is too old to tell people about."""
    return freshness_of(offer, today).stage is not Stage.GONE


def page_of(services: list[dict[str, Any]], *, total: int, page: int, per_page: int) -> dict[str, Any]:
    """The page object of HSDS. A page past the last one is empty."""
    pages = max(1, -(-total // per_page))
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": page,
        "size": len(services),
        "first_page": page == 1,
        "last_page": page == pages,
        "empty": not services,
        "contents": services,
    }


def from_hsds(
    data: Any, publisher: str = "", regions: Regions | None = None
) -> tuple[list[dict[str, Any]], tuple[Fault, ...]]:
    """Plain data of offers out of a page, a list of services, one service, or the text of any of these.

    A service of our profile gives exactly the offer that was written. One of anybody else gives what it says, to be
    verified, with ``publisher`` (the address it came from) as its source. Whether that makes an offer is for
    ``find_faults`` to say; the faults here are about what is no service. Never raises, whatever it is given.
    """
    if isinstance(data, (str, bytes)):
        try:
            data = json.loads(data)
        except (ValueError, RecursionError):  # cut off, not UTF-8, or nested without end
            return [], (Fault("", "no_file", {"value": "HSDS"}),)
    services = _services(data)
    if services is None:
        return [], (Fault("", "not_a_list", {"value": "HSDS"}),)
    found: list[dict[str, Any]] = []
    faults: list[Fault] = []
    for service in services:
        if not isinstance(service, Mapping):
            faults.append(Fault("", "not_an_offer"))
            continue
        offer, strange = read_service(service, publisher, regions)
        found.append(offer)
        faults += strange
    return found, tuple(faults)


def _services(data: Any) -> list[Any] | None:
    if isinstance(data, list):
        return data
    if not isinstance(data, Mapping):
        return None
    contents = data.get("contents")
    if isinstance(contents, list):
        return contents
    return [data] if "status" in data and "name" in data else None
