"""Looking in Open Klant whether the municipality ticked off there what it got from us (Klantinteracties: InterneTaak).

A register knows two words, "te_verwerken" and "verwerkt", and no outcome: what is made of that is decided in
``bot/request/elsewhere.py``. Looks are rare and become rarer (``pause_between_looks``), and end with the request.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timezone
from typing import Any

import httpx

from bot.outbox.letters import ANSWER_KEY, Delivered, NotWanted, NotYet, Outcome, TryLater, pause_between_looks
from bot.request.states import RUNNING
from channels.outgoing.carrier import Parcel
from channels.outgoing.open_klant import contact_mark, search_of
from channels.outgoing.over_http import ONE_ANSWER, NotTakenError, failure_of, required_success
from channels.outgoing.settings import OpenKlantSettings

DONE = "verwerkt"
ClosedThere = Callable[[int, datetime | None], Awaitable[None]]


class OpenKlantAnswers:
    """Carries nothing there; brings back whether it was closed."""

    def __init__(self, settings: OpenKlantSettings, closed_there: ClosedThere, clock: Callable[[], datetime]) -> None:
        self._settings = settings
        self._closed_there = closed_there
        self._clock = clock

    async def carry(self, parcel: Parcel) -> Outcome:
        """Done when every task of the request is; not wanted when nobody waits for it any more, or when the register
        no longer has it."""
        letter, request = parcel.letter, parcel.request
        if request.state not in RUNNING:
            return NotWanted()
        headers = {"authorization": f"Token {self._settings.token}", "user-agent": "adempauze"}
        try:
            async with httpx.AsyncClient(base_url=self._settings.url, headers=headers, timeout=ONE_ANSWER) as client:
                tasks = await _tasks(client, letter.key.removeprefix(ANSWER_KEY))
            if not tasks:
                return NotWanted()
            if any(task["status"] != DONE for task in tasks):
                return NotYet(pause_between_looks(self._clock() - letter.created_at))
            closed = [_moment(task.get("afgehandeldOp")) for task in tasks]
        except NotTakenError as error:
            return error.outcome
        except httpx.HTTPError as error:
            return failure_of(error)
        except (ValueError, KeyError, TypeError, AttributeError, IndexError):
            return TryLater("answer not understood")
        await self._closed_there(request.stored_id, max((one for one in closed if one), default=None))
        return Delivered()


async def _tasks(client: httpx.AsyncClient, letter_id: str) -> list[dict[str, Any]]:
    """The tasks of the first klantcontact that this letter made; a server that ignores what is asked gives more."""
    mark = contact_mark(letter_id, 1)
    contacts = required_success(await client.get("/klantcontacten", params=search_of(mark))).json()["results"]
    found: list[dict[str, Any]] = []
    for uuid in [contact["uuid"] for contact in contacts][:5]:
        asked = {"aanleidinggevendKlantcontact__uuid": uuid}
        tasks = required_success(await client.get("/internetaken", params=asked)).json()["results"]
        found += [task for task in tasks if task["aanleidinggevendKlantcontact"]["uuid"] == uuid]
    return found


def _moment(text: str | None) -> datetime | None:
    """Raises ``ValueError`` on what is no moment; one without a zone is taken as UTC, as the register writes it."""
    if not text:
        return None
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
