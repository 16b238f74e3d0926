"""The parts of a comparison that ``ranking.py`` adds up, and what each reads of an offer: equal fields, equal answer.

Which fields a part looks at stands with it (``..._FIELDS``). Tests hold the sum of these parts against ``standing_of``.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from operator import attrgetter
from typing import NamedTuple

from knowledge.matching.care import CARE_FIELDS, care_of
from knowledge.matching.company import COMPANY_FIELDS, TRANSPORT_FIELDS, company_of, transport_of
from knowledge.matching.haste import HASTE_FIELDS, haste_of
from knowledge.matching.kinds import (
    BY_NIGHT,
    FOR_CHILDREN,
    FOR_THE_LAST_PHASE,
    HOME_KINDS,
    OVERNIGHT_KINDS,
    RELIEF,
    WITHOUT_CARE,
)
from knowledge.matching.need import Aspect, Need
from knowledge.matching.reach import REACH_FIELDS
from knowledge.matching.target import TARGET_FIELDS, target_of
from knowledge.matching.wish import WISH_FIELDS, wish_of
from knowledge.offers.record import Offer
from knowledge.vocabulary import AgeGroup, CareDemand, Condition, DayPart, OfferKind, OfferStatus, Transport

Compare = Callable[[Offer, Need], Aspect]
Read = Callable[[Offer], Hashable]
Kinds = tuple[OfferKind, ...]
WISH, COMPANY = 2, 3
_SORT_FIELDS = ("kinds", "place", "young_carers_only")
_INFERRED_AS = {"conditions": "audience", "municipalities": "area"}


class Part(NamedTuple):
    """One part: how it compares, and all that it reads of an offer and of a need."""

    compare: Compare
    read: Read
    asks: Callable[[Need], Hashable]


def _lately(offer: Offer, need: Need) -> Aspect:
    return haste_of(offer, need, just_checked=True)


def _longer_ago(offer: Offer, need: Need) -> Aspect:
    return haste_of(offer, need, just_checked=False)


def _reads(fields: tuple[str, ...], kinds_as: Callable[[Kinds], Hashable]) -> Read:
    """Of what was inferred only what this part looks at: fewer signatures, so more that is compared once."""
    others = attrgetter(*(name for name in fields if name not in ("kinds", "inferred")))
    telling = frozenset(fields) | {_INFERRED_AS[name] for name in fields if name in _INFERRED_AS}

    def read(offer: Offer) -> Hashable:
        return kinds_as(offer.kinds), others(offer), offer.inferred & telling

    return read


def _all(kinds: Kinds) -> Hashable:
    return kinds


def _for_whom(kinds: Kinds) -> Hashable:
    main = kinds[0]
    alone = main if main in (OfferKind.YOUNG_CARER_SUPPORT, OfferKind.STAY_GGZ) else None
    return main in WITHOUT_CARE, main in FOR_CHILDREN, main in FOR_THE_LAST_PHASE, alone


def _care(kinds: Kinds) -> Hashable:
    return kinds[0] in WITHOUT_CARE, kinds[0] in BY_NIGHT


def _company(kinds: Kinds) -> Hashable:
    return kinds[0] in RELIEF, kinds[0] in OVERNIGHT_KINDS, bool(HOME_KINDS & set(kinds))


def _relief(kinds: Kinds) -> Hashable:
    return kinds[0] in RELIEF


_HASTE_ASKS = attrgetter("urgency", "needed_within_weeks")
_WISH_ASKS = attrgetter("kinds", "place", "day_parts", "nights_wanted", "structural")
PARTS = (
    Part(
        target_of,
        _reads(TARGET_FIELDS, _for_whom),
        attrgetter("conditions", "urgency", "loved_one_is_child", "loved_one_age", "carer_is_minor"),
    ),
    Part(care_of, _reads(CARE_FIELDS, _care), attrgetter("demands")),
    Part(wish_of, _reads(WISH_FIELDS, _all), _WISH_ASKS),
    Part(company_of, _reads(COMPANY_FIELDS, _company), attrgetter("urgency", "few_strangers")),
    Part(transport_of, _reads(TRANSPORT_FIELDS, _relief), attrgetter("transport_possible")),
    Part(_longer_ago, _reads(HASTE_FIELDS, _relief), _HASTE_ASKS),
    Part(_lately, _reads(HASTE_FIELDS, _relief), _HASTE_ASKS),
)
"""The last two take each other's place: what changes by the week counts only when it was just checked.

Of ``kinds`` each part tells apart only some; a test holds that against the parts themselves.
"""
HASTE = len(PARTS) - 2
OF_THE_WEEK = _reads((*_SORT_FIELDS, "day_parts", "inferred"), _all)
"""The wish again, for needs that ask nothing of how long or how often; without parts of the week a sort is enough."""
READERS: tuple[Read, ...] = (
    *(part.read for part in PARTS[:-1]),
    OF_THE_WEEK,
    _reads(REACH_FIELDS, _all),
)
REACH = len(READERS) - 1
"""The columns of signatures: of each part, of the wish for parts of the week, and of the reach."""


def best_of(offer: Offer) -> tuple[Offer, ...]:
    """What nobody offers: of the sort of this offer, and for everyone, always, at once; with and without a group."""
    best = replace(
        offer,
        conditions=frozenset(Condition),
        excluded_conditions=frozenset(),
        others_welcome=True,
        ages=frozenset(AgeGroup),
        min_age=None,
        max_age=None,
        accepts=frozenset(CareDemand),
        declines=frozenset(),
        day_parts=frozenset(DayPart),
        min_nights=None,
        max_nights=None,
        structural=None,
        same_faces=True,
        carer_can_stay=True,
        transport=Transport.INCLUDED,
        status=OfferStatus.ACTIVE,
        inferred=frozenset(),
    )
    return best, replace(best, conditions=frozenset())
