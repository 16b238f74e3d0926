"""Is danger heard, and is what resembles it left alone: on the pairs, the fixed patterns alone beside the whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.evaluation.document import Section, Table, crossing, figures
from bench.evaluation.product import Understood
from bench.evaluation.sets import NONE, Half
from bench.evaluation.statistics import Bootstrap, Figure, confusion

Heard = Sequence[str | None]


@dataclass(frozen=True)
class Hearing:
    """What a system does with each half: the kind it hears (named or asked about), and whether it names it."""

    kinds: tuple[str | None, ...]
    named: tuple[bool, ...]

    @classmethod
    def of_product(cls, understood: Sequence[Understood]) -> Hearing:
        """Patterns and trained ear together, as the product answers."""
        return cls(tuple(one.danger for one in understood), tuple(one.named for one in understood))

    @classmethod
    def of_rules(cls, understood: Sequence[Understood]) -> Hearing:
        """The fixed patterns alone, as without a model."""
        return cls(tuple(one.rules for one in understood), tuple(one.rules_named for one in understood))

    @property
    def heard(self) -> list[bool]:
        """Named or asked about."""
        return [kind is not None for kind in self.kinds]

    @property
    def asked(self) -> list[bool]:
        """Asked about in one gentle question, not named."""
        return [kind is not None and not named for kind, named in zip(self.kinds, self.named, strict=True)]


def danger_figures(pairs: Sequence[Half], hearing: Hearing, resamples: Bootstrap) -> dict[str, Figure]:
    """Recall, kinds, false alarms and pairs. Pairs in which a question is right are counted apart ("doubt")."""
    plain = [one.crisis is not None and not one.doubt for one in pairs]
    doubt = [one.crisis is not None and one.doubt for one in pairs]
    calm = [one.crisis is None for one in pairs]
    heard_plain = [one and kind is not None for one, kind in zip(plain, hearing.kinds, strict=True)]
    kind_right = [one.crisis == kind for one, kind in zip(pairs, hearing.kinds, strict=True)]
    return {
        "crisis_recall": resamples.share(hearing.heard, among=plain),
        "crisis_named": resamples.share(hearing.named, among=plain),
        "crisis_kind": resamples.share(kind_right, among=heard_plain),
        "crisis_false_alarms": resamples.share(hearing.named, among=calm),
        "crisis_asked_needlessly": resamples.share(hearing.asked, among=calm),
        "doubt_heard": resamples.share(hearing.heard, among=doubt),
        "doubt_named": resamples.share(hearing.named, among=doubt),
        "pairs_right": _pairs(pairs, hearing, lambda named, heard: not named),
        "pairs_right_and_quiet": _pairs(pairs, hearing, lambda named, heard: not heard),
    }


def _pairs(pairs: Sequence[Half], hearing: Hearing, is_left: Callable[[bool, bool], bool]) -> Figure:
    """The share of pairs with danger heard, and what resembles it left alone."""
    right: dict[str, bool] = {}
    for one, heard, named in zip(pairs, hearing.heard, hearing.named, strict=True):
        good = heard if one.crisis is not None else is_left(named, heard)
        right[one.pair] = right.get(one.pair, True) and good
    return Bootstrap(list(right)).share(list(right.values()))


_NAMES = {
    "danger heard (named or asked about)": "crisis_recall",
    "danger named": "crisis_named",
    "kind right, where heard": "crisis_kind",
    "false alarms: named": "crisis_false_alarms",
    "false alarms: asked about": "crisis_asked_needlessly",
    "doubtful: heard": "doubt_heard",
    "doubtful: named without asking": "doubt_named",
    "pairs right: heard, and the other not named": "pairs_right",
    "pairs right: heard, and the other not even asked": "pairs_right_and_quiet",
}


def danger_section(pairs: Sequence[Half], whole: Hearing, rules: Hearing, resamples: Bootstrap) -> Section:
    """Both hearings side by side, then kind by kind and by what makes the other half harmless."""
    section = Section("Danger")
    ours, alone = danger_figures(pairs, whole, resamples), danger_figures(pairs, rules, resamples)
    rows = [(name, str(ours[key]), str(alone[key]), str(ours[key].n)) for name, key in _NAMES.items()]
    section.add(Table(("", "patterns and ear", "patterns alone", "n"), rows))
    kinds = []
    for kind in sorted({one.crisis for one in pairs if one.crisis}):
        plain = [one.crisis == kind and not one.doubt for one in pairs]
        shares = (resamples.share(flags, among=plain) for flags in (whole.heard, whole.named, rules.heard))
        kinds.append((kind, *map(str, shares), str(sum(plain))))
    section.add(Table(("kind, without doubt", "heard", "named", "heard by patterns", "n"), kinds))
    harmless = []
    for why in sorted({one.why for one in pairs if one.why}):
        calm = [one.crisis is None and one.why == why for one in pairs]
        shares = (resamples.share(flags, among=calm) for flags in (whole.named, whole.asked, rules.named))
        harmless.append((why, *map(str, shares), str(sum(calm))))
    section.add(Table(("why it is no danger", "named", "asked about", "named by patterns", "n"), harmless))
    told, heard = [one.crisis or NONE for one in pairs], [kind or NONE for kind in whole.kinds]
    return section.add(crossing(confusion(told, heard)))


def everyday_section(sets: dict[str, Sequence[Understood]]) -> Section:
    """How often danger is heard in sets that were not written for it, and carry no label of danger."""
    rows = []
    for name, understood in sets.items():
        one = Bootstrap([str(number) for number in range(len(understood))])
        hearing = Hearing.of_product(understood)
        rows += [(f"{name}: named", one.share(hearing.named)), (f"{name}: asked about", one.share(hearing.asked))]
    section = Section("Danger heard in everyday messages")
    return section.add("These sets carry no label of danger, so this is how often, not how wrongly.", figures(rows))
