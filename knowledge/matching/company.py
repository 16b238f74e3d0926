"""Who comes, and how the loved one gets there: known faces first where strangers are hard (R44), and the way (R46)."""

from __future__ import annotations

from knowledge.matching.kinds import HOME_KINDS, OVERNIGHT_KINDS, RELIEF
from knowledge.matching.need import Aspect, Need, Reason
from knowledge.offers.record import Offer
from knowledge.vocabulary import Condition, Place, Transport, Urgency

COMPANY_FIELDS = ("kinds", "conditions", "same_faces", "carer_can_stay", "inferred")
TRANSPORT_FIELDS = ("kinds", "place", "transport", "inferred")
"""The fields of an offer on which each depends."""

# * In the last phase, or where strangers are hard; home counts only in the last phase.
FACES_CHANGE, FACES_UNKNOWN, STAY_UNKNOWN = 12, 6, 3
NOT_FOR_THE_LAST_PHASE, AWAY_IN_THE_LAST_PHASE = 10, 10
NO_WAY_THERE, WAY_UNKNOWN = 12, 3


def company_of(offer: Offer, need: Need) -> Aspect:
    """Known faces and staying together: said when they are certain, asked where they matter."""
    faces, stay = _certain(offer, "same_faces"), _certain(offer, "carer_can_stay")
    fits: tuple[Reason, ...] = (Reason("same_faces"),) if faces else ()
    fits += (Reason("carer_can_stay"),) if stay else ()
    last_phase = need.urgency is Urgency.PALLIATIVE
    if not (need.few_strangers or last_phase) or offer.kinds[0] not in RELIEF:
        return Aspect(fits=fits, points=_last_phase_points(offer) if last_phase else 0)
    points = 0 if faces else FACES_CHANGE if faces is False else FACES_UNKNOWN
    points += 0 if stay else STAY_UNKNOWN
    return Aspect(
        points=points + (_last_phase_points(offer) if last_phase else 0),
        fits=fits,
        misfits=(Reason("changing_faces"),) if faces is False else (),
        unknowns=(Reason("ask_same_faces"),) if faces is None else (),
    )


def transport_of(offer: Offer, need: Need) -> Aspect:
    """How the loved one gets there; a question only where it is elsewhere. Not told is never "no"."""
    if offer.kinds[0] not in RELIEF or offer.place is not Place.AWAY:
        return Aspect()
    stuck = need.transport_possible is False
    transport = None if "transport" in offer.inferred else offer.transport
    if transport is Transport.INCLUDED:
        return Aspect(fits=(Reason("transport_included"),))
    if transport is Transport.SELF:
        would_fit = (Reason("would_with_transport"),) if stuck else ()
        points = NO_WAY_THERE if stuck else 0
        return Aspect(met=not stuck, points=points, misfits=(Reason("transport_self"),), would_fit=would_fit)
    reason = Reason("ask_transport") if transport is Transport.ON_REQUEST else Reason("transport")
    return Aspect(unknowns=(reason,), points=WAY_UNKNOWN if stuck else 0)


def _last_phase_points(offer: Offer) -> int:
    """The last phase asks for what happens at home, by those who are there for it."""
    at_home = Condition.PALLIATIVE in offer.conditions and bool(set(offer.kinds) & HOME_KINDS)
    points = 0 if at_home else NOT_FOR_THE_LAST_PHASE
    return points + (AWAY_IN_THE_LAST_PHASE if offer.kinds[0] in OVERNIGHT_KINDS else 0)


def _certain(offer: Offer, name: str) -> bool | None:
    """A yes or no that was read, and not inferred."""
    value: bool | None = None if name in offer.inferred else getattr(offer, name)
    return value
