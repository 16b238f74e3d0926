"""Two imports at once, and an editor in between: no work is overwritten, and the report says what stood in the way."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from bot.schema import migrate
from knowledge.curation.record import ChangeAction, RecordKind
from knowledge.curation.records import Records
from knowledge.exchange.importing import apply_import, plan_file
from knowledge.exchange.importing_plan import Imported
from knowledge.places.regions import Regions
from knowledge.storage import open_engine, open_sessions
from tests.database import database
from tests.unit.knowledge.exchange.files import csv_of, plain, typed

OFFER = RecordKind.OFFER
ROWS = 40


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with database(request.param, tmp_path_factory.mktemp("together")) as address:
        yield address


@pytest.fixture
def records(address: str) -> Iterator[Records]:
    engine = open_engine(address)
    migrate(engine)
    records = Records(open_sessions(engine))
    for record in records.all(OFFER):
        records.remove(OFFER, record.id, by="test", base_revision=record.revision, why="")
    yield records
    engine.dispose()


def file_of(prefix: str, word: str) -> bytes:
    return csv_of(*(typed(id=f"{prefix}{n}", name=f"{word} {n}", organisation=f"{word} {n}") for n in range(ROWS)))


def test_of_two_imports_at_once_one_is_whole_and_the_other_says_which_offers(
    records: Records, regions: Regions
) -> None:
    publish = {f"s{n}": plain(id=f"s{n}", name=f"Begin {n}") for n in range(ROWS)}
    records.publish_many(OFFER, publish, by="seed", action=ChangeAction.EDITED)
    plans = [plan_file(file_of("s", word), f"{word}.csv", records, regions) for word in ("Links", "Rechts")]
    together = Barrier(2)

    def run(number: int) -> Imported:
        together.wait()
        return apply_import(plans[number], records, f"redacteur {number}")

    with ThreadPoolExecutor(2) as threads:
        done = list(threads.map(run, range(2)))
    assert sorted(each.written for each in done) == [False, True]
    loser = next(each for each in done if not each.written)
    assert set(loser.conflicts) == {f"s{n}" for n in range(ROWS)}
    assert "s0" in loser.text
    winner = ("Links", "Rechts")[[each.written for each in done].index(True)]
    assert {record.body["name"].split()[0] for record in records.all(OFFER)} == {winner}
    assert {record.revision for record in records.all(OFFER)} == {2}


def test_two_imports_of_one_new_file_do_not_double_it(records: Records, regions: Regions) -> None:
    content = file_of("new", "Nieuw").replace(b'"new', b'"n1ew')
    plans = [plan_file(content, "nieuw.csv", records, regions) for _ in range(2)]
    with ThreadPoolExecutor(2) as threads:
        done = list(threads.map(lambda plan: apply_import(plan, records, "x"), plans))
    assert sorted(each.written for each in done) == [False, True]
    assert len(records.all(OFFER)) == ROWS


def test_an_editor_in_between_stops_the_whole_import(records: Records, regions: Regions) -> None:
    bodies = {each: plain(id=each, name=each) for each in ("e1", "e2")}
    records.publish_many(OFFER, bodies, by="seed", action=ChangeAction.EDITED)
    rows = [typed(id=each, phone="038-1234567", name=each) for each in bodies]
    plan = plan_file(csv_of(*rows), "a.csv", records, regions)
    records.publish(OFFER, "e2", plain(id="e2", name="Intussen"), by="Kees", base_revision=1)
    done = apply_import(plan, records, "Ria")
    assert not done.written
    assert done.conflicts == ("e2",)
    assert "e2" in done.text
    found = {record.id: record.body for record in records.all(OFFER)}
    assert found == {"e1": bodies["e1"], "e2": plain(id="e2", name="Intussen")}
