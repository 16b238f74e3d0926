"""A need that nothing known answers: what was missing where, and nothing about who (R112)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from knowledge.matching.need import Need
from knowledge.places.regions import Regions
from knowledge.vocabulary import Place, Term, UnmetReason, Urgency


@dataclass
class UnmetNeed:
    """One gap in the supply. Lists are identifiers joined by ", "; empty is unknown.

    ``month`` ("2026-11") instead of a day, and no link to a talk: a rare need in a small municipality must not lead
    back to a person. ``region`` is the GGD region, the finest regional division known.
    """

    reason: str
    kinds: str
    group: str
    pattern: str
    municipality: str
    region: str
    month: str
    id: int | None = None


def unmet_need(need: Need, reason: UnmetReason | str, on: date, regions: Regions) -> UnmetNeed:
    """The gap that ``need`` shows; the loved one's municipality leads (R87). ``ValueError`` on a wrong reason."""
    if str(reason) not in {term.value for term in UnmetReason}:
        raise ValueError(f"{reason!r} is not a reason for an unmet need")
    spot = need.loved_one_at or need.carer_at
    municipality = regions.municipality(spot.municipality) if spot else None
    group = _joined(need.conditions) + {True: ["child"], False: ["adult"], None: []}[need.loved_one_is_child]
    place = [need.place.value] if need.place not in (None, Place.EITHER) else []
    haste = [need.urgency.value] if need.urgency is not Urgency.NORMAL else []
    return UnmetNeed(
        reason=str(reason),
        kinds=", ".join(_joined(need.kinds)),
        group=", ".join(group),
        pattern=", ".join(place + _joined(need.day_parts) + haste),
        municipality=municipality.name if municipality else "",
        region=municipality.ggd_region if municipality else "",
        month=f"{on:%Y-%m}",
    )


def _joined(terms: Iterable[Term]) -> list[str]:
    return sorted(term.value for term in terms)
