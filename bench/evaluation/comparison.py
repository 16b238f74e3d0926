"""Adempauze beside three simpler systems, all of which learned from the same sentences and were asked the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bench.evaluation.danger import Hearing, danger_figures
from bench.evaluation.document import Section, Table
from bench.evaluation.product import Understood
from bench.evaluation.sets import NONE, Half, Labelled, Scoped, Spoken
from bench.evaluation.statistics import NOTHING, Bootstrap, Figure
from bench.evaluation.training import INSIDE, OUTSIDE
from bench.evaluation.xsid import xsid_figures


@dataclass(frozen=True)
class Answers:
    """What one system says, in the order of the sets. A task it was not asked is empty."""

    role: Sequence[str]
    relation: Sequence[str]
    danger: Hearing
    scope: Sequence[str]
    xsid: Sequence[str] = ()


def answers_of_product(
    people: Sequence[Understood], pairs: Sequence[Understood], scope: Sequence[Understood], xsid: Sequence[str]
) -> Answers:
    """The product's understanding in the form of the others."""
    return Answers(
        role=[one.role for one in people],
        relation=[one.relation or NONE for one in people],
        danger=Hearing.of_product(pairs),
        scope=[INSIDE if one.in_scope else OUTSIDE for one in scope],
        xsid=xsid,
    )


def answers_of_labels(labels: dict[str, list[str]]) -> Answers:
    """The labels of a simple system, by task. It cannot ask: what it hears it names."""
    kinds = tuple(None if label == NONE else label for label in labels["danger"])
    hearing = Hearing(kinds, tuple(kind is not None for kind in kinds))
    return Answers(labels["role"], labels["relation"], hearing, labels["scope"], labels.get("xsid", ()))


_ROWS = {
    "carer, precision": "carer_precision",
    "carer, recall": "carer_recall",
    "carer, F1": "carer_f1",
    "carer, recall without the word": "carer_recall_without_word",
    "role, accuracy": "role_accuracy",
    "main relation, over carers": "relation_accuracy",
    "main relation, where told": "relation_accuracy_told",
    "danger heard (named or asked)": "crisis_recall",
    "danger named": "crisis_named",
    "false alarms: named": "crisis_false_alarms",
    "false alarms: asked about": "crisis_asked_needlessly",
    "pairs right": "pairs_right",
    "out of scope, recall": "scope_recall",
    "in scope, kept": "scope_kept",
    "xSID, accuracy": "xsid_accuracy",
    "xSID, macro-F1": "xsid_macro_f1",
}


def comparison_section(
    systems: dict[str, Answers],
    people: Sequence[Spoken],
    pairs: Sequence[Half],
    scope: Sequence[Scoped],
    xsid: Labelled | None,
) -> Section:
    """One column for each system."""
    by_system = {name: figures_of(answers, people, pairs, scope, xsid) for name, answers in systems.items()}
    rows = [(name, *(str(found.get(key, NOTHING)) for found in by_system.values())) for name, key in _ROWS.items()]
    section = Section("Side by side").add(Table(("", *by_system), rows))
    return section.add("A system that cannot ask names all that it hears. The keyword approach has no words for xSID.")


def figures_of(
    answers: Answers, people: Sequence[Spoken], pairs: Sequence[Half], scope: Sequence[Scoped], xsid: Labelled | None
) -> dict[str, Figure]:
    """The figures that all systems have."""
    persons = Bootstrap([one.life for one in people])
    carer, found = [one.carer for one in people], [role == "carer" for role in answers.role]
    relation = [(one.relation or NONE) == seen for one, seen in zip(people, answers.relation, strict=True)]
    single = Bootstrap([str(number) for number in range(len(scope))])
    left = [label == OUTSIDE for label in answers.scope]
    return {
        "carer_precision": persons.precision(found, carer),
        "carer_recall": persons.recall(found, carer),
        "carer_f1": persons.f1(found, carer),
        "carer_recall_without_word": persons.share(found, among=[one.carer and not one.explicit for one in people]),
        "role_accuracy": persons.share([one.role == seen for one, seen in zip(people, answers.role, strict=True)]),
        "relation_accuracy": persons.share(relation, among=carer),
        "relation_accuracy_told": persons.share(relation, among=[one.carer and bool(one.relation) for one in people]),
        **danger_figures(pairs, answers.danger, Bootstrap([one.pair for one in pairs])),
        "scope_recall": single.recall(left, [not one.in_scope for one in scope]),
        "scope_kept": single.recall([not one for one in left], [one.in_scope for one in scope]),
        **(xsid_figures(xsid, list(answers.xsid)) if xsid and answers.xsid else {}),
    }
