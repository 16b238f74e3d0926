"""The table behind each chart, and the same table as a file for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.insight.book import Book
from bot.insight.figures import Figure
from bot.insight.months import in_words
from bot.insight.questions import AFTER, BEFORE, CONTACT, KIND, REASON, REST, FirstContact, Question, Relief
from channels.desk.insight.choosing import Chosen
from knowledge.exchange.sheets_cells import protect
from knowledge.places.regions import Regions
from knowledge.yaml_files import read_yaml

KEPT = tuple(answer.value for answer in CONTACT.classes[0])
TAKEN_UP = (*KEPT, FirstContact.TAKEN_UP.value)
_WORDS: dict[str, Any] = read_yaml(Path(__file__).with_name("sheets.yml").read_text(encoding="utf-8"))
_ROWS: dict[str, str] = _WORDS["rows"]
Cell = str | int


@dataclass(frozen=True)
class Sheet:
    """A table: ``caption`` says what it is, ``code`` names its file."""

    code: str
    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def as_csv(self, place: str, period: str) -> str:
        """For a spreadsheet: a mark that says UTF-8, semicolons, and nothing that it would take for a formula."""
        out = io.StringIO()
        out.write("\ufeff")
        writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
        writer.writerow(["plaats", "tijdvak", *self.headings])
        for row in self.rows:
            writer.writerow([protect(cell) if isinstance(cell, str) else cell for cell in (place, period, *row)])
        return out.getvalue()


def answers_sheet(question: Question, figure: Figure) -> Sheet:
    """How many gave each answer; what may only be told together stands on one line."""
    rows: list[tuple[Cell, ...]] = [(told.label, told.count) for told in split(question, figure)]
    if rows:
        rows.append((_ROWS["total"], figure.count))
    words = _WORDS[question.code]
    return Sheet(question.code, words["caption"], (words["first"], question.counts), tuple(rows))


@dataclass(frozen=True)
class Told:
    """A row of what may be told: ``code`` is an answer, or says what can only be told as one."""

    code: str
    label: str
    count: int


def split(question: Question, figure: Figure) -> tuple[Told, ...]:
    """All that is counted, in rows that add up: each answer as far as it stands alone, then what stands together."""
    rows: list[Told] = []
    undivided = question.undivided or (None,) * len(question.classes)
    for whole, group in zip(undivided, question.classes, strict=True):
        alone = [Told(answer.value, answer.label, figure.of(answer.value)) for answer in group]
        left = figure.of(*(answer.value for answer in group)) - sum(row.count for row in alone)
        if whole is None:
            rows += [*alone, Told("together", _ROWS["together"], left)]
        else:
            rows += [*alone, Told(f"only-{group[0]}", whole.label, left)]
    nearly = _nearly_in_time(figure) if question is CONTACT else 0
    rest = figure.count - sum(row.count for row in rows) - nearly
    rows += [Told("nearly", _ROWS["nearly"], nearly), Told("together", _ROWS["together"], rest)]
    return tuple(row for row in rows if row.count)


def _nearly_in_time(figure: Figure) -> int:
    """Blocks that hold both, of which at most four were late."""
    late = {answer.value for answer in CONTACT.classes[1]}
    return sum(
        block.count
        for line in figure.lines
        if line.small and line.small <= late
        for block in line.blocks
        if block.answers & late and not block.answers <= late
    )


def contact_by_month(book: Book, chosen: Chosen) -> Sheet:
    """In time and taken up in time, by the month in which it was booked: at least and at most."""
    rows: list[tuple[Cell, ...]] = []
    for month, figure in book.by_month(CONTACT, chosen.place.municipalities, chosen.period).items():
        rows.append((in_words(month), figure.count, *figure.between(*KEPT), *figure.between(*TAKEN_UP)))
    return _sheet("contact-per-maand", rows)


def rest_sheet(figure: Figure) -> Sheet:
    """The answers, with the mean before and after."""
    plain = answers_sheet(REST, figure)
    means = tuple(
        (label, _decimal(value))
        for label, name in zip(_WORDS[REST.code]["means"], (BEFORE, AFTER), strict=True)
        if (value := figure.mean(name)) is not None
    )
    return Sheet(plain.code, plain.caption, plain.headings, (*plain.rows, *means))


def supply_sheet(figure: Figure, supply: Mapping[Relief, int]) -> Sheet:
    """What was looked for in vain beside what is known, by family."""
    told = figure.count
    rows: list[tuple[Cell, ...]] = []
    for relief in Relief:
        unmet = figure.of(relief.value)
        known: Cell = "" if relief in (Relief.SEVERAL, Relief.ANY) else supply.get(relief, 0)
        rows.append((relief.label, unmet or _ROWS["too_few"], known))
    apart = sum(figure.of(relief.value) for relief in Relief)
    if told > apart:
        rows.append((_ROWS["together"], told - apart, ""))
    return _sheet(KIND.code, rows if told else ())


def map_sheet(figures: Mapping[str, Figure], supply: Mapping[str, int], regions: Regions) -> Sheet:
    """The same by municipality, most first."""
    found: Iterable[tuple[int, str]] = ((figure.count, name) for name, figure in figures.items())
    rows: list[tuple[Cell, ...]] = [
        (regions.spoken(name), count, supply.get(name, 0))
        for count, name in sorted(found, key=lambda one: (-one[0], one[1]))
    ]
    return _sheet("kaart", rows)


def reason_sheet(figure: Figure) -> Sheet:
    """Why nothing fitted."""
    return answers_sheet(REASON, figure)


def _sheet(code: str, rows: Iterable[tuple[Cell, ...]]) -> Sheet:
    return Sheet(code, _WORDS[code]["caption"], tuple(_WORDS[code]["headings"]), tuple(rows))


def _decimal(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")
