"""Runs a conversation that a content editor wrote (see README.md here) through the real assistant."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text

from bot.address import in_je
from bot.request.tables import requests
from channels.cli.practice import PRESS, Practice, as_text
from channels.root import House
from knowledge.yaml_files import read_yaml
from tests.conversations.every_turn import Witness
from tests.conversations.final_profile import differences, heard, written
from tests.conversations.local_records import published
from tests.conversations.meanwhile import meanwhile
from tests.house import MONDAY_MORNING, SetClock

HERE = Path(__file__).parent
TALK_KEYS = {
    "titel", "over", "scenario", "klok", "regels", "mededeling", "gesprek", "profiel", "nooit", "niet_gehoord",
    "tekort",
}  # fmt: skip
TURN_KEYS = {
    "zegt", "drukt", "leest", "leest_niet", "knoppen", "geen_knoppen", "weet", "weet_niet", "band", "aanbod",
    "aanvraag", "rijen", "later", "stil", "intussen",
}  # fmt: skip
NO_PLACE_NEEDED = {"arranging_help", "peer_contact", "helpline", "guide", "carer_support_centre", "municipal_access"}
"""Kinds of offer of which nothing needs to be unknown: nobody stays there, and there is no waiting list."""
SAME_REPLY = 2
"""In a written talk no reply is, in full, the one before."""


def every_file() -> list[Path]:
    """All conversations, by kind and name."""
    return sorted(HERE.glob("*/*.yml"))


class TalkError(AssertionError):
    """A conversation went otherwise than written; the message holds the whole transcript."""


@dataclass(frozen=True)
class Written:
    """A conversation as it stands in its file. ``profile``: exactly what is known at the end, if that is written.

    ``rules``: of municipalities, by name; ``banner``: what editors published while it is played.
    """

    path: Path
    title: str
    about: str
    scenario: str
    begins: datetime
    turns: list[dict[str, Any]]
    profile: dict[str, Any] | None
    never: list[str]
    unheard: dict[str, Any]
    shortcomings: list[str]
    rules: dict[str, Any]
    banner: dict[str, Any] | None

    @property
    def kind(self) -> str:
        """The folder it is in."""
        return self.path.parent.name

    @classmethod
    def read(cls, path: Path) -> Written:
        """The conversation in ``path``. Raises ``TalkError`` when it holds keys that nothing is done with."""
        talk = read_yaml(path.read_text(encoding="utf-8"))
        if unknown := set(talk) - TALK_KEYS:
            raise TalkError(f"unknown keys {sorted(unknown)}")
        for number, turn in enumerate(talk["gesprek"], start=1):
            if unknown := set(turn) - TURN_KEYS:
                raise TalkError(f"turn {number}: unknown keys {sorted(unknown)}")
        return cls(
            path=path,
            title=talk["titel"],
            about=talk.get("over", ""),
            scenario=talk.get("scenario", ""),
            begins=datetime.fromisoformat(talk["klok"]) if "klok" in talk else MONDAY_MORNING,
            turns=talk["gesprek"],
            profile=talk.get("profiel"),
            never=_list(talk, "nooit"),
            unheard=talk.get("niet_gehoord") or {},
            shortcomings=_list(talk, "tekort"),
            rules=talk.get("regels") or {},
            banner=talk.get("mededeling"),
        )


@dataclass(frozen=True)
class Turn:
    """One turn as it went: ``line`` as typed or ``!`` and the button, ``took`` as ``Practice.take`` gives it."""

    line: str
    took: dict[str, Any]
    faults: list[str]


@dataclass
class Play:
    """A conversation being played. ``greetings``: so many replies of the first turn came before her first words."""

    written: Written
    house: House
    clock: SetClock
    practice: Practice
    witness: Witness
    greetings: int
    played: list[Turn] = field(default_factory=list)

    @classmethod
    async def begin(cls, talk: Written, house: House, clock: SetClock) -> Play:
        """Set the clock and let the assistant say who it is."""
        clock.moment = talk.begins
        practice = await Practice.begin(house)
        witness = Witness(house, practice.conversation_id, SAME_REPLY)
        return cls(talk, house, clock, practice, witness, greetings=len(witness.now.messages))

    async def turns(self) -> AsyncIterator[Turn]:
        """Play turn by turn, each with what went otherwise than written."""
        with published(self.house, self.written.rules, self.written.banner):
            async for turn in self._turns():
                yield turn

    async def _turns(self) -> AsyncIterator[Turn]:
        for turn in self.written.turns:
            self.clock.forward(hours=turn.get("later", 0))
            line = f"{PRESS}{turn['drukt']}" if "drukt" in turn else str(turn.get("zegt", ""))
            unmet = self._count("unmet_needs")
            told = meanwhile(self.practice, _list(turn, "intussen")) if "intussen" in turn else []
            took = await self.practice.take(line) if line else {"user": "", "replies": [], **self.practice.state([])}
            took["replies"] = [*told, *took["replies"]]
            faults = self._complaints(turn, took, unmet)
            faults += self.witness.after(line, silent=bool(turn.get("stil")))
            self.played.append(Turn(line, took, faults))
            yield self.played[-1]

    @property
    def profile(self) -> dict[str, Any]:
        """What is known now."""
        return self.played[-1].took["profile"] if self.played else {}

    def faults_at_the_end(self) -> list[str]:
        """Where the final profile is not as written, and what is heard that was written as not heard."""
        wanted = self.written.profile
        found = [] if wanted is None else differences(wanted, self.profile)
        return found + [f"niet_gehoord is no longer true: {one}" for one in heard(self.written.unheard, self.profile)]

    def gaps(self) -> list[str]:
        """What a human reader hears in this talk and the product does not (yet)."""
        return [f"{name}: {value}" for name, values in self.written.unheard.items() for value in written(values)]

    def transcript(self) -> str:
        """The talk so far, as a person reads it."""
        replies = [as_text(turn.took["replies"]).replace("\n", "\n    ") for turn in self.played]
        return "\n".join(f"\n  ZIJ: {turn.line[:300]}\n{said}" for turn, said in zip(self.played, replies, strict=True))

    def _complaints(self, turn: dict[str, Any], took: dict[str, Any], unmet: int) -> list[str]:
        said = as_text(took["replies"])
        buttons = [title for reply in took["replies"] for title in reply["buttons"]]
        found = []
        found += [f"she does not read {part!r}" for part in _list(turn, "leest") if not self._reads(said, part)]
        forbidden = _list(turn, "leest_niet") + self.written.never
        found += [f"she reads {part!r}" for part in forbidden if self._reads(said, part)]
        found += [f"there is no button {title!r}" for title in _list(turn, "knoppen") if title not in buttons]
        found += [f"there is a button {title!r}" for title in _list(turn, "geen_knoppen") if title in buttons]
        if turn.get("stil") and said.strip():
            found.append("the assistant is not silent")
        found += _differences("profile", turn.get("weet"), took["profile"])
        found += [f"the profile knows {name!r}" for name in _list(turn, "weet_niet") if name in took["profile"]]
        if "band" in turn and took["load"]["band"] not in _list(turn, "band"):
            found.append(f"the load is {took['load']['band']}, not {turn['band']}")
        found += _offers(turn.get("aanbod"), took["offers"])
        found += _differences("request", turn.get("aanvraag"), took["request"] or {})
        found += self._rows(turn.get("rijen") or {}, unmet)
        return found

    def _reads(self, said: str, part: str) -> bool:
        """Is the sentence (by name, any variant, with *u* or *je*) or the fragment in what she reads?"""
        if not part.startswith("utter_"):
            return part.casefold() in said.casefold()
        variants = [variant["text"] for variant in self.house.wording._responses[part]]
        return any(re.search(_pattern(form(variant)), said, re.DOTALL) for variant in variants for form in (str, in_je))

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


async def play(path: Path, house: House, clock: SetClock) -> Play:
    """Play the conversation in ``path`` to its end. Raises ``TalkError`` at the first turn that is not as written."""
    talk = await Play.begin(Written.read(path), house, clock)
    async for turn in talk.turns():
        for fault in turn.faults:
            raise TalkError(f"turn {len(talk.played)} ({turn.line[:80]!r}): {fault}\n{talk.transcript()}")
    if faults := talk.faults_at_the_end():
        raise TalkError("\n".join([*faults, talk.transcript()]))
    return talk


def _offers(wanted: dict[str, Any] | None, offers: list[dict[str, Any]]) -> list[str]:
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


def _list(turn: dict[str, Any], key: str) -> list[str]:
    value = turn.get(key, [])
    return [value] if isinstance(value, str) else list(value)


def _differences(name: str, wanted: dict[str, Any] | None, have: dict[str, Any]) -> list[str]:
    """Compare by dotted path; lists of told values compare by their values."""
    pairs = [(path, _at(have, path), value) for path, value in (wanted or {}).items()]
    return [f"{name}.{path} is {got!r}, not {value!r}" for path, got, value in pairs if got != value]


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
