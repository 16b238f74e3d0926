"""The figures of `bench/evaluation`, on cases small enough to count by hand, and against scikit-learn."""

from __future__ import annotations

import pytest

from bench.evaluation.comparison import answers_of_labels, answers_of_product, figures_of
from bench.evaluation.danger import Hearing, danger_figures
from bench.evaluation.groups import count_behind, group_section, measure_groups
from bench.evaluation.mistakes import MOST, mistakes_section
from bench.evaluation.recognition import added_up, recognition
from bench.evaluation.relations import relation_figures, signal_figures
from bench.evaluation.scope import scope_figures
from bench.evaluation.sets import NONE, Half, Scoped
from bench.evaluation.statistics import Bootstrap
from tests.unit.evaluation_cases import singly, spoken, understood, value_of


def test_carers_are_counted_with_and_without_the_word() -> None:
    people = [spoken(), spoken(), spoken(explicit=True), spoken("other", None)]
    seen = [understood(), understood("other"), understood(), understood("carer", chance=0.6)]
    found = recognition(people, seen, singly(4))
    assert value_of(found["carer_recall"]) == (pytest.approx(2 / 3), 3)
    assert value_of(found["carer_precision"]) == (pytest.approx(2 / 3), 3)
    assert value_of(found["carer_recall_without_word"]) == (0.5, 2)
    assert found["carer_brier"].value == pytest.approx((0 + 1 + 0 + 0.36) / 4)


def test_the_chances_of_a_life_are_added_up() -> None:
    doubtful = {"carer": 0.4, "cared_for": 0.6}
    assert added_up([doubtful, doubtful, {"carer": 0.9, "cared_for": 0.1}]) == "carer"


def test_no_relation_is_an_answer_too_and_two_parents_are_two() -> None:
    people = [spoken(), spoken(relation=None), spoken(also=("parent",)), spoken("other", None)]
    seen = [understood("carer", "partner", "parent"), understood(), understood("carer", "parent"), understood("other")]
    found = relation_figures(people, seen, singly(4))
    assert value_of(found["relation_accuracy"]) == (pytest.approx(2 / 3), 3)
    assert value_of(found["relation_accuracy_told"]) == (0.5, 2)
    assert found["relation_anywhere_told"].value == 1
    assert value_of(found["several_recall"]) == (0.5, 2)
    assert value_of(found["several_all"]) == (0.0, 1)


def test_signals_are_counted_label_by_label() -> None:
    people = [spoken(conditions=["dementia", "cancer"]), spoken(tasks=["lifting"])]
    seen = [understood(fields={"conditions": ["dementia"]}), understood(fields={"conditions": ["autism"]})]
    found = signal_figures(people, seen, singly(2))
    assert value_of(found["conditions_f1"]) == (0.5, 2)
    assert value_of(found["tasks_f1"]) == (0.0, 1)
    assert found["wishes_f1"].n == 0


PAIRS = [
    Half("", "1", "suicide", False, None),
    Half("", "1", None, False, "past"),
    Half("", "2", "violence", False, None),
    Half("", "2", None, False, "small"),
    Half("", "3", "medical", True, None),
    Half("", "3", None, False, "small"),
]


def test_danger_is_heard_when_it_is_named_or_asked_about() -> None:
    hearing = Hearing(("suicide", None, "neglect", "violence", "medical", "medical"), (True,) + (False,) * 4 + (True,))
    found = danger_figures(PAIRS, hearing, Bootstrap([one.pair for one in PAIRS]))
    counted = {key: value_of(one) for key, one in found.items()}
    assert counted == {
        "crisis_recall": (1.0, 2),  # the doubtful one is counted apart
        "crisis_named": (0.5, 2),
        "crisis_kind": (0.5, 2),
        "crisis_false_alarms": (pytest.approx(1 / 3), 3),
        "crisis_asked_needlessly": (pytest.approx(1 / 3), 3),
        "doubt_heard": (1.0, 1),
        "doubt_named": (0.0, 1),
        "pairs_right": (pytest.approx(2 / 3), 3),
        "pairs_right_and_quiet": (pytest.approx(1 / 3), 3),
    }


def test_danger_of_the_product_is_named_or_stands_in_the_evidence_only() -> None:
    named = understood(crisis="violence", fields={"crisis": ["child"]})
    likely = understood(crisis="medical", fields={"crisis_in_doubt": ["medical"]})
    asked = understood(fields={"crisis_in_doubt": ["suicide"]}, rules="suicide")
    hearing = Hearing.of_product([named, likely, asked, understood()])
    assert hearing == Hearing(("child", "medical", "suicide", None), (True, True, False, False))
    assert hearing.asked == [False, False, True, False]
    assert Hearing.of_rules([asked]) == Hearing(("suicide",), (False,))


def test_scope_is_measured_on_both_sides() -> None:
    scope = [Scoped("", True, True), Scoped("", True, False), Scoped("", False, False)]
    seen = [understood("other"), understood(in_scope=False), understood("other", in_scope=False)]
    found = scope_figures(scope, seen, singly(3))
    assert value_of(found["scope_recall"]) == (1.0, 1)
    assert value_of(found["scope_kept"]) == (0.5, 2)
    assert (found["hidden_kept"].value, found["hidden_carer"].value) == (1.0, 0.0)


def test_a_group_that_lags_is_marked_and_a_small_one_in_brackets() -> None:
    people = [
        spoken(life=str(n), speech="frisian" if n < 30 else "zeeland" if n < 35 else "standard") for n in range(100)
    ]
    seen = [understood("other" if n % 3 == 0 and n < 35 else "carer", "parent") for n in range(100)]
    groups = measure_groups(people, seen, Bootstrap([one.life for one in people]))
    behind = {group.name: group.behind for group in groups["speech"]}
    assert behind == {
        "frisian": {"carer recall": True, "role": True},
        "zeeland": {"carer recall": False, "role": False},
        "standard": {},
    }
    assert count_behind({"": groups[""], "speech": groups["speech"]}) == 1
    text = str(group_section(groups))
    assert "- speech frisian: carer recall 0.667" in text
    assert "(fewer than 20)" in text


def test_every_system_is_measured_alike() -> None:
    people, scope = [spoken(), spoken("other", None)], [Scoped("", False, False), Scoped("", True, False)]
    labels = {"role": ["carer", "other"], "relation": ["parent", NONE], "scope": ["out_of_scope", "in_scope"]}
    simple = answers_of_labels({**labels, "danger": ["suicide", NONE, "violence", "violence", NONE, NONE]})
    quiet = [understood(crisis="suicide", fields={"crisis": ["suicide"]}), understood(),
             understood(crisis="violence", fields={"crisis": ["violence"]}),
             understood(crisis="violence", fields={"crisis": ["violence"]}), understood(), understood()]  # fmt: skip
    product = answers_of_product(
        [understood("carer", "parent"), understood("other")], quiet, [understood(in_scope=False), understood()], []
    )
    assert figures_of(simple, people, PAIRS, scope, None) == figures_of(product, people, PAIRS, scope, None)


def test_the_surest_mistakes_come_first_and_only_twelve() -> None:
    people = [(spoken(text=f"message {n}"), understood("other", roles={"other": n / 40})) for n in range(30)]
    text = str(mistakes_section(people, [], []))
    roles = text.partition("### Roles (30)")[2].partition("###")[0]
    lines = [line for line in roles.splitlines() if line.startswith("- ")]
    assert len(lines) == MOST
    assert lines[0] == "- 0.72, carer → other: `message 29`"
