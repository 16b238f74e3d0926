"""The fields of every kind that editors keep, with their help; and the checks that follow from them.

Form, help and validation read the same ``guides.yml``, so they cannot disagree. Offers have their own guide, whose
shape this shares; banners and the access rules of a municipality keep theirs (``knowledge.banners``,
``knowledge.access``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from knowledge.curation.faults import GUIDES_FILE, Fault, day_of
from knowledge.curation.record import RecordKind
from knowledge.curation.terms import Confidence, DeskStatus
from knowledge.offers.guide import GUIDE, FieldGuide, Shape
from knowledge.vocabulary import Term
from knowledge.yaml_files import read_yaml

_TERMS: Mapping[str, type[Term]] = {"Confidence": Confidence, "DeskStatus": DeskStatus}


def _read() -> tuple[dict[RecordKind, Mapping[str, FieldGuide]], dict[tuple[RecordKind, str], int]]:
    guides: dict[RecordKind, Mapping[str, FieldGuide]] = {RecordKind.OFFER: GUIDE}
    longest: dict[tuple[RecordKind, str], int] = {}
    for kind, fields in read_yaml(GUIDES_FILE.read_text(encoding="utf-8"))["kinds"].items():
        guides[RecordKind(kind)] = MappingProxyType({name: _field(kind, name, entry) for name, entry in fields.items()})
        longest |= {(RecordKind(kind), name): entry.get("longest", 0) for name, entry in fields.items()}
    return guides, longest


def _field(kind: str, name: str, entry: Mapping[str, Any]) -> FieldGuide:
    return FieldGuide(
        name=name,
        **{key: entry[key] for key in ("label", "help", "example", "description", "required")},
        section=kind,
        shape=Shape(entry["shape"]),
        vocabulary=_TERMS[entry["vocabulary"]] if "vocabulary" in entry else None,
    )


_guides, _longest = _read()
GUIDES: Mapping[RecordKind, Mapping[str, FieldGuide]] = MappingProxyType(_guides)
"""The fields of each kind in the order of the form; banners and access rules are not among them."""


def longest_of(kind: RecordKind, name: str) -> int:
    """How many characters fit; 0 when nothing is said about it."""
    return _longest.get((kind, name), 0)


def field_faults(kind: RecordKind, body: Any) -> Iterator[Fault]:
    """What is wrong with each field by itself: lacking, unknown, or not of its shape."""
    if not isinstance(body, Mapping):
        yield Fault("", "not_a_record")
        return
    yield from (Fault(str(name), "unknown_field") for name in body if name not in GUIDES[kind])
    for name, guide in GUIDES[kind].items():
        value = body.get(name)
        if value in (None, "", []) or (isinstance(value, str) and not value.strip()):
            if guide.required or (isinstance(value, str) and value):  # blanks are a slip of the keyboard
                yield Fault(name, "required", {"label": guide.label})
        else:
            yield from _value_faults(kind, guide, value)


def _value_faults(kind: RecordKind, guide: FieldGuide, value: Any) -> Iterator[Fault]:
    said = {"label": guide.label}
    most = longest_of(kind, guide.name)
    texts = value if isinstance(value, list) else [value]
    if code := _wrong_shape(guide, value):
        allowed = ", ".join(term.label for term in guide.vocabulary or ())
        yield Fault(guide.name, code, {**said, "value": str(value), "allowed": allowed})
    elif most and (longest := max(len(text) for text in texts if isinstance(text, str))) > most:
        yield Fault(guide.name, "too_long", {**said, "count": str(longest), "most": str(most)})


def _wrong_shape(guide: FieldGuide, value: Any) -> str:
    """The code of the fault; "" when the value has its shape."""
    right = {
        Shape.TEXTS: isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value),
        Shape.TERM: value in [term.value for term in guide.vocabulary or ()],
        Shape.FLAG: isinstance(value, bool),
        Shape.COUNT: isinstance(value, int) and not isinstance(value, bool) and value >= 1,
        Shape.DAY: day_of(value) is not None,
    }.get(guide.shape, isinstance(value, str))
    return "" if right else _CODES.get(guide.shape, "text")


_CODES = {
    Shape.TEXTS: "list",
    Shape.TERM: "term",
    Shape.FLAG: "flag",
    Shape.COUNT: "count",
    Shape.DAY: "day",
}
