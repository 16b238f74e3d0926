"""Talking with the bot: the real library, the real database, and a Telegram over HTTP."""

from __future__ import annotations

import pytest

from bot.chats.records import ChatState
from bot.chats.sendings import SendingQueue
from bot.request.base import utc_now
from tests.unit.channels.telegram.conftest import chat_of

PRIVACY, GREETING = "Telegram is van een ander bedrijf", "Ik ben een computerprogramma"
NO_MODEL = "Ik kan u nu even niet goed verstaan"


def test_the_first_words_are_whose_telegram_is_and_then_who_we_are(bot, stub, greeted):
    assert [PRIVACY in greeted.hears[0], GREETING in greeted.hears[1], len(greeted.hears)] == [True, True, 2]
    assert "https://adempauze.example" in greeted.hears[0]
    assert "030 760 60 55" in greeted.hears[0]
    assert greeted.buttons == ["Ik wil een mens spreken"]


def test_who_begins_with_words_is_told_the_same_and_answered(bot, stub, anna):
    anna.says("mijn man vergeet steeds meer")
    anna.wait_for(NO_MODEL)
    assert [PRIVACY in anna.hears[0], GREETING in anna.hears[1]] == [True, True]
    anna.says("en hij dwaalt")
    stub.until(lambda: sum(NO_MODEL in said for said in anna.hears) == 2)
    assert sum(PRIVACY in said for said in anna.hears) == 1


def test_danger_comes_before_everything_that_waits(bot, stub, greeted):
    chat = chat_of(bot.house, greeted.chat)
    stub.trouble("sendMessage", 429, retry_after=5, chat=greeted.chat)  # or they are out before she has written
    for number in range(4):
        bot.house.conversations.add(chat.conversation_id, "assistant", f"Zin {number}.")
    stub.until(lambda: [call for call in stub.calls if call.answered == 429 and call.text == "Zin 0."])
    greeted.says("ik wil dood")
    greeted.wait_for("Zin 3.")
    heard = [
        next(place for place, said in enumerate(greeted.hears) if words in said) for words in ("0800-0113", "Zin 0.")
    ]
    assert heard == sorted(heard)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ({"photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]}, "Foto's kan ik niet bekijken"),
        ({"voice": {"file_id": "a", "file_unique_id": "b", "duration": 1}}, "Luisteren kan ik niet"),
        ({"video_note": {"file_id": "a", "file_unique_id": "b", "duration": 1, "length": 1}}, "Filmpjes"),
        ({"contact": {"phone_number": "06", "first_name": "Jan"}}, "Dit adres of nummer bekijk ik niet"),
        ({"location": {"latitude": 52.0, "longitude": 5.0}}, "Ik kijk niet waar u bent"),
        ({"document": {"file_id": "a", "file_unique_id": "b"}}, "Bestanden open ik niet"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "Dit kan ik niet lezen"),
        (
            {
                "sticker": {
                    "file_id": "a",
                    "file_unique_id": "b",
                    "width": 1,
                    "height": 1,
                    "type": "regular",
                    "is_animated": False,
                    "is_video": False,
                }
            },
            "Een plaatje kan ik niet lezen",
        ),
    ],
)
def test_what_is_not_text_gets_an_answer_in_words(bot, stub, anna, content, says):
    anna.sends(**content)
    anna.wait_for(says)


def test_words_beside_a_picture_are_read_danger_too(bot, stub, anna):
    anna.sends(photo=[{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}], caption="ik wil dood")
    anna.wait_for("0800-0113")
    anna.wait_for("Foto's kan ik niet bekijken")


def test_an_edited_message_is_not_answered_twice_but_danger_in_it_is_heard(bot, stub, anna):
    anna.says("mijn man slaapt nooit")
    anna.wait_for(NO_MODEL)
    anna.edits("mijn man slaapt weinig")
    anna.wait_for("U paste een bericht aan")
    assert sum(NO_MODEL in said for said in anna.hears) == 1
    anna.edits("ik wil dood")
    anna.wait_for("0800-0113")


def test_in_a_group_it_asks_to_talk_apart_and_leaves(bot, stub):
    group = stub.person(-100200)
    group.type = "supergroup"
    group.says("hallo allemaal, mijn moeder is ziek")
    stub.until(lambda: stub.of("leaveChat", -100200))
    assert [said for said in group.hears if "In een groep lezen anderen mee" in said]
    assert chat_of(bot.house, -100200) is None


def test_what_nobody_asked_for_is_counted_and_not_answered(bot, stub):
    here = {"chat": {"id": 5, "type": "channel", "title": "x"}, "message_id": 1, "date": 1}
    queue = SendingQueue(bot.house.sessions, "telegram", utc_now)
    stub.until(lambda: queue.waiting() == 0, "everything sent that others had left")
    before, sent = bot.counts["ignored"], len(stub.of("sendMessage"))
    stub.play({"channel_post": {**here, "text": "nieuws"}})
    stub.play({"poll_answer": {"poll_id": "1", "option_ids": []}})
    stub.play({"nog_nooit_gezien": {}})
    stub.until(lambda: bot.counts["ignored"] == before + 3)
    assert len(stub.of("sendMessage")) == sent


def test_a_blocked_bot_sends_nothing_and_what_waits_comes_when_she_is_back(bot, stub, greeted):
    conversation = chat_of(bot.house, greeted.chat).conversation_id
    greeted.blocks()
    stub.until(lambda: chat_of(bot.house, greeted.chat).state is ChatState.BLOCKED)
    bot.house.conversations.add(conversation, "staff", "Ik bel u morgen.", author_name="Petra")
    greeted.blocks(back=True)
    said = greeted.wait_for("Ik bel u morgen.")
    assert said.startswith("Petra (een mens)")


def test_a_403_stops_delivery_and_loses_nothing(bot, stub, greeted):
    stub.trouble("sendMessage", 403, description="Forbidden: bot was blocked by the user", chat=greeted.chat)
    bot.house.conversations.add(chat_of(bot.house, greeted.chat).conversation_id, "assistant", "Er is nieuws.")
    stub.until(lambda: chat_of(bot.house, greeted.chat).state is ChatState.BLOCKED)
    greeted.says("daar ben ik weer")
    greeted.wait_for("Er is nieuws.")


def test_stop_means_nothing_more_until_she_writes(bot, stub, greeted):
    greeted.says("/stop")
    greeted.wait_for("U krijgt van mij niets meer")
    bot.house.conversations.add(chat_of(bot.house, greeted.chat).conversation_id, "assistant", "Er is nieuws.")
    with pytest.raises(AssertionError):
        greeted.wait_for("Er is nieuws.", seconds=2.5)
    greeted.says("/start")
    greeted.wait_for("Er is nieuws.")
    greeted.wait_for("Fijn dat u er weer bent")


def test_help_names_every_way(bot, stub, anna):
    anna.says("/help")
    said = anna.wait_for("/wis")
    assert all(word in said for word in ("/stop", "/weg", "/mijn", "112", "030 760 60 55", "https://adempauze.example"))


@pytest.mark.parametrize(
    ("payload", "place", "origin"),
    [
        ("s-gravenhage_huisarts", "'s-Gravenhage", "huisarts"),
        ("gemeente-ede", "Ede", None),
        ("atlantis", None, None),
        ("<b>; drop", None, None),
    ],
)
def test_a_link_names_the_municipality(bot, stub, anna, payload, place, origin):
    anna.says(f"/start {payload}")
    anna.wait_for(GREETING)
    conversation = bot.house.conversations.get(chat_of(bot.house, anna.chat).conversation_id)
    assert (conversation.channel, conversation.municipality, conversation.origin) == ("telegram", place, origin)
