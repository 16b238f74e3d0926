"""Weighs what the phrasebook found and what the trained reader heard into one Reading. The reader decides.

The phrasebook's findings go into the reader as signs, so a chance already counts them in. A finding that the reader
believes keeps the phrasebook's exact words; what only the reader heard gets the words that pulled hardest; a finding it
does not believe ("mijn zus helpt mij": nobody she cares for) is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.reading import Cue, Evidence, LovedOne, Reading, Role, Stance
from bot.understanding.labels import FIELDS

Locate = Callable[[str], Evidence]
"""The words of the message that speak most for a label."""

_READING_FIELD = {"conditions": "conditions", "tasks": "tasks", "load": "load_cues", "wishes": "wishes"}
_LAST_RESORT = ("other", "frailty")
_OWN = {"tasks", "load", "wishes"}
_STRANGER = 0.5
"""What a chance counts for when she surely does not tell of her own life with care."""


@dataclass(frozen=True)
class Bars:
    """The chance from which a finding of the phrasebook stays, and from which the reader needs no such finding."""

    keep: float
    hear: float


BARS = {
    "relation": Bars(keep=0.1, hear=0.4),
    "conditions": Bars(keep=0.09, hear=0.6),
    "tasks": Bars(keep=0.25, hear=0.4),
    "load": Bars(keep=0.15, hear=0.4),
    "wishes": Bars(keep=0.2, hear=0.4),
    "stance": Bars(keep=0.3, hear=0.5),
}
"""Set by cross-validation over the training files, then on ``rehearsal.jsonl`` and the older sets."""


@dataclass(frozen=True)
class Weighed:
    """One label: the chance the reader gives it, the phrasebook's words for it ("" when none), and what was decided."""

    label: str
    chance: float
    phrase: str
    holds: bool

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready form."""
        return {"label": self.label, "chance": round(self.chance, 3), "phrase": self.phrase, "holds": self.holds}


def weigh(
    reading: Reading, chances: Mapping[str, float], locate: Locate, speaks: float = 1.0
) -> tuple[Reading, list[Weighed]]:
    """The reading as decided, and every label that was found or heard, the likeliest first.

    ``chances``: by name (``labels.SIGNALS``); a label that could not be learned is absent, and the phrasebook decides.
    ``speaks``: the chance that she tells of her own life with care; "een paspoort aanvragen" is no task of a carer.
    """
    court = _Court(chances, locate, speaks)
    changed: dict[str, Any] = {field: court.cues(key, getattr(reading, field)) for key, field in _READING_FIELD.items()}
    changed["conditions"] = _named_first(changed["conditions"])
    changed["loved_ones"] = court.loved_ones(reading.loved_ones)
    stances = [Cue(Stance.LABEL_REJECTED.value, reading.label_rejected)] if reading.label_rejected else []
    held = court.cues("stance", stances)
    changed["label_rejected"] = next((cue.evidence for cue in held if cue.value == Stance.LABEL_REJECTED.value), None)
    changed["stances"] = tuple(cue for cue in held if cue.value != Stance.LABEL_REJECTED.value)
    return replace(reading, **changed), sorted(court.weighed, key=lambda one: -one.chance)


def likeliest_role(chances: Mapping[str, float], reading: Reading) -> str:
    """Who is speaking. Whoever tells of care ("dat hoort er toch bij") is somebody: then "unknown" is no answer."""
    tells = reading.loved_ones or reading.tasks or reading.load_cues or reading.label_rejected
    known = {role: chance for role, chance in chances.items() if not (tells and role == Role.UNKNOWN.value)}
    return max(known, key=known.__getitem__, default=Role.UNKNOWN.value)


class _Court:
    def __init__(self, chances: Mapping[str, float], locate: Locate, speaks: float) -> None:
        self._chances = chances
        self._speaks = _STRANGER + (1 - _STRANGER) * speaks
        self._locate = locate
        self.weighed: list[Weighed] = []

    def holds(self, label: str, phrase: str) -> bool:
        bars = BARS[label.partition(":")[0]]
        chance = self._chances.get(label)
        if chance is not None and label.partition(":")[0] in _OWN:
            chance *= self._speaks
        if chance is None:
            chance, holds = (1.0, True) if phrase else (0.0, False)
        else:
            holds = chance >= (bars.keep if phrase else bars.hear)
        if phrase or holds:
            self.weighed.append(Weighed(label, chance, phrase, holds))
        return holds

    def cues(self, key: str, found: Iterable[Cue]) -> tuple[Cue, ...]:
        by_value = {cue.value: cue for cue in found}
        kept = []
        for term in FIELDS[key]:
            cue = by_value.get(term.value)
            if self.holds(f"{key}:{term.value}", cue.evidence.words if cue else ""):
                kept.append(cue or Cue(term.value, self._locate(f"{key}:{term.value}")))
        return tuple(sorted(kept, key=lambda cue: cue.evidence.start))

    def loved_ones(self, found: tuple[LovedOne, ...]) -> tuple[LovedOne, ...]:
        """Likeliest first; of one relation as the phrasebook ordered them ("mijn vader en mijn moeder" are two)."""
        kept: list[LovedOne] = []
        for term in FIELDS["relation"]:
            label = f"relation:{term.value}"
            named = [one for one in found if one.relation == term.value]
            if self.holds(label, named[0].evidence.words if named else ""):
                kept += named or [LovedOne(term.value, "", self._locate(label))]
        return tuple(sorted(kept, key=lambda one: -self._chances.get(f"relation:{one.relation}", 1.0)))


def _named_first(cues: tuple[Cue, ...]) -> tuple[Cue, ...]:
    """What is named exactly comes first; "other" only when nothing else is named."""
    named = [cue for cue in cues if cue.value not in _LAST_RESORT]
    vague = [cue for cue in cues if cue.value == "frailty"]
    return tuple(named + vague) or cues
