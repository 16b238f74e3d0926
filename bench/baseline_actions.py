"""Our actions behind the SDK's own HTTP server, for the baseline: ``python -m bench.baseline_actions PORT``."""

from __future__ import annotations

import sys
from typing import Any
from unittest import mock

from rasa_sdk import endpoint
from rasa_sdk.executor import ActionExecutor

from actions import every_skill
from bot.settings import Settings
from bot.understanding.message import read_message
from channels.cli.talking import practice_house
from channels.root import House


class ReadingExecutor(ActionExecutor):
    """Reads the message that the default pipeline does not read, then runs the action."""

    def __init__(self, house: House) -> None:
        super().__init__()
        self._house = house
        for skill in every_skill(house.services):
            self.register_action(skill)

    def register_package(self, package: Any) -> None:
        """The actions are registered above, with their services; the SDK would build them without."""

    async def run(self, action_call: dict[str, Any]) -> dict[str, Any] | None:
        """Run the action named in the call."""
        message = action_call["tracker"]["latest_message"]
        message["reading"] = read_message(message.get("text") or "", self._house.regions).as_dict()
        return await super().run(action_call)


def main(port: int) -> None:
    """Serve on loopback until stopped."""
    with practice_house(Settings.from_environment(), with_model=False) as house:
        with mock.patch.object(endpoint, "ActionExecutor", return_value=ReadingExecutor(house)):
            app = endpoint.create_app("bench")
        app.run("127.0.0.1", port, workers=1, access_log=False)


if __name__ == "__main__":
    main(int(sys.argv[1]))
