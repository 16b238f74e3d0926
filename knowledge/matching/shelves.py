"""Where to look for offers that may serve a place: shelves by name, and municipalities in the order of distance.

``reach.py`` decides whether an offer serves a place. This only says where to look: rather too many places than too few.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from math import asin, cos, dist, inf, radians, sin
from typing import NamedTuple

from knowledge.matching.reach import SURROUNDINGS_KM, TOO_FAR_FACTOR, TOO_FAR_KM, TRAVEL_KM
from knowledge.offers.record import Offer
from knowledge.places.regions import EARTH_RADIUS_KM, Point, Regions, Spot
from knowledge.vocabulary import OfferKind, Scope

Shelf = tuple[str, str]
_Vector = tuple[float, float, float]
"""What and where: ``("at", municipality)`` for what names it, ``("near", municipality)`` for what stands there, …"""
ANYWHERE: Shelf = ("anywhere", "")
BY_POSTCODE: Shelf = ("by_postcode", "")
_SLACK_KM = 1e-6  # distances are rounded; a bound must not be


class Near(NamedTuple):
    """A municipality where something may stand: between ``least`` and ``most`` km away."""

    least: float
    most: float
    municipality: str


def shelves_of(offer: Offer, regions: Regions) -> frozenset[Shelf]:
    """Where this offer is kept."""
    if offer.scope is Scope.UNKNOWN:
        return frozenset()
    if offer.scope is Scope.NATIONAL:
        return frozenset({ANYWHERE})
    shelves: set[Shelf] = {("at", name) for name in offer.municipalities}
    if offer.coverage_uncertain:
        shelves |= {("around", name) for name in offer.municipalities}
    if offer.scope in (Scope.PROVINCE, Scope.REGION) and offer.province:
        shelves.add(("province", offer.province))
    if offer.scope is Scope.REGION and offer.ggd_region:
        shelves.add(("region", offer.ggd_region))
    if far_km(offer):
        shelves |= _standing_places(offer, regions)
    return frozenset(shelves)


def far_km(offer: Offer) -> float:
    """From how far people may come to it, at most; 0 when the distance does not matter."""
    limit = travel_km(offer.kinds)
    travels = offer.located_in is not None and not offer.residents_only
    around = float(offer.radius_km or 0) if offer.scope is Scope.RADIUS else 0.0
    return max(around, limit, min(TOO_FAR_FACTOR * limit, TOO_FAR_KM)) if travels else around


def travel_km(kinds: Iterable[OfferKind]) -> float:
    """How far people may be expected to travel for it; 0 when nobody travels for it."""
    return max((TRAVEL_KM.get(kind, 0.0) for kind in kinds), default=0.0)


def places_to_look(spots: Iterable[Spot], regions: Regions) -> frozenset[Shelf]:
    """Every shelf that may hold what serves one of these spots, but for what is found by distance (``near``)."""
    shelves = {ANYWHERE, BY_POSTCODE}
    for spot in spots:
        shelves |= _named_shelves(regions, spot.municipality)
    return frozenset(shelves)


def near(spots: Iterable[Spot], regions: Regions) -> tuple[Near, ...]:
    """The municipalities from which people may be served by distance, nearest first."""
    spots = tuple(spots)
    if len(spots) == 1:
        return _near_spot(regions, spots[0])
    best: dict[str, Near] = {}
    for spot in spots:
        for each in _near_spot(regions, spot):
            other = best.get(each.municipality, each)
            least, most = min(each.least, other.least), max(each.most, other.most)
            best[each.municipality] = Near(least, most, each.municipality)
    return tuple(sorted(best.values()))


def _standing_places(offer: Offer, regions: Regions) -> set[Shelf]:
    """By the municipality of its own point. With a point that is not on the map, its GGD region is asked."""
    known = regions.by_postcode(offer.postcode) if offer.postcode else None
    if offer.located_in is None:
        return {BY_POSTCODE} if known else set()
    own = Spot(offer.located_in, offer.postcode)
    on_the_map = regions.distance_km(own, own) is not None
    stands = known.municipality if known else offer.located_in
    shelves: set[Shelf] = {("near", stands)} if on_the_map else set()
    if not on_the_map or stands != offer.located_in:
        home = regions.municipality(offer.located_in)
        shelves |= {("region", home.ggd_region)} if home else set()
    return shelves


@lru_cache(maxsize=512)
def _named_shelves(regions: Regions, name: str) -> frozenset[Shelf]:
    shelves: set[Shelf] = {("at", name)}
    municipality = regions.municipality(name)
    if municipality:
        shelves |= {("province", municipality.province), ("region", municipality.ggd_region)}
        for other in regions.municipalities():
            distance = regions.distance_km(Spot(name), Spot(other.name))
            if distance is not None and distance <= SURROUNDINGS_KM:
                shelves.add(("around", other.name))
    return frozenset(shelves)


@lru_cache(maxsize=512)
def _near_spot(regions: Regions, spot: Spot) -> tuple[Near, ...]:
    """Where her own point is not on the map, what stands in her GGD region is asked about, however far."""
    postcode = regions.by_postcode(spot.postcode) if spot.postcode else None
    home = regions.municipality(spot.municipality)
    point = postcode.point if postcode else home.centre if home and not spot.postcode else None
    if point is None:
        region = home.ggd_region if home else None
        return tuple(Near(0.0, inf, each.name) for each in regions.municipalities() if each.ggd_region == region)
    here, found = _vector(point), []
    for name, middle, width in _middles(regions):
        distance = _km(here, middle) if middle else None
        if distance is None:
            found.append(Near(0.0, inf, name))
        else:
            least = 0.0 if name == spot.municipality else max(0.0, distance - width)
            found.append(Near(least, distance + width, name))
    return tuple(sorted(found))


@lru_cache(maxsize=4)
def _middles(regions: Regions) -> tuple[tuple[str, _Vector | None, float], ...]:
    """Every municipality with its middle, and how far, in km, the farthest of its postcodes lies from that."""
    widths: dict[str, float] = defaultdict(float)
    for number in range(1000, 10000):
        postcode = regions.by_postcode(str(number))
        if postcode:
            name = postcode.municipality
            distance = regions.distance_km(Spot(name), Spot(name, postcode.digits))
            widths[name] = max(widths[name], distance or 0.0)
    return tuple(
        (each.name, _vector(each.centre) if each.centre else None, widths[each.name] + _SLACK_KM)
        for each in regions.municipalities()
    )


def _vector(point: Point) -> _Vector:
    lat, lon = map(radians, point)
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)


def _km(one: _Vector, other: _Vector) -> float:
    """The distance of ``Regions``, from the straight line through the globe: as exact, and quicker."""
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, dist(one, other) / 2))
