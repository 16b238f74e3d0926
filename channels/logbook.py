"""Where the log goes: as text on the terminal, or as one JSON object a line on standard output or to syslog.

With JSON or syslog the lines of the audit log go along, so that a copy stands where nobody at the desk or the database
can reach it (``ADEMPAUZE_LOG``; ASVS 16.4.3). A line break in a text becomes ``\\n`` in JSON: nobody forges a line.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from logging.handlers import SysLogHandler
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.settings import TEXT_LOG, SettingsError
from channels.web.refusals import where_it_failed

AUDIT = logging.getLogger("adempauze.audit")
SYSLOG_PORT = 514


class JsonLines(logging.Formatter):
    """One JSON object a line. Of an error its kind and place, never its message, which may quote a person."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"at": at, "level": record.levelname.lower(), "from": record.name}
        line["said"] = record.getMessage()
        if record.exc_info and record.exc_info[1] is not None:
            line["failed"] = where_it_failed(record.exc_info[1])
        if isinstance(getattr(record, "audit", None), Mapping):
            line["audit"] = record.audit  # type: ignore[attr-defined]
        return json.dumps(line)


class _Syslog(SysLogHandler):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  - the library's own name
        """It is away: say so, without the line itself."""
        sys.stderr.write("adempauze: a line for syslog was lost\n")


def open_logbook(where: str) -> None:
    """Send the log of this process where the operator wants it. Raises ``SettingsError`` when nothing is there."""
    if where == TEXT_LOG:
        return
    handler = logging.StreamHandler(sys.stdout) if where == "json" else _syslog(where)
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    AUDIT.setLevel(logging.INFO)


def audit_teller(where: str) -> Callable[[Mapping[str, Any]], None] | None:
    """Takes a line of the audit log along, once it is kept; ``None`` where the log is only text."""
    return None if where == TEXT_LOG else _tell


def _tell(line: Mapping[str, Any]) -> None:
    AUDIT.info("audit", extra={"audit": dict(line)})


def _syslog(where: str) -> logging.Handler:
    parts = urlsplit(where)
    try:
        if parts.hostname:
            return _Syslog((parts.hostname, parts.port or SYSLOG_PORT), SysLogHandler.LOG_AUTHPRIV)
    except OSError:
        raise SettingsError(f"ADEMPAUZE_LOG: no syslog answers at {where!r}") from None
    if not Path(parts.path).is_socket():  # the library would say nothing, and lose every line
        raise SettingsError(f"ADEMPAUZE_LOG: no syslog answers at {where!r}")
    return _Syslog(parts.path, SysLogHandler.LOG_AUTHPRIV)
