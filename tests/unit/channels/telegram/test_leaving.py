"""Wiping and leaving: out of our database, and out of sight in Telegram."""

from __future__ import annotations

from sqlalchemy import text

from tests.unit.channels.telegram.conftest import chat_of, say_in

PLANTED = "zwanenzang"


def everything_in(house) -> str:
    """Every cell of the database, as text."""
    from knowledge.storage import metadata

    found = []
    with house.engine.connect() as connection:
        for name in metadata.tables:
            found += [str(row) for row in connection.execute(text(f"select * from {name}"))]
    return "\n".join(found)


def test_nothing_in_the_tables_of_chats_can_be_read_without_the_secret(bot, stub, greeted):
    greeted.says(f"mijn man {PLANTED}")
    greeted.wait_for("Ik kan u nu even niet goed verstaan")
    with bot.house.engine.connect() as connection:
        for table in ("chats", "chat_arrivals", "chat_sendings"):
            rows = "\n".join(str(row) for row in connection.execute(text(f"select * from {table}")))
            assert rows
            assert PLANTED not in rows
            assert "computerprogramma" not in rows
            assert all(f" {greeted.chat}{end}" not in rows for end in (",", ")", "'"))


def test_wiping_asks_first_and_then_leaves_nothing(bot, stub, greeted):
    greeted.says("mijn man heeft kwikstaart")
    greeted.wait_for("Ik kan u nu even niet goed verstaan")
    chat = chat_of(bot.house, greeted.chat)
    greeted.says("/wis")
    greeted.wait_for("Wilt u alles wissen")
    assert greeted.buttons == ["Ja, wis alles", "Nee, bewaar het"]
    greeted.presses("Ja, wis alles")
    greeted.wait_for("Alles is weg")
    stub.until(lambda: chat_of(bot.house, greeted.chat) is None)
    stub.until(lambda: greeted.sees == ["Alles is weg. U kunt altijd opnieuw beginnen."])
    left = everything_in(bot.house)
    assert "kwikstaart" not in left
    assert chat.conversation_id not in left
    greeted.says("/start")
    greeted.wait_for("Telegram is van een ander bedrijf")


def test_keeping_is_the_other_button(bot, stub, greeted):
    greeted.says("/wis")
    greeted.wait_for("Wilt u alles wissen")
    greeted.presses("Nee, bewaar het")
    greeted.wait_for("Alles blijft zoals het was")
    assert chat_of(bot.house, greeted.chat) is not None


def test_snel_weg_takes_everything_out_of_sight_and_keeps_the_talk(bot, stub, greeted):
    for words in ("/weg", "Snel weg!"):
        say_in(bot.house, greeted, f"Iets met {PLANTED}.")
        greeted.wait_for(PLANTED)
        greeted.says(words)
        stub.until(lambda: greeted.sees == ["Klaar."])
    conversation_id = chat_of(bot.house, greeted.chat).conversation_id
    assert any(PLANTED in message.text for message in bot.house.conversations.since(conversation_id))


def test_forgetting_in_the_talk_takes_it_out_of_sight_too(bot, stub, greeted, monkeypatch):
    async def forgotten(conversation_id, incoming):
        bot.house.conversations.clear(conversation_id)
        bot.house.conversations.add(conversation_id, "assistant", "Alles is vergeten.", card={"kind": "forgotten"})
        return bot.house.conversations.since(conversation_id)

    monkeypatch.setattr(bot.house.reception, "receive", forgotten)
    greeted.says("vergeet alles")
    stub.until(lambda: greeted.sees == ["Alles is vergeten."])


def test_a_talk_that_reached_its_end_date_begins_anew(bot, stub, greeted):
    chat = chat_of(bot.house, greeted.chat)
    with bot.house.engine.begin() as connection:
        connection.execute(
            text("update conversations set expires_at = :old where id = :id"),
            {"old": "2020-01-01 00:00:00.000000", "id": chat.conversation_id},
        )
    greeted.says("hallo")
    stub.until(lambda: sum("Telegram is van een ander bedrijf" in said for said in greeted.hears) == 2)
    assert chat_of(bot.house, greeted.chat).conversation_id != chat.conversation_id
