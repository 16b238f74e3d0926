"""Where a talk stands: which question is open, what was asked, named and shown."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

MOST_QUESTIONS = 6  # requirement R17: the first fitting offer comes after at most six questions


@dataclass
class Thread:
    """The ``thread`` slot. ``phase``: listening | offers | contact | check | change | sent.

    ``pending`` is the question that is open, ``place_options`` the municipalities to choose from when a name is
    ambiguous, ``place_of`` whose place was asked ("carer" or "loved_one"), ``changing`` the request field in hand,
    ``changes`` what she changed in the request (``None``: left out) and ``included`` what she shares after all; both
    are kept when the draft is written anew. ``told_roles``: whose path was begun (``actions.people``);
    ``wants_offers``: somebody who is no carer asked what there is; ``interpreter_offered``: asked once in a talk.
    """

    turn: int = 0
    phase: str = "listening"
    asked: list[str] = field(default_factory=list)
    pending: str | None = None
    place_of: str = "carer"
    place_options: list[dict[str, Any]] = field(default_factory=list)
    named: bool = False
    told_roles: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    changing: str | None = None
    changes: dict[str, str | None] = field(default_factory=dict)
    included: list[str] = field(default_factory=list)
    misses: int = 0
    heavy_said: bool = False
    wants_offers: bool = False
    interpreter_offered: bool = False

    def ask(self, question: str) -> None:
        """Note that ``question`` is now open; each question counts once."""
        self.pending = question
        if question not in self.asked:
            self.asked.append(question)

    @property
    def questions_left(self) -> int:
        """How many questions may still come before the first offers."""
        return max(0, MOST_QUESTIONS - len([name for name in self.asked if name in BEFORE_OFFERS]))

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready, for the slot."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any] | None) -> Thread:
        """Back from ``as_dict``; ``None`` is a new talk. Keys of an older release are dropped."""
        known = {key: value for key, value in (data or {}).items() if key in cls.__dataclass_fields__}
        return cls(**known)


BEFORE_OFFERS = ("relation", "situation", "nights", "place", "place_which", "place_confirm", "helpers", "wish")
"""The questions that may precede the first offers (and so count)."""

CONTACT = ("name", "phone")
"""The questions of the request: asked only after she wants a person to call."""

CAPTURED = (*CONTACT, "change_value")
"""Questions whose answer is taken as typed: a name is not an intent."""
