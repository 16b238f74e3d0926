"""What an offer lacks before it may be published, and what in it contradicts itself or the map.

What is lacking is asked for, not guessed (R55): a field counts when it is known and read, or when the provider was
asked and could not say. What was only inferred still lacks. Contradictions ask for a look; they refuse nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.offers.faults import Fault
from knowledge.offers.guide import GUIDE, FieldGuide, Shape
from knowledge.offers.record import Offer
from knowledge.places.regions import Municipality, Regions
from knowledge.vocabulary import AccessKind, OfferKind, OfferStatus, Payer, Place, Scope

# What helps without taking over the care: nobody asks these for day-parts, a length of stay or transport.
NO_TAKING_OVER = frozenset(
    {
        OfferKind.ARRANGING_HELP,
        OfferKind.PEER_CONTACT,
        OfferKind.YOUNG_CARER_SUPPORT,
        OfferKind.CARER_SUPPORT_CENTRE,
        OfferKind.GUIDE,
        OfferKind.HELPLINE,
        OfferKind.MUNICIPAL_ACCESS,
    }
)
AT_HOME = frozenset(
    {
        OfferKind.HOME_VOLUNTEER,
        OfferKind.HOME_PAID,
        OfferKind.HOME_PROFESSIONAL,
        OfferKind.HOME_24H,
        OfferKind.NIGHT_CARE,
        OfferKind.PALLIATIVE_HOME,
    }
)


def lacks(offer: Offer) -> tuple[str, ...]:
    """Names of the needed fields that are neither known nor asked for in vain, in the order of the guide."""
    return tuple(name for name, guide in GUIDE.items() if guide.needed and _lacks(offer, guide))


def _lacks(offer: Offer, guide: FieldGuide) -> bool:
    if guide.name in offer.asked or not _concerns(offer, guide):
        return False
    if guide.name == "price" and Payer.FREE in offer.payers and "payers" not in offer.inferred:
        return False
    return not any(_is_known(offer, name) for name in (guide.name, *guide.instead))


def _concerns(offer: Offer, guide: FieldGuide) -> bool:
    if guide.concerns == "indication":
        return offer.indication_needed is True
    if guide.concerns and set(offer.kinds) <= NO_TAKING_OVER:
        return False
    return guide.concerns != "away" or offer.place is not Place.HOME


def _is_known(offer: Offer, name: str) -> bool:
    value = getattr(offer, name)
    unknown: tuple[object, ...] = (None, (), frozenset(), "", OfferStatus.UNKNOWN, Scope.UNKNOWN)
    return name not in offer.inferred and value not in unknown


def contradictions(offer: Offer, regions: Regions) -> tuple[Fault, ...]:
    """What cannot all be true: the fields with each other, and the place with the map."""
    return tuple(
        fault
        for each in (_place_and_map, _postcode, _kind_and_place, _money, _entrance, _certainty)
        for fault in each(offer, regions)
    )


def _place_and_map(offer: Offer, regions: Regions) -> Iterator[Fault]:
    for name, guide in GUIDE.items():
        if guide.shape not in (Shape.PLACE, Shape.PLACES):
            continue
        value = getattr(offer, name)
        for place in (value,) if isinstance(value, str) else value or ():
            found = regions.municipality(place)
            if found is None:
                yield Fault(name, "municipality", {"value": place})
            else:
                yield from _inside(offer, name, found)
    closed = offer.residents_only and offer.municipalities and not offer.coverage_uncertain
    if closed and offer.located_in and offer.located_in not in offer.municipalities:
        yield Fault("located_in", "outside_area", {"value": offer.located_in})


def _inside(offer: Offer, name: str, place: Municipality) -> Iterator[Fault]:
    """A single municipality lies in the province that is named; those of a region lie in that region."""
    alone = name == "located_in" or len(offer.municipalities) == 1
    if alone and offer.province and offer.province != place.province:
        yield Fault(name, "elsewhere", {"value": place.name, "other": place.province})
    if name == "municipalities" and offer.ggd_region and offer.ggd_region != place.ggd_region:
        yield Fault(name, "elsewhere", {"value": place.name, "other": place.ggd_region})


def _postcode(offer: Offer, regions: Regions) -> Iterator[Fault]:
    if offer.postcode is None:
        return
    found = regions.by_postcode(offer.postcode)
    if found is None:
        yield Fault("postcode", "unknown_postcode", {"value": offer.postcode})
    elif offer.located_in and found.municipality != offer.located_in:
        yield Fault("postcode", "postcode_elsewhere", {"value": offer.postcode, "other": found.municipality})


def _kind_and_place(offer: Offer, regions: Regions) -> Iterator[Fault]:
    if offer.kinds[0] in AT_HOME and offer.place is Place.AWAY:
        yield Fault("place", "home_and_away")
    if set(offer.kinds) == {OfferKind.DAY_CARE} and (offer.min_nights or offer.max_nights):
        yield Fault("kinds", "nights_at_day_care")


def _money(offer: Offer, regions: Regions) -> Iterator[Fault]:
    if offer.price and set(offer.payers) == {Payer.FREE}:
        yield Fault("price", "free_and_price")


def _entrance(offer: Offer, regions: Regions) -> Iterator[Fault]:
    if offer.access is AccessKind.GENERAL and offer.indication_needed:
        yield Fault("access", "indication_and_general")
    if offer.access is AccessKind.TAILORED and offer.indication_needed is False:
        yield Fault("access", "tailored_without_indication")


def _certainty(offer: Offer, regions: Regions) -> Iterator[Fault]:
    if offer.status is OfferStatus.ACTIVE and offer.existence_uncertain:
        yield Fault("status", "open_but_uncertain")
    for name in sorted(offer.asked):
        if _is_known(offer, name):
            yield Fault(name, "asked_and_known")
