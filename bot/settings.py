"""Everything an operator can set, read once from the environment; a wrong value stops the start with one clear line."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.sign_in_settings import SignInSettings

ROOT = Path(__file__).resolve().parent.parent


class SettingsError(ValueError):
    """A setting has a value that cannot be used; the message names it and says what is expected."""


@dataclass(frozen=True)
class Settings:
    """Where data lives, where we listen, and for whom.

    ``data_dir`` holds the SQLite file and the secret; ``models_dir`` the trained model; ``base_url`` is how people
    reach us (for links in mail and on screen). ``instruments_dir`` holds the texts of licensed questionnaires; ``None``
    leaves them all off. ``templates_dir`` holds a municipality's own templates for a request on paper. ``sign_in``: how
    staff come in.
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
    sign_in: SignInSettings = field(default_factory=SignInSettings)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read ``ADEMPAUZE_*``. Raises ``SettingsError`` on a value that cannot be used."""
        data_dir = Path(environment.get("ADEMPAUZE_DATA", ROOT / "var")).resolve()
        data_dir.mkdir(parents=True, exist_ok=True)
        port = _port(environment.get("ADEMPAUZE_PORT", "8080"))
        host = environment.get("ADEMPAUZE_HOST", "127.0.0.1")
        shown_host = "localhost" if host in ("127.0.0.1", "0.0.0.0") else host  # noqa: S104
        return cls(
            data_dir=data_dir,
            models_dir=Path(environment.get("ADEMPAUZE_MODELS", ROOT / "models")).resolve(),
            database_url=environment.get("ADEMPAUZE_DATABASE", f"sqlite:///{data_dir / 'adempauze.db'}"),
            host=host,
            port=port,
            base_url=environment.get("ADEMPAUZE_BASE_URL", f"http://{shown_host}:{port}").rstrip("/"),
            secret=environment.get("ADEMPAUZE_SECRET") or _own_secret(data_dir / "secret"),
            instruments_dir=_folder("ADEMPAUZE_INSTRUMENTS", environment),
            templates_dir=_folder("ADEMPAUZE_TEMPLATES", environment),
            sign_in=_sign_in(environment),
        )


def _sign_in(environment: Mapping[str, str]) -> SignInSettings:
    try:
        return SignInSettings.from_environment(environment)
    except ValueError as error:
        raise SettingsError(str(error)) from None


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise SettingsError(f"ADEMPAUZE_PORT must be a number from 1 to 65535, not {text!r}")
    return int(text)


def _folder(name: str, environment: Mapping[str, str]) -> Path | None:
    """The folder that is named, or ``None`` when none is."""
    if not environment.get(name):
        return None
    path = Path(environment[name]).resolve()
    if not path.is_dir():
        raise SettingsError(f"{name} must be a folder that exists, not {environment[name]!r}")
    return path


def _own_secret(path: Path) -> str:
    """A secret of our own making, kept beside the database, so that sessions survive a restart without any set-up."""
    if path.exists():
        return path.read_text(encoding="ascii").strip()
    secret = secrets.token_urlsafe(48)
    path.touch(mode=0o600)
    path.write_text(secret, encoding="ascii")
    return secret
