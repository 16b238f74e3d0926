"""One offer as an HSDS 3.0 service: what HSDS has a field for there, and the rest in the respite profile.

What is not known is left out. Three fields that HSDS requires cannot always be known: a status (an unknown one is
written as active, and the attribute ``status`` tells that it is unknown), the description of an organisation and the
street of an address (both empty). What was inferred and not read stands in the attributes only, where ``inferred``
names it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from decimal import Decimal, InvalidOperation
from typing import Any

from knowledge.exchange.hsds_in import read_plain
from knowledge.exchange.hsds_profile import EDITORS_ONLY, freshness_attribute, uuid_of, write_attributes
from knowledge.exchange.hsds_text import is_email, is_uri
from knowledge.offers.data import write_offer
from knowledge.offers.freshness import Freshness, freshness_of
from knowledge.offers.record import Offer, Price
from knowledge.places.regions import Regions
from knowledge.vocabulary import DayPart, OfferStatus

PUBLISHER = "uitgever"  # who checked, instead of the name of an editor
_COMES_FROM = {  # what HSDS is told without a mark, by the fields of the offer it is made of
    "alternate_name": ("aliases",),
    "url": ("url",),
    "email": ("email",),
    "application_process": ("access", "indication_by"),
    "eligibility_description": ("audience",),
    "minimum_age": ("min_age",),
    "maximum_age": ("max_age",),
    "phones": ("phone",),
    "schedules": ("day_parts",),
    "service_areas": ("area", "scope", "municipalities"),
    "service_at_locations": ("located_in", "postcode"),
    "languages": ("languages",),
    "funding": ("payers",),
    "cost_options": ("price",),
    "fees_description": ("price", "payers"),
}
_ALERTS = {OfferStatus.WAITING_LIST, OfferStatus.TEMPORARILY_CLOSED, OfferStatus.ENDED}
_STATUS = {OfferStatus.TEMPORARILY_CLOSED: "temporarily closed", OfferStatus.ENDED: "defunct"}


@dataclass(frozen=True)
class Publication:
    """How offers are published. ``today``: only what may be shown on that day, with how far it may be trusted; without
    it everything that is not for editors alone, for exchange between editors. ``regions`` tells the province of an
    address, ``changed`` when each offer was changed, ``warning`` words how far it may be trusted."""

    today: date | None = None
    regions: Regions | None = None
    changed: Mapping[str, datetime] = field(default_factory=dict)
    warning: Callable[[Freshness], str] = lambda _fresh: ""


def public_data(offer: Offer, today: date | None = None) -> dict[str, Any]:
    """The plain data of an offer that may leave: nothing for editors, no name of one; given a day, nothing too old."""
    data = {name: value for name, value in write_offer(offer).items() if name not in EDITORS_ONLY}
    if "checked_by" in data:
        data["checked_by"] = PUBLISHER
    if "checks" in data:
        data["checks"] = [{**each, "checked_by": PUBLISHER} for each in data["checks"]]
    if today is not None:
        fresh = freshness_of(offer, today)
        data = {name: value for name, value in data.items() if fresh.may_show(name)}
        if "checks" in data:
            data["checks"] = _checks_for_all(data["checks"])
    return data


def _checks_for_all(checks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Where a fact was looked up, only as an address: in words it may name whom an editor spoke with."""
    return [{**each, "source": each["source"] if is_uri(each["source"]) else PUBLISHER} for each in checks]


def service_of(offer: Offer, publication: Publication) -> dict[str, Any]:
    """The whole service, with everything nested."""
    data = public_data(offer, publication.today)
    service = _own_fields(offer, data, publication)
    own = service["id"]
    service.update(_nested(offer, data, own, publication))
    told = read_plain(service)
    service["attributes"] = write_attributes(
        own, {name: value for name, value in data.items() if told.get(name) != value}
    )
    if publication.today is not None:
        service["attributes"].append(freshness_attribute(own, freshness_of(offer, publication.today).code))
    return service


def brief_service_of(offer: Offer, publication: Publication) -> dict[str, Any]:
    """The service as it stands in a list: what there is once of it, and its organisation."""
    return _own_fields(offer, public_data(offer, publication.today), publication)


def _own_fields(offer: Offer, data: Mapping[str, Any], publication: Publication) -> dict[str, Any]:
    organisation = {"id": uuid_of("organization", offer.organisation), "name": offer.organisation, "description": ""}
    url, email = data.get("url"), data.get("email")
    changed = publication.changed.get(offer.id)
    fields: dict[str, Any] = {
        "id": uuid_of("service", offer.id),
        "organization_id": organisation["id"],
        "name": offer.name,
        "alternate_name": ", ".join(offer.aliases),
        "description": offer.label,
        "url": url if url and is_uri(url) else "",
        "email": email if email and is_email(email) else "",
        "status": _STATUS.get(offer.status, "active"),
        "application_process": "; ".join(
            [*([offer.access.label] if offer.access else []), *([offer.indication_by] if offer.indication_by else [])]
        ),
        "fees_description": _fees(offer, data),
        "eligibility_description": "; ".join(offer.audience),
        "minimum_age": offer.min_age,
        "maximum_age": offer.max_age,
        "assured_date": offer.checked_on.isoformat() if offer.checked_on else "",
        "alert": _alert(offer, publication),
        "last_modified": _moment(changed) if changed else "",
        "organization": organisation,
    }
    return {name: value for name, value in fields.items() if value not in ("", None) and _was_read(offer, name)}


def _was_read(offer: Offer, name: str) -> bool:
    return offer.inferred.isdisjoint(_COMES_FROM.get(name, ()))


def _nested(offer: Offer, data: Mapping[str, Any], own: str, publication: Publication) -> dict[str, Any]:
    tables = {
        "phones": [{"number": data["phone"], "type": "voice"}] if "phone" in data else [],
        "schedules": [{"description": ", ".join(part.label for part in DayPart if part in offer.day_parts)}]
        if offer.day_parts
        else [],
        "service_areas": [{"name": name} for name in dict.fromkeys((offer.area, *offer.municipalities))],
        "languages": [{"name": name} for name in offer.languages],
        "funding": [{"source": payer.label} for payer in offer.payers],
        "cost_options": [_cost(offer.price)] if offer.price and "price" in data else [],
    }
    nested: dict[str, Any] = {
        table: [{"id": uuid_of(table, f"{own}:{number}"), "service_id": own, **row} for number, row in enumerate(rows)]
        for table, rows in tables.items()
        if rows
    }
    if offer.located_in:
        nested["service_at_locations"] = [_at_location(offer, own, publication.regions)]
    return {name: rows for name, rows in nested.items() if _was_read(offer, name)}


def _at_location(offer: Offer, own: str, regions: Regions | None) -> dict[str, Any]:
    location: dict[str, Any] = {
        "id": uuid_of("location", own),
        "location_type": "physical",
        "name": offer.located_in,
    }
    municipality = regions.municipality(offer.located_in or "") if regions else None
    if offer.postcode and municipality:
        location["addresses"] = [
            {
                "id": uuid_of("address", own),
                "location_id": location["id"],
                "address_1": "",
                "city": municipality.spoken,
                "state_province": municipality.province,
                "postal_code": offer.postcode,
                "country": "NL",
                "address_type": "physical",
            }
        ]
    link = uuid_of("service_at_location", own)
    return {"id": link, "service_id": own, "location_id": location["id"], "location": location}


def _cost(price: Price) -> dict[str, Any]:
    cost = {
        "valid_from": f"{price.year:04d}-01-01",
        "valid_to": f"{price.year:04d}-12-31",
        "currency": "EUR",
        "amount_description": price.per,
    }
    amount = _amount(price.euros)
    return {**cost, "option": price.euros} if amount is None else {**cost, "amount": amount}


def _amount(euros: str) -> int | float | None:
    try:
        number = Decimal(euros.replace(",", "."))
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number) > 1_000_000:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def _fees(offer: Offer, data: Mapping[str, Any]) -> str:
    price = offer.price if "price" in data else None
    return "; ".join(
        [*([f"€ {price.euros} / {price.per} ({price.year})"] if price else []), *(each.label for each in offer.payers)]
    )


def _alert(offer: Offer, publication: Publication) -> str:
    parts = list(_status_words(offer))
    if publication.today is not None:
        fresh = freshness_of(offer, publication.today)
        parts += [] if fresh.unlabelled else [publication.warning(fresh)]
    return " ".join(part for part in parts if part)


def _status_words(offer: Offer) -> Iterator[str]:
    if offer.status in _ALERTS:
        yield f"{offer.status.label.capitalize()}."


def _moment(moment: datetime) -> str:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
    return aware.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
