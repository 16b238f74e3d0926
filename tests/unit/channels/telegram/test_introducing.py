"""How the bot presents itself: in Dutch, whole, set once, and never in the way of a talk."""

from __future__ import annotations

from channels.telegram.introducing import COMMANDS, Introduction
from tests.unit.channels.telegram.conftest import running

SETTING = ("setMyCommands", "setMyDescription", "setMyShortDescription")


def test_telegram_shows_the_commands_that_work_and_who_we_are(bot, stub, house):
    stub.until(lambda: len(stub.profile) == 3)
    assert [each["command"] for each in stub.profile["commands"]] == list(COMMANDS)
    assert "https://adempauze.example" in stub.profile["description"]
    assert "ander bedrijf" in stub.profile["description"]


def test_every_command_of_the_menu_is_answered(bot, stub, greeted):
    for command in COMMANDS:
        before = len(stub.of("sendMessage", greeted.chat))
        greeted.says(f"/{command}")
        stub.until(lambda before=before: len(stub.of("sendMessage", greeted.chat)) > before, command)
        assert not any("niet goed verstaan" in said for said in greeted.hears), command


def test_what_stands_there_already_is_left(house, stub, bot):
    stub.until(lambda: len(stub.profile) == 3)
    before = [len(stub.of(method)) for method in SETTING]
    looked = len(stub.of("getMyShortDescription"))
    with running(house, stub):
        stub.until(lambda: len(stub.of("getMyShortDescription")) > looked)
    assert [len(stub.of(method)) for method in SETTING] == before


def test_it_fits_what_telegram_takes(house):
    long_address = "https://adempauze." + "a" * 60 + ".example"
    about = house.wording.text("utter_telegram_about", address=long_address)
    assert len(about) <= 512
    assert len(house.wording.text("utter_telegram_about_short")) <= 120
    assert all(len(words) <= 256 for words in Introduction(house.wording, long_address).commands().values())
