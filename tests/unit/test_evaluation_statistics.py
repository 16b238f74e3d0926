"""The statistics under the figures: by hand, by Wilson, and against scikit-learn."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score

from bench.evaluation.statistics import Bootstrap, confusion, reliability, wilson
from tests.unit.evaluation_cases import singly, value_of


def test_a_share_counts_only_those_among_which_it_is_asked() -> None:
    found = singly(5).share([True, False, True, True, False], among=[True, True, True, False, False])
    assert value_of(found) == (pytest.approx(2 / 3), 3)
    assert found.low <= 2 / 3 <= found.high


def test_what_was_never_asked_has_no_figure() -> None:
    found = singly(2).share([True, False], among=[False, False])
    assert (found.n, str(found)) == (0, "–")
    assert math.isnan(found.value)


def test_a_share_of_all_still_has_an_interval() -> None:
    found = singly(103).share([True] * 103)
    assert found.value == found.high == 1
    assert found.low == pytest.approx(0.964, abs=0.001)  # Wilson, 103 of 103


def test_wilson_gives_the_known_interval() -> None:
    assert wilson(8, 10) == pytest.approx((0.490, 0.943), abs=0.001)
    assert wilson(0, 10) == pytest.approx((0.0, 0.278), abs=0.001)
    assert all(math.isnan(edge) for edge in wilson(0, 0))


def test_the_same_seed_gives_the_same_interval() -> None:
    chances = np.random.default_rng(0).random((50, 1))

    def low(seed: int) -> float:
        names = [str(number) for number in range(50)]
        return Bootstrap(names, seed=seed).figure(chances, lambda sums: sums[..., 0], 50).low

    assert low(1) == low(1) != low(2)


def test_sentences_of_one_person_are_resampled_together() -> None:
    """Ten persons who are always or never understood say less than a hundred sentences by themselves."""
    flags = [person < 5 for person in range(10) for _ in range(10)]
    by_person = Bootstrap([str(person) for person in range(10) for _ in range(10)]).share(flags)
    by_sentence = singly(100).share(flags)
    assert by_person.value == by_sentence.value == 0.5
    assert by_person.high - by_person.low > 2 * (by_sentence.high - by_sentence.low)


def test_the_interval_of_single_cases_is_near_wilson() -> None:
    found = singly(400).share([number % 4 == 0 for number in range(400)])
    assert (found.low, found.high) == pytest.approx(wilson(100, 400), abs=0.01)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=40))
def test_f1_is_that_of_scikit_learn(cases: list[tuple[bool, bool]]) -> None:
    found, true = [one for one, _ in cases], [one for _, one in cases]
    figure = Bootstrap([str(number) for number in range(len(cases))], times=20).f1(found, true)
    if any(true):
        assert figure.value == pytest.approx(f1_score(true, found))
    else:
        assert figure.n == 0


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abcd")), min_size=1, max_size=40))
def test_macro_f1_is_that_of_scikit_learn(cases: list[tuple[str, str]]) -> None:
    found, true = [one for one, _ in cases], [one for _, one in cases]
    figure = Bootstrap([str(number) for number in range(len(cases))], times=20).macro_f1(found, true)
    assert figure.value == pytest.approx(f1_score(true, found, average="macro", zero_division=0))


def test_micro_f1_adds_up_over_labels() -> None:
    found, true = [[True, True], [False, False]], [[True, False], [True, False]]
    assert value_of(singly(2).f1(found, true)) == (pytest.approx(0.5), 2)  # one hit, one too many, one missed


def test_chances_are_laid_beside_what_came_true() -> None:
    bins = reliability([0.0, 0.1, 0.5, 1.0], [False, True, True, True])
    assert [(one.n, one.came_true) for one in bins if one.n] == [(2, 0.5), (1, 1.0), (1, 1.0)]
    assert bins[4].chance == 1.0  # a chance of one belongs to the last bin


def test_a_confusion_table_counts_each_case_once() -> None:
    table = confusion(["a", "a", "b"], ["a", "c", "b"])
    assert table["a"] == {"a": 1, "b": 0, "c": 1}
    assert sum(sum(row.values()) for row in table.values()) == 3


def test_resampling_leaves_out_draws_in_which_nothing_was_asked() -> None:
    found = Bootstrap(["a", "b", "c"]).share([True, False, False], among=[True, True, False])
    assert found.value == 0.5
    assert not np.isnan([found.low, found.high]).any()
