"""Which local rules a carer hears of beside her first offers: those that fit her need best, and never many."""

from __future__ import annotations

from datetime import date

from knowledge.access.guide import RULES, RuleGuide, ShownWhen
from knowledge.access.record import LocalRule, LocalRules
from knowledge.matching.need import Need
from knowledge.vocabulary import BoundTo

MOST_LINES = 2
Line = tuple[LocalRules, LocalRule]


def lines_beside_offers(
    need: Need, carer: LocalRules | None, loved_one: LocalRules | None, today: date, most: int = MOST_LINES
) -> tuple[Line, ...]:
    """At most ``most`` rules that surely hold today, each with the municipality it is of; the best fit first.

    ``carer`` and ``loved_one``: what is known where each of them lives, ``None`` when that is not known. The guide
    says whose municipality decides (R87) and for which needs a rule matters; of equal fits the guide's order decides.
    """
    found: list[tuple[int, Line]] = []
    for key, guide in RULES.items():
        local = carer if guide.whose is BoundTo.CARER else loved_one
        fit = _fit(guide, need)
        rule = local.holding(key, today) if local is not None else None
        if guide.shown is ShownWhen.AFTER_OFFERS and fit and local is not None and rule is not None:
            found.append((fit, (local, rule)))
    found.sort(key=lambda line: -line[0])  # stable: the guide's order stays
    return tuple(line for _, line in found[:most])


def _fit(guide: RuleGuide, need: Need) -> int:
    """0: does not fit; the more of the need a rule is made for, the higher. A wish not told rules nothing out."""
    if guide.kinds and need.kinds and not guide.kinds & need.kinds:
        return 0
    if guide.urgencies and need.urgency not in guide.urgencies:
        return 0
    return 1 + 2 * bool(guide.kinds & need.kinds) + bool(guide.urgencies)
