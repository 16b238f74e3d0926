"""Offers as plain data: read with a clear message on what is wrong, written so that it reads back the same.

The shape is that of ``seed/offers.json``: one JSON object an offer, vocabulary terms by their identifier, and no key
for what is not known.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from knowledge.offers import Offer, Price, Source
from knowledge.vocabulary import (
    AgeGroup,
    BoundTo,
    Condition,
    DayPart,
    OfferKind,
    OfferStatus,
    Payer,
    Place,
    Scope,
    SourceAge,
    Term,
)

SEED = Path(__file__).parent / "seed" / "offers.json"

T = TypeVar("T", bound=Term)

_INFERABLE = {"payers", "audience", "area", "phone"}
_KEYS = {each.name for each in fields(Offer)}


class OfferError(ValueError):
    """An offer cannot be read; the message names the offer, the field and what is expected."""


def read_offer(data: Mapping[str, Any]) -> Offer:
    """One offer. Raises ``OfferError``."""
    return _Reader(data).offer()


def read_offers(path: Path = SEED, municipalities: Iterable[str] | None = None) -> tuple[Offer, ...]:
    """All offers of a file. Given ``municipalities``, names outside them are refused too. Raises ``OfferError``."""
    try:
        items = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError) as problem:
        raise OfferError(f"{path.name}: {problem}") from problem
    if not isinstance(items, list):
        raise OfferError(f"{path.name}: expected a list of offers")
    offers = tuple(read_offer(item) for item in items)
    _refuse_doubles(offers)
    if municipalities is not None:
        known = frozenset(municipalities)
        for offer in offers:
            _refuse_unknown_places(offer, known)
    return offers


def write_offer(offer: Offer) -> dict[str, Any]:
    """JSON-ready form that ``read_offer`` reads back; what is not known is left out."""
    data: dict[str, Any] = {}
    for each in fields(offer):
        value = getattr(offer, each.name)
        if value is not None and value != each.default:
            data[each.name] = _plain(value)
    return data


class _Reader:
    """Reads the fields of one offer and says which one is wrong."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        if not isinstance(data, Mapping):
            raise OfferError(f"an offer must be an object, not {type(data).__name__}")
        self._data = data
        self._id = data.get("id")
        if not isinstance(self._id, str) or not self._id:
            raise OfferError("an offer without id")

    def offer(self) -> Offer:
        if unknown := sorted(set(self._data) - _KEYS):
            self._fail(unknown[0], "is not a field of an offer")
        offer = Offer(
            id=self._text("id"),
            name=self._text("name"),
            organisation=self._text("organisation"),
            kinds=self._terms("kinds", OfferKind),
            kind_label=self._optional_text("kind_label"),
            place=self._optional_term("place", Place),
            bound_to=self._term("bound_to", BoundTo),
            audience=self._texts("audience"),
            conditions=frozenset(self._terms("conditions", Condition)),
            others_welcome=self._flag("others_welcome", default=False),
            ages=frozenset(self._terms("ages", AgeGroup)),
            young_carers_only=self._flag("young_carers_only", default=False),
            area=self._text("area"),
            scope=self._term("scope", Scope),
            municipalities=self._texts("municipalities"),
            coverage_uncertain=self._flag("coverage_uncertain", default=False),
            province=self._optional_text("province"),
            residents_only=self._flag("residents_only"),
            located_in=self._optional_text("located_in"),
            postcode=self._optional_text("postcode"),
            payers=self._terms("payers", Payer),
            money_words=self._optional_text("money_words"),
            price=self._price(),
            indication_needed=self._optional_flag("indication_needed"),
            day_parts=frozenset(self._terms("day_parts", DayPart)),
            min_nights=self._count("min_nights"),
            max_nights=self._count("max_nights"),
            lead_weeks=self._lead_weeks(),
            limits=self._texts("limits"),
            url=self._address("url"),
            phone=self._optional_text("phone"),
            status=self._optional_term("status", OfferStatus) or OfferStatus.UNKNOWN,
            existence_uncertain=self._flag("existence_uncertain", default=False),
            source=self._source(),
            verify_before_showing=self._flag("verify_before_showing"),
            inferred=frozenset(self._texts("inferred")),
            checked_on=self._day("checked_on"),
            checked_by=self._optional_text("checked_by"),
            note=self._data.get("note", ""),
        )
        self._check_sense(offer)
        return offer

    def _check_sense(self, offer: Offer) -> None:
        if not offer.kinds:
            self._fail("kinds", "must name at least one kind")
        if offer.scope is Scope.MUNICIPALITY and not offer.municipalities:
            self._fail("municipalities", "must be given when the scope is a municipality")
        if offer.scope is Scope.PROVINCE and not offer.province:
            self._fail("province", "must be given when the scope is a province")
        if strange := sorted(offer.inferred - _INFERABLE):
            self._fail("inferred", f"knows {', '.join(sorted(_INFERABLE))}, not {strange[0]}")
        if offer.min_nights and offer.max_nights and offer.min_nights > offer.max_nights:
            self._fail("min_nights", "is more than max_nights")
        if offer.source.month is not None and not (offer.source.year and 1 <= offer.source.month <= 12):
            self._fail("source", "has a month that is not 1 to 12, or no year")
        if (offer.checked_on is None) is not (offer.checked_by is None):
            self._fail("checked_on", "and checked_by belong together")

    def _text(self, key: str) -> str:
        value = self._data.get(key)
        if not isinstance(value, str) or not value.strip():
            self._fail(key, "must be a text")
        return str(value)

    def _optional_text(self, key: str) -> str | None:
        return None if self._data.get(key) is None else self._text(key)

    def _texts(self, key: str) -> tuple[str, ...]:
        values = self._data.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) and value for value in values):
            self._fail(key, "must be a list of texts")
        return tuple(values)

    def _address(self, key: str) -> str | None:
        value = self._optional_text(key)
        if value is not None and not value.startswith(("https://", "http://")):
            self._fail(key, "must start with https:// or http://")
        return value

    def _flag(self, key: str, *, default: bool | None = None) -> bool:
        value = self._data.get(key, default)
        if not isinstance(value, bool):
            self._fail(key, "must be true or false")
        return bool(value)

    def _optional_flag(self, key: str) -> bool | None:
        return None if self._data.get(key) is None else self._flag(key)

    def _count(self, key: str) -> int | None:
        value = self._data.get(key)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 1):
            self._fail(key, "must be a whole number from 1")
        return value

    def _day(self, key: str) -> date | None:
        value = self._optional_text(key)
        try:
            return None if value is None else date.fromisoformat(value)
        except ValueError:
            return self._fail(key, "must be a date such as 2026-11-22")

    def _lead_weeks(self) -> tuple[int, int] | None:
        value = self._data.get("lead_weeks")
        if value is None:
            return None
        pair = isinstance(value, list) and len(value) == 2 and all(isinstance(each, int) for each in value)
        if not pair or not 0 <= value[0] <= value[1]:
            self._fail("lead_weeks", "must be two whole numbers, from and to")
        return value[0], value[1]

    def _term(self, key: str, kind: type[T]) -> T:
        return self._as_term(key, kind, self._data.get(key))

    def _optional_term(self, key: str, kind: type[T]) -> T | None:
        return None if self._data.get(key) is None else self._term(key, kind)

    def _terms(self, key: str, kind: type[T]) -> tuple[T, ...]:
        return tuple(self._as_term(key, kind, value) for value in self._texts(key))

    def _as_term(self, key: str, kind: type[T], value: Any) -> T:
        for term in kind:
            if term.value == value:
                return term
        return self._fail(key, f"is {value!r}; expected one of {', '.join(str(term) for term in kind)}")

    def _price(self) -> Price | None:
        value = self._data.get("price")
        if value is None:
            return None
        try:
            return Price(euros=str(value["euros"]), per=str(value["per"]), year=int(value["year"]))
        except (TypeError, KeyError, ValueError):
            return self._fail("price", "needs euros, per and the year it was valid")

    def _source(self) -> Source:
        value = self._data.get("source")
        if not isinstance(value, Mapping):
            return self._fail("source", "must tell where this was read")
        try:
            return Source(**{**value, "age": self._as_term("source", SourceAge, value.get("age"))})
        except TypeError as problem:
            return self._fail("source", f"cannot be read: {problem}")

    def _fail(self, key: str, what: str) -> Any:
        raise OfferError(f"offer {self._id}: {key} {what}")


def _plain(value: Any) -> Any:
    if isinstance(value, Term):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(_plain(each) for each in value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, (Source, Price)):
        known = ((each.name, getattr(value, each.name)) for each in fields(value))
        return {name: _plain(item) for name, item in known if item is not None}
    return value


def _refuse_doubles(offers: tuple[Offer, ...]) -> None:
    seen: set[str] = set()
    for offer in offers:
        if offer.id in seen:
            raise OfferError(f"offer {offer.id}: this id is given twice")
        seen.add(offer.id)


def _refuse_unknown_places(offer: Offer, known: frozenset[str]) -> None:
    for name in (*offer.municipalities, *([offer.located_in] if offer.located_in else [])):
        if name not in known:
            raise OfferError(f"offer {offer.id}: {name!r} is not a municipality")
