"""Buttons: short, signed, once, and kind when they are old."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chats.keys import ChatKeys
from bot.request.base import utc_now
from tests.unit.channels.telegram.conftest import chat_of, say_in

TWO = [{"title": "Ja, dat is goed", "payload": "Ja, graag"}, {"title": "Nee, liever niet", "payload": "Nee, dank u"}]
GONE = "Deze keuze hoort bij een gesprek dat er niet meer is"


def said_by_her(bot, person):
    messages = bot.house.conversations.since(chat_of(bot.house, person.chat).conversation_id)
    return [message.text for message in messages if message.author == "person"]


def test_a_press_is_acknowledged_shown_and_heard(bot, stub, greeted):
    say_in(bot.house, greeted, "Zullen we?", buttons=TWO)
    greeted.wait_for("Zullen we?")
    before = len(stub.of("answerCallbackQuery"))
    greeted.presses("Ja, dat is goed")
    stub.until(lambda: said_by_her(bot, greeted) == ["Ja, dat is goed"])
    stub.until(lambda: greeted.buttons == ["✓ Ja, dat is goed"])
    assert len(stub.of("answerCallbackQuery")) == before + 1
    greeted.presses("✓ Ja, dat is goed")
    stub.until(lambda: len(stub.of("answerCallbackQuery")) == before + 2)
    assert GONE not in greeted.hears


def test_two_quick_presses_count_once(bot, stub, greeted):
    say_in(bot.house, greeted, "Zullen we?", buttons=TWO)
    greeted.wait_for("Zullen we?")
    shown = stub.chats[greeted.chat][-1]
    yes, no = (row[0]["callback_data"] for row in shown["buttons"])
    before = len(stub.of("answerCallbackQuery"))
    for data in (yes, yes, no):
        greeted.press(shown["id"], data)
    stub.until(lambda: len(stub.of("answerCallbackQuery")) == before + 3)
    greeted.says("en verder")
    stub.until(lambda: "en verder" in said_by_her(bot, greeted))
    assert said_by_her(bot, greeted) == ["Ja, dat is goed", "en verder"]


def test_a_button_of_another_chat_or_of_somebodys_own_making_opens_nothing(bot, stub, greeted):
    other = stub.person(greeted.chat + 50_000)
    other.says("/start")
    other.wait_for("computerprogramma")
    say_in(bot.house, other, "Geheim?", buttons=TWO)
    other.wait_for("Geheim?")
    stolen = stub.chats[other.chat][-1]["buttons"][0][0]["callback_data"]
    for number, data in enumerate((stolen, "1.0", "1.0~" + "A" * 16, "é~", "")):
        greeted.press(900 + number, data)
    stub.until(lambda: sum(GONE in said for said in greeted.hears) == 5)
    assert said_by_her(bot, other) == []
    assert said_by_her(bot, greeted) == []


def test_a_button_after_everything_was_wiped_gets_kind_words(bot, stub, greeted):
    say_in(bot.house, greeted, "Zullen we?", buttons=TWO)
    greeted.wait_for("Zullen we?")
    old = stub.chats[greeted.chat][-1]
    bot.house.erase(chat_of(bot.house, greeted.chat).conversation_id)
    greeted.press(old["id"], old["buttons"][0][0]["callback_data"])
    greeted.wait_for(GONE)
    assert chat_of(bot.house, greeted.chat) is None


def test_a_typed_title_is_a_press_too(bot, stub, greeted):
    say_in(bot.house, greeted, "Zullen we?", buttons=[{"title": "Ik wil dood zeggen", "payload": "ik wil dood"}])
    greeted.wait_for("Zullen we?")
    greeted.says("ik wil dood zeggen")
    greeted.wait_for("0800-0113")


KEYS = ChatKeys("een geheim", "telegram", utc_now)
ids = st.integers(min_value=1, max_value=10**18 - 1)


@given(ids, st.integers(min_value=0, max_value=99), st.text())
def test_a_signed_button_is_short_and_reads_back_in_its_own_chat_only(message, index, address):
    key = KEYS.pseudonym(address)
    signed = KEYS.sign(key, f"{message}.{index}")
    assert len(signed.encode()) <= 64
    assert KEYS.read(key, signed) == f"{message}.{index}"
    assert KEYS.read(KEYS.pseudonym(address + "1"), signed) is None
    assert ChatKeys("ander geheim", "telegram", utc_now).read(key, signed) is None
    assert ChatKeys("een geheim", "whatsapp", utc_now).read(key, signed) is None


@given(st.text(), st.data())
def test_no_text_of_somebody_elses_making_is_read(text, data):
    key = KEYS.pseudonym("1")
    assert KEYS.read(key, text) is None
    good = KEYS.sign(key, "12.0")
    place = data.draw(st.integers(min_value=0, max_value=len(good) - 1))
    sign = data.draw(st.characters(blacklist_characters=good[place]))
    assert KEYS.read(key, good[:place] + sign + good[place + 1 :]) is None


@pytest.mark.parametrize("address", ["1", "-1001", "12345678901"])
def test_a_pseudonym_does_not_show_the_chat(address):
    key = KEYS.pseudonym(address)
    assert len(key) == 64
    assert key == KEYS.pseudonym(address) != ChatKeys("ander", "telegram", utc_now).pseudonym(address)
