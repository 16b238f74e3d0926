"""Telegram asks to wait, is slow, is silent, is gone: nothing is lost, and nothing is hurried."""

from __future__ import annotations

import asyncio
import time
from itertools import count

import pytest

from tests.telegram_stub import HANG_UP
from tests.unit.channels.telegram.conftest import say_in

_numbers = count()


def in_order(person, sentences):
    return [said for said in person.hears if said in sentences] == sentences


def test_told_to_wait_it_waits_and_sends_in_order(bot, stub, greeted):
    sentences = [f"Zin {next(_numbers)}." for _ in range(3)]
    stub.trouble("sendMessage", 429, retry_after=2, chat=greeted.chat)
    began = time.monotonic()
    for sentence in sentences:
        say_in(bot.house, greeted, sentence)
    stub.until(lambda: in_order(greeted, sentences))
    assert time.monotonic() - began >= 2
    refused = [call for call in stub.calls if call.answered == 429][-1]
    after = [call.at for call in stub.of("sendMessage", greeted.chat) if call.at > refused.at]
    assert min(after) - refused.at >= 1.95


def test_one_chat_that_must_wait_holds_up_nobody_else(bot, stub, greeted):
    other = stub.person(greeted.chat + 60_000)
    other.says("/start")
    other.wait_for("computerprogramma")
    stub.trouble("sendMessage", 429, retry_after=6, chat=greeted.chat)
    say_in(bot.house, greeted, "Even wachten.")
    stub.until(lambda: [call for call in stub.calls if call.answered == 429 and call.text == "Even wachten."])
    say_in(bot.house, other, "Meteen.")
    other.wait_for("Meteen.", seconds=5.5)
    greeted.wait_for("Even wachten.")


@pytest.mark.parametrize("status", [500, 502, HANG_UP])
def test_a_server_that_fails_gets_it_again_in_order(bot, stub, greeted, status):
    sentences = [f"Zin {next(_numbers)}." for _ in range(2)]
    stub.trouble("sendMessage", status, times=2, chat=greeted.chat)
    for sentence in sentences:
        say_in(bot.house, greeted, sentence)
    stub.until(lambda: in_order(greeted, sentences))


def test_words_that_telegram_cannot_read_as_markup_come_plain(bot, stub, greeted):
    stub.trouble("sendMessage", 400, description="Bad Request: can't parse entities: x", chat=greeted.chat)
    say_in(bot.house, greeted, "3 < 4 & 5 > 2")
    greeted.wait_for("3 < 4 & 5 > 2")
    assert stub.of("sendMessage", greeted.chat)[-1].values.get("parse_mode") is None


def test_what_telegram_refuses_for_good_does_not_hold_up_the_rest(bot, stub, greeted):
    stub.trouble("sendMessage", 400, description="Bad Request: nonsense", chat=greeted.chat)
    say_in(bot.house, greeted, "Geweigerd.")
    say_in(bot.house, greeted, "Genomen.")
    greeted.wait_for("Genomen.")
    assert "Geweigerd." not in greeted.hears


def test_signs_that_fail_do_not_hold_up_an_answer(bot, stub, greeted):
    for method in ("answerCallbackQuery", "editMessageReplyMarkup", "sendChatAction"):
        stub.trouble(method, 500, times=5)
    say_in(bot.house, greeted, "Zullen we?", buttons=[{"title": "Ja", "payload": "Ja"}])
    greeted.wait_for("Zullen we?")
    greeted.presses("Ja")
    greeted.wait_for("Ik kan u nu even niet goed verstaan")
    stub.troubles.clear()


def test_a_turn_that_takes_long_shows_that_somebody_works_and_a_quick_one_does_not(bot, stub, greeted, monkeypatch):
    answer = bot.house.reception.receive
    greeted.says("vlug")
    greeted.wait_for("Ik kan u nu even niet goed verstaan")
    assert stub.of("sendChatAction", greeted.chat) == []

    async def slow(conversation_id, incoming):
        await asyncio.sleep(1)
        return await answer(conversation_id, incoming)

    monkeypatch.setattr(bot.house.reception, "receive", slow)
    greeted.says("langzaam")
    stub.until(lambda: len(stub.of("sendChatAction", greeted.chat)) == 1)
    stub.until(lambda: sum("niet goed verstaan" in said for said in greeted.hears) == 2)
    assert len(stub.of("sendChatAction", greeted.chat)) == 1


def test_a_turn_that_fails_is_tried_again_and_then_she_is_told(bot, stub, greeted, monkeypatch):
    tries = []

    async def broken(conversation_id, incoming):
        tries.append(incoming.client_id)
        raise RuntimeError(incoming.text)

    monkeypatch.setattr(bot.house.reception, "receive", broken)
    greeted.says("zwanenzang")
    greeted.wait_for("Er ging bij ons iets mis met uw bericht")
    assert len(tries) == 3
    assert len(set(tries)) == 1
