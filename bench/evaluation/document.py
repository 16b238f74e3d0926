"""The report as plain parts, written as Markdown that is also readable in a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bench.evaluation.statistics import Figure


@dataclass(frozen=True)
class Table:
    """Rows of cells below a heading; the first column is text, the others stand to the right."""

    heading: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]

    def __str__(self) -> str:
        every = [self.heading, *self.rows]
        widths = [max(len(row[column]) for row in every) for column in range(len(self.heading))]
        line = [f"{'-' * widths[0]}", *(f"{'-' * (width - 1)}:" for width in widths[1:])]
        return "\n".join(_row(row, widths) for row in [self.heading, tuple(line), *self.rows])


@dataclass
class Section:
    """A heading with paragraphs, tables and lists, in order."""

    title: str
    parts: list[str | Table] = field(default_factory=list)

    def add(self, *parts: str | Table) -> Section:
        """Add parts; gives itself."""
        self.parts += parts
        return self

    def __str__(self) -> str:
        return "\n\n".join([f"## {self.title}", *map(str, self.parts)])


def write(title: str, sections: Sequence[Section]) -> str:
    """The whole report."""
    return "\n\n".join([f"# {title}", *map(str, sections)]) + "\n"


def figures(rows: Sequence[tuple[str, Figure]], heading: str = "") -> Table:
    """A line for each figure: its value, its interval and the number of cases."""
    return Table((heading, "value [95%]", "n"), [(name, str(one), str(one.n)) for name, one in rows])


def crossing(table: Mapping[str, Mapping[str, int]], heading: str = "told \\ found") -> Table:
    """A confusion table; nothing is written as a dot. Rows that were never told are left out."""
    columns = [name for name in table if any(row[name] for row in table.values())]
    rows = [
        (name, *(str(row[column]) if row[column] else "·" for column in columns), str(sum(row.values())))
        for name, row in table.items()
        if any(row.values())
    ]
    return Table((heading, *columns, "all"), rows)


def quote(text: str, most: int = 150) -> str:
    """A message on one line, cut when long, safe in Markdown."""
    plain = " ".join(text.split()).replace("|", "/").replace("`", "'")
    return f"`{plain if len(plain) <= most else plain[: most - 1] + '…'}`"


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    padded = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
    return f"| {' | '.join(padded)} |".rstrip()
