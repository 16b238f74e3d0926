"""Local product names (R58): which offers people may mean when a name of theirs stands in what is typed."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from knowledge.offers.record import Offer

Words = tuple[str, ...]

# * "Er zijn" is the name of a product and of nothing at all: without one longer word a name says too little.
TELLING_LETTERS = 5


class OfferNames:
    """The other names (``aliases``) of offers, to look up in a text. A value: a change gives a new one.

    What a look-up costs depends on the length of the text, not on the number of offers.
    """

    def __init__(self, offers: Iterable[Offer]) -> None:
        found: dict[Words, set[str]] = defaultdict(set)
        self._words: dict[str, tuple[Words, ...]] = {}
        for offer in offers:
            if names := _names(offer):
                self._words[offer.id] = names
                for words in names:
                    found[words].add(offer.id)
        self._ids: Mapping[Words, frozenset[str]] = {words: frozenset(ids) for words, ids in found.items()}
        self._longest = max(map(len, self._ids), default=0)

    def called_in(self, text: str) -> frozenset[str]:
        """The ids of the offers that are named in a text: by whole words, whatever the capitals, accents or hyphens."""
        words = _words(text)
        spans = (words[at : at + length] for at in range(len(words)) for length in range(1, self._longest + 1))
        return frozenset(offer_id for span in spans for offer_id in self._ids.get(span, ()))

    def with_changes(self, changed: Iterable[Offer], touched: Iterable[str]) -> OfferNames:
        """The names after offers were changed or removed (``touched``: the ids of both). These stay as they are."""
        new = {offer.id: names for offer in changed if (names := _names(offer))}
        old = {key: self._words[key] for key in touched if key in self._words}
        if not new and not old:
            return self
        other = object.__new__(OfferNames)
        other._words = {key: names for key, names in self._words.items() if key not in old} | new
        ids = {**self._ids}
        for offer_id, words in _each(old):
            ids[words] = ids[words] - {offer_id}
        for offer_id, words in _each(new):
            ids[words] = ids.get(words, frozenset()) | {offer_id}
        other._ids = {words: found for words, found in ids.items() if found}
        other._longest = max(map(len, other._ids), default=0)
        return other


def _each(names: Mapping[str, tuple[Words, ...]]) -> Iterator[tuple[str, Words]]:
    return ((offer_id, words) for offer_id, each in names.items() for words in each)


def _names(offer: Offer) -> tuple[Words, ...]:
    names = dict.fromkeys(_words(name) for name in offer.aliases)
    return tuple(words for words in names if any(len(word) >= TELLING_LETTERS for word in words))


def _words(text: str) -> Words:
    """The words without capitals and accents: "Wmo-extra" -> ("wmo", "extra")."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = (letter for letter in plain if not unicodedata.combining(letter))
    return tuple("".join(letter if letter.isalnum() else " " for letter in kept).split())
