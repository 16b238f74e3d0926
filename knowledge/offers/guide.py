"""The guide to the offer record: each field once, with its Dutch help, its shape and its place in HSDS.

Form, checks, import template and documentation all read it, so they cannot disagree. The texts stand in ``guide.yml``,
beside this file. ``guide_page.py`` writes the page for editors.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import Any

from knowledge import vocabulary as words
from knowledge.offers.record import FieldCheck, Offer, Price, Source
from knowledge.vocabulary import Term
from knowledge.yaml_files import read_yaml

GUIDE_FILE = Path(__file__).with_name("guide.yml")


class Shape(Enum):
    """How the value of a field looks; ``shapes.py`` says what is right, ``typed.py`` how people type it."""

    IDENTIFIER = "identifier"
    TEXT = "text"
    LONG_TEXT = "long_text"
    TEXTS = "texts"
    TERM = "term"
    TERMS = "terms"
    FLAG = "flag"
    MAYBE = "maybe"
    COUNT = "count"
    DAY = "day"
    URL = "url"
    EMAIL = "email"
    PHONE = "phone"
    POSTCODE = "postcode"
    PLACE = "place"
    PLACES = "places"
    REGION = "region"
    PROVINCE = "province"
    RANGE = "range"
    AMOUNT = "amount"
    FIELD = "field"
    FIELDS = "fields"
    PRICE = "price"
    SOURCE = "source"
    CHECKS = "checks"


BLOCKS: Mapping[Shape, type[Any]] = MappingProxyType(
    {Shape.PRICE: Price, Shape.SOURCE: Source, Shape.CHECKS: FieldCheck}
)


@dataclass(frozen=True)
class FieldGuide:
    """One field of the record, or one part of a field that is a block ("source.url").

    ``label``, ``help``, ``example``: Dutch, for editors; ``description``: English, for developers. ``section``: key of
    ``SECTIONS``. ``required``: an offer cannot exist without it. ``needed``: known, or said to be unknown, before an
    offer is published (R55); one of ``instead`` will do as well; ``concerns`` says for which offers ("" for all,
    "relief", "away", "indication"). ``inferable``: may be inferred, or asked for in vain. ``hsds``: path in an HSDS 3
    service; "" means an attribute of the respite profile. ``least``/``most``: bounds of a count.
    ``parts``: the fields of a block.
    """

    name: str
    label: str
    help: str
    example: str
    description: str
    section: str
    shape: Shape
    required: bool
    vocabulary: type[Term] | None = None
    needed: bool = False
    instead: tuple[str, ...] = ()
    concerns: str = ""
    inferable: bool = True
    hsds: str = ""
    least: int = 1
    most: int = 104
    parts: Mapping[str, FieldGuide] = field(default_factory=dict, hash=False)

    @property
    def part(self) -> str:
        """The last word of the name: "url" of "source.url"."""
        return self.name.rpartition(".")[2]


_TEXTS = ("label", "help", "example", "description")
_KEYS = {*_TEXTS, "shape", "vocabulary", "needed", "instead", "concerns", "inferable", "hsds", "least", "most", "parts"}
_CONCERNS = {"", "relief", "away", "indication"}


@dataclass(frozen=True)
class Guide:
    """All of ``guide.yml``: fields, titles of sections, a sentence a fault code, the sentences of the page."""

    fields: Mapping[str, FieldGuide]
    sections: Mapping[str, str]
    faults: Mapping[str, str]
    page: Mapping[str, str]


def load_guide(path: Path = GUIDE_FILE) -> Guide:
    """The guide. Raises ``ValueError`` if a field of ``Offer`` lacks, or is unknown."""
    data = read_yaml(path.read_text(encoding="utf-8"))
    guide: dict[str, FieldGuide] = {}
    required = _required(Offer)
    for section, block in data["sections"].items():
        for name, entry in block["fields"].items():
            if name in guide:
                raise ValueError(f"{path.name}: {name} is explained twice")
            guide[name] = _field(name, entry, section, required)
    _refuse_difference(path.name, set(guide), set(required))
    _refuse_strange_references(path.name, guide)
    sections = {key: block["title"] for key, block in data["sections"].items()}
    return Guide(*(MappingProxyType(each) for each in (guide, sections, data["faults"], data["page"])))


def _required(record: type[Any]) -> dict[str, bool]:
    """Every field of a record, and whether the record cannot do without."""
    return {each.name: each.default is MISSING and each.default_factory is MISSING for each in fields(record)}


def _field(name: str, entry: Mapping[str, Any], section: str, required: Mapping[str, bool]) -> FieldGuide:
    last = name.rpartition(".")[2]
    if strange := set(entry) - _KEYS:
        raise ValueError(f"guide: {name} has the unknown key {sorted(strange)[0]}")
    if lacking := [key for key in _TEXTS if not str(entry.get(key, "")).strip()]:
        raise ValueError(f"guide: {name} has no {lacking[0]}")
    shape = Shape(entry["shape"])
    vocabulary = getattr(words, entry["vocabulary"]) if "vocabulary" in entry else None
    if (vocabulary is not None) is not (shape in (Shape.TERM, Shape.TERMS)):
        raise ValueError(f"guide: {name} needs a vocabulary if, and only if, it holds terms")
    return FieldGuide(
        name=name,
        **{key: str(entry[key]).strip() for key in _TEXTS},
        section=section,
        shape=shape,
        required=required.get(last, False),
        vocabulary=vocabulary,
        needed=entry.get("needed", False),
        instead=tuple(entry.get("instead", ())),
        concerns=entry.get("concerns", ""),
        inferable=entry.get("inferable", True),
        hsds=entry.get("hsds", ""),
        least=entry.get("least", 1),
        most=entry.get("most", 104),
        parts=MappingProxyType(_parts(name, entry, section, shape)),
    )


def _parts(name: str, entry: Mapping[str, Any], section: str, shape: Shape) -> dict[str, FieldGuide]:
    parts = entry.get("parts", {})
    record = BLOCKS.get(shape)
    required = {} if record is None else _required(record)
    _refuse_difference(f"guide: {name}", set(parts), set(required))
    return {key: _field(f"{name}.{key}", part, section, required) for key, part in parts.items()}


def _refuse_difference(where: str, explained: set[str], existing: set[str]) -> None:
    if lacking := existing - explained:
        raise ValueError(f"{where}: {', '.join(sorted(lacking))} not explained")
    if strange := explained - existing:
        raise ValueError(f"{where}: {', '.join(sorted(strange))} is not a field of the record")


def _refuse_strange_references(where: str, guide: Mapping[str, FieldGuide]) -> None:
    labels: dict[str, str] = {}
    for each in all_fields(guide):
        if set(each.instead) - set(guide) or each.concerns not in _CONCERNS:
            raise ValueError(f"{where}: {each.name} refers to something that does not exist")
        other = labels.setdefault(each.label.casefold(), each.name)
        if other != each.name:
            raise ValueError(f"{where}: {each.name} and {other} have the same label")


def all_fields(guide: Mapping[str, FieldGuide]) -> Iterator[FieldGuide]:
    """Every field, each followed by its parts."""
    for each in guide.values():
        yield each
        yield from each.parts.values()


_GUIDE = load_guide()
GUIDE: Mapping[str, FieldGuide] = _GUIDE.fields
SECTIONS: Mapping[str, str] = _GUIDE.sections
FAULTS: Mapping[str, str] = _GUIDE.faults
PAGE: Mapping[str, str] = _GUIDE.page


def guide_of(name: str) -> FieldGuide | None:
    """The guide of a field or of a part ("source.url")."""
    whole, _, part = name.partition(".")
    found = GUIDE.get(whole)
    return found.parts.get(part) if found and part else found
