"""People who chat with a bot in the stand-in for Telegram (tests/telegram_stub.py), and what they send."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.telegram_stub import TelegramStub

BOT = {"id": 123456789, "is_bot": True, "first_name": "Adempauze", "username": "adempauze_test_bot"}
MOST_SECONDS = 40.0  # a busy machine; a test that passes does not wait for it


@dataclass
class Person:
    """Somebody who chats with the bot."""

    telegram: TelegramStub
    chat: int
    name: str = "Anna"
    type: str = "private"
    sent: list[int] = field(default_factory=list)

    @property
    def sees(self) -> list[str]:
        """What stands in the chat now, oldest first; what the person sent too."""
        return [message["text"] for message in self.telegram.chats[self.chat]]

    @property
    def hears(self) -> list[str]:
        """What the bot said that stands there now."""
        return [message["text"] for message in self.telegram.chats[self.chat] if message["from"] == "bot"]

    @property
    def buttons(self) -> list[str]:
        """The buttons of the last message that has any."""
        shown = [message["buttons"] for message in self.telegram.chats[self.chat] if message["buttons"]]
        return [button["text"] for row in shown[-1] for button in row] if shown else []

    def says(self, text: str) -> int:
        """Types a message; gives the number of the update."""
        return self.sends(text=text)

    def sends(self, **content: Any) -> int:
        """Sends anything: ``photo=[...]``, ``voice={...}``."""
        number = self.telegram.next_message()
        self.sent.append(number)
        shown = {"id": number, "from": "person", "text": content.get("text", ""), "buttons": []}
        self.telegram.chats[self.chat].append(shown)
        return self.telegram.play({"message": {**self.message(number), **content}})

    def edits(self, text: str) -> int:
        """Changes the last message."""
        return self.telegram.play({"edited_message": {**self.message(self.sent[-1]), "edit_date": 2, "text": text}})

    def presses(self, title: str) -> int:
        """Presses the newest button with these words."""
        for message in reversed(self.telegram.chats[self.chat]):
            for row in message["buttons"]:
                for button in row:
                    if button["text"] == title:
                        return self.press(message["id"], button["callback_data"])
        raise AssertionError(f"no button {title!r}; there are {self.buttons}")

    def press(self, message: int, data: str) -> int:
        """Presses a button by what it holds."""
        query = {
            "id": self.telegram.next_press(),
            "from": self.who,
            "chat_instance": "1",
            "data": data,
            "message": {**message_as_json(message, self.chat, "x", BOT), "date": 1},
        }
        return self.telegram.play({"callback_query": query})

    def blocks(self, back: bool = False) -> int:
        """Blocks the bot, or takes it back."""
        old, new = ("kicked", "member") if back else ("member", "kicked")
        change = {"chat": self.place, "from": self.who, "date": 1}
        change |= {"old_chat_member": _member(old), "new_chat_member": _member(new)}
        return self.telegram.play({"my_chat_member": change})

    def wait_for(self, text: str, seconds: float = MOST_SECONDS) -> str:
        """Wait until the bot said something with this in it; gives the whole message."""
        return self.telegram.until(lambda: next((said for said in self.hears if text in said), ""), repr(text), seconds)

    @property
    def who(self) -> dict[str, Any]:
        return {"id": self.chat, "is_bot": False, "first_name": self.name}

    @property
    def place(self) -> dict[str, Any]:
        return {"id": self.chat, "type": self.type, "title": "Groep", "first_name": self.name}

    def message(self, number: int) -> dict[str, Any]:
        """A message of this person without content."""
        return {"message_id": number, "date": 1, "chat": self.place, "from": self.who}


def _member(status: str) -> dict[str, Any]:
    return {"status": status, "user": BOT, **({"until_date": 0} if status == "kicked" else {})}


def message_as_json(number: int, chat: int, text: str, sender: dict[str, Any]) -> dict[str, Any]:
    return {"message_id": number, "date": 1, "chat": {"id": chat, "type": "private"}, "from": sender, "text": text}
