"""What is done with each kind of update: one at a time in a chat, and safe to do again after a crash."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable

from bot.chats.filling import Piece
from bot.chats.records import Arrival, Chat, ChatState
from bot.conversations.records import Incoming, UnknownConversationError
from bot.going_on.code import code_in_message
from bot.safety.gate import SafetyGate
from channels.telegram.chatting import Chatting
from channels.telegram.exporting import EXPORT
from channels.telegram.going_on import GoingOn, code_in_link
from channels.telegram.reading import Kind, Seen, read_update
from channels.telegram.showing import CHOSEN

WIPE, KEEP, SEND_MINE, NOT_MINE = "wipe", "keep", "mine", "notmine"
LEAVE_AT_ONCE = "snel weg"
_COMMAND = re.compile(r"/([a-z]{1,32})(?:@\w{1,64})?(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)


class Handling:
    """Handles arrivals."""

    def __init__(self, chatting: Chatting, gate: SafetyGate, going_on: GoingOn) -> None:
        self._chatting = chatting
        self._going_on = going_on
        self._gate = gate
        self._steps: dict[Kind, Callable[[Seen], Awaitable[None]]] = {
            Kind.TEXT: self._text,
            Kind.EDITED: self._edited,
            Kind.THING: self._thing,
            Kind.PRESSED: self._pressed,
            Kind.GROUP: self._group,
            Kind.BLOCKED: self._blocked,
            Kind.UNBLOCKED: self._unblocked,
        }
        self._commands: dict[str, Callable[[Seen, str], Awaitable[None]]] = {
            "start": self._start,
            "help": self._help,
            "hulp": self._help,
            "stop": self._stop,
            "mijn": self._mine,
            "verder": going_on.command,
            "wis": self._ask_to_wipe,
            "weg": self._leave_at_once,
        }

        self._own_buttons: dict[str, Callable[[Seen], Awaitable[None]]] = {
            WIPE: self._wipe,
            KEEP: self._keep,
            SEND_MINE: self._send_mine,
            NOT_MINE: self._keep_mine,
        }

    async def handle(self, arrival: Arrival) -> None:
        """Do what it asks. Raises what goes wrong; doing it again then changes nothing that was done."""
        seen = read_update(json.loads(self._chatting.keys.contents.open(arrival.content or "")))
        step = self._steps.get(seen.kind) if seen is not None else None
        if seen is not None and step is not None:
            await step(seen)

    async def apologise(self, arrival: Arrival) -> None:
        """It could not be handled: say so, and whom to call."""
        seen = read_update(json.loads(self._chatting.keys.contents.open(arrival.content or "")))
        if seen is not None and seen.kind is not Kind.GROUP:
            await self._chatting.say(seen, "utter_telegram_failed")

    # -- words ---------------------------------------------------------------------------------------------------

    async def _text(self, seen: Seen) -> None:
        command = _COMMAND.fullmatch(seen.text.strip())
        step = self._commands.get(command[1].lower()) if command else None
        if command and step:
            await step(seen, (command[2] or "").strip())
        elif seen.text.strip(" .!").casefold() == LEAVE_AT_ONCE:
            await self._leave_at_once(seen, "")
        elif code_in_message(seen.text):
            await self._going_on.ask(seen, seen.text)
        else:
            await self._hear(seen, seen.text, f"telegram-{seen.number}")

    async def _edited(self, seen: Seen) -> None:
        """A second version of what was answered already: she is asked to send it anew, unless there is danger in it."""
        if await asyncio.to_thread(self._gate.check, seen.text):
            await self._hear(seen, seen.text, f"telegram-{seen.number}")
        else:
            await self._chatting.say(seen, "utter_telegram_edited")

    async def _thing(self, seen: Seen) -> None:
        """A picture, a voice: not looked at, not kept. Words beside it are read."""
        await self._chatting.chat(seen)
        await self._chatting.say(seen, f"utter_telegram_{seen.thing}")
        if seen.text.strip():
            await self._hear(seen, seen.text, f"telegram-{seen.number}")

    async def _hear(self, seen: Seen, text: str, client_id: str) -> None:
        chat = await self._chatting.chat(seen)
        incoming = Incoming(text, None, client_id)
        await self._take(seen, chat, incoming)

    async def _take(self, seen: Seen, chat: Chat, incoming: Incoming) -> None:
        conversation_id = chat.conversation_id
        try:
            async with self._chatting.typing(seen.chat):
                messages = await self._chatting.door.hear(conversation_id, incoming)
        except UnknownConversationError:  # erased at this very moment, from somewhere else
            conversation_id = (await self._chatting.chat(seen)).conversation_id
            messages = await self._chatting.door.hear(
                conversation_id, Incoming(incoming.text, None, incoming.client_id)
            )
        if any((message.card or {}).get("kind") == "forgotten" for message in messages):
            await self._chatting.remove_what_is_shown(seen)
        await self._chatting.send(conversation_id, messages)

    # -- commands ------------------------------------------------------------------------------------------------

    async def _start(self, seen: Seen, payload: str) -> None:
        """The first thing anybody sends. A link may name a municipality and who gave it: ``ede_huisarts``."""
        code = code_in_link(payload)
        if code is not None:
            await self._going_on.ask(seen, code)
            return
        known = await asyncio.to_thread(self._chatting.book.find, self._chatting.key(seen))
        there = known is not None and await self._chatting.door.is_there(known.conversation_id)
        await self._chatting.chat(seen, payload)
        if there:
            await self._chatting.say(seen, "utter_telegram_back")

    async def _help(self, seen: Seen, _rest: str) -> None:
        await self._chatting.say(seen, "utter_telegram_help")

    async def _stop(self, seen: Seen, _rest: str) -> None:
        """Nothing more from us until she writes again; what comes meanwhile waits."""
        await asyncio.to_thread(self._chatting.book.set_state, self._chatting.key(seen), ChatState.STOPPED)
        await self._chatting.say(seen, "utter_telegram_stopped", first=True)

    async def _ask_to_wipe(self, seen: Seen, _rest: str) -> None:
        buttons = self._chatting.signed(seen, ("utter_telegram_wipe_yes", WIPE), ("utter_telegram_wipe_no", KEEP))
        await self._chatting.say(seen, "utter_telegram_wipe", buttons=buttons)

    async def _mine(self, seen: Seen, _rest: str) -> None:
        """Everything we keep of her. It is asked first: here it then lies at another company too (R117)."""
        chat = await asyncio.to_thread(self._chatting.book.find, self._chatting.key(seen))
        if chat is None or not await self._chatting.door.is_there(chat.conversation_id):
            await self._chatting.say(seen, "utter_telegram_mine_none")
            return
        buttons = self._chatting.signed(
            seen, ("utter_telegram_mine_here", SEND_MINE), ("utter_telegram_mine_not", NOT_MINE)
        )
        piece = self._chatting.show.mine(self._chatting.data_link(chat.conversation_id), buttons)
        await self._chatting.put(seen, f"u{seen.number}.mine", piece, chat.conversation_id)

    async def _leave_at_once(self, seen: Seen, _rest: str) -> None:
        """ "Snel weg": what was said goes out of sight, here; the talk itself stays with us."""
        await self._chatting.remove_what_is_shown(seen)
        await self._chatting.say(seen, "utter_telegram_left", first=True)

    # -- buttons -------------------------------------------------------------------------------------------------

    async def _pressed(self, seen: Seen) -> None:
        key = self._chatting.key(seen)
        word = self._chatting.keys.read(key, seen.text)
        if word == CHOSEN:
            return
        own = self._own_buttons.get(word or "")
        if own is not None:
            await own(seen)
            return
        if word is not None and await self._going_on.answered(seen, word):
            return
        chat = await asyncio.to_thread(self._chatting.book.find, key)
        # One choice a message: a second press, or a second button of the same message, counts as the first.
        client_id = f"telegram-press-{seen.message}"
        incoming = chat and word and await self._chatting.door.press(chat.conversation_id, word, client_id)
        if not chat or not incoming:
            await self._chatting.say(seen, "utter_telegram_button_gone")
            return
        self._chatting.show_choice(seen, incoming.text)
        await self._take(seen, await self._chatting.chat(seen), incoming)

    async def _keep(self, seen: Seen) -> None:
        await self._chatting.say(seen, "utter_telegram_kept")

    async def _keep_mine(self, seen: Seen) -> None:
        self._chatting.show_choice(seen, self._chatting.show.title("utter_telegram_mine_not"))
        await self._chatting.say(seen, "utter_telegram_mine_kept")

    async def _send_mine(self, seen: Seen) -> None:
        """The file, once for this question however often she presses."""
        chat = await asyncio.to_thread(self._chatting.book.find, self._chatting.key(seen))
        if chat is None:
            await self._chatting.say(seen, "utter_telegram_mine_none")
            return
        self._chatting.show_choice(seen, self._chatting.show.title("utter_telegram_mine_here"))
        instead = self._chatting.show.own("utter_telegram_mine_failed", {"address": self._chatting.address}).content
        words = self._chatting.show.title("utter_telegram_mine_file")
        piece = Piece({**instead, "method": EXPORT, "words": words})
        await self._chatting.put(seen, f"x{chat.key[:24]}.{seen.message}", piece, chat.conversation_id)

    async def _wipe(self, seen: Seen) -> None:
        key = self._chatting.key(seen)
        await self._chatting.remove_what_is_shown(seen)
        await self._chatting.say(seen, "utter_telegram_wiped", first=True)
        chat = await asyncio.to_thread(self._chatting.book.find, key)
        if chat is not None:
            await self._chatting.door.erase(chat.conversation_id)
        await asyncio.to_thread(self._chatting.arrivals.forget, key)
        await asyncio.to_thread(self._chatting.queue.forget, key)

    # -- who is there --------------------------------------------------------------------------------------------

    async def _group(self, seen: Seen) -> None:
        """Others read along in a group: say so, and go."""
        await self._chatting.say(seen, "utter_telegram_group", first=True)
        await self._chatting.put(seen, f"u{seen.number}.leave", Piece({"method": "leave"}, first=True))

    async def _blocked(self, seen: Seen) -> None:
        await asyncio.to_thread(self._chatting.book.set_state, self._chatting.key(seen), ChatState.BLOCKED)

    async def _unblocked(self, seen: Seen) -> None:
        """She took us back: what waited goes out now."""
        await asyncio.to_thread(self._chatting.book.set_state, self._chatting.key(seen), ChatState.ACTIVE)
