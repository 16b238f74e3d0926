"""What serving leaves out of Rasa stays out, and what a turn needs is there."""

from __future__ import annotations

import sys

import bot.assistant  # noqa: F401  - it leaves out, then imports Rasa


def test_of_the_channels_of_rasa_only_the_message_is_there() -> None:
    channels = sys.modules["rasa.core.channels"]
    described = sys.modules["rasa.core.channels.channel"]
    assert channels.UserMessage is described.UserMessage
    assert channels.OutputChannel is described.OutputChannel
    assert not hasattr(channels, "BUILTIN_CHANNELS")
    assert not {"slack_sdk", "twilio", "webexteamssdk"} & set(sys.modules)
