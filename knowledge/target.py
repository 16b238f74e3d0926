"""For whom an offer is (R43): a hard rule. An offer for another group has a barrier; what is not certain is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.needs import Need, Reason
from knowledge.offers import Offer
from knowledge.vocabulary import AgeGroup, Condition, OfferKind, Term, Urgency

# A condition that may fall under what an offer names: never a yes, so the card says "ask". That brain injury is not
# among dementia, nor dementia among brain injury, is R43.
MAY_COVER: dict[Condition, frozenset[Condition]] = {
    Condition.DEMENTIA: frozenset({Condition.YOUNG_DEMENTIA}),
    Condition.YOUNG_DEMENTIA: frozenset({Condition.DEMENTIA}),
    Condition.AUTISM: frozenset({Condition.ADHD_BEHAVIOUR}),
    Condition.ADHD_BEHAVIOUR: frozenset({Condition.AUTISM}),
    Condition.INTELLECTUAL_DISABILITY: frozenset({Condition.AUTISM, Condition.MULTIPLE_CHILD}),
    Condition.PHYSICAL_DISABILITY: frozenset(
        {Condition.STROKE_BRAIN_INJURY, Condition.PARKINSON, Condition.CHRONIC_ILLNESS, Condition.MULTIPLE_CHILD}
    ),
    Condition.CHRONIC_ILLNESS: frozenset(
        {Condition.PARKINSON, Condition.CANCER, Condition.STROKE_BRAIN_INJURY, Condition.DEMENTIA}
    ),
    Condition.MULTIPLE_CHILD: frozenset({Condition.PHYSICAL_DISABILITY, Condition.INTELLECTUAL_DISABILITY}),
}

OF_ADULTS = frozenset({Condition.DEMENTIA, Condition.YOUNG_DEMENTIA, Condition.FRAILTY, Condition.PARKINSON})
OF_OLDER_PEOPLE = frozenset({Condition.DEMENTIA, Condition.FRAILTY})
SPEAKS_FOR_ITSELF = frozenset({Condition.FRAILTY, Condition.OTHER, Condition.RECOVERY})  # no experience to ask for

FOR_CHILDREN = frozenset({OfferKind.STAY_CHILD, OfferKind.SUPPORT_FAMILY})
FOR_THE_LAST_PHASE = frozenset({OfferKind.PALLIATIVE_HOME, OfferKind.HOSPICE_RESPITE})
WITHOUT_CARE = frozenset(
    {
        OfferKind.CARER_SUPPORT_CENTRE, OfferKind.GUIDE, OfferKind.HELPLINE, OfferKind.MUNICIPAL_ACCESS,
        OfferKind.ARRANGING_HELP, OfferKind.HOUSEHOLD_HELP, OfferKind.PEER_CONTACT, OfferKind.YOUNG_CARER_SUPPORT,
    }
)  # fmt: skip
"""Kinds in which nobody takes over the care, so experience with a condition is no question."""


@dataclass(frozen=True)
class Target:
    """What the target group of an offer means for a need. With a ``barrier`` it must not be offered."""

    barrier: Reason | None = None
    fits: tuple[Reason, ...] = ()
    unknowns: tuple[Reason, ...] = ()
    points: int = 0


def target_of(offer: Offer, need: Need) -> Target:
    """Is this offer for this person? Unknown is never yes: special groups need the fact itself."""
    barrier = _closed_group(offer, need) or _age_barrier(offer, need)
    if barrier:
        return Target(barrier=barrier)
    parts = (_young_carer(offer), _age(offer, need), _condition(offer, need))
    barriers = [part.barrier for part in parts if part.barrier]
    return Target(
        barrier=barriers[0] if barriers else None,
        fits=tuple(reason for part in parts for reason in part.fits),
        unknowns=tuple(reason for part in parts for reason in part.unknowns),
        points=sum(part.points for part in parts),
    )


def labels(terms: Iterable[Term]) -> str:
    """Terms as people read them, in the order of the vocabulary."""
    chosen = list(terms)
    order = list(type(chosen[0])) if chosen else []
    return ", ".join(term.label for term in sorted(chosen, key=order.index))


def is_child(need: Need) -> bool | None:
    """Is the loved one a child? Told, or plain from what is the matter; else unknown."""
    if need.loved_one_is_child is not None:
        return need.loved_one_is_child
    if Condition.MULTIPLE_CHILD in need.conditions:
        return True
    return False if need.conditions & OF_ADULTS else None


def told_conditions(need: Need) -> frozenset[Condition]:
    """What is the matter, as far as it can be matched: "something else" tells nothing."""
    last_phase = {Condition.PALLIATIVE} if need.urgency is Urgency.PALLIATIVE else set()
    return (need.conditions | last_phase) - {Condition.OTHER}


def _closed_group(offer: Offer, need: Need) -> Reason | None:
    main = offer.kinds[0]
    young_only = offer.young_carers_only or main is OfferKind.YOUNG_CARER_SUPPORT
    if young_only and need.carer_is_minor is not True:
        return Reason("only_young_carers")
    conditions = told_conditions(need)
    if main in FOR_THE_LAST_PHASE and Condition.PALLIATIVE not in conditions:
        return Reason("only_palliative")
    if main is OfferKind.STAY_GGZ and Condition.MENTAL_HEALTH not in conditions:
        return _other_group(offer)
    return None


def _age_barrier(offer: Offer, need: Need) -> Reason | None:
    child = is_child(need)
    only_children = offer.ages == {AgeGroup.CHILD} or offer.kinds[0] in FOR_CHILDREN
    if only_children and child is not True:
        return Reason("only_children")
    if child is True and offer.ages and AgeGroup.CHILD not in offer.ages:
        return Reason("not_for_children", {"ages": labels(offer.ages)})
    return None


def _young_carer(offer: Offer) -> Target:
    young_only = offer.young_carers_only or offer.kinds[0] is OfferKind.YOUNG_CARER_SUPPORT
    return Target(fits=(Reason("for_young_carers"),)) if young_only else Target()


def _age(offer: Offer, need: Need) -> Target:
    child = is_child(need)
    if child is True:
        if AgeGroup.CHILD in offer.ages:
            return Target(fits=(Reason("for_children"),))
        cares = offer.kinds[0] not in WITHOUT_CARE
        return Target(unknowns=(Reason("ask_children"),), points=4) if cares else Target()
    if not offer.ages or AgeGroup.CHILD in offer.ages or _age_is_plain(offer, need, child=child):
        return Target()
    return Target(unknowns=(Reason("for_age", {"ages": labels(offer.ages)}),), points=2)


def _age_is_plain(offer: Offer, need: Need, *, child: bool | None) -> bool:
    if AgeGroup.ADULT in offer.ages:
        return child is False
    return AgeGroup.OLDER in offer.ages and bool(need.conditions & OF_OLDER_PEOPLE)


def _condition(offer: Offer, need: Need) -> Target:
    told = told_conditions(need)
    if not offer.conditions:
        return _experience(offer, told)
    if not told:
        if offer.others_welcome:
            return Target(points=2)
        return Target(unknowns=(Reason("ask_audience", {"audience": _audience(offer)}),), points=6)
    shared = told & offer.conditions
    if shared:
        values = {"condition": labels(shared)}
        if "audience" in offer.inferred:
            return Target(unknowns=(Reason("ask_condition", values),), points=1)
        return Target(fits=(Reason("for_condition", values),))
    if offer.others_welcome:
        return _experience(offer, told)
    if any(told & MAY_COVER.get(condition, frozenset()) for condition in offer.conditions):
        values = {"condition": labels(told), "audience": _audience(offer)}
        return Target(unknowns=(Reason("ask_related_condition", values),), points=8)
    return Target(barrier=_other_group(offer))


def _experience(offer: Offer, told: frozenset[Condition]) -> Target:
    special = told - SPEAKS_FOR_ITSELF
    if not special or offer.kinds[0] in WITHOUT_CARE:
        return Target()
    return Target(unknowns=(Reason("ask_experience", {"condition": labels(special)}),), points=4)


def _other_group(offer: Offer) -> Reason:
    return Reason("other_group", {"audience": _audience(offer)})


def _audience(offer: Offer) -> str:
    return ", ".join(offer.audience) or labels(offer.conditions)
