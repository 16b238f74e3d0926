"""Telegram, built once from the house."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.chats.arrivals import ArrivalBox
from bot.chats.book import ChatBook
from bot.chats.filling import QueueFiller
from bot.chats.keys import ChatKeys
from bot.chats.sendings import A_SECOND, SendingQueue
from bot.chats.telegram_settings import TelegramSettings
from bot.conversations.records import Message
from bot.engine.tracker_store import TalkStore
from bot.going_on.codes import GoingOnCodes
from bot.privacy.exporting import Export
from bot.safety.gate import SafetyGate
from bot.talk.third_party import settle
from bot.talk.thread import Thread
from channels.interface import FrontDoor
from channels.root import House
from channels.telegram.bot_api import BotAPI
from channels.telegram.capabilities import TELEGRAM
from channels.telegram.channel import TelegramChannel
from channels.telegram.chatting import Chatting
from channels.telegram.exporting import Exports
from channels.telegram.going_on import GoingOn
from channels.telegram.handling import Handling
from channels.telegram.introducing import Introduction
from channels.telegram.links import COPY_PATH, EXPORT_PATH, DayLinks, municipality_of
from channels.telegram.routes import UPDATES_PATH
from channels.telegram.sending import Sender
from channels.telegram.showing import TelegramShow
from channels.telegram.trouble import Trouble
from channels.web.page import WidgetPage
from channels.web.routes import NEUTRAL_PAGE


@dataclass(frozen=True)
class Telegram:
    """The channel, and the door it brings people to."""

    channel: TelegramChannel
    door: FrontDoor

    async def run(self) -> None:
        """Receive and send until cancelled."""
        await self.channel.run(self.door)


def day_links(house: House, path: str) -> DayLinks:
    """How addresses under ``path`` are made and read here."""
    return DayLinks(house.settings.secret, house.settings.base_url, path, house.services.now)


def exports_of(house: House) -> Exports:
    """Everything of one conversation, as a file and as a page for a day."""
    export, now = Export(house.sessions, house.wording), house.services.now
    page = WidgetPage(house.wording, house.facts, NEUTRAL_PAGE, 0)
    links = day_links(house, EXPORT_PATH)
    return Exports(lambda conversation_id: export.of_talk(conversation_id, now()), page, links, house.settings.base_url)


def build_telegram(house: House, settings: TelegramSettings, apart: timedelta = A_SECOND) -> Telegram:
    """Build it; it goes out only once it runs. ``apart``: the least time between two messages in one chat."""
    name, now, words, address = TELEGRAM.name, house.services.now, house.wording, house.settings.base_url
    keys, trouble, api = ChatKeys(house.settings.secret, name, now), Trouble(), BotAPI(settings)
    book = ChatBook(house.sessions, name, now)
    arrivals, queue = ArrivalBox(house.sessions, name, now), SendingQueue(house.sessions, name, now, apart)
    show = TelegramShow(words, keys, day_links(house, COPY_PATH).address)
    filler = QueueFiller(house.sessions, name, keys, now, show)
    sender = Sender(api, queue, book, keys, now, exports_of(house).file, trouble)
    door = FrontDoor(house.conversations, house.reception, house.erase, municipality_of(house.regions))

    async def send(conversation_id: str, messages: Sequence[Message]) -> None:
        await asyncio.to_thread(filler.fill, conversation_id)
        sender.ring()

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
        day_links(house, EXPORT_PATH).address,
        address,
        send,
    )
    channel = TelegramChannel(
        api=api,
        keys=keys,
        arrivals=arrivals,
        filler=filler,
        queue=queue,
        sender=sender,
        handling=Handling(chatting, SafetyGate(), _going_on(house, chatting)),
        chatting=chatting,
        introduction=Introduction(words, address),
        trouble=trouble,
        address=None if settings.polling else f"{address}{UPDATES_PATH}",
    )
    return Telegram(channel, door)


def _going_on(house: House, chatting: Chatting) -> GoingOn:
    codes = GoingOnCodes(house.sessions, house.settings.secret, house.services.now)
    talks = TalkStore(house.sessions, house.services.now)

    def may_repeat(conversation_id: str) -> bool:
        """Not what may not be asked there (R117), such as a question about her own health."""
        thread = Thread.from_dict((talks.slots_of(conversation_id) or {}).get("thread"))
        open_now, in_questions = thread.pending, thread.in_load_check or bool(thread.questionnaire)
        settle(thread, True)
        return thread.pending == open_now and not in_questions

    return GoingOn(chatting, codes, house.conversations, may_repeat)
