"""docs/cryptography.md names every file that uses cryptography, and no other; and nothing weak is used anywhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("actions", "bot", "channels", "knowledge")
MODULES = {"hashlib", "hmac", "secrets", "ssl", "cryptography", "itsdangerous", "argon2", "pyotp", "joserfc", "authlib"}
OURS = {"bot.sealing"}
"""Who seals with it uses cryptography too."""
WEAK = re.compile(r"\b(md5|sha1|SHA1|DES3?|ARC4|RC4|ECB|Blowfish|verify=False|CERT_NONE|check_hostname ?= ?False)\b")
CHANCE = re.compile(r"\brandom\.(random|choice|randint|randrange|sample|getrandbits)\b")
LOT = {"bot/outbox/carrying.py", "channels/telegram/arriving.py"}
"""How long to wait before another try: a lot that nobody needs to keep secret."""


def sources() -> Iterator[tuple[str, str]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def imported(source: str) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def uses_cryptography(source: str) -> bool:
    names = imported(source)
    return bool(names & OURS) or any(name.partition(".")[0] in MODULES for name in names)


def test_every_use_is_in_the_inventory_and_nothing_else() -> None:
    document = (ROOT / "docs" / "cryptography.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"`((?:actions|bot|channels|knowledge)/[\w/]+\.py)`", document))
    used = {path for path, source in sources() if uses_cryptography(source)}
    assert sorted(used - listed) == [], "use it, and say so in docs/cryptography.md"
    assert sorted(listed - used) == [], "no longer there"


def test_nothing_weak_is_used_and_chance_is_no_secret() -> None:
    assert [path for path, source in sources() if WEAK.search(source)] == []
    assert {path for path, source in sources() if CHANCE.search(source)} <= LOT


def test_what_is_looked_for_would_be_found() -> None:
    assert uses_cryptography("from hashlib import sha256")
    assert uses_cryptography("from bot.sealing import Seal")
    assert not uses_cryptography("import re")
    assert WEAK.search("hashlib.md5(text)")
    assert CHANCE.search("random.choice(letters)")
