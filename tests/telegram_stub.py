"""A stand-in for the Bot API of Telegram, over HTTP on a free loopback port, for the real library to talk to.

It plays the company: it keeps who wrote what, brings updates to a webhook or gives them to who asks, keeps what a bot
sends, and can refuse, ask to wait, hang up or be silent.

    with TelegramStub() as telegram:
        settings = telegram.settings(polling=True)       # for bot.settings.Settings.telegram
        anna = telegram.person(101)
        anna.says("hallo")
        anna.wait_for("computerprogramma")
        anna.presses("Ja, laat iemand mij bellen")

For a webhook: ``telegram.webhook`` is set when the bot tells where it listens; updates then go there, one at a time.
"""

from __future__ import annotations

import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from http.server import ThreadingHTTPServer
from typing import Any

from bot.chats.telegram_settings import TelegramSettings
from tests.telegram_people import BOT, MOST_SECONDS, Person, message_as_json
from tests.telegram_wire import HANG_UP, NO_ANSWER, TOKEN, Call, Trouble, good, handler_of, is_broken, refusal

__all__ = ["HANG_UP", "NO_ANSWER", "TOKEN", "Person", "TelegramStub"]


class TelegramStub:
    """The server. ``calls`` is everything the bot asked, in order; ``chats`` what people see now."""

    def __init__(self, first_number: int = 1000) -> None:
        self.calls: list[Call] = []
        self.chats: dict[int, list[dict[str, Any]]] = {}
        self.troubles: list[Trouble] = []
        self.webhook: dict[str, Any] = {}
        self.profile: dict[str, Any] = {}
        self.deliveries: list[int] = []
        self.seen: Callable[[Call], None] = lambda call: None
        self._updates: list[dict[str, Any]] = []
        self._number, self._message, self._press = first_number, 0, 0
        self._changed = threading.Condition()
        self._server: ThreadingHTTPServer | None = None
        self._stopping = False

    # -- the server ------------------------------------------------------------------------------------------------

    def __enter__(self) -> TelegramStub:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> TelegramStub:
        """Listen on a free port."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        threading.Thread(target=self._bring, daemon=True).start()
        return self

    def stop(self) -> None:
        """Stop listening; whoever waits is let go."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()

    @property
    def address(self) -> str:
        """Where it listens."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.server_port}"

    def settings(self, *, polling: bool) -> TelegramSettings:
        """The settings of a bot that talks to this server."""
        return TelegramSettings(TOKEN, polling, self.address)

    # -- people ----------------------------------------------------------------------------------------------------

    def person(self, chat: int, name: str = "Anna") -> Person:
        """Somebody in Telegram."""
        self.chats.setdefault(chat, [])
        return Person(self, chat, name)

    def waiting(self) -> int:
        """How many updates the bot has not taken yet."""
        with self._changed:
            return len(self._updates)

    def play(self, update: dict[str, Any]) -> int:
        """An update goes to the bot, with the next number unless it has one; gives the number."""
        with self._changed:
            self._number += 1
            update = {"update_id": self._number, **update}
            self._updates.append(update)
            self._changed.notify_all()
        return update["update_id"]

    def next_message(self) -> int:
        with self._changed:
            self._message += 1
            return self._message

    def next_press(self) -> str:
        with self._changed:
            self._press += 1
            return f"press{self._press}"

    # -- what happened ---------------------------------------------------------------------------------------------

    def of(self, method: str, chat: int | None = None) -> list[Call]:
        """The calls of a method (to one chat) that were taken."""
        with self._changed:
            return [
                call
                for call in self.calls
                if call.method == method
                and call.answered == 200
                and (chat is None or str(call.values.get("chat_id")) == str(chat))
            ]

    def until(self, holds: Callable[[], Any], what: str = "it", seconds: float = MOST_SECONDS) -> Any:
        """Wait until something holds; gives what it gave. Raises ``AssertionError`` with what was sent meanwhile."""
        end = time.monotonic() + seconds
        while True:
            found = holds()
            if found:
                return found
            if time.monotonic() > end:
                said = [f"{call.method} {call.answered} {call.text[:70]!r}" for call in self.calls[-12:]]
                raise AssertionError(f"{what} did not come; the last calls: {said}")
            with self._changed:
                self._changed.wait(0.05)

    def trouble(self, method: str, status: int, **more: Any) -> Trouble:
        """From now on the next calls go wrong."""
        trouble = Trouble(method, status, **more)
        with self._changed:
            self.troubles.append(trouble)
        return trouble

    # -- the Bot API -----------------------------------------------------------------------------------------------

    def answer(self, method: str, values: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """The answer to a call; ``NO_ANSWER`` or ``HANG_UP`` as status."""
        call = Call(method, values, time.monotonic())
        self.seen(call)
        with self._changed:
            self.calls.append(call)
            trouble = self._trouble_for(method, values)
            if trouble is not None and not trouble.taken:
                call.answered = trouble.status
                self._changed.notify_all()
                parameters = {"retry_after": trouble.retry_after} if trouble.retry_after else {}
                return trouble.status, refusal(trouble.status, trouble.description, parameters)
        handle = getattr(self, f"_{method.lower()}", None)
        status, answer = handle(values) if handle else (404, refusal(404, "Not Found"))
        with self._changed:
            call.answered = status
            self._changed.notify_all()
        return (trouble.status, {}) if trouble is not None else (status, answer)

    def _trouble_for(self, method: str, values: dict[str, Any]) -> Trouble | None:
        for trouble in self.troubles:
            same_chat = trouble.chat is None or str(trouble.chat) == str(values.get("chat_id"))
            if trouble.method == method and same_chat and trouble.times > 0:
                trouble.times -= 1
                return trouble
        return None

    def _getme(self, values: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        return good(BOT)

    def _sendmessage(self, values: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        text = values.get("text", "")
        if not text or len(Call("", values, 0).text.encode("utf-16-le")) // 2 > 4096:
            return 400, refusal(400, "Bad Request: message is too long")
        if values.get("parse_mode") == "HTML" and is_broken(text):
            return 400, refusal(400, "Bad Request: can't parse entities: unsupported start tag")
        rows = (values.get("reply_markup") or {}).get("inline_keyboard", [])
        if any(not 1 <= len(button["callback_data"].encode()) <= 64 for row in rows for button in row):
            return 400, refusal(400, "Bad Request: BUTTON_DATA_INVALID")
        number = self.next_message()
        shown = {"id": number, "from": "bot", "text": Call("", values, 0).text, "buttons": rows}
        self.chats.setdefault(int(values["chat_id"]), []).append(shown)
        return good(message_as_json(number, int(values["chat_id"]), text, BOT))

    def _senddocument(self, values: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        file = next(value for value in values.values() if isinstance(value, dict) and "content" in value)
        number, chat = self.next_message(), int(values["chat_id"])
        shown = {"id": number, "from": "bot", "text": values.get("caption", ""), "buttons": [], "file": file}
        self.chats.setdefault(chat, []).append(shown)
        return good(message_as_json(number, chat, values.get("caption", ""), BOT))

    def _getmycommands(self, values: dict[str, Any]) -> tuple[int, Any]:
        return good(self.profile.get("commands", []))

    def _setmycommands(self, values: dict[str, Any]) -> tuple[int, Any]:
        return self._keep("commands", values, 100, "BOT_COMMANDS_INVALID")

    def _getmydescription(self, values: dict[str, Any]) -> tuple[int, Any]:
        return good({"description": self.profile.get("description", "")})

    def _setmydescription(self, values: dict[str, Any]) -> tuple[int, Any]:
        return self._keep("description", values, 512, "BOT_DESCRIPTION_TOO_LONG")

    def _getmyshortdescription(self, values: dict[str, Any]) -> tuple[int, Any]:
        return good({"short_description": self.profile.get("short_description", "")})

    def _setmyshortdescription(self, values: dict[str, Any]) -> tuple[int, Any]:
        return self._keep("short_description", values, 120, "BOT_ABOUT_TOO_LONG")

    def _keep(self, name: str, values: dict[str, Any], most: int, fault: str) -> tuple[int, Any]:
        if len(values[name]) > most:
            return 400, refusal(400, f"Bad Request: {fault}")
        self.profile[name] = values[name]
        return good(True)

    def _editmessagereplymarkup(self, values: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        for message in self.chats.get(int(values["chat_id"]), []):
            if message["id"] == int(values["message_id"]):
                message["buttons"] = (values.get("reply_markup") or {}).get("inline_keyboard", [])
                return good(message_as_json(message["id"], int(values["chat_id"]), message["text"], BOT))
        return 400, refusal(400, "Bad Request: message to edit not found")

    def _deletemessages(self, values: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        chat, gone = int(values["chat_id"]), set(values["message_ids"])
        self.chats[chat] = [message for message in self.chats.get(chat, []) if message["id"] not in gone]
        return good(True)

    def _getupdates(self, values: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if self.webhook.get("url"):
            return 409, refusal(409, "Conflict: can't use getUpdates method while webhook is active")
        offset, end = int(values.get("offset", 0)), time.monotonic() + min(float(values.get("timeout", 0)), 2.0)
        with self._changed:
            self._updates = [update for update in self._updates if update["update_id"] >= offset]
            while not self._updates and time.monotonic() < end and not self._stopping:
                self._changed.wait(0.1)
            return good(list(self._updates[:100]))

    def _setwebhook(self, values: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        with self._changed:
            self.webhook = dict(values)
            self._changed.notify_all()
        return good(True)

    def _deletewebhook(self, values: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        self.webhook = {}
        return good(True)

    def _fine(self, values: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        return good(True)

    _answercallbackquery = _sendchataction = _leavechat = _fine

    # -- the webhook -----------------------------------------------------------------------------------------------

    def _bring(self) -> None:
        """Bring updates to the webhook, one at a time, each again until it is taken."""
        while not self._stopping:
            with self._changed:
                if not self.webhook.get("url") or not self._updates:
                    self._changed.wait(0.1)
                    continue
                update = self._updates[0]
            status = self.deliver(update)
            self.deliveries.append(status)
            if 200 <= status < 300:
                with self._changed:
                    self._updates = [other for other in self._updates if other is not update]
            else:
                time.sleep(0.2)

    def deliver(self, update: Any, secret: str | None = None) -> int:
        """Bring one update to the webhook now; gives the status (0: nobody there). ``secret``: another than agreed."""
        given = self.webhook.get("secret_token", "") if secret is None else secret
        headers = {"content-type": "application/json", "X-Telegram-Bot-Api-Secret-Token": given}
        body = update if isinstance(update, bytes) else json.dumps(update).encode()
        asked = urllib.request.Request(self.webhook["url"], body, headers)
        try:
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(asked, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0
