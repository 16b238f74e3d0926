"""The form of her request presses one button with everything she changed; the talk does it and shows the result.

What cannot be read is left, and the rest is kept: nobody loses a page of typing to one field that is too long.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any

from actions.request_after import note_health
from actions.request_drafting import words_of_question
from actions.request_steps import (
    ask_health,
    changeable_request,
    reword_question,
    shape,
    share,
    show_request,
)
from actions.turn import QUESTION, Turn
from bot.request.base import TextError
from bot.request.fields import OF_MUNICIPALITY, FieldKey
from bot.request.health import asks_health
from bot.request.record import Request
from bot.request.states import NotAllowedError
from bot.request.vocabulary import RequestState

FORM = "request_form"
_KEYS = {key.value: key for key in FieldKey if key not in OF_MUNICIPALITY}


@dataclass(frozen=True)
class FormAnswer:
    """What the form says, as far as it can be read. ``rewords``: it says something of her question, which is then
    ``question``, or left out without one. ``unread``: so many parts could not be read."""

    changes: dict[FieldKey, str | None] = field(default_factory=dict)
    include: tuple[FieldKey, ...] = ()
    health: bool | None = None
    question: str | None = None
    rewords: bool = False
    unread: int = 0

    @classmethod
    def read(cls, value: Any) -> FormAnswer:
        """From a mapping or its JSON text; never raises, whatever it holds."""
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except ValueError:
                return cls(unread=1)
        if not isinstance(value, dict):
            return cls(unread=1)
        raw, wanted, health = value.get("changes"), value.get("include"), value.get("loved_one_health")
        changes = raw if isinstance(raw, dict) else {}
        listed = wanted if isinstance(wanted, list) else []
        known = {_KEYS[key]: text for key, text in changes.items() if key in _KEYS and _is_text(text)}
        include = [_KEYS[key] for key in listed if isinstance(key, str) and key in _KEYS]
        unread = len(changes) - len(known) + len(listed) - len(include)
        answer = cls(known, tuple(dict.fromkeys(include)), health if isinstance(health, bool) else None, unread=unread)
        question = value.get(QUESTION)
        rewords = QUESTION in value and _is_text(question)
        return replace(answer, question=question, rewords=True) if rewords else answer


def take_form(turn: Turn, value: str) -> None:
    """Do what the form says, and show the request again as one card; once it was taken up, say who has it."""
    request = changeable_request(turn)
    if request is None:
        show_request(turn)
        return
    answer = FormAnswer.read(value)
    turn.thread.pending = turn.thread.changing = None
    odd, changed = _apply(turn, request, answer)
    current = changeable_request(turn)
    if odd or answer.unread:
        turn.say("request_form_partly")
    elif changed:
        turn.say("request_form_kept")
    sent = current is not None and current.state is not RequestState.DRAFTED
    if sent and current is not None and asks_health(current):
        ask_health(turn)
    else:
        show_request(turn)


def _apply(turn: Turn, request: Request, answer: FormAnswer) -> tuple[int, bool]:
    """How many parts could not be kept, and whether anything changed. A part that is left out comes before one that
    is shared, the answer about health last: it is about what then stands there."""
    odd, changed = 0, False
    for key, text in answer.changes.items():
        fine = _change(turn, request, key, text)
        odd, changed = odd + (not fine), changed or fine
    for key in answer.include:
        request = changeable_request(turn) or request
        fine = share(turn, request, key)
        odd, changed = odd + (not fine), changed or fine
    current = changeable_request(turn)
    if answer.rewords and current is not None and _is_other(turn, current, answer.question or ""):
        reword_question(turn, current, answer.question)
        changed, current = True, changeable_request(turn)
    if answer.health is not None and current is not None:
        note_health(turn, current, answer.health)
        changed = True
    return odd, changed


def _is_other(turn: Turn, request: Request, question: str) -> bool:
    return question.strip() != words_of_question(turn.services.wording, request.question)


def _change(turn: Turn, request: Request, key: FieldKey, text: str | None) -> bool:
    try:
        shape(turn, changeable_request(turn) or request, key, text)
    except (TextError, KeyError, NotAllowedError):
        return False
    return True


def _is_text(text: Any) -> bool:
    return text is None or isinstance(text, str)
