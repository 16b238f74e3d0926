"""How heavy it is: a band with the reasons and words that gave it. A signal, not a test and not a decision (R26).

Our own short rule, in no way a validated scale. Every heavy thing that was told adds to the weight; nothing takes it
away: not "het valt wel mee" (R4, R31), and not having nobody (R27). What was not told stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.profile import CarerProfile, Told
from bot.reading import Cue, LoadCue, Reading, Task
from knowledge.vocabulary import Condition, Term


class LoadBand(Term):
    """How heavy it seems; ``unknown`` when too little was told."""

    LOW = "low", "licht"
    MEDIUM = "medium", "behoorlijk"
    HIGH = "high", "zwaar"
    CRISIS = "crisis", "houdt het zo niet vol"
    UNKNOWN = "unknown", "nog niet te zeggen"


@dataclass(frozen=True)
class LoadReason:
    """Why: ``code`` has its Dutch line in ``utter_load_reason_<code>``; ``words`` are her own ("" when not kept)."""

    code: str
    words: str


@dataclass(frozen=True)
class LoadSignal:
    """The band, and the reasons that gave it, the heaviest first."""

    band: LoadBand
    reasons: tuple[LoadReason, ...] = ()


MEDIUM_FROM, HIGH_FROM = 2, 6
ENOUGH_TOLD = 2
"""So many of hours, nights, helpers, perseverance, tasks and cues must be known before "low" may be said."""

_OF_CUE: dict[LoadCue, tuple[str, int]] = {
    LoadCue.SLEEP_LOSS: ("sleep", 2),
    LoadCue.EXHAUSTED: ("exhausted", 2),
    LoadCue.NO_TIME: ("no_time", 1),
    LoadCue.ALONE: ("alone", 2),
    LoadCue.BODY: ("body", 2),
    LoadCue.SAD_ANXIOUS: ("sad_anxious", 1),
    LoadCue.ANGRY_GUILTY: ("angry_guilty", 1),
    LoadCue.WORK_CONFLICT: ("work_conflict", 2),
    LoadCue.ARRANGING_BURDEN: ("arranging", 1),
    LoadCue.AGGRESSION: ("aggression", 2),
    LoadCue.CONSTANT: ("constant", 3),
    LoadCue.BREAKING_POINT: ("breaking_point", HIGH_FROM),
    LoadCue.HELP_STOPPED: ("help_stopped", 3),
    LoadCue.GETTING_WORSE: ("getting_worse", 1),
}
"""What a cue weighs. ``played_down`` is absent on purpose: it weighs nothing, up or down."""
_OF_TASK = {
    Task.PERSONAL_CARE: ("personal_care", 1),
    Task.SUPERVISION: ("supervision", 1),
    Task.LIFTING: ("lifting", 1),
    Task.NIGHT_CARE: ("nights", 2),
}
_OF_PERSEVERANCE = {"days": ("days", HIGH_FROM), "weeks": ("weeks", HIGH_FROM), "months": ("months", 1)}
_HOURS = ((40, "hours_full", 3), (24, "hours_much", 2), (8, "hours_some", 1))
"""From how many hours a week; 8 and 24 are the borders the field counts with (domain facts 1.4, requirements 2)."""
_NIGHTS = ((5, 3), (2, 2), (0.1, 1))
_SAME = {"sleep": "nights", "hours_full": "hours", "hours_much": "hours", "hours_some": "hours", "constant": "hours"}
"""Two ways of telling the same thing count once, for the heaviest."""

Weighed = tuple[str, int, str]
CODES = frozenset(
    [code for code, _ in (*_OF_CUE.values(), *_OF_TASK.values(), *_OF_PERSEVERANCE.values())]
    + [code for _, code, _ in _HOURS]
    + ["nights", "more_people", "palliative", "minor"]
)
"""Every code a reason can have."""


def assess_load(profile: CarerProfile) -> LoadSignal:
    """The signal that follows from all that was told so far. The same profile gives the same signal."""
    weighed = _heaviest_of_each(_heavy_things(profile))
    reasons = tuple(LoadReason(code, words) for code, _, words in weighed)
    codes = {code for code, _, _ in weighed}
    total = sum(weight for _, weight, _ in weighed)
    return LoadSignal(_band(profile, codes, total), reasons)


def assess_reading(reading: Reading) -> LoadSignal:
    """The signal of one message on its own."""
    profile = CarerProfile(
        load_cues=_told(reading.load_cues),
        tasks=_told(reading.tasks),
        conditions=_told(reading.conditions),
        others_cared_for=[Told(other.relation, other.evidence.words) for other in reading.loved_ones[1:]],
        helpers=_told_one(reading.helpers),
        minor=_told_one(reading.minor),
    )
    if reading.palliative is not None:
        profile.palliative = Told(True, reading.palliative.words)
    if reading.hours is not None:
        hours = reading.hours
        profile.hours = Told({"low": hours.low, "high": hours.high, "constant": hours.constant}, hours.evidence.words)
    if reading.nights is not None:
        nights = reading.nights
        value = {"low": nights.per_week_low, "high": nights.per_week_high, "times": nights.times_a_night}
        profile.nights = Told(value, nights.evidence.words)
    return assess_load(profile)


def _band(profile: CarerProfile, codes: set[str], total: int) -> LoadBand:
    cannot_wait = "help_stopped" in codes and not codes.isdisjoint({"alone", "constant", "breaking_point"})
    if "days" in codes or cannot_wait:
        return LoadBand.CRISIS
    if total >= HIGH_FROM:
        return LoadBand.HIGH
    if total >= MEDIUM_FROM:
        return LoadBand.MEDIUM
    known = sum(map(profile.knows, ("hours", "nights", "helpers", "perseverance", "tasks", "body", "own_time")))
    known += any(told.value != LoadCue.PLAYED_DOWN.value for told in profile.load_cues)
    return LoadBand.LOW if known >= ENOUGH_TOLD else LoadBand.UNKNOWN


def _heavy_things(profile: CarerProfile) -> Iterator[Weighed]:
    yield from _listed(profile.load_cues, {cue.value: found for cue, found in _OF_CUE.items()})
    yield from _listed(profile.tasks, {task.value: found for task, found in _OF_TASK.items()})
    yield from _amounts(profile)
    if profile.helpers is not None and profile.helpers.value == "none":
        yield "alone", 2, profile.helpers.words
    if profile.body is not None and profile.body.value == "hurts":
        yield "body", 2, profile.body.words
    if profile.own_time is not None and profile.own_time.value == "none":
        yield "no_time", 1, profile.own_time.words
    if profile.perseverance is not None and profile.perseverance.value in _OF_PERSEVERANCE:
        yield (*_OF_PERSEVERANCE[profile.perseverance.value], profile.perseverance.words)
    if profile.others_cared_for:
        yield "more_people", 1, profile.others_cared_for[0].words
    if profile.minor is not None and profile.minor.value not in ("no", False):
        yield "minor", 3, profile.minor.words
    if profile.palliative is not None and profile.palliative.value:
        yield "palliative", 3, profile.palliative.words
    yield from _listed(profile.conditions, {Condition.PALLIATIVE.value: ("palliative", 3)})


def _amounts(profile: CarerProfile) -> Iterator[Weighed]:
    if profile.hours is not None:
        hours = max(profile.hours.value.get("low") or 0, profile.hours.value.get("high") or 0)
        if profile.hours.value.get("constant"):
            yield "constant", 3, profile.hours.words
        yield from ((code, weight, profile.hours.words) for least, code, weight in _HOURS if hours >= least)
    if profile.nights is not None:
        nights = max(profile.nights.value.get("low") or 0, profile.nights.value.get("high") or 0)
        if not nights and profile.nights.value.get("high") is None and profile.nights.value.get("times"):
            nights = 2  # "twee keer per nacht", without saying how many nights
        yield from (("nights", weight, profile.nights.words) for least, weight in _NIGHTS if nights >= least)


def _listed(told: Iterable[Told], weights: dict[str, tuple[str, int]]) -> Iterator[Weighed]:
    return ((*weights[one.value], one.words) for one in told if one.value in weights)


def _heaviest_of_each(things: Iterable[Weighed]) -> list[Weighed]:
    kept: dict[str, Weighed] = {}
    for thing in sorted(things, key=lambda found: (-found[1], found[0], not found[2])):
        kept.setdefault(_SAME.get(thing[0], thing[0]), thing)
    return list(kept.values())


def _told(cues: Iterable[Cue]) -> list[Told]:
    return [Told(cue.value, cue.evidence.words) for cue in cues]


def _told_one(cue: Cue | None) -> Told | None:
    return None if cue is None else Told(cue.value, cue.evidence.words)
