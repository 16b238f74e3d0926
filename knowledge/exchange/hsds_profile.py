"""The respite profile: what HSDS has no field for, as attributes of a service with terms from our vocabularies.

An attribute names its field in ``link_type``. A list gives one attribute for each value, in order; a number, a yes or
no and a block are written as JSON. The term tells what the value means: that of a vocabulary, or of the field itself.
Identifiers are UUIDs made of ours (RFC 4122, version 5): equal today, tomorrow and in every installation.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from knowledge.offers.faults import Fault, quoted
from knowledge.offers.guide import GUIDE, FieldGuide, Shape

PROFILE = "adempauze-respite-1"
NAMESPACE = UUID("b1d3e7ac-6f0e-4c0e-9d1c-6a4b0b7c5f21")  # chosen by chance once; changing it changes every identifier
EDITORS_ONLY = frozenset({"note", "money_words"})  # never leave
FRESHNESS = "freshness"  # told with an offer, and worked out anew by whoever reads it

_LISTS = {Shape.TEXTS, Shape.TERMS, Shape.PLACES, Shape.FIELDS}
_AS_JSON = {Shape.FLAG, Shape.MAYBE, Shape.COUNT, Shape.RANGE, Shape.AMOUNT, *(Shape.PRICE, Shape.SOURCE, Shape.CHECKS)}


def uuid_of(what: str, own_id: str) -> str:
    """The UUID of a thing of ours: ``what`` is its table in HSDS."""
    return str(uuid5(NAMESPACE, f"{what}:{own_id}"))


def write_attributes(service_id: str, fields: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Fields of an offer, as plain data, as attributes of its service."""
    return [
        _attribute(service_id, name, number, text)
        for name, value in fields.items()
        for number, text in enumerate(_texts(GUIDE[name], value))
    ]


def freshness_attribute(service_id: str, code: str) -> dict[str, Any]:
    """How far the offer may be trusted on the day of writing, as its own term."""
    term = _term(FRESHNESS, code, code, "How far this may be trusted on the day it was written; see docs/open-api.md.")
    return _linked(service_id, FRESHNESS, 0, code, term)


def read_attributes(service: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Fault, ...]] | None:
    """The fields that a service of our profile gives, and what is not understood; ``None`` without our profile."""
    ours = list(_of_profile(service.get("attributes")))
    if not any(name == "id" for name, _ in ours):
        return None
    found: dict[str, Any] = {}
    faults = []
    for name, text in ours:
        guide = GUIDE.get(name)
        if guide is None or name in EDITORS_ONLY:
            faults += [Fault("", "unknown_field", {"value": quoted(name)})] if name != FRESHNESS else []
        elif guide.shape in _LISTS:
            found.setdefault(name, []).append(text)
        else:
            found[name] = _value(guide, text)
    return found, tuple(faults)


def describe_profile() -> dict[str, Any]:
    """The profile for whoever reads our HSDS: every attribute with its meaning, every vocabulary with its terms."""
    shown = [guide for name, guide in GUIDE.items() if name not in EDITORS_ONLY]
    vocabularies = {guide.vocabulary for guide in shown if guide.vocabulary}
    return {
        "profile": PROFILE,
        "hsds_version": "3.0",
        "attributes": [
            {
                "link_type": guide.name,
                "description": guide.description,
                "several": guide.shape in _LISTS,
                "json": guide.shape in _AS_JSON,
                **({"taxonomy": f"{PROFILE}:{guide.vocabulary.__name__}"} if guide.vocabulary else {}),
            }
            for guide in shown
        ],
        "taxonomies": [
            {
                "id": uuid_of("taxonomy", vocabulary.__name__),
                "name": f"{PROFILE}:{vocabulary.__name__}",
                "description": " ".join((vocabulary.__doc__ or "").split()),
                "terms": [_term(vocabulary.__name__, term.value, term.label, term.label) for term in vocabulary],
            }
            for vocabulary in sorted(vocabularies, key=lambda each: each.__name__)
        ],
    }


def _texts(guide: FieldGuide, value: Any) -> Iterable[str]:
    if guide.shape in _LISTS:
        return list(value)
    return [json.dumps(value, ensure_ascii=False, sort_keys=True) if guide.shape in _AS_JSON else value]


def _value(guide: FieldGuide, text: str) -> Any:
    """A value as it was written; what is no JSON stays text, which the reader of offers then refuses with a reason."""
    if guide.shape not in _AS_JSON:
        return text
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _attribute(service_id: str, name: str, number: int, text: str) -> dict[str, Any]:
    return _linked(service_id, name, number, text, _term_of(name, text))


def _linked(service_id: str, name: str, number: int, text: str, term: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": uuid_of("attribute", f"{service_id}:{name}:{number}"),
        "link_id": service_id,
        "link_entity": "service",
        "link_type": name,
        "value": text,
        "taxonomy_term_id": term["id"],
        "taxonomy_term": term,
    }


def _term_of(name: str, text: str) -> dict[str, Any]:
    guide = GUIDE[name]
    labels = {term.value: term.label for term in guide.vocabulary} if guide.vocabulary else {}
    if guide.vocabulary is not None and text in labels:
        return _term(guide.vocabulary.__name__, text, labels[text], labels[text])
    return _term("Field", name, guide.label, guide.description)


@cache
def _term(taxonomy: str, code: str, name: str, description: str) -> dict[str, Any]:
    return {
        "id": uuid_of("taxonomy_term", f"{taxonomy}:{code}"),
        "code": code,
        "name": name,
        "description": description,
        "taxonomy": f"{PROFILE}:{taxonomy}",
        "taxonomy_id": uuid_of("taxonomy", taxonomy),
        "language": "nl",
    }


def _of_profile(attributes: Any) -> Iterator[tuple[str, str]]:
    """Field and value of every attribute of our profile; whatever else stands there is of somebody else."""
    for each in attributes if isinstance(attributes, list) else ():
        term = each.get("taxonomy_term") if isinstance(each, dict) else None
        taxonomy = term.get("taxonomy") if isinstance(term, dict) else None
        if not isinstance(taxonomy, str) or taxonomy.partition(":")[0] != PROFILE:
            continue
        name, value = each.get("link_type"), each.get("value")
        if isinstance(name, str) and isinstance(value, str):
            yield name, value
