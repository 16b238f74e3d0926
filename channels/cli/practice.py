"""A practice talk: one conversation through the reception, told as plain data after each turn."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.conversations.records import Incoming, Message
from bot.load import assess_load
from bot.profile import CarerProfile
from bot.request.record import Request

if TYPE_CHECKING:
    from channels.root import House

PRESS = "!"


@dataclass
class Practice:
    """A running practice talk. What was said before her first turn comes with that turn's replies, unless told."""

    house: House
    conversation_id: str
    _before: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    async def begin(cls, house: House, channel: str = "terminal") -> Practice:
        """Start a conversation and let the assistant say who it is. ``channel``: to hear it as it goes there."""
        if house.assistant is not None:
            await house.assistant.warm_up()
        conversation = house.conversations.start(channel)
        greeting = [as_reply(message) for message in await house.reception.open(conversation.id)]
        return cls(house, conversation.id, greeting)

    def tell_greeting(self) -> list[dict[str, Any]]:
        """The greeting, told now and not again with the first turn."""
        greeting, self._before = self._before, []
        return greeting

    async def take(self, line: str) -> dict[str, Any]:
        """One turn: ``line`` is what she types; after ``!`` the title of a button on screen. Gives the turn as data."""
        pressed = line.startswith(PRESS)
        incoming = Incoming(line.removeprefix(PRESS).strip() if pressed else line)
        if pressed and (button := self._button(incoming.text)):
            incoming = Incoming(button["title"], payload=button["payload"])
        messages = await self.house.reception.receive(self.conversation_id, incoming)
        self.house.requests.deliver_notices()
        replies = self._before + [as_reply(message) for message in messages if message.author != "person"]
        self._before = []
        return {"user": line, "replies": replies, **self.state(messages)}

    def state(self, messages: list[Message]) -> dict[str, Any]:
        """What the house knows now: profile, load, the offers in these messages, and the request."""
        assert self.house.assistant is not None
        profile = CarerProfile.from_dict(self.house.assistant.slots(self.conversation_id).get("profile"))
        load = assess_load(profile)
        offers = [
            offer
            for message in messages
            if message.card and message.card["kind"] == "offers"
            for offer in message.card["offers"]
        ]
        request = self.house.requests.for_conversation(self.conversation_id)
        return {
            "profile": profile.as_dict(),
            "load": {
                "band": load.band.value,
                "reasons": [{"code": reason.code, "words": reason.words} for reason in load.reasons],
            },
            "offers": offers,
            "request": _request(request) if request else None,
        }

    def _button(self, title: str) -> dict[str, str] | None:
        wanted = title.casefold()
        for message in reversed(self.house.conversations.since(self.conversation_id)):
            for button in message.buttons:
                if button["title"].casefold() == wanted:
                    return button
        return None


def as_text(replies: list[dict[str, Any]]) -> str:
    """Replies as a person reads them in a terminal."""
    parts = []
    for reply in replies:
        parts.append("\n" + reply["text"])
        card = reply.get("card") or {}
        for offer in card.get("offers", ()):
            parts.append(f"\n  * {offer['name']} ({offer['kind']}, {offer['area']})")
            parts += [f"      + {text}" for text in offer["fits"]]
            parts += [f"      - {text}" for text in offer["misfits"]]
            parts += [f"      > {text}" for text in offer["would_fit"]]
            parts += [f"      ? {text}" for text in offer["unknowns"]]
            parts.append(f"      {offer['freshness']}")
        for section in card.get("sections", ()):
            parts.append(f"\n  {section['title']}")
            parts += [f"      {item['label']}: {item['value']}" for item in section["fields"]]
        if reply["buttons"]:
            parts.append("  " + "  ".join(f"[{title}]" for title in reply["buttons"]))
    return "\n".join(parts)


def as_reply(message: Message) -> dict[str, Any]:
    """A message as plain data."""
    return {
        "text": message.text,
        "buttons": [button["title"] for button in message.buttons],
        "card": message.card,
        "author": message.author,
    }


def _request(request: Request) -> dict[str, Any]:
    return {
        "reference": request.reference,
        "state": request.state.value,
        "recipient": request.recipient,
        "municipality": request.municipality,
        "urgency": request.urgency.value,
        "question": request.question,
        "fields": {item.key.value: {"value": item.value, "state": item.state.value} for item in request.fields},
        "answer_by": request.answer_by.isoformat() if request.answer_by else None,
        "owner": request.owner,
    }
