"""How an offer answers the wish: kind, place, part of the week, how long. A wish ranks, it never excludes."""

from __future__ import annotations

from knowledge.matching.kinds import DAY_KINDS, FAMILIES, HOME_KINDS, OVERNIGHT_KINDS, RELIEF
from knowledge.matching.need import Aspect, Need, Reason, joined
from knowledge.matching.target import labels
from knowledge.offers.record import Offer
from knowledge.vocabulary import DayPart, OfferKind, Place

WISH_FIELDS = (
    "kinds", "place", "day_parts", "min_nights", "max_nights", "structural", "young_carers_only", "inferred",
)  # fmt: skip
"""The fields of an offer on which this depends; the reasons also name its ``kind_label``."""

# * Outweighs all other points together but a bad experience: R41 holds whatever else differs.
PREFERENCE_POINTS = 400
ALSO_THE_KIND, AKIN = 8, 10
OTHER_DAY_PART, DAY_PART_UNKNOWN = 12, 3
OTHER_LENGTH, ONLY_ONCE = 8, 8
_SUPPORT_POINTS = {OfferKind.CARER_SUPPORT_CENTRE: 0, OfferKind.MUNICIPAL_ACCESS: 10, OfferKind.HELPLINE: 20}
_OTHER_SUPPORT = 30

_WITHIN_A_DAY = frozenset({DayPart.MORNING, DayPart.AFTERNOON})


def wish_of(offer: Offer, need: Need) -> Aspect:
    """How the offer answers the wish; less wished never means less met."""
    order = Aspect(points=_order_points(offer, need))
    return joined(
        (order, _kind_and_place(offer, need), _day_parts(offer, need), _length(offer, need), _rhythm(offer, need))
    )


def is_named(offer: Offer, need: Need) -> bool:
    """Is it, among other things, of the very kind she wished for?"""
    return bool(need.kinds & set(offer.kinds))


def is_main(offer: Offer, need: Need) -> bool:
    """Real relief, or exactly what she asked for; the rest helps to look further. A holiday only when asked for."""
    if is_named(offer, need) or offer.young_carers_only:
        return True
    return offer.kinds[0] in RELIEF and offer.kinds[0] is not OfferKind.HOLIDAY


def preference(offer: Offer) -> int:
    """Without a wish: taking over at home first, then day, then staying elsewhere, then the rest (R41)."""
    main = offer.kinds[0]
    if main in HOME_KINDS or main is OfferKind.SUPPORT_FAMILY or offer.young_carers_only:
        return 0
    if main in DAY_KINDS:
        return 1
    return 2 if main in OVERNIGHT_KINDS else 3


def _order_points(offer: Offer, need: Need) -> int:
    if not is_main(offer, need):
        return _SUPPORT_POINTS.get(offer.kinds[0], _OTHER_SUPPORT)
    if need.kinds or need.place not in (None, Place.EITHER):
        return 0
    return PREFERENCE_POINTS * preference(offer)


def _kind_and_place(offer: Offer, need: Need) -> Aspect:
    named = is_named(offer, need)
    points = _kind_points(offer, need, named=named)
    if not (named or not need.kinds or _related(offer, need)):
        values = {"kind": offer.label}
        return Aspect(
            met=False, points=points, misfits=(Reason("other_kind", values),),
            would_fit=(Reason("would_other_kind", values),),
        )  # fmt: skip
    if need.place in (Place.HOME, Place.AWAY) and offer.place not in (need.place, Place.EITHER, None):
        values = {"place": _place(offer)}
        return Aspect(
            met=False, points=points, misfits=(Reason("other_place", values),),
            would_fit=(Reason("would_other_place", values),),
        )  # fmt: skip
    return Aspect(points=points, fits=_wished(offer, need, named=named))


def _kind_points(offer: Offer, need: Need, *, named: bool) -> int:
    """What it mainly is comes before what it also is (a scheme to apply for), and that before what is akin."""
    if not need.kinds or offer.kinds[0] in need.kinds:
        return 0
    return ALSO_THE_KIND if named else AKIN


def _related(offer: Offer, need: Need) -> bool:
    return any(family & need.kinds and family & set(offer.kinds) for family in FAMILIES)


def _wished(offer: Offer, need: Need, *, named: bool) -> tuple[Reason, ...]:
    if named:
        chosen = next(kind for kind in offer.kinds if kind in need.kinds)
        label = offer.label if chosen is offer.kinds[0] else chosen.label
        return (Reason("kind_wished", {"kind": label}),)
    if need.place in (Place.HOME, Place.AWAY) and offer.place is need.place:
        return (Reason("place_home" if need.place is Place.HOME else "place_away"),)
    return ()


def _place(offer: Offer) -> str:
    return offer.place.label if offer.place else offer.label


def _day_parts(offer: Offer, need: Need) -> Aspect:
    if not need.day_parts or offer.kinds[0] not in RELIEF:
        return Aspect()
    certain, complete = _offered(offer)
    shared = need.day_parts & certain
    if shared:
        return Aspect(fits=(Reason("day_part", {"day_parts": labels(shared)}),))
    if not complete:
        return Aspect(
            unknowns=(Reason("ask_day_part", {"day_parts": labels(need.day_parts)}),), points=DAY_PART_UNKNOWN
        )
    values = {"day_parts": labels(offer.day_parts)}
    return Aspect(
        met=False, points=OTHER_DAY_PART, misfits=(Reason("other_day_part", values),),
        would_fit=(Reason("would_other_day_part", values),),
    )  # fmt: skip


def _offered(offer: Offer) -> tuple[frozenset[DayPart], bool]:
    """The parts of the week it certainly covers, and whether the source lists them all."""
    if offer.day_parts and "day_parts" not in offer.inferred:
        within = _WITHIN_A_DAY if DayPart.FULL_DAY in offer.day_parts else frozenset()
        return offer.day_parts | within, True
    overnight = offer.kinds[0] in OVERNIGHT_KINDS or offer.kinds[0] is OfferKind.NIGHT_CARE
    return (frozenset({DayPart.NIGHT}) if overnight else frozenset()), False


def _length(offer: Offer, need: Need) -> Aspect:
    """How many nights in a row. Longer than she wants is a near miss; a stay that is too short is only said."""
    least, most, wanted = offer.min_nights, offer.max_nights, need.nights_wanted
    misfits = []
    if least and least > 1:
        misfits.append(Reason("min_stay", {"nights": str(least)}))
    if most:
        misfits.append(Reason("max_stay", {"nights": str(most)}))
    too_long = least is not None and wanted is not None and least > wanted
    too_short = most is not None and wanted is not None and most < wanted
    return Aspect(
        met=not too_long,
        points=OTHER_LENGTH if too_long or too_short else 0,
        misfits=tuple(misfits),
        would_fit=(Reason("would_longer_stay", {"nights": str(least)}),) if too_long else (),
    )


def _rhythm(offer: Offer, need: Need) -> Aspect:
    """Once, or again and again (R42, R52). What may recur may be possible once too, so that is asked."""
    if need.structural is None or offer.kinds[0] not in RELIEF:
        return Aspect()
    offered = None if "structural" in offer.inferred else offer.structural
    if need.structural is False:
        once = offered is False
        return Aspect(fits=(Reason("once"),)) if once else Aspect(unknowns=(Reason("ask_once"),))
    if offered is None:
        return Aspect(unknowns=(Reason("ask_regular"),))
    if offered:
        return Aspect(fits=(Reason("regular"),))
    return Aspect(
        met=False, points=ONLY_ONCE, misfits=(Reason("only_once"),), would_fit=(Reason("would_once"),)
    )  # fmt: skip
