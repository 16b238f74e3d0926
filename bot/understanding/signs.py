"""What a Reading says, as numbers for a classifier: was a condition named, a task, somebody close, a cue of a trade."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from bot.reading import Hours, LoadCue, Nights, PlaceMention, Reading, Relation, Since, Task, Wish
from bot.safety.detection import hearing
from bot.safety.kinds import DangerKind
from bot.understanding.everyday import asks
from bot.understanding.heard import phrases_in
from bot.understanding.text import fold
from knowledge.vocabulary import Condition

ROLES = ("trade", "i_am_trade", "volunteer", "past", "study", "for_me", "i_have", "i_care", "third_carer")
LONG, SHORT = 120, 12
_FIRST_PERSON = re.compile(r"\b(?:ik|mij|me|mezelf|wij|we|ons)\b")
_FIELDS = (
    "loved_ones",
    "conditions",
    "tasks",
    "load_cues",
    "wishes",
    "hours",
    "nights",
    "living_together",
    "helpers",
    "label_rejected",
    "palliative",
    "minor",
    "loved_one_child",
    "explicit_term",
    "since",
    "places",
)
TOPICS = (
    "cost",
    "payer",
    "entitlement",
    "meaning",
    "privacy",
    "bot",
    "human",
    "complaint",
    "request",
    "send",
    "change",
    "withdraw",
    "show",
    "status",
    "duration",
    "offers",
    "more",
    "capabilities",
    "repeat",
    "restart",
    "stop",
    "skip",
    "frustrated",
    "thanks",
    "bye",
    "hello",
    "yes",
    "no",
    "elsewhere",
    "about_now",
)
_VALUES = (
    *(("relation", relation.value) for relation in Relation),
    *(("conditions", condition.value) for condition in Condition),
    *(("tasks", task.value) for task in Task),
    *(("load_cues", cue.value) for cue in LoadCue),
    *(("wishes", wish.value) for wish in Wish),
)
"""What the phrasebook can name; the trained readers weigh each finding."""
NAMES = (
    *_FIELDS,
    *ROLES,
    "close_and_ill",
    "close_and_task",
    "ill_without_close",
    "long",
    "short",
    "only_a_place",
    "only_an_amount",
    "question",
    "first_person",
    *(f"topic_{topic}" for topic in TOPICS),
    *(f"{field}_{value}" for field, value in _VALUES),
    *(f"danger_{kind.value}_{how}" for kind in DangerKind for how in ("certain", "doubt")),
)


def signs_of(text: str, reading: Reading) -> npt.NDArray[np.float32]:
    """One number per name in ``NAMES``: 1 for yes, 0 for no."""
    folded = fold(text)
    heard = {(hit.room, hit.value) for hit in phrases_in(folded)}
    told = [bool(getattr(reading, name)) for name in _FIELDS]
    roles = [("roles", role) in heard for role in ROLES]
    close, ill, does = bool(reading.loved_ones), bool(reading.conditions), bool(reading.tasks)
    shape = [
        close and ill,
        close and does,
        ill and not close,
        reading.text_length > LONG,
        reading.text_length < SHORT,
        _fills(reading.text_length, *reading.places),
        reading.number is not None or _fills(reading.text_length, reading.hours, reading.nights, reading.since),
        asks(text),
        _FIRST_PERSON.search(folded) is not None,
    ]
    topics = [("topics", topic) in heard for topic in TOPICS]
    named = {("relation", one.relation) for one in reading.loved_ones}
    for name in ("conditions", "tasks", "load_cues", "wishes"):
        named |= {(name, cue.value) for cue in getattr(reading, name)}
    values = [value in named for value in _VALUES]
    dangers = {(danger.kind, danger.certain) for danger in hearing().hear_all(text)}
    danger = [(kind, certain) in dangers for kind in DangerKind for certain in (True, False)]
    return np.asarray([*told, *roles, *shape, *topics, *values, *danger], dtype=np.float32)


def _fills(length: int, *parts: PlaceMention | Hours | Nights | Since | None) -> bool:
    """Is this nearly all the message says?"""
    told = sum(part.evidence.end - part.evidence.start for part in parts if part is not None)
    return told > 0 and length - told <= SHORT
