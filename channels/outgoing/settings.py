"""What an operator sets to let letters leave, read once from the environment. A way that is not set up is not used."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, unquote, urlsplit

from bot.outbox.letters import LetterKind
from bot.settings import SettingsError

SMTP_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True)
class MailSettings:
    """The mail server. ``tls``: ``start`` (STARTTLS, required), ``direct`` (from the first byte) or ``none`` (only on
    this machine). ``team`` is where a team reads its mail when it has no address of its own."""

    host: str
    port: int
    sender: str
    tls: str
    username: str = ""
    password: str = ""
    team: str = ""


@dataclass(frozen=True)
class OpenKlantSettings:
    """``url`` ends before ``/klantcontacten``; ``actor`` is the UUID of who gets the interne taak."""

    url: str
    token: str
    actor: str


@dataclass(frozen=True)
class WebhookSettings:
    """Where events go, and the secret they are signed with."""

    url: str
    secret: str


@dataclass(frozen=True)
class OutgoingSettings:
    """Every way out; ``None`` is a way that is not used."""

    mail: MailSettings | None = None
    open_klant: OpenKlantSettings | None = None
    webhook: WebhookSettings | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> OutgoingSettings:
        """Read what mail, Open Klant and webhooks need. Raises ``SettingsError`` on a value that cannot be used, and on
        one that is missing beside others."""
        return cls(_mail(environment), _open_klant(environment), _webhook(environment))

    @property
    def kinds(self) -> frozenset[LetterKind]:
        """The letters that are written and carried here."""
        kinds: set[LetterKind] = set()
        if self.mail is not None:
            kinds |= {LetterKind.TEAM_MAIL, LetterKind.CARER_MAIL}
        if self.open_klant is not None:
            kinds |= {LetterKind.OPEN_KLANT, LetterKind.OPEN_KLANT_ANSWER}
        if self.webhook is not None:
            kinds.add(LetterKind.WEBHOOK)
        return frozenset(kinds)


def _mail(environment: Mapping[str, str]) -> MailSettings | None:
    if not environment.get("ADEMPAUZE_SMTP_URL"):
        return None
    parts = _parts("ADEMPAUZE_SMTP_URL", environment["ADEMPAUZE_SMTP_URL"])
    if parts.scheme not in SMTP_PORTS:
        raise SettingsError("ADEMPAUZE_SMTP_URL must begin with smtp:// or smtps://")
    plain = parts.query == "tls=none"
    if parts.query and not plain:
        raise SettingsError("ADEMPAUZE_SMTP_URL knows one option, ?tls=none, for a server on this machine")
    if plain and not is_loopback(parts.hostname or ""):
        raise SettingsError("ADEMPAUZE_SMTP_URL may say tls=none only for a server on this machine")
    return MailSettings(
        host=parts.hostname or "",
        port=_port("ADEMPAUZE_SMTP_URL", parts) or SMTP_PORTS[parts.scheme],
        sender=_address("ADEMPAUZE_SMTP_FROM", environment.get("ADEMPAUZE_SMTP_FROM", "")),
        tls="none" if plain else "direct" if parts.scheme == "smtps" else "start",
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        team=_address("ADEMPAUZE_TEAM_MAIL", environment.get("ADEMPAUZE_TEAM_MAIL", "")),
    )


def _open_klant(environment: Mapping[str, str]) -> OpenKlantSettings | None:
    if not environment.get("ADEMPAUZE_OPEN_KLANT_URL"):
        return None
    url = _web_address("ADEMPAUZE_OPEN_KLANT_URL", environment["ADEMPAUZE_OPEN_KLANT_URL"]).rstrip("/")
    actor = _needed("ADEMPAUZE_OPEN_KLANT_ACTOR", environment).lower()
    if not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", actor):
        raise SettingsError("ADEMPAUZE_OPEN_KLANT_ACTOR must be the UUID of an actor in Open Klant")
    return OpenKlantSettings(url, _needed("ADEMPAUZE_OPEN_KLANT_TOKEN", environment), actor)


def _webhook(environment: Mapping[str, str]) -> WebhookSettings | None:
    if not environment.get("ADEMPAUZE_WEBHOOK_URL"):
        return None
    secret = _needed("ADEMPAUZE_WEBHOOK_SECRET", environment)
    if len(secret) < 32:
        raise SettingsError("ADEMPAUZE_WEBHOOK_SECRET must have at least 32 characters")
    return WebhookSettings(_web_address("ADEMPAUZE_WEBHOOK_URL", environment["ADEMPAUZE_WEBHOOK_URL"]), secret)


def is_loopback(host: str) -> bool:
    """Is this name or number this very machine?"""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _parts(name: str, text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
    except ValueError:
        raise SettingsError(f"{name} is not an address") from None
    if not parts.hostname:
        raise SettingsError(f"{name} must name a server")
    return parts


def _port(name: str, parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:
        raise SettingsError(f"{name} has a port that is no port") from None


def _web_address(name: str, text: str) -> str:
    """HTTPS, or HTTP to this very machine; without a password in it, which would end up in logs."""
    parts = _parts(name, text)
    _port(name, parts)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        raise SettingsError(f"{name} must begin with https://")
    if parts.username or parts.password or parts.fragment:
        raise SettingsError(f"{name} must hold no user name, password or fragment")
    return text


def _needed(name: str, environment: Mapping[str, str]) -> str:
    value = environment.get(name, "").strip()
    if not value or not value.isascii() or not value.isprintable():
        raise SettingsError(f"{name} is needed, in plain letters and digits")
    return value


def _address(name: str, text: str) -> str:
    address = text.strip()
    if name == "ADEMPAUZE_TEAM_MAIL" and not address:
        return ""
    if len(address) > 254 or not re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;]+", address):
        raise SettingsError(f"{name} must be an e-mail address such as adempauze@gemeente.nl")
    return address
