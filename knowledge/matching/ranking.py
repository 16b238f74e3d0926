"""One offer weighed against one need: may it be shown at all, where does it stand, and every reason why.

Each offer is weighed on its own, so adding one never changes the order of the others. Fewer points is better; the
points and the tiers are ours (*), the order they bring about is that of requirements R40-R51. The points are a sum of
parts, none below zero, each of which looks at a few fields of the offer (``..._FIELDS`` in their modules): all but the
distance is known without looking at a map (``standing_of``).
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from operator import attrgetter

from knowledge.matching.advice import Advice, advise, tried_of
from knowledge.matching.care import CARE_FIELDS, care_of
from knowledge.matching.company import COMPANY_FIELDS, TRANSPORT_FIELDS, company_of, transport_of
from knowledge.matching.haste import HASTE_FIELDS, haste_of
from knowledge.matching.need import Aspect, Match, Need, Reason, joined
from knowledge.matching.reach import Level, reach_of, reach_points
from knowledge.matching.target import TARGET_FIELDS, target_of
from knowledge.matching.terms import good_to_know, not_known, to_reckon_with, what_it_is
from knowledge.matching.wish import WISH_FIELDS, is_main, wish_of
from knowledge.offers.freshness import STALE_RANK, Freshness, Stage, freshness_of
from knowledge.offers.record import Offer
from knowledge.places.regions import Regions
from knowledge.vocabulary import OfferKind, OfferStatus, Urgency

FRESHNESS_POINTS = 2  # for each rank of age
EXISTENCE_UNCERTAIN, WAITING = 6, 4

_STATIC_FIELDS = ("status", "existence_uncertain")
STANDING_FIELDS = tuple(
    sorted(
        {
            *TARGET_FIELDS, *CARE_FIELDS, *WISH_FIELDS, *HASTE_FIELDS, *COMPANY_FIELDS, *TRANSPORT_FIELDS,
            *_STATIC_FIELDS,
        }
    )
)  # fmt: skip
"""The fields of an offer on which its standing depends: all but where it is and how old its source."""
_standing_fields = attrgetter(*STANDING_FIELDS)


class Tier(IntEnum):
    """Relief nearby, then national, then what rests on an old source, then who can help to look further."""

    RELIEF = 0
    NATIONAL_RELIEF = 1
    STALE_RELIEF = 2
    SUPPORT_CENTRE = 3
    SUPPORT = 4
    NATIONAL_SUPPORT = 5


@dataclass(frozen=True)
class Weighed:
    """A match with where it stands. ``met``: what she wished for; otherwise it is at best a nearest alternative."""

    match: Match
    tier: Tier
    met: bool
    key: tuple[float, ...]

    @property
    def order(self) -> tuple[tuple[float, ...], str]:
        """Sorts before what is worse; ties are broken by freshness, then distance, then id."""
        return self.key, self.match.offer.id


@dataclass(frozen=True)
class Standing:
    """Where an offer stands before its place and age are looked at: ``points`` only grow from here.

    ``main``: relief, or what she asked for; the rest helps to look further.
    """

    points: int
    met: bool
    main: bool


def is_gone(offer: Offer, today: date) -> bool:
    """Must no carer see it any more: stopped, over, or too old to be told of?"""
    return freshness_of(offer, today).stage is Stage.GONE


def barrier(offer: Offer, need: Need, regions: Regions, today: date | None = None) -> Reason | None:
    """Why this offer must not be offered for this need, or ``None``. For the desk, which may ask why not."""
    if offer.status is OfferStatus.ENDED or (today is not None and is_gone(offer, today)):
        return Reason("ended")
    if reach_of(offer, need, regions) is None:
        return Reason("outside_area", {"area": offer.area})
    return target_of(offer, need).barrier or care_of(offer, need).barrier


def weigh(offer: Offer, need: Need, regions: Regions, today: date, advice: Advice | None = None) -> Weighed | None:
    """The offer weighed, or ``None`` when it is gone, does not serve this place or is for another group.

    ``advice`` is that of ``advise(need)``; whoever weighs many offers makes it once.
    """
    fresh = freshness_of(offer, today)
    if fresh.stage is Stage.GONE:
        return None
    seen = _compared(offer, need, advise(need) if advice is None else advice, just_checked=is_just_checked(fresh))
    if seen.barrier:
        return None
    reach = reach_of(offer, need, regions)
    if reach is None:
        return None
    met = seen.met and reach.level is not Level.TOO_FAR
    match = Match(
        offer=offer,
        fits=seen.fits + reach.fits + good_to_know(offer) or (what_it_is(offer),),
        misfits=seen.misfits + reach.misfits + to_reckon_with(offer),
        unknowns=seen.unknowns + reach.unknowns + not_known(offer, need, fresh),
        distance_km=reach.distance_km,
        would_fit=() if met else seen.would_fit + reach.would_fit,
    )
    points = seen.points + reach_points(reach) + FRESHNESS_POINTS * fresh.rank
    distance = float("inf") if reach.distance_km is None else reach.distance_km
    tier = tier_of(offer, need, reach.level, fresh)
    return Weighed(match, tier, met, (float(tier), float(points), float(fresh.rank), distance))


def standing_of(offer: Offer, need: Need, advice: Advice, *, just_checked: bool) -> Standing | None:
    """Where it stands but for its place and age, or ``None`` when it is for another group.

    The same for every offer of the same ``standing_signature`` (and the same ``just_checked``).
    """
    seen = _compared(offer, need, advice, just_checked=just_checked)
    return None if seen.barrier else Standing(seen.points, seen.met, is_main(offer, need))


def standing_signature(offer: Offer) -> Hashable:
    """Offers with the same signature have the same standing for every need."""
    signature: Hashable = _standing_fields(offer)
    return signature


def is_just_checked(fresh: Freshness) -> bool:
    """Was what changes by the week, a waiting time, asked so lately that it may be told?"""
    return fresh.may_show("waiting_weeks")


def tier_of(offer: Offer, need: Need, level: Level, fresh: Freshness) -> Tier:
    """The group in which it stands; no number of points brings it into another."""
    national = level is Level.NATIONAL
    if is_main(offer, need):
        if fresh.rank >= STALE_RANK:
            return Tier.STALE_RELIEF
        known_faces = need.urgency is Urgency.PALLIATIVE and offer.kinds[0] is OfferKind.PALLIATIVE_HOME
        return Tier.NATIONAL_RELIEF if national and not known_faces else Tier.RELIEF
    if national or offer.kinds[0] is OfferKind.HOLIDAY:
        return Tier.NATIONAL_SUPPORT
    own_centre = OfferKind.CARER_SUPPORT_CENTRE in offer.kinds and level is Level.LOCAL
    return Tier.SUPPORT_CENTRE if own_centre else Tier.SUPPORT


def _compared(offer: Offer, need: Need, advice: Advice, *, just_checked: bool) -> Aspect:
    """Every side but the place, the most telling reasons first. What is for another group is not looked at further."""
    target, care = target_of(offer, need), care_of(offer, need)
    if target.barrier or care.barrier:
        return Aspect(barrier=target.barrier or care.barrier)
    return joined(
        (
            tried_of(offer, need),
            wish_of(offer, need),
            target,
            care,
            company_of(offer, need),
            haste_of(offer, need, just_checked=just_checked),
            transport_of(offer, need),
            advice.of(offer),
            _state(offer),
        )
    )


def _state(offer: Offer) -> Aspect:
    closed = offer.status is OfferStatus.TEMPORARILY_CLOSED
    points = EXISTENCE_UNCERTAIN if offer.existence_uncertain else 0
    points += WAITING if offer.status is OfferStatus.WAITING_LIST else 0
    return Aspect(met=not closed, points=points, would_fit=(Reason("would_when_open"),) if closed else ())
