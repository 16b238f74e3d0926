"""What the catalogue lacks today: stale, incomplete, contradictory, and thin, by region and by kind.

Counted is what a carer would see: not what has ended or is too old to tell of. "Nearby" is in the area of an offer, or
within the distance people travel for its kind; national offers are counted apart, because everybody has those.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge.curation.duplicates import Likeness, find_duplicates
from knowledge.matching.kinds import RELIEF
from knowledge.matching.need import Need
from knowledge.matching.reach import Level, reach_of
from knowledge.offers.completeness import contradictions, lacks
from knowledge.offers.freshness import Stage, freshness_of
from knowledge.offers.record import Offer
from knowledge.places.regions import Regions, Spot
from knowledge.vocabulary import HelpArea, OfferKind, OfferStatus, Scope

_OWN_AREA = (Level.LOCAL, Level.REGION)
_NEARBY = (*_OWN_AREA, Level.ACROSS)
Seen = dict[str, list[tuple[Offer, bool]]]  # by municipality: what is nearby, and whether that is in its own area


@dataclass(frozen=True)
class Finding:
    """Something about one offer that asks for an editor. ``what``: Dutch sentences, labels or codes."""

    id: str
    name: str
    what: tuple[str, ...]


@dataclass(frozen=True)
class RegionView:
    """What carers in one GGD region would see nearby. ``by_kind``: offers by main kind that reach some part of it.

    ``least``: how many offers the municipality has that sees fewest, and which one that is.
    """

    region: str
    municipalities: int
    offers: int
    by_kind: Mapping[OfferKind, int]
    least: tuple[str, int]

    @property
    def missing(self) -> tuple[OfferKind, ...]:
        """Kinds of relief of which nobody here sees an offer nearby."""
        return tuple(kind for kind in OfferKind if kind in RELIEF and not self.by_kind.get(kind))


@dataclass(frozen=True)
class CatalogueCheck:
    """The state of the catalogue on a day. ``stages``: offers by freshness stage; ``ended`` are left out of the rest.

    ``without_relief``: municipalities where nobody sees relief nearby; ``only_travelling``: where all of it is
    elsewhere, to travel to. ``lacking_help``: where no local offer is tagged with a help area (R57); ``untagged``:
    offers without any such tag, so that a lack may be a lack of tags.
    """

    on: date
    offers: int
    ended: int
    unreadable: Mapping[str, str]
    stages: Mapping[Stage, int]
    stale: tuple[Finding, ...]
    incomplete: tuple[Finding, ...]
    contradictory: tuple[Finding, ...]
    duplicates: tuple[Likeness, ...]
    national: Mapping[OfferKind, int]
    regions: tuple[RegionView, ...]
    without_relief: tuple[str, ...]
    only_travelling: tuple[str, ...]
    lacking_help: Mapping[HelpArea, tuple[str, ...]]
    untagged: int

    @property
    def findings(self) -> int:
        """How many things ask for an editor."""
        lists: tuple[Sequence[Any] | Mapping[str, str], ...] = (
            self.unreadable, self.stale, self.incomplete, self.contradictory, self.duplicates, self.without_relief,
            self.only_travelling,
        )  # fmt: skip
        return sum(len(each) for each in lists) + sum(len(each) for each in self.lacking_help.values())


def check_catalogue(
    offers: Iterable[Offer],
    regions: Regions,
    today: date,
    unreadable: Mapping[str, str] | None = None,
    progress: Callable[[int], None] | None = None,
) -> CatalogueCheck:
    """Everything that asks for an editor. ``progress`` hears of each municipality that was looked at."""
    everything = tuple(offers)
    ended = [offer for offer in everything if offer.status is OfferStatus.ENDED]
    current = [offer for offer in everything if offer.status is not OfferStatus.ENDED]
    stages = {offer.id: freshness_of(offer, today).stage for offer in current}
    shown = [offer for offer in current if stages[offer.id] is not Stage.GONE]
    seen = _seen_nearby(shown, regions, progress)
    return CatalogueCheck(
        on=today,
        offers=len(everything),
        ended=len(ended),
        unreadable=dict(unreadable or {}),
        stages=Counter(stages.values()),
        stale=tuple(
            Finding(offer.id, offer.name, (stages[offer.id].name.lower(),))
            for offer in current
            if stages[offer.id] is not Stage.FRESH
        ),
        incomplete=tuple(Finding(each.id, each.name, missing) for each in current if (missing := lacks(each))),
        contradictory=tuple(
            Finding(each.id, each.name, tuple(fault.text for fault in faults))
            for each in current
            if (faults := contradictions(each, regions))
        ),
        duplicates=find_duplicates(current),
        national=Counter(offer.kinds[0] for offer in shown if offer.scope is Scope.NATIONAL),
        regions=_by_region(seen, regions),
        without_relief=tuple(name for name, there in seen.items() if not _relief(there)),
        only_travelling=tuple(name for name, there in seen.items() if (own := _relief(there)) and not any(own)),
        lacking_help=_lacking_help(seen),
        untagged=sum(not offer.help_areas for offer in shown),
    )


def _seen_nearby(offers: Sequence[Offer], regions: Regions, progress: Callable[[int], None] | None) -> Seen:
    """For every municipality, by name: the offers that somebody who lives there sees nearby."""
    alike: dict[object, list[Offer]] = defaultdict(list)
    for offer in offers:
        if offer.scope is not Scope.NATIONAL:
            alike[_area_of(offer)].append(offer)
    seen: Seen = {}
    for municipality in regions.municipalities():
        spot = Spot(municipality.name)
        need = Need(carer_at=spot, loved_one_at=spot)
        levels = ((_level(group[0], need, regions), group) for group in alike.values())
        seen[municipality.name] = [
            (offer, level in _OWN_AREA) for level, group in levels if level in _NEARBY for offer in group
        ]
        if progress is not None:
            progress(1)
    return seen


def _area_of(offer: Offer) -> object:
    """All that decides whom an offer reaches: what is the same here is looked up once."""
    return (
        offer.scope, offer.municipalities, offer.province, offer.ggd_region, offer.located_in, offer.postcode,
        offer.radius_km, offer.residents_only, offer.coverage_uncertain, frozenset(offer.kinds), offer.area,
        "area" in offer.inferred,
    )  # fmt: skip


def _level(offer: Offer, need: Need, regions: Regions) -> Level | None:
    reach = reach_of(offer, need, regions)
    return None if reach is None else reach.level


def _relief(there: Iterable[tuple[Offer, bool]]) -> list[bool]:
    """For each offer of relief: is it in their own area?"""
    return [own for offer, own in there if RELIEF & set(offer.kinds)]


def _by_region(seen: Seen, regions: Regions) -> tuple[RegionView, ...]:
    members: dict[str, list[str]] = defaultdict(list)
    for municipality in regions.municipalities():
        members[municipality.ggd_region].append(municipality.name)
    views = []
    for region, names in sorted(members.items()):
        there = {offer.id: offer for name in names for offer, _ in seen[name]}
        kinds = Counter(offer.kinds[0] for offer in there.values())
        least = min(names, key=lambda name: (len(seen[name]), name))
        views.append(RegionView(region, len(names), len(there), kinds, (least, len(seen[least]))))
    return tuple(views)


def _lacking_help(seen: Seen) -> dict[HelpArea, tuple[str, ...]]:
    """An offer across the border is no support of this municipality."""
    tagged = {name: {area for offer, own in there if own for area in offer.help_areas} for name, there in seen.items()}
    return {area: tuple(name for name, areas in tagged.items() if area not in areas) for area in HelpArea}


def check_data(check: CatalogueCheck) -> dict[str, Any]:
    """The check as JSON-ready data."""
    return {
        "on": check.on.isoformat(),
        "offers": check.offers,
        "ended": check.ended,
        "unreadable": dict(check.unreadable),
        "stages": {stage.name.lower(): check.stages.get(stage, 0) for stage in Stage},
        "stale": _finding_data(check.stale),
        "incomplete": _finding_data(check.incomplete),
        "contradictory": _finding_data(check.contradictory),
        "duplicates": [
            {"one": each.one, "other": each.other, "why": each.why, "place": each.place} for each in check.duplicates
        ],
        "national": {kind.value: count for kind, count in check.national.items()},
        "regions": [
            {
                "region": view.region,
                "municipalities": view.municipalities,
                "offers": view.offers,
                "by_kind": {kind.value: count for kind, count in view.by_kind.items()},
                "missing": [kind.value for kind in view.missing],
                "least": {"municipality": view.least[0], "offers": view.least[1]},
            }
            for view in check.regions
        ],
        "without_relief": list(check.without_relief),
        "only_travelling": list(check.only_travelling),
        "lacking_help": {area.value: list(names) for area, names in check.lacking_help.items()},
        "untagged": check.untagged,
        "findings": check.findings,
    }


def _finding_data(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    return [{"id": each.id, "name": each.name, "what": list(each.what)} for each in findings]
