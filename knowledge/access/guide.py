"""What every municipal rule is, asks for and is for: read once from ``guide.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from knowledge.vocabulary import BoundTo, OfferKind, Term, Urgency
from knowledge.yaml_files import read_yaml

GUIDE_FILE = Path(__file__).parent / "guide.yml"


class RuleAnswer(Term):
    """Does the rule hold here? Unknown is never yes and never no: then the normal road is told."""

    YES = "yes", "ja"
    NO = "no", "nee"
    UNKNOWN = "unknown", "onbekend"


class DetailShape(Term):
    """What one detail holds, with how editors know it."""

    TEXT = "text", "korte tekst"
    LONG_TEXT = "long_text", "tekst"
    PHONE = "phone", "telefoonnummer"
    URL = "url", "adres op internet"
    HOURS = "hours", "dagen en tijden"
    YEAR = "year", "jaar"
    DAY = "day", "datum"
    MAYBE = "maybe", "ja, nee of onbekend"


class ShownWhen(Term):
    """When a carer hears of a rule."""

    URGENT = "urgent", "meteen, als het niet kan wachten"
    AFTER_OFFERS = "after_offers", "bij het eerste aanbod, hooguit twee regels"
    SENDING = "sending", "bij de aanvraag"
    CLIENT_SUPPORT = "client_support", "bij de zin over de cliëntondersteuner"
    OFFICE = "office", "alleen om tijden mee uit te rekenen"
    DESK = "desk", "alleen voor redactie en consulenten"


@dataclass(frozen=True)
class DetailGuide:
    """One thing to fill in. ``label``, ``help``, ``example``: Dutch, for editors; ``description``: for developers.

    ``needed``: must be known before a "ja" may be called checked.
    """

    name: str
    label: str
    help: str
    example: str
    description: str
    shape: DetailShape
    needed: bool = False


@dataclass(frozen=True)
class RuleGuide:
    """One rule. ``row``: its number in requirements section 5 ("-": it comes from elsewhere in them).

    ``whose``: whose municipality decides (R87). ``kinds``, ``urgencies``: for which needs it matters; empty: for all.
    """

    key: str
    row: str
    label: str
    help: str
    example: str
    description: str
    section: str
    whose: BoundTo
    shown: ShownWhen
    details: Mapping[str, DetailGuide]
    kinds: frozenset[OfferKind] = field(default_factory=frozenset)
    urgencies: frozenset[Urgency] = field(default_factory=frozenset)

    @property
    def fields(self) -> tuple[DetailGuide, ...]:
        """Everything to fill in beside the answer, in the order of a form."""
        return (*self.details.values(), *COMMON.values())


def _detail(name: str, block: Mapping[str, Any]) -> DetailGuide:
    values = {**block, "shape": DetailShape(block["shape"])}
    return DetailGuide(name=name, **values)


def _rule(key: str, block: Mapping[str, Any]) -> RuleGuide:
    fits = block.get("fits", {})
    return RuleGuide(
        key=key,
        row=str(block["row"]),
        **{name: block[name] for name in ("label", "help", "example", "description", "section")},
        whose=BoundTo(block["whose"]),
        shown=ShownWhen(block["shown"]),
        details=MappingProxyType({name: _detail(name, detail) for name, detail in block["details"].items()}),
        kinds=frozenset(OfferKind(value) for value in fits.get("kinds", ())),
        urgencies=frozenset(Urgency(value) for value in fits.get("urgency", ())),
    )


_DATA: Mapping[str, Any] = read_yaml(GUIDE_FILE.read_text(encoding="utf-8"))

SECTIONS: Mapping[str, str] = MappingProxyType(dict(_DATA["sections"]))
"""The parts of an editor's form, with their Dutch titles, in order."""

COMMON: Mapping[str, DetailGuide] = MappingProxyType({key: _detail(key, one) for key, one in _DATA["common"].items()})
"""What every rule has beside its own details: contact, dates, who checked it, source, note."""

RULES: Mapping[str, RuleGuide] = MappingProxyType({key: _rule(key, one) for key, one in _DATA["rules"].items()})
"""Every rule by its key, in the order in which editors see them and lines are chosen."""

FAULTS: Mapping[str, str] = MappingProxyType(dict(_DATA["faults"]))
"""What is wrong, in Dutch, by code; values stand between braces."""
