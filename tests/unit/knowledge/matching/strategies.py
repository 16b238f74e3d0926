"""Needs of every sort, and offers of every sort near the places where they live."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from knowledge.matching.need import RELATIONS, Need, Tried
from knowledge.offers.record import Offer
from knowledge.places.regions import Regions, Spot
from knowledge.vocabulary import (
    AgeGroup,
    BoundTo,
    CareDemand,
    Condition,
    DayPart,
    OfferKind,
    OfferStatus,
    Payer,
    Place,
    Scope,
    Term,
    Transport,
    Urgency,
)
from tests.unit.knowledge.builders import offer

REGIONS = Regions.load()
MAYBE = st.sampled_from([None, True, False])

spots = st.one_of(
    st.none(),
    st.sampled_from([each.name for each in REGIONS.municipalities()]).map(Spot),
    st.sampled_from(["Zwolle", "Kampen", "Utrecht"]).map(Spot),
    st.sampled_from(["8011", "7732", "2525", "9711", "5353", "6211"]).map(
        lambda digits: Spot(REGIONS.by_postcode(digits).municipality, digits)
    ),
)
needs = st.builds(
    Need,
    kinds=st.frozensets(st.sampled_from(OfferKind), max_size=3),
    place=st.sampled_from([None, *Place]),
    day_parts=st.frozensets(st.sampled_from(DayPart), max_size=2),
    conditions=st.frozensets(st.sampled_from(Condition), max_size=2),
    loved_one_is_child=MAYBE,
    carer_is_minor=MAYBE,
    carer_at=spots,
    loved_one_at=spots,
    urgency=st.sampled_from(Urgency),
    demands=st.frozensets(st.sampled_from(CareDemand), max_size=2),
    loved_one_age=st.one_of(st.none(), st.integers(0, 100)),
    relation=st.sampled_from([None, *sorted(RELATIONS)]),
    carer_works=MAYBE,
    arranging_is_heavy=MAYBE,
    few_strangers=MAYBE,
    tried=st.lists(st.builds(Tried, st.sampled_from(OfferKind), MAYBE), max_size=2).map(tuple),
    structural=MAYBE,
    nights_wanted=st.one_of(st.none(), st.integers(1, 14)),
    needed_within_weeks=st.one_of(st.none(), st.integers(0, 12)),
    transport_possible=MAYBE,
    language=st.sampled_from([None, "tr"]),
)
neighbours = needs.map(lambda need: replace(need, carer_at=Spot("Zwolle"), loved_one_at=Spot("Zwolle")))
"""Needs of people who live where the offers of ``near`` are."""
WISHES = ("kinds", "place", "day_parts", "nights_wanted", "structural", "needed_within_weeks", "few_strangers")
"""What only ranks; each is relaxed to what nobody told."""


PLACES = ("Zwolle", "Kampen", "Utrecht")
RANGES = st.lists(st.integers(0, 12), min_size=2, max_size=2).map(lambda pair: tuple(sorted(pair)))


def some(vocabulary: type[Term]) -> st.SearchStrategy[frozenset[Term]]:
    """A few terms, or none."""
    return st.frozensets(st.sampled_from(vocabulary), max_size=2)


def known(value: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value, or not known."""
    return st.one_of(st.none(), value)


DAYS = known(st.dates(date(2026, 1, 1), date(2027, 12, 31)))
UNCERTAIN = (
    "accepts", "declines", "same_faces", "carer_can_stay", "trial_visit", "transport", "gains", "day_parts",
    "structural", "emergency_place", "audience", "area", "payers", "min_age", "excluded_conditions",
)  # fmt: skip
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "id": st.from_regex(r"[a-z]{6}", fullmatch=True),
    "kinds": st.lists(st.sampled_from(OfferKind), min_size=1, max_size=2, unique=True).map(tuple),
    "place": known(st.sampled_from(Place)),
    "bound_to": st.sampled_from(BoundTo),
    "scope": st.sampled_from(Scope),
    "residents_only": st.booleans(),
    "municipalities": st.lists(st.sampled_from(PLACES), max_size=3, unique=True).map(tuple),
    "province": st.sampled_from([None, "Overijssel", "Utrecht"]),
    "ggd_region": st.sampled_from([None, "GGD IJsselland"]),
    "radius_km": known(st.integers(1, 80)),
    "located_in": known(st.sampled_from(PLACES)),
    "postcode": st.sampled_from([None, "8011", "3511"]),
    "coverage_uncertain": st.booleans(),
    "status": st.sampled_from(OfferStatus),
    "existence_uncertain": st.booleans(),
    "conditions": some(Condition),
    "excluded_conditions": some(Condition),
    "others_welcome": st.booleans(),
    "ages": some(AgeGroup),
    "min_age": known(st.integers(0, 60)),
    "young_carers_only": st.sampled_from([False, False, False, True]),
    "accepts": some(CareDemand),
    "declines": some(CareDemand),
    "payers": some(Payer).map(tuple),
    "indication_needed": MAYBE,
    "day_parts": some(DayPart),
    "min_nights": known(st.integers(1, 7)),
    "max_nights": known(st.integers(7, 30)),
    "lead_weeks": known(RANGES),
    "waiting_weeks": known(RANGES),
    "structural": MAYBE,
    "trial_visit": MAYBE,
    "emergency_place": MAYBE,
    "same_faces": MAYBE,
    "carer_can_stay": MAYBE,
    "transport": known(st.sampled_from(Transport)),
    "gains": st.sampled_from([(), ("muziek",)]),
    "ends_on": DAYS,
    "checked_on": DAYS,
    "inferred": st.frozensets(st.sampled_from(UNCERTAIN), max_size=2),
}  # every field that matching looks at


def offers(**fixed: Any) -> st.SearchStrategy[Offer]:
    """Any offer, also one that no editor would write, with some fields fixed."""
    each = {name: value for name, value in FIELDS.items() if name not in fixed}
    return st.fixed_dictionaries(each).map(lambda drawn: replace(offer(), **fixed, **drawn))


def near(**fixed: Any) -> st.SearchStrategy[Offer]:
    """Any offer that serves Zwolle, Kampen and Utrecht today, and turns few people away."""
    here = {"scope": Scope.MUNICIPALITY, "municipalities": PLACES, "status": OfferStatus.ACTIVE, "ends_on": None}
    open_to_all = {"others_welcome": True, "young_carers_only": False, "declines": frozenset(), "ages": frozenset()}
    return offers(**{**here, **open_to_all, **fixed})
