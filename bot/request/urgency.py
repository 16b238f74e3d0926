"""How fast a person must look at a request, why, and what of that why others may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.profile import CarerProfile
from bot.reading import LoadCue
from bot.request.values import Value
from bot.wording import Wording
from knowledge.vocabulary import Condition, Urgency

if TYPE_CHECKING:
    from bot.load import LoadSignal

OF_LOAD = {"high_load": "soon", "breaking_point": "soon", "crisis": "today"}
"""What is said instead of a reason that tells how heavy it is for her."""

WITHOUT_HEALTH = {"palliative": "soonest", "help_stopped": "today"}
"""What is said instead of a reason that tells how the loved one is."""


def urgency_of(profile: CarerProfile, load: LoadSignal | None) -> tuple[Urgency, str]:
    """How fast a person must look, and why (a code; its words are ``utter_urgency_<code>``). R36, R37, field 21."""
    cues = {told.value for told in profile.load_cues}
    band = str(load.band) if load is not None else ""
    perseverance = profile.perseverance.value if profile.perseverance else ""
    rules: tuple[tuple[bool, Urgency, str], ...] = (
        (bool(profile.palliative and profile.palliative.value), Urgency.PALLIATIVE, "palliative"),
        (Condition.PALLIATIVE.value in {told.value for told in profile.conditions}, Urgency.PALLIATIVE, "palliative"),
        (profile.danger is not None, Urgency.EMERGENCY, "danger"),
        (perseverance == "days", Urgency.EMERGENCY, "days"),
        (LoadCue.HELP_STOPPED.value in cues, Urgency.EMERGENCY, "help_stopped"),
        (band == "crisis", Urgency.EMERGENCY, "crisis"),
        (perseverance == "weeks", Urgency.SOON, "weeks"),
        (LoadCue.BREAKING_POINT.value in cues, Urgency.SOON, "breaking_point"),
        (band == "high", Urgency.SOON, "high_load"),
        (band == "medium" and profile.helpers is not None and profile.helpers.value == "none", Urgency.SOON, "alone"),
    )
    return next(((urgency, code) for holds, urgency, code in rules if holds), (Urgency.NORMAL, "normal"))


def spoken_reason(code: str, *, shares_load: bool, shares_health: bool) -> str:
    """The reason as others may read it: without how heavy it is, or how the loved one is, when she keeps that back."""
    if not shares_load and code in OF_LOAD:
        return OF_LOAD[code]
    return WITHOUT_HEALTH.get(code, code) if not shares_health else code


def urgency_value(
    profile: CarerProfile, load: LoadSignal | None, wording: Wording, shares_load: bool, shares_health: bool
) -> Value:
    """How soon, as the request says it; a reason she keeps back is not said. Raises ``WordingError``."""
    _, reason = urgency_of(profile, load)
    code = spoken_reason(reason, shares_load=shares_load, shares_health=shares_health)
    words = profile.palliative.words if code == "palliative" and profile.palliative else ""
    return Value(wording.text(f"utter_urgency_{code}"), words, derived=True)
