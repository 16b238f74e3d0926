"""The post of this house: which ways out are set up, and the worker that carries letters by them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from bot.outbox.carrying import Outbox
from bot.outbox.letters import LetterEvent, LetterKind
from bot.outbox.readers import MailReaders
from bot.request.clock import OfficeHours
from bot.request.elsewhere import Elsewhere
from bot.request.record import Request
from channels.outgoing.carrier import Carrier
from channels.outgoing.letters import MailWords
from channels.outgoing.mail import MailCarrier
from channels.outgoing.open_klant import OpenKlantCarrier
from channels.outgoing.open_klant_answers import OpenKlantAnswers
from channels.outgoing.open_klant_content import OpenKlantContent, TextOf
from channels.outgoing.settings import OutgoingSettings
from channels.outgoing.webhook import WebhookCarrier
from channels.outgoing.worker import Worker
from knowledge.storage import Sessions


def carriers(
    settings: OutgoingSettings,
    *,
    sessions: Sessions,
    base_url: str,
    office: OfficeHours,
    text_of: TextOf,
    clock: Callable[[], datetime],
) -> dict[LetterKind, Carrier]:
    """A carrier for each way that is set up. ``text_of``: a request as text for Open Klant."""
    found: dict[LetterKind, Carrier] = {}
    if settings.mail is not None:
        readers = MailReaders(sessions)

        async def team_addresses(request: Request, event: LetterEvent) -> tuple[str, ...]:
            return await asyncio.to_thread(readers.of, request, event)

        async def was_there(request: Request, since: datetime) -> bool:
            return await asyncio.to_thread(readers.was_there, request, since)

        mail = MailCarrier(settings.mail, MailWords(base_url, office), team_addresses, was_there)
        found |= {LetterKind.TEAM_MAIL: mail, LetterKind.CARER_MAIL: mail}
    if settings.open_klant is not None:
        content = OpenKlantContent(text_of, base_url, office)
        found[LetterKind.OPEN_KLANT] = OpenKlantCarrier(settings.open_klant, content)
        elsewhere = Elsewhere(sessions, clock)

        async def closed_there(request_id: int, at: datetime | None) -> None:
            await asyncio.to_thread(elsewhere.close_elsewhere, request_id, at)

        found[LetterKind.OPEN_KLANT_ANSWER] = OpenKlantAnswers(settings.open_klant, closed_there, clock)
    if settings.webhook is not None:
        found[LetterKind.WEBHOOK] = WebhookCarrier(settings.webhook, base_url, clock)
    return found


def build_worker(
    settings: OutgoingSettings,
    *,
    sessions: Sessions,
    base_url: str,
    office: OfficeHours,
    text_of: TextOf,
    clock: Callable[[], datetime],
) -> Worker:
    """A worker for every way that is set up; with none it has nothing to do and ``run`` ends at once."""
    ways = carriers(settings, sessions=sessions, base_url=base_url, office=office, text_of=text_of, clock=clock)
    return Worker(Outbox(sessions, clock), ways)
