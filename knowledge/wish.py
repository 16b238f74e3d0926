"""How an offer answers what she wished for: kind, place and part of the week. A wish ranks, it never excludes."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.needs import Need, Reason
from knowledge.offers import Offer
from knowledge.target import labels
from knowledge.vocabulary import DayPart, OfferKind, Place

HOME_KINDS = frozenset(
    {
        OfferKind.HOME_VOLUNTEER, OfferKind.HOME_PAID, OfferKind.HOME_PROFESSIONAL, OfferKind.HOME_24H,
        OfferKind.NIGHT_CARE, OfferKind.PALLIATIVE_HOME,
    }
)  # fmt: skip
DAY_KINDS = frozenset({OfferKind.DAY_CARE, OfferKind.CARE_FARM})
OVERNIGHT_KINDS = frozenset(
    {
        OfferKind.STAY, OfferKind.STAY_CHILD, OfferKind.STAY_GGZ, OfferKind.CARE_HOTEL, OfferKind.HOSPICE_RESPITE,
    }
)  # fmt: skip
OTHER_RELIEF = frozenset({OfferKind.SUPPORT_FAMILY, OfferKind.HOUSEHOLD_HELP, OfferKind.HOLIDAY})
RELIEF = HOME_KINDS | DAY_KINDS | OVERNIGHT_KINDS | OTHER_RELIEF

_FAMILIES = (
    HOME_KINDS - {OfferKind.NIGHT_CARE},
    frozenset({OfferKind.NIGHT_CARE, OfferKind.HOME_24H}),
    DAY_KINDS,
    OVERNIGHT_KINDS,
    frozenset({OfferKind.STAY_CHILD, OfferKind.SUPPORT_FAMILY}),
)
_WITHIN_A_DAY = frozenset({DayPart.MORNING, DayPart.AFTERNOON})


@dataclass(frozen=True)
class WishFit:
    """``met``: it is what she wished for, or she left it open. ``named``: of the very kind she wished for."""

    met: bool
    named: bool
    points: int = 0
    fits: tuple[Reason, ...] = ()
    misfits: tuple[Reason, ...] = ()
    unknowns: tuple[Reason, ...] = ()


def wish_fit(offer: Offer, need: Need) -> WishFit:
    """How the offer answers the wish; less wished never means less met."""
    named = bool(need.kinds & set(offer.kinds))
    kind_met = named or not need.kinds or _related(offer, need)
    place_met = named or need.place in (None, Place.EITHER) or offer.place in (need.place, Place.EITHER)
    day_points, day_reasons = _day_parts(offer, need)
    misfits = [*day_reasons["misfits"]]
    if not kind_met:
        misfits.insert(0, Reason("other_kind", {"kind": offer.label}))
    elif not place_met:
        misfits.insert(0, Reason("other_place", {"place": _place(offer)}))
    return WishFit(
        met=kind_met and place_met,
        named=named,
        points=day_points + _kind_points(offer, need, named=named),
        fits=tuple(_wished(offer, need, named=named) + day_reasons["fits"]),
        misfits=tuple(misfits),
        unknowns=tuple(day_reasons["unknowns"]),
    )


def preference(offer: Offer) -> int:
    """Without a wish: taking over at home first, then day, then staying elsewhere, then the rest (R41)."""
    main = offer.kinds[0]
    if main in HOME_KINDS or main is OfferKind.SUPPORT_FAMILY or offer.young_carers_only:
        return 0
    if main in DAY_KINDS:
        return 1
    return 2 if main in OVERNIGHT_KINDS else 3


def _kind_points(offer: Offer, need: Need, *, named: bool) -> int:
    """What it mainly is comes before what it also is (a scheme to apply for), and that before what is akin."""
    if not need.kinds or offer.kinds[0] in need.kinds:
        return 0
    return 8 if named else 10


def _related(offer: Offer, need: Need) -> bool:
    return any(family & need.kinds and family & set(offer.kinds) for family in _FAMILIES)


def _wished(offer: Offer, need: Need, *, named: bool) -> list[Reason]:
    if named:
        chosen = next(kind for kind in offer.kinds if kind in need.kinds)
        label = offer.label if chosen is offer.kinds[0] else chosen.label
        return [Reason("kind_wished", {"kind": label})]
    if need.place in (Place.HOME, Place.AWAY) and offer.place is need.place:
        return [Reason("place_home" if need.place is Place.HOME else "place_away")]
    return []


def _place(offer: Offer) -> str:
    return offer.place.label if offer.place else offer.label


def _day_parts(offer: Offer, need: Need) -> tuple[int, dict[str, list[Reason]]]:
    reasons: dict[str, list[Reason]] = {"fits": [], "misfits": [], "unknowns": []}
    if not need.day_parts or offer.kinds[0] not in RELIEF:
        return 0, reasons
    certain, complete = _offered(offer)
    shared = need.day_parts & certain
    if shared:
        reasons["fits"].append(Reason("day_part", {"day_parts": labels(shared)}))
        return 0, reasons
    if complete:
        reasons["misfits"].append(Reason("other_day_part", {"day_parts": labels(offer.day_parts)}))
        return 12, reasons
    reasons["unknowns"].append(Reason("ask_day_part", {"day_parts": labels(need.day_parts)}))
    return 3, reasons


def _offered(offer: Offer) -> tuple[frozenset[DayPart], bool]:
    """The parts of the week it certainly covers, and whether the source lists them all."""
    if offer.day_parts:
        within = _WITHIN_A_DAY if DayPart.FULL_DAY in offer.day_parts else frozenset()
        return offer.day_parts | within, True
    overnight = offer.kinds[0] in OVERNIGHT_KINDS or offer.kinds[0] is OfferKind.NIGHT_CARE
    return (frozenset({DayPart.NIGHT}) if overnight else frozenset()), False
