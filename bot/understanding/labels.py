"""What the editors wrote beside a training example: its role, its signals, its danger (see the guide in docs/)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.reading import LoadCue, Reading, Relation, Role, Stance, Task, Wish
from bot.safety.kinds import DangerKind
from bot.understanding.readings import reading_of
from knowledge.vocabulary import Condition, Term

FIELDS: dict[str, type[Term]] = {
    "relation": Relation,
    "conditions": Condition,
    "tasks": Task,
    "load": LoadCue,
    "wishes": Wish,
    "stance": Stance,
}
"""The keys of an example's metadata that hold signals, with their vocabularies."""
SIGNALS = tuple(f"{key}:{term.value}" for key, terms in FIELDS.items() for term in terms)
DANGER, OTHER, DOUBT = "danger", "other", "doubt"
DANGERS = (DANGER, *(kind.value for kind in DangerKind), OTHER, DOUBT)
_KEYS = {"role", "language", "danger", "danger_doubt", "danger_other", *FIELDS}


def role_of(message: Message) -> str:
    """The role given to an example, or to its whole block; "unknown" when none.

    Raises ``ValueError`` on a role that does not exist, so that a slip of the pen stops the training.
    """
    block, own = _metadata(message)
    return Role(own.get("role") or block.get("role") or Role.UNKNOWN.value).value


def signals_of(message: Message) -> frozenset[str]:
    """The signals of an example, as names in ``SIGNALS``.

    An example without metadata of its own gets what the phrasebook finds in it. Raises ``ValueError`` on a key or a
    value that does not exist.
    """
    _, own = _metadata(message)
    if "metadata" not in message.data or message.get("metadata", {}).get("example") is None:
        return _by_the_phrasebook(reading_of(message.get(TEXT)))
    unknown = set(own) - _KEYS
    if unknown:
        raise ValueError(f"unknown keys {sorted(unknown)} beside: {message.get(TEXT)}")
    return frozenset(f"{key}:{terms(value).value}" for key, terms in FIELDS.items() for value in _many(own.get(key)))


def dangers_of(message: Message) -> frozenset[str]:
    """The danger an example tells of, as names in ``DANGERS``; empty when none."""
    _, own = _metadata(message)
    if not own.get("danger"):
        return frozenset()
    told = {DANGER, DangerKind(own["danger"]).value}
    told |= {label for label, key in ((OTHER, "danger_other"), (DOUBT, "danger_doubt")) if own.get(key)}
    return frozenset(told)


def topic_of(message: Message) -> str | None:
    """What the example's block asks or throws at us (``topic``); ``None`` when it is about nothing of that kind."""
    block, _ = _metadata(message)
    return block.get("topic")


def teaches_all(message: Message) -> bool:
    """Is an example for every reader? A block with ``teaches: danger`` leaves open who speaks."""
    block, _ = _metadata(message)
    return block.get("teaches") != DANGER


def _metadata(message: Message) -> tuple[dict[str, Any], dict[str, Any]]:
    metadata = message.get("metadata") or {}
    block, own = metadata.get("intent") or {}, metadata.get("example") or {}
    return block, own if isinstance(own, dict) else {}


def _many(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list) else () if value is None else (value,)


def _by_the_phrasebook(reading: Reading) -> frozenset[str]:
    found = {f"relation:{one.relation}" for one in reading.loved_ones}
    for key, name in (("conditions", "conditions"), ("tasks", "tasks"), ("load", "load_cues"), ("wishes", "wishes")):
        found |= {f"{key}:{cue.value}" for cue in getattr(reading, name)}
    return frozenset(found | ({f"stance:{Stance.LABEL_REJECTED.value}"} if reading.label_rejected else set()))
