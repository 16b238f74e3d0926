"""A made-up catalogue of any size and needs to match with it, drawn by a seeded chance: equal in every run.

Offers take their kind and group from a random offer of the seed, so kinds come in the seed's proportions; they stand
where people live (municipalities weighted by residents), and vary in all that matching looks at.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from knowledge.matching.need import Need
from knowledge.offers.data import read_offers
from knowledge.offers.record import Offer
from knowledge.places.regions import Municipality, Regions, Spot
from knowledge.vocabulary import (
    AccessKind,
    AgeGroup,
    CareDemand,
    Condition,
    DayPart,
    OfferKind,
    OfferStatus,
    Place,
    Scope,
    SourceAge,
    Transport,
    Urgency,
)

TODAY = date(2026, 11, 22)
_SCOPES = (
    (Scope.MUNICIPALITY, 86),
    (Scope.REGION, 8),
    (Scope.PROVINCE, 3),
    (Scope.RADIUS, 1),
    (Scope.NATIONAL, 1),
    (Scope.UNKNOWN, 1),
)
_STATUSES = (
    (OfferStatus.ACTIVE, 55),
    (OfferStatus.UNKNOWN, 28),
    (OfferStatus.WAITING_LIST, 9),
    (OfferStatus.TEMPORARILY_CLOSED, 4),
    (OfferStatus.ENDED, 4),
)
_YEARS = {SourceAge.RECENT: (2024, 2026), SourceAge.OLDER: (2020, 2023), SourceAge.OLD: (2012, 2019)}
_AGES = (
    *[frozenset[AgeGroup]()] * 4,
    frozenset({AgeGroup.ADULT}),
    frozenset({AgeGroup.OLDER}),
    frozenset({AgeGroup.ADULT, AgeGroup.OLDER}),
    frozenset({AgeGroup.YOUNG_ADULT, AgeGroup.ADULT}),
    frozenset({AgeGroup.CHILD, AgeGroup.YOUNG_ADULT}),
)
_DAY_PARTS = tuple(
    frozenset(map(DayPart, parts.split()))
    for parts in (
        "morning afternoon", "morning afternoon evening", "full_day", "full_day weekend", "weekend", "night",
        "evening", "evening night", "morning", "afternoon", "morning afternoon evening night weekend",
    )
)  # fmt: skip
_HARD_PLACES = (None, Spot("Nergenshuizen"), Spot("Zwolle", "7732"), Spot("Vlieland"), Spot("Schiermonnikoog"))
_RARE = (Condition.ADDICTION, Condition.MULTIPLE_CHILD, Condition.YOUNG_DEMENTIA, Condition.PALLIATIVE)


def synthetic_offers(count: int, regions: Regions, seed: int = 5) -> tuple[Offer, ...]:
    """``count`` offers, by id. The first thousand of a larger catalogue are those of a smaller one."""
    chance = Random(seed)
    land = _Land(regions)
    templates = read_offers()
    return tuple(_offer(number, chance.choice(templates), land, chance) for number in range(count))


def synthetic_needs(count: int, regions: Regions, seed: int = 7) -> tuple[Need, ...]:
    """``count`` needs: four in five as people bring them, one in five hard (a rare group, an odd place, in haste)."""
    chance = Random(seed)
    land = _Land(regions)
    return tuple(_hard_need(land, chance) if number % 5 == 4 else _need(land, chance) for number in range(count))


class _Land:
    """Municipalities and their postcodes, drawn by how many people live there."""

    def __init__(self, regions: Regions) -> None:
        self._all = regions.municipalities()
        self._weights = [each.residents + 1 for each in self._all]
        self._postcodes: dict[str, list[str]] = defaultdict(list)
        self._neighbours: dict[str, list[str]] = defaultdict(list)
        for digits in map(str, range(1000, 10000)):
            if known := regions.by_postcode(digits):
                self._postcodes[known.municipality].append(digits)
        for each in self._all:
            self._neighbours[each.ggd_region].append(each.name)

    def municipality(self, chance: Random) -> Municipality:
        return chance.choices(self._all, self._weights)[0]

    def postcode(self, municipality: str, chance: Random) -> str | None:
        return chance.choice(self._postcodes[municipality]) if self._postcodes[municipality] else None

    def spot(self, chance: Random) -> Spot:
        name = self.municipality(chance).name
        return Spot(name, self.postcode(name, chance) if chance.random() < 0.5 else None)

    def some_of_region(self, home: Municipality, chance: Random) -> tuple[str, ...]:
        others = self._neighbours[home.ggd_region]
        return tuple(dict.fromkeys([home.name, *chance.sample(others, min(len(others), chance.randint(1, 6)))]))


def _offer(number: int, template: Offer, land: _Land, chance: Random) -> Offer:
    home = land.municipality(chance)
    organisation = f"Stichting {chance.randint(1, 6)} {home.name}"
    if chance.random() < 0.15:
        organisation = f"Landelijke organisatie {chance.randint(1, 40)}"
    return replace(
        template,
        id=f"s{number:06d}",
        name=f"{template.label} {number}",
        organisation=organisation,
        note="",
        **_group(template, chance),
        **_place(template, home, land, chance),
        **_conditions_of_use(chance),
        **_standing(chance),
    )


def _group(template: Offer, chance: Random) -> dict[str, Any]:
    """Mostly the group of the template; else one or two conditions, for whom it is usual to be open."""
    if chance.random() < 0.6:
        return {}
    conditions = frozenset(chance.choices(list(Condition), k=chance.choice((0, 1, 1, 2))))
    ages = template.ages or chance.choice(_AGES)
    return {"conditions": conditions, "ages": ages, "others_welcome": chance.random() < 0.3}


def _place(template: Offer, home: Municipality, land: _Land, chance: Random) -> dict[str, Any]:
    scope = _drawn(_SCOPES, chance)
    stands = (template.place is Place.AWAY and chance.random() < 0.9) or scope is Scope.RADIUS
    several = scope is Scope.MUNICIPALITY and chance.random() < 0.15
    named = scope in (Scope.MUNICIPALITY, Scope.RADIUS) or (scope is Scope.REGION and chance.random() < 0.4)
    municipalities = land.some_of_region(home, chance) if several or scope is Scope.REGION else (home.name,)
    return {
        "scope": scope,
        "area": home.name,
        "municipalities": municipalities if named else (),
        "province": home.province if scope is not Scope.NATIONAL else None,
        "ggd_region": home.ggd_region if scope is Scope.REGION else None,
        "radius_km": chance.randint(5, 40) if scope is Scope.RADIUS else None,
        "located_in": home.name if stands else None,
        "postcode": land.postcode(home.name, chance) if stands and chance.random() < 0.6 else None,
        "residents_only": chance.random() < 0.35 if template.place is Place.AWAY else template.residents_only,
        "coverage_uncertain": chance.random() < 0.06,
    }


def _conditions_of_use(chance: Random) -> dict[str, Any]:
    declines = frozenset(chance.sample(list(CareDemand), 2)) if chance.random() < 0.15 else frozenset()
    accepts = frozenset(chance.sample(list(CareDemand), 3)) - declines if chance.random() < 0.3 else frozenset()
    weeks = chance.randint(1, 10)
    return {
        "day_parts": chance.choice(_DAY_PARTS) if chance.random() < 0.5 else frozenset(),
        "lead_weeks": (weeks, weeks + 2) if chance.random() < 0.25 else None,
        "indication_needed": chance.choice((None, None, True, False)),
        "access": chance.choice((None, *AccessKind)),
        "transport": chance.choice((None, *Transport)),
        "trial_visit": chance.choice((None, None, True)),
        "emergency_place": chance.choice((None, None, None, True, False)),
        "same_faces": chance.choice((None, None, None, True, False)),
        "carer_can_stay": chance.choice((None, None, None, True, False)),
        "structural": chance.choice((None, None, True, False)),
        "accepts": accepts,
        "declines": declines,
    }


def _standing(chance: Random) -> dict[str, Any]:
    age = chance.choice(list(SourceAge))
    year = chance.randint(*_YEARS[age]) if age in _YEARS else None
    url = "https://example.org/aanbod"
    checked = TODAY - timedelta(days=chance.randint(0, 400)) if chance.random() < 0.45 else None
    return {
        "status": _drawn(_STATUSES, chance),
        "existence_uncertain": chance.random() < 0.1,
        "source": replace(_SOURCE, url=url, age=age, year=year, month=chance.randint(1, 12) if year else None),
        "verify_before_showing": chance.random() < 0.5,
        "inferred": frozenset(each for each in ("payers", "audience", "area") if chance.random() < 0.15),
        "checked_on": checked,
        "checked_by": "Redactie" if checked else None,
    }


_SOURCE = read_offers()[0].source


def _need(land: _Land, chance: Random) -> Need:
    here = land.spot(chance)
    there = here if chance.random() < 0.75 else land.spot(chance)
    kinds = chance.sample(list(OfferKind), chance.choice((1, 1, 2))) if chance.random() < 0.45 else ()
    return Need(
        kinds=frozenset(kinds),
        place=chance.choice((None, None, *Place)),
        day_parts=frozenset(chance.sample(list(DayPart), chance.choice((0, 0, 1, 2)))),
        conditions=frozenset(chance.sample(list(Condition), chance.choice((0, 1, 1, 1, 2)))),
        loved_one_is_child=chance.choice((None, None, False, False, True)),
        carer_is_minor=chance.choice((None, None, False, True)),
        carer_at=here,
        loved_one_at=chance.choice((there, there, None)),
        urgency=chance.choice((*[Urgency.NORMAL] * 5, *Urgency)),
    )


def _hard_need(land: _Land, chance: Random) -> Need:
    """A rare group or kind, a place that is unknown, remote or the largest of all, and often in haste."""
    place = chance.choice((*_HARD_PLACES, Spot("Amsterdam"), Spot("Utrecht"), land.spot(chance)))
    rare = chance.sample(_RARE, chance.choice((1, 1, 2)))
    return replace(
        _need(land, chance),
        conditions=frozenset(rare),
        kinds=frozenset(chance.sample(list(OfferKind), chance.choice((0, 0, 1)))),
        loved_one_is_child=chance.choice((None, True, True, False)),
        carer_at=place,
        loved_one_at=chance.choice((place, None, Spot("Amsterdam"))),
        urgency=chance.choice((Urgency.EMERGENCY, Urgency.PALLIATIVE, Urgency.SOON, Urgency.NORMAL)),
    )


def _drawn(weighted: tuple[tuple[Any, int], ...], chance: Random) -> Any:
    return chance.choices([value for value, _ in weighted], [weight for _, weight in weighted])[0]
