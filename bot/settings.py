"""Everything an operator can set, read once from the environment; a wrong value stops the start with one clear line."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from bot.chats.telegram_settings import TelegramSettings
from bot.own_secret import given_secret, own_secret
from bot.privacy.keys import data_keys, keys_in
from bot.staff.sign_in_settings import SignInSettings

ROOT = Path(__file__).resolve().parent.parent
TEXT_LOG = "text"


class SettingsError(ValueError):
    """A setting has a value that cannot be used; the message names it and says what is expected."""


@dataclass(frozen=True)
class Settings:
    """Where data lives, where we listen, and for whom.

    ``data_dir`` holds the SQLite file and the secret; ``models_dir`` the trained model; ``base_url`` is how people
    reach us (for links in mail and on screen). ``instruments_dir`` holds the texts of licensed questionnaires; ``None``
    leaves them all off. ``templates_dir`` holds a municipality's own templates for a request on paper.
    ``websites_file``: which websites of municipalities may carry the widget. ``sign_in``: how staff come in.
    ``telegram``: the bot there; ``None`` when there is none. ``data_keys`` seal personal data, newest first; they stand
    in ``data_keys_file``, unless the environment gives them. ``hosts``: names we answer to beside that of ``base_url``;
    ``proxies``: how many of our own stand in front and write the caller's address in X-Forwarded-For.
    ``metrics_token`` opens ``/metrics``; empty keeps it shut. ``log``: ``text``, ``json``, or the address of a syslog.
    """

    data_dir: Path
    models_dir: Path
    database_url: str
    host: str
    port: int
    base_url: str
    secret: str
    instruments_dir: Path | None = None
    templates_dir: Path | None = None
    websites_file: Path | None = None
    sign_in: SignInSettings = field(default_factory=SignInSettings)
    telegram: TelegramSettings | None = None
    data_keys: tuple[str, ...] = field(default=(), repr=False)
    data_keys_file: Path | None = None
    hosts: tuple[str, ...] = ()
    proxies: int = 0
    metrics_token: str = field(default="", repr=False)
    log: str = TEXT_LOG

    def data_keys_now(self) -> tuple[str, ...]:
        """The keys as they stand in the file at this moment."""
        return keys_in(self.data_keys_file) if self.data_keys_file is not None else self.data_keys

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read ``ADEMPAUZE_*``. Raises ``SettingsError`` on a value that cannot be used."""
        data_dir = _data_dir(environment)
        port = _port(environment.get("ADEMPAUZE_PORT") or "8080")
        host = environment.get("ADEMPAUZE_HOST") or "127.0.0.1"
        shown_host = "localhost" if host in ("127.0.0.1", "0.0.0.0") else host  # noqa: S104
        base_url = _base_url(environment.get("ADEMPAUZE_BASE_URL") or f"http://{shown_host}:{port}")
        keys, keys_file = _data_keys(environment, data_dir)
        return cls(
            data_dir=data_dir,
            models_dir=Path(environment.get("ADEMPAUZE_MODELS") or ROOT / "models").resolve(),
            database_url=_database(environment.get("ADEMPAUZE_DATABASE") or f"sqlite:///{data_dir / 'adempauze.db'}"),
            host=host,
            port=port,
            base_url=base_url,
            secret=_secret(environment, data_dir),
            instruments_dir=_folder("ADEMPAUZE_INSTRUMENTS", environment),
            templates_dir=_folder("ADEMPAUZE_TEMPLATES", environment),
            websites_file=_file("ADEMPAUZE_WEBSITES", environment),
            sign_in=_sign_in(environment),
            telegram=_telegram(environment, base_url),
            data_keys=keys,
            data_keys_file=keys_file,
            hosts=tuple(environment.get("ADEMPAUZE_HOSTS", "").lower().replace(",", " ").split()),
            proxies=_proxies(environment.get("ADEMPAUZE_PROXIES") or "0"),
            metrics_token=_metrics_token(environment.get("ADEMPAUZE_METRICS_TOKEN", "")),
            log=_log(environment.get("ADEMPAUZE_LOG") or TEXT_LOG),
        )


def _data_dir(environment: Mapping[str, str]) -> Path:
    path = Path(environment.get("ADEMPAUZE_DATA") or ROOT / "var").resolve()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)  # ours alone: others may not even look in it
    except OSError as error:
        why = error.strerror
        raise SettingsError(
            f"ADEMPAUZE_DATA must be a folder that is there or can be made, not {path}: {why}"
        ) from None
    return path


def _base_url(text: str) -> str:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise SettingsError(
            f"ADEMPAUZE_BASE_URL must be an address such as https://adempauze.gemeente.nl, not {text!r}"
        )
    return text.rstrip("/")


def _database(text: str) -> str:
    """The address is never repeated: there may be a password in it."""
    scheme, _, rest = text.partition("://")
    if scheme not in ("sqlite", "postgresql", "postgresql+psycopg2") or not rest.strip("/"):
        raise SettingsError("ADEMPAUZE_DATABASE must begin with postgresql:// and name a server, or with sqlite:///")
    return text


def _secret(environment: Mapping[str, str], data_dir: Path) -> str:
    given = environment.get("ADEMPAUZE_SECRET")
    try:
        return given_secret(given) if given else own_secret(data_dir / "secret")
    except ValueError as error:
        raise SettingsError(str(error)) from None


def _data_keys(environment: Mapping[str, str], data_dir: Path) -> tuple[tuple[str, ...], Path | None]:
    try:
        return data_keys(environment, data_dir)
    except ValueError as error:
        raise SettingsError(str(error)) from None


def _metrics_token(token: str) -> str:
    if token and (len(token) < 16 or not token.isascii()):
        raise SettingsError("ADEMPAUZE_METRICS_TOKEN must be at least 16 characters; without it there is no /metrics")
    return token


def _log(where: str) -> str:
    try:
        parts = urlsplit(where)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is none
        raise SettingsError(f"ADEMPAUZE_LOG is no address: {where!r}") from None
    is_syslog = parts.scheme == "syslog" and (named or parts.path.startswith("/"))
    if where not in (TEXT_LOG, "json") and not is_syslog:
        raise SettingsError(f"ADEMPAUZE_LOG must be text, json, or such as syslog:///dev/log, not {where!r}")
    return where


def _sign_in(environment: Mapping[str, str]) -> SignInSettings:
    try:
        return SignInSettings.from_environment(environment)
    except ValueError as error:
        raise SettingsError(str(error)) from None


def _telegram(environment: Mapping[str, str], base_url: str) -> TelegramSettings | None:
    try:
        return TelegramSettings.from_environment(environment, base_url)
    except ValueError as error:
        raise SettingsError(str(error)) from None


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 0 < int(text) < 65536:
        raise SettingsError(f"ADEMPAUZE_PORT must be a number from 1 to 65535, not {text!r}")
    return int(text)


def _proxies(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) > 9:
        raise SettingsError(f"ADEMPAUZE_PROXIES must be the number of proxies in front, from 0 to 9, not {text!r}")
    return int(text)


def _folder(name: str, environment: Mapping[str, str]) -> Path | None:
    """The folder that is named, or ``None`` when none is."""
    if not environment.get(name):
        return None
    path = Path(environment[name]).resolve()
    if not path.is_dir():
        raise SettingsError(f"{name} must be a folder that exists, not {environment[name]!r}")
    return path


def _file(name: str, environment: Mapping[str, str]) -> Path | None:
    """The file that is named, or ``None`` when none is."""
    if not environment.get(name):
        return None
    path = Path(environment[name]).resolve()
    if not path.is_file():
        raise SettingsError(f"{name} must be a file that exists, not {environment[name]!r}")
    return path
