"""From a need to at most three offers with their reasons, and an honest word when nothing real was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.needs import Match, Need
from knowledge.offers import Offer
from knowledge.ranking import Tier, Weighed, barrier, weigh
from knowledge.regions import Regions
from knowledge.vocabulary import OfferStatus, Scope, UnmetReason

_RELIEF_TIERS = (Tier.RELIEF, Tier.NATIONAL_RELIEF, Tier.STALE_RELIEF)


@dataclass(frozen=True)
class Matching:
    """What was found. ``near_misses``: for this person and place, but not what she wished for, or too far.

    Every match has at least one reason why it fits.

    ``unmet`` (an ``UnmetReason``) tells that no certain, local relief was found, also when ``matches`` holds national
    offers or a support centre: they help, but the need stays and is recorded.
    """

    matches: tuple[Match, ...]
    near_misses: tuple[Match, ...]
    unmet: UnmetReason | None


def match_offers(need: Need, offers: Iterable[Offer], regions: Regions, today: date, limit: int = 3) -> Matching:
    """The best ``limit`` offers for a need on a day. Pure: the same input gives the same answer, in the same order."""
    offers = tuple(offers)
    ranked = rank_offers(need, offers, regions, today)
    matches = _choose([weighed for weighed in ranked if weighed.met], limit)
    near = [weighed for weighed in ranked if not weighed.met and weighed.tier in _RELIEF_TIERS]
    return Matching(
        matches=tuple(weighed.match for weighed in matches),
        near_misses=tuple(weighed.match for weighed in _without_doubles(near)[:limit]),
        unmet=_unmet(need, offers, regions, ranked),
    )


def rank_offers(need: Need, offers: Iterable[Offer], regions: Regions, today: date) -> tuple[Weighed, ...]:
    """Every offer that may be shown for this need, best first, met or not."""
    weighed = (weigh(offer, need, regions, today) for offer in offers)
    return tuple(sorted((each for each in weighed if each), key=lambda each: each.order))


def _choose(ranked: Sequence[Weighed], limit: int) -> list[Weighed]:
    """Real relief first; the last place goes to the steunpunt of her own municipality, if there is one."""
    distinct = _without_doubles(ranked)
    relief = [each for each in distinct if each.tier in _RELIEF_TIERS]
    support = [each for each in distinct if each.tier not in _RELIEF_TIERS]
    keep_a_place = limit >= 3 and any(each.tier is Tier.SUPPORT_CENTRE for each in support)
    chosen = relief[: limit - 1 if keep_a_place else limit]
    return chosen + support[: limit - len(chosen)]


def _without_doubles(ranked: Sequence[Weighed]) -> list[Weighed]:
    """One of each kind from one organisation: the national twin of a local offer adds nothing."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for each in ranked:
        offer = each.match.offer
        twin = (offer.organisation, offer.kinds[0].value)
        if twin not in seen:
            seen.add(twin)
            kept.append(each)
    return kept


def _unmet(need: Need, offers: Sequence[Offer], regions: Regions, ranked: Sequence[Weighed]) -> UnmetReason | None:
    met = [each for each in ranked if each.met]
    local = [each for each in met if each.tier is Tier.RELIEF and each.match.offer.scope is not Scope.NATIONAL]
    sure = [each for each in local if not each.match.offer.existence_uncertain]
    if any(each.match.offer.status is not OfferStatus.WAITING_LIST for each in sure):
        return None
    if need.carer_at is None and need.loved_one_at is None:
        return UnmetReason.PLACE_UNKNOWN
    if sure or any(each.match.offer.status is OfferStatus.TEMPORARILY_CLOSED for each in ranked):
        return UnmetReason.FULL_OR_CLOSED
    if local or any(each.tier is Tier.STALE_RELIEF for each in met):
        return UnmetReason.ONLY_STALE
    return _nothing_local(need, offers, regions, ranked)


def _nothing_local(need: Need, offers: Sequence[Offer], regions: Regions, ranked: Sequence[Weighed]) -> UnmetReason:
    if any(each.met and each.tier in _RELIEF_TIERS for each in ranked):
        return UnmetReason.ONLY_NATIONAL
    if any(not each.met and each.tier in (Tier.RELIEF, Tier.STALE_RELIEF) for each in ranked):
        return UnmetReason.OTHER_KIND_ONLY
    if any(_is_for_others(offer, need, regions) for offer in offers):
        return UnmetReason.OUTSIDE_TARGET
    return UnmetReason.NONE_KNOWN_HERE


def _is_for_others(offer: Offer, need: Need, regions: Regions) -> bool:
    """Near enough and of the wished kind, but for another group."""
    if need.kinds and not need.kinds & set(offer.kinds):
        return False
    why = barrier(offer, need, regions)
    return why is not None and why.code not in ("ended", "outside_area")
