"""Whether the keys of this start belong to this database, found out before anybody is helped.

For every key that seals something here there is a canary: a word sealed with it. A start that cannot open each of them
stops with one line, instead of failing in the middle of a talk, or sealing with a key that its colleagues do not have.
"""

from __future__ import annotations

import contextlib
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from bot.privacy.tables import house_keys
from knowledge.sealed import Keyring, UnreadableError

WORD = "adempauze"


class WrongKeysError(ValueError):
    """A key is missing that something in this database is sealed with."""


def check_keys(engine: Engine, ring: Keyring, now: datetime) -> None:
    """Open every canary, and leave one for the newest key. Raises ``WrongKeysError``."""
    with engine.connect() as connection:
        found = dict(connection.execute(select(house_keys.c.name, house_keys.c.canary)).all())
    missing = sorted(name for name, canary in found.items() if not _opens(ring, canary))
    if missing:
        raise WrongKeysError(
            f"this database is sealed with a key that is not here ({', '.join(missing)}): put it back in "
            "ADEMPAUZE_DATA_KEYS or in the file data-keys; `adempauze keys list` names the keys"
        )
    if ring and ring.names[0] not in found:
        row = {"name": ring.names[0], "canary": ring.seal(WORD), "since": now}
        with contextlib.suppress(IntegrityError), engine.begin() as connection:  # another process was first
            connection.execute(insert(house_keys).values(**row))


def forget_older_keys(engine: Engine, ring: Keyring) -> None:
    """Nothing is sealed with another key than the newest any more: the others may go."""
    with engine.begin() as connection:
        connection.execute(delete(house_keys).where(house_keys.c.name != ring.names[0]))


def _opens(ring: Keyring, canary: str) -> bool:
    try:
        return ring.open(canary) == WORD
    except UnreadableError:
        return False
