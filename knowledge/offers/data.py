"""Offers as plain data: read with everything that is wrong with them named, written so that they read back the same.

The shape is that of ``seed/offers.json``: one JSON object an offer, vocabulary terms by their identifier, dates as
2026-11-22, and no key for what is not known. What each field may hold comes from the guide.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import fields
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.offers.faults import Fault, OfferError, quoted
from knowledge.offers.guide import BLOCKS, GUIDE, FieldGuide, Shape
from knowledge.offers.record import Offer
from knowledge.offers.sense import check_sense
from knowledge.offers.shapes import check, terms_of
from knowledge.vocabulary import Term

SEED = Path(__file__).parents[1] / "seed" / "offers.json"

_AS_IT_IS = {Shape.FLAG, Shape.MAYBE, Shape.COUNT, Shape.FIELD}
_LISTS = {Shape.TEXTS, Shape.PLACES}
_BLOCK_TYPES = frozenset(BLOCKS.values())
_RECORD = {each.name: str(each.type) for each in fields(Offer)}


def read_offer(data: Mapping[str, Any], municipalities: Collection[str] | None = None) -> Offer:
    """One offer. Raises ``OfferError`` with everything that is wrong."""
    if faults := find_faults(data, municipalities):
        raise OfferError(faults, quoted(data.get("id") or "") if isinstance(data, Mapping) else "")
    return read_trusted(data)


def read_trusted(data: Mapping[str, Any]) -> Offer:
    """One offer from data in which ``find_faults`` found nothing before it was stored: fast, because unchecked."""
    known = {name: _CONVERT[name](value) for name, value in data.items() if value is not None}
    return Offer(**known)


def find_faults(data: Any, municipalities: Collection[str] | None = None) -> tuple[Fault, ...]:
    """Everything that is wrong, in the order of the guide. Given ``municipalities``, place names must be among them."""
    if not isinstance(data, Mapping):
        return (Fault("", "not_an_offer"),)
    faults = [Fault("", "unknown_field", {"value": quoted(key)}) for key in data if key not in GUIDE]
    right: dict[str, Any] = {}
    for name, guide in GUIDE.items():
        value = data.get(name)
        if _is_unknown(guide, value):
            found = [Fault(name, "required")] if guide.required else []
        else:
            found = list(check(guide, value, municipalities))
        if found:
            faults += found
        else:
            right[name] = value
    faults += check_sense(right.get)
    order = {name: number for number, name in enumerate(GUIDE)}
    return tuple(sorted(faults, key=lambda fault: order.get(fault.field.partition(".")[0], -1)))


def write_offer(offer: Offer) -> dict[str, Any]:
    """JSON-ready form that ``read_offer`` reads back; what is not known is left out."""
    data: dict[str, Any] = {}
    for each in fields(offer):
        value = getattr(offer, each.name)
        if value is not None and value != each.default:
            data[each.name] = _plain(value)
    return data


def read_offers(path: Path = SEED, municipalities: Iterable[str] | None = None) -> tuple[Offer, ...]:
    """All offers of a file. Given ``municipalities``, names outside them are refused too. Raises ``OfferError``."""
    try:
        items = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise OfferError([Fault("", "no_file", {"value": path.name})]) from problem
    if not isinstance(items, list):
        raise OfferError([Fault("", "not_a_list", {"value": path.name})])
    known = None if municipalities is None else frozenset(municipalities)
    offers: dict[str, Offer] = {}
    for item in items:
        offer = read_offer(item, known)
        if offer.id in offers:
            raise OfferError([Fault("id", "double_id", {"value": offer.id})], offer.id)
        offers[offer.id] = offer
    return tuple(offers.values())


def _is_unknown(guide: FieldGuide, value: Any) -> bool:
    """Nothing was filled in. An empty list is nothing too; an empty text only where the record has an empty default."""
    return value is None or value == [] or (value == "" and (guide.required or guide.name == "note"))


def _plain(value: Any) -> Any:
    if isinstance(value, Term):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(_plain(each) for each in value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if type(value) in _BLOCK_TYPES:
        known = ((each.name, getattr(value, each.name)) for each in fields(value))
        return {name: _plain(item) for name, item in known if item is not None}
    return value


@lru_cache(maxsize=4096)  # offers share most of their lists of terms
def _gathered(name: str, values: tuple[str, ...]) -> tuple[Any, ...] | frozenset[Any]:
    vocabulary = GUIDE[name].vocabulary
    items = (terms_of(vocabulary)[value] for value in values) if vocabulary else values
    return frozenset(items) if _RECORD[name].startswith("frozenset") else tuple(items)


def _converter(guide: FieldGuide) -> Callable[[Any], Any]:
    """How right plain data of a field becomes part of the record."""
    if guide.shape in _AS_IT_IS:
        return lambda value: value
    if guide.shape is Shape.TERM:
        return terms_of(guide.vocabulary).__getitem__
    if guide.shape in (Shape.TERMS, Shape.FIELDS):
        return lambda value: _gathered(guide.name, tuple(value))
    if guide.shape in _LISTS:
        return lambda value: tuple([each.strip() for each in value])
    if guide.shape is Shape.DAY:
        return lambda value: date.fromisoformat(value.strip())
    if guide.shape is Shape.RANGE:
        return tuple
    if guide.shape in BLOCKS:
        return _block_converter(guide)
    return str.strip


def _block_converter(guide: FieldGuide) -> Callable[[Any], Any]:
    record = BLOCKS[guide.shape]
    parts = {key: _converter(part) for key, part in guide.parts.items()}

    def one(value: Mapping[str, Any]) -> Any:
        return record(**{key: parts[key](each) for key, each in value.items() if each is not None and each != ""})

    return (lambda value: tuple(one(each) for each in value)) if guide.shape is Shape.CHECKS else one


_CONVERT = {name: _converter(guide) for name, guide in GUIDE.items()}
