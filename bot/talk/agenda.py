"""What to do next in the talk: which question matters now, or whether it is time for offers."""

from __future__ import annotations

from bot.load import LoadBand, LoadSignal
from bot.profile import CarerProfile
from bot.reading import LoadCue, Relation, Task
from bot.talk.third_party import may_ask
from bot.talk.thread import BEFORE_OFFERS, Thread
from knowledge.vocabulary import Condition

SHOW_OFFERS = "offers"
MOST_QUESTIONS, MOST_WHEN_TELLING = 6, 3
_OF_NIGHTS = {LoadCue.SLEEP_LOSS.value, LoadCue.CONSTANT.value, Task.NIGHT_CARE.value}
_AT_HOME = ("nights", "helpers")
"""What is not asked when the one she cares for lives in a nursing home: others are there at night."""
TELLS_FREELY = 30  # words of hers that told something


def next_question(profile: CarerProfile, load: LoadSignal, thread: Thread) -> str:
    """The next question to ask, or ``SHOW_OFFERS``.

    A question is skipped when its answer is known, was refused, or was already asked; with a high load only the place
    is still needed (R37). At most six questions come before offers (R17), and three when she tells freely.
    """
    if thread.place_options:
        return "place_which"
    if questions_left(profile, thread) == 0:
        return SHOW_OFFERS
    last = questions_left(profile, thread) == 1
    questions = _questions(profile, load)
    if last:  # of all that is open, the place decides most: without it only national offers are left
        questions = sorted(questions, key=lambda question: question[0] != "place")
    for question, needed in questions:
        if thread.in_a_home and question in _AT_HOME:
            continue
        if needed and may_ask(thread, question) and question not in thread.asked and question not in profile.refused:
            return question
    return SHOW_OFFERS


def _questions(profile: CarerProfile, load: LoadSignal) -> list[tuple[str, bool]]:
    dying = any(told.value == Condition.PALLIATIVE for told in profile.conditions)
    last_phase = profile.palliative is not None or dying
    heavy = last_phase or load.band in (LoadBand.HIGH, LoadBand.CRISIS)  # R37
    about_care = bool(profile.conditions or profile.tasks or profile.situation or profile.palliative)
    place_known = bool(profile.carer_place or profile.loved_one_place)
    sleep_known = bool(profile.nights) or any(told.value in _OF_NIGHTS for told in (*profile.load_cues, *profile.tasks))
    if profile.minor is not None:
        return [("place", not place_known)]  # R10: a young person is not questioned, only helped on
    unsure = any(place is not None and not place.confirmed for place in (profile.carer_place, profile.loved_one_place))
    return [
        ("place_confirm", unsure),
        ("relation", profile.relation is None and not about_care),
        ("situation", not about_care),
        ("relation", profile.relation is None),
        ("nights", not sleep_known and not heavy and not _sleeps_elsewhere(profile)),
        ("place", not place_known),
        ("helpers", profile.helpers is None and not heavy),
        ("wish", not profile.wishes and not heavy),
    ]


def _sleeps_elsewhere(profile: CarerProfile) -> bool:
    """A neighbour or friend is not up at night for somebody else's household, unless she tells that she lives there."""
    together = profile.living_together is not None and profile.living_together.value == "yes"
    return profile.relation is not None and profile.relation.value == Relation.FRIEND_NEIGHBOUR.value and not together


def questions_left(profile: CarerProfile, thread: Thread) -> int:
    """How many questions may still come before the first offers."""
    return max(0, most_questions(profile) - len([name for name in thread.asked if name in BEFORE_OFFERS]))


def most_questions(profile: CarerProfile) -> int:
    """How many questions there may be at most before the first offers: whoever tells freely is asked less."""
    told = sum(len(quote.text.split()) for quote in profile.quotes)
    return MOST_WHEN_TELLING if told >= TELLS_FREELY else MOST_QUESTIONS


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
    heard_first = thread.turn > 1  # not in the first answer: then she is heard
    return heard_first and not thread.named and fitting and profile.relation is not None and about_care
