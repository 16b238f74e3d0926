"""Letters that leave the house: what they are, and how one lives from waiting to delivered or dead. No database here.

A letter names a request and what happened to it. It holds no words of hers and no address: whoever carries it reads
the request at that moment, so what she took back meanwhile does not leave (ADR 11).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from knowledge.vocabulary import Term

LEASE = timedelta(seconds=120)
"""For so long one worker has a letter; longer than any delivery may take."""

MOST_ATTEMPTS = 12
"""After this many tries a letter is dead: about fifteen hours, one night and a working day."""

FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=6)
ANSWER_KEY = "answer:"
"""What the key of a look into Open Klant begins with; the id of the letter that was delivered there follows."""
FIRST_LOOK = timedelta(minutes=30)
CARER_MAIL_WAITS = timedelta(minutes=2)
"""Whoever has the talk open sees the message there; then no mail is needed."""


class LetterKind(Term):
    """By which way a letter leaves."""

    TEAM_MAIL = "team_mail", "e-mail aan het team"
    CARER_MAIL = "carer_mail", "e-mail aan de aanvrager"
    OPEN_KLANT = "open_klant", "Open Klant"
    OPEN_KLANT_ANSWER = "open_klant_answer", "antwoord uit Open Klant"
    """Looking whether the municipality closed in its own register what it got from us: comes back until it did."""
    WEBHOOK = "webhook", "webhook"


class LetterEvent(Term):
    """What happened to a request, as far as somebody outside must hear of it."""

    SENT = "sent", "verzonden"
    ACCEPTED = "accepted", "opgepakt"
    OFFERED = "offered", "gevraagd om het over te nemen"
    TAKEN_OVER = "taken_over", "overgenomen"
    FORWARDED = "forwarded", "doorgezet"
    TRIED = "tried", "geprobeerd te bereiken"
    CONTACTED = "contacted", "contact geweest"
    MESSAGE = "message", "bericht aan de aanvrager"
    REMINDED = "reminded", "herinnerd"
    ESCALATED = "escalated", "gemeld dat het te laat is"
    LATE = "late", "verteld dat het langer duurt"
    RESOLVED = "resolved", "afgerond"
    REOPENED = "reopened", "heropend"
    FOLLOWED_UP = "followed_up", "later nagevraagd"
    NUDGED = "nudged", "gevraagd waar het antwoord blijft"
    WORSENED = "worsened", "laten weten dat het zwaarder is"
    WITHDRAWN = "withdrawn", "ingetrokken"


class LetterState(Term):
    """Where a letter stands."""

    WAITING = "waiting", "wacht"
    SENDING = "sending", "onderweg"
    DELIVERED = "delivered", "bezorgd"
    DEAD = "dead", "niet bezorgd"


_K, _E = LetterKind, LetterEvent
WHO_HEARS: dict[LetterEvent, tuple[LetterKind, ...]] = {
    _E.SENT: (_K.TEAM_MAIL, _K.OPEN_KLANT, _K.WEBHOOK),
    _E.ACCEPTED: (_K.CARER_MAIL, _K.WEBHOOK),
    _E.OFFERED: (_K.TEAM_MAIL, _K.CARER_MAIL, _K.WEBHOOK),
    _E.TAKEN_OVER: (_K.CARER_MAIL, _K.WEBHOOK),
    _E.FORWARDED: (_K.CARER_MAIL, _K.WEBHOOK),
    _E.TRIED: (_K.CARER_MAIL,),
    _E.CONTACTED: (_K.WEBHOOK,),
    _E.MESSAGE: (_K.CARER_MAIL,),
    _E.REMINDED: (_K.TEAM_MAIL,),
    _E.ESCALATED: (_K.TEAM_MAIL, _K.WEBHOOK),
    _E.LATE: (_K.CARER_MAIL, _K.WEBHOOK),
    _E.RESOLVED: (_K.CARER_MAIL, _K.WEBHOOK),
    _E.REOPENED: (_K.TEAM_MAIL, _K.WEBHOOK),
    _E.FOLLOWED_UP: (_K.CARER_MAIL,),
    _E.NUDGED: (_K.TEAM_MAIL,),
    _E.WORSENED: (_K.TEAM_MAIL,),
    _E.WITHDRAWN: (_K.OPEN_KLANT, _K.WEBHOOK),
}
"""Which ways hear of which event. The carer's own messages stand where she asked; mail only rings the bell (R107)."""

NEVER_TWICE_UNSEEN = frozenset({LetterKind.CARER_MAIL})
"""When it is not known whether such a letter arrived, a person decides whether it is sent again."""


@dataclass(eq=False)
class Letter:
    """One thing for one receiver. ``id`` is what makes it one for the receiver too: Message-ID, event id, record id.

    ``handed_over_at``: from this moment the receiver may have it. ``content``: what is being sent, kept between tries
    so that every try sends the same, and wiped after. ``reason``: why the last try failed, a code without words of
    anybody (``smtp 550``, ``http 503``, ``timeout``). ``claim`` names the hold of one worker.
    """

    id: str
    key: str
    kind: LetterKind
    event: LetterEvent
    request_id: int
    created_at: datetime
    due_at: datetime
    state: LetterState = LetterState.WAITING
    attempts: int = 0
    claim: str | None = None
    claimed_until: datetime | None = None
    handed_over_at: datetime | None = None
    content: dict[str, Any] | None = None
    delivered_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True)
class Delivered:
    """The receiver has it."""


@dataclass(frozen=True)
class NotWanted:
    """Nothing is to be sent any more: she withdrew, or has already read it."""


@dataclass(frozen=True)
class TryLater:
    """Not delivered, and that may pass. ``after``: how long the receiver asks us to wait."""

    reason: str
    after: timedelta = timedelta()


@dataclass(frozen=True)
class NotYet:
    """Nothing went wrong and there is no answer yet: look again ``after`` so long, which counts as no try."""

    after: timedelta


@dataclass(frozen=True)
class Refused:
    """Not delivered, and it never will be without a person: a wrong address, a wrong key."""

    reason: str


@dataclass(frozen=True)
class Unsure:
    """It was handed over, and nobody said whether it arrived."""

    reason: str


def pause_between_looks(age: timedelta) -> timedelta:
    """How long to leave a register alone that has had a request for so long: half an hour on the first day, then two
    hours, and twice a day after a week."""
    if age < timedelta(days=1):
        return FIRST_LOOK
    return timedelta(hours=2) if age < timedelta(days=7) else timedelta(hours=12)


Outcome = Delivered | NotWanted | NotYet | TryLater | Refused | Unsure


def pause_after(attempts: int, chance: float, asked: timedelta = timedelta()) -> timedelta:
    """How long to wait after this many tries: doubling from 30 seconds to six hours, of which ``chance`` (0 to 1)
    leaves at least half, so that letters which failed together do not return together. Never less than ``asked``,
    as far as that is no more than six hours."""
    doubled = FIRST_PAUSE * 2 ** min(max(attempts, 1) - 1, 20)
    full = min(doubled, LONGEST_PAUSE)
    return max(full * (0.5 + chance / 2), min(asked, LONGEST_PAUSE))


def settled(letter: Letter, outcome: Outcome, now: datetime, chance: float) -> dict[str, Any]:
    """What changes in a letter that was being sent, now that this came of it."""
    if isinstance(outcome, (Delivered, NotWanted)):
        reason = "" if isinstance(outcome, Delivered) else "not wanted"
        return {**_LOOSE, "state": LetterState.DELIVERED, "delivered_at": now, "content": None, "reason": reason}
    if isinstance(outcome, NotYet):
        return {**_LOOSE, "state": LetterState.WAITING, "due_at": now + outcome.after, "attempts": 0, "reason": ""}
    if isinstance(outcome, Unsure) and letter.kind in NEVER_TWICE_UNSEEN:
        return {**_LOOSE, "state": LetterState.DEAD, "reason": f"unsure {outcome.reason}", "due_at": now}
    if isinstance(outcome, Refused) or letter.attempts >= MOST_ATTEMPTS:
        return {**_LOOSE, "state": LetterState.DEAD, "reason": outcome.reason, "due_at": now, "handed_over_at": None}
    asked = outcome.after if isinstance(outcome, TryLater) else timedelta()
    due = now + pause_after(letter.attempts, chance, asked)
    return {
        **_LOOSE,
        "state": LetterState.WAITING,
        "due_at": due,
        "reason": outcome.reason,
        "handed_over_at": None,
    }


def found_abandoned(letter: Letter, now: datetime) -> dict[str, Any] | None:
    """What becomes of a letter whose worker died with it; ``None`` when it can simply be tried again."""
    if letter.handed_over_at is not None and letter.kind in NEVER_TWICE_UNSEEN:
        return settled(letter, Unsure("worker died"), now, 0)
    if letter.attempts >= MOST_ATTEMPTS:
        return settled(letter, Refused("worker died"), now, 0)
    return None


_LOOSE: dict[str, Any] = {"claim": None, "claimed_until": None}
