"""The catalogue in the database: seeded, edited, cached, and honest about what is missing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timezone

import pytest
from sqlalchemy import inspect

from knowledge.catalogue import Catalogue
from knowledge.curation.record import ChangeAction, RecordKind
from knowledge.curation.records import Records
from knowledge.matching.need import Need
from knowledge.offers.data import read_trusted, write_offer
from knowledge.places.regions import Spot
from knowledge.storage import metadata, open_engine, open_sessions
from knowledge.tables import records_table
from knowledge.vocabulary import Condition, DayPart, OfferKind, Place, UnmetReason

from .builders import living_in, offer


@pytest.fixture
def sessions(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'test.db'}")
    metadata.create_all(engine)
    yield open_sessions(engine)
    engine.dispose()


@pytest.fixture
def catalogue(sessions, regions):
    return Catalogue(sessions, regions)


def test_the_seed_is_loaded_once_however_often_it_is_loaded(catalogue, offers):
    first, second = catalogue.load_seed(), catalogue.load_seed()
    assert (first.added, first.updated, first.kept) == (114, 0, 0)
    assert (second.added, second.updated, second.unchanged) == (0, 0, 114)
    assert catalogue.offers() == offers


def test_a_changed_seed_refreshes_an_offer_that_nobody_edited(catalogue):
    catalogue.load_seed([offer(name="Oud")])
    assert catalogue.offers()[0].name == "Oud"
    assert catalogue.load_seed([offer(name="Nieuw")]).updated == 1
    assert catalogue.offers()[0].name == "Nieuw"


def test_the_seed_never_overwrites_what_an_editor_changed(catalogue):
    catalogue.load_seed([offer(name="Oud")])
    catalogue.save(replace(catalogue.offer("t1"), name="Van de redactie"), by="ann")
    assert catalogue.load_seed([offer(name="Nieuw")]).kept == 1
    assert catalogue.offer("t1").name == "Van de redactie"


def test_an_editor_can_add_an_offer_that_the_seed_does_not_have(catalogue):
    catalogue.save(offer(id="nieuw-1"), by="ann")
    assert catalogue.offer("nieuw-1") == offer(id="nieuw-1")
    assert catalogue.offer("niet-1") is None


def test_offers_are_read_once_until_the_table_changes(catalogue):
    catalogue.load_seed()
    assert catalogue.offers() is catalogue.offers()


def test_a_change_by_another_process_is_seen(sessions, regions):
    here, there = Catalogue(sessions, regions), Catalogue(sessions, regions)
    here.load_seed([offer()])
    assert here.offers()[0].name == "Test"
    there.save(replace(there.offer("t1"), name="Elders gewijzigd"), by="ann")
    assert here.offers()[0].name == "Elders gewijzigd"


def test_a_change_within_the_same_instant_is_seen(sessions, regions):
    instant = datetime(2026, 11, 22, tzinfo=timezone.utc)
    catalogue = Catalogue(sessions, regions, now=lambda: instant)
    catalogue.load_seed([offer()])
    catalogue.offers()
    catalogue.save(offer(name="Gewijzigd"), by="ann")
    assert catalogue.offers()[0].name == "Gewijzigd"


def test_an_unmet_need_says_what_was_missing_where_and_nothing_about_who(catalogue):
    need = Need(
        kinds=frozenset({OfferKind.STAY_CHILD}),
        place=Place.AWAY,
        day_parts=frozenset({DayPart.WEEKEND}),
        conditions=frozenset({Condition.AUTISM}),
        loved_one_is_child=True,
        carer_at=Spot("Utrecht", "3511"),
        loved_one_at=Spot("Zwolle", "8011"),
    )
    catalogue.record_unmet(need, UnmetReason.NONE_KNOWN_HERE, date(2026, 11, 22))
    (gap,) = catalogue.unmet_needs()
    assert (gap.kinds, gap.group, gap.pattern) == ("stay_child", "autism, child", "away, weekend")
    assert (gap.municipality, gap.region) == ("Zwolle", "GGD IJsselland")
    assert (gap.reason, gap.month) == ("none_known_here", "2026-11")
    assert "8011" not in str(gap)
    assert "3511" not in str(gap)


def test_an_unmet_need_without_place_or_wish_is_noted_as_unknown(catalogue):
    catalogue.record_unmet(Need(), "place_unknown", date(2026, 1, 2))
    (gap,) = catalogue.unmet_needs()
    assert (gap.municipality, gap.region, gap.kinds, gap.group, gap.pattern) == ("", "", "", "", "")


def test_a_reason_that_does_not_exist_is_refused(catalogue):
    with pytest.raises(ValueError, match="not a reason"):
        catalogue.record_unmet(living_in("Zwolle"), "geen zin", date(2026, 1, 2))
    assert catalogue.unmet_needs() == ()


def test_no_table_of_this_room_has_a_name_that_others_use(sessions):
    tables = {records_table.name, "drafts", "changes", "change_counter", "offer_reports", "unmet_needs"}
    assert tables <= set(inspect(sessions.kw["bind"]).get_table_names())
    assert not {"events", "offers"} & tables, "events is Rasa's, offers was ours once"


def test_a_change_of_one_offer_reads_only_that_one(sessions, regions, monkeypatch):
    catalogue, reads = Catalogue(sessions, regions), []
    catalogue.load_seed()
    before = catalogue.offers()
    monkeypatch.setattr("knowledge.catalogue.read_trusted", lambda body: reads.append(body["id"]) or read_trusted(body))
    Catalogue(sessions, regions).save(replace(before[5], name="Anders"), by="ann")
    reads.clear()
    after = catalogue.offers()
    assert reads == [before[5].id]
    assert [offer.name for offer in after if offer not in before] == ["Anders"]
    assert all(new is old for new, old in zip(after, before, strict=True) if new == old)


def test_an_offer_that_was_removed_is_gone_and_comes_back_when_that_is_undone(sessions, regions):
    records = Records(sessions)
    catalogue = Catalogue(sessions, regions, records=records)
    catalogue.load_seed([offer(), offer(id="t9")])
    records.remove(RecordKind.OFFER, "t9", by="ann", base_revision=1, why="gestopt")
    assert [each.id for each in catalogue.offers()] == ["t1"]
    records.undo(records.latest(RecordKind.OFFER), by="ann")
    assert [each.id for each in catalogue.offers()] == ["t1", "t9"]


def test_a_record_that_is_no_offer_is_left_out_and_named(sessions, regions):
    records = Records(sessions)
    catalogue = Catalogue(sessions, regions, records=records)
    catalogue.load_seed([offer()])
    records.publish(RecordKind.OFFER, "bad", {"id": "bad"}, by="ann", base_revision=0)
    assert [each.id for each in catalogue.offers()] == ["t1"]
    assert set(catalogue.unreadable()) == {"bad"}
    records.publish(RecordKind.OFFER, "bad", write_offer(offer(id="bad")), by="ann", base_revision=1)
    assert catalogue.unreadable() == {}


def test_the_index_follows_the_offers(sessions, regions):
    records = Records(sessions)
    catalogue = Catalogue(sessions, regions, records=records)
    catalogue.load_seed()
    assert set(catalogue.index()) == set(catalogue.offers())
    assert catalogue.index() is catalogue.index()
    first, second = catalogue.offers()[:2]
    catalogue.save(replace(first, name="Anders"), by="ann")
    records.remove(RecordKind.OFFER, second.id, by="ann", base_revision=1, why="")
    assert catalogue.index().get(first.id).name == "Anders"
    assert set(catalogue.index()) == set(catalogue.offers())
    bodies = {each.id: {**write_offer(each), "name": "Alles"} for each in catalogue.offers()}
    records.publish_many(RecordKind.OFFER, bodies, by="ann", action=ChangeAction.IMPORTED)
    assert {each.name for each in catalogue.index()} == {"Alles"}


def test_many_threads_read_while_offers_change(sessions, regions):
    catalogue, writer = Catalogue(sessions, regions), Catalogue(sessions, regions)
    catalogue.load_seed()
    ids = [each.id for each in catalogue.offers()]

    def read(_):
        for _ in range(30):
            offers = catalogue.offers()
            assert [each.id for each in offers] == ids
            assert len(catalogue.index()) == len(ids)
        return True

    with ThreadPoolExecutor(4) as pool:
        reading = [pool.submit(read, number) for number in range(4)]
        for number in range(10):
            writer.save(replace(writer.offer(ids[number]), name=f"Ronde {number}"), by="ann")
        assert all(each.result() for each in reading)
    assert catalogue.offers() == writer.offers()
