"""Everything this house has about one person, as plain values: what she gets when she asks for it (AVG art. 15 and 20).

Keys are English and lasting, so that a file can be read by another programme; what people said and shared is theirs,
word for word. Notes that staff made for themselves are hers to ask for too, but at the desk, where somebody reads them
first; ``notes`` says whether they are in.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.chats.tables import chats
from bot.conversations.records import Message
from bot.conversations.tables import conversations, messages
from bot.engine.tables import talks
from bot.outbox.tables import letters
from bot.profile import CarerProfile
from bot.request.compose import compose_fields
from bot.request.fields import FieldKey
from bot.request.followup import FollowUp
from bot.request.history import Notice, RequestEvent, RequestMessage, RequestNote
from bot.request.record import Request
from bot.request.tables import request_notices, requests
from bot.wording import Wording
from knowledge.storage import Sessions
from knowledge.vocabulary import Term

_FOLLOWS = frozenset({FieldKey.URGENCY, FieldKey.OFFERS, FieldKey.LOAD, FieldKey.BEYOND_USUAL})
"""Parts of a request that follow from what she told; what they follow from is in it."""
FORMAT = "adempauze-export-1"
_NOTHING: tuple[Any, ...] = (None, [], {}, "", False)


class Export:
    """Gathers what there is. One short reading; nothing is changed by it. ``wording``: for what was understood, in
    words people read."""

    def __init__(self, sessions: Sessions, wording: Wording) -> None:
        self._sessions = sessions
        self._wording = wording

    def of_request(self, request: Request, now: datetime) -> dict[str, Any]:
        """What the desk has: the request and all that belongs to it, with notes. Her talk is not the desk's to read."""
        with self._sessions() as session:
            own = _request(session, request, notes=True)
            return {"format": FORMAT, "made": _plain(now), "requests": [own]}

    def of_talk(self, conversation_id: str, now: datetime, *, notes: bool = False) -> dict[str, Any]:
        """All of one conversation, ready for JSON. The id of the conversation is a secret and is not in it."""
        with self._sessions() as session:
            remembered = _remembered(session, conversation_id)
            return {
                "format": FORMAT,
                "made": _plain(now),
                "conversation": _conversation(session, conversation_id),
                "messages": _messages(session, conversation_id),
                "understood": self._in_words(remembered),
                "remembered": {name: value for name, value in remembered.items() if value not in _NOTHING},
                "chat": _chat(session, conversation_id),
                "requests": [
                    _request(session, request, notes=notes)
                    for request in session.scalars(
                        select(Request).where(requests.c.conversation_id == conversation_id).order_by(requests.c.id)
                    )
                ],
            }

    def _in_words(self, remembered: dict[str, Any]) -> list[dict[str, str]]:
        parts = compose_fields(CarerProfile.from_dict(remembered), None, (), self._wording)
        return [
            {"label": part.key.label, "value": part.value, "words": part.words}
            for part in parts
            if part.value and part.key not in _FOLLOWS
        ]


def _conversation(session: Session, conversation_id: str) -> dict[str, Any] | None:
    row = session.execute(select(conversations).where(conversations.c.id == conversation_id)).one_or_none()
    if row is None:
        return None
    kept = ("channel", "municipality", "origin", "created_at", "last_at", "expires_at")
    return {name: _plain(getattr(row, name)) for name in kept}


def _messages(session: Session, conversation_id: str) -> list[dict[str, Any]]:
    said = session.scalars(select(Message).filter_by(conversation_id=conversation_id).order_by(messages.c.id))
    return [
        {"at": _plain(one.created_at), "by": one.author, "name": one.author_name, "text": one.text, "card": one.card}
        for one in said
    ]


def _remembered(session: Session, conversation_id: str) -> dict[str, Any]:
    """What the talk made of her words: facts with the words they came from, as far as something is known."""
    chosen = select(talks.c.slots).where(talks.c.conversation_id == conversation_id)
    return (session.execute(chosen).scalar_one_or_none() or {}).get("profile") or {}


def _chat(session: Session, conversation_id: str) -> dict[str, Any] | None:
    row = session.execute(select(chats).where(chats.c.conversation_id == conversation_id)).one_or_none()
    return None if row is None else {"channel": row.channel, "since": _plain(row.created_at), "state": row.state.value}


def _request(session: Session, request: Request, *, notes: bool) -> dict[str, Any]:
    own = {"request_id": request.stored_id}
    sent = select(letters).where(letters.c.request_id == request.stored_id).order_by(letters.c.created_at)
    follow_up = session.get(FollowUp, request.stored_id)
    found: dict[str, Any] = {
        "reference": request.reference,
        "municipality": request.municipality,
        "recipient": request.agreed_recipient or request.recipient,
        "state": request.state.value,
        "urgency": request.urgency.value,
        "urgency_reason": request.urgency_reason,
        "question": request.question,
        "outcome": request.outcome,
        "handled_by": request.owner,
        "fields": [
            {"label": each.key.label, "value": each.value, "state": each.state.value, "words": each.words}
            for each in request.fields
        ],
        "offers": [{"name": each.name, "reasons": list(each.reasons)} for each in request.offers],
        "agreement": {
            "at": _plain(request.agreed_at),
            "version": request.agreement_version,
            "recipient": request.agreed_recipient,
            "loved_one_health": request.loved_one_health_agreed,
        },
        **{name: _plain(getattr(request, name)) for name in _MOMENTS},
        "history": [
            {"at": _plain(each.at), "what": each.kind.value, "by": each.actor, "why": each.reason}
            for each in _all(session, RequestEvent, own)
        ],
        "messages": [
            {"at": _plain(each.at), "by": each.author, "from_you": each.from_carer, "text": each.text}
            for each in _all(session, RequestMessage, own)
        ],
        "told": [
            {"at": _plain(each.created_at), "what": each.response, "values": each.values}
            for each in session.scalars(select(Notice).filter_by(**own).order_by(request_notices.c.number))
        ],
        "letters": [
            {"at": _plain(row.created_at), "way": row.kind.value, "about": row.event.value, "state": row.state.value}
            for row in session.execute(sent)
        ],
        "later_question": None if follow_up is None else _follow_up(follow_up),
    }
    if notes:
        written = _all(session, RequestNote, own)
        found["notes"] = [{"at": _plain(each.at), "by": each.author, "text": each.text} for each in written]
    return found


_MOMENTS = ("created_at", "sent_at", "seen_at", "accepted_at", "contacted_at", "closed_at", "answer_by", "callback_at")


def _all(session: Session, record: Any, own: dict[str, Any]) -> list[Any]:
    return list(session.scalars(select(record).filter_by(**own).order_by(record.id)))


def _follow_up(row: FollowUp) -> dict[str, Any]:
    return {
        name: _plain(value) for name, value in vars(row).items() if not name.startswith("_") and name != "request_id"
    }


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value.value if isinstance(value, Term) else value
