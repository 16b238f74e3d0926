"""Is anybody worse off: the figures by relation, by region of speech, by age, and with or without the word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.evaluation.document import Section, Table
from bench.evaluation.product import Understood
from bench.evaluation.sets import NONE, Spoken
from bench.evaluation.statistics import NOTHING, Bootstrap, Figure

BEHIND, FEW = 0.05, 20
"""How far behind the whole a group is marked, and the number of cases below which little can be said."""
_BY: dict[str, Callable[[Spoken], str | None]] = {
    "relation": lambda one: (one.relation or NONE) if one.carer else None,
    "speech": lambda one: one.speech,
    "age": lambda one: one.age,
    "the word": lambda one: "used" if one.explicit else "not used",
}


@dataclass(frozen=True)
class Group:
    """The figures of one group; ``behind`` names those that lag the whole, each with whether it stands on enough."""

    name: str
    messages: int
    persons: int
    figures: dict[str, Figure]
    behind: dict[str, bool]


MEASURES = ("carer recall", "carer F1", "role", "main relation")


def measure_groups(
    people: Sequence[Spoken], understood: Sequence[Understood], resamples: Bootstrap
) -> dict[str, list[Group]]:
    """For each way of grouping the groups; under "" the whole, alone."""
    whole = _measure(people, understood, resamples, [True] * len(people))
    every = {"": [Group("everybody", len(people), len({one.life for one in people}), whole, {})]}
    for way, group_of in _BY.items():
        names = sorted({name for name in map(group_of, people) if name is not None})
        every[way] = []
        for name in names:
            here = [group_of(one) == name for one in people]
            found = _measure(people, understood, resamples, here)
            behind = {
                key: one.n >= FEW for key, one in found.items() if one.n and one.value < whole[key].value - BEHIND
            }
            persons = len({one.life for one, inside in zip(people, here, strict=True) if inside})
            every[way].append(Group(name, sum(here), persons, found, behind))
    return every


def _measure(
    people: Sequence[Spoken], understood: Sequence[Understood], resamples: Bootstrap, here: Sequence[bool]
) -> dict[str, Figure]:
    carer = [one.carer and inside for one, inside in zip(people, here, strict=True)]
    found = [seen.carer and inside for seen, inside in zip(understood, here, strict=True)]
    role = [one.role == seen.role for one, seen in zip(people, understood, strict=True)]
    relation = [one.relation == seen.relation for one, seen in zip(people, understood, strict=True)]
    others = sum(here) - sum(carer)
    return {
        "carer recall": resamples.recall(found, carer),
        "carer F1": resamples.f1(found, carer) if others else NOTHING,
        "role": resamples.share(role, among=here),
        "main relation": resamples.share(relation, among=carer),
    }


def count_behind(groups: dict[str, list[Group]]) -> int:
    """How many groups lag in a figure that stands on enough cases."""
    return sum(any(group.behind.values()) for way in groups.values() for group in way)


def group_section(groups: dict[str, list[Group]]) -> Section:
    """A table for each way of grouping, and in words who lags."""
    section = Section("Group by group").add(
        f"▼ marks a figure more than {BEHIND * 100:.0f} points behind everybody's; with fewer than {FEW} cases it "
        "stands in brackets, for chance alone does that. Carer F1 is left out where a group holds carers only."
    )
    lagging = []
    whole = groups[""]
    for way, found in groups.items():
        if not way:
            continue
        rows = [
            (group.name, str(group.messages), str(group.persons), *(_cell(group, key) for key in MEASURES))
            for group in whole + found
        ]
        section.add(Table((way, "messages", "persons", *MEASURES), rows))
        for group in found:
            lagging += [
                f"- {way} {group.name}: {key} {group.figures[key]}, n = {group.figures[key].n}"
                + ("" if enough else f" (fewer than {FEW})")
                for key, enough in group.behind.items()
            ]
    return section.add(
        "Behind by more than five points:" if lagging else "No group is behind by more than five points.",
        *(["\n".join(lagging)] if lagging else []),
    )


def _cell(group: Group, key: str) -> str:
    one = group.figures[key]
    mark = {None: "", True: " ▼", False: " (▼)"}[group.behind.get(key)]
    return f"{one}{mark}"
