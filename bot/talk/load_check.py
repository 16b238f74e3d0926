"""Hearing how heavy it is to the end: at most five questions of our own, only when it matters and she agrees.

They borrow nothing from a questionnaire (domain facts 1.1): own words, own order, no score.
"""

from __future__ import annotations

from bot.load import LoadBand, LoadSignal
from bot.profile import CarerProfile
from bot.reading import LoadCue, Task
from bot.talk.third_party import may_ask
from bot.talk.thread import LOAD_QUESTIONS, Thread

WORTH_IT = 2
"""From so many unknowns the questions are worth offering."""
_CUES: dict[str, set[LoadCue | Task]] = {
    "nights": {LoadCue.SLEEP_LOSS, LoadCue.CONSTANT, Task.NIGHT_CARE},
    "body": {LoadCue.BODY},
    "own_time": {LoadCue.NO_TIME},
    "helpers": {LoadCue.ALONE},
    "perseverance": {LoadCue.BREAKING_POINT},
}
"""What she may have told already, in other words."""


def open_load_questions(profile: CarerProfile, thread: Thread) -> list[str]:
    """Those of the five that she did not answer, skip or tell on her own, in the order in which they are asked."""
    if not may_ask(thread, "load_check"):
        return []
    heard = {told.value for told in (*profile.load_cues, *profile.tasks)}
    return [
        name
        for name in LOAD_QUESTIONS
        if not profile.knows(name)
        and heard.isdisjoint({cue.value for cue in _CUES[name]})
        and name not in profile.refused
        and name not in thread.asked
    ]


def is_worth_asking(profile: CarerProfile, load: LoadSignal, thread: Thread) -> bool:
    """Does it matter? Not when it is already clear that it is too heavy (R37), nor to the young or the bereaved."""
    clear = load.band in (LoadBand.HIGH, LoadBand.CRISIS)
    tells = profile.relation is not None or bool(profile.conditions or profile.tasks)
    spared = profile.minor is not None or profile.bereaved is not None or profile.stance is not None
    fitting = tells and not clear and not spared and not thread.load_offered
    return fitting and len(open_load_questions(profile, thread)) >= WORTH_IT
