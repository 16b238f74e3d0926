"""What one message tells, each value with the words that carry it.

A Reading is made by the understanding (a Rasa graph component), travels as JSON in Rasa's parse data under the key
``reading``, and is learned by the CarerProfile. It holds no context: "4" alone is a bare number, not hours.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from bot.amounts import Evidence, Hours, Moment, Nights, PlaceMention, Since
from knowledge.vocabulary import Term

__all__ = [
    "Cue", "Detail", "Evidence", "Hours", "LoadCue", "LovedOne", "Moment", "Nights", "PlaceMention", "Reading",
    "Relation", "Role", "Since", "Stance", "Task", "Wish",
]  # fmt: skip


class Role(Term):
    """Who the speaker is towards care."""

    CARER = "carer", "zorgt voor iemand"
    CARED_FOR = "cared_for", "heeft zelf zorg nodig"
    PROFESSIONAL = "professional", "werkt in de zorg"
    FORMER_CARER = "former_carer", "heeft voor iemand gezorgd"
    VOLUNTEER = "volunteer", "vrijwilliger"
    OTHER = "other", "iets anders"
    UNKNOWN = "unknown", "onbekend"


class Relation(Term):
    """Who the speaker cares for."""

    PARTNER = "partner", "partner"
    PARENT = "parent", "vader of moeder"
    CHILD = "child", "kind"
    SIBLING = "sibling", "broer of zus"
    GRANDPARENT = "grandparent", "opa of oma"
    IN_LAW = "in_law", "schoonfamilie"
    FRIEND_NEIGHBOUR = "friend_neighbour", "vriend of buur"
    OTHER = "other", "iemand anders"


class Task(Term):
    """What the speaker does for the other."""

    PERSONAL_CARE = "personal_care", "wassen, aankleden, naar de wc"
    MEDICATION = "medication", "medicijnen"
    HOUSEHOLD = "household", "huishouden en koken"
    SUPERVISION = "supervision", "opletten, niet alleen laten"
    ARRANGING = "arranging", "regelen en administratie"
    TRANSPORT = "transport", "rijden en meegaan"
    COMPANY = "company", "gezelschap en troost"
    NIGHT_CARE = "night_care", "er 's nachts uit"
    LIFTING = "lifting", "tillen"


class LoadCue(Term):
    """Something said that tells how heavy it is (never a score; a signal)."""

    SLEEP_LOSS = "sleep_loss", "slaapt slecht"
    EXHAUSTED = "exhausted", "is op"
    NO_TIME = "no_time", "geen tijd voor zichzelf"
    ALONE = "alone", "staat er alleen voor"
    BODY = "body", "eigen lichaam lijdt eronder"
    SAD_ANXIOUS = "sad_anxious", "verdrietig of bang"
    ANGRY_GUILTY = "angry_guilty", "boos of schuldig"
    WORK_CONFLICT = "work_conflict", "werk en zorg botsen"
    ARRANGING_BURDEN = "arranging_burden", "het regelen is te veel"
    AGGRESSION = "aggression", "lastig of agressief gedrag"
    CONSTANT = "constant", "dag en nacht"
    BREAKING_POINT = "breaking_point", "houdt het niet lang meer vol"
    HELP_STOPPED = "help_stopped", "hulp is weggevallen"
    PLAYED_DOWN = "played_down", "zegt dat het wel gaat"
    GETTING_WORSE = "getting_worse", "het wordt erger"


class Wish(Term):
    """What the speaker says would help."""

    TAKE_OVER_HOME = "take_over_home", "iemand die het thuis overneemt"
    DAY_OUT = "day_out", "dagopvang of dagbesteding"
    STAY_AWAY = "stay_away", "een paar dagen of nachten logeren"
    NIGHT_RELIEF = "night_relief", "een nacht doorslapen"
    HOLIDAY = "holiday", "samen of alleen op vakantie"
    HOUSEHOLD_HELP = "household_help", "hulp in huis"
    ARRANGING_HELP = "arranging_help", "hulp bij het regelen"
    PEERS = "peers", "praten met anderen in dezelfde situatie"
    TALK = "talk", "iemand om mee te praten"
    REST = "rest", "even rust"


class Stance(Term):
    """How the speaker stands towards the care that is told of."""

    LABEL_REJECTED = "label_rejected", "noemt zich geen mantelzorger"
    PAST = "past", "het is voorbij"
    THIRD_PERSON = "third_person", "iemand anders zorgt"
    HYPOTHETICAL = "hypothetical", "stel dat, later"
    NEGATED = "negated", "zorgt voor niemand"


@dataclass(frozen=True)
class Cue:
    """One value with its evidence. ``value`` is the identifier of a Term, or a short text."""

    value: str
    evidence: Evidence


@dataclass(frozen=True)
class Detail:
    """A part of a request beyond the story: ``name`` is that of its field (``bot.request.fields``) or ``kept_back``.

    ``value``: an identifier, or her own words. ``subject``: who it is said of, as a noun ("man"); "ik" for herself; ""
    when she says "hij" or names nobody.
    """

    name: str
    value: str
    evidence: Evidence
    subject: str = ""


@dataclass(frozen=True)
class LovedOne:
    """Someone who is cared for, in her words: ``words`` "mijn man" -> ``called`` "uw man"."""

    relation: str
    called: str
    evidence: Evidence


@dataclass(frozen=True)
class Reading:
    """Everything one message tells. Empty means: not told here."""

    text_length: int = 0
    role: str = Role.UNKNOWN.value
    role_probabilities: dict[str, float] = field(default_factory=dict, hash=False)
    explicit_term: bool = False  # she used the word mantelzorg(er) herself
    label_rejected: Evidence | None = None
    loved_ones: tuple[LovedOne, ...] = ()
    conditions: tuple[Cue, ...] = ()
    tasks: tuple[Cue, ...] = ()
    load_cues: tuple[Cue, ...] = ()
    wishes: tuple[Cue, ...] = ()
    day_parts: tuple[Cue, ...] = ()
    moments: tuple[Moment, ...] = ()
    stances: tuple[Cue, ...] = ()  # of Stance, but for the label, which has its own field
    hours: Hours | None = None
    nights: Nights | None = None
    since: Since | None = None
    places: tuple[PlaceMention, ...] = ()
    living_together: Cue | None = None  # value "yes" | "no"
    works: Cue | None = None  # value "yes" | "no"
    helpers: Cue | None = None  # value "none" | "some": who else helps
    tried: tuple[Cue, ...] = ()  # what was tried before, in her words
    perseverance: Cue | None = None  # "days" | "weeks" | "months" | "longer": how long she can keep this up
    asked_at: tuple[Cue, ...] = ()  # desks that were asked and did not help or sent her on
    sent_around: Evidence | None = None  # "van het kastje naar de muur"
    minor: Cue | None = None  # the speaker seems under 18
    loved_one_child: Cue | None = None  # the person cared for is a child
    refuses: Evidence | None = None  # "dat wil ik niet zeggen", "weet ik niet"
    corrects: Evidence | None = None  # "nee, niet mijn man, mijn vader"
    palliative: Evidence | None = None
    bereaved: Evidence | None = None  # "overleden": somebody died; the role tells whether it ended her care
    asks_human: Evidence | None = None  # "ik wil een mens spreken", also inside a longer story
    number: float | None = None  # a bare number, for the question that is open
    details: tuple[Detail, ...] = ()  # what a request holds beside the story: current help, Wlz, what must fit
    informal: bool | None = None  # does she say "je" to us, or "u"?
    language: str = "nl"

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready form, without the empty parts."""
        # "0" is an answer ("hoeveel nachten?"), and 0 equals False: so emptiness is asked by identity and length.
        return {
            key: value
            for key, value in asdict(self).items()
            if value is not None and (value is not False or key == "informal") and value != () and value != {}
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Reading:
        """Back from ``as_dict``. Raises ``TypeError`` on an unknown key."""
        return cls(**{key: _restore(key, value) for key, value in data.items()})


_MANY: dict[str, type[Any]] = {
    "loved_ones": LovedOne,
    "conditions": Cue,
    "tasks": Cue,
    "load_cues": Cue,
    "wishes": Cue,
    "day_parts": Cue,
    "stances": Cue,
    "tried": Cue,
    "asked_at": Cue,
    "places": PlaceMention,
    "moments": Moment,
    "details": Detail,
}
_ONE: dict[str, type[Any]] = {
    "hours": Hours,
    "nights": Nights,
    "since": Since,
    "living_together": Cue,
    "works": Cue,
    "helpers": Cue,
    "perseverance": Cue,
    "minor": Cue,
    "loved_one_child": Cue,
}

_SEVERAL: dict[type[Any], tuple[str, ...]] = {PlaceMention: ("municipalities",), Moment: ("weekdays", "day_parts")}


def _restore(key: str, value: Any) -> Any:
    if key in _MANY:
        return tuple(_record(_MANY[key], item) for item in value)
    if key in _ONE:
        return _record(_ONE[key], value)
    if key in ("label_rejected", "refuses", "corrects", "palliative", "bereaved", "asks_human", "sent_around"):
        return Evidence(**value)
    return value


def _record(kind: type[Any], data: dict[str, Any]) -> Any:
    values = dict(data, evidence=Evidence(**data["evidence"]))
    for name in _SEVERAL.get(kind, ()):
        values[name] = tuple(values[name])
    return kind(**values)
