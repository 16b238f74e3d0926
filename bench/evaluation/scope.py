"""What is not for us is found, and what is for us is kept, also a story of care told beside something else."""

from __future__ import annotations

from collections.abc import Sequence

from bench.evaluation.document import Section, figures
from bench.evaluation.product import Understood
from bench.evaluation.sets import Scoped, Spoken
from bench.evaluation.statistics import Bootstrap, Figure


def scope_figures(scope: Sequence[Scoped], understood: Sequence[Understood], resamples: Bootstrap) -> dict[str, Figure]:
    """On the set that was written for it; each message is a person of its own."""
    kept, inside = [one.in_scope for one in understood], [one.in_scope for one in scope]
    left, outside = [not one for one in kept], [not one for one in inside]
    hidden = [one.hidden_story for one in scope]
    return {
        "scope_recall": resamples.recall(left, outside),
        "scope_precision": resamples.precision(left, outside),
        "scope_kept": resamples.recall(kept, inside),
        "hidden_kept": resamples.share(kept, among=hidden),
        "hidden_carer": resamples.share([one.carer for one in understood], among=hidden),
    }


def people_in_scope(
    people: Sequence[Spoken], understood: Sequence[Understood], resamples: Bootstrap
) -> dict[str, Figure]:
    """The same on the messages of the persons."""
    kept, inside = [one.in_scope for one in understood], [one.in_scope for one in people]
    return {
        "people_kept": resamples.recall(kept, inside),
        "people_left": resamples.recall([not one for one in kept], [not one for one in inside]),
        "carers_kept": resamples.recall(kept, [one.carer for one in people]),
    }


def scope_section(found: dict[str, Figure]) -> Section:
    """Both sets."""
    names = {
        "out of scope, recall": "scope_recall",
        "out of scope, precision": "scope_precision",
        "in scope, kept": "scope_kept",
        "a hidden story of care: kept": "hidden_kept",
        "a hidden story of care: taken for a carer": "hidden_carer",
        "persons, in scope: kept": "people_kept",
        "persons, carers: kept": "carers_kept",
        "persons, out of scope: found": "people_left",
    }
    return Section("Out of scope").add(figures([(name, found[key]) for name, key in names.items()]))
