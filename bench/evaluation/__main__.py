"""``python -m bench.evaluation``: measure how well people are understood, print the report and keep it as Markdown.

Exit code 0 whatever the figures are; with ``--check`` 1 when one fell through its floor (``floors.yml``).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")

from bot.engine.without_tensorflow import leave_out_tensorflow

leave_out_tensorflow()  # as serving does; DIET runs in a process of its own

# ruff: noqa: E402 - Rasa may only be imported after the line above
from bench.evaluation import floors, sets
from bench.evaluation.report import Options, evaluate
from bot.settings import ROOT


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, keep, and check when asked."""
    options = _options(arguments)
    report, found = evaluate(options)
    print(report)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(report, encoding="utf-8")
    if not options.check:
        return 0
    bars = floors.read_bars()
    fallen = floors.below(bars, found)
    lines = [f"below the floor: {line}" for line in fallen] or ["nothing fell through its floor"]
    lines += [f"not measured: {label}" for label in floors.unmeasured(bars, found)]
    print("\n".join(lines), file=sys.stderr)
    return 1 if fallen else 0


def _options(arguments: Sequence[str] | None) -> Options:
    parser = argparse.ArgumentParser(prog="python -m bench.evaluation", description=__doc__)
    parser.add_argument("--without-diet", action="store_true", help="leave out Rasa's default pipeline, which is slow")
    parser.add_argument("--without-cost", action="store_true", help="measure neither speed nor training")
    parser.add_argument("--check", action="store_true", help="exit 1 when a figure is below its floor")
    parser.add_argument("--out", type=Path, default=ROOT / "bench" / "EVALUATION.md", help="where the report goes")
    xsid = Path(os.environ.get("XSID", sets.XSID))
    parser.add_argument("--xsid", type=Path, default=xsid, help="folder with nl.valid.conll and nl.test.conll of xSID")
    for name, path in (("people", sets.PEOPLE), ("scope", sets.SCOPE), ("pairs", sets.PAIRS)):
        parser.add_argument(f"--{name}", type=Path, default=path, help="another set of the same form")
    return Options(**vars(parser.parse_args(arguments)))


if __name__ == "__main__":
    sys.exit(main())
