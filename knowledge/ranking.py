"""One offer weighed against one need: may it be shown at all, where does it stand, and every reason why.

Each offer is weighed on its own, so adding one never changes the order of the others. Fewer points is better; the
points and the tiers are ours (*), the order they bring about is that of requirements R40-R51.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from knowledge.freshness import STALE_RANK, Freshness, freshness_of
from knowledge.needs import Match, Need, Reason
from knowledge.offers import Offer
from knowledge.reach import Level, Reach, reach_of
from knowledge.regions import Regions
from knowledge.target import Target, labels, target_of
from knowledge.vocabulary import Condition, OfferKind, OfferStatus, Payer, Place, Urgency
from knowledge.wish import HOME_KINDS, OVERNIGHT_KINDS, RELIEF, WishFit, preference, wish_fit

PREFERENCE_POINTS = 100  # outweighs all other points together: R41 holds whatever else differs
FRESHNESS_POINTS = 2  # for each rank of age
LONG_LEAD_WEEKS = 2
_SUPPORT_POINTS = {OfferKind.CARER_SUPPORT_CENTRE: 0, OfferKind.MUNICIPAL_ACCESS: 1, OfferKind.HELPLINE: 2}


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


def barrier(offer: Offer, need: Need, regions: Regions) -> Reason | None:
    """Why this offer must not be offered for this need, or ``None``. For the desk, which may ask why not."""
    if offer.status is OfferStatus.ENDED:
        return Reason("ended")
    if reach_of(offer, need, regions) is None:
        return Reason("outside_area", {"area": offer.area})
    return target_of(offer, need).barrier


def weigh(offer: Offer, need: Need, regions: Regions, today: date) -> Weighed | None:
    """The offer weighed, or ``None`` when it ended, does not serve this place or is for another group."""
    if offer.status is OfferStatus.ENDED:
        return None
    target = target_of(offer, need)
    if target.barrier:
        return None
    reach = reach_of(offer, need, regions)
    if reach is None:
        return None
    wish = wish_fit(offer, need)
    fresh = freshness_of(offer, today)
    closed = offer.status is OfferStatus.TEMPORARILY_CLOSED
    met = wish.met and reach.level is not Level.TOO_FAR and not closed
    tier = _tier(offer, need, reach, wish, fresh)
    match = Match(
        offer=offer,
        fits=wish.fits + target.fits + reach.fits + _good_to_know(offer) or (_what_it_is(offer),),
        misfits=wish.misfits + reach.misfits + _to_reckon_with(offer),
        unknowns=target.unknowns + reach.unknowns + wish.unknowns + _not_known(offer, fresh),
        distance_km=reach.distance_km,
    )
    points = _points(offer, need, target, reach, wish) + FRESHNESS_POINTS * fresh.rank
    distance = float("inf") if reach.distance_km is None else reach.distance_km
    return Weighed(match, tier, met, (float(tier), float(points), float(fresh.rank), distance))


def is_main(offer: Offer, wish: WishFit) -> bool:
    """Real relief, or exactly what she asked for; the rest helps to look further. A holiday only when asked for."""
    if wish.named or offer.young_carers_only:
        return True
    return offer.kinds[0] in RELIEF and offer.kinds[0] is not OfferKind.HOLIDAY


def _tier(offer: Offer, need: Need, reach: Reach, wish: WishFit, fresh: Freshness) -> Tier:
    national = reach.level is Level.NATIONAL
    if is_main(offer, wish):
        if fresh.rank >= STALE_RANK:
            return Tier.STALE_RELIEF
        known_faces = need.urgency is Urgency.PALLIATIVE and offer.kinds[0] is OfferKind.PALLIATIVE_HOME
        return Tier.NATIONAL_RELIEF if national and not known_faces else Tier.RELIEF
    if national or offer.kinds[0] is OfferKind.HOLIDAY:
        return Tier.NATIONAL_SUPPORT
    own_centre = OfferKind.CARER_SUPPORT_CENTRE in offer.kinds and reach.level is Level.LOCAL
    return Tier.SUPPORT_CENTRE if own_centre else Tier.SUPPORT


def _points(offer: Offer, need: Need, target: Target, reach: Reach, wish: WishFit) -> int:
    points = wish.points + target.points + _distance_points(reach) + _urgency_points(offer, need)
    points += 5 if any(reason.code.startswith("ask_area") for reason in reach.unknowns) else 0
    points += 6 if offer.existence_uncertain else 0
    points += 4 if offer.status is OfferStatus.WAITING_LIST else 0
    if not is_main(offer, wish):
        points += 10 * _SUPPORT_POINTS.get(offer.kinds[0], 3)
    elif not need.kinds and need.place in (None, Place.EITHER):
        points += PREFERENCE_POINTS * preference(offer)
    return points


def _distance_points(reach: Reach) -> int:
    """By steps of 5 km, so that a kilometre more or less leaves the order to freshness."""
    border = 3 if reach.level in (Level.ACROSS, Level.TOO_FAR) else 0
    if reach.distance_km is None:
        return border + (6 if any(reason.code == "distance_unknown" for reason in reach.unknowns) else 0)
    return border + int(reach.distance_km // 5)


def _urgency_points(offer: Offer, need: Need) -> int:
    """Haste makes what takes weeks worse; the last phase asks for what happens at home, with known faces (R44)."""
    if need.urgency is Urgency.NORMAL:
        return 0
    points = 15 if offer.lead_weeks and offer.lead_weeks[0] >= LONG_LEAD_WEEKS else 0
    points += 10 if offer.status is OfferStatus.WAITING_LIST else 0
    points += 3 if offer.indication_needed else 0
    if need.urgency is Urgency.PALLIATIVE:
        points += 10 if offer.kinds[0] in OVERNIGHT_KINDS else 0
        points -= 10 if Condition.PALLIATIVE in offer.conditions and set(offer.kinds) & HOME_KINDS else 0
    return points


def _what_it_is(offer: Offer) -> Reason:
    """What can be said when nothing else speaks for it: an offer is never shown without a reason (R48)."""
    return Reason("kind_of_help", {"kind": offer.label})


def _good_to_know(offer: Offer) -> tuple[Reason, ...]:
    reasons = []
    if offer.indication_needed is False:
        reasons.append(Reason("no_indication"))
    if Payer.FREE in offer.payers and "payers" not in offer.inferred:
        reasons.append(Reason("free"))
    return tuple(reasons)


def _to_reckon_with(offer: Offer) -> tuple[Reason, ...]:
    reasons = []
    if offer.status is OfferStatus.WAITING_LIST:
        reasons.append(Reason("waiting_list"))
    if offer.status is OfferStatus.TEMPORARILY_CLOSED:
        reasons.append(Reason("temporarily_closed"))
    if offer.lead_weeks:
        reasons.append(Reason("lead_time", {"weeks": "-".join(str(week) for week in sorted(set(offer.lead_weeks)))}))
    if offer.min_nights and offer.min_nights > 1:
        reasons.append(Reason("min_stay", {"nights": str(offer.min_nights)}))
    if offer.max_nights:
        reasons.append(Reason("max_stay", {"nights": str(offer.max_nights)}))
    if offer.indication_needed:
        reasons.append(Reason("indication_needed"))
    if offer.limits:
        reasons.append(Reason("limits", {"limits": "; ".join(offer.limits)}))
    return tuple(reasons)


def _not_known(offer: Offer, fresh: Freshness) -> tuple[Reason, ...]:
    """What nobody knows yet: a free place always, and whatever the source is silent about (R49, R50)."""
    reasons = []
    if offer.existence_uncertain or fresh.rank >= STALE_RANK:
        reasons.append(Reason("ask_exists"))
    if not set(offer.kinds) & RELIEF:
        return tuple(reasons)
    reasons.append(Reason("free_place"))
    if offer.indication_needed is None:
        reasons.append(Reason("indication"))
    if offer.place is Place.AWAY:
        reasons.append(Reason("transport"))
    return tuple(reasons) + _money(offer, fresh)


def _money(offer: Offer, fresh: Freshness) -> tuple[Reason, ...]:
    certain = offer.payers and "payers" not in offer.inferred
    payer = () if certain else (_payer(offer),)
    if offer.price and fresh.may_show_price:
        price = offer.price
        values = {"euros": price.euros.replace(".", ","), "per": price.per, "year": str(price.year)}
        return (Reason("price_in_year", values), *payer)
    return payer if Payer.FREE in offer.payers and certain else (Reason("price"), *payer)


def _payer(offer: Offer) -> Reason:
    return Reason("ask_payer", {"payers": labels(set(offer.payers))}) if offer.payers else Reason("payer")
