"""What to do next in the talk: which question matters now, or whether it is time for offers."""

from __future__ import annotations

from bot.load import LoadBand, LoadSignal
from bot.profile import CarerProfile
from bot.reading import Relation
from bot.talk.thread import Thread

SHOW_OFFERS = "offers"


def next_question(profile: CarerProfile, load: LoadSignal, thread: Thread) -> str:
    """The next question to ask, or ``SHOW_OFFERS``.

    A question is skipped when its answer is known, was refused, or was already asked; with a high load only the place
    is still needed (R37). At most six questions come before offers (R17).
    """
    if thread.place_options:
        return "place_which"
    if thread.questions_left == 0:
        return SHOW_OFFERS
    for question, needed in _questions(profile, load):
        if needed and question not in thread.asked and question not in profile.refused:
            return question
    return SHOW_OFFERS


def _questions(profile: CarerProfile, load: LoadSignal) -> list[tuple[str, bool]]:
    heavy = load.band in (LoadBand.HIGH, LoadBand.CRISIS)
    about_care = bool(profile.conditions or profile.tasks or profile.situation or profile.palliative)
    place_known = bool(profile.carer_place or profile.loved_one_place)
    sleep_known = bool(profile.nights) or any(cue.value in ("sleep_loss", "constant") for cue in profile.load_cues)
    if profile.minor is not None:
        return [("place", not place_known)]  # R10: a young person is not questioned, only helped on
    unsure = any(place is not None and not place.confirmed for place in (profile.carer_place, profile.loved_one_place))
    return [
        ("place_confirm", unsure),
        ("relation", profile.relation is None and not about_care),
        ("situation", not about_care),
        ("relation", profile.relation is None),
        ("nights", not sleep_known and not heavy),
        ("place", not place_known),
        ("helpers", profile.helpers is None and not heavy),
        ("wish", not profile.wishes and not heavy),
    ]


def whose_place(profile: CarerProfile) -> str:
    """Whose place to ask: offers are bound to where the cared-for person lives (R87)."""
    if profile.living_together is not None:
        return "carer" if profile.living_together.value == "yes" else "loved_one"
    same_house = (None, Relation.PARTNER.value, Relation.CHILD.value)
    return "carer" if (profile.relation.value if profile.relation else None) in same_house else "loved_one"


def may_name(profile: CarerProfile, thread: Thread) -> bool:
    """The naming moment comes once, after relation and what she does are known, and never after a no (R3)."""
    about_care = bool(profile.conditions or profile.tasks or profile.situation)
    fitting = not profile.label_rejected and profile.minor is None
    return not thread.named and fitting and profile.relation is not None and about_care
