"""What an update of Telegram is to us. Any JSON gives an answer; nothing in it is trusted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from telegram import Chat, ChatMember, Message, Update

from channels.telegram.kinds import HAPPENINGS, OTHER_THING, THINGS

_MOST = 2**63 - 1


class Kind(Enum):
    """What to do with an update."""

    TEXT = auto()
    EDITED = auto()
    THING = auto()
    PRESSED = auto()
    GROUP = auto()
    BLOCKED = auto()
    UNBLOCKED = auto()
    IGNORED = auto()


@dataclass(frozen=True)
class Seen:
    """An update. ``text``: her words, those beside a picture, or the data of a button. ``message``: the number of the
    message in the chat, ``press`` that of a pressed button, ``thing`` what she sent that we cannot read."""

    kind: Kind
    number: int
    chat: int = 0
    text: str = ""
    message: int | None = None
    press: str = ""
    thing: str = ""


def read_update(data: Any) -> Seen | None:
    """The update; ``None`` for what is none. Never raises."""
    number: Any = data.get("update_id") if isinstance(data, dict) else None
    if not _is_number(number):
        return None
    try:
        seen = _read(Update.de_json(data, None))
    except Exception:  # the library's own trouble with what is not as documented
        seen = None
    if seen is None or not _is_number(seen.chat) or not (seen.message is None or _is_number(seen.message)):
        return Seen(Kind.IGNORED, number)
    return seen


def _read(update: Update) -> Seen | None:
    if update.callback_query is not None:
        return _read_press(update)
    if update.my_chat_member is not None:
        return _read_membership(update)
    if update.message is not None:
        return _read_message(update.update_id, update.message)
    if update.edited_message is not None:
        return _read_edit(update.update_id, update.edited_message)
    return None


def _read_edit(number: int, message: Message) -> Seen | None:
    """Other words, also beside a picture; a place that moves says nothing new."""
    seen = _read_message(number, message)
    has_words = seen is not None and seen.kind in (Kind.TEXT, Kind.THING) and bool(seen.text.strip())
    return Seen(Kind.EDITED, seen.number, seen.chat, seen.text) if seen is not None and has_words else None


def _read_message(number: int, message: Message) -> Seen | None:
    if message.chat.type in (Chat.GROUP, Chat.SUPERGROUP):
        return Seen(Kind.GROUP, number, message.chat.id)
    if message.chat.type != Chat.PRIVATE or message.from_user is None or message.from_user.is_bot:
        return None
    chat, place = message.chat.id, message.message_id
    if isinstance(message.text, str):
        return Seen(Kind.TEXT, number, chat, message.text, place)
    thing = next((name for part, name in THINGS.items() if getattr(message, part)), None)
    if thing is None and any(getattr(message, part, None) for part in HAPPENINGS):
        return None
    if thing is None and message.effective_attachment is None and not message.api_kwargs:
        return None
    words = message.caption if isinstance(message.caption, str) else ""
    return Seen(Kind.THING, number, chat, words, place, thing=thing or OTHER_THING)


def _read_press(update: Update) -> Seen | None:
    press = update.callback_query
    if press is None or press.message is None or not isinstance(press.data, str) or not isinstance(press.id, str):
        return None
    if press.message.chat.type != Chat.PRIVATE:
        return None
    return Seen(Kind.PRESSED, update.update_id, press.message.chat.id, press.data, press.message.message_id, press.id)


def _read_membership(update: Update) -> Seen | None:
    """Somebody blocked us or took us back, or put us in a group."""
    change = update.my_chat_member
    if change is None:
        return None
    gone = change.new_chat_member.status in (ChatMember.BANNED, ChatMember.LEFT)
    if change.chat.type == Chat.PRIVATE:
        return Seen(Kind.BLOCKED if gone else Kind.UNBLOCKED, update.update_id, change.chat.id)
    in_group = change.chat.type in (Chat.GROUP, Chat.SUPERGROUP) and not gone
    return Seen(Kind.GROUP, update.update_id, change.chat.id) if in_group else None


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and -_MOST <= value <= _MOST
