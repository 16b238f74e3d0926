"""``python -m bench``: measure matching and both systems in one run, print the figures, and keep them as JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
from dataclasses import asdict
from pathlib import Path

from bench import baseline, matching, ours
from bench.measure import Figures
from bench.talks import recorded_talks
from bot.settings import ROOT

ROWS = (
    ("turn, p50 (ms)", "p50"),
    ("turn, p95 (ms)", "p95"),
    ("start-up (s)", "start_up"),
    ("resident memory (MB)", "memory"),
    ("training (s)", "training"),
)


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=ROOT / "var" / "bench", help="where models and logs go")
    parser.add_argument("--only-ours", action="store_true", help="leave the slow baseline out")
    parser.add_argument("--only-matching", action="store_true", help="only match in large catalogues, without talks")
    options = parser.parse_args()
    figures = options.work / "figures.json"
    result = _kept(figures) if options.only_matching else {}
    result |= {"machine": f"{os.cpu_count()} cores, {platform.python_version()}"} | _matching(_folder(options.work))
    if not options.only_matching:
        result |= _talks(options)
    figures.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


def _matching(work: Path) -> dict[str, object]:
    matches = matching.measure()
    load = matching.measure_load(work)
    print(matching.table(matches), matching.load_line(load), sep="\n")
    return {"matching": [asdict(each) for each in matches], "load": asdict(load)}


def _talks(options: argparse.Namespace) -> dict[str, object]:
    talks = recorded_talks()
    mine = ours.measure(talks, _folder(options.work / "ours"))
    theirs = None if options.only_ours else baseline.measure(talks, _folder(options.work / "baseline"))
    print(table(mine, theirs))
    return {"ours": asdict(mine)} | ({"baseline": asdict(theirs)} if theirs is not None else {})


def _kept(path: Path) -> dict[str, object]:
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def table(mine: Figures, theirs: Figures | None) -> str:
    """The figures as lines; the last column is how many times better ours is."""
    lines = [_line(f"{mine.turns} turns", "Adempauze", "default Rasa", "ratio")]
    for label, name in ROWS:
        own = getattr(mine, name)
        other = getattr(theirs, name) if theirs else None
        ratio = f"{other / own:.1f} x" if other is not None else ""
        lines.append(_line(label, f"{own:.1f}", f"{other:.1f}" if other is not None else "", ratio))
    answered = f"{theirs.answered}/{theirs.turns}" if theirs else ""
    lines.append(_line("turns answered", f"{mine.answered}/{mine.turns}", answered))
    return "\n".join(lines)


def _line(*cells: str) -> str:
    return "".join(f"{cell:>24}" if place else f"{cell:<24}" for place, cell in enumerate(cells))


def _folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path


if __name__ == "__main__":
    main()
