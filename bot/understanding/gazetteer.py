"""The names of places as they stand in running text: by their first word, however they are joined or shortened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.understanding.phrasebook import LEXICON
from bot.understanding.text import fold
from knowledge.places.regions import Regions
from knowledge.yaml_files import read_yaml

PART = re.compile(r"[^\W_]+")
_MOST_PARTS = 6
_LEAST_JOINED = 6
_SHORTER = {"sint": "st", "den": "de", "sinte": "st"}


@dataclass(frozen=True)
class PlaceRules:
    """The lists of ``lexicon/places.yml``."""

    common: frozenset[str]
    before: frozenset[str]
    living: frozenset[str]
    never: frozenset[str]
    not_postcode_letters: frozenset[str]
    not_postcode_words: frozenset[str]
    titles: frozenset[str]
    of_place: frozenset[str]
    near_before: frozenset[str]
    near_after: tuple[str, ...]
    elsewhere: frozenset[str]


@dataclass(frozen=True)
class Named:
    """A name in words, how it is looked up, and the municipality when that is a list of ours rather than the tables.

    ``certain``: a nickname of the municipality itself.
    """

    words: tuple[str, ...]
    name: str
    municipality: str = ""
    certain: bool = False


@lru_cache(maxsize=1)
def _lists() -> dict[str, Any]:
    data: dict[str, Any] = read_yaml((LEXICON / "places.yml").read_text(encoding="utf-8"))
    return data


@lru_cache(maxsize=1)
def place_rules() -> PlaceRules:
    """The lists, read once."""
    data = _lists()
    sets = {name: frozenset(map(fold, data[name])) for name in data if isinstance(data[name], list)}
    return PlaceRules(
        common=sets["common_words"],
        before=sets["before_place"],
        living=sets["living"],
        never=sets["never"],
        not_postcode_letters=sets["not_postcode_letters"],
        not_postcode_words=sets["not_postcode_words"],
        titles=sets["titles"],
        of_place=sets["of_place"],
        near_before=sets["near_before"],
        near_after=tuple(data["near_after"]),
        elsewhere=sets["elsewhere"],
    )


@lru_cache(maxsize=4)
def gazetteer(regions: Regions) -> dict[str, tuple[Named, ...]]:
    """Every name by its first word, the longest first."""
    known: dict[tuple[str, ...], Named] = {}
    for named in (*_own_names(), *(Named(_parts(name), name) for name in regions.names())):
        if named.words and len(named.words) <= _MOST_PARTS:
            known.setdefault(named.words, named)
    for named in list(known.values()):
        for words in _variants(named.words):
            known.setdefault(words, Named(words, named.name, named.municipality, named.certain))
    by_first: dict[str, list[Named]] = {}
    for named in known.values():
        by_first.setdefault(named.words[0], []).append(named)
    return {first: tuple(sorted(names, key=lambda one: -len(one.words))) for first, names in by_first.items()}


def own_places() -> Iterator[tuple[str, str, bool]]:
    """The nicknames and hamlets of the lexicon: name, municipality, and whether that is certain."""
    for section, certain in (("nicknames", True), ("hamlets", False)):
        for municipality, names in _lists()[section].items():
            for name in names:
                yield str(name), str(municipality), certain


def _own_names() -> Iterator[Named]:
    for name, municipality, certain in own_places():
        yield Named(_parts(name), name, municipality, certain)


def _parts(name: str) -> tuple[str, ...]:
    return tuple(PART.findall(fold(name)))


def _variants(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """ "Sint" as "st", "aan den" as "aan de", and all in one ("denhaag", "terapel")."""
    shorter = (
        _SHORTER.get(words[0], words[0]) if words[0] != "den" else "den",
        *(_SHORTER.get(word, word) for word in words[1:]),
    )
    if shorter != words:
        yield shorter
    joined = "".join(words)
    if len(words) > 1 and len(joined) >= _LEAST_JOINED:
        yield (joined,)
