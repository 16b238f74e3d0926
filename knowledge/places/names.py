"""Place names as people type them: without accents, apostrophes or hyphens, with old names and typing errors."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from knowledge.places.regions import Municipality

# A suffix that only tells places of one name apart: "Bergen (NH.)", "Spaarndam gem. Haarlem".
_SUFFIX = re.compile(r"\s*(?:\(([^)]*)\)|gem\. .*)$", re.IGNORECASE)
_LEAD_IN = re.compile(r"^(?:(?:in|te|uit|bij|nabij|de gemeente|gemeente|gem\.|de stad|het dorp)\s+)+", re.IGNORECASE)
_PROVINCE_HINTS = {
    "nh": "Noord-Holland", "noordholland": "Noord-Holland", "zh": "Zuid-Holland", "zuidholland": "Zuid-Holland",
    "l": "Limburg", "lb": "Limburg", "li": "Limburg", "limburg": "Limburg", "nb": "Noord-Brabant",
    "brabant": "Noord-Brabant", "noordbrabant": "Noord-Brabant", "gld": "Gelderland", "gelderland": "Gelderland",
    "ov": "Overijssel", "overijssel": "Overijssel", "ut": "Utrecht", "utrecht": "Utrecht", "dr": "Drenthe",
    "drenthe": "Drenthe", "gn": "Groningen", "gr": "Groningen", "groningen": "Groningen", "fr": "Friesland",
    "friesland": "Friesland", "fryslan": "Friesland", "zld": "Zeeland", "zeeland": "Zeeland", "fl": "Flevoland",
    "flevoland": "Flevoland",
}  # fmt: skip
_MOST_HITS = 6


@dataclass(frozen=True)
class PlaceHit:
    """A place a typed name may mean. ``score`` is 100 for an exact name, else how much of it agrees (0-100)."""

    name: str
    municipality: str
    exact: bool
    score: float


class PlaceNames:
    """An index of names; each may belong to several municipalities."""

    def __init__(self, named: Iterable[tuple[str, Municipality]]) -> None:
        self._by_key: dict[str, dict[Municipality, str]] = defaultdict(dict)
        self._display: dict[str, None] = {}
        for name, municipality in named:
            shown = _SUFFIX.sub("", name)
            self._display[shown] = None
            for form in {name, shown}:
                self._by_key[key_of(form)].setdefault(municipality, shown)
        self._keys = list(self._by_key)

    def all(self) -> tuple[str, ...]:
        """Every name once, without the suffixes that only tell places apart."""
        return tuple(self._display)

    def find(self, text: str) -> tuple[PlaceHit, ...]:
        """Exact hits if there are any, else the best guesses within a few typing errors.

        The municipality that bears the name comes first, then the one with most residents.
        """
        typed = _LEAD_IN.sub("", text.strip().strip(".,!?"))
        key = key_of(typed)
        if not key or len(key) > 40:
            return ()
        return self._exact(key) or self._in_province(typed) or self._misspelt(key)

    def _exact(self, key: str) -> tuple[PlaceHit, ...]:
        return self._hits([key], key) if key in self._by_key else ()

    def _in_province(self, typed: str) -> tuple[PlaceHit, ...]:
        """A name with its province behind it: "Laren Gelderland", "Bergen (NH)"."""
        words = re.split(r"[\s,(]+", typed)
        for cut in range(1, min(3, len(words))):
            province = _PROVINCE_HINTS.get(key_of("".join(words[-cut:])))
            places = self._by_key.get(key_of("".join(words[:-cut])), {})
            there = {place: name for place, name in places.items() if place.province == province}
            if there:
                return tuple(PlaceHit(name, place.name, True, 100.0) for place, name in there.items())
        return ()

    def _misspelt(self, key: str) -> tuple[PlaceHit, ...]:
        """One error from five letters on, two from nine: fewer letters carry too little to guess from."""
        allowed = 0 if len(key) < 5 else 1 if len(key) < 9 else 2
        if not allowed or sum(letter.isalpha() for letter in key) < 5:
            return ()
        found = process.extract(key, self._keys, scorer=OSA.distance, score_cutoff=allowed, limit=_MOST_HITS)
        best = min((distance for _, distance, _ in found), default=0)
        return self._hits([name for name, distance, _ in found if distance == best], key)

    def _hits(self, keys: Iterable[str], typed: str) -> tuple[PlaceHit, ...]:
        hits = [
            (PlaceHit(name, place.name, key == typed, round(OSA.normalized_similarity(key, typed) * 100, 1)), place)
            for key in keys
            for place, name in self._by_key[key].items()
        ]
        hits.sort(key=lambda hit: (-hit[0].score, not _own_name(*hit), -hit[1].residents, hit[1].name))
        first: dict[str, PlaceHit] = {}
        for hit, place in hits:
            first.setdefault(place.name, hit)
        return tuple(first.values())[:_MOST_HITS]


def _own_name(hit: PlaceHit, place: Municipality) -> bool:
    return key_of(_SUFFIX.sub("", place.name)) == key_of(hit.name)


def key_of(name: str) -> str:
    """A name without case, accents, spaces, apostrophes and hyphens: "'s-Gravenhage" -> "sgravenhage"."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if letter.isalnum())
