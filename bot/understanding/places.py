"""Places and postcodes in running text, and whose they are: "wij wonen in zwolle, mijn moeder in Deventr"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from bot.reading import PlaceMention
from bot.understanding.phrasebook import LEXICON
from bot.understanding.relations import all_person_words
from bot.understanding.text import WORD, clause_start, evidence, fold, words_before
from knowledge.regions import Regions

_POSTCODE = re.compile(r"\b([1-9]\d{3})(?:( ?)([a-z]{2}))?\b")
_NOT_LETTERS = {"sa", "sd", "ss"}
_TWO_LETTER_WORDS = {
    "en",
    "is",
    "in",
    "op",
    "we",
    "ik",
    "ze",
    "of",
    "te",
    "om",
    "al",
    "er",
    "nu",
    "uu",
    "ma",
    "pa",
    "na",
    "zo",
    "ja",
    "je",
    "me",
    "kg",
    "km",
    "mg",
    "ml",
    "cm",
    "eu",
    "pm",
    "am",
    "bij",
    "de",
    "uw",
    "ga",
}
_POSTCODE_WORD = re.compile(r"\bpost ?code\b|\bpc\b")
_CARER = {"ik", "wij", "we", "ons", "mij", "hier", "onze"}
_LOVED_ONE = {"hij", "zij", "ze", "hem", "haar", "die"}
_LIVES = {"woon", "woont", "wonen"}
_MOST_WORDS = 5
_FEW_WORDS = 2
_SHORTEST_GUESS, _GUESS_WITHIN = 5, 2000


@dataclass(frozen=True)
class _Rules:
    common: frozenset[str]
    before: frozenset[str]
    living: frozenset[str]
    never: frozenset[str]


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    data: dict[str, Any] = yaml.safe_load((LEXICON / "places.yml").read_text(encoding="utf-8"))
    return _Rules(
        frozenset(data["common_words"]),
        frozenset(data["before_place"]),
        frozenset(data["living"]),
        frozenset(map(fold, data["never"])),
    )


@lru_cache(maxsize=4)
def _gazetteer(regions: Regions) -> dict[str, list[tuple[str, ...]]]:
    """Folded names by their first word, the longest first."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for name in regions.names():
        words = tuple(WORD.findall(fold(name)))
        if words and len(words) <= _MOST_WORDS:
            by_first.setdefault(words[0], []).append(words)
    for names in by_first.values():
        names.sort(key=len, reverse=True)
    return by_first


def read_places(text: str, folded: str, regions: Regions) -> tuple[PlaceMention, ...]:
    """Every place and postcode in the text, in order; a place and a postcode of the same town are two mentions."""
    found = [*_postcodes(text, folded, regions), *_names(text, folded, regions)]
    found.sort(key=lambda one: one.evidence.start)
    kept: list[PlaceMention] = []
    for one in found:
        if not kept or one.evidence.start >= kept[-1].evidence.end:
            kept.append(one)
    return tuple(kept)


def read_place_answer(text: str, regions: Regions) -> tuple[PlaceMention, ...]:
    """The same for an answer to "in welke plaats": a name alone counts, also a common word or a misspelt one."""
    folded = fold(text)
    found = read_places(text, folded, regions)
    if found or len(text) > 80:
        return found
    words = [
        match for match in WORD.finditer(folded) if match.group() not in _rules().before | _rules().living | _CARER
    ]
    if not words or len(words) > _MOST_WORDS:
        return ()
    whole = _look_up(text, folded, words[0].start(), words[-1].end(), regions)
    parts = (_look_up(text, folded, word.start(), word.end(), regions) for word in words)
    guesses_count = len(words) <= _FEW_WORDS  # in a longer sentence a word that merely looks like a village is none
    found_part = next((part for part in parts if part is not None and (part.exact or guesses_count)), None)
    mention = whole or found_part
    return (mention,) if mention else ()


def _postcodes(text: str, folded: str, regions: Regions) -> list[PlaceMention]:
    asked = bool(_POSTCODE_WORD.search(folded)) or len(folded.strip(" .!?")) <= 7
    found = []
    for match in _POSTCODE.finditer(folded):
        digits, space, letters = match.groups()
        spoken = letters and (letters in _NOT_LETTERS or (space and letters in _TWO_LETTER_WORDS))
        end = match.end(1) if not letters or spoken else match.end()
        if (not letters or spoken) and not asked and not _name_follows(folded, match.end(1), regions):
            continue
        postcode = regions.by_postcode(digits)
        if postcode is not None:
            found.append(
                PlaceMention(
                    text[match.start() : end],
                    postcode.place,
                    (postcode.municipality,),
                    digits,
                    True,
                    _whose(folded, match.start()),
                    evidence(text, match.start(), end),
                )
            )
    return found


def _name_follows(folded: str, position: int, regions: Regions) -> bool:
    word = WORD.search(folded, position, position + 40)
    return (
        word is not None
        and word.group() in _gazetteer(regions)
        and word.group() not in _rules().common
        and len(word.group()) > 3
    )


def _names(text: str, folded: str, regions: Regions) -> list[PlaceMention]:
    found: list[PlaceMention] = []
    words = list(WORD.finditer(folded))
    index = 0
    while index < len(words):
        mention, used = _name_at(text, folded, words, index, regions)
        if mention:
            found.append(mention)
        index += used
    return found


def _name_at(
    text: str, folded: str, words: list[re.Match[str]], index: int, regions: Regions
) -> tuple[PlaceMention | None, int]:
    rules, first = _rules(), words[index]
    for name in _gazetteer(regions).get(first.group(), ()):
        span = words[index : index + len(name)]
        if tuple(word.group() for word in span) == name and _is_meant(text, folded, span):
            return _look_up(text, folded, first.start(), span[-1].end(), regions), len(name)
    if first.group() not in rules.never | rules.common and _may_be_misspelt(text, folded, first):
        return _look_up(text, folded, first.start(), first.end(), regions), 1
    return None, 1


def _may_be_misspelt(text: str, folded: str, word: re.Match[str]) -> bool:
    """Guessing is slow and risky: only after "in", where somebody lives, in the first part of a long message."""
    before = words_before(folded, word.start(), 1)
    place_may_follow = before and before[0] in ("in", "uit", "te", "gemeente") and len(word.group()) >= _SHORTEST_GUESS
    return bool(place_may_follow) and word.start() < _GUESS_WITHIN and _lives(folded, word, text)


def _lives(folded: str, word: re.Match[str], text: str) -> bool:
    """May a misspelt place stand here: after a word of living, with a capital, or beside a person?"""
    before = words_before(folded, word.start(), 6, clause=False)
    beside_person = len(before) > 1 and before[-2] in all_person_words()
    return beside_person or bool(_rules().living.intersection(before)) or text[word.start()].isupper()


def _is_meant(text: str, folded: str, span: list[re.Match[str]]) -> bool:
    """Is this name a place here, and not a word that happens to be a village?"""
    rules, start = _rules(), span[0].start()
    name = folded[start : span[-1].end()]
    before = words_before(folded, start, 4, clause=False)
    after_preposition = bool(before) and before[-1] in rules.before
    alone = len(folded.strip(" .,!?")) == len(name)
    capital = text[start].isupper()
    if name in rules.common:
        lives = bool(rules.living.intersection(before[-3:]))
        return (after_preposition and (lives or (capital and start > 0))) or (alone and capital)
    if len(name) <= 4:
        return after_preposition or alone or (capital and bool(before))
    return True


def _look_up(text: str, folded: str, start: int, end: int, regions: Regions) -> PlaceMention | None:
    typed = text[start:end]
    hits = regions.find_place(typed)
    if not hits:
        return None
    municipalities = tuple(dict.fromkeys(hit.municipality for hit in hits))
    return PlaceMention(
        typed, hits[0].name, municipalities, None, hits[0].exact, _whose(folded, start), evidence(text, start, end)
    )


def _whose(folded: str, start: int) -> str:
    """Who lives there: by the verb "wonen" in the clause, else by the nearest person before the place."""
    words = WORD.findall(folded, clause_start(folded, start), start)
    verb = next((index for index in range(len(words) - 1, -1, -1) if words[index] in _LIVES), None)
    if verb is not None:
        with_her = _CARER.intersection(words[verb + 1 :]) or not words[verb].endswith("t")
        elsewhere = words[verb].endswith("n") and not _CARER.intersection(words)
        return "carer" if with_her and not elsewhere else "loved_one"
    for word in reversed(words):
        if word in _CARER:
            return "carer"
        if word in _LOVED_ONE or word in all_person_words():
            return "loved_one"
    return "unknown"
