"""Where the keys come from that seal personal data: the environment, or a file of our own beside the database.

They are apart from the secret of the sessions: who changes that one signs everybody out, who loses these loses what
people told. Whoever makes a backup of the database keeps the keys elsewhere; without them it is unreadable.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

NAME = "ADEMPAUZE_DATA_KEYS"
FILE = "data-keys"
SHORTEST = 32
"""A key is a random text of at least so many characters; ``adempauze keys add`` makes one."""


def data_keys(environment: Mapping[str, str], data_dir: Path) -> tuple[tuple[str, ...], Path | None]:
    """The keys, newest first, and the file they stand in (``None``: the environment gives them).

    Makes the file at the first start. Raises ``ValueError`` for a key that cannot be used.
    """
    if environment.get(NAME):
        return _checked(environment[NAME].split(","), NAME), None
    path = data_dir / FILE
    if not path.exists():
        _write_first(path)
    return keys_in(path), path


def keys_in(path: Path) -> tuple[str, ...]:
    """The keys in the file, one a line, newest first. Raises ``ValueError`` when there is none that can be used."""
    content = path.read_bytes()
    if not content.isascii():
        raise ValueError(f"{path} holds something else than keys")
    return _checked(content.decode("ascii").splitlines(), str(path))


def add_key(path: Path) -> None:
    """Put a new key before the others."""
    aside = _aside(path, [new_key(), *keys_in(path)])
    aside.replace(path)


def new_key() -> str:
    """A key that nobody guesses."""
    return secrets.token_urlsafe(48)


def _checked(given: list[str], where: str) -> tuple[str, ...]:
    keys = tuple(key for each in given if (key := each.strip()))
    if not keys:
        raise ValueError(f"{where} holds no key")
    if any(len(key) < SHORTEST for key in keys):
        raise ValueError(f"every key in {where} must have at least {SHORTEST} characters")
    return keys


def _write_first(path: Path) -> None:
    """Of two processes that start at once, one makes the file and both read it."""
    aside = _aside(path, [new_key()])
    with contextlib.suppress(FileExistsError):
        os.link(aside, path)
    aside.unlink()


def _aside(path: Path, keys: list[str]) -> Path:
    aside = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    aside.touch(mode=0o600)
    aside.write_text("\n".join(keys) + "\n", encoding="ascii")
    return aside
