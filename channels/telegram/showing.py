"""A message of ours as it looks in Telegram: words, cards as short blocks, and signed buttons.

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
from bot.conversations.records import Message, storable
from bot.safety.gate import response_names
from bot.wording import Wording
from channels.telegram.cutting import MOST, cut, length

CHOSEN = "chosen"
"""The word of a button that only shows what was chosen."""

CopyLink = Callable[[str], str]
_REASONS = (("fits", "✓"), ("misfits", "–"), ("would_fit", "→"), ("unknowns", "?"))
_MOST_REASONS = 4  # of a kind; Telegram folds them away after the first three lines
_NOT_TOLD = ("left_out", "refused")
_BESIDE, _LABEL = 13, 38  # signs on a button that shares its row, and on one that has it alone (docs/telegram.md)


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
            (in_one_line(button["title"]), self._keys.sign(chat.key, f"{message.id}.{index}"))
            for index, button in enumerate(message.buttons)
        ]
        return as_pieces(blocks, buttons, first=message.author == "assistant" and self._goes_first(message))

    def own(
        self, name: str, values: dict[str, Any], buttons: Sequence[tuple[str, str]] = (), *, first: bool = False
    ) -> Piece:
        """A sentence of ours that is no part of the talk."""
        return as_pieces([_plain(self._wording.text(name, **values))], buttons, first=first)[0]

    def mine(self, link: str, buttons: Sequence[tuple[str, str]]) -> Piece:
        """How she can have everything we keep of her: by a link, or here."""
        words = self._wording
        way = _joined(
            [_link(words.text("utter_telegram_mine_link"), link), _plain(words.text("utter_telegram_mine_lasts"))]
        )
        return as_pieces([_plain(words.text("utter_telegram_mine")), way], buttons)[0]

    def title(self, name: str) -> str:
        """The words on a button of our own."""
        return self._wording.text(name)

    def _goes_first(self, message: Message) -> bool:
        """Is it one of the fixed replies to danger, or who we are, which stands above the first of those? The store
        keeps what was said, not its name."""
        return any(message.text == storable(self._wording.text(name)) for name in (*response_names(), "utter_greeting"))

    def _words(self, message: Message) -> Iterable[Block]:
        if message.author != "staff":
            return self._own_words(message)
        kind = self._wording.text("utter_widget_staff_kind")
        name = f"{message.author_name or self._wording.text('utter_widget_staff')} ({kind})"
        return [_bold(name), *map(_plain, cut(message.text))]

    def _own_words(self, message: Message) -> Iterable[Block]:
        """Of ours; what is a button of the website is a command here, and then she also reads how to see it all."""
        there, here = (self._wording.text(f"utter_telegram_wiping_{place}") for place in ("there", "here"))
        blocks = [_plain(part) for part in cut(message.text.replace(there, here))]
        return [*blocks, self._more()] if there in message.text else blocks

    def _more(self) -> Block:
        return _plain(self._wording.text("utter_telegram_known_more"))

    def _card(self, chat: Chat, card: dict[str, Any]) -> list[Block]:
        kind = card.get("kind")
        if kind == "offers":
            return [self._offer(offer) for offer in card.get("offers", ())]
        if kind == "request":
            return self._request(chat, card)
        if kind == "profile":
            return [_bold(self._wording.text("utter_widget_profile_title")), *_sections(card), self._more()]
        if kind == "progress":
            return [_italic(self._wording.text("utter_widget_progress", asked=card["asked"], most=card["most"]))]
        if kind == "going_on":
            return [_plain(self._wording.text("utter_telegram_on_how"))]
        return []

    def _offer(self, offer: dict[str, Any]) -> Block:
        """One block: what it is, why it fits and why not, how to reach it, and how fresh it is."""
        words = self._wording
        organisation = offer.get("organisation") or ""
        by = "" if organisation in offer["name"] else organisation
        about = " · ".join(filter(None, (by, offer.get("kind"), offer.get("area"))))
        reasons = [f"{sign} {why}" for kind, sign in _REASONS for why in offer.get(kind, ())[:_MOST_REASONS]]
        parts = [_bold(offer["name"]), *([_plain(about)] if about else []), *([_folded(reasons)] if reasons else [])]
        if offer.get("payers"):
            sure = "payers" if offer.get("payers_certain", True) else "payers_unsure"
            parts.append(_plain(f"{words.text(f'utter_widget_offer_{sure}')}: {', '.join(offer['payers'])}"))
        if offer.get("phone"):
            parts.append(_plain(f"{words.text('utter_widget_offer_phone')} {offer['phone']}"))
        if offer.get("url"):
            parts.append(_link(words.text("utter_widget_offer_site"), offer["url"]))
        if offer.get("freshness"):
            parts.append(_italic(offer["freshness"]))
        return _joined(parts)

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
            link = _link(words.text("utter_telegram_request_copy"), self._copy_link(chat.conversation_id))
            blocks.append(_joined([link, _plain(words.text("utter_telegram_request_copy_lasts"))]))
        return blocks


def in_rows(buttons: Sequence[tuple[str, str]]) -> list[list[list[str]]]:
    """Two short buttons beside each other, any other on a row of its own; the order stays."""
    rows: list[list[list[str]]] = []
    for title, data in buttons:
        beside = rows[-1][0][0] if rows and len(rows[-1]) == 1 else ""
        if beside and max(length(beside), length(title)) <= _BESIDE:
            rows[-1].append([title, data])
        else:
            rows.append([[title, data]])
    return rows


def in_one_line(title: str) -> str:
    """The words on a button, as far as a telephone shows them: a long one ends between two words."""
    if length(title) <= _LABEL:
        return title
    return f"{cut(title, _LABEL - 1)[0]}…"


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
                "rows": in_rows(buttons) if place == last else [],
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


def _titled(title: str, lines: Sequence[str]) -> Block:
    return _joined([_bold(title), *map(_plain, lines)])


def _joined(parts: Sequence[Block]) -> Block:
    """One block, a line each."""
    return Block("\n".join(part.html for part in parts), "\n".join(part.plain for part in parts))


def _folded(lines: Sequence[str]) -> Block:
    """Lines of which Telegram shows the first three, with an arrow to unfold the rest."""
    plain = "\n".join(lines)
    return Block(f"<blockquote expandable>{escape(plain, quote=False)}</blockquote>", plain)


def _link(words: str, address: str) -> Block:
    """Words that open an address; without markup the address stands behind them."""
    return Block(f'<a href="{escape(address)}">{escape(words, quote=False)}</a>', f"{words}: {address}")


def _plain(text: str) -> Block:
    return Block(escape(text, quote=False), text)


def _bold(text: str) -> Block:
    return Block(f"<b>{escape(text, quote=False)}</b>", text)


def _italic(text: str) -> Block:
    return Block(f"<i>{escape(text, quote=False)}</i>", text)
