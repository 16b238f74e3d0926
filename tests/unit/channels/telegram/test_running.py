"""A bot that starts, stops, is slow, or has company: one run of it a test, as an operator runs it."""

from __future__ import annotations

import time
from datetime import timedelta

from sqlalchemy import select

from bot.chats.sendings import SendingQueue
from bot.chats.tables import sendings
from bot.request.base import utc_now
from channels.telegram import bot_api
from tests.telegram_stub import NO_ANSWER, TOKEN
from tests.unit.channels.telegram.conftest import RunningBot, chat_of, running, say_in


def test_one_chat_gets_a_message_a_second_and_chats_do_not_wait_for_each_other(house, stub):
    people = [stub.person(number) for number in range(200, 220)]
    queue = SendingQueue(house.sessions, "telegram", utc_now)
    with running(house, stub, apart=1.0):
        for person in people:
            person.says("/start")
        for person in people:
            person.wait_for("computerprogramma")  # whose Telegram is, and who we are: these go first, and at once
        for person in people:
            say_in(house, person, "Een.")
            say_in(house, person, "Twee.")
        for person in people:
            person.wait_for("Twee.")
        stub.until(lambda: queue.waiting() == 0, "everything noted")
    said = [call.at for person in people for call in stub.of("sendMessage", person.chat)[-2:]]
    assert max(said) - min(said) < 18, "one after the other it takes twenty"
    with house.engine.connect() as connection:  # what we note: when a call arrives hangs on the line as well
        noted = connection.execute(select(sendings.c.chat_key, sendings.c.handed_over_at).order_by(sendings.c.id)).all()
    for person in people:
        first, second = [at for key, at in noted if key == chat_of(house, person.chat).key][-2:]
        assert second - first >= timedelta(seconds=1)


def test_danger_in_the_first_words_stands_below_who_we_are_and_is_there_at_once(house, stub, anna):
    """None of the three waits for the pace of a chat, which is half a minute here."""
    with running(house, stub, apart=30.0):
        anna.says("ik wil dood")
        anna.wait_for("0800-0113", seconds=25)
        first, second, third = anna.hears[:3]
    assert "Telegram is van een ander bedrijf" in first
    assert "Ik ben een computerprogramma" in second
    assert "0800-0113" in third


def test_a_lost_answer_gives_it_twice_and_never_not_at_all(house, stub, anna, monkeypatch):
    """The limit of the Bot API, said plainly: it gives no means to ask whether a message arrived."""
    monkeypatch.setitem(bot_api._TIMES, "read_timeout", 3.0)
    with running(house, stub):
        anna.says("/start")
        anna.wait_for("computerprogramma")
        stub.trouble("sendMessage", NO_ANSWER, chat=anna.chat, taken=True)
        say_in(house, anna, "Een keer of twee.")
        stub.until(lambda: anna.hears.count("Een keer of twee.") == 2)
        say_in(house, anna, "Daarna.")
        anna.wait_for("Daarna.")
        assert anna.hears.count("Een keer of twee.") == 2


def test_a_telegram_that_is_gone_when_we_start_is_found_later(house, stub, anna):
    for method in ("deleteWebhook", "setMyCommands"):
        stub.trouble(method, 502)
    with running(house, stub):
        anna.says("/start")
        anna.wait_for("computerprogramma", seconds=30)


def test_another_program_with_the_same_bot_is_noticed_and_not_fought(house, stub, anna, caplog, monkeypatch):
    monkeypatch.setattr("channels.telegram.arriving.OTHER_PROGRAM_WAITS", 1.0)
    stub.trouble("getUpdates", 409, description="Conflict: terminated by other getUpdates request")
    with running(house, stub):
        anna.says("/start")
        anna.wait_for("computerprogramma")
    assert caplog.text.count("another program asks for the messages of this bot") == 1
    assert "nobody else asks for the messages" in caplog.text


def test_no_word_no_number_of_a_chat_and_no_token_reaches_a_log(house, stub, anna, caplog, capfd):
    caplog.set_level("DEBUG")
    with running(house, stub):
        anna.says("zwanenzang Pietersma")
        anna.wait_for("Ik kan u nu even niet goed verstaan")
        stub.trouble("sendMessage", 429, retry_after=1, chat=anna.chat)
        stub.trouble("getUpdates", 500)
        say_in(house, anna, "Zwanenzang terug.")
        anna.wait_for("Zwanenzang terug.")
    printed = capfd.readouterr()
    everything = "\n".join([caplog.text, printed.out, printed.err])
    assert "telegram asks us to wait" in everything, "the log does say that something happened"
    assert [
        word for word in ("wanenzang", "Pietersma", TOKEN, "abcdefghij", str(anna.chat)) if word in everything
    ] == []


def test_stopping_lets_what_is_under_way_arrive_once(house, stub, anna):
    bot = RunningBot(house, stub).start()
    anna.says("/start")
    anna.wait_for("computerprogramma")
    slow = stub.seen
    stub.seen = lambda call: time.sleep(1.0) if call.text == "Nog net." else None
    try:
        say_in(house, anna, "Nog net.")
        stub.until(lambda: any(call.text == "Nog net." for call in stub.calls) or bot.telegram.channel.ring())
        bot.stop()
    finally:
        stub.seen = slow
    with running(house, stub):
        say_in(house, anna, "Daarna.")
        anna.wait_for("Daarna.")
    assert anna.hears.count("Nog net.") == 1


def test_two_processes_handle_each_update_once_and_send_each_message_once(house, stub, anna):
    """Two bots on one database, as two replicas: both take the same updates, both empty the queue."""
    with running(house, stub) as one, running(house, stub) as other:
        people = [anna, *(stub.person(anna.chat + 1000 * number) for number in range(1, 5))]
        for person in people:
            person.says("/start")
            for number in range(5):
                person.says(f"bericht {number}")
        for person in people:
            stub.until(lambda person=person: sum("niet goed verstaan" in said for said in person.hears) == 5)
    for person in people:
        talk = house.conversations.since(chat_of(house, person.chat).conversation_id)
        assert [each.text for each in talk if each.author == "person"] == [f"bericht {n}" for n in range(5)]
        assert len(person.hears) == 7
    assert one.counts["received"] + other.counts["received"] == 30


def test_the_same_update_after_a_restart_is_known(house, stub, anna):
    with running(house, stub):
        number = anna.says("een keer")
        anna.wait_for("niet goed verstaan")
    with running(house, stub) as again:
        stub.play({"update_id": number, "message": {**anna.message(1), "text": "een keer"}})
        stub.until(lambda: again.counts["duplicate"] == 1)
    assert len(anna.hears) == 3


def test_what_the_desk_says_while_nothing_runs_comes_later(house, stub, anna):
    with running(house, stub):
        anna.says("/start")
        anna.wait_for("computerprogramma")
    say_in(house, anna, "Ik bel u morgen om tien uur.", "staff", author_name="Petra")
    with running(house, stub):
        assert anna.wait_for("Ik bel u morgen").startswith("Petra (een mens)")
