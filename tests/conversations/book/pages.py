"""The pages of the book: an index by kind, and one page a talk with what was understood in the margin."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.wording import Wording
from channels.cli.practice import PRESS
from tests.conversations.book.margin import NAMES, Learned, Load, Margin
from tests.conversations.runner import Play

HERE = Path(__file__).parent
STYLE = "book.css"


@dataclass(frozen=True)
class Leaf:
    """One turn on paper. ``later``: hours that passed first; ``greeting`` was said before her first words."""

    number: int
    line: str
    pressed: bool
    later: float
    greeting: list[dict[str, Any]]
    replies: list[dict[str, Any]]
    learned: list[Learned]
    load: Load
    faults: list[str]


class Book:
    """Renders talks that were played. A value that a template lacks is a fault, not an empty place."""

    def __init__(self, wording: Wording) -> None:
        self._margin = Margin(wording)
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals["words"] = lambda name, **values: wording.text(f"utter_widget_{name}", **values)

    def write(self, folder: Path, plays: Sequence[Play]) -> None:
        """The whole book into ``folder``; an earlier book there is replaced."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        shutil.copy(HERE / STYLE, folder / STYLE)
        (folder / "index.html").write_text(self.index(plays), encoding="utf-8")
        neighbours = zip(plays, [None, *plays], [*plays[1:], None], strict=False)
        for play, before, after in neighbours:
            (folder / page_of(play)).write_text(self.talk(play, before, after), encoding="utf-8")

    def index(self, plays: Sequence[Play]) -> str:
        """All talks by kind."""
        kinds = [
            (NAMES["kinds"].get(kind, kind), [(page_of(play), play, faults_of(play)) for play in same])
            for kind, same in groupby(plays, key=lambda play: play.written.kind)
        ]
        return self._templates.get_template("index.html").render(kinds=kinds, count=len(plays))

    def talk(self, play: Play, before: Play | None = None, after: Play | None = None) -> str:
        """One talk, with links to the talks beside it."""
        written = play.written
        beside = {"prev": before, "next": after}
        return self._templates.get_template("talk.html").render(
            title=written.title,
            about=written.about,
            scenario=written.scenario,
            kind=NAMES["kinds"].get(written.kind, written.kind),
            leaves=self._leaves(play),
            known=self._margin.learned({}, play.profile),
            faults=play.faults_at_the_end(),
            gaps=[*play.gaps(), *play.written.shortcomings],
            beside=[(name, page_of(one), one.written.title) for name, one in beside.items() if one],
        )

    def _leaves(self, play: Play) -> list[Leaf]:
        leaves: list[Leaf] = []
        known: dict[str, Any] = {}
        for number, (written, turn) in enumerate(zip(play.written.turns, play.played, strict=True), start=1):
            greeted = play.greetings if number == 1 else 0
            leaves.append(
                Leaf(
                    number=number,
                    line=turn.line.removeprefix(PRESS) if "drukt" in written else turn.line,
                    pressed="drukt" in written,
                    later=written.get("later", 0),
                    greeting=turn.took["replies"][:greeted],
                    replies=turn.took["replies"][greeted:],
                    learned=self._margin.learned(known, turn.took["profile"]),
                    load=self._margin.load(turn.took["load"]),
                    faults=turn.faults,
                )
            )
            known = turn.took["profile"]
        return leaves


def page_of(play: Play) -> str:
    """The file of a talk's page."""
    return f"{play.written.kind}-{play.written.path.stem}.html"


def faults_of(play: Play) -> list[str]:
    """Everything that went otherwise than written."""
    return [fault for turn in play.played for fault in turn.faults] + play.faults_at_the_end()
