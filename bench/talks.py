"""The recorded talks: twenty talks of ten typed turns, the same for both systems."""

from __future__ import annotations

from pathlib import Path

import yaml

TALKS = Path(__file__).parent / "talks.yml"
TURNS = 200


def recorded_talks() -> list[list[str]]:
    """Twenty talks of ten turns. Raises ``ValueError`` when the file holds another number."""
    talks = [list(map(str, talk)) for talk in yaml.safe_load(TALKS.read_text(encoding="utf-8"))]
    if sum(map(len, talks)) != TURNS:
        raise ValueError(f"{TALKS.name} holds {sum(map(len, talks))} turns, not {TURNS}")
    return talks
