"""The offers that everyone may see today, ready to be asked for: built anew when one changes or a new day begins."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timezone
from functools import lru_cache
from threading import Lock
from typing import Protocol

from channels.open_api.query import Query
from knowledge.curation.record import Record, RecordKind
from knowledge.exchange.hsds import may_be_published
from knowledge.exchange.hsds_profile import uuid_of
from knowledge.matching.need import Need
from knowledge.matching.reach import Level, reach_of
from knowledge.offers.record import Offer
from knowledge.places.names import key_of
from knowledge.places.regions import Regions, Spot

_MOST_SPOTS = 512  # whose reach is remembered


class Offers(Protocol):
    """Where the offers are."""

    def offers(self) -> tuple[Offer, ...]: ...


class Changes(Protocol):
    """Where it is kept when each was changed."""

    def latest(self, kind: RecordKind) -> int: ...

    def changed_since(self, kind: RecordKind, number: int) -> tuple[int, tuple[Record, ...]]: ...


@dataclass(frozen=True)
class Stock:
    """The offers of one moment, by id. ``number``: of the newest change. ``modified``: since when they read so."""

    number: int
    today: date
    offers: tuple[Offer, ...]
    changed: Mapping[str, datetime]
    modified: datetime
    by_name: Mapping[str, Offer]  # our id and the UUID
    words: Mapping[str, str]
    reaching: OrderedDict[Spot, frozenset[str]] = field(default_factory=OrderedDict, compare=False)


@dataclass(frozen=True)
class _Entry:
    """What is worked out once for an offer."""

    offer: Offer
    uuid: str
    words: str


class Shelf:
    """Gives the stock of now, and finds in it. Safe for many threads: a stock is made whole and then put in place."""

    def __init__(self, offers: Offers, changes: Changes, regions: Regions, now: Callable[[], datetime]) -> None:
        self._offers = offers
        self._changes = changes
        self._regions = regions
        self._now = now
        self._building = Lock()
        self._remembering = Lock()
        self._seen = -1
        self._changed: dict[str, datetime] = {}
        self._entries: dict[str, _Entry] = {}
        self._stock: Stock | None = None

    def stock(self) -> Stock:
        """The offers as they are now; those of a moment ago for who comes while another request builds."""
        number, today = self._changes.latest(RecordKind.OFFER), self._now().date()
        present = self._stock
        if present is not None and (present.number, present.today) == (number, today):
            return present
        if not self._building.acquire(blocking=present is None):
            return present or self.stock()
        try:
            if self._stock is None or (self._stock.number, self._stock.today) != (number, today):
                self._stock = self._build(number, today)
            return self._stock
        finally:
            self._building.release()

    def find(self, query: Query, stock: Stock) -> list[Offer]:
        """All offers that answer the question, by id, on every page."""
        found: list[Offer] = list(stock.offers)
        if query.kinds:
            found = [offer for offer in found if query.kinds.intersection(offer.kinds)]
        if query.search:
            wanted = _plain(query.search).split()
            found = [offer for offer in found if all(word in stock.words[offer.id] for word in wanted)]
        if query.spot:
            near = self._reaching(query.spot, stock)
            found = [offer for offer in found if offer.id in near]
        return found

    def _build(self, number: int, today: date) -> Stock:
        self._seen, changed = self._changes.changed_since(RecordKind.OFFER, self._seen)
        self._changed = {**self._changed, **{record.id: _aware(record.changed_at) for record in changed}}
        offers = tuple(offer for offer in self._offers.offers() if may_be_published(offer, today))
        entries = [self._entry(offer) for offer in offers]
        self._entries = {each.offer.id: each for each in entries}
        midnight = datetime.combine(today, time(), timezone.utc)  # labels and prices depend on the day
        return Stock(
            number=number,
            today=today,
            offers=offers,
            changed=self._changed,
            modified=max([midnight, *self._changed.values()]),
            by_name={name: each.offer for each in entries for name in (each.uuid, each.offer.id)},
            words={each.offer.id: each.words for each in entries},
        )

    def _entry(self, offer: Offer) -> _Entry:
        """What was worked out before for this very offer, or anew."""
        known = self._entries.get(offer.id)
        return known if known and known.offer is offer else _Entry(offer, uuid_of("service", offer.id), _words(offer))

    def _reaching(self, spot: Spot, stock: Stock) -> frozenset[str]:
        """The ids of the offers that reach somebody who lives there, remembered for the places last asked for."""
        known = stock.reaching.get(spot)
        if known is None:
            need = Need(carer_at=spot, loved_one_at=spot)
            reaches = ((offer.id, reach_of(offer, need, self._regions)) for offer in stock.offers)
            known = frozenset(own for own, reach in reaches if reach and reach.level is not Level.TOO_FAR)
            with self._remembering:
                stock.reaching[spot] = known
                while len(stock.reaching) > _MOST_SPOTS:
                    stock.reaching.popitem(last=False)
        return known


def _words(offer: Offer) -> str:
    """Everything of an offer that a search looks in."""
    kinds = (kind.label for kind in offer.kinds)
    parts = (offer.name, offer.organisation, offer.label, *kinds, *offer.aliases, *offer.audience, offer.area)
    return _plain(" ".join((*parts, *offer.municipalities)))


_plain_word = lru_cache(maxsize=65_536)(key_of)  # a catalogue uses the same words again and again


def _plain(text: str) -> str:
    """Words without case, accents and signs."""
    return " ".join(filter(None, map(_plain_word, text.split())))


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
