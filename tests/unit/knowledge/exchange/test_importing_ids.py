"""Which offer a row means: by its id, by what it says, and never one that is gone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.curation.record import LONGEST_ID
from knowledge.curation.records import Records
from knowledge.exchange.importing import apply_import
from knowledge.exchange.importing_plan import ImportPlan
from tests.unit.knowledge.exchange.files import plain, typed
from tests.unit.knowledge.exchange.planning import BY, OFFER, codes, outcomes, publish


def test_a_row_without_id_gets_a_new_one_that_nothing_had(records: Records, plan: Callable[..., ImportPlan]) -> None:
    row = {**typed(name="Huis Één", organisation="Stichting Zon"), "id": ""}
    publish(records, plain(id="huis-een-stichting-zon-zwolle"), plain(id="gone"))
    revision = records.get(OFFER, "gone")
    assert revision is not None
    made = plan(row, {**row, "kinds": "logeren", "place": "ergens anders"})
    assert [each.id for each in made.rows] == ["huis-een-stichting-zon-zwolle-2", "huis-een-stichting-zon-zwolle-3"]
    assert made.base == dict.fromkeys((each.id for each in made.rows), 0)


def test_the_same_file_without_ids_does_not_double_the_catalogue(
    records: Records, plan: Callable[..., ImportPlan]
) -> None:
    row = {**typed(name="Huis Zon"), "id": ""}
    apply_import(plan(row), records, BY)
    made = plan(row)
    assert codes(made) == [[("", "already_there")]]
    assert "huis-zon-test-zwolle" in made.rows[0].faults[0].text


def test_rows_that_are_twice_in_the_file_are_all_refused(plan: Callable[..., ImportPlan]) -> None:
    nameless = {**typed(name="Huis Zon"), "id": ""}
    made = plan(typed(id="a"), typed(id="a", name="B"), nameless, nameless, typed(id="b", name="C"))
    assert codes(made) == [[("id", "double_id")]] * 2 + [[("", "double_row")]] * 2 + [[]]
    assert "2, 3" in made.rows[0].faults[0].text


def test_the_id_of_a_removed_offer_is_never_used_again(records: Records, plan: Callable[..., ImportPlan]) -> None:
    publish(records, plain(id="a"))
    records.remove(OFFER, "a", by=BY, base_revision=1, why="bestaat niet")
    assert codes(plan(typed(id="a"))) == [[("id", "removed_id")]]


@pytest.mark.parametrize("bad", ["é", "a b", "x" * (LONGEST_ID + 1), "-a", "../a"])
def test_an_id_that_cannot_be_kept_is_refused(plan: Callable[..., ImportPlan], bad: str) -> None:
    assert ("id", "bad_id") in codes(plan(typed(id=bad)))[0]


def test_a_likely_duplicate_is_a_warning_not_a_refusal(records: Records, plan: Callable[..., ImportPlan]) -> None:
    publish(records, plain(id="a", name="Logeerhuis De Opstap", kinds=["stay"], place="away", organisation="X"))
    made = plan(typed(id="b", name="De Opstap, logeerhuis"))
    assert outcomes(made) == ["new"]
    assert any("Logeerhuis De Opstap (a)" in warning for warning in made.rows[0].warnings)
