"""Everything an operator can set, read once from the environment; a wrong value stops the start with one clear line."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.privacy.keys import data_keys, keys_in
from bot.sign_in_settings import SignInSettings
from bot.telegram_settings import TelegramSettings

ROOT = Path(__file__).resolve().parent.parent


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
    ``metrics_token`` opens ``/metrics``; empty keeps it shut.
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

    def data_keys_now(self) -> tuple[str, ...]:
        """The keys as they stand in the file at this moment."""
        return keys_in(self.data_keys_file) if self.data_keys_file is not None else self.data_keys

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read ``ADEMPAUZE_*``. Raises ``SettingsError`` on a value that cannot be used."""
        data_dir = Path(environment.get("ADEMPAUZE_DATA", ROOT / "var")).resolve()
        data_dir.mkdir(parents=True, exist_ok=True)
        port = _port(environment.get("ADEMPAUZE_PORT", "8080"))
        host = environment.get("ADEMPAUZE_HOST", "127.0.0.1")
        shown_host = "localhost" if host in ("127.0.0.1", "0.0.0.0") else host  # noqa: S104
        base_url = environment.get("ADEMPAUZE_BASE_URL", f"http://{shown_host}:{port}").rstrip("/")
        keys, keys_file = _data_keys(environment, data_dir)
        return cls(
            data_dir=data_dir,
            models_dir=Path(environment.get("ADEMPAUZE_MODELS", ROOT / "models")).resolve(),
            database_url=environment.get("ADEMPAUZE_DATABASE", f"sqlite:///{data_dir / 'adempauze.db'}"),
            host=host,
            port=port,
            base_url=base_url,
            secret=environment.get("ADEMPAUZE_SECRET") or _own_secret(data_dir / "secret"),
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
        )


def _data_keys(environment: Mapping[str, str], data_dir: Path) -> tuple[tuple[str, ...], Path | None]:
    try:
        return data_keys(environment, data_dir)
    except ValueError as error:
        raise SettingsError(str(error)) from None


def _metrics_token(token: str) -> str:
    if token and (len(token) < 16 or not token.isascii()):
        raise SettingsError("ADEMPAUZE_METRICS_TOKEN must be at least 16 characters; without it there is no /metrics")
    return token


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
    if not text.isdigit() or not 0 < int(text) < 65536:
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


def _own_secret(path: Path) -> str:
    """A secret of our own making, kept beside the database, so that sessions survive a restart without any set-up."""
    if path.exists():
        return path.read_text(encoding="ascii").strip()
    secret = secrets.token_urlsafe(48)
    path.touch(mode=0o600)
    path.write_text(secret, encoding="ascii")
    return secret
