"""Is a carer recognised, are roles kept apart, and do chances mean what they say: on the messages of the persons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from bench.evaluation.document import Section, Table, crossing, figures
from bench.evaluation.product import Understood
from bench.evaluation.sets import Spoken
from bench.evaluation.statistics import Bootstrap, Figure, confusion, ratio, reliability


def recognition(people: Sequence[Spoken], understood: Sequence[Understood], resamples: Bootstrap) -> dict[str, Figure]:
    """Carer recognition over all messages, by name."""
    carer = np.asarray([one.carer for one in people])
    found = np.asarray([one.carer for one in understood])
    silent = np.asarray([one.carer and not one.explicit for one in people])
    role = np.asarray([one.role == seen.role for one, seen in zip(people, understood, strict=True)])
    chances = np.asarray([one.carer_chance for one in understood])
    square = np.column_stack([(chances - carer) ** 2, np.ones(len(people))])
    return {
        "carer_precision": resamples.precision(found, carer),
        "carer_recall": resamples.recall(found, carer),
        "carer_f1": resamples.f1(found, carer),
        "carer_recall_without_word": resamples.share(found, among=silent),
        "role_accuracy": resamples.share(role),
        "carer_brier": resamples.figure(square, ratio, len(people)),
    }


def recognition_section(
    people: Sequence[Spoken], understood: Sequence[Understood], found: dict[str, Figure]
) -> Section:
    """The figures of ``recognition``, the roles, the persons and the chances."""
    section = Section("Carers and other roles")
    names = {
        "carer, precision": "carer_precision",
        "carer, recall": "carer_recall",
        "carer, F1": "carer_f1",
        "carer, recall without the word": "carer_recall_without_word",
        "role, accuracy": "role_accuracy",
    }
    section.add(figures([(name, found[key]) for name, key in names.items()], "message by message"))
    roles = confusion([one.role for one in people], [one.role for one in understood])
    section.add(crossing(roles), *_persons(people, understood))
    chances, carer = [one.carer_chance for one in understood], [one.carer for one in people]
    bins = [
        (f"{one.low:.1f} to {one.high:.1f}", str(one.n), f"{one.chance:.2f}", f"{one.came_true:.2f}")
        if one.n
        else (f"{one.low:.1f} to {one.high:.1f}", "0", "–", "–")
        for one in reliability(chances, carer)
    ]
    section.add(f"Does the chance of a carer mean what it says? Brier score {found['carer_brier']} (0 is best).")
    return section.add(Table(("chance given", "messages", "mean chance", "came true"), bins))


def added_up(roles: Sequence[dict[str, float]]) -> str:
    """The role of a person when the chances of all her messages are added up."""
    total: Counter[str] = Counter()
    for one in roles:
        total.update(one)
    return max(total, key=total.__getitem__)


def _persons(people: Sequence[Spoken], understood: Sequence[Understood]) -> tuple[str, Table]:
    """Per person instead of per message: a talk is more than one message."""
    lives: dict[str, list[tuple[Spoken, Understood]]] = defaultdict(list)
    for one, seen in zip(people, understood, strict=True):
        lives[one.life].append((one, seen))
    carer, once, most, summed, role = [], [], [], [], []
    for messages in lives.values():
        told = Counter(one.role for one, _ in messages).most_common(1)[0][0]
        times = sum(seen.carer for _, seen in messages)
        together = added_up([seen.roles for _, seen in messages])
        carer.append(told == "carer")
        once.append(times > 0)
        most.append(times > len(messages) / 2)
        summed.append(together == "carer")
        role.append(together == told)
    persons, others = Bootstrap(list(lives)), [not one for one in carer]
    rows = [
        ("carers recognised in at least one message", persons.share(once, among=carer)),
        ("carers recognised in most of their messages", persons.share(most, among=carer)),
        ("carers recognised when chances are added up", persons.share(summed, among=carer)),
        ("others taken for a carer in at least one message", persons.share(once, among=others)),
        ("others taken for a carer when chances are added up", persons.share(summed, among=others)),
        ("role right when chances are added up, all persons", persons.share(role)),
    ]
    return "Over all messages of a person:", figures(rows, "persons")
