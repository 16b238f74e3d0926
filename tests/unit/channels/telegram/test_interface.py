"""The small interface every channel implements, and its documented example; the command line of Telegram; settings."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.chats.telegram_settings import THEIR_SERVER
from bot.settings import Settings, SettingsError
from channels.cli import telegram as verb
from channels.cli.problem import Problem
from channels.cli.terminal import TERMINAL, Terminal
from channels.interface import Capabilities, Channel, FrontDoor
from channels.telegram.building import build_telegram
from channels.telegram.capabilities import TELEGRAM
from tests.telegram_wire import TOKEN

ROOT = Path(__file__).parents[4]
PAGE = (ROOT / "docs" / "kanalen.md").read_text(encoding="utf-8")
HERS = "https://adempauze.example"


def test_the_example_in_the_document_is_the_terminal_itself():
    (shown,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert shown == (ROOT / "channels" / "cli" / "terminal.py").read_text(encoding="utf-8")


def test_the_document_names_every_part_of_the_interface():
    for name in ("capabilities", "receive", "send"):
        assert name in vars(Channel)
        assert f"`{name}" in PAGE
    ways = {name for name in vars(FrontDoor) if not name.startswith("_")} - {"is_there"}
    assert all(f"`{way}`" in PAGE for way in ways)


async def test_a_talk_in_the_terminal(house):
    lines, shown = iter(["hallo", "ik wil dood"]), []

    def ask() -> str:
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    terminal: Channel = Terminal(ask, shown.append)
    await terminal.receive(FrontDoor(house.conversations, house.reception, house.erase))
    assert ["computerprogramma" in shown[0], "niet goed verstaan" in shown[1], "0800-0113" in shown[2]] == [True] * 3


async def test_both_channels_keep_to_the_interface(house, stub):
    channel: Channel = build_telegram(house, stub.settings(polling=True)).channel
    assert channel.capabilities == TELEGRAM
    assert isinstance(TERMINAL, Capabilities)
    assert TELEGRAM.third_party
    assert not TERMINAL.reaches_out


async def test_a_conversation_of_a_door_is_of_that_channel_only(house):
    door = FrontDoor(house.conversations, house.reception, house.erase, {"ede": "Ede"}.get)
    talk = await door.begin(TERMINAL, "ede", "huisarts")
    kept = house.conversations.get(talk)
    assert (kept.channel, kept.municipality, kept.origin) == ("terminal", "Ede", "huisarts")
    message = (await door.greet(talk))[0]
    assert (await door.press(talk, f"{message.id}.0")).payload == "/ask_human"
    other = await door.begin(TERMINAL)
    assert await door.press(other, f"{message.id}.0") is None
    await door.erase(talk)
    assert not await door.is_there(talk)


def test_without_a_token_it_tells_how_to_get_one(tmp_path):
    settings = Settings.from_environment({"ADEMPAUZE_DATA": str(tmp_path)})
    with pytest.raises(Problem, match="BotFather"):
        verb._run(None, settings)


def test_the_verb_says_so_on_the_command_line(tmp_path):
    command = [sys.executable, "-m", "channels.cli.main", "telegram"]
    environment = {"ADEMPAUZE_DATA": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 2
    assert "/newbot" in done.stderr


@pytest.mark.parametrize(
    ("given", "polling"),
    [
        ({}, True),
        ({"ADEMPAUZE_BASE_URL": HERS}, False),
        ({"ADEMPAUZE_BASE_URL": HERS, "ADEMPAUZE_TELEGRAM_MODE": "polling"}, True),
    ],
)
def test_telegram_brings_updates_where_it_can_and_else_we_ask(tmp_path, given, polling):
    environment = {"ADEMPAUZE_DATA": str(tmp_path), "ADEMPAUZE_TELEGRAM_TOKEN": TOKEN, **given}
    found = Settings.from_environment(environment).telegram
    assert (found.polling, found.server) == (polling, THEIR_SERVER)
    assert TOKEN not in repr(found)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"ADEMPAUZE_TELEGRAM_TOKEN": "geheim"}, "ADEMPAUZE_TELEGRAM_TOKEN"),
        ({"ADEMPAUZE_TELEGRAM_MODE": "push"}, "ADEMPAUZE_TELEGRAM_MODE"),
        ({"ADEMPAUZE_TELEGRAM_MODE": "webhook"}, "ADEMPAUZE_BASE_URL"),
        ({"ADEMPAUZE_TELEGRAM_SERVER": "http://elders.example"}, "ADEMPAUZE_TELEGRAM_SERVER"),
    ],
)
def test_a_wrong_setting_is_named_and_the_token_is_not(tmp_path, given, name):
    environment = {"ADEMPAUZE_DATA": str(tmp_path), "ADEMPAUZE_TELEGRAM_TOKEN": TOKEN, **given}
    with pytest.raises(SettingsError, match=name) as problem:
        Settings.from_environment(environment)
    assert TOKEN not in str(problem.value)
    assert "geheim" not in str(problem.value)
