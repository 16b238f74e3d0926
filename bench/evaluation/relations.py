"""Who is cared for, and the signals around it, on the messages of the persons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from bench.evaluation.document import Section, Table, crossing, figures
from bench.evaluation.product import Understood
from bench.evaluation.sets import NONE, SIGNALS, Spoken
from bench.evaluation.statistics import Bootstrap, Figure, confusion, f1_of, hits_and_misses, ratio

_FIELD_NAMES = {"conditions": "conditions", "tasks": "tasks", "load_cues": "load cues", "wishes": "wishes"}


def relation_figures(
    people: Sequence[Spoken], understood: Sequence[Understood], resamples: Bootstrap
) -> dict[str, Figure]:
    """Of carers: is the relation right (none included), is it where one is told, and are several all found."""
    carer = [one.carer for one in people]
    told = [one.carer and one.relation is not None for one in people]
    right = [one.relation == seen.relation for one, seen in zip(people, understood, strict=True)]
    anywhere = [one.relation in seen.relations for one, seen in zip(people, understood, strict=True)]
    several = [bool(one.also) for one in people]
    counts = np.asarray([_found_of(one, seen) for one, seen in zip(people, understood, strict=True)])
    every = [hits == total for hits, total in counts]
    asked = counts * np.asarray(several)[:, np.newaxis]
    return {
        "relation_accuracy": resamples.share(right, among=carer),
        "relation_accuracy_told": resamples.share(right, among=told),
        "relation_anywhere_told": resamples.share(anywhere, among=told),
        "several_recall": resamples.figure(asked, ratio, int(asked[:, 1].sum())),
        "several_all": resamples.share(every, among=several),
    }


def _found_of(one: Spoken, seen: Understood) -> tuple[int, int]:
    """How many of the people told of were found, and how many there are; two parents are two."""
    told = Counter([*([one.relation] if one.relation else []), *one.also])
    return (told & Counter(seen.relations)).total(), told.total()


def relation_section(people: Sequence[Spoken], understood: Sequence[Understood], found: dict[str, Figure]) -> Section:
    """The figures of ``relation_figures`` and which relation is taken for which."""
    names = {
        "main relation, over carers (none counts as one)": "relation_accuracy",
        "main relation, where the message tells it": "relation_accuracy_told",
        "that relation found at any place": "relation_anywhere_told",
        "several cared for: persons found": "several_recall",
        "several cared for: messages with all found": "several_all",
    }
    carers = [(one, seen) for one, seen in zip(people, understood, strict=True) if one.carer]
    told, seen = [one.relation or NONE for one, _ in carers], [seen.relation or NONE for _, seen in carers]
    section = Section("Who is cared for").add(figures([(name, found[key]) for name, key in names.items()]))
    return section.add(crossing(confusion(told, seen)))


def signal_figures(
    people: Sequence[Spoken], understood: Sequence[Understood], resamples: Bootstrap
) -> dict[str, Figure]:
    """Micro-F1 of each kind of signal over all messages, and of a label that is rejected."""
    found = {}
    for field in SIGNALS:
        labels = _labels(people, understood, field)
        told = [[label in one.signals[field] for label in labels] for one in people]
        seen = [[label in one.values(field) for label in labels] for one in understood]
        found[f"{field}_f1"] = resamples.f1(seen, told)
    rejected = [one.label_rejected for one in people]
    found["label_rejected_f1"] = resamples.f1([bool(one.line["label_rejected"]) for one in understood], rejected)
    return found


def signal_section(people: Sequence[Spoken], understood: Sequence[Understood], found: dict[str, Figure]) -> Section:
    """Micro-F1, then precision, recall and F1 of each label."""
    names = {f"{name}, micro-F1": f"{field}_f1" for field, name in _FIELD_NAMES.items()}
    names["label rejected, F1"] = "label_rejected_f1"
    section = Section("Conditions, tasks, load, wishes")
    section.add(figures([(name, found[key]) for name, key in names.items()], "all messages"))
    for field, name in _FIELD_NAMES.items():
        rows = []
        for label in _labels(people, understood, field):
            told = [label in one.signals[field] for one in people]
            rows.append(_label_row(label, [label in one.values(field) for one in understood], told))
        section.add(Table((name, "precision", "recall", "F1", "told", "found"), rows))
    told = [one.label_rejected for one in people]
    row = _label_row("label rejected", [bool(one.line["label_rejected"]) for one in understood], told)
    return section.add(Table(("", "precision", "recall", "F1", "told", "found"), [row]))


def _labels(people: Sequence[Spoken], understood: Sequence[Understood], field: str) -> list[str]:
    told = {label for one in people for label in one.signals[field]}
    return sorted(told | {label for one in understood for label in one.values(field)})


def _label_row(label: str, found: Sequence[bool], told: Sequence[bool]) -> tuple[str, ...]:
    sums = hits_and_misses(found, told).sum(axis=0).astype(float)
    hits, extra, missed = sums
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = (hits / np.float64(hits + extra), hits / np.float64(hits + missed), float(f1_of(sums)))
    cells = ("–" if np.isnan(one) else f"{one:.2f}" for one in shares)
    return (label, *cells, str(int(hits + missed)), str(int(hits + extra)))
