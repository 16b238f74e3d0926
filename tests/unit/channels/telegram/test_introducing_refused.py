"""A Telegram that refuses how the bot presents itself. In a file of its own: no other bot may answer in this house."""

from __future__ import annotations

from itertools import count

import pytest

from tests.telegram_stub import TelegramStub
from tests.unit.channels.telegram.conftest import running

_numbers = count(70_000_000, 1_000_000)


@pytest.mark.parametrize("method", ["setMyCommands", "setMyDescription", "getMyShortDescription"])
def test_a_refusal_is_said_and_nobody_waits_for_it(house, caplog, method):
    with TelegramStub(next(_numbers)) as stub:
        stub.trouble(method, 429, retry_after=80_000)
        with running(house, stub):
            berta = stub.person(-next(_numbers))
            berta.says("/start")
            berta.wait_for("computerprogramma")
    assert "is left as it was (RetryAfter)" in caplog.text
