"""The reference for the index: every offer weighed, all of them sorted. Slow, and plain enough to be believed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from knowledge.matching.advice import advise
from knowledge.matching.find import Matching
from knowledge.matching.need import Need
from knowledge.matching.ranking import Tier, Weighed, barrier, weigh
from knowledge.offers.record import Offer
from knowledge.places.regions import Regions
from knowledge.vocabulary import OfferStatus, Scope, UnmetReason

RELIEF = (Tier.RELIEF, Tier.NATIONAL_RELIEF, Tier.STALE_RELIEF)


def scan(need: Need, offers: Sequence[Offer], regions: Regions, today: date, limit: int = 3) -> Matching:
    advice = advise(need)
    weighed = (weigh(offer, need, regions, today, advice) for offer in offers)
    ranked = sorted((each for each in weighed if each), key=lambda each: each.order)
    distinct = _without_doubles([each for each in ranked if each.met])
    relief = [each for each in distinct if each.tier in RELIEF]
    support = [each for each in distinct if each.tier not in RELIEF]
    keep_a_place = limit >= 3 and any(each.tier is Tier.SUPPORT_CENTRE for each in support)
    chosen = relief[: limit - 1 if keep_a_place else limit]
    chosen += support[: limit - len(chosen)]
    near = _without_doubles([each for each in ranked if not each.met and each.tier in RELIEF])[:limit]
    return Matching(
        tuple(each.match for each in chosen),
        tuple(each.match for each in near),
        _unmet(need, offers, regions, today, ranked),
    )


def _without_doubles(ranked: Sequence[Weighed]) -> list[Weighed]:
    first: dict[object, Weighed] = {}
    for each in ranked:
        first.setdefault((each.match.offer.organisation, each.match.offer.kinds[0]), each)
    return list(first.values())


def _unmet(
    need: Need, offers: Sequence[Offer], regions: Regions, today: date, ranked: Sequence[Weighed]
) -> UnmetReason | None:
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
    less_pressing, whenever = replace(need, needed_within_weeks=None), replace(need, day_parts=frozenset())
    for eased, reason in ((less_pressing, UnmetReason.TOO_LATE), (whenever, UnmetReason.OTHER_DAY_PART)):
        if any(_is_surely_met(offer, eased, regions, today) for offer in offers):
            return reason
    if any(each.tier in RELIEF for each in met):
        return UnmetReason.ONLY_NATIONAL
    if any(not each.met and each.tier in (Tier.RELIEF, Tier.STALE_RELIEF) for each in ranked):
        return UnmetReason.OTHER_KIND_ONLY
    wished = [offer for offer in offers if not need.kinds or need.kinds & set(offer.kinds)]
    codes = {why.code for offer in wished if (why := barrier(offer, need, regions, today))}
    return UnmetReason.OUTSIDE_TARGET if codes - {"ended", "outside_area"} else UnmetReason.NONE_KNOWN_HERE


def _is_surely_met(offer: Offer, need: Need, regions: Regions, today: date) -> bool:
    weighed = weigh(offer, need, regions, today)
    local = weighed is not None and weighed.tier is Tier.RELIEF and offer.scope is not Scope.NATIONAL
    return local and weighed is not None and weighed.met and not offer.existence_uncertain
