"""Saying no to a request in words a person can use, and saying nothing about her in the log."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.conversations.records import UnknownConversationError
from bot.keeping import STORING_FAILS, NotKeptError
from channels.web.ports import Wording

log = logging.getLogger(__name__)
TRY_AGAIN = "3"  # seconds until the database may be back
Endpoint = Callable[[Request], Awaitable[Response]]


class RefusalError(Exception):
    """A request we do not carry out. ``code`` is for the widget; the person reads ``utter_widget_<code>``."""

    def __init__(self, status: int, code: str, *, retry_after: float = 0, **values: Any) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.retry_after = retry_after
        self.values = values


def refuse(wording: Wording, refusal: RefusalError) -> JSONResponse:
    """The refusal as JSON: {"error": code, "text": sentence}; ``Retry-After`` in whole seconds when waiting helps."""
    text = wording.text(f"utter_widget_{refusal.code}", **refusal.values)
    headers = {"Cache-Control": "no-store"}
    if refusal.retry_after:
        headers["Retry-After"] = str(max(1, round(refusal.retry_after + 0.5)))
    return JSONResponse({"error": refusal.code, "text": text}, refusal.status, headers)


def not_kept(error: NotKeptError) -> JSONResponse:
    """Nothing was kept, or not all: {"error": "not_kept", "text": sentence, "unsaved": [{"text"}], "danger"}.

    ``unsaved`` is what she is told all the same; no conversation holds it. The same message may come again."""
    unsaved = [{"text": each.text} for each in error.said]
    told = {"error": "not_kept", "text": error.said[0].text, "unsaved": unsaved, "danger": error.danger}
    return JSONResponse(told, 503, {"Cache-Control": "no-store", "Retry-After": TRY_AGAIN})


def answering(endpoint: Endpoint, wording: Wording) -> Endpoint:
    """The endpoint, with every refusal and every failure turned into an answer."""

    async def answer(request: Request) -> Response:
        try:
            response = await endpoint(request)
        except RefusalError as refusal:
            return refuse(wording, refusal)
        except UnknownConversationError:
            return refuse(wording, RefusalError(401, "no_conversation"))
        except NotKeptError as error:
            return not_kept(error)
        except STORING_FAILS as error:
            log.error("database away at %s: %s", request.url.path, where_it_failed(error))
            return refuse(wording, RefusalError(503, "failed", retry_after=float(TRY_AGAIN)))
        except Exception as error:
            log.error("request failed at %s: %s", request.url.path, where_it_failed(error))
            return refuse(wording, RefusalError(500, "failed"))
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer


def where_it_failed(error: BaseException) -> str:
    """Kind and place of an error without its message, which may quote what a person wrote."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    places = " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames))
    return f"{type(error).__name__} at {places}"
