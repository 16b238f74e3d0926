"""Writes docs/asvs.md from docs/asvs.yml: one table a chapter, and how many requirements are met."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent.parent / "docs"
STATES = {"yes": "met", "no": "**not met**", "-": "does not apply"}
HEAD = """# OWASP ASVS 5.0, level 2

Made by `make asvs` from `asvs.yml`; do not change it here. The numbers are those of the
[Application Security Verification Standard 5.0.0](https://github.com/OWASP/ASVS); the wording is ours and short: read
the standard for what a requirement asks exactly. All requirements of levels 1 and 2 of chapters V1 to V16 are here;
V17 (WebRTC) does not apply. We judged ourselves; nobody from outside has checked it yet.
"""


@dataclass(frozen=True)
class Row:
    """One requirement. ``proof``: a test as ``path::name``, or the reason."""

    number: str
    level: int
    asks: str
    state: str
    proof: str

    @property
    def test(self) -> tuple[str, str] | None:
        """The file and the name of the test, if a test proves it."""
        path, found, name = self.proof.partition("::")
        return (path, name) if found and path.endswith(".py") and name.isidentifier() else None


def read() -> dict[str, list[Row]]:
    """The rows by chapter, with the names of files in full. Raises ``ValueError`` on a row that is not one."""
    told = yaml.safe_load((HERE / "asvs.yml").read_text(encoding="utf-8"))
    files = told.pop("files")
    return {chapter: [_row(values, files) for values in rows] for chapter, rows in told.items()}


def _row(values: list[object], files: dict[str, str]) -> Row:
    number, level, asks, state, proof = values
    if state not in STATES:
        raise ValueError(f"{number}: {state!r} is none of {', '.join(STATES)}")
    short, found, name = str(proof).partition("::")
    return Row(
        str(number), int(str(level)), str(asks), str(state), f"{files.get(short, short)}::{name}" if found else short
    )


def page() -> str:
    """The document."""
    chapters = read()
    counted = Counter(row.state for rows in chapters.values() for row in rows)
    total = f"{counted['yes']} met, {counted['no']} not met, {counted['-']} do not apply."
    parts = [HEAD, f"{sum(counted.values())} requirements: {total}\n"]
    for chapter, rows in chapters.items():
        parts.append(f"## {chapter}\n")
        parts.append("| number | level | what it asks | state | test or reason |\n|---|---|---|---|---|")
        parts += [f"| {r.number} | {r.level} | {r.asks} | {STATES[r.state]} | {_shown(r)} |" for r in rows]
        parts[-1] += "\n"
    return "\n".join(parts)


def _shown(row: Row) -> str:
    return f"`{row.test[0].removeprefix('tests/')}`<br>{row.test[1].replace('_', ' ')}" if row.test else row.proof


if __name__ == "__main__":
    (HERE / "asvs.md").write_text(page(), encoding="utf-8")
