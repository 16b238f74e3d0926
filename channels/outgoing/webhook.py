"""Letters as webhooks: one signed POST for each event, without personal data.

The headers are those of Standard Webhooks (``webhook-id``, ``webhook-timestamp``, ``webhook-signature``). The id is the
id of the letter: a receiver that sees it twice has the same event twice. The timestamp is of this try, and is signed
with the body; receivers refuse one that is more than five minutes off, so that nobody can play a caught call again.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import httpx

from bot.outbox.letters import Delivered, Letter, Outcome
from bot.request.record import Request
from channels.outgoing.carrier import Parcel
from channels.outgoing.over_http import ONE_ANSWER, NotTakenError, failure_of, required_success
from channels.outgoing.settings import WebhookSettings


class WebhookCarrier:
    """Carries events to one address."""

    def __init__(self, settings: WebhookSettings, base_url: str, clock: Callable[[], datetime]) -> None:
        self._settings = settings
        self._base_url = base_url
        self._clock = clock

    async def carry(self, parcel: Parcel) -> Outcome:
        """Post this event; any answer in the two hundreds is a receipt."""
        letter = parcel.letter
        if letter.content is None:
            await parcel.keep(self._event(letter, parcel.request))
        body = json.dumps(letter.content, ensure_ascii=False, separators=(",", ":")).encode()
        stamp = str(int(self._clock().timestamp()))
        headers = {
            "content-type": "application/json",
            "user-agent": "adempauze",
            "webhook-id": letter.id,
            "webhook-timestamp": stamp,
            "webhook-signature": signature(self._settings.secret, letter.id, stamp, body),
        }
        await parcel.hand_over()
        try:
            async with httpx.AsyncClient(timeout=ONE_ANSWER) as client:
                required_success(await client.post(self._settings.url, content=body, headers=headers))
        except NotTakenError as error:
            return error.outcome
        except httpx.HTTPError as error:
            return failure_of(error)
        return Delivered()

    def _event(self, letter: Letter, request: Request) -> dict[str, Any]:
        return {
            "type": f"request.{letter.event}",
            "timestamp": letter.created_at.isoformat(),
            "data": {
                "reference": request.reference,
                "municipality": request.municipality,
                "urgency": str(request.urgency),
                "state": str(request.state),
                "answer_by": request.answer_by.isoformat() if request.answer_by else None,
                "url": f"{self._base_url}/desk/requests/{request.reference}",
            },
        }


def signature(secret: str, event_id: str, stamp: str, body: bytes) -> str:
    """``v1,`` and the HMAC-SHA256 of ``id.timestamp.body`` in base64, with the letters of the secret as the key."""
    signed = f"{event_id}.{stamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(secret.encode(), signed, hashlib.sha256).digest()).decode()
