"""Is a document valid HSDS 3.0? The schemas, with their origin, are in ``tests/data/hsds``."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker

FOLDER = Path(__file__).parents[3] / "data" / "hsds"
LISTED = "service_list.json"
WHOLE = "service_keywords.json"

formats = FormatChecker()


@formats.checks("uri")
def _is_uri(value):
    if not isinstance(value, str):
        return True
    parts = urlsplit(value)
    return bool(parts.scheme and parts.netloc) and value.isascii() and not set(value) & set(' "<>\\^`{|}')


@formats.checks("date-time", raises=ValueError)
def _is_moment(value):
    if not isinstance(value, str):
        return True
    return datetime.fromisoformat(value.replace("Z", "+00:00")).tzinfo is not None


def schema(name):
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


@cache
def validator(name):
    found = schema(name)
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found, format_checker=formats)


def faults_of(service, name=WHOLE):
    """What is wrong with a service, each as its place and a sentence."""
    return [
        f"{'.'.join(map(str, error.absolute_path))}: {error.message}" for error in validator(name).iter_errors(service)
    ]
