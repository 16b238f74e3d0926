"""The words of a mail, from templates that a municipality can adapt: the first line is the subject, then three dashes.

Neither mail says anything of a person: the team reads that a request waits, how urgent it is and where; the carer reads
that there is a message. What it is about stands behind the door of each (R104, R111).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.outbox.letters import LetterEvent, LetterKind
from bot.outbox.readers import OF_WHO_HAS_IT
from bot.request.clock import OfficeHours, moment_in_words
from bot.request.record import Request
from channels.outgoing.carrier import Parcel
from knowledge.vocabulary import Urgency

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Words:
    """A subject of one line, and the text below it."""

    subject: str
    body: str


class MailWords:
    """Makes the words of each mail. ``office`` gives the local time of promises."""

    def __init__(self, base_url: str, office: OfficeHours, folder: Path = HERE / "templates") -> None:
        self._base_url = base_url
        self._office = office
        self._templates = Environment(
            loader=FileSystemLoader(folder),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,  # noqa: S701 - plain text, and nothing in it was typed by a person
        )

    def of(self, parcel: Parcel) -> Words:
        """The words for this letter."""
        make: Callable[[Request, LetterEvent], Words]
        make = self._for_carer if parcel.letter.kind is LetterKind.CARER_MAIL else self._for_team
        return make(parcel.request, parcel.letter.event)

    def _for_team(self, request: Request, event: LetterEvent) -> Words:
        urgent = request.urgency in (Urgency.EMERGENCY, Urgency.PALLIATIVE)
        late = event in (LetterEvent.REMINDED, LetterEvent.ESCALATED)
        if event in OF_WHO_HAS_IT:
            return self._for_who_has_it(request, event)
        start = f"{request.urgency.label}, " if urgent else "nog steeds: " if late else ""
        return self._made(
            "team_mail.txt",
            subject_start=(start[:1].upper() + start[1:]) if start else "",
            whom="uw antwoord" if event is LetterEvent.OFFERED else "iemand die hem oppakt",
            urgency=request.urgency.label,
            answer_by=moment_in_words(request.answer_by, self._office) if request.answer_by else "",
            link=f"{self._base_url}/desk/requests/{request.reference}",
        )

    def _for_who_has_it(self, request: Request, event: LetterEvent) -> Words:
        waits = request.answer_by is not None and request.contacted_at is None
        return self._made(
            "nudge_mail.txt",
            heavier=event is LetterEvent.WORSENED,
            urgency=request.urgency.label,
            answer_by=moment_in_words(request.answer_by, self._office) if waits and request.answer_by else "",
            link=f"{self._base_url}/desk/requests/{request.reference}",
        )

    def _for_carer(self, request: Request, event: LetterEvent) -> Words:
        return self._made(
            "carer_mail.txt",
            je=request.informal,
            question=event is LetterEvent.FOLLOWED_UP,
            link=f"{self._base_url}/",
            reference=request.reference,
            municipality=request.municipality,
        )

    def _made(self, template: str, **values: str | bool) -> Words:
        text = self._templates.get_template(template).render(**values)
        subject, _, body = text.partition("\n---\n")
        subject = " ".join(subject.split())
        return Words(subject[:1].upper() + subject[1:], re.sub(r"\n{3,}", "\n\n", body).strip() + "\n")
