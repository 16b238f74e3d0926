"""A file on its way from "what would it do" to "do it": it goes along in the form itself, sealed with a signature.

Nothing of it waits in a process, so a second server, or the same one after a restart, carries it out as well. What is
signed besides the file: who tried it out, until when, and how every record stood then, so that a record that somebody
changed in between is never overwritten.
"""

from __future__ import annotations

import binascii
import hashlib
import hmac
import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

HOLDS = timedelta(hours=1)


@dataclass(frozen=True)
class CarriedFile:
    """``base``: the revision of every record that the plan would write, as it was when the file was tried out."""

    content: bytes
    name: str
    base: Mapping[str, int]


class CarriedFiles:
    """Packs and unpacks with the secret of the house."""

    def __init__(self, secret: str, now: Callable[[], datetime]) -> None:
        self._key = hmac.digest(secret.encode(), b"desk: a file that is carried in its form", "sha256")
        self._now = now

    def pack(self, file: CarriedFile, owner: int) -> str:
        """Text for a form field, that only this person can use, and only for ``HOLDS``."""
        head = {"name": file.name, "base": dict(file.base), "owner": owner, "until": (self._now() + HOLDS).timestamp()}
        packed = zlib.compress(json.dumps(head).encode() + b"\n" + file.content)
        return urlsafe_b64encode(self._signature(packed) + packed).decode()

    def unpack(self, text: str, owner: int) -> CarriedFile | None:
        """The file; ``None`` when it is not ours, not theirs, or too old."""
        try:
            sealed = urlsafe_b64decode(text.encode())
        except (binascii.Error, ValueError):
            return None
        size = hashlib.sha256().digest_size
        signature, packed = sealed[:size], sealed[size:]
        if not hmac.compare_digest(signature, self._signature(packed)):
            return None  # looked at before it is unpacked: nobody makes us unpack what we did not pack
        head, _, content = zlib.decompress(packed).partition(b"\n")
        told = json.loads(head)
        if told["owner"] != owner or self._now().timestamp() > told["until"]:
            return None
        return CarriedFile(content, told["name"], told["base"])

    def _signature(self, packed: bytes) -> bytes:
        return hmac.digest(self._key, packed, "sha256")
