"""Whether an offer serves the place of this person, and how far it is (R46, R51).

A service is bound to its area. A house or farm that people travel to also serves people across the border, within a
distance that makes sense for its kind. Whose place counts is the offer's ``bound_to`` (R87). A distance that nobody
knows is asked, never taken for near.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

from knowledge.matching.need import Need, Reason
from knowledge.offers.record import Offer
from knowledge.places.regions import Regions, Spot
from knowledge.vocabulary import BoundTo, OfferKind, Scope

# * How far people may be expected to travel for a kind, in straight-line km. Kinds that are not here do not travel.
TRAVEL_KM: dict[OfferKind, float] = {
    OfferKind.DAY_CARE: 15,
    OfferKind.CARE_FARM: 25,
    OfferKind.STAY_GGZ: 30,
    OfferKind.HOSPICE_RESPITE: 30,
    OfferKind.STAY: 40,
    OfferKind.STAY_CHILD: 50,
    OfferKind.CARE_HOTEL: 60,
    OfferKind.HOLIDAY: 100,
}
TOO_FAR_FACTOR = 2  # * up to this many times the distance it is still the nearest alternative,
TOO_FAR_KM = 75.0  # * but not beyond this
FAR_KM = 20.0  # * from here on the distance is said as a drawback
SURROUNDINGS_KM = 20.0  # * what "and surroundings" may mean, from the middle of a named municipality
STEP_KM = 5  # * steps in which distance counts, so that a kilometre more or less leaves the order to freshness
ACROSS_POINTS, DISTANCE_UNKNOWN_POINTS, ASK_AREA_POINTS = 3, 6, 5

REACH_FIELDS = (
    "kinds", "bound_to", "scope", "area", "municipalities", "province", "ggd_region", "radius_km",
    "coverage_uncertain", "residents_only", "located_in", "postcode", "inferred",
)  # fmt: skip
"""The fields of an offer on which its reach depends."""


class Level(IntEnum):
    """How an offer reaches a place, nearest first."""

    LOCAL = 0
    REGION = 1
    ACROSS = 2
    NATIONAL = 3
    TOO_FAR = 4


@dataclass(frozen=True)
class Reach:
    """How an offer reaches the person: from which ``spot`` it was judged, and what to say about it."""

    level: Level
    spot: Spot | None = None
    distance_km: float | None = None
    fits: tuple[Reason, ...] = ()
    misfits: tuple[Reason, ...] = ()
    unknowns: tuple[Reason, ...] = ()
    would_fit: tuple[Reason, ...] = ()


def reach_of(offer: Offer, need: Need, regions: Regions) -> Reach | None:
    """How the offer reaches this person, or ``None`` outside its area. An unknown area never matches."""
    if offer.scope is Scope.UNKNOWN:
        return None
    if offer.scope is Scope.NATIONAL:
        return _national(offer, need, regions)
    found = [reach for spot in _spots(offer, need) if (reach := _from_spot(offer, spot, regions))]
    if not found:
        return None
    best = min(found, key=lambda reach: (reach.level, _or_far(reach.distance_km)))
    assumed = _assumed(offer, need, regions)
    return _with_unknowns(best, assumed)


def reach_points(reach: Reach) -> int:
    """What the distance and the doubts about the area weigh; never below zero."""
    points = ACROSS_POINTS if reach.level in (Level.ACROSS, Level.TOO_FAR) else 0
    codes = {reason.code for reason in reach.unknowns}
    points += ASK_AREA_POINTS if "ask_area" in codes else 0
    if reach.distance_km is None:
        return points + (DISTANCE_UNKNOWN_POINTS if "distance_unknown" in codes else 0)
    return points + int(reach.distance_km // STEP_KM)


def _spots(offer: Offer, need: Need) -> list[Spot]:
    """The place that counts, or the other one when only that is known."""
    preferred = {
        BoundTo.CARER: [need.carer_at or need.loved_one_at],
        BoundTo.LOVED_ONE: [need.loved_one_at or need.carer_at],
        BoundTo.EITHER: [need.carer_at, need.loved_one_at],
    }[offer.bound_to]
    return [spot for spot in preferred if spot]


def _assumed(offer: Offer, need: Need, regions: Regions) -> tuple[Reason, ...]:
    if offer.bound_to is BoundTo.LOVED_ONE and need.loved_one_at is None and need.carer_at:
        return (Reason("loved_one_place_assumed", {"municipality": regions.spoken(need.carer_at.municipality)}),)
    if offer.bound_to is BoundTo.CARER and need.carer_at is None and need.loved_one_at:
        return (Reason("carer_place_assumed", {"municipality": regions.spoken(need.loved_one_at.municipality)}),)
    return ()


def _national(offer: Offer, need: Need, regions: Regions) -> Reach:
    spots = _spots(offer, need)
    if not offer.coverage_uncertain:
        return Reach(Level.NATIONAL, fits=(Reason("nationwide"),))
    if not spots:
        return Reach(Level.NATIONAL, unknowns=(Reason("ask_near_you"),))
    values = {"municipality": regions.spoken(spots[0].municipality)}
    return Reach(Level.NATIONAL, spots[0], unknowns=(Reason("ask_area", values),))


def _from_spot(offer: Offer, spot: Spot, regions: Regions) -> Reach | None:
    return _in_area(offer, spot, regions) or _by_travelling(offer, spot, regions)


def _in_area(offer: Offer, spot: Spot, regions: Regions) -> Reach | None:
    place = {"municipality": regions.spoken(spot.municipality)}
    ask = (Reason("ask_area", place),)
    if spot.municipality in offer.municipalities:
        doubt = ask if "area" in offer.inferred else ()
        stands_there = spot.municipality == offer.located_in
        fits = () if doubt else (Reason("in_municipality" if stands_there else "serves_municipality", place),)
        return _measured(Reach(Level.LOCAL, spot, fits=fits, unknowns=doubt), offer, regions)
    if offer.scope is Scope.RADIUS:
        return _in_radius(offer, spot, regions)
    wide = _in_wide_area(offer, spot, regions)
    if wide is not None:
        certain = wide and not offer.coverage_uncertain and "area" not in offer.inferred
        fits = (Reason("serves_area", {"area": offer.area}),) if certain else ()
        return Reach(Level.REGION, spot, fits=fits, unknowns=() if certain else ask)
    if offer.coverage_uncertain and _in_surroundings(offer, spot, regions):
        return _measured(Reach(Level.REGION, spot, unknowns=ask), offer, regions)
    return None


def _in_wide_area(offer: Offer, spot: Spot, regions: Regions) -> bool | None:
    """Surely within the province or GGD region that it serves; ``False``: perhaps, in a region known only by name."""
    municipality = regions.municipality(spot.municipality)
    if municipality is None:
        return None
    in_province = municipality.province == offer.province
    if offer.scope is Scope.PROVINCE:
        return True if in_province else None
    if offer.scope is not Scope.REGION:
        return None
    if offer.ggd_region:
        return True if municipality.ggd_region == offer.ggd_region else None
    return False if in_province and not offer.municipalities else None


def _in_radius(offer: Offer, spot: Spot, regions: Regions) -> Reach | None:
    """Within so many km of where it stands; with a distance that is not known, only asked in the same GGD region."""
    middle = _middle(offer, regions)
    if middle is None or not offer.radius_km:
        return None
    values = {"municipality": regions.spoken(spot.municipality)}
    distance = regions.distance_km(spot, middle)
    if distance is None:
        if not regions.same_region(spot.municipality, middle.municipality):
            return None
        return Reach(Level.REGION, spot, unknowns=(Reason("ask_area", values),))
    if distance > offer.radius_km:
        return None
    doubt = offer.coverage_uncertain or "area" in offer.inferred
    fits = () if doubt else (Reason("serves_municipality", values),)
    level = Level.LOCAL if spot.municipality == middle.municipality else Level.REGION
    reach = Reach(level, spot, fits=fits, unknowns=(Reason("ask_area", values),) if doubt else ())
    return _measured(reach, offer, regions)


def _middle(offer: Offer, regions: Regions) -> Spot | None:
    if offer.located_in:
        return Spot(offer.located_in, offer.postcode)
    found = regions.by_postcode(offer.postcode) if offer.postcode else None
    return Spot(found.municipality, found.digits) if found else None


def _in_surroundings(offer: Offer, spot: Spot, regions: Regions) -> bool:
    middle = Spot(spot.municipality)
    distances = (regions.distance_km(middle, Spot(name)) for name in offer.municipalities)
    return any(distance is not None and distance <= SURROUNDINGS_KM for distance in distances)


def _by_travelling(offer: Offer, spot: Spot, regions: Regions) -> Reach | None:
    limit = max((TRAVEL_KM.get(kind, 0.0) for kind in offer.kinds), default=0.0)
    if offer.residents_only or not offer.located_in or not limit:
        return None
    distance = regions.distance_km(spot, Spot(offer.located_in, offer.postcode))
    values = {"municipality": regions.spoken(offer.located_in)}
    doubt = (Reason("ask_location", values),) if "area" in offer.inferred else ()
    if distance is None:
        if not regions.same_region(spot.municipality, offer.located_in):
            return None
        return Reach(Level.ACROSS, spot, unknowns=(Reason("distance_unknown", values), *doubt))
    if distance > max(limit, min(TOO_FAR_FACTOR * limit, TOO_FAR_KM)):
        return None
    level = Level.ACROSS if distance <= limit else Level.TOO_FAR
    return _measured(Reach(level, spot, unknowns=doubt), offer, regions)


def _measured(reach: Reach, offer: Offer, regions: Regions) -> Reach:
    """With the distance, if the offer stands somewhere and it says more than "in the same municipality"."""
    if reach.spot is None or offer.located_in is None:
        return reach
    same = reach.spot.municipality == offer.located_in
    if same and not (reach.spot.postcode and offer.postcode):
        return reach
    distance = regions.distance_km(reach.spot, Spot(offer.located_in, offer.postcode))
    if distance is None:
        return reach
    values = {"km": whole_km(distance), "municipality": regions.spoken(offer.located_in)}
    far = distance > FAR_KM or reach.level is Level.TOO_FAR
    reason = (Reason("far" if far else "nearby", values),)
    return replace(
        reach,
        distance_km=distance,
        fits=reach.fits if far else reach.fits + reason,
        misfits=reason if far else (),
        would_fit=(Reason("would_travel", {"km": values["km"]}),) if reach.level is Level.TOO_FAR else (),
    )


def whole_km(distance: float) -> str:
    """A straight-line distance as people say it: whole kilometres, at least one."""
    return str(max(1, round(distance)))


def _with_unknowns(reach: Reach, more: tuple[Reason, ...]) -> Reach:
    if not more:
        return reach
    return replace(reach, unknowns=more + reach.unknowns)


def _or_far(distance: float | None) -> float:
    return float("inf") if distance is None else distance
