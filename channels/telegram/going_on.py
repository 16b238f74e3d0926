"""Going on elsewhere, from Telegram and into it: her code, and her yes before anything of a talk comes here (R117).

The chat becomes one of the places of the conversation. What was said before stays with us: here she sees only the last
that we said, so that she knows where she was.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import Callable
from typing import Any

from bot.chats.records import Chat
from bot.conversations.records import Message
from bot.conversations.store import ConversationStore
from bot.going_on.code import read_code
from bot.going_on.codes import GivenCode, GoingOnCodes
from bot.request.record import DUTCH_TIME
from channels.telegram.chatting import Chatting
from channels.telegram.reading import Seen
from channels.web.going_on import PAGE, START
from channels.web.guards import TokenBuckets

YES, NO = "on.", "off"
"""Words of buttons; the code stands after the first. It stands in the chat already: she sent it."""


class GoingOn:
    """``may_repeat``: may the last that we said in a conversation be said again where another company reads along?"""

    def __init__(
        self,
        chatting: Chatting,
        codes: GoingOnCodes,
        conversations: ConversationStore,
        may_repeat: Callable[[str], bool],
    ) -> None:
        self._chatting = chatting
        self._codes = codes
        self._conversations = conversations
        self._may_repeat = may_repeat
        self._guesses = TokenBuckets(most=6, per_second=1 / 60)
        self._asked = TokenBuckets(most=6, per_second=0.05)

    async def command(self, seen: Seen, rest: str) -> None:
        """``/verder`` gives her code; with a code behind it she goes on here."""
        if rest:
            await self.ask(seen, rest)
            return
        chat = await self._chatting.chat(seen)
        if self._asked.take(chat.key):
            await self._chatting.say(seen, "utter_telegram_on_later")
            return
        await self._tell_code(seen, "utter_telegram_on_code", chat.conversation_id)

    async def ask(self, seen: Seen, text: str) -> None:
        """She has a code. Before anything else: whose Telegram is, and does she want it?"""
        key = self._chatting.key(seen)
        if self._guesses.take(key):
            await self._chatting.say(seen, "utter_telegram_on_later")
            return
        there = await asyncio.to_thread(self._codes.find, text, key)
        if there is None:
            await self._chatting.say(seen, "utter_telegram_on_wrong")
            return
        chat = await asyncio.to_thread(self._chatting.book.find, key)
        if chat is not None and chat.conversation_id == there:
            await self._chatting.say(seen, "utter_telegram_on_here")
            return
        own = chat is not None and await self._said_anything(chat)
        yes, no = ("utter_telegram_on_yes", f"{YES}{read_code(text)}"), ("utter_telegram_on_no", NO)
        name = "utter_telegram_on_ask_own" if own else "utter_telegram_on_ask"
        await self._chatting.say(seen, name, buttons=self._chatting.signed(seen, yes, no))

    async def answered(self, seen: Seen, word: str) -> bool:
        """Her answer to that; ``False`` when the button is another."""
        if word == NO:
            self._chatting.show_choice(seen, self._chatting.show.title("utter_telegram_on_no"))
            await self._chatting.say(seen, "utter_telegram_on_declined")
        elif word.startswith(YES):
            await self._go_on(seen, word.removeprefix(YES))
        else:
            return False
        return True

    async def _go_on(self, seen: Seen, code: str) -> None:
        """Safe to do again after a crash: this chat may use the code once more for a while."""
        key = self._chatting.key(seen)
        there = await asyncio.to_thread(self._codes.use, code, key)
        if there is None:
            await self._chatting.say(seen, "utter_telegram_on_wrong")
            return
        self._chatting.show_choice(seen, self._chatting.show.title("utter_telegram_on_yes"))
        chat = await asyncio.to_thread(self._chatting.book.find, key)
        if chat is None or chat.conversation_id != there:
            await self._leave(seen, chat)
            await self._tell_other_places(seen, there)
        await self._chatting.say(seen, "utter_telegram_on_done")
        if chat is None or chat.conversation_id != there:
            await self._arrive(seen, there)
        await self._chatting.send(there, [])

    async def _arrive(self, seen: Seen, there: str) -> None:
        """What we said after her last words is said here too, so that she knows where she was; then she is here."""
        messages = await asyncio.to_thread(self._conversations.since, there, 0, None)
        address = self._chatting.keys.addresses.close(str(seen.chat))
        chat = self._chatting.book.arriving(self._chatting.key(seen), there, address, messages[-1].id)
        if await asyncio.to_thread(self._may_repeat, there):
            for message in messages:
                await self._repeat(seen, chat, message, _last_of_hers(messages))
        await asyncio.to_thread(self._chatting.book.move, chat)

    async def _repeat(self, seen: Seen, chat: Chat, message: Message, after: int) -> None:
        told_there = f"here-{self._chatting.capabilities.name}-"
        if message.id <= after or (message.client_id or "").startswith(told_there):
            return
        for number, piece in enumerate(self._chatting.show(chat, message)):
            await self._chatting.put(seen, f"u{seen.number}.again{message.id}.{number}", piece, chat.conversation_id)

    async def _leave(self, seen: Seen, chat: Chat | None) -> None:
        """The talk that was here before: nothing of it is lost, she gets a code of it."""
        if chat is None:
            return
        if await self._said_anything(chat):
            await self._tell_code(seen, "utter_telegram_on_left", chat.conversation_id)
        else:
            await self._chatting.door.erase(chat.conversation_id)

    async def _tell_other_places(self, seen: Seen, there: str) -> None:
        other = await asyncio.to_thread(self._chatting.book.of_conversation, there)
        if other is not None:
            moved = self._chatting.show.own("utter_telegram_on_moved", {})
            name = f"{self._chatting.capabilities.name}-u{seen.number}.moved"
            await asyncio.to_thread(self._chatting.filler.put, name, other.key, other.address, moved)
        said = self._chatting.show.title("utter_going_on_opened_telegram")
        mark = hashlib.sha256(f"{self._chatting.key(seen)}.{seen.message}".encode()).hexdigest()[:32]
        name = f"here-{self._chatting.capabilities.name}-{mark}"
        await asyncio.to_thread(self._conversations.add, there, "assistant", said, client_id=name)

    async def _said_anything(self, chat: Chat) -> bool:
        messages = await asyncio.to_thread(self._conversations.since, chat.conversation_id, 0, None)
        return _last_of_hers(messages) > 0

    async def _tell_code(self, seen: Seen, name: str, conversation_id: str) -> None:
        """A new code each time, and then a new message: an earlier one, of before a crash, works no more."""
        given = await asyncio.to_thread(self._codes.make, conversation_id)
        piece = self._chatting.show.own(name, {**_values(given), "link": f"{self._chatting.address}{PAGE}"})
        await self._chatting.put(seen, f"u{seen.number}.code.{secrets.token_hex(4)}", piece, conversation_id)


def code_in_link(payload: str) -> str | None:
    """The code in what a link tells the bot, if it is one of ours (``verder_K7M4-RXP2-T9HF``)."""
    return payload.removeprefix(START) if payload.startswith(START) else None


def _last_of_hers(messages: list[Message]) -> int:
    """The number of the last thing she said, 0 when she said nothing."""
    return max((each.id for each in messages if each.author == "person"), default=0)


def _values(given: GivenCode) -> dict[str, Any]:
    return {"code": given.text, "until": given.ends_at.astimezone(DUTCH_TIME).strftime("%d-%m-%Y")}
