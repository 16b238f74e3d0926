"""What the assistant understood in a turn, in the Dutch of the vocabularies, for the margin of a transcript."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from bot.load import LoadBand
from bot.profile import CarerProfile, Told
from bot.reading import LoadCue, Relation, Role, Stance, Task, Wish
from bot.request.values import amount_of_hours, broken_nights, place_name, since_when
from bot.wording import Wording
from knowledge.bodies import Body
from knowledge.vocabulary import Condition, DayPart, Term
from knowledge.yaml_files import read_yaml

_NAMES = Path(__file__).parent / "templates" / "names.yml"
NAMES: dict[str, dict[str, str]] = read_yaml(_NAMES.read_text(encoding="utf-8"))
"""Dutch names of fields, of answers that are in no vocabulary, and of kinds of talks."""
_TERMS: dict[str, type[Term]] = {
    "role": Role,
    "stance": Stance,
    "relation": Relation,
    "others_cared_for": Relation,
    "conditions": Condition,
    "tasks": Task,
    "load_cues": LoadCue,
    "wishes": Wish,
    "day_parts": DayPart,
    "asked_at": Body,
}
_LEFT_OUT = {"quotes", "role_evidence"}
"""Her literal words stand beside it, and the sums behind her role say nothing to a reader."""


@dataclass(frozen=True)
class Learned:
    """One field that changed: what is new in it (nothing: it was forgotten), and her words for it."""

    name: str
    values: tuple[str, ...]
    words: str = ""


@dataclass(frozen=True)
class Load:
    """How heavy it seems: the band and its reasons in Dutch."""

    band: str
    label: str
    reasons: tuple[str, ...]


class Margin:
    """Puts a profile and a load in words."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._amounts: dict[str, Callable[[Told], str]] = {
            "hours": lambda told: amount_of_hours(told.value, wording),
            "nights": lambda told: broken_nights(told.value, wording),
            "since": lambda told: since_when(told.value, wording, told.words),
            "carer_place": self._place,
            "loved_one_place": self._place,
        }

    def learned(self, before: dict[str, Any], after: dict[str, Any]) -> list[Learned]:
        """What changed between two profiles (``CarerProfile.as_dict``), in the order of the profile."""
        names = [field.name for field in fields(CarerProfile) if field.name not in _LEFT_OUT]
        return [self._change(name, before.get(name), after.get(name)) for name in names
                if before.get(name) != after.get(name)]  # fmt: skip

    def load(self, load: dict[str, Any]) -> Load:
        """The load as ``Practice.take`` gives it."""
        reasons = tuple(self._wording.text(f"utter_load_reason_{reason['code']}") for reason in load["reasons"])
        return Load(load["band"], LoadBand(load["band"]).label, reasons)

    def _change(self, name: str, before: Any, after: Any) -> Learned:
        told = [item for item in _listed(after) if item not in _listed(before)]
        words = " · ".join(dict.fromkeys(_words(told)))
        values = tuple(dict.fromkeys(self._value(name, item) for item in told))
        return Learned(NAMES["fields"].get(name, name), values, "" if words in values else words)

    def _value(self, name: str, item: Any) -> str:
        if not isinstance(item, dict) or "value" not in item:
            return NAMES["fields"].get(str(item), str(item)) if name == "refused" else _answer(item)
        told = Told(**item)
        if name in self._amounts:
            return self._amounts[name](told)
        labels = {member.value: member.label for member in _TERMS.get(name, ())}
        value = labels.get(told.value) or _answer(told.value)
        return f"{value} ({told.about})" if told.about else value

    def _place(self, told: Told) -> str:
        value = place_name(told, self._wording)
        return value.text if value else ""


def _listed(told: Any) -> list[Any]:
    if told is None:
        return []
    if isinstance(told, dict) and "value" not in told:  # contact
        return [f"{NAMES['answers'].get(key, key)}: {value}" for key, value in told.items()]
    return told if isinstance(told, list) else [told]


def _words(told: Iterable[Any]) -> list[str]:
    return [item["words"] for item in told if isinstance(item, dict) and item.get("words")]


def _answer(value: Any) -> str:
    token = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
    return NAMES["answers"].get(str(token), str(token))
