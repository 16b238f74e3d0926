"""Which groups of carers she belongs to, and the one line of practical knowledge for her situation worth saying now.

A group follows only from what was told. The words live in the domain files: ``utter_group_<value>``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from bot.load import LoadBand, LoadSignal
from bot.profile import CarerProfile, Told
from bot.reading import Relation, Wish
from bot.understanding.language import DUTCH
from knowledge.vocabulary import Condition, Term

BEFORE_OFFERS, IN_A_TALK = 1, 2
"""So many lines are said before the offers, and in a whole talk; what cannot wait is not counted."""


class Group(Term):
    """A situation that asks for knowledge of its own, the most important first (requirements 2; R25, R29, R39, R85)."""

    AGGRESSION = "aggression", "onveilig gedrag thuis"
    LAST_PHASE = "last_phase", "laatste levensfase"
    YOUNG = "young", "zelf nog jong"
    MENTAL_HEALTH = "mental_health", "naaste bij psychische klachten of verslaving"
    ARRANGING = "arranging", "het regelen is te veel"
    WORKING = "working", "werkt ernaast"
    PARENT = "parent", "ouder van een kind dat zorg nodig heeft"
    PARTNER_CHANGED = "partner_changed", "partner is veranderd"
    MIGRANT = "migrant", "spreekt een andere taal"
    SEVERAL = "several", "zorgt voor meer mensen"
    NEIGHBOUR = "neighbour", "vriend of buur"
    AT_DISTANCE = "at_distance", "zorgt op afstand"


AT_ONCE = frozenset({Group.AGGRESSION, Group.LAST_PHASE})
"""Said as soon as it is known, however heavy it is and whatever was said before (R37, R39, R44)."""


def groups_of(profile: CarerProfile, load: LoadSignal) -> tuple[Group, ...]:
    """Every group she belongs to, the most important first. A young person is nothing else to us (R10)."""
    heavy = {reason.code for reason in load.reasons}
    groups = dict.fromkeys(group for group, holds in _RULES if holds(profile, heavy))
    if Group.YOUNG in groups:
        return tuple(group for group in groups if group in (Group.AGGRESSION, Group.YOUNG))
    return tuple(groups)


def line_for(
    profile: CarerProfile, load: LoadSignal, told: Sequence[str], *, after_offers: bool = False
) -> Group | None:
    """The group whose line is worth saying now; ``None`` when nothing is.

    ``told`` are the values of the groups whose line she has read. Before the offers one line is said, after them one
    more; at the end of her strength only what cannot wait (R37).
    """
    new = [group for group in groups_of(profile, load) if group.value not in told]
    counted = len([value for value in told if value not in AT_ONCE])
    enough = counted >= (IN_A_TALK if after_offers else BEFORE_OFFERS)
    only_urgent = enough or load.band is LoadBand.CRISIS
    return next((group for group in new if group in AT_ONCE or not only_urgent), None)


def _one_of(told: Sequence[Told], *values: Term) -> bool:
    return any(one.value in values for one in told)


def _is(told: Told | None, value: str) -> bool:
    return told is not None and told.value == value


def _suffers_in_mind(profile: CarerProfile, heavy: Collection[str]) -> bool:
    return _one_of(profile.conditions, Condition.MENTAL_HEALTH, Condition.ADDICTION)


def _is_parent(profile: CarerProfile, heavy: Collection[str]) -> bool:
    people = [profile.relation, *profile.others_cared_for]
    return any(_is(one, Relation.CHILD) for one in people)


def _has_changed_partner(profile: CarerProfile, heavy: Collection[str]) -> bool:
    changing = (Condition.YOUNG_DEMENTIA, Condition.STROKE_BRAIN_INJURY)
    own = [told for told in profile.conditions if told.about in ("", profile.called)]
    return _is(profile.relation, Relation.PARTNER) and _one_of(own, *changing)


def _speaks_another_language(profile: CarerProfile, heavy: Collection[str]) -> bool:
    other = profile.language is not None and profile.language.value != DUTCH
    return other or _is(profile.interpreter, "yes")


def _lives_elsewhere(profile: CarerProfile, heavy: Collection[str]) -> bool:
    """Only when both places are certain: a request goes to where the care is (R87)."""
    hers, theirs = profile.carer_place, profile.loved_one_place
    if hers is None or theirs is None or _is(profile.living_together, "yes"):
        return False
    certain = hers.confirmed and theirs.confirmed
    return certain and bool(hers.value["municipality"] != theirs.value["municipality"])


_Rule = Callable[[CarerProfile, Collection[str]], bool]
_RULES: tuple[tuple[Group, _Rule], ...] = (
    (Group.AGGRESSION, lambda profile, heavy: "aggression" in heavy),
    (Group.LAST_PHASE, lambda profile, heavy: "palliative" in heavy),
    (Group.YOUNG, lambda profile, heavy: "minor" in heavy),
    (Group.MENTAL_HEALTH, _suffers_in_mind),
    (Group.ARRANGING, lambda profile, heavy: "arranging" in heavy),
    (Group.WORKING, lambda profile, heavy: "work_conflict" in heavy),
    (Group.PARENT, _is_parent),
    (Group.PARTNER_CHANGED, _has_changed_partner),
    (Group.MIGRANT, _speaks_another_language),
    (Group.SEVERAL, lambda profile, heavy: "more_people" in heavy),
    (Group.NEIGHBOUR, lambda profile, heavy: _is(profile.relation, Relation.FRIEND_NEIGHBOUR)),
    (Group.AT_DISTANCE, _lives_elsewhere),
    (Group.WORKING, lambda profile, heavy: _is(profile.works, "yes")),
    (Group.ARRANGING, lambda profile, heavy: _one_of(profile.wishes, Wish.ARRANGING_HELP)),
)
"""The order of ``Group``; work and arranging come last when they were told but are no burden. ``heavy`` are the codes
of the load's reasons."""
