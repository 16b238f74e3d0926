"""Can whoever takes over do what she does (lifting, the night)? What an offer declines, it must not be asked."""

from __future__ import annotations

from knowledge.matching.kinds import BY_NIGHT, WITHOUT_CARE
from knowledge.matching.need import Aspect, Need, Reason
from knowledge.matching.target import labels
from knowledge.offers.record import Offer
from knowledge.vocabulary import CareDemand

CARE_FIELDS = ("kinds", "accepts", "declines", "inferred")
"""The fields of an offer on which this depends."""

ASK_POINTS = 3  # * something she does is not known to be possible there


def care_of(offer: Offer, need: Need) -> Aspect:
    """What was told is asked of the offer: declined is hard (R43), accepted is said, the rest is asked."""
    demands = _asked_of(offer, need)
    if not demands:
        return Aspect()
    declined = demands & offer.declines
    if declined and "declines" not in offer.inferred:
        return Aspect(barrier=Reason("declines", {"demands": labels(declined)}))
    accepted = frozenset() if "accepts" in offer.inferred else (demands & offer.accepts) - declined
    unknown = demands - accepted
    return Aspect(
        points=ASK_POINTS if unknown else 0,
        fits=(Reason("accepts", {"demands": labels(accepted)}),) if accepted else (),
        unknowns=(Reason("ask_demands", {"demands": labels(unknown)}),) if unknown else (),
    )


def _asked_of(offer: Offer, need: Need) -> frozenset[CareDemand]:
    """Where nobody takes over, nothing is asked; care in the night only where somebody is there by night."""
    if offer.kinds[0] in WITHOUT_CARE:
        return frozenset()
    by_day = frozenset() if offer.kinds[0] in BY_NIGHT else frozenset({CareDemand.NIGHT_CARE})
    return need.demands - by_day
