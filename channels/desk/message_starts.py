"""What a coordinator can start a message with: sentences of the wording files, with her name and the promised moment.

The coordinator changes the text before it goes. Whoever says *je* to us gets *je* back.
"""

from __future__ import annotations

from datetime import datetime

from bot.request.clock import day_in_words, moment_in_words
from bot.request.fields import FieldKey
from bot.request.record import Request
from bot.request.staff_side import RequestFile
from bot.request.vocabulary import MessageStart
from bot.staff.accounts import Staff
from bot.understanding.informal import says_je
from bot.understanding.text import fold
from bot.wording import Wording


class MessageStarts:
    """The texts to start with."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def choices(self, request: Request, now: datetime) -> list[MessageStart]:
        """Those that make sense for this request now: what was agreed can only be confirmed when something was."""
        return [start for start in MessageStart if start is not MessageStart.MOMENT or _is_ahead(request, now)]

    def text(self, code: str, file: RequestFile, staff: Staff, now: datetime) -> str:
        """The text of this start for this request; empty when there is no such start."""
        if code not in {start.value for start in self.choices(file.request, now)}:
            return ""
        wording = self._wording.in_je() if she_says_je(file) else self._wording
        name = file.request.shared(FieldKey.CONTACT_NAME)
        greeting = (
            wording.text("utter_desk_greeting", name=name) if name else wording.text("utter_desk_greeting_unnamed")
        )
        promise = _promise(wording, file.request, now)
        return wording.text(f"utter_message_{code}", greeting=greeting, staff=staff.name, promise=promise)


def she_says_je(file: RequestFile) -> bool:
    """Does she say *je* to us: in the latest words to the desk that say either *je* or *u*, else in the talk before?"""
    later = [says_je(fold(message.text)) for message in reversed(file.messages) if message.from_carer]
    heard = next((said for said in later if said is not None), None)
    return heard if heard is not None else file.request.informal or bool(says_je(fold(file.request.question)))


def _promise(wording: Wording, request: Request, now: datetime) -> str:
    """When she hears something: the moment that was agreed, else the day that was promised, as long as it is ahead."""
    if request.callback_at is not None and _is_ahead(request, now):
        return wording.text("utter_desk_promise_call", moment=moment_in_words(request.callback_at))
    if request.answer_by is not None and request.contacted_at is None and request.answer_by > now:
        return wording.text("utter_desk_promise_answer", moment=day_in_words(request.answer_by))
    return wording.text("utter_desk_promise_none")


def _is_ahead(request: Request, now: datetime) -> bool:
    return request.callback_at is not None and request.callback_at > now
