"""Can it come in time? Haste makes waiting worse (R35-R37); what cannot be there in time is a near miss."""

from __future__ import annotations

from knowledge.matching.kinds import RELIEF
from knowledge.matching.need import Aspect, Need, Reason
from knowledge.offers.record import Offer
from knowledge.vocabulary import OfferStatus, Urgency

HASTE_FIELDS = (
    "kinds", "status", "lead_weeks", "waiting_weeks", "indication_needed", "emergency_place", "inferred",
)  # fmt: skip
"""The fields of an offer on which this depends."""

LONG_LEAD_WEEKS = 2
# * What makes haste worse, by urgency: (weeks ahead, a wait, first a decision, no known place for emergencies).
_POINTS: dict[Urgency, tuple[int, int, int, int]] = {
    Urgency.NORMAL: (0, 0, 0, 0),
    Urgency.SOON: (15, 10, 3, 0),
    Urgency.PALLIATIVE: (15, 10, 3, 0),
    Urgency.EMERGENCY: (30, 20, 6, 8),
}


def haste_of(offer: Offer, need: Need, *, just_checked: bool) -> Aspect:
    """What the time that it takes means for this need; without haste it is only said.

    ``just_checked``: the waiting time was asked of late; an older one says nothing.
    """
    misfits, would_fit = [], []
    lead, waiting = offer.lead_weeks, offer.waiting_weeks if just_checked else None
    if lead:
        misfits.append(Reason("lead_time", {"weeks": as_range(lead)}))
        if _too_late(lead, need):
            would_fit.append(Reason("would_plan_ahead", {"weeks": str(lead[0])}))
    if waiting and waiting[1]:
        misfits.append(Reason("waiting_weeks", {"weeks": as_range(waiting)}))
        if _too_late(waiting, need):
            would_fit.append(Reason("would_wait", {"weeks": str(waiting[0])}))
    elif offer.status is OfferStatus.WAITING_LIST:
        misfits.append(Reason("waiting_list"))
    at_once = need.urgency is Urgency.EMERGENCY and _has_emergency_place(offer)
    return Aspect(
        met=not would_fit,
        points=_points(offer, need, waiting),
        fits=(Reason("emergency_place"),) if at_once else (),
        misfits=tuple(misfits),
        would_fit=tuple(would_fit),
    )


def as_range(weeks: tuple[int, int]) -> str:
    """Weeks as people read them: "8" or "8-10"."""
    return "-".join(str(week) for week in sorted(set(weeks)))


def _too_late(weeks: tuple[int, int], need: Need) -> bool:
    return need.needed_within_weeks is not None and weeks[0] > need.needed_within_weeks


def _has_emergency_place(offer: Offer) -> bool:
    return offer.emergency_place is True and "emergency_place" not in offer.inferred


def _points(offer: Offer, need: Need, waiting: tuple[int, int] | None) -> int:
    lead, wait, decision, emergency = _POINTS[need.urgency]
    long_lead = bool(offer.lead_weeks and offer.lead_weeks[0] >= LONG_LEAD_WEEKS)
    waits = offer.status is OfferStatus.WAITING_LIST or bool(waiting and waiting[0])
    for_now = offer.kinds[0] not in RELIEF or _has_emergency_place(offer)
    return (
        (lead if long_lead else 0)
        + (wait if waits else 0)
        + (decision if offer.indication_needed else 0)
        + (0 if for_now else emergency)
    )
