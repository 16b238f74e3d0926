"""Somebody who says and presses anything at all: the moves of the random walk, and the walk itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from hypothesis import strategies as st

from channels.cli.practice import PRESS, Practice
from channels.root import House
from tests.content.examples import every_example
from tests.conversations.every_turn import Witness
from tests.house import MONDAY_MORNING, SetClock

SAME_REPLY = 3
"""Two odd messages may get the same kind answer; a third is a loop."""
CALL = "ik wil een mens spreken"
MOST_ANSWERS = 12
"""So many answers bring everybody from "ik wil een mens spreken" to a request or a person's number."""
ANSWERS = {
    "place": "Zwolle",
    "place_confirm": "ja",
    "name": "Anna de Boer",
    "phone": "06 12345678",
    "interpreter": "nee",
    "load_check": "nee",
    "still_true": "ja",
    "loved_one_agrees": f"{PRESS}Sla over",
    "current_help": "thuiszorg op dinsdag",
    "wlz": "weet ik niet",
    "result": f"{PRESS}Stuur maar zo",
}
"""How somebody answers who only wants to be called."""
ODD = (
    "", " ", "...", "?", "!!!", "😭😭", "👍", "hm", "x", "ja", "nee", "asdkjh qwe zxcv", "12345", "3", "/restart",
    "/stop", '/choose{"choice": "request:send"}', "<script>alert('x')</script>", "<b>mijn man</b> &amp; ik",
    "'; DROP TABLE x; --", "\x00\x07\x1b[31mrood", "\u202eomgekeerd", "\ud83d", "{called} {fact_emergency} %s {0}",
    "mama " * 400, "é" * 11_000, "http://voorbeeld.nl/?q=1", "!", "! ", "null", "0", "-1", "1e9 uur per week", "⅓ ١٢",
)  # fmt: skip
REFUSALS = (
    "dat wil ik niet zeggen", "gaat je niks aan", "weet ik niet", "geen idee", "sla over", f"{PRESS}Sla over",
    "liever niet", "doet er niet toe", "nee dank u", "volgende vraag", "zeg ik niet", "laat maar", "dat vertel ik niet",
)  # fmt: skip
WAYS_OUT = (CALL, "stop", "opnieuw beginnen", "ik wil stoppen", "wat vroeg u ook alweer", "dank u wel", "tot ziens")
CORRECTIONS = (
    "nee niet mijn man, mijn vader", "dat klopt niet", "ik bedoel mijn moeder", "nee ik woon in Assen",
    "hij woont in Ede", "ik zorg voor niemand", "mijn zus doet dat, ik niet", "hij is vorige week overleden",
)  # fmt: skip


@dataclass(frozen=True)
class Says:
    """She types this (a line that begins with ``!`` presses the button of that title, as in ``adempauze converse``)."""

    text: str


@dataclass(frozen=True)
class Presses:
    """She presses a button on screen: the one of this number, counting round."""

    number: int


@dataclass(frozen=True)
class Waits:
    """She comes back so many days later."""

    days: int


Move = Says | Presses | Waits


@lru_cache(maxsize=1)
def sentences() -> tuple[tuple[str, ...], ...]:
    """What people say, by file of training examples, so that a small file is heard as often as a large one."""
    files: dict[str, list[str]] = {}
    for example in every_example():
        files.setdefault(example.file, []).append(example.text)
    return tuple(tuple(texts) for texts in files.values())


@lru_cache(maxsize=1)
def side_questions() -> tuple[str, ...]:
    """Questions beside the thread."""
    return tuple(one.text for one in every_example() if one.intent.startswith("ask") and one.intent != "ask_human")


def moves() -> st.SearchStrategy[Move]:
    """One move; telling and pressing are the most common."""
    told = st.deferred(lambda: st.sampled_from(sentences())).flatmap(st.sampled_from).map(Says)
    pressed = st.integers(0, 11).map(Presses)
    asked = st.deferred(lambda: st.sampled_from(side_questions())).map(Says)
    odd = st.one_of(st.sampled_from(ODD), st.text(max_size=80)).map(Says)
    others = [st.sampled_from(texts).map(Says) for texts in (REFUSALS, WAYS_OUT, CORRECTIONS)]
    waited = st.integers(1, 40).map(Waits)
    return st.one_of(told, told, told, pressed, pressed, pressed, asked, odd, *others, waited)


@dataclass
class Walk:
    """One talk that goes anywhere. ``lines`` is what she did, ready for ``adempauze converse``."""

    house: House
    clock: SetClock
    practice: Practice
    witness: Witness
    lines: list[str] = field(default_factory=list)
    replies: list[str] = field(default_factory=list)

    @classmethod
    async def begin(cls, house: House, clock: SetClock) -> Walk:
        """A fresh conversation on a Monday morning."""
        clock.moment = MONDAY_MORNING
        practice = await Practice.begin(house)
        return cls(house, clock, practice, Witness(house, practice.conversation_id, SAME_REPLY))

    async def make(self, move: Move) -> list[str]:
        """One move; gives what is wrong with what came back."""
        if isinstance(move, Waits):
            self.clock.forward(days=move.days)
            self.lines.append(f"# {move.days} days later")
            return []
        return await self._take(move.text if isinstance(move, Says) else self._title(move.number))

    async def call_for_a_person(self) -> list[str]:
        """From where she is now, "ik wil een mens spreken" leads to a request to send, or to a person's number."""
        line = CALL
        for _ in range(MOST_ANSWERS):
            if faults := await self._take(line):
                return faults
            thread, profile = self.witness.now.thread, self.witness.now.profile
            if thread.phase in ("check", "sent") or profile.minor is not None:
                return []
            line = self._title(0) if thread.pending == "place_which" else ANSWERS.get(thread.pending or "", CALL)
        return [f"{MOST_ANSWERS} turns after calling for a person there is no request"]

    def erase(self) -> None:
        """Leave nothing of this walk in the house that other tests share."""
        self.house.erase(self.practice.conversation_id)

    def transcript(self) -> str:
        """What was said, for a report of a fault."""
        said = iter(self.replies)
        turns = [line if line.startswith("# ") else f"{line[:200]!r}\n    {next(said)}" for line in self.lines]
        return "\n".join(turns)

    async def _take(self, line: str) -> list[str]:
        self.lines.append(line)
        await self.practice.take(line)
        faults = self.witness.after(line)
        now = self.witness.now
        titles = "  ".join(f"[{button['title']}]" for button in now.buttons)
        self.replies.append(f"{now.text}\n{titles}".replace("\n", "\n    "))
        danger_spoke = now.thread.interrupted == now.thread.turn  # its question leads to the numbers
        if not (now.leads_to_a_person or danger_spoke):
            faults.append("there is no way to a person")
        return faults

    def _title(self, number: int) -> str:
        buttons = self.house.conversations.buttons_on_screen(self.practice.conversation_id)
        return f"{PRESS}{buttons[number % len(buttons)]['title']}" if buttons else "ok"
