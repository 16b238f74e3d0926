"""The handover request: what a carer saw, shaped and agreed to send, and everything that happened to it since."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.request.fields import FIELD_ORDER, LOVED_ONE_HEALTH, FieldKey, Section
from bot.request.vocabulary import CountsAs, FieldState, ReceiverKind, RequestState
from knowledge.vocabulary import Urgency

DUTCH_TIME = ZoneInfo("Europe/Amsterdam")
INVESTIGATION = timedelta(days=42)
"""Six weeks from the melding (Wmo 2015, art. 2.3.2 lid 1; the same 42 days as in R94's clock)."""

REFERENCE_ALPHABET = "23456789CDFGHJKMNPQRTVWX"
"""No vowels (so no words), and nothing that looks or sounds like something else: no 0/O, 1/I/L, S/5, Z/2, B/8, U/V."""


def new_reference() -> str:
    """A fresh reference such as ``AP-7K3M-2Q``: 24^6 possibilities, chosen without a pattern."""
    letters = "".join(secrets.choice(REFERENCE_ALPHABET) for _ in range(6))
    return f"AP-{letters[:4]}-{letters[4:]}"


def tidy_reference(typed: str) -> str:
    """The reference a person meant: small letters, missing dashes and spaces are forgiven."""
    letters = "".join(letter for letter in typed.upper() if letter.isalnum()).removeprefix("AP")
    return f"AP-{letters[:4]}-{letters[4:]}"


@dataclass(frozen=True)
class RequestField:
    """One value of the request in readable Dutch, with the words it came from and how it came to be."""

    key: FieldKey
    section: Section
    value: str
    state: FieldState
    words: str = ""

    @property
    def is_shared(self) -> bool:
        """Does it say something to the receiver?"""
        return self.state in (FieldState.TOLD, FieldState.DERIVED) and bool(self.value)


@dataclass(frozen=True)
class RequestOffer:
    """An offer that she liked, as it was shown to her: ``reasons`` and ``checked`` (how fresh) in Dutch."""

    offer_id: str
    name: str
    organisation: str = ""
    reasons: tuple[str, ...] = ()
    checked: str = ""


@dataclass(frozen=True)
class Agreement:
    """Her yes: to which text (its version), to whom, and whether she also said yes for the loved one's health."""

    text_version: str
    recipient: str
    loved_one_health: bool = True


@dataclass(frozen=True)
class Receiver:
    """Who is asked to take over: ``name`` as people read it; the other parts say who that is, by kind."""

    kind: ReceiverKind
    name: str
    staff_id: int | None = None
    team: str | None = None
    municipality: str | None = None

    @property
    def code(self) -> str:
        """One word for this receiver, for a form."""
        which = {
            ReceiverKind.COLLEAGUE: self.staff_id,
            ReceiverKind.TEAM: self.team,
            ReceiverKind.MUNICIPALITY: self.municipality,
            ReceiverKind.DESK: self.name,
        }[self.kind]
        return f"{self.kind}:{which}"


@dataclass(eq=False)
class Request:
    """One handover. Moments are aware; ``answer_by`` is the promised first contact, ``None`` until it is sent.

    ``team``: of whom it is within the municipality, ``None``: of the whole desk · ``callback_at``: the moment that was
    agreed with her · ``waiting_since``: since when the next word is hers · ``due_at``: when the clock next has
    something to do · ``second``: the named person who looks after it when it is late · ``forward_…``: who is asked to
    take over, by whom and why, while that is open · ``search_text``: what can be searched, folded · ``ask_at``: when
    the clock next looks whether there is something to ask her · ``informal``: she is *je* to us.
    """

    reference: str
    conversation_id: str
    municipality: str
    recipient: str
    question: str
    fields: list[RequestField]
    offers: list[RequestOffer]
    urgency: Urgency
    urgency_reason: str
    created_at: datetime
    state: RequestState = RequestState.DRAFTED
    owner_id: int | None = None
    owner: str = ""
    answer_by: datetime | None = None
    sent_at: datetime | None = None
    seen_at: datetime | None = None
    accepted_at: datetime | None = None
    contacted_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: str = ""
    chat_open: bool = False
    agreed_at: datetime | None = None
    agreement_version: str = ""
    agreed_recipient: str = ""
    loved_one_health_agreed: bool = False
    team: str | None = None
    counts_as: CountsAs | None = None
    callback_at: datetime | None = None
    waiting_since: datetime | None = None
    due_at: datetime | None = None
    second_id: int | None = None
    second: str = ""
    forward_kind: ReceiverKind | None = None
    forward_to: str = ""
    forward_to_id: int | None = None
    forward_team: str | None = None
    forward_municipality: str | None = None
    forward_by: str = ""
    forward_by_id: int | None = None
    forward_reason: str = ""
    forwarded_at: datetime | None = None
    search_text: str = ""
    ask_at: datetime | None = None
    informal: bool = False
    id: int | None = None

    @property
    def forward(self) -> Receiver | None:
        """Who is asked to take over and has not answered yet, or ``None``."""
        if self.forward_kind is None:
            return None
        return Receiver(
            self.forward_kind, self.forward_to, self.forward_to_id, self.forward_team, self.forward_municipality
        )

    @property
    def holder(self) -> str:
        """Who has it now (R93): its owner, else the team, else whom she sent it to. Never nobody once it was sent."""
        return self.owner or self.team or self.recipient or self.municipality

    @property
    def spoken_holder(self) -> str:
        """Who has it, as it is said to her: a name, else the one she sent it to, with its article."""
        return self.owner or self.team or (f"de {self.recipient}" if self.recipient else self.municipality)

    @property
    def investigation_by(self) -> date | None:
        """Where it counts as a Wmo melding: the last day of the municipality's investigation, six weeks after the
        melding (Wmo 2015, art. 2.3.2 lid 1), by the Dutch calendar; else ``None``."""
        if self.counts_as is not CountsAs.MELDING or self.sent_at is None:
            return None
        return self.sent_at.astimezone(DUTCH_TIME).date() + INVESTIGATION

    def field(self, key: FieldKey) -> RequestField | None:
        """The field of this key, or ``None`` if the request does not have it."""
        return next((item for item in self.fields if item.key is key), None)

    @property
    def stored_id(self) -> int:
        """The id of a request that was stored; one that never was has none."""
        assert self.id is not None
        return self.id

    def shared(self, key: FieldKey) -> str:
        """What the receiver may read in this field; empty when nothing was told or it was left out."""
        item = self.field(key)
        return item.value if item is not None and item.is_shared else ""


def in_order(fields: list[RequestField]) -> list[RequestField]:
    """The fields in the order of R99."""
    return sorted(fields, key=lambda item: FIELD_ORDER.index(item.key))


def with_change(item: RequestField, value: str | None) -> RequestField:
    """The field as she now wants it: a new text, or ``None`` to leave it out (its value is kept until she sends)."""
    if value is None:
        return replace(item, state=FieldState.LEFT_OUT)
    return replace(item, value=value.strip(), state=FieldState.TOLD, words=value.strip())


def without_left_out(fields: list[RequestField], *, loved_one_health: bool = True) -> list[RequestField]:
    """The fields as they may leave: what she left out, or did not agree to, no longer holds a value or words."""

    def cleaned(item: RequestField) -> RequestField:
        withheld = item.key in LOVED_ONE_HEALTH and not loved_one_health and item.is_shared
        if item.state is FieldState.LEFT_OUT or withheld:
            return replace(item, value="", words="", state=FieldState.LEFT_OUT)
        return item

    return [cleaned(item) for item in fields]
