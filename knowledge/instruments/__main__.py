"""``python -m knowledge.instruments FOLDER``: which questionnaires are on with these texts, and why not."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from knowledge.instruments import load_packs


def report(texts_folder: Path) -> str:
    """One line for each pack and each file that belongs to none."""
    instruments = load_packs(texts_folder)
    lines = [f"on:  pack {each.pack.key}" for each in instruments.available()]
    return "\n".join([*lines, *(f"off: {why}" for why in instruments.why_off().values())]) + "\n"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m knowledge.instruments", description=__doc__)
    parser.add_argument("folder", type=Path)
    sys.stdout.write(report(parser.parse_args().folder))
