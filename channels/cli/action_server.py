"""Our actions behind Rasa's HTTP contract, on loopback: only for plain Rasa tools such as ``rasa shell``.

The product itself never uses this: there the actions run in the assistant's own process.
"""

from __future__ import annotations

import uvicorn
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from actions import every_skill
from bot.settings import Settings
from channels.cli.talking import practice_house
from channels.root import House

PORT = 5055


def action_app(house: House) -> Starlette:
    """``POST /webhook`` as the SDK's own server answers it."""
    executor = ActionExecutor()
    for skill in every_skill(house.services):
        executor.register_action(skill)

    async def webhook(request: Request) -> JSONResponse:
        call = await request.json()
        try:
            return JSONResponse(await executor.run(call))
        except ActionExecutionRejection as rejection:
            return JSONResponse({"error": str(rejection), "action_name": rejection.action_name}, 400)
        except ActionNotFoundException as missing:
            return JSONResponse({"error": str(missing), "action_name": missing.action_name}, 404)

    return Starlette(routes=[Route("/webhook", webhook, methods=["POST"])])


if __name__ == "__main__":
    with practice_house(Settings.from_environment(), with_model=False) as practice:
        uvicorn.run(action_app(practice), host="127.0.0.1", port=PORT, ws="none", log_level="warning")
