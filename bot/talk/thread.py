"""Where a talk stands: which question is open, what was asked, named and shown."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Thread:
    """The ``thread`` slot. ``phase``: listening | offers | contact | check | change | sent.

    ``pending`` is the question that is open, ``place_options`` the municipalities to choose from when a name is
    ambiguous, ``place_of`` whose place was asked ("carer" or "loved_one"), ``changing`` the part of the request, or of
    what is known, in hand, ``changes`` what she changed in the request (``None``: left out) and ``included`` what she
    shares after all; both are kept when the draft is written anew. ``told_roles``: whose path was begun
    (``actions.people``); ``wants_offers``: somebody who is no carer asked what there is; ``interpreter_offered``,
    ``load_offered``: asked once in a talk; ``with_professional``: somebody who works in care types for the carer, who
    agrees. ``acks``, ``last_ack``, ``acknowledged``: how often, how and what was said back to her. ``told_groups``,
    ``told_desks``: which knowledge for her situation was told, and where she was pointed to. ``silences``: how often
    she said nothing in a row. ``in_load_check``: the questions about the load are being asked. ``informal``: she says
    *je*. ``last_at``: her last message (ISO 8601). ``said``: how often a sentence that has variants was said.
    ``interrupted``: the last turn that danger answered. ``place_misses``: how often the choice between places was not
    made. ``reasked``: a question that waited while something else was told. ``declined``: she said no to a call.
    ``shown``: the offers on screen. ``unclear``: a question of which we asked what it is about. ``follow_up``: the
    question after the request was sent that her next words may answer (``actions.aftercare``). ``questionnaire``: the
    licensed questionnaire that is offered or under way (``actions.questionnaire``), ``questionnaires_offered`` their
    keys, ``questionnaire_results`` the outcomes: hers alone, apart from the load signal and from a request.
    ``details_done``: no more is asked for the request. ``question``: her question as she
    worded it later, for the request. ``health``: may the consultant read of the loved one's health
    ("yes", "no"; "": not answered). ``third_party``: another company carries the messages; the channel says so at every
    turn, whatever was remembered (``bot.talk.third_party``). ``times``: how often each question was put.
    ``only_listens``: she wants to be heard, and nothing asked or found. ``in_a_home``: the one she cares for lives in a
    nursing home. ``condoled``: the turn in which she last read a condolence. ``denied``: in which she
    said that what was heard is not so.
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
    with_professional: bool = False
    acks: int = 0
    last_ack: str = ""
    acknowledged: list[str] = field(default_factory=list)
    told_groups: list[str] = field(default_factory=list)
    silences: int = 0
    interrupted: int = 0
    place_misses: int = 0
    reasked: str = ""
    declined: bool = False
    shown: list[str] = field(default_factory=list)
    load_offered: bool = False
    in_load_check: bool = False
    informal: bool = False
    last_at: str = ""
    unclear: str = ""
    told_desks: list[str] = field(default_factory=list)
    said: dict[str, int] = field(default_factory=dict)
    follow_up: str = ""
    questionnaire: dict[str, Any] = field(default_factory=dict)
    questionnaires_offered: list[str] = field(default_factory=list)
    questionnaire_results: list[dict[str, Any]] = field(default_factory=list)
    details_done: bool = False
    question: str = ""
    health: str = ""
    third_party: bool = False
    times: dict[str, int] = field(default_factory=dict)
    only_listens: bool = False
    in_a_home: bool = False
    condoled: int = 0
    denied: int = 0

    @property
    def condoled_lately(self) -> bool:
        """Did she read a condolence in this turn or just before? A second one would sound like a machine."""
        return bool(self.condoled) and self.turn - self.condoled <= STILL_FRESH

    def ask(self, question: str) -> None:
        """Note that ``question`` is now open; each question counts once, and how often it was put is kept beside it."""
        self.pending = question
        self.times[question] = self.times.get(question, 0) + 1
        if question not in self.asked:
            self.asked.append(question)

    def put_off(self) -> None:
        """Something comes in between: the open question is asked again later."""
        if self.pending in self.asked:
            self.asked.remove(self.pending)
        self.pending = None

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready, for the slot."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any] | None) -> Thread:
        """Back from ``as_dict``; ``None`` is a new talk. Keys of an older release are dropped."""
        known = {key: value for key, value in (data or {}).items() if key in cls.__dataclass_fields__}
        return cls(**known)


STILL_FRESH = 3
"""Turns in which a condolence is not said again."""

BEFORE_OFFERS = (
    "relation", "situation", "nights", "place", "place_which", "place_confirm", "helpers", "wish", "fell_away",
)  # fmt: skip
"""The questions that may precede the first offers (and so count)."""

LOAD_QUESTIONS = ("nights", "body", "own_time", "helpers", "perseverance")
"""The five that complete the load signal, if she agrees (``bot.talk.load_check``)."""

CONTACT = ("name", "phone")
"""The questions of the request: asked only after she wants a person to call."""

MOST_TIMES = 2
"""So often a question that may precede offers is put; passed over twice it is let go, as if refused (R18)."""

DETAILS = ("loved_one_agrees", "current_help", "wlz", "result")
"""What a request still misses, the most useful first: asked after the contact, never when it cannot wait."""

CAPTURED = (*CONTACT, "change_value", "known_value", "tell_owner")
"""Questions whose answer is taken as typed: a name is not an intent."""
