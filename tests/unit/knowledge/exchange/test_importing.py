"""An import tells of every row what it would do, and then does that or nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from bot.schema import migrate
from knowledge.curation.record import ChangeAction
from knowledge.curation.records import Records
from knowledge.exchange.importing import apply_import, plan_file, plan_import
from knowledge.exchange.importing_plan import ImportPlan, Outcome
from knowledge.exchange.report import row_lines
from knowledge.exchange.sheets import Row, write_file
from knowledge.places.regions import Regions
from knowledge.storage import open_sessions
from tests.unit.knowledge.builders import SOURCE, offer_data
from tests.unit.knowledge.exchange.files import plain, typed
from tests.unit.knowledge.exchange.planning import BY, OFFER, codes, outcomes, publish, stored


def new_records() -> Records:
    """A store in memory, of its own."""
    connect = {"check_same_thread": False}
    engine = create_engine("sqlite://", future=True, poolclass=StaticPool, connect_args=connect)
    migrate(engine)
    return Records(open_sessions(engine))


def test_each_row_is_new_changed_unchanged_or_refused(records: Records, plan: Callable[..., ImportPlan]) -> None:
    publish(records, plain(id="a"), plain(id="b", name="Ander huis"))
    made = plan(
        typed(id="a"),
        typed(id="b", name="Anders", phone="038-1234567"),
        typed(id="c", name="Nieuw"),
        typed(id="d", scope="?"),
    )
    assert outcomes(made) == ["unchanged", "changed", "new", "refused"]
    assert [(each.column, each.before, each.after) for each in made.rows[1].changes] == [
        ("name", "Ander huis", "Anders"),
        ("phone", "", "038-1234567"),
    ]
    assert codes(made)[3] == [("scope", "term")]
    assert made.rows[3].number == 5
    assert stored(records).keys() == {"a", "b"}, "a plan writes nothing"


def test_all_faults_of_a_row_are_told_with_their_column(plan: Callable[..., ImportPlan]) -> None:
    made = plan(typed(name="", min_age="honderd", ends_on="31-02-2026", residents_only="misschien"))
    assert {fault for fault, _ in codes(made)[0]} == {"name", "min_age", "ends_on", "residents_only"}
    assert any("Naam" in line for line in row_lines(made.rows[0]))


def test_an_unknown_municipality_gets_a_suggestion(plan: Callable[..., ImportPlan]) -> None:
    made = plan(typed(municipalities="Zwole"))
    assert "Bedoelt u Zwolle?" in made.rows[0].faults[0].text


def test_a_row_without_source_is_refused(plan: Callable[..., ImportPlan]) -> None:
    row = {name: text for name, text in typed().items() if not name.startswith("source.")}
    assert "source" in {column.partition(".")[0] for column, _ in codes(plan(row))[0]}


def test_an_import_marks_nothing_as_checked(records: Records, plan: Callable[..., ImportPlan]) -> None:
    apply_import(plan(typed(id="a")), records, BY)
    assert not {"checked_on", "checked_by", "checks"} & stored(records)["a"].keys()


def test_a_changed_fact_with_an_old_check_asks_for_a_look(records: Records, plan: Callable[..., ImportPlan]) -> None:
    publish(records, plain(id="a", checked_on="2026-05-01", checked_by="Ria"))
    made = plan({"id": "a", "phone": "038-1234567"})
    assert outcomes(made) == ["changed"]
    assert any("01-05-2026" in warning for warning in made.rows[0].warnings)


def test_columns_that_the_file_lacks_stay_as_they_are_and_an_empty_cell_makes_unknown(
    records: Records, plan: Callable[..., ImportPlan]
) -> None:
    before = plain(id="a", phone="038-1234567", email="info@voorbeeld.nl")
    publish(records, before)
    apply_import(plan({"id": "a", "email": "", "url": "https://voorbeeld.nl"}), records, BY)
    after = {**before, "url": "https://voorbeeld.nl"}
    del after["email"]
    assert stored(records)["a"] == after


def test_one_part_of_a_price_or_a_source_can_be_changed_alone(
    records: Records, plan: Callable[..., ImportPlan]
) -> None:
    before = plain(id="a", price={"euros": "12.50", "per": "uur", "year": 2025})
    publish(records, before)
    done = plan({"id": "a", "price.year": "2026", "source.month": ""})
    assert [(each.column, each.after) for each in done.rows[0].changes] == [
        ("price.year", "2026"),
        ("source.month", ""),
    ]
    apply_import(done, records, BY)
    source = {name: value for name, value in SOURCE.items() if name != "month"}
    assert stored(records)["a"] == {**before, "price": {**before["price"], "year": 2026}, "source": source}


def test_offers_that_are_not_in_the_file_are_left_alone(records: Records, plan: Callable[..., ImportPlan]) -> None:
    publish(records, plain(id="a"), plain(id="b", name="B"))
    apply_import(plan(typed(id="a", name="Ander")), records, BY)
    assert stored(records)["b"] == plain(id="b", name="B")


def test_somebody_at_work_on_the_offer_is_told(records: Records, plan: Callable[..., ImportPlan]) -> None:
    publish(records, plain(id="a"))
    records.save_draft(OFFER, "a", plain(id="a", name="B"), by="Kees", base_revision=1, version=0)
    made = plan(typed(id="a", name="C"))
    assert any("Kees" in warning for warning in made.rows[0].warnings)


def test_nothing_is_imported_when_a_row_is_refused(records: Records, plan: Callable[..., ImportPlan]) -> None:
    publish(records, plain(id="a"))
    before, number = stored(records), records.latest(OFFER)
    done = apply_import(plan(typed(id="a", name="B"), typed(id="c", scope="?")), records, BY)
    assert not done.written
    assert "1 van de 2" in done.text
    assert (stored(records), records.latest(OFFER)) == (before, number)


def test_an_editor_may_choose_the_good_rows(records: Records, plan: Callable[..., ImportPlan]) -> None:
    done = apply_import(plan(typed(id="a"), typed(id="c", scope="?")), records, BY, skip_refused=True)
    assert (done.written, done.new, done.refused) == (True, 1, 1)
    assert stored(records).keys() == {"a"}
    nothing = apply_import(plan(typed(id="c", scope="?")), records, BY, skip_refused=True)
    assert not nothing.written


def test_the_history_says_who_imported_which_file(records: Records, plan: Callable[..., ImportPlan]) -> None:
    apply_import(plan(typed(id="a")), records, BY)
    (change,) = records.history(OFFER, "a")
    assert (change.by, change.action, change.why) == (BY, ChangeAction.IMPORTED, "aanbod.csv")


def test_the_same_import_twice_changes_nothing_the_second_time(
    records: Records, plan: Callable[..., ImportPlan]
) -> None:
    apply_import(plan(typed(id="a")), records, BY)
    number = records.latest(OFFER)
    done = apply_import(plan(typed(id="a")), records, BY)
    assert not done.written
    assert records.latest(OFFER) == number


def test_an_export_imports_as_unchanged_whatever_its_format(records: Records, regions: Regions) -> None:
    private = {"note": "bel na 10 uur", "money_words": "gratis?", "checked_on": "2026-11-01", "checked_by": "Ria"}
    publish(records, plain(id="a", **private), plain(id="b", name="B", source={**SOURCE, "read_on": "2026-11-01"}))
    bodies = [record.body for record in records.all(OFFER)]
    for name in ("a.csv", "a.xlsx", "a.json", "a.hsds.json"):
        assert outcomes(plan_file(write_file(bodies, name), name, records, regions)) == ["unchanged"] * 2, name


def test_a_record_that_is_no_offer_stops_no_import(records: Records, plan: Callable[..., ImportPlan]) -> None:
    publish(records, {"id": "broken", "name": 3, "kinds": "?"})
    assert outcomes(plan(typed(id="a"), typed(id="broken"))) == ["new", "changed"]


ROW = st.one_of(
    offer_data(id="a"),
    offer_data(id="b"),
    offer_data(id="c"),
    st.just({"id": "d"}),
    st.dictionaries(st.text(), st.none()),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(present=st.lists(offer_data(id="a"), max_size=1), rows=st.lists(ROW, min_size=1, max_size=3), skip=st.booleans())
def test_an_applied_plan_makes_the_catalogue_what_the_plan_said_and_a_refused_one_changes_nothing(
    regions: Regions, present: list[dict[str, Any]], rows: list[dict[str, Any]], skip: bool
) -> None:
    records = new_records()
    if present:
        publish(records, *present)
    before, number = stored(records), records.latest(OFFER)
    plan = plan_import([Row(n, data=data) for n, data in enumerate(rows, 1)], records, regions)
    done = apply_import(plan, records, BY, skip_refused=skip)
    if plan.blocked(skip_refused=skip):
        assert not done.written
        assert records.latest(OFFER) == number
        assert stored(records) == before
    else:
        assert stored(records) == {**before, **plan.bodies}
        assert done.written is bool(plan.bodies)
        again = plan_import([Row(n, data=data) for n, data in enumerate(rows, 1) if data.get("id")], records, regions)
        assert Outcome.NEW not in {row.outcome for row in again.rows}
        assert Outcome.CHANGED not in {row.outcome for row in again.rows}
