"""The papers about privacy, made from what the code does: what is kept, how long, who reads it, what is sealed.

Drafts for a municipality and its data protection officer, and the page that carers read. ``adempauze privacy papers``
writes them; a test holds that the committed ones say what the code does today.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.outbox.letters import LetterKind
from bot.privacy.resealing import sealed_columns
from bot.privacy.retention import KINDS, Kind
from bot.request.fields import LOVED_ONE_HEALTH, SECTION_OF, Section
from bot.staff.roles import MAY, Permission, StaffRole, who_may
from knowledge.yaml_files import read_yaml

HERE = Path(__file__).resolve().parent
PAPERS = ("privacyverklaring.md", "dpia.md", "verwerkingsregister.md", "algoritmeregister.md")


@dataclass(frozen=True)
class KindInWords:
    """A kind of data as people read it. ``sealed``: its sealed columns, as ``table.column``."""

    label: str
    what: str
    why: str
    reason: str
    law: str
    period: str
    tables: tuple[str, ...]
    sealed: tuple[str, ...]


def papers(consents: Mapping[str, str]) -> dict[str, str]:
    """Every paper by its file name. ``consents``: what she says yes to, with the version of the text (R115)."""
    templates = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=False,  # noqa: S701  - it is Markdown, of our own words only
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    values = _values(consents)
    return {name: templates.get_template(name).render(**values) for name in PAPERS}


def _values(consents: Mapping[str, str]) -> dict[str, Any]:
    words, said = _words(), {kind.name: _in_words(kind) for kind in KINDS}
    labels: dict[Section, list[str]] = {}
    for key, section in SECTION_OF.items():
        labels.setdefault(section, []).append(key.label)
    return {
        "kinds": list(said.values()),
        "hers": [said[kind.name] for kind in KINDS if kind.personal == "carer"],
        "others": [said[kind.name] for kind in KINDS if not kind.personal],
        "fields": [(section.label, found) for section, found in labels.items()],
        "health": [key.label for key in SECTION_OF if key in LOVED_ONE_HEALTH],
        "ways": [kind.label for kind in LetterKind if kind is not LetterKind.OPEN_KLANT_ANSWER],
        "readers": [role.label for role in StaffRole if role in who_may(Permission.HANDLE_REQUESTS)],
        "roles": [
            (role.label, [words["permissions"][each.value] for each in Permission if each in MAY[role]])
            for role in StaffRole
        ],
        "consents": [(words["consents"][name], version) for name, version in consents.items()],
        "sealed_count": len(sealed_columns()),
    }


def _in_words(kind: Kind) -> KindInWords:
    said = _words()["kinds"][kind.name]
    sealed = tuple(f"{each.table.name}.{each.name}" for each in sealed_columns() if each.table.name in kind.tables)
    period = said["since"] if kind.period is None else f"{_spoken(kind.period)} {said['since']}"
    parts = {name: said[name] for name in ("label", "what", "why", "reason", "law")}
    return KindInWords(**parts, period=period, tables=kind.tables, sealed=sealed)


def _spoken(period: timedelta) -> str:
    years, rest = divmod(period.days, 365)
    units = _words()["units"]
    return f"{years} {units['years']}" if years and not rest else f"{period.days} {units['days']}"


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    found: dict[str, Any] = read_yaml((HERE / "kinds.yml").read_text(encoding="utf-8"))
    return found
