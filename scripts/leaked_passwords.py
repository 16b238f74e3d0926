"""Writes bot/staff/leaked_passwords.bin: marks of the passwords from leaks that somebody could still choose here.

The list it was made from is the "10 million password list, top 1,000,000" of the OWASP SecLists project, which gathers
what leaked elsewhere, the most used first. The project is under the MIT licence; the copy that was read names
CC BY-SA 3.0 for its own words. Only those of the least length count; of each a mark of five bytes is kept,
so that no password stands in this repository. With a newer list::

    python -m scripts.leaked_passwords LIST
"""

from __future__ import annotations

import sys
from pathlib import Path

from bot.staff.passwords import LEAKED, LEAST_LENGTH, mark_of


def write(lines: list[str]) -> int:
    """Make the file anew of these passwords; gives how many are in it."""
    marks = sorted({mark_of(line) for line in lines if len(line) >= LEAST_LENGTH})
    LEAKED.write_bytes(b"".join(marks))
    return len(marks)


if __name__ == "__main__":
    known = Path(sys.argv[1]).read_text(encoding="utf-8", errors="replace").splitlines()
    sys.stdout.write(f"{write(known)} passwords\n")
