"""Letters as klantcontacten with an interne taak, in a register that speaks Klantinteracties (Open Klant).

The API knows no idempotency keys. So each record carries a mark of ours (the onderwerpobject of a klantcontact, the
``referentie`` of an address), and every record is looked for before it is made: a try after a crash goes on where the
last one stopped. A record found is compared with what was meant, in case a server ignores what we ask for.
"""

from __future__ import annotations

from typing import Any

import httpx

from bot.outbox.letters import Delivered, Letter, LetterEvent, NotWanted, Outcome, TryLater
from bot.request.vocabulary import RequestState
from channels.outgoing.carrier import Parcel
from channels.outgoing.open_klant_content import REGISTER, OpenKlantContent
from channels.outgoing.over_http import ONE_ANSWER, NotTakenError, failure_of, required_success
from channels.outgoing.settings import OpenKlantSettings

Record = dict[str, Any]


def contact_mark(letter_id: str, number: int) -> dict[str, str]:
    """Our mark on a klantcontact: which piece of which letter it is."""
    return {
        "objectId": f"{letter_id}/{number}",
        "codeObjecttype": "aanvraag",
        "codeRegister": REGISTER,
        "codeSoortObjectId": "deel",
    }


def search_of(mark: dict[str, str]) -> dict[str, str]:
    """What to ask for, to find the klantcontact with this mark."""
    return {f"onderwerpobject__onderwerpobjectidentificator{name[0].upper()}{name[1:]}": mark[name] for name in mark}


class OpenKlantCarrier:
    """Carries requests to Open Klant."""

    def __init__(self, settings: OpenKlantSettings, content: OpenKlantContent) -> None:
        self._settings = settings
        self._content = content

    async def carry(self, parcel: Parcel) -> Outcome:
        """Make what is not there yet: each klantcontact, the addresses, and last the task, so that whoever gets the
        task finds everything."""
        letter, request = parcel.letter, parcel.request
        if letter.event is LetterEvent.SENT and request.state is RequestState.WITHDRAWN:
            return NotWanted()
        if letter.content is None:
            await parcel.keep(self._content.of(letter, request))
        assert letter.content is not None
        headers = {"authorization": f"Token {self._settings.token}", "user-agent": "adempauze"}
        try:
            async with httpx.AsyncClient(base_url=self._settings.url, headers=headers, timeout=ONE_ANSWER) as client:
                await _Register(client, parcel, self._settings.actor).fill(letter.content)
        except NotTakenError as error:
            return error.outcome
        except httpx.HTTPError as error:
            return failure_of(error)
        except (ValueError, KeyError, TypeError, AttributeError, IndexError):
            return TryLater("answer not understood")
        return Delivered()


class _Register:
    """One delivery to the register."""

    def __init__(self, client: httpx.AsyncClient, parcel: Parcel, actor: str) -> None:
        self._client = client
        self._parcel = parcel
        self._letter: Letter = parcel.letter
        self._actor = actor

    async def fill(self, content: Record) -> None:
        first = person = ""
        for number, contact in enumerate(content["klantcontacten"], 1):
            involved = content["betrokkene"] if number == 1 else None
            contact_id, person_id = await self._contact(number, contact, involved, first)
            first, person = first or contact_id, person or person_id
        for address in content["adressen"]:
            await self._address(address, person)
        if content["taak"] is not None:
            await self._task(content["taak"], first)

    async def _contact(self, number: int, contact: Record, person: Record | None, first: str) -> tuple[str, str]:
        mark = contact_mark(self._letter.id, number)
        for found in await self._found("klantcontacten", search_of(mark)):
            if (found["onderwerp"], found["inhoud"]) == (contact["onderwerp"], contact["inhoud"]):
                people = found["hadBetrokkenen"]
                return found["uuid"], people[0]["uuid"] if people else ""
        subject: Record = {"onderwerpobjectidentificator": mark, "wasKlantcontact": {"uuid": first} if first else None}
        wanted: Record = {"klantcontact": contact, "onderwerpobject": subject}
        if person is not None:
            wanted["betrokkene"] = person
        made = await self._make("maak-klantcontact", wanted)
        return made["klantcontact"]["uuid"], (made.get("betrokkene") or {}).get("uuid", "")

    async def _address(self, address: Record, person: str) -> None:
        if not person:
            return
        for found in await self._found("digitaleadressen", {"referentie": address["referentie"]}):
            if found["referentie"] == address["referentie"]:
                return
        await self._make("digitaleadressen", {**address, "verstrektDoorBetrokkene": {"uuid": person}})

    async def _task(self, task: Record, contact: str) -> None:
        for found in await self._found("internetaken", {"aanleidinggevendKlantcontact__uuid": contact}):
            if found["aanleidinggevendKlantcontact"]["uuid"] == contact:
                return
        actors = [{"uuid": self._actor}]
        await self._make(
            "internetaken", {**task, "aanleidinggevendKlantcontact": {"uuid": contact}, "toegewezenAanActoren": actors}
        )

    async def _found(self, path: str, asked: dict[str, str]) -> list[Record]:
        response = required_success(await self._client.get(f"/{path}", params=asked))
        return list(response.json()["results"])

    async def _make(self, path: str, record: Record) -> Record:
        await self._parcel.hand_over()  # whoever lost the letter meanwhile makes nothing any more
        return dict(required_success(await self._client.post(f"/{path}", json=record)).json())
