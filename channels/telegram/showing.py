"""A message of ours as it looks in Telegram: words, cards as short blocks, and one signed button a row.

The markup is Telegram's small HTML. Every text that is not ours is escaped, whoever wrote it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from bot.chats.filling import Piece
from bot.chats.keys import ChatKeys
from bot.chats.records import Chat
from bot.conversations import Message, storable
from bot.safety.gate import response_names
from bot.wording import Wording
from channels.telegram.cutting import MOST, cut, length

CHOSEN = "chosen"
"""The word of a button that only shows what was chosen."""

CopyLink = Callable[[str], str]
_REASONS = (("fits", "✓"), ("misfits", "–"), ("would_fit", "→"), ("unknowns", "?"))
_MOST_REASONS = 3  # of a kind, in one block
_NOT_TOLD = ("left_out", "refused")


@dataclass(frozen=True)
class Block:
    """A part that stays together: as HTML, and as the words alone."""

    html: str
    plain: str


class TelegramShow:
    """Shows messages. ``copy_link`` gives the address of her copy of the request in a conversation."""

    def __init__(self, wording: Wording, keys: ChatKeys, copy_link: CopyLink) -> None:
        self._wording = wording
        self._keys = keys
        self._copy_link = copy_link

    def __call__(self, chat: Chat, message: Message) -> list[Piece]:
        """The pieces to send; the buttons are under the last."""
        blocks = [*self._words(message), *self._card(chat, message.card or {})]
        buttons = [
            (button["title"], self._keys.sign(chat.key, f"{message.id}.{index}"))
            for index, button in enumerate(message.buttons)
        ]
        return as_pieces(blocks, buttons, first=message.author == "assistant" and self._is_about_danger(message))

    def own(
        self, name: str, values: dict[str, Any], buttons: Sequence[tuple[str, str]] = (), *, first: bool = False
    ) -> Piece:
        """A sentence of ours that is no part of the talk."""
        said = self._wording.text(name, **values)
        return as_pieces([Block(escape(said, quote=False), said)], buttons, first=first)[0]

    def title(self, name: str) -> str:
        """The words on a button of our own."""
        return self._wording.text(name)

    def _is_about_danger(self, message: Message) -> bool:
        """Is it one of the fixed replies to danger? The store keeps what was said, not its name."""
        return any(message.text == storable(self._wording.text(name)) for name in response_names())

    def _words(self, message: Message) -> Iterable[Block]:
        parts = [Block(escape(part, quote=False), part) for part in cut(message.text)]
        if message.author != "staff":
            return parts
        kind = self._wording.text("utter_widget_staff_kind")
        return [_bold(f"{message.author_name or self._wording.text('utter_widget_staff')} ({kind})"), *parts]

    def _card(self, chat: Chat, card: dict[str, Any]) -> list[Block]:
        kind = card.get("kind")
        if kind == "offers":
            return [self._offer(offer) for offer in card.get("offers", ())]
        if kind == "request":
            return self._request(chat, card)
        if kind == "profile":
            return [_bold(self._wording.text("utter_widget_profile_title")), *_sections(card)]
        if kind == "progress":
            return [_italic(self._wording.text("utter_widget_progress", asked=card["asked"], most=card["most"]))]
        return []

    def _offer(self, offer: dict[str, Any]) -> Block:
        """One block: what it is, why it fits and why not, how to reach it, and how fresh it is."""
        words = self._wording
        about = " · ".join(filter(None, (offer.get("organisation"), offer.get("kind"), offer.get("area"))))
        lines = [about] if about else []
        for kind, sign in _REASONS:
            lines += [f"{sign} {reason}" for reason in offer.get(kind, ())[:_MOST_REASONS]]
        if offer.get("payers"):
            sure = "payers" if offer.get("payers_certain", True) else "payers_unsure"
            lines.append(f"{words.text(f'utter_widget_offer_{sure}')}: {', '.join(offer['payers'])}")
        if offer.get("phone"):
            lines.append(f"{words.text('utter_widget_offer_phone')} {offer['phone']}")
        if offer.get("url"):
            lines.append(offer["url"])
        return _titled(offer["name"], lines, offer.get("freshness") or "")

    def _request(self, chat: Chat, card: dict[str, Any]) -> list[Block]:
        """Part by part, as it will be sent, and where her copy is."""
        words = self._wording
        lines = [words.text("utter_widget_request_recipient", recipient=card["recipient"])]
        if card.get("reference"):
            lines.insert(0, words.text("utter_widget_request_reference", reference=card["reference"]))
        blocks = [_titled(words.text("utter_widget_request_title"), lines)]
        if card.get("question"):
            blocks.append(_titled(words.text("utter_widget_request_question"), [f"“{card['question']}”"]))
        blocks += _sections(card)
        if card.get("reference"):
            link = self._copy_link(chat.conversation_id)
            blocks.append(_plain(f"{words.text('utter_widget_request_copy')}: {link}"))
        return blocks


def as_pieces(blocks: Iterable[Block], buttons: Sequence[tuple[str, str]], *, first: bool = False) -> list[Piece]:
    """The blocks in as few messages as Telegram allows; a block is only cut when it does not fit in one alone."""
    packed: list[list[Block]] = []
    room = 0
    for block in (part for one in blocks for part in _fitting(one)):
        size = length(block.plain) + 2
        if not packed or size > room:
            packed.append([])
            room = MOST
        packed[-1].append(block)
        room -= size
    last = len(packed) - 1
    return [
        Piece(
            {
                "method": "send",
                "html": "\n\n".join(one.html for one in part),
                "plain": "\n\n".join(one.plain for one in part),
                "buttons": [list(button) for button in buttons] if place == last else [],
            },
            first,
        )
        for place, part in enumerate(packed)
    ]


def _fitting(block: Block) -> list[Block]:
    if length(block.plain) + 2 <= MOST:
        return [block]
    return [_plain(part) for part in cut(block.plain, MOST - 2)]


def _sections(card: dict[str, Any]) -> list[Block]:
    return [_section(section["title"], section["fields"]) for section in card.get("sections", ())]


def _section(title: str, fields: Sequence[dict[str, Any]]) -> Block:
    html, plain = [f"<b>{escape(title, quote=False)}</b>"], [title]
    for field in fields:
        label, value = str(field["label"]), str(field.get("value") or "")
        shown = escape(value, quote=False)
        html.append(f"{escape(label, quote=False)}: {f'<i>{shown}</i>' if field.get('state') in _NOT_TOLD else shown}")
        plain.append(f"{label}: {value}")
    return Block("\n".join(html), "\n".join(plain))


def _titled(title: str, lines: Sequence[str], small: str = "") -> Block:
    plain = "\n".join([title, *lines, *([small] if small else [])])
    html = [f"<b>{escape(title, quote=False)}</b>", *(escape(line, quote=False) for line in lines)]
    return Block("\n".join([*html, *([f"<i>{escape(small, quote=False)}</i>"] if small else [])]), plain)


def _plain(text: str) -> Block:
    return Block(escape(text, quote=False), text)


def _bold(text: str) -> Block:
    return Block(f"<b>{escape(text, quote=False)}</b>", text)


def _italic(text: str) -> Block:
    return Block(f"<i>{escape(text, quote=False)}</i>", text)
