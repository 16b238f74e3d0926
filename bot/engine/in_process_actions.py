"""Custom actions in the assistant's own process, through the SDK's executor (ADR 2).

Rasa 3.6 only knows actions behind an HTTP endpoint. ``InProcessActions`` is such an endpoint without the HTTP; the
call still passes through JSON, so whatever would not survive the wire fails here too.
"""

from __future__ import annotations

import json
from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection


class InProcessActions(EndpointConfig):
    """An action endpoint that calls a ready executor. Failures of an action are handled by the action itself."""

    def __init__(self, executor: ActionExecutor) -> None:
        super().__init__(url="in-process", enable_selective_domain=True)
        self._executor = executor

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Run the action named in ``json``; an SDK rejection becomes the HTTP 400 that Rasa expects."""
        call = json.loads(json.dumps(kwargs["json"]))
        try:
            return await self._executor.run(call)
        except ActionExecutionRejection as rejection:
            text = json.dumps({"action_name": rejection.action_name, "error": str(rejection)})
            raise ClientResponseError(400, "rejected", text) from rejection


class InProcessAction(RemoteAction):
    """A remote action whose result is not checked against a schema a second time.

    Rasa builds that schema's validator anew on every call (40 ms), to guard against a foreign server. Here the SDK's
    own executor has checked each event, in this process.
    """

    def _validate_action_result(self, result: dict[str, Any]) -> bool:
        return True
