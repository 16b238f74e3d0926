"""What people write never reaches a log, a screen of the operator, or an error line (invariant 10)."""

from __future__ import annotations

import logging

import pytest

from actions.talk import Talk
from bot.conversations.records import Incoming
from channels.root import House

PLANTED = ("Pietersma", "0612349876", "Kwikstaartlaan", "henk.p@voorbeeld.nl", "zwanenzang")
TURNS = (
    "mijn man Henk Pietersma heeft dementie, Kwikstaartlaan 12 in Ede, zwanenzang",
    "ik kan niet meer, zwanenzang",
    "ik wil een mens spreken",
    "Pietersma",
    "0612349876 of henk.p@voorbeeld.nl",
    "ik wil dood, zwanenzang",
    "/zwanenzang{}",
)


async def test_a_whole_talk_leaves_no_word_behind(
    house: House, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    talk = house.conversations.start("terminal").id
    for turn in TURNS:
        await house.reception.receive(talk, Incoming(turn))
    monkeypatch.setattr(Talk, "perform", lambda _, turn: int(turn.text))
    await house.reception.receive(talk, Incoming("zwanenzang Pietersma"))
    printed = capfd.readouterr()
    everything = "\n".join([caplog.text, printed.out, printed.err])
    assert [word for word in PLANTED if word in everything] == []
    assert "danger_heard" in everything, "the log does say that something happened"
