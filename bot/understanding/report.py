"""What was understood of one message, in the form of ``adempauze understand``."""

from __future__ import annotations

from typing import Any, Protocol

from bot.load import LoadBand, assess_reading
from bot.reading import Evidence, Reading, Role

_CRISIS = {
    "suicide": "suicide",
    "violence": "violence",
    "child": "violence",
    "neglect": "neglect",
    "medical": "medical",
    "breakdown": "breakdown",
}
"""Kinds of danger as the command line names them: a child in danger is reported as violence."""


SURELY = 0.8
"""The chance from which one signal keeps a message in scope."""


class Danger(Protocol):
    """What the safety gate found."""

    @property
    def kind(self) -> Any: ...
    @property
    def certain(self) -> bool: ...
    @property
    def likely(self) -> bool: ...
    @property
    def words(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def describe_understanding(text_id: object, parse_data: dict[str, Any], danger: Danger | None) -> dict[str, Any]:
    """One JSON-ready description. ``crisis`` is named when it is more likely than not; doubt is in the evidence.

    ``carer`` is true when that is the likeliest role. ``load`` is the band of this one message (``bot.load``).
    """
    reading = Reading.from_dict(parse_data.get("reading") or {})
    intent = (parse_data.get("intent") or {}).get("name")
    crisis = _CRISIS.get(str(danger.kind)) if danger is not None and (danger.certain or danger.likely) else None
    return {
        "id": text_id,
        "in_scope": crisis is not None or not is_out_of_scope(parse_data),
        "intent": intent,
        "role": reading.role,
        "carer": reading.role == Role.CARER,
        "carer_probability": round(reading.role_probabilities.get(Role.CARER.value, 0.0), 4),
        "explicit_term": reading.explicit_term,
        "label_rejected": reading.label_rejected is not None,
        "relation": reading.loved_ones[0].relation if reading.loved_ones else None,
        "conditions": [cue.value for cue in reading.conditions],
        "load": LoadBand.CRISIS.value if crisis == "breakdown" else assess_reading(reading).band.value,
        "crisis": crisis,
        "wants": [cue.value for cue in reading.wishes],
        "handover_requested": intent == "ask_human" or reading.asks_human is not None,
        "evidence": _evidence(reading, danger),
    }


def is_out_of_scope(parse_data: dict[str, Any]) -> bool:
    """Is this for another desk? Not when it surely tells of care: a question about a passport may hide a story."""
    intent = parse_data.get("intent") or {}
    if intent.get("name") not in (None, "out_of_scope"):
        return False
    tells = (one for one in parse_data.get("weighed") or () if one["holds"] and not one["label"].startswith("stance"))
    return not any(one["chance"] >= SURELY for one in tells)


def explain_understanding(parse_data: dict[str, Any], found: Danger | None) -> dict[str, Any]:
    """Why: the chances of each role and intent, every signal with the phrasebook's words for it and what was decided,
    and for danger what the patterns ``found`` beside what the trained ear heard.
    """
    reading = Reading.from_dict(parse_data.get("reading") or {})
    patterns = None if found is None else {"kind": str(found.kind), "certain": found.certain, "words": found.words}
    return {
        "roles": reading.role_probabilities,
        "intents": {one["name"]: round(one["confidence"], 4) for one in parse_data.get("intent_ranking") or ()},
        "signals": parse_data.get("weighed") or [],
        "danger": {"patterns": patterns, "ear": parse_data.get("danger")},
    }


def _evidence(reading: Reading, danger: Danger | None) -> list[dict[str, Any]]:
    """The words behind every value: ``field``, ``value``, ``words``, ``start``, ``end`` (offsets in the message)."""
    found = [_finding("relation", one.relation, one.evidence) for one in reading.loved_ones]
    for name in ("conditions", "tasks", "load_cues", "wishes", "day_parts", "stances"):
        found += [_finding(name, cue.value, cue.evidence) for cue in getattr(reading, name)]
    for name in ("living_together", "works", "helpers", "minor", "loved_one_child"):
        cue = getattr(reading, name)
        found += [_finding(name, cue.value, cue.evidence)] if cue else []
    if reading.hours:
        found.append(_finding("hours", [reading.hours.low, reading.hours.high], reading.hours.evidence))
    if reading.nights:
        nights = reading.nights
        found.append(
            _finding("nights", [nights.per_week_low, nights.per_week_high, nights.times_a_night], nights.evidence)
        )
    if reading.since:
        since = reading.since
        found.append(_finding("since", [since.year, since.month, since.months_ago], since.evidence))
    found += [_finding("place", list(place.municipalities), place.evidence) for place in reading.places]
    for name in ("label_rejected", "refuses", "corrects", "palliative", "asks_human"):
        words = getattr(reading, name)
        found += [_finding(name, True, words)] if words else []
    if danger is not None:
        name = "crisis" if danger.certain else "crisis_in_doubt"
        found.append(_finding(name, str(danger.kind), Evidence(danger.words, danger.start, danger.end)))
    return found


def _finding(name: str, value: Any, words: Evidence) -> dict[str, Any]:
    return {"field": name, "value": value, "words": words.words, "start": words.start, "end": words.end}
