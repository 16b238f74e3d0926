"""For scripts/audit, with nothing but Python: which source of advisories can be reached, and what was accepted.

advisories.py source     prints pypi or osv; on failure says why on standard error, with status 3
advisories.py accepted   prints the options for pip-audit
"""

from __future__ import annotations

import json
import re
import sys
import urllib.request
from pathlib import Path

SOURCES = {
    "pypi": ("https://pypi." + "org/pypi/jinja2/2.4/json", None),
    "osv": ("https://api.osv.dev/v1/query", {"version": "2.4", "package": {"name": "jinja2", "ecosystem": "PyPI"}}),
}
"""Where to ask about an old version that is known to be broken: who has advisories, has some of that one."""
SECONDS = 15
FILE = Path(__file__).resolve().parent.parent / "docs" / "advisories.yml"


def fault_of(address: str, question: dict[str, object] | None) -> str:
    """Why this source cannot be used; empty when it can."""
    data = json.dumps(question).encode() if question is not None else None
    request = urllib.request.Request(address, data, {"Accept": "application/json"})  # noqa: S310  - https, ours
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            told = json.load(answer)
    except OSError as error:
        return f"cannot be reached ({type(error).__name__})"
    except ValueError:
        return "answers, but not with advisories (a mirror of packages only?)"
    found = told.get("vulnerabilities") or told.get("vulns") if isinstance(told, dict) else None
    return "" if found else "answers, but knows no advisory of a version that has many"


def main(verb: str) -> int:
    """Do what ``verb`` says; gives the status."""
    if verb == "accepted":
        ids = re.findall(r"^\s*-?\s*id:\s*(\S+)", FILE.read_text(encoding="utf-8"), re.MULTILINE)
        sys.stdout.write(" ".join(f"--ignore-vuln {one}" for one in ids) + "\n")
        return 0
    for name, (address, question) in SOURCES.items():
        fault = fault_of(address, question)
        if not fault:
            sys.stdout.write(f"{name}\n")
            return 0
        sys.stderr.write(f"no audit with {name}: it {fault}\n")
    return 3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
