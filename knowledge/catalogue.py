"""The catalogue of offers in the database, and the record of what was missing in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timezone

from sqlalchemy import func, select

from knowledge.needs import Need
from knowledge.offer_data import read_offer, read_offers, write_offer
from knowledge.offers import Offer
from knowledge.regions import Regions
from knowledge.storage import Sessions
from knowledge.tables import OfferEntry, offers_table, unmet_needs_table
from knowledge.unmet import UnmetNeed, unmet_need
from knowledge.vocabulary import UnmetReason


@dataclass(frozen=True)
class Loaded:
    """What loading the seed did: numbers of offers. ``kept``: changed by an editor, so left as they are."""

    added: int
    updated: int
    unchanged: int
    kept: int


def utc_now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(timezone.utc)


class Catalogue:
    """Offers for everyone to read, kept in step with the table by whichever process changes it."""

    def __init__(
        self, sessions: Sessions, regions: Regions | None = None, now: Callable[[], datetime] = utc_now
    ) -> None:
        self._sessions = sessions
        self._regions = regions or Regions.load()
        self._now = now
        self._cached: tuple[object, tuple[Offer, ...]] = (None, ())

    def load_seed(self, offers: Iterable[Offer] | None = None) -> Loaded:
        """Add or refresh the seed offers; repeatable. What an editor changed stays. Raises ``OfferError``."""
        if offers is None:
            offers = read_offers(municipalities=[each.name for each in self._regions.municipalities()])
        counts = {"added": 0, "updated": 0, "unchanged": 0, "kept": 0}
        with self._sessions.begin() as session:
            entries = {entry.id: entry for entry in session.execute(select(OfferEntry)).scalars()}
            for offer in offers:
                body = write_offer(offer)
                digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
                entry = entries.get(offer.id)
                if entry is None:
                    session.add(OfferEntry(offer.id, body, 1, self._now(), seed_digest=digest))
                    counts["added"] += 1
                elif entry.edited_by is not None:
                    counts["kept"] += 1
                elif entry.seed_digest != digest:
                    entry.body, entry.seed_digest = body, digest
                    entry.revision, entry.changed_at = entry.revision + 1, self._now()
                    counts["updated"] += 1
                else:
                    counts["unchanged"] += 1
        return Loaded(**counts)

    def offers(self) -> tuple[Offer, ...]:
        """All offers by id, also the ended ones: matching leaves those out. Read anew only when the table changed."""
        columns = offers_table.c
        with self._sessions() as session:
            state = tuple(
                session.execute(select(func.count(), func.sum(columns.revision), func.max(columns.changed_at))).one()
            )
            seen, offers = self._cached
            if state == seen:
                return offers
            bodies = session.execute(select(columns.body).order_by(columns.id)).scalars()
            offers = tuple(read_offer(body) for body in bodies)
        self._cached = (state, offers)
        return offers

    def offer(self, offer_id: str) -> Offer | None:
        """The offer of this id."""
        return next((offer for offer in self.offers() if offer.id == offer_id), None)

    def save(self, offer: Offer, by: str) -> None:
        """Keep an offer as an editor changed it; ``by`` says who. From then on the seed leaves it alone."""
        read_offer(body := write_offer(offer))
        with self._sessions.begin() as session:
            entry = session.get(OfferEntry, offer.id)
            if entry is None:
                session.add(OfferEntry(offer.id, body, 1, self._now(), edited_by=by))
                return
            entry.body, entry.edited_by = body, by
            entry.revision, entry.changed_at = entry.revision + 1, self._now()

    def record_unmet(self, need: Need, reason: UnmetReason | str, on: date) -> None:
        """Note what was missing where, without a person. Raises ``ValueError`` on an unknown reason."""
        with self._sessions.begin() as session:
            session.add(unmet_need(need, reason, on, self._regions))

    def unmet_needs(self) -> tuple[UnmetNeed, ...]:
        """Everything that was missing, in the order it was noted."""
        with self._sessions() as session:
            return tuple(session.execute(select(UnmetNeed).order_by(unmet_needs_table.c.id)).scalars())
