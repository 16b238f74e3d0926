"""What ``adempauze catalogue check`` prints: counts first, then the first few of everything that asks for an editor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.exchange.report_catalogue import CatalogueCheck, Finding

_SHOWN = 10  # lines of each list
_FEW = 6  # fields or sentences of each offer


def tell_check(check: CatalogueCheck) -> None:
    """Print the check for people."""
    stages = ", ".join(f"{count} {stage.name.lower()}" for stage, count in check.stages.items()) or "none"
    print(f"catalogue on {check.on}: {check.offers} offers, {check.ended} ended; the others: {stages}")
    _tell_findings("stale: ask the provider", check.stale)
    _tell_findings("incomplete: not known and not asked", check.incomplete)
    if check.incomplete:
        lacking = Counter(name for each in check.incomplete for name in each.what)
        print(f"  most often: {', '.join(f'{name} {count}' for name, count in lacking.most_common(_SHOWN))}")
    _tell_findings("contradictory", check.contradictory)
    _tell_list("unreadable records: no carer sees them", [f"{each}: {why}" for each, why in check.unreadable.items()])
    likenesses = [f"{each.one} and {each.other}: {each.why} ({each.place})" for each in check.duplicates]
    _tell_list("possible duplicates", likenesses)
    _tell_regions(check)
    _tell_list("municipalities without relief nearby", check.without_relief)
    _tell_list("municipalities with relief only elsewhere, to travel to", check.only_travelling)
    _tell_help_areas(check)
    print(f"\n{check.findings} findings")


def _tell_findings(title: str, findings: Sequence[Finding]) -> None:
    _tell_list(title, [f"{each.id} {each.name}: {_first(each.what)}" for each in findings])


def _first(what: Sequence[str]) -> str:
    more = len(what) - _FEW
    return ", ".join(what[:_FEW]) + (f" and {more} more" if more > 0 else "")


def _tell_list(title: str, lines: Sequence[str]) -> None:
    print(f"\n{title}: {len(lines)}")
    for line in lines[:_SHOWN]:
        print(f"  {line}")
    if len(lines) > _SHOWN:
        print(f"  and {len(lines) - _SHOWN} more; --json gives all of them")


def _tell_regions(check: CatalogueCheck) -> None:
    print("\noffers that carers see nearby today, by GGD region and main kind")
    print(f"  everywhere (national): {_counted((kind.value, n) for kind, n in check.national.items())}")
    for view in check.regions:
        name, count = view.least
        print(f"  {view.region}: {view.offers} in {view.municipalities} municipalities; fewest in {name}: {count}")
        print(f"    {_counted((kind.value, n) for kind, n in view.by_kind.items())}")
        if view.missing:
            print(f"    none: {', '.join(kind.value for kind in view.missing)}")


def _counted(counts: Iterable[tuple[str, int]]) -> str:
    return (
        ", ".join(f"{name} {count}" for name, count in sorted(counts, key=lambda each: (-each[1], each[0]))) or "none"
    )


def _tell_help_areas(check: CatalogueCheck) -> None:
    print("\nmunicipalities where no local offer is tagged with a help area (R57)")
    for area, names in check.lacking_help.items():
        print(f"  {area.value}: {len(names)}")
    if check.untagged:
        print(f"  {check.untagged} offers have no help area yet, so some of this may be a lack of tags")
