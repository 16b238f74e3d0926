"""What Adempauze itself understands: the lines of ``adempauze understand``, and the chances behind them."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.reading import Reading
from bot.safety.detection import detect_danger
from bot.settings import ROOT, Settings
from channels.cli.talking import practice_house

COMMAND = (sys.executable, "-m", "channels.cli.main", "understand")


@dataclass(frozen=True)
class Understood:
    """One message. ``line`` is what the command line gave; the chances come from the same model, asked directly.

    ``rules``: the kind of danger that the fixed patterns hear by themselves, and ``rules_named`` whether for certain.
    """

    line: dict[str, Any]
    roles: dict[str, float]
    intent_chance: float
    chances: dict[str, float]
    hunch: float
    rules: str | None
    rules_named: bool

    @property
    def role(self) -> str:
        """The likeliest role."""
        return str(self.line["role"])

    @property
    def carer(self) -> bool:
        """Taken for a carer?"""
        return bool(self.line["carer"])

    @property
    def carer_chance(self) -> float:
        """How likely a carer."""
        return float(self.line["carer_probability"])

    @property
    def in_scope(self) -> bool:
        """Taken to be for us?"""
        return bool(self.line["in_scope"])

    @property
    def relation(self) -> str | None:
        """Who is cared for most of all."""
        return self.line["relation"] if self.line["relation"] is None else str(self.line["relation"])

    @property
    def relations(self) -> tuple[str, ...]:
        """Everybody who is cared for; one relation as often as there are persons."""
        return tuple(self.values("relation"))

    def values(self, field: str) -> list[str]:
        """The values of a field that the evidence holds, in order."""
        return [str(item["value"]) for item in self.line["evidence"] if item["field"] == field]

    @property
    def named(self) -> bool:
        """Is danger named?"""
        return self.line["crisis"] is not None

    @property
    def danger(self) -> str | None:
        """The kind of danger that is heard: named, or asked about in one gentle question."""
        heard = self.values("crisis") + self.values("crisis_in_doubt")
        return heard[0] if heard else None

    @property
    def asked(self) -> bool:
        """Is danger asked about, and not named?"""
        return self.danger is not None and not self.named


def understand(texts: Sequence[str]) -> list[Understood]:
    """Read the texts. Raises ``RuntimeError`` when the command line fails, as without a trained model."""
    lines = _command_line(texts)
    parsed = asyncio.run(_parse(texts))
    return [_understood(text, line, data) for text, line, data in zip(texts, lines, parsed, strict=True)]


def _command_line(texts: Sequence[str]) -> list[dict[str, Any]]:
    asked = "".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(texts))
    done = subprocess.run(COMMAND, cwd=ROOT, input=asked, capture_output=True, check=False, text=True)
    if done.returncode:
        raise RuntimeError(f"`adempauze understand` failed: {done.stderr.strip()}")
    return [json.loads(line) for line in done.stdout.splitlines()]


async def _parse(texts: Sequence[str]) -> list[dict[str, Any]]:
    with practice_house(Settings.from_environment()) as house:
        assert house.assistant is not None
        return [await house.assistant.understand(text) for text in texts]


def _understood(text: str, line: dict[str, Any], parsed: dict[str, Any]) -> Understood:
    found = detect_danger(text)
    return Understood(
        line,
        roles=Reading.from_dict(parsed["reading"]).role_probabilities,
        intent_chance=float((parsed.get("intent") or {}).get("confidence") or 0.0),
        chances={one["label"]: float(one["chance"]) for one in parsed.get("weighed") or ()},
        hunch=float((parsed.get("danger") or {}).get("chance") or 0.0),
        rules=str(found.kind) if found else None,
        rules_named=found is not None and found.certain,
    )
