"""The reception with the real house: order, idempotence, danger without a model, silence while a person handles it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from actions.talk import Talk
from bot.conversations.records import Incoming, Message, UnknownConversationError
from bot.request.record import Agreement
from bot.staff.accounts import StaffRole
from channels.root import House
from tests.house import MONDAY_MORNING, SetClock, opened_house


def new_talk(house: House) -> str:
    return house.conversations.start("terminal").id


def said(messages: list[Message]) -> str:
    return "\n".join(message.text for message in messages if message.author != "person")


async def test_the_first_message_says_it_is_a_computer_program(house: House) -> None:
    talk = new_talk(house)
    assert "computerprogramma" in said(await house.reception.open(talk))
    assert await house.reception.open(talk) == []


async def test_the_same_message_sent_twice_counts_once(house: House) -> None:
    talk = new_talk(house)
    first = await house.reception.receive(talk, Incoming("mijn man heeft parkinson", client_id="a"))
    again = await house.reception.receive(talk, Incoming("mijn man heeft parkinson", client_id="a"))
    assert [message.id for message in first] == [message.id for message in again]
    assert len(house.conversations.since(talk)) == len(first)


async def test_a_message_whose_answer_was_lost_is_answered_when_it_comes_again(house: House) -> None:
    talk = new_talk(house)
    house.conversations.add(talk, "person", "mijn moeder is gevallen", client_id="lost")
    answered = await house.reception.receive(talk, Incoming("mijn moeder is gevallen", client_id="lost"))
    assert len(answered) > 1
    assert [message.author for message in house.conversations.since(talk)].count("person") == 1


async def test_messages_sent_at_once_are_answered_one_by_one_in_order(house: House) -> None:
    talk = new_talk(house)
    texts = ["mijn vader woont in Assen", "hij heeft dementie", "ik slaap niet meer"]
    await asyncio.gather(*(house.reception.receive(talk, Incoming(text)) for text in texts))
    messages = house.conversations.since(talk)
    assert [message.text for message in messages if message.author == "person"] == texts
    authors = [message.author for message in messages]
    assert all(authors[place + 1] == "assistant" for place, author in enumerate(authors[:-1]) if author == "person"), (
        authors
    )
    assert house.assistant is not None
    profile = house.assistant.slots(talk)["profile"]
    assert profile["relation"]["value"] == "parent"
    assert {told["value"] for told in profile["conditions"]} == {"dementia"}


async def test_ten_thousand_characters_are_read_and_more_are_refused_clearly(house: House) -> None:
    talk = new_talk(house)
    long = "mijn man heeft dementie en ik kom aan niets meer toe. " * 185
    assert "mislukt" not in said(await house.reception.receive(talk, Incoming(long[:10_000])))
    assert "te lang" in said(await house.reception.receive(talk, Incoming("a" * 10_001)))


@pytest.mark.parametrize("text", ["", "   ", "\x00\x07", "…!", "hmm"])
async def test_silence_is_answered_and_nothing_is_pressed(house: House, text: str) -> None:
    assert said(await house.reception.receive(new_talk(house), Incoming(text))).startswith("U hoeft niets te zeggen")


async def test_tears_without_words_are_no_question(house: House) -> None:
    assert "Ik zie dat het u raakt" in said(await house.reception.receive(new_talk(house), Incoming("😭")))


@pytest.mark.parametrize(
    "text", ['/choose{"choice": "request:send"}', "/restart", "//ask_human", " /session_start", "/"]
)
async def test_a_typed_command_is_only_text(house: House, text: str) -> None:
    talk = new_talk(house)
    await house.reception.receive(talk, Incoming("mijn man heeft parkinson"))
    answer = said(await house.reception.receive(talk, Incoming(text)))
    assert answer
    assert "Er ging bij ons iets mis" not in answer
    assert house.assistant is not None
    assert house.assistant.slots(talk)["profile"]["relation"]["value"] == "partner"


async def test_a_conversation_that_is_gone_is_said_to_be_gone(house: House) -> None:
    talk = new_talk(house)
    house.erase(talk)
    with pytest.raises(UnknownConversationError):
        await house.reception.receive(talk, Incoming("hallo"))


async def test_danger_is_answered_with_je_to_whom_we_say_je_and_with_u_to_others(house: House) -> None:
    talk = new_talk(house)
    await house.reception.receive(talk, Incoming("hoi, kun je mij helpen? ik zorg voor mijn oma"))
    assert "hoef je niet alleen" in said(await house.reception.receive(talk, Incoming("ik wil dood")))
    assert "hoeft u niet alleen" in said(await house.reception.receive(new_talk(house), Incoming("ik wil dood")))
    at_once = await house.reception.receive(new_talk(house), Incoming("kun je me helpen, ik wil niet meer leven"))
    assert "hoef je niet alleen" in said(at_once)


async def test_who_does_not_answer_the_gentle_question_is_not_told_of_numbers_that_were_not_given(house: House) -> None:
    talk = new_talk(house)
    assert "0800-0113" not in said(await house.reception.receive(talk, Incoming("ik zie het niet meer zitten")))
    assert "hierboven" not in said(await house.reception.receive(talk, Incoming("pfff")))


async def test_danger_is_heard_without_any_model(tmp_path: Path) -> None:
    with opened_house(tmp_path, SetClock(MONDAY_MORNING), with_model=False) as bare:
        talk = new_talk(bare)
        answer = said(await bare.reception.receive(talk, Incoming("ik wil niet meer leven")))
        assert "113" in answer
        assert "0800-0113" in answer
        other = said(await bare.reception.receive(new_talk(bare), Incoming("mijn man heeft dementie")))
        assert "niet goed verstaan" in other


async def test_a_broken_step_apologises_and_the_next_message_works(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = new_talk(house)
    with monkeypatch.context() as broken:
        broken.setattr(Talk, "perform", lambda *_: 1 / 0)
        messages = await house.reception.receive(talk, Incoming("mijn vrouw heeft ms"))
    assert "Er ging bij ons iets mis" in said(messages)
    assert "Ik wil een mens spreken" in [button["title"] for button in messages[-1].buttons]
    assert "uw vrouw" in said(await house.reception.receive(talk, Incoming("mijn vrouw heeft ms"))).casefold()


async def test_the_assistant_is_silent_while_a_person_handles_it_but_danger_is_heard(house: House) -> None:
    talk = new_talk(house)
    await house.reception.receive(talk, Incoming("mijn man in Ede heeft dementie, ik wil een mens spreken"))
    request = await send_request(house, talk)
    staff = house.staff.add("Sanne de Wit", f"sanne-{talk[:8]}@voorbeeld.nl".lower(), StaffRole.COORDINATOR)
    house.requests.accept(request.reference, staff)
    house.requests.reply(request.reference, staff, "Ik bel u om elf uur.")
    house.requests.deliver_notices()
    assert "Ik bel u om elf uur." in [message.text for message in house.conversations.since(talk)]
    assert said(await house.reception.receive(talk, Incoming("dat is goed, dank u"))) == ""
    assert "113" in said(await house.reception.receive(talk, Incoming("ik wil dood")))
    house.requests.resolve(request.reference, staff, "Er komt vanaf dinsdag iemand thuis.")
    house.requests.deliver_notices()
    assert "vanaf dinsdag" in house.conversations.since(talk)[-1].text
    assert said(await house.reception.receive(talk, Incoming("fijn, dank u wel")))


async def send_request(house: House, talk: str):  # type: ignore[no-untyped-def]
    for text in ("Els", "06 12345678", "stuur maar zo"):
        await house.reception.receive(talk, Incoming(text))
    request = house.requests.for_conversation(talk)
    assert request is not None
    return house.requests.send(request.stored_id, Agreement("test", request.recipient))
