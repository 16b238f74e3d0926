"""What carriers over HTTP share: what an answer means for a letter."""

from __future__ import annotations

from datetime import timedelta

import httpx

from bot.outbox.letters import Outcome, Refused, TryLater

ONE_ANSWER = httpx.Timeout(15.0, connect=10.0)
"""Seconds that a server gets to answer."""

_HOPELESS = frozenset({400, 405, 410, 411, 413, 414, 415, 422, 431, 451})
"""Asking the same again gives the same answer. What is about our key or address (401, 403, 404) is mended by an
operator, so these letters wait."""


class NotTakenError(Exception):
    """The server did not take it; ``outcome`` says what that means for the letter."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__("not taken")
        self.outcome = outcome


def required_success(response: httpx.Response) -> httpx.Response:
    """The response when it is a success. Raises ``NotTakenError``, also on a redirect: letters go nowhere else."""
    if response.is_success:
        return response
    reason = f"http {response.status_code}"
    if response.status_code in _HOPELESS:
        raise NotTakenError(Refused(reason))
    raise NotTakenError(TryLater(reason, _asked_for(response)))


def failure_of(error: httpx.HTTPError) -> TryLater:
    """What a connection that failed means."""
    return TryLater("timeout" if isinstance(error, httpx.TimeoutException) else "no connection")


def _asked_for(response: httpx.Response) -> timedelta:
    """``Retry-After`` in seconds; a date is read as no wish, and our own pause is enough then."""
    asked = response.headers.get("retry-after", "")
    return timedelta(seconds=int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else timedelta()
