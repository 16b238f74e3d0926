"""Letters by mail: plain text over SMTP, encrypted on the way, with an honest answer about what became of it.

Mail cannot be delivered exactly once: when the line breaks between the last dot and the server's answer, nobody knows
whether it has the mail. So the outbox is told right before that step (``hand_over``); what breaks before it is tried
again, what breaks after it is ``Unsure``. Every try carries the same Message-ID, made from the id of the letter, by
which mail systems can recognise a second copy.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP as WIRE
from email.utils import format_datetime

import aiosmtplib

from bot.outbox.letters import Delivered, LetterEvent, LetterKind, NotWanted, Outcome, Refused, TryLater, Unsure
from bot.outbox.readers import OF_WHO_HAS_IT
from bot.request.fields import FieldKey
from bot.request.record import Request
from bot.request.states import CLOSED, WAITING_FOR_SOMEONE
from bot.request.vocabulary import RequestState
from channels.outgoing.carrier import Parcel
from channels.outgoing.letters import MailWords
from channels.outgoing.settings import MailSettings

ONE_ANSWER = 20.0
"""Seconds that the server gets for each answer."""

_ADDRESS = re.compile(r"[^@\s<>,;:\"()\[\]\\]+@[^@\s<>,;:\"()\[\]\\]+")

TeamAddresses = Callable[[Request, LetterEvent], Awaitable[tuple[str, ...]]]
ReadAlready = Callable[[Request, datetime], Awaitable[bool]]


class MailCarrier:
    """Carries mail to a team and to the carer.

    ``team_addresses``: who reads mail for a request (empty: the address of the settings). ``read_already``: was she in
    the talk since that moment? Then she saw the message, and needs no mail.
    """

    def __init__(
        self, settings: MailSettings, words: MailWords, team_addresses: TeamAddresses, read_already: ReadAlready
    ) -> None:
        self._settings = settings
        self._words = words
        self._team_addresses = team_addresses
        self._read_already = read_already

    async def carry(self, parcel: Parcel) -> Outcome:
        """Send this mail, if it is still wanted."""
        if not await self._is_wanted(parcel):
            return NotWanted()
        receivers = await self._receivers(parcel)
        if not receivers or not all(receiver.isascii() and _ADDRESS.fullmatch(receiver) for receiver in receivers):
            return Refused("no address")
        message = self._message(parcel, receivers)
        try:
            return await self._send(parcel, message, receivers)
        except (aiosmtplib.SMTPRecipientRefused, aiosmtplib.SMTPDataError) as error:
            return _by_code(error)
        except aiosmtplib.SMTPResponseException as error:  # our name, password or sender: the letter is not to blame
            return TryLater(_code(error))
        except (aiosmtplib.SMTPException, OSError, asyncio.TimeoutError) as error:
            code = _kind_of(error)
            return TryLater(code) if parcel.letter.handed_over_at is None else Unsure(code)

    async def _send(self, parcel: Parcel, message: EmailMessage, receivers: tuple[str, ...]) -> Outcome:
        ours = self._settings
        client = aiosmtplib.SMTP(
            hostname=ours.host,
            port=ours.port,
            timeout=ONE_ANSWER,
            use_tls=ours.tls == "direct",
            start_tls=ours.tls == "start",
            username=ours.username or None,
            password=ours.password or None,
        )
        await client.connect()
        try:
            await client.mail(ours.sender)
            for receiver in receivers:
                await client.rcpt(receiver)
            content = message.as_bytes(policy=WIRE)
            await parcel.hand_over()
            await client.data(content)
        finally:
            client.close()  # no QUIT: after the answer to the data nothing may turn a delivered mail into a doubt
        return Delivered()

    async def _is_wanted(self, parcel: Parcel) -> bool:
        request, letter = parcel.request, parcel.letter
        if letter.kind is LetterKind.CARER_MAIL:
            if request.state is RequestState.WITHDRAWN:
                return False
            return not await self._read_already(request, letter.created_at)
        return request.state not in CLOSED and _is_news_for_team(request, letter.event)

    async def _receivers(self, parcel: Parcel) -> tuple[str, ...]:
        if parcel.letter.kind is LetterKind.CARER_MAIL:
            address = parcel.request.shared(FieldKey.CONTACT_EMAIL).strip()
            return (address,) if address else ()
        ours = (self._settings.team,) if self._settings.team else ()
        return await self._team_addresses(parcel.request, parcel.letter.event) or ours

    def _message(self, parcel: Parcel, receivers: tuple[str, ...]) -> EmailMessage:
        words, letter, sender = self._words.of(parcel), parcel.letter, self._settings.sender
        message = EmailMessage()
        message["Subject"] = words.subject
        message["From"] = sender
        message["To"] = ", ".join(receivers)
        message["Date"] = format_datetime(letter.created_at)
        message["Message-ID"] = f"<{letter.id}@{sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday answers, please
        message["X-Auto-Response-Suppress"] = "All"
        message["Content-Language"] = "nl"
        message.set_content(words.body, cte="quoted-printable")
        return message


def _is_news_for_team(request: Request, event: LetterEvent) -> bool:
    """Does it still wait for what the letter says it waits for?"""
    if event is LetterEvent.OFFERED:
        return request.forward is not None
    if event in OF_WHO_HAS_IT:
        return True
    if event in (LetterEvent.SENT, LetterEvent.REOPENED):
        return request.state in WAITING_FOR_SOMEONE
    return request.state is not RequestState.CONTACTED


def _by_code(error: aiosmtplib.SMTPResponseException) -> Outcome:
    """4xx passes, 5xx does not (RFC 5321, 4.2.1). The server answered, so it is sure that it has not got the mail."""
    code = _code(error)
    if 500 <= error.code < 600:
        return Refused(code)
    return TryLater(code)


def _code(error: aiosmtplib.SMTPResponseException) -> str:
    """``smtp 550 5.1.1``: the numbers only, because servers quote addresses."""
    detail = re.match(r"[245]\.\d{1,3}\.\d{1,3}\b", str(error.message))
    return f"smtp {error.code}" + (f" {detail[0]}" if detail else "")


def _kind_of(error: BaseException) -> str:
    if isinstance(error, (asyncio.TimeoutError, aiosmtplib.SMTPTimeoutError)):
        return "timeout"
    if isinstance(error, aiosmtplib.SMTPServerDisconnected):
        return "connection lost"
    if isinstance(error, OSError):
        return "no connection"
    return type(error).__name__
