"""The most confident mistakes of each task: what to think about next, never what to train on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bench.evaluation.document import Section, quote
from bench.evaluation.product import Understood
from bench.evaluation.sets import NONE, SIGNALS, Half, Labelled, Scoped, Spoken

MOST = 12
_PREFIX = {"load_cues": "load"}
Mistake = tuple[float, str, str]
"""How sure of it, what was told and found, and the message."""


def mistakes_section(
    people: Sequence[tuple[Spoken, Understood]],
    pairs: Sequence[tuple[Half, Understood]],
    scope: Sequence[tuple[Scoped, Understood]],
) -> Section:
    """At most twelve of each task, the most confident first."""
    section = Section("Worst mistakes").add(
        f"At most {MOST} of each task, the surest first: the chance, what was told → what was found, the message. "
        "Do not copy them, or anything like them, into the training data: then this set would measure nothing."
    )
    tasks: dict[str, Iterable[Mistake]] = {
        "Carers not recognised": (
            (1 - seen.carer_chance, seen.role, one.text) for one, seen in people if one.carer and not seen.carer
        ),
        "Roles": ((max(seen.roles.values(), default=0.0), f"{one.role} → {seen.role}", one.text)
                  for one, seen in people if one.role != seen.role),
        "Who is cared for": _relations(people),
        **{field.replace("_", " ").capitalize(): _signals(people, field) for field in SIGNALS},
        "Danger missed": ((1 - seen.hunch, str(one.crisis), one.text)
                          for one, seen in pairs if one.crisis and seen.danger is None),
        "Danger named that is none": ((seen.hunch, f"{one.why} → {seen.danger}", one.text)
                                      for one, seen in pairs if not one.crisis and seen.named),
        "Scope": ((seen.intent_chance, "in scope → out" if one.in_scope else "out of scope → in", one.text)
                  for one, seen in scope if one.in_scope != seen.in_scope),
    }  # fmt: skip
    for title, found in tasks.items():
        _add(section, title, found)
    return section


def add_xsid(section: Section, test: Labelled, found: Sequence[tuple[str, float]]) -> None:
    """The same for xSID."""
    wrong = (
        (chance, f"{told} → {seen}", text)
        for text, told, (seen, chance) in zip(test.texts, test.labels, found, strict=True)
        if told != seen
    )
    _add(section, "xSID", wrong)


def _add(section: Section, title: str, found: Iterable[Mistake]) -> None:
    every = sorted(found, key=lambda one: -one[0])
    lines = [f"- {chance:.2f}, {what}: {quote(text)}" for chance, what, text in every[:MOST]]
    section.add(f"### {title} ({len(every)})", "\n".join(lines) or "None.")


def _relations(people: Sequence[tuple[Spoken, Understood]]) -> Iterable[Mistake]:
    for one, seen in people:
        if one.carer and one.relation != seen.relation:
            if seen.relation is None:
                sure = 1 - seen.chances.get(f"relation:{one.relation}", 0.0)
            else:
                sure = seen.chances.get(f"relation:{seen.relation}", 0.0)
            yield sure, f"{one.relation or NONE} → {seen.relation or NONE}", one.text


def _signals(people: Sequence[tuple[Spoken, Understood]], field: str) -> Iterable[Mistake]:
    prefix = _PREFIX.get(field, field)
    for one, seen in people:
        found = set(seen.values(field))
        for label in sorted(found - one.signals[field]):
            yield seen.chances.get(f"{prefix}:{label}", 0.0), f"found {label}", one.text
        for label in sorted(one.signals[field] - found):
            yield 1 - seen.chances.get(f"{prefix}:{label}", 0.0), f"missed {label}", one.text
