"""The catalogue of offers in the database, and the record of what was missing in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from threading import Lock
from typing import Any

from sqlalchemy import select

from knowledge.curation.record import ConflictError, Loaded, Record, RecordKind
from knowledge.curation.records import Records, utc_now
from knowledge.matching.index import OfferIndex
from knowledge.matching.need import Need
from knowledge.offers.called import OfferNames
from knowledge.offers.data import read_offer, read_offers, read_trusted, write_offer
from knowledge.offers.faults import OfferError
from knowledge.offers.record import Offer
from knowledge.places.regions import Regions
from knowledge.storage import Sessions
from knowledge.tables import unmet_needs_table
from knowledge.unmet import UnmetNeed, unmet_need
from knowledge.vocabulary import OfferKind, UnmetReason

MANY = 0.25  # from this part of the offers a new index is sooner made than the old one changed


@dataclass(frozen=True)
class _State:
    """The offers up to the change of this number; never changed, so that it can be read while the next is made."""

    number: int = -1
    by_id: Mapping[str, Offer] = field(default_factory=dict)
    offers: tuple[Offer, ...] = ()
    unreadable: Mapping[str, str] = field(default_factory=dict)
    index: OfferIndex | None = None
    names: OfferNames | None = None


class Catalogue:
    """Offers for everyone to read, kept in step with the records by whichever process changes them."""

    def __init__(
        self,
        sessions: Sessions,
        regions: Regions | None = None,
        now: Callable[[], datetime] = utc_now,
        records: Records | None = None,
    ) -> None:
        self._sessions = sessions
        self._regions = regions or Regions.load()
        self._records = records or Records(sessions, now)
        self._reading = Lock()
        self._state = _State()

    def load_seed(self, offers: Iterable[Offer] | None = None) -> Loaded:
        """Add or refresh the seed offers; repeatable. What an editor changed stays. Raises ``OfferError``."""
        if offers is None:
            offers = read_offers(municipalities=[each.name for each in self._regions.municipalities()])
        return self._records.load_seed(RecordKind.OFFER, {offer.id: write_offer(offer) for offer in offers})

    def offers(self) -> tuple[Offer, ...]:
        """All offers by id, also the ended ones: matching leaves those out. Only what changed is read anew."""
        return self._current().offers

    def index(self) -> OfferIndex:
        """The same offers, ready to be matched with needs; made on first use, from then on only what changed is."""
        state = self._current()
        if state.index is None:
            with self._reading:
                state = self._state
                if state.index is None:
                    state = self._state = replace(state, index=OfferIndex(state.offers, self._regions))
        assert state.index is not None
        return state.index

    def offers_called(self, text: str) -> tuple[Offer, ...]:
        """The offers of which a local product name stands in ``text`` (R58), by id. Names are kept, as the index is."""
        state = self._current()
        if state.names is None:
            with self._reading:
                state = self._state
                if state.names is None:
                    state = self._state = replace(state, names=OfferNames(state.offers))
        assert state.names is not None
        return tuple(state.by_id[offer_id] for offer_id in sorted(state.names.called_in(text)))

    def kinds_called(self, text: str) -> frozenset[OfferKind]:
        """What is meant, in general terms, by the local product names in ``text`` (R58)."""
        return frozenset(kind for offer in self.offers_called(text) for kind in offer.kinds)

    def offer(self, offer_id: str) -> Offer | None:
        """The offer of this id."""
        return self._current().by_id.get(offer_id)

    def unreadable(self) -> Mapping[str, str]:
        """Records that are no offer and so reach nobody, with why: for the editors. An import refuses such text."""
        return self._current().unreadable

    def save(self, offer: Offer, by: str) -> None:
        """Publish an offer whatever stands there now; ``by`` says who. From then on the seed leaves it alone.

        For scripts and tests: an editor names the revision she saw (``Records.publish``).
        """
        read_offer(body := write_offer(offer))
        while True:
            present = self._records.get(RecordKind.OFFER, offer.id)
            revision = present.revision if present else 0
            try:
                self._records.publish(RecordKind.OFFER, offer.id, body, by=by, base_revision=revision)
            except ConflictError:
                continue
            return

    def _current(self) -> _State:
        """What is there now. Readers get a whole state, never half a change."""
        if self._records.latest(RecordKind.OFFER) != self._state.number:
            with self._reading:
                number, changed = self._records.changed_since(RecordKind.OFFER, self._state.number)
                if number != self._state.number:
                    self._state = _after(self._state, number, changed, self._regions)
        return self._state

    def record_unmet(self, need: Need, reason: UnmetReason | str, on: date) -> None:
        """Note what was missing where, without a person. Raises ``ValueError`` on an unknown reason."""
        with self._sessions.begin() as session:
            session.add(unmet_need(need, reason, on, self._regions))

    def unmet_needs(self) -> tuple[UnmetNeed, ...]:
        """Everything that was missing, in the order it was noted."""
        with self._sessions() as session:
            return tuple(session.execute(select(UnmetNeed).order_by(unmet_needs_table.c.id)).scalars())


def _after(state: _State, number: int, changed: tuple[Record, ...], regions: Regions) -> _State:
    """The state after these changes."""
    read: dict[str, Offer] = {}
    unreadable: dict[str, str] = {}
    for record in changed:
        try:
            if not record.removed:
                read[record.id] = _read(record.body)
        except OfferError as problem:
            unreadable[record.id] = str(problem)
    touched = {record.id for record in changed}
    by_id = {key: offer for key, offer in state.by_id.items() if key not in touched} | read
    old = {key: why for key, why in state.unreadable.items() if key not in touched}
    offers = tuple(by_id[key] for key in sorted(by_id))
    index = state.index
    if index is not None:
        many = len(touched) > len(by_id) * MANY
        gone = touched - set(read)
        index = OfferIndex(offers, regions) if many else index.with_changes(read.values(), gone)
    names = None if state.names is None else state.names.with_changes(read.values(), touched)
    return _State(number, by_id, offers, old | unreadable, index, names)


def _read(body: Mapping[str, Any]) -> Offer:
    """The offer of a record. Whoever published it checked it; only what then cannot be read is checked again."""
    try:
        return read_trusted(body)
    except (AttributeError, KeyError, TypeError, ValueError):
        return read_offer(body)
