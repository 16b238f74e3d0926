"""What a pressed button of ours says: the question it answers and the value, or all the answers of a form."""

from __future__ import annotations

import json
from typing import Any


def choice_in(message: dict[str, Any]) -> tuple[str, str] | None:
    """The question and the value of a pressed button of ours (payload ``/choose{"choice": "nights:every"}``)."""
    question, colon, value = entity_in(message, "choice").partition(":")
    if colon:
        return question, value
    asked = entity_in(message, "question")  # a form presses one button with all its answers
    return (asked, _as_text(message)) if asked else None


def _as_text(message: dict[str, Any]) -> str:
    """What the form says, as JSON text, whether it came as text or as a mapping."""
    values = (entity.get("value") for entity in message.get("entities") or () if entity.get("entity") == "value")
    value = next(values, "")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def entity_in(message: dict[str, Any], name: str) -> str:
    """The value that came with a pressed button under this name; "" when there is none."""
    values = (entity.get("value") for entity in message.get("entities") or () if entity.get("entity") == name)
    return str(next(values, ""))
