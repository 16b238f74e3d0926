"""Telegram, built once from the house."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.chats.arrivals import ArrivalBox
from bot.chats.book import ChatBook
from bot.chats.filling import QueueFiller
from bot.chats.keys import ChatKeys
from bot.chats.sendings import A_SECOND, SendingQueue
from bot.engine.tracker_store import TalkStore
from bot.profile import CarerProfile
from bot.safety.gate import SafetyGate
from bot.talk.thread import Thread
from bot.telegram_settings import TelegramSettings
from channels.interface import FrontDoor
from channels.root import House
from channels.telegram.bot_api import BotAPI
from channels.telegram.channel import TELEGRAM, TelegramChannel
from channels.telegram.chatting import Chatting, Spare
from channels.telegram.handling import Handling
from channels.telegram.links import CopyLinks, municipality_of
from channels.telegram.routes import UPDATES_PATH
from channels.telegram.sending import Sender
from channels.telegram.showing import TelegramShow

COMMANDS = ("start", "help", "stop", "wis", "weg")


@dataclass(frozen=True)
class Telegram:
    """The channel, and the door it brings people to."""

    channel: TelegramChannel
    door: FrontDoor

    async def run(self) -> None:
        """Receive and send until cancelled."""
        await self.channel.run(self.door)


def copy_links(house: House) -> CopyLinks:
    """How addresses of copies are made and read here."""
    return CopyLinks(house.settings.secret, house.settings.base_url, house.services.now)


def build_telegram(house: House, settings: TelegramSettings, apart: timedelta = A_SECOND) -> Telegram:
    """Build it; it goes out only once it runs. ``apart``: the least time between two messages in one chat."""
    name, now, words = TELEGRAM.name, house.services.now, house.wording
    keys = ChatKeys(house.settings.secret, name, now)
    book = ChatBook(house.sessions, name, now)
    arrivals, queue = ArrivalBox(house.sessions, name, now), SendingQueue(house.sessions, name, now, apart)
    show = TelegramShow(words, keys, copy_links(house).address)
    filler = QueueFiller(house.sessions, name, keys, now, show)
    api = BotAPI(settings)
    channel = TelegramChannel(
        settings,
        api=api,
        keys=keys,
        arrivals=arrivals,
        filler=filler,
        queue=queue,
        sender=Sender(api, queue, book, keys, now),
        address=f"{house.settings.base_url}{UPDATES_PATH}",
        commands=lambda: {command: words.text(f"utter_telegram_command_{command}") for command in COMMANDS},
    )
    door = FrontDoor(house.conversations, house.reception, house.erase, municipality_of(house.regions))
    chatting = Chatting(
        TELEGRAM,
        door,
        api,
        keys,
        book,
        arrivals,
        queue,
        filler,
        show,
        _sparing(house),
        house.settings.base_url,
        channel.send,
    )
    channel.use(Handling(chatting, SafetyGate()), chatting)
    return Telegram(channel, door)


def _sparing(house: House) -> Spare:
    """What is not offered where another company reads along: the questions about her own health (R117).

    She may still ask for them, and what she tells by herself is heard.
    """
    talks = TalkStore(house.sessions, house.services.now)

    def spare(conversation_id: str) -> None:
        slots = talks.slots_of(conversation_id) or {}
        thread = Thread.from_dict(slots.get("thread"))
        thread.load_offered = True
        profile = slots.get("profile") or CarerProfile().as_dict()
        talks.keep(conversation_id, {"profile": profile, "thread": thread.as_dict()})

    return spare
