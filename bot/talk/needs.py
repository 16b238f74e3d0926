"""From what was told to what would help: the Need that is matched with offers."""

from __future__ import annotations

from bot.load import LoadSignal
from bot.profile import CarerProfile, Told
from bot.reading import LoadCue, Task, Wish
from bot.request.urgency import urgency_of
from bot.talk.learn import same_household
from bot.talk.tried import tried_kinds
from knowledge.matching.need import Need
from knowledge.places.regions import Spot
from knowledge.vocabulary import CareDemand, Condition, DayPart, OfferKind, Place, Urgency

KINDS_OF_WISH: dict[str, tuple[OfferKind, ...]] = {
    Wish.TAKE_OVER_HOME.value: (OfferKind.HOME_VOLUNTEER, OfferKind.HOME_PAID, OfferKind.HOME_PROFESSIONAL),
    Wish.DAY_OUT.value: (OfferKind.DAY_CARE, OfferKind.CARE_FARM),
    Wish.STAY_AWAY.value: (
        OfferKind.STAY, OfferKind.STAY_CHILD, OfferKind.STAY_GGZ, OfferKind.CARE_HOTEL, OfferKind.HOSPICE_RESPITE,
    ),
    Wish.NIGHT_RELIEF.value: (OfferKind.NIGHT_CARE, OfferKind.HOME_24H, OfferKind.STAY),
    Wish.HOLIDAY.value: (OfferKind.HOLIDAY, OfferKind.HOME_24H, OfferKind.STAY),
    Wish.HOUSEHOLD_HELP.value: (OfferKind.HOUSEHOLD_HELP,),
    Wish.ARRANGING_HELP.value: (OfferKind.ARRANGING_HELP, OfferKind.CARER_SUPPORT_CENTRE),
    Wish.PEERS.value: (OfferKind.PEER_CONTACT, OfferKind.CARER_SUPPORT_CENTRE),
    Wish.TALK.value: (OfferKind.CARER_SUPPORT_CENTRE, OfferKind.PEER_CONTACT),
}  # fmt: skip
"""Which kinds of offer answer a wish. "Even rust" leaves every kind open."""

FOR_HERSELF = frozenset(
    (OfferKind.CARER_SUPPORT_CENTRE, OfferKind.PEER_CONTACT, OfferKind.HOLIDAY, OfferKind.ARRANGING_HELP,
     OfferKind.HELPLINE)
)  # fmt: skip
"""What helps the carer of someone who lives in a nursing home: nobody needs to take over there."""

DEMAND_OF_TASK: dict[str, CareDemand] = {
    Task.SUPERVISION.value: CareDemand.SUPERVISION,
    Task.PERSONAL_CARE.value: CareDemand.PERSONAL_CARE,
    Task.LIFTING.value: CareDemand.LIFTING,
    Task.NIGHT_CARE.value: CareDemand.NIGHT_CARE,
}
"""What she does, somebody else must be able to do. That he is cross at times is not yet "aggressive": what would keep
an offer away follows only from what was plainly told, so no condition and no load cue is read as a demand."""

AT_HOME = {Wish.TAKE_OVER_HOME.value, Wish.HOUSEHOLD_HELP.value}
AWAY = {Wish.DAY_OUT.value, Wish.STAY_AWAY.value}
"""A holiday is neither: she goes away, and somebody at home or elsewhere takes over."""


def need_of(profile: CarerProfile, load: LoadSignal) -> Need:
    """The need that follows from the profile; whatever was not told stays unknown."""
    wishes = {wish.value for wish in profile.wishes}
    kinds = frozenset(kind for wish in wishes for kind in KINDS_OF_WISH.get(wish, ()))
    carer_at = _spot(profile.carer_place)
    urgency = urgency_of(profile, load)[0]
    loved_one_at = _spot(profile.loved_one_place) or (carer_at if same_household(profile) else None)
    return Need(
        kinds=kinds,
        place=_place(wishes),
        day_parts=frozenset(DayPart(told.value) for told in profile.day_parts),
        conditions=frozenset(Condition(told.value) for told in profile.conditions),
        loved_one_is_child=_yes(profile.loved_one_child),
        carer_is_minor=_yes(profile.minor),
        carer_at=carer_at,
        loved_one_at=loved_one_at,
        urgency=urgency,
        demands=frozenset(DEMAND_OF_TASK[told.value] for told in profile.tasks if told.value in DEMAND_OF_TASK),
        relation=profile.relation.value if profile.relation else None,
        carer_works=_yes(profile.works),
        arranging_is_heavy=_arranging(profile),
        tried=tried_kinds(profile.tried),
        structural=False if wishes == {Wish.HOLIDAY.value} and not profile.moments else None,
        needed_within_weeks=0 if urgency is Urgency.EMERGENCY else None,
        language=profile.language.value if profile.language else None,
    )


def _arranging(profile: CarerProfile) -> bool | None:
    """Is the arranging what weighs? Told as too much; not told is not "no"."""
    return True if any(told.value == LoadCue.ARRANGING_BURDEN.value for told in profile.load_cues) else None


def _place(wishes: set[str]) -> Place | None:
    home, away = bool(wishes & AT_HOME), bool(wishes & AWAY)
    if home and away:
        return Place.EITHER
    return Place.HOME if home else Place.AWAY if away else None


def _spot(told: Told | None) -> Spot | None:
    return Spot(told.value["municipality"], told.value.get("postcode")) if told else None


def _yes(told: Told | None) -> bool | None:
    return None if told is None else told.value in (True, "yes")
