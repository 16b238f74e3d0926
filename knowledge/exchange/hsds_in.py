"""An HSDS service as the plain data of an offer: of our profile exactly, of anybody else as far as it goes.

What is not said stays unknown: a service of others has no kind, no reach and nobody whose place counts, so that an
editor has to look at it before it is published. It may hold anything at all; nothing in here fails on it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from knowledge.exchange.hsds_profile import read_attributes
from knowledge.exchange.hsds_text import count_of, is_email, is_uri, object_of, rows_of, text_of
from knowledge.offers.faults import Fault
from knowledge.places.regions import Regions
from knowledge.vocabulary import OfferStatus, Scope, SourceAge

_STATUS = {"temporarily closed": OfferStatus.TEMPORARILY_CLOSED, "defunct": OfferStatus.ENDED}
_POSTCODE = re.compile(r"\s*([1-9]\d{3})\s?(?:[A-Za-z]{2})?\s*")
_DATE = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-\d{2}", re.ASCII)
_YEAR = re.compile(r"[12]\d{3}", re.ASCII)
_RECENT, _OLDER = 2024, 2020  # from this year on, see SourceAge
_NOTES = ("description", "alert", "application_process", "wait_time", "accreditations", "interpretation_services")


def read_service(
    service: Mapping[str, Any], publisher: str = "", regions: Regions | None = None
) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """The plain data of an offer, and what in it was not understood. ``publisher``: the address it came from."""
    ours = read_attributes(service)
    if ours is not None:
        fields, faults = ours
        return {**read_plain(service), **fields}, faults
    return _foreign(service, publisher, regions), ()


def read_plain(service: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in fields of HSDS itself and means the same with us."""
    found: dict[str, Any] = {
        "name": text_of(service, "name"),
        "organisation": text_of(object_of(service, "organization"), "name"),
        "url": text_of(service, "url"),
        "email": text_of(service, "email"),
        "phone": next((number for row in rows_of(service, "phones") if (number := text_of(row, "number"))), ""),
        "min_age": count_of(service, "minimum_age"),
        "max_age": count_of(service, "maximum_age"),
        "languages": list(
            dict.fromkeys(name for row in rows_of(service, "languages") if (name := text_of(row, "name")))
        ),
    }
    return {name: value for name, value in found.items() if value not in ("", None, [])}


def _foreign(service: Mapping[str, Any], publisher: str, regions: Regions | None) -> dict[str, Any]:
    data = {name: value for name, value in read_plain(service).items() if _means_something(name, value)}
    status = text_of(service, "status")
    found: dict[str, Any] = {
        "id": text_of(service, "id"),
        "aliases": [name] if (name := text_of(service, "alternate_name")) else [],
        "audience": [words] if (words := _one_line(text_of(service, "eligibility_description"))) else [],
        "price": _price(service),
        "money_words": text_of(service, "fees_description") or text_of(service, "fees"),
        "status": (_STATUS.get(status) or (OfferStatus.ACTIVE if status == "active" else OfferStatus.UNKNOWN)).value,
        "existence_uncertain": status == "inactive" or None,
        "source": _source(service, publisher),
        "verify_before_showing": True,
        "note": "\n".join(f"{name}: {words}" for name in _NOTES if (words := text_of(service, name))),
        **_area(service, regions),
        **_standing(service, regions),
    }
    return {**data, **{name: value for name, value in found.items() if value not in ("", None, [])}}


def _means_something(name: str, value: Any) -> bool:
    """Others write 0 for "from birth" and addresses that are none; the reader of offers would refuse the whole."""
    if name == "url":
        return is_uri(str(value))
    if name == "email":
        return is_email(str(value))
    return name not in ("min_age", "max_age") or value > 0


def _source(service: Mapping[str, Any], publisher: str) -> dict[str, Any]:
    own_page = text_of(service, "url")
    url = publisher or own_page or text_of(object_of(service, "organization"), "website")
    written = text_of(service, "assured_date") or text_of(service, "last_modified")
    dated = _DATE.match(written)
    year, month = (int(dated[1]), int(dated[2])) if dated else (None, None)
    source = {
        "url": url if is_uri(url) else None,
        "exact": False,
        "age": _age(year).value,
        "date_words": written[:10] if dated else None,
        "year": year,
        "month": month,
    }
    return {name: value for name, value in source.items() if value is not None}


def _age(year: int | None) -> SourceAge:
    if year is None:
        return SourceAge.UNDATED
    if year >= _RECENT:
        return SourceAge.RECENT
    return SourceAge.OLDER if year >= _OLDER else SourceAge.OLD


def _area(service: Mapping[str, Any], regions: Regions | None) -> dict[str, Any]:
    """The names of the areas; the reach is only known when every one of them is a municipality."""
    names = [name for row in rows_of(service, "service_areas") if (name := _one_line(text_of(row, "name")))]
    municipalities = list(dict.fromkeys(names))
    known = regions is not None and names and all(regions.municipality(name) for name in municipalities)
    if known:
        return {"area": ", ".join(names), "scope": Scope.MUNICIPALITY.value, "municipalities": municipalities}
    return {"area": ", ".join(names), "scope": Scope.UNKNOWN.value}


def _standing(service: Mapping[str, Any], regions: Regions | None) -> dict[str, Any]:
    """Where it stands, if that is one place in the Netherlands."""
    locations = [object_of(each, "location") for each in rows_of(service, "service_at_locations")]
    addresses = [address for location in locations for address in rows_of(location, "addresses")]
    if len(addresses) != 1 or text_of(addresses[0], "country").upper() not in ("NL", "NLD"):
        return {}
    city, postcode = text_of(addresses[0], "city"), _POSTCODE.fullmatch(text_of(addresses[0], "postal_code"))
    known = regions is not None and regions.municipality(city) is not None
    return {"located_in": city if known else None, "postcode": postcode[1] if postcode else None}


def _price(service: Mapping[str, Any]) -> dict[str, Any] | None:
    """The one price in euros of which the year is known; several prices are for an editor to choose from."""
    costs = rows_of(service, "cost_options")
    if len(costs) != 1 or text_of(costs[0], "currency").upper() != "EUR":
        return None
    amount, year = costs[0].get("amount"), text_of(costs[0], "valid_from")[:4]
    per = _one_line(text_of(costs[0], "amount_description"))
    if isinstance(amount, bool) or not isinstance(amount, (int, float)) or not 0 <= amount < 1_000_000:
        return None
    if not _YEAR.fullmatch(year) or not per:
        return None
    return {"euros": f"{amount:.2f}".removesuffix(".00"), "per": per, "year": int(year)}


def _one_line(text: str) -> str:
    """A text without line ends, and without the semicolon that parts a list in a sheet."""
    return " ".join(text.replace(";", ",").split())
