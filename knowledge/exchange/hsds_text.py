"""Texts as HSDS wants them, and texts out of data that may hold anything."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

LONGEST = 2_000  # of one text that we read
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
_URI = re.compile(r"[!#$%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~]+")
_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


def is_uri(text: str) -> bool:
    """Is it the address of a page, written as RFC 3986 wants it?"""
    if not _URI.fullmatch(text) or _BROKEN_ESCAPE.search(text) or text.count("#") > 1:
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False


def is_email(text: str) -> bool:
    """Is it an e-mail address?"""
    return bool(_EMAIL.fullmatch(text))


def text_of(data: Any, key: str) -> str:
    """A text, without white space around it; empty when there is none, or when it is something else."""
    value = data.get(key) if isinstance(data, Mapping) else None
    return value.strip()[:LONGEST].strip() if isinstance(value, str) else ""


def rows_of(data: Any, key: str) -> list[Mapping[str, Any]]:
    """The objects of a list; empty when there is none, or when it is something else."""
    value = data.get(key) if isinstance(data, Mapping) else None
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def object_of(data: Any, key: str) -> Mapping[str, Any]:
    """An object; empty when there is none, or when it is something else."""
    value = data.get(key) if isinstance(data, Mapping) else None
    return value if isinstance(value, Mapping) else {}


def count_of(data: Any, key: str) -> int | None:
    """A whole number; ``None`` when there is none."""
    value = data.get(key) if isinstance(data, Mapping) else None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < 1_000_000:
        return None
    return int(value) if value == int(value) else None
