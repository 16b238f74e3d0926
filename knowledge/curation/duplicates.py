"""Offers that look like the same one kept twice: for the editors' desk, and for imports. A hint, never a decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from knowledge.offers.record import Offer
from knowledge.places.names import key_of
from knowledge.vocabulary import OfferStatus, Scope

SAME_NAME = 92  # * from this agreement of names on (0-100), in one place
_MOST_COMPARED = 1_000  # names in one place; of more, only those that stand close in the alphabet are compared


@dataclass(frozen=True)
class Likeness:
    """Two offers, by id, that may be one.

    ``why``: ``same_kind_there`` (organisation and main kind) or ``same_name_there``. ``place``: the
    municipality, or the words of the area, that they share.
    """

    one: str
    other: str
    why: str
    place: str


def find_duplicates(offers: Iterable[Offer], among: Collection[str] | None = None) -> tuple[Likeness, ...]:
    """Each offer with the first that it looks like, in the order of ``offers``; ended ones are left out.

    Given ``among``, only likenesses in which one of these ids takes part.
    """
    open_ones = [offer for offer in offers if offer.status is not OfferStatus.ENDED]
    wanted = None if among is None else frozenset(among)
    by_place: dict[str, list[int]] = defaultdict(list)
    for number, offer in enumerate(open_ones):
        for place in _places(offer):
            by_place[place].append(number)
    found: dict[tuple[int, int], tuple[str, str]] = {}
    for place, numbers in by_place.items():
        if len(numbers) < 2 or (wanted is not None and not any(open_ones[each].id in wanted for each in numbers)):
            continue
        for pair in _same_kind(open_ones, numbers):
            found.setdefault(pair, ("same_kind_there", place))
        for pair in _same_name(open_ones, numbers):
            found.setdefault(pair, ("same_name_there", place))
    likenesses = (
        Likeness(open_ones[one].id, open_ones[other].id, why, place)
        for (one, other), (why, place) in sorted(found.items())
    )
    return tuple(each for each in likenesses if wanted is None or each.one in wanted or each.other in wanted)


def _places(offer: Offer) -> tuple[str, ...]:
    if offer.municipalities:
        return offer.municipalities
    return (Scope.NATIONAL.label,) if offer.scope is Scope.NATIONAL else (offer.area,)


def _same_kind(offers: Sequence[Offer], numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    first: dict[tuple[str, str], int] = {}
    for number in numbers:
        offer = offers[number]
        known = first.setdefault((key_of(offer.organisation), offer.kinds[0].value), number)
        if known != number:
            yield known, number


def _same_name(offers: Sequence[Offer], numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Names are compared as sets of words in order: "De Opstap, logeerhuis" is "Logeerhuis De Opstap"."""
    names = {number: _sorted_words(offers[number].name) for number in numbers}
    for stretch in _stretches(numbers, names):
        there = [names[number] for number in stretch]
        alike = process.cdist(there, there, scorer=fuzz.ratio, score_cutoff=SAME_NAME, dtype=np.uint8)
        earlier = np.tril(alike, -1) >= SAME_NAME
        for row in np.flatnonzero(earlier.any(axis=1)):
            yield stretch[int(earlier[row].argmax())], stretch[int(row)]


def _stretches(numbers: Sequence[int], names: dict[int, str]) -> Iterator[Sequence[int]]:
    if len(numbers) <= _MOST_COMPARED:
        yield numbers
        return
    by_name = sorted(numbers, key=lambda number: names[number])
    for start in range(0, len(by_name), _MOST_COMPARED):
        yield sorted(by_name[start : start + _MOST_COMPARED])


def _sorted_words(name: str) -> str:
    words = "".join(letter if letter.isalnum() else " " for letter in name.casefold()).split()
    return " ".join(sorted(words))
