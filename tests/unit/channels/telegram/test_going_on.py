"""Going on elsewhere with her code: from the website into Telegram and back, and nothing of a talk before her yes."""

from __future__ import annotations

import pytest

from bot.chats.records import ChatState
from bot.going_on.code import new_code, shown
from bot.going_on.codes import GoingOnCodes
from bot.request.base import utc_now
from tests.unit.channels.telegram.conftest import chat_of

ASKS, DONE, WRONG = "Wilt u hier verder?", "U kunt hier verder waar u was", "Deze code werkt niet"
YES, NO = "Ja, hier verder", "Nee, niet in Telegram"
TOLD, ANSWER = "ik zorg voor mijn man", "Hoe lang doet u dit al?"


@pytest.fixture
def codes(house):
    return GoingOnCodes(house.sessions, house.settings.secret, utc_now)


@pytest.fixture
def talk(house) -> str:
    """A talk on the website, in which something was said."""
    started = house.conversations.start("web", "Ede").id
    house.conversations.add(started, "assistant", "Hallo, voor wie zorgt u?")
    house.conversations.add(started, "person", TOLD, client_id="web-mark-1")
    house.conversations.add(started, "assistant", ANSWER)
    return started


def of_web(house, talk) -> list[str]:
    return [message.text for message in house.conversations.since(talk)]


@pytest.mark.parametrize("how", ["/verder {}", "/start verder_{}", "{}"])
def test_first_whose_telegram_is_and_after_her_yes_where_she_was(bot, stub, house, codes, talk, anna, how):
    anna.says(how.format(codes.make(talk).text))
    first = anna.wait_for(ASKS)
    assert first.startswith("Eerst dit. Telegram is van een ander bedrijf")
    assert chat_of(house, anna.chat) is None
    assert len(anna.hears) == 1
    anna.presses(YES)
    anna.wait_for(ANSWER)
    assert [ASKS in anna.hears[0], DONE in anna.hears[1], len(anna.hears)] == [True, True, 3]
    assert not any(TOLD in said for said in anna.hears)
    assert chat_of(house, anna.chat).conversation_id == talk
    assert any("ook verder in Telegram" in text for text in of_web(house, talk))


def test_what_she_says_in_both_places_is_one_talk_and_the_website_stays_out_of_telegram(
    bot, stub, house, codes, talk, anna
):
    anna.says(codes.make(talk).text)
    anna.wait_for(ASKS)
    anna.presses(YES)
    anna.wait_for(ANSWER)
    anna.says("al zeven jaar")
    anna.wait_for("even niet goed verstaan")
    house.conversations.add(talk, "person", "thuis op de computer", client_id="web-mark-2")
    house.conversations.add(talk, "assistant", "Dit gaat alleen over de computer.")
    house.conversations.add(talk, "staff", "Ik bel u morgen.", author_name="Petra")
    house.conversations.add(talk, "assistant", "Uw aanvraag is opgepakt.", client_id="notice-5")
    anna.wait_for("Ik bel u morgen.")
    anna.wait_for("Uw aanvraag is opgepakt.")
    assert not any("alleen over de computer" in said for said in anna.hears)
    assert [TOLD in of_web(house, talk), "al zeven jaar" in of_web(house, talk)] == [True, True]


def test_no_means_nothing_of_it_in_telegram_and_the_code_still_works(bot, stub, house, codes, talk, anna):
    given = codes.make(talk)
    anna.says(given.text)
    anna.wait_for(ASKS)
    anna.presses(NO)
    anna.wait_for("Er komt niets van uw gesprek in Telegram")
    assert chat_of(house, anna.chat) is None
    assert codes.use(given.text, "tablet") == talk


def test_a_talk_that_was_here_is_asked_about_and_gets_a_code(bot, stub, house, codes, talk, greeted):
    greeted.says("ik heb al wat verteld")
    greeted.wait_for("even niet goed verstaan")
    before = chat_of(house, greeted.chat).conversation_id
    greeted.says(codes.make(talk).text)
    assert "U had hier al een ander gesprek" in greeted.wait_for(ASKS)
    greeted.presses(YES)
    left = greeted.wait_for("De code daarvan is").split("is: ")[1][:14]
    greeted.wait_for(ANSWER)
    greeted.says(f"/verder {left}")
    stub.until(lambda: sum(ASKS in said for said in greeted.hears) == 2)
    greeted.presses(YES)
    stub.until(lambda: chat_of(house, greeted.chat).conversation_id == before)


def test_where_only_the_greeting_was_nothing_is_left_behind(bot, stub, house, codes, talk, greeted):
    before = chat_of(house, greeted.chat).conversation_id
    greeted.says(codes.make(talk).text)
    assert "ander gesprek" not in greeted.wait_for(ASKS)
    greeted.presses(YES)
    greeted.wait_for(ANSWER)
    assert house.conversations.get(before) is None


def test_from_telegram_to_the_website(bot, stub, house, codes, greeted):
    greeted.says("ik zorg voor mijn moeder")
    greeted.wait_for("even niet goed verstaan")
    greeted.says("/verder")
    said = greeted.wait_for("Uw code is")
    assert "https://adempauze.example/verder" in said
    code = said.split("is: ")[1][:14]
    talk = chat_of(house, greeted.chat).conversation_id
    assert codes.use(code, "computer") == talk
    assert code not in " ".join(of_web(house, talk))


def test_a_wrong_or_used_code_and_her_own(bot, stub, house, codes, talk, greeted):
    greeted.says(f"/verder {shown(new_code())}")
    assert "opnieuw" in greeted.wait_for(WRONG)
    given = codes.make(talk)
    codes.use(given.text, "tablet")
    greeted.says(given.text)
    stub.until(lambda: sum(WRONG in said for said in greeted.hears) == 2)
    greeted.says(codes.make(chat_of(house, greeted.chat).conversation_id).text)
    greeted.wait_for("Dit is het gesprek dat u hier al hebt")


def test_a_code_used_elsewhere_between_question_and_yes(bot, stub, house, codes, talk, anna):
    given = codes.make(talk)
    anna.says(given.text)
    anna.wait_for(ASKS)
    codes.use(given.text, "tablet")
    anna.presses(YES)
    anna.wait_for(WRONG)
    assert chat_of(house, anna.chat) is None


def test_guesses_in_one_chat_are_slowed_down(bot, stub, anna):
    for _ in range(7):
        anna.says(shown(new_code()))
    anna.wait_for("U probeerde veel codes")
    assert sum(WRONG in said for said in anna.hears) == 6


def test_in_a_second_chat_it_goes_on_there_and_the_first_hears_so(bot, stub, house, codes, talk, anna):
    anna.says(codes.make(talk).text)
    anna.wait_for(ASKS)
    anna.presses(YES)
    anna.wait_for(ANSWER)
    other = stub.person(anna.chat + 50_000)
    other.says(codes.make(talk).text)
    other.wait_for(ASKS)
    other.presses(YES)
    other.wait_for(ANSWER)
    anna.wait_for("gaat verder in een andere chat")
    assert chat_of(house, anna.chat) is None
    assert chat_of(house, other.chat).conversation_id == talk


def test_stop_and_wipe_still_do_what_they_say(bot, stub, house, codes, talk, anna):
    anna.says(codes.make(talk).text)
    anna.wait_for(ASKS)
    anna.presses(YES)
    anna.wait_for(ANSWER)
    anna.says("/stop")
    stub.until(lambda: chat_of(house, anna.chat).state is ChatState.STOPPED)
    anna.says("/wis")
    anna.wait_for("Wilt u alles wissen")
    anna.presses("Ja, wis alles")
    stub.until(lambda: house.conversations.get(talk) is None)
    assert chat_of(house, anna.chat) is None


def test_erased_on_the_website_it_is_gone_here_too(bot, stub, house, codes, talk, anna):
    given = codes.make(talk)
    anna.says(given.text)
    anna.wait_for(ASKS)
    house.erase(talk)
    anna.presses(YES)
    anna.wait_for(WRONG)


def test_danger_is_heard_also_in_what_holds_a_code(bot, stub, anna):
    anna.says(f"ik wil dood {shown(new_code())}")
    anna.wait_for("0800-0113")
