"""The widget's one script file: its parts joined in order, with styles, sentences and numbers inside."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

STATIC = Path(__file__).resolve().parent / "static"
# Each file uses only what stands before it.
MODULES = (
    *("dom", "links", "pass", "stream", "session", "outbox", "offers", "request", "request_fields", "request_form"),
    *("going_on",),
    *("days", "message", "thread", "voice", "composer", "dialogs", "keepsake", "header", "scale", "theme", "unkept"),
    *("leaving", "status", "working", "widget", "launcher"),
)
_IMPORT = re.compile(r"^import .*$\n?", re.MULTILINE)
_REMARK = re.compile(r"^ *(?://.*|/\*\*(?:[^*]|\*(?!/))*\*/)\n", re.MULTILINE)  # on lines of their own
_REM = re.compile(r"(?<![\w.])(-?\d*\.?\d+)rem\b")
_SHARE = r"calc(\1 * var(--rem, 1rem))"
_CONDITION = re.compile(r"^\s*@(?:media|container)")


@dataclass(frozen=True)
class Bundle:
    """The script, the same packed with gzip, and its ETag."""

    body: bytes
    packed: bytes
    etag: str


@lru_cache(maxsize=4)
def bundle(given: str) -> Bundle:
    """The script. ``given`` is JSON for the parts to read, and plain ASCII: safe inside a script."""
    parts = [
        '"use strict";',
        f"const given = {given};",
        f"const styles = {json.dumps(styles_of('widget.css', 'request.css'))};",
        f"const launcherStyles = {json.dumps(styles_of('launcher.css'))};",
        scripts_of(*MODULES),
    ]
    data = ("(() => {\n" + "\n".join(parts) + "\n})();\n").encode()
    return Bundle(data, gzip.compress(data, mtime=0), f'"{hashlib.sha256(data).hexdigest()[:24]}"')


def styles_of(*names: str) -> str:
    """Style sheets in which a rem is a share of ``--rem``: what a rem is on the page around us, that page decides.

    The conditions of ``@media`` keep theirs: there it is the size that the person set, whatever the page says.
    """
    lines = "\n".join(_read(name) for name in names).splitlines()
    return "\n".join(line if _CONDITION.match(line) else _REM.sub(_SHARE, line) for line in lines)


def scripts_of(*names: str) -> str:
    """Parts of the widget without imports, exports and remarks: joined in order, each finds the others in one scope."""
    lines = "\n".join(_REMARK.sub("", _IMPORT.sub("", _read(f"{name}.js"))) for name in names).splitlines()
    return "\n".join(line.removeprefix("export ") for line in lines)


def _read(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")
