"""A request as records of Klantinteracties: what is sent, and how it fits its limits without losing a word.

Limits (peers, section c): kanaal 50, onderwerp 200, inhoud 1000, gevraagdeHandeling 200, toelichting 1000. A text that
does not fit in one klantcontact goes on in the next ones, which name the first as their onderwerpobject; an attachment
would need a documents register that not every municipality has.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.outbox.letters import Letter, LetterEvent
from bot.request.clock import OfficeHours, moment_in_words
from bot.request.fields import FieldKey
from bot.request.record import Request
from channels.rendering.open_klant import MOST_CONTENT, MOST_SUBJECT, OpenKlantText

CHANNEL = "Adempauze"
"""The kanaal (at most 50 characters)."""

REGISTER = "adempauze"
MOST_NAME, MOST_ADDRESS = 200, 80
HERE = Path(__file__).parent

_DUTCH_PHONE = re.compile(r"0[1-9]\d{8}|\+\d{9,15}|00\d{7,13}")

TextOf = Callable[[Request], OpenKlantText]


class OpenKlantContent:
    """Makes the records. ``text_of`` gives the whole request as text in pieces."""

    def __init__(self, text_of: TextOf, base_url: str, office: OfficeHours) -> None:
        self._text_of = text_of
        self._base_url = base_url
        self._office = office
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,  # noqa: S701 - plain text
        )

    def of(self, letter: Letter, request: Request) -> dict[str, Any]:
        """``klantcontacten`` in order, ``betrokkene``, ``adressen`` and ``taak``, each as the API takes it; what only
        the server knows (numbers of the records before) is filled in on the way."""
        if letter.event is LetterEvent.WITHDRAWN:
            subject, body = self._made("open_klant_withdrawn.txt", reference=request.reference)
            contacts = [_contact(letter, subject, body)]
            return {"klantcontacten": contacts, "betrokkene": None, "adressen": [], "taak": _task(subject, body)}
        text = self._text_of(request)
        subject, body = self._made(
            "open_klant_task.txt",
            reference=request.reference,
            urgency=request.urgency.label,
            answer_by=moment_in_words(request.answer_by, self._office) if request.answer_by else "",
            phone=_short(request.shared(FieldKey.CONTACT_PHONE)),
            email=_short(request.shared(FieldKey.CONTACT_EMAIL)),
            when=_short(request.shared(FieldKey.CONTACT_WHEN)),
            pieces=len(text.pieces),
            link=f"{self._base_url}/desk/requests/{request.reference}",
        )
        return {
            "klantcontacten": [
                _contact(letter, _numbered(text.onderwerp, number, len(text.pieces)), piece)
                for number, piece in enumerate(text.pieces, 1)
            ],
            "betrokkene": _person(request),
            "adressen": _addresses(letter, request),
            "taak": _task(subject, body),
        }

    def _made(self, template: str, **values: Any) -> tuple[str, str]:
        subject, _, body = self._templates.get_template(template).render(**values).partition("\n---\n")
        return subject.strip(), body.strip()


def _contact(letter: Letter, subject: str, text: str) -> dict[str, Any]:
    return {
        "kanaal": CHANNEL,
        "onderwerp": subject[:MOST_SUBJECT],
        "inhoud": text,
        "indicatieContactGelukt": None,
        "taal": "nld",
        "vertrouwelijk": True,
        "plaatsgevondenOp": letter.created_at.isoformat(),
    }


def _numbered(subject: str, number: int, of: int) -> str:
    if of == 1:
        return subject
    mark = f" (deel {number} van {of})"
    return subject[: MOST_SUBJECT - len(mark)].rstrip() + mark


def _task(action: str, text: str) -> dict[str, Any]:
    return {"gevraagdeHandeling": action[:200], "toelichting": text[:MOST_CONTENT], "status": "te_verwerken"}


def _person(request: Request) -> dict[str, Any]:
    """The carer: she asks for herself, so she is the client; by the name she gave, which we do not take apart."""
    name = request.shared(FieldKey.CONTACT_NAME)[:MOST_NAME]
    return {
        "wasPartij": None,
        "bezoekadres": None,
        "correspondentieadres": None,
        "contactnaam": {"voorletters": "", "voornaam": name, "voorvoegselAchternaam": "", "achternaam": ""},
        "rol": "klant",
        "organisatienaam": "",
        "initiator": True,
    }


def _addresses(letter: Letter, request: Request) -> list[dict[str, Any]]:
    """Where she can be reached, as records; what the register refuses as a number goes as ``overig``."""
    phone, email = request.shared(FieldKey.CONTACT_PHONE), request.shared(FieldKey.CONTACT_EMAIL)
    digits = re.sub(r"[^\d+]", "", phone)
    found = []
    if phone:
        fits = bool(_DUTCH_PHONE.fullmatch(digits))
        found.append((digits if fits else phone, "telefoonnummer" if fits else "overig", "telefoonnummer"))
    if email:
        found.append((email, "email", "e-mailadres"))
    return [
        {
            "adres": address,
            "soortDigitaalAdres": sort,
            "omschrijving": description,
            "isStandaardAdres": False,
            "referentie": f"{letter.id}-{number}",
            "verstrektDoorPartij": None,
        }
        for number, (address, sort, description) in enumerate(found, 1)
        if len(address) <= MOST_ADDRESS  # a longer one stands in the text
    ]


def _short(text: str) -> str:
    """Enough for the task; the whole of it stands in the klantcontacten."""
    return text if len(text) <= 120 else text[:119].rstrip() + "…"
