"""For whom an offer is (R43): a hard rule. An offer for another group has a barrier; what is not certain is asked."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.matching.kinds import FOR_CHILDREN, FOR_THE_LAST_PHASE, WITHOUT_CARE
from knowledge.matching.need import Aspect, Need, Reason, joined
from knowledge.offers.record import Offer
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
GROWN_UP, OLDEST = 18, 130  # years
SPEAKS_FOR_ITSELF = frozenset({Condition.FRAILTY, Condition.OTHER, Condition.RECOVERY})  # no experience to ask for

TARGET_FIELDS = (
    "kinds", "conditions", "excluded_conditions", "others_welcome", "ages", "min_age", "max_age",
    "young_carers_only", "inferred",
)  # fmt: skip
"""The fields of an offer on which the barrier and the points depend; the reasons also name its ``audience``."""


def target_of(offer: Offer, need: Need) -> Aspect:
    """Is this offer for this person? Unknown is never yes: special groups need the fact itself."""
    barrier = _closed_group(offer, need) or _excluded(offer, need) or _age_barrier(offer, need)
    if barrier:
        return Aspect(barrier=barrier)
    return joined((_young_carer(offer), _age(offer, need), _age_limits(offer, need), _condition(offer, need)))


def labels(terms: Iterable[Term]) -> str:
    """Terms as people read them, in the order of the vocabulary."""
    chosen = list(terms)
    order = list(type(chosen[0])) if chosen else []
    return ", ".join(term.label for term in sorted(chosen, key=order.index))


def is_child(need: Need) -> bool | None:
    """Is the loved one a child? Told, or plain from what is the matter; else unknown."""
    if need.loved_one_is_child is not None:
        return need.loved_one_is_child
    if need.loved_one_age is not None:
        return need.loved_one_age < GROWN_UP
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


def _excluded(offer: Offer, need: Need) -> Reason | None:
    """For whom the provider says it is not (R43): one condition is enough; what was not told excludes nobody."""
    excluded = told_conditions(need) & offer.excluded_conditions
    if not excluded or "excluded_conditions" in offer.inferred:
        return None
    return Reason("excluded_condition", {"condition": labels(excluded)})


def _age_barrier(offer: Offer, need: Need) -> Reason | None:
    child = is_child(need)
    if _too_young_or_old(offer, need, child=child):
        return Reason("other_years", {"years": _years(offer)})
    grows_out = offer.max_age is not None and offer.max_age < GROWN_UP
    only_children = grows_out or offer.ages == {AgeGroup.CHILD} or offer.kinds[0] in FOR_CHILDREN
    if only_children and child is not True:
        return Reason("only_children")
    if child is True and offer.ages and AgeGroup.CHILD not in offer.ages:
        return Reason("not_for_children", {"ages": labels(offer.ages)})
    return None


def _young_carer(offer: Offer) -> Aspect:
    young_only = offer.young_carers_only or offer.kinds[0] is OfferKind.YOUNG_CARER_SUPPORT
    return Aspect(fits=(Reason("for_young_carers"),)) if young_only else Aspect()


def _age(offer: Offer, need: Need) -> Aspect:
    child = is_child(need)
    if child is True:
        if AgeGroup.CHILD in offer.ages:
            return Aspect(fits=(Reason("for_children"),))
        cares = offer.kinds[0] not in WITHOUT_CARE
        return Aspect(unknowns=(Reason("ask_children"),), points=4) if cares else Aspect()
    if not offer.ages or AgeGroup.CHILD in offer.ages or _age_is_plain(offer, need, child=child):
        return Aspect()
    return Aspect(unknowns=(Reason("for_age", {"ages": labels(offer.ages)}),), points=2)


def _age_limits(offer: Offer, need: Need) -> Aspect:
    """The years between which it is; within them only when her age was told, otherwise it is asked."""
    if offer.min_age is None and offer.max_age is None:
        return Aspect()
    values = {"years": _years(offer)}
    told = need.loved_one_age is not None or (need.loved_one_is_child is False and _from_grown_up(offer))
    if told and not {"min_age", "max_age"} & offer.inferred:
        return Aspect(fits=(Reason("for_years", values),))
    return Aspect(unknowns=(Reason("ask_years", values),), points=2)


def _from_grown_up(offer: Offer) -> bool:
    return offer.max_age is None and offer.min_age is not None and offer.min_age <= GROWN_UP


def _too_young_or_old(offer: Offer, need: Need, *, child: bool | None) -> bool:
    """Certainly outside the years it is for: by the age told, or a child where only grown-ups come and the reverse."""
    lowest = None if "min_age" in offer.inferred else offer.min_age
    highest = None if "max_age" in offer.inferred else offer.max_age
    youngest = need.loved_one_age if need.loved_one_age is not None else GROWN_UP if child is False else 0
    oldest = need.loved_one_age if need.loved_one_age is not None else GROWN_UP - 1 if child is True else OLDEST
    return (lowest is not None and oldest < lowest) or (highest is not None and youngest > highest)


def _years(offer: Offer) -> str:
    """The years between which it is, in figures: "18-65", "18+" or "0-17"."""
    if offer.min_age is not None and offer.max_age is not None:
        return f"{offer.min_age}-{offer.max_age}"
    return f"{offer.min_age}+" if offer.min_age is not None else f"0-{offer.max_age}"


def _age_is_plain(offer: Offer, need: Need, *, child: bool | None) -> bool:
    if AgeGroup.ADULT in offer.ages:
        return child is False
    return AgeGroup.OLDER in offer.ages and bool(need.conditions & OF_OLDER_PEOPLE)


def _condition(offer: Offer, need: Need) -> Aspect:
    told = told_conditions(need)
    if not offer.conditions:
        return _experience(offer, told)
    if not told:
        if offer.others_welcome:
            return Aspect(points=2)
        return Aspect(unknowns=(Reason("ask_audience", {"audience": _audience(offer)}),), points=6)
    shared = told & offer.conditions
    if shared:
        values = {"condition": labels(shared)}
        if "audience" in offer.inferred:
            return Aspect(unknowns=(Reason("ask_condition", values),), points=1)
        return Aspect(fits=(Reason("for_condition", values),))
    if offer.others_welcome:
        return _experience(offer, told)
    if any(told & MAY_COVER.get(condition, frozenset()) for condition in offer.conditions):
        values = {"condition": labels(told), "audience": _audience(offer)}
        return Aspect(unknowns=(Reason("ask_related_condition", values),), points=8)
    return Aspect(barrier=_other_group(offer))


def _experience(offer: Offer, told: frozenset[Condition]) -> Aspect:
    special = told - SPEAKS_FOR_ITSELF
    if not special or offer.kinds[0] in WITHOUT_CARE:
        return Aspect()
    return Aspect(unknowns=(Reason("ask_experience", {"condition": labels(special)}),), points=4)


def _other_group(offer: Offer) -> Reason:
    return Reason("other_group", {"audience": _audience(offer)})


def _audience(offer: Offer) -> str:
    return ", ".join(offer.audience) or labels(offer.conditions)
