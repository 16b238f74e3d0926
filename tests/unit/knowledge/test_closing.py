"""Closing a set of offers at once: all or nothing, with the reason, and each undone on its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest

from bot.schema import migrate
from knowledge.catalogue import Catalogue
from knowledge.curation.closing import CLOSED, ClosingError, close_offers
from knowledge.curation.record import ChangeAction, RecordKind
from knowledge.curation.records import Records
from knowledge.offers.record import Offer
from knowledge.places.regions import Regions
from knowledge.storage import open_engine, open_sessions
from knowledge.vocabulary import OfferStatus

NOW = datetime(2026, 11, 23, 9, tzinfo=timezone.utc)
FLOOD = "Wateroverlast in de hele wijk"
SHUT = OfferStatus.TEMPORARILY_CLOSED


@pytest.fixture
def house(tmp_path: Path, offers: tuple[Offer, ...], regions: Regions) -> Iterator[tuple[Catalogue, Records]]:
    engine = open_engine(f"sqlite:///{tmp_path / 'offers.db'}")
    migrate(engine)
    sessions = open_sessions(engine)
    records = Records(sessions, lambda: NOW)
    catalogue = Catalogue(sessions, regions, lambda: NOW, records)
    catalogue.load_seed(offers[:6])
    yield catalogue, records
    engine.dispose()


def test_a_set_is_closed_at_once_and_nothing_else(house: tuple[Catalogue, Records]) -> None:
    catalogue, records = house
    before = {offer.id: offer for offer in catalogue.offers()}
    chosen = sorted(before)[:3]
    assert close_offers(chosen, SHUT, "Els", FLOOD, records).updated == 3
    for offer in catalogue.offers():
        assert (offer.status is SHUT) == (offer.id in chosen)
    left = [offer for offer in catalogue.offers() if offer.id not in chosen]
    assert left == [before[offer.id] for offer in left]


def test_each_keeps_who_and_why_and_can_be_undone_alone(house: tuple[Catalogue, Records]) -> None:
    catalogue, records = house
    chosen = [offer.id for offer in catalogue.offers()][:2]
    before = {one: catalogue.offer(one) for one in chosen}
    close_offers(chosen, SHUT, "Els", FLOOD, records)
    for one in chosen:
        change = records.history(RecordKind.OFFER, one)[0]
        assert (change.action, change.by, change.why) == (ChangeAction.CLOSED, "Els", FLOOD)
    records.undo(records.history(RecordKind.OFFER, chosen[0])[0].number, by="Els")
    assert catalogue.offer(chosen[0]) == before[chosen[0]]
    assert catalogue.offer(chosen[1]).status is SHUT


def test_an_unknown_offer_closes_nothing(house: tuple[Catalogue, Records]) -> None:
    catalogue, records = house
    before = catalogue.offers()
    with pytest.raises(ClosingError) as refused:
        close_offers([before[0].id, "o999"], SHUT, "Els", FLOOD, records)
    assert (refused.value.code, refused.value.ids) == ("unknown", ("o999",))
    assert catalogue.offers() == before


@pytest.mark.parametrize("status", sorted(set(OfferStatus) - CLOSED))
def test_opening_is_no_closing(house: tuple[Catalogue, Records], status: OfferStatus) -> None:
    catalogue, records = house
    with pytest.raises(ClosingError):
        close_offers([catalogue.offers()[0].id], status, "Els", FLOOD, records)
    assert not [change for change in records.recent(20) if change.action is ChangeAction.CLOSED]
