"""The carer profile: what a person told us over a whole talk, each value with its words, its turn and how sure it is.

Nothing is guessed: what was not told is absent. A later, explicit statement replaces an earlier one; what is refused
is remembered and never asked again (requirements R17, R18).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Told:
    """One value as told: ``value`` is JSON-ready (an identifier of a Term, a number, a text or a small mapping).

    ``about``: which of the people she cares for, as we speak of them ("uw vader"); "" when she did not say.
    """

    value: Any
    words: str = ""
    turn: int = 0
    confirmed: bool = False
    about: str = ""


@dataclass
class Quote:
    """Her own words, kept for the request: the text of a turn, at most 1,000 characters."""

    text: str
    turn: int


@dataclass
class CarerProfile:
    """What we know. Fields that hold several values are lists of Told, the others one Told or ``None``.

    ``hours``: {"low","high","constant"} a week · ``nights``: {"low","high","times"} a week · ``since``: {"months_ago",
    "year","month"} · ``carer_place``/``loved_one_place``: {"municipality","place","postcode","state": stated|derived|
    confirmed} · ``perseverance``: "days"|"weeks"|"months"|"longer" · ``contact``: {"name","phone","email","when"} ·
    ``others_cared_for``: relations, each ``about`` its person · ``role_evidence``: see ``bot.talk.roles`` · ``stance``:
    "third_person" (somebody else cares) or "hypothetical" (nobody yet) · ``details``: what a request holds beside
    the story, by the name of its field · ``kept_back``: the turns of which nothing may enter a request · ``language``:
    a code of ``bot.understanding.language``, when it is not Dutch · ``interpreter``: "yes"|"no".
    """

    role: Told | None = None
    role_evidence: dict[str, float] = field(default_factory=dict)
    stance: Told | None = None
    bereaved: Told | None = None
    language: Told | None = None
    interpreter: Told | None = None
    relation: Told | None = None
    called: str = ""  # "uw man": how we speak of the person she cares for
    others_cared_for: list[Told] = field(default_factory=list)
    explicit_term: bool = False
    label_rejected: Told | None = None
    conditions: list[Told] = field(default_factory=list)
    situation: Told | None = None  # free words on what is the matter
    tasks: list[Told] = field(default_factory=list)
    load_cues: list[Told] = field(default_factory=list)
    wishes: list[Told] = field(default_factory=list)
    day_parts: list[Told] = field(default_factory=list)
    moments: list[Told] = field(default_factory=list)  # "om de week een zaterdag", in her words
    hours: Told | None = None
    nights: Told | None = None
    since: Told | None = None
    living_together: Told | None = None
    works: Told | None = None
    helpers: Told | None = None  # "none" | "some"
    body: Told | None = None  # her own: "hurts" | "fine"
    own_time: Told | None = None  # "none" | "some"
    tried: list[Told] = field(default_factory=list)
    asked_at: list[Told] = field(default_factory=list)  # desks that were asked and sent her on
    sent_around: Told | None = None
    minor: Told | None = None
    loved_one_child: Told | None = None
    palliative: Told | None = None
    perseverance: Told | None = None
    danger: Told | None = None  # its kind (bot.safety.kinds), when the gate was certain of it in this talk
    carer_place: Told | None = None
    loved_one_place: Told | None = None
    contact: dict[str, str] = field(default_factory=dict)
    details: dict[str, list[Told]] = field(default_factory=dict)
    kept_back: list[int] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)  # names of fields she does not want to or cannot answer
    quotes: list[Quote] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready, without the empty parts (this is what the ``profile`` slot and ``adempauze converse`` hold)."""
        told = asdict(self, dict_factory=_without_nobody)
        return {key: value for key, value in told.items() if value not in (None, [], {}, "", False)}

    @classmethod
    def from_dict(cls, data: dict[str, Any] | None) -> CarerProfile:
        """Back from ``as_dict``; ``None`` gives an empty profile."""
        values: dict[str, Any] = {}
        for key, value in (data or {}).items():
            if key == "quotes":
                values[key] = [Quote(**item) for item in value]
            elif key == "details":
                values[key] = {name: [Told(**item) for item in items] for name, items in value.items()}
            elif key in _MANY:
                values[key] = [Told(**item) for item in value]
            elif key in _PLAIN:
                values[key] = value
            else:
                values[key] = Told(**value)
        return cls(**values)

    def knows(self, name: str) -> bool:
        """Was this field told (and not only left empty)?"""
        value = self.details.get(name) if not hasattr(self, name) else getattr(self, name)
        return value not in (None, [], {}, "")


def _without_nobody(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A record as a mapping; whom a value is about only when that was said."""
    return {key: value for key, value in pairs if (key, value) != ("about", "")}


_MANY = {"others_cared_for", "conditions", "tasks", "load_cues", "wishes", "day_parts", "moments", "tried", "asked_at"}
_PLAIN = {"called", "role_evidence", "explicit_term", "contact", "refused", "kept_back"}
