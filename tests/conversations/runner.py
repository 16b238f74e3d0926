"""Runs a conversation that a content editor wrote (see README.md here) through the real assistant."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import func, select, text

from bot.request.tables import requests
from channels.cli.practice import Practice, as_text
from channels.root import House
from tests.house import SetClock

HERE = Path(__file__).parent
TALK_KEYS = {"titel", "klok", "gesprek"}
TURN_KEYS = {
    "zegt", "drukt", "leest", "leest_niet", "knoppen", "geen_knoppen", "weet", "weet_niet", "band", "aanbod",
    "aanvraag", "rijen", "later", "stil",
}  # fmt: skip


def every_file() -> list[Path]:
    """All conversations, by kind and name."""
    return sorted(HERE.glob("*/*.yml"))


NO_PLACE_NEEDED = {"arranging_help", "peer_contact", "helpline", "guide", "carer_support_centre", "municipal_access"}
"""Kinds of offer of which nothing needs to be unknown: nobody stays there, and there is no waiting list."""


class TalkError(AssertionError):
    """A conversation went otherwise than written; the message holds the whole transcript."""


@dataclass
class Talk:
    """A conversation being played."""

    house: House
    clock: SetClock
    practice: Practice
    transcript: list[str] = field(default_factory=list)

    async def play(self, turns: list[dict[str, Any]]) -> None:
        """Play the turns; raises ``TalkError`` at the first that is not as written."""
        for number, turn in enumerate(turns, start=1):
            unknown = set(turn) - TURN_KEYS
            if unknown:
                raise TalkError(f"turn {number}: unknown keys {sorted(unknown)}")
            if "later" in turn:
                self.clock.forward(hours=turn["later"])
            line = f"!{turn['drukt']}" if "drukt" in turn else str(turn.get("zegt", ""))
            self.transcript.append(f"\n  ZIJ: {line[:300]}")
            unmet = self._count("unmet_needs")
            took = await self.practice.take(line)
            self.transcript.append(as_text(took["replies"]).replace("\n", "\n    "))
            for complaint in self._complaints(turn, took, unmet):
                raise TalkError(f"turn {number} ({line[:80]!r}): {complaint}\n" + "\n".join(self.transcript))

    def _complaints(self, turn: dict[str, Any], took: dict[str, Any], unmet: int) -> list[str]:
        said = as_text(took["replies"])
        buttons = [title for reply in took["replies"] for title in reply["buttons"]]
        found = []
        found += [f"she does not read {part!r}" for part in _list(turn, "leest") if not self._reads(said, part)]
        found += [f"she reads {part!r}" for part in _list(turn, "leest_niet") if self._reads(said, part)]
        found += [f"there is no button {title!r}" for title in _list(turn, "knoppen") if title not in buttons]
        found += [f"there is a button {title!r}" for title in _list(turn, "geen_knoppen") if title in buttons]
        if turn.get("stil") and said.strip():
            found.append("the assistant is not silent")
        found += _differences("profile", turn.get("weet"), took["profile"])
        found += [f"the profile knows {name!r}" for name in _list(turn, "weet_niet") if name in took["profile"]]
        if "band" in turn and took["load"]["band"] not in _list(turn, "band"):
            found.append(f"the load is {took['load']['band']}, not {turn['band']}")
        found += self._offers(turn.get("aanbod"), took["offers"])
        found += _differences("request", turn.get("aanvraag"), took["request"] or {})
        found += self._rows(turn.get("rijen") or {}, unmet)
        return found

    def _reads(self, said: str, part: str) -> bool:
        """Is the sentence (by name, any variant) or the fragment in what she reads?"""
        if not part.startswith("utter_"):
            return part.casefold() in said.casefold()
        variants = self.house.wording._responses[part]
        return any(re.search(_pattern(variant["text"]), said) for variant in variants)

    def _offers(self, wanted: dict[str, Any] | None, offers: list[dict[str, Any]]) -> list[str]:
        if wanted is None:
            return []
        found = []
        ids = [offer["id"] for offer in offers]
        if len(offers) > wanted.get("hooguit", 3):
            found.append(f"{len(offers)} offers are shown")
        if len(offers) < wanted.get("minstens", 0):
            found.append(f"only {len(offers)} offers are shown")
        found += [f"offer {one} is not shown: {ids}" for one in wanted.get("met", []) if one not in ids]
        found += [f"offer {one} is shown" for one in wanted.get("zonder", []) if one in ids]
        for offer in offers:
            relief = not set(offer["kinds"]) <= NO_PLACE_NEEDED
            if not ((offer["fits"] or offer["misfits"]) and offer["freshness"]) or (relief and not offer["unknowns"]):
                found.append(f"offer {offer['id']} lacks reasons, unknowns or its date")
        return found

    def _rows(self, wanted: dict[str, int], unmet: int) -> list[str]:
        mine = self.practice.conversation_id
        counts = {"unmet_needs": self._count("unmet_needs") - unmet}
        with self.house.sessions() as session:
            for state in ("drafted", "sent", "accepted", "withdrawn"):
                query = (
                    select(func.count())
                    .select_from(requests)
                    .where(requests.c.conversation_id == mine, requests.c.state == state)
                )
                counts[f"requests_{state}"] = session.execute(query).scalar_one()
        return [
            f"{name}: {counts[name]} rows, not {number}" for name, number in wanted.items() if counts[name] != number
        ]

    def _count(self, table: str) -> int:
        with self.house.sessions() as session:
            return int(session.execute(text(f"select count(*) from {table}")).scalar_one())


def read(path: Path) -> dict[str, Any]:
    """The conversation as written."""
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


async def play(path: Path, house: House, clock: SetClock) -> None:
    """Play the conversation in ``path``."""
    talk = read(path)
    if unknown := set(talk) - TALK_KEYS:
        raise TalkError(f"unknown keys {sorted(unknown)}")
    if "klok" in talk:
        clock.moment = datetime.fromisoformat(talk["klok"])
    await Talk(house, clock, await Practice.begin(house)).play(talk["gesprek"])


def _list(turn: dict[str, Any], key: str) -> list[str]:
    value = turn.get(key, [])
    return [value] if isinstance(value, str) else list(value)


def _differences(name: str, wanted: dict[str, Any] | None, have: dict[str, Any]) -> list[str]:
    """Compare by dotted path; lists of told values compare by their values."""
    found = []
    for path, value in (wanted or {}).items():
        got = _at(have, path)
        if got != value:
            found.append(f"{name}.{path} is {got!r}, not {value!r}")
    return found


def _at(data: Any, path: str) -> Any:
    for step in path.split("."):
        if isinstance(data, dict) and step not in data and "value" in data:
            data = data["value"]
        data = data.get(step) if isinstance(data, dict) else None
    if isinstance(data, list):
        return [item["value"] if isinstance(item, dict) and "value" in item else item for item in data]
    return data["value"] if isinstance(data, dict) and "value" in data else data


def _pattern(template: str) -> str:
    escaped = re.escape(" ".join(template.split()))
    loose = re.sub(r"\\\{\w+\\\}", ".*", escaped)
    return re.sub(r"(?:\\ )+", r"\\s+", loose)
