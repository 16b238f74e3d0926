"""Places and postcodes in running text, and whose they are: "wij wonen in zwolle, mijn moeder in Deventr"."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.reading import LovedOne, PlaceMention
from bot.understanding.gazetteer import PART, Named, gazetteer, place_rules
from bot.understanding.relations import all_person_words
from bot.understanding.surroundings import Surroundings
from bot.understanding.text import evidence, fold
from knowledge.places.names import PlaceHit, key_of
from knowledge.places.regions import Regions, Spot

_POSTCODE = re.compile(r"\b([1-9]\d{3})(?:( ?)([a-z]{2}))?\b")
_POSTCODE_WORD = re.compile(r"\bpost ?code\b|\bpc\b")
_JOINT = re.compile(r"[\s'/.-]{1,3}$")
_SUFFIX = re.compile(r"\s*\([^)]*\)$")
_CARER = {"ik", "wij", "we", "ons", "mij", "hier", "onze"}
_HINT_AFTER = re.compile(
    r"[\s,(]+(?:in |provincie )?((?:noord|zuid)[ -]?holland|(?:noord-?)?brabant|limburg|gelderland|overijssel|"
    r"utrecht|drenthe|"
    r"groningen|friesland|fryslan|zeeland|flevoland|nh|zh|nb|gld|ov|ut|dr|gn|gr|fr|zld|fl|lb|l)\b"
)
_BESIDE = re.compile(r"\W+(?:vlak ?bij|dicht ?bij|bij|onder|in de buurt van|naast)\W+")
_AND = re.compile(r"\s+en\s+")
_BEFORE_GUESS = {"in", "uit", "te", "gemeente"}
_MOST_WORDS, _FEW_WORDS = 5, 2
_SHORTEST_GUESS, _GUESS_WITHIN = 5, 2000


def read_places(
    text: str, folded: str, regions: Regions, loved_ones: tuple[LovedOne, ...] = ()
) -> tuple[PlaceMention, ...]:
    """Every place and postcode in the text, in order; a place and a postcode of the same town are two mentions.

    "Tussen Assen en Groningen" is one mention with two municipalities. ``loved_ones`` tells whose home counts.
    """
    reader = _PlaceReader(text, folded, regions, Surroundings(text, folded, loved_ones))
    found = [*reader.postcodes(), *reader.names()]
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
    rules = place_rules()
    skipped = rules.before | rules.living | rules.near_before | _CARER
    words = [match for match in PART.finditer(folded) if match.group() not in skipped]
    if not words or len(words) > _MOST_WORDS:
        return ()
    reader = _PlaceReader(text, folded, regions, Surroundings(text, folded, ()))
    whole = reader.look_up(words[0].start(), words[-1].end())
    parts = (reader.look_up(word.start(), word.end()) for word in words)
    guesses_count = len(words) <= _FEW_WORDS  # in a longer sentence a word that merely looks like a village is none
    lone = len(words) == 1  # "een medewerker" is not in Een
    found_part = next(
        (
            part
            for part, word in zip(parts, words, strict=True)
            if part is not None and (part.exact or guesses_count) and (lone or word.group() not in rules.common)
        ),
        None,
    )
    mention = whole or found_part
    return (mention,) if mention else ()


@dataclass(frozen=True)
class _PlaceReader:
    """The places in one text."""

    text: str
    folded: str
    regions: Regions
    around: Surroundings

    def postcodes(self) -> list[PlaceMention]:
        """Postcodes with their letters, or four digits where a postcode is expected."""
        folded, rules = self.folded, place_rules()
        asked = bool(_POSTCODE_WORD.search(folded)) or len(folded.strip(" .!?")) <= 7
        found = []
        for match in _POSTCODE.finditer(folded):
            digits, space, letters = match.groups()
            spoken = letters in rules.not_postcode_letters or (space and letters in rules.not_postcode_words)
            end = match.end(1) if not letters or spoken else match.end()
            if (not letters or spoken) and not asked and not self._name_follows(match.end(1)):
                continue
            postcode = self.regions.by_postcode(digits)
            if postcode is not None:
                hit = PlaceHit(postcode.place, postcode.municipality, True, 100.0)
                found.append(replace(self._mention(match.start(), end, (hit,)), postcode=digits, derived=True))
        return found

    def names(self) -> list[PlaceMention]:
        """Names of places, exact ones anywhere, misspelt ones where somebody lives."""
        found: list[PlaceMention] = []
        words = list(PART.finditer(self.folded))
        index = 0
        while index < len(words):
            mention, used = self._name_at(words, index)
            if mention is not None:
                last = found[-1] if found else None
                joint = self.folded[last.evidence.end : mention.evidence.start] if last else ""
                if last is not None and _BESIDE.fullmatch(joint):
                    found[-1] = self._beside(last, mention)
                elif last is not None and _AND.fullmatch(joint) and self.around.is_between(last.evidence.start):
                    found[-1] = self._between(last, mention)
                else:
                    found.append(mention)
            index += used
        return found

    def look_up(self, start: int, end: int, named: Named | None = None) -> PlaceMention | None:
        """What stands between ``start`` and ``end``, as a place, or ``None``."""
        if named is not None and named.municipality:
            place = self.regions.spoken(named.municipality) if named.certain else self.text[start:end]
            hits: tuple[PlaceHit, ...] = (PlaceHit(place, named.municipality, True, 100.0),)
        else:
            hits = self.regions.find_place(named.name if named else self.text[start:end])
        if len(hits) > 1:
            hint = _HINT_AFTER.match(self.folded, end)
            there = self.regions.find_place(f"{hits[0].name} {hint[1]}") if hint else ()
            if hint and there and there[0].exact and len(there) < len(hits):
                hits, end = there, hint.end(1) + self.folded.startswith(")", hint.end(1))
        if not hits:
            return None
        return self._mention(start, end, hits)

    def _mention(self, start: int, end: int, hits: tuple[PlaceHit, ...]) -> PlaceMention:
        return PlaceMention(
            typed=self.text[start:end],
            place=hits[0].name,
            municipalities=tuple(dict.fromkeys(hit.municipality for hit in hits)),
            postcode=None,
            exact=hits[0].exact,
            whose=self.around.whose(start),
            evidence=evidence(self.text, start, end),
            derived=all(not self._bears(hit) for hit in hits),
            near=self.around.is_near(start, end),
        )

    def _bears(self, hit: PlaceHit) -> bool:
        """Is the place called like its municipality?"""
        names = (hit.municipality, self.regions.spoken(hit.municipality))
        return key_of(hit.name) in {key_of(_SUFFIX.sub("", name)) for name in names}

    def _name_at(self, words: list[re.Match[str]], index: int) -> tuple[PlaceMention | None, int]:
        first = words[index]
        for named in gazetteer(self.regions).get(first.group(), ()):
            span = words[index : index + len(named.words)]
            if tuple(word.group() for word in span) == named.words and self._are_joined(span):
                start, end = self._from_apostrophe(first.start()), span[-1].end()
                if self._is_meant(named, start, end):
                    return self.look_up(start, end, named), len(named.words)
        if index and words[index - 1].group() in _BEFORE_GUESS and self._may_be_misspelt(first):
            return self.look_up(first.start(), first.end()), 1
        return None, 1

    def _are_joined(self, span: list[re.Match[str]]) -> bool:
        return all(_JOINT.match(self.folded[one.end() : other.start()]) for one, other in pairwise(span))

    def _from_apostrophe(self, start: int) -> int:
        return start - 1 if start and self.folded[start - 1] == "'" and self.folded[start : start + 1] == "s" else start

    def _is_meant(self, named: Named, start: int, end: int) -> bool:
        """Is this name a place here, and not a word or a surname that happens to be a village?"""
        rules, name = place_rules(), " ".join(named.words)
        if name in rules.never or self.around.is_surname(start) or self.around.words_before(start, 1) == ["provincie"]:
            return False
        before = self.around.words_before(start, 4)
        after_preposition = bool(before) and before[-1] in rules.before
        alone = len(self.folded.strip(" .,!?'")) <= end - start
        capital = self.text[start:end].lstrip("'’")[:1].isupper()
        if name in rules.common:
            person = len(before) > 1 and before[-2] in all_person_words()
            lives = bool(rules.living.intersection(before[-3:])) or person
            if name.startswith("de ") and not self.text[start:end].split()[-1][0].isupper():
                return False  # "ik woon in de wijk"
            if before[-1:] == ["gemeente"] and not capital:
                return False  # "mag de gemeente hem weghalen?"
            hinted = _HINT_AFTER.match(self.folded, end) is not None and (capital or not before)
            return (after_preposition and (lives or (capital and start > 0))) or (alone and capital) or hinted
        if len(name) <= 4:
            return after_preposition or alone or (capital and bool(before))
        return True

    def _may_be_misspelt(self, word: re.Match[str]) -> bool:
        """Guessing is slow and risky: only after "in", where somebody lives, in the first part of a long message."""
        rules = place_rules()
        if len(word.group()) < _SHORTEST_GUESS or word.start() >= _GUESS_WITHIN:
            return False
        if word.group() in rules.never or word.group() in rules.common:
            return False
        before = self.around.words_before(word.start(), 6)
        beside_person = len(before) > 1 and before[-2] in all_person_words()
        lives = beside_person or bool(rules.living.intersection(before))
        return lives or self.text[word.start()].isupper()

    def _name_follows(self, position: int) -> bool:
        word = PART.search(self.folded, position, position + 40)
        if word is None or len(word.group()) <= 3 or word.group() in place_rules().common:
            return False
        return word.group() in gazetteer(self.regions)

    def _between(self, one: PlaceMention, other: PlaceMention) -> PlaceMention:
        """ "Tussen Assen en Groningen" may be in either."""
        start, end = one.evidence.start, other.evidence.end
        words = self.text[start:end]
        names = tuple(dict.fromkeys((*one.municipalities[:1], *other.municipalities[:1])))
        exact = one.exact and other.exact
        return PlaceMention(words, words, names, None, exact, one.whose, evidence(self.text, start, end), near=True)

    def _beside(self, one: PlaceMention, other: PlaceMention) -> PlaceMention:
        """ "Rijswijk bij Den Haag": of the places with this name, the one that is nearest."""
        there = Spot(other.municipalities[0])
        distances = {name: self.regions.distance_km(Spot(name), there) for name in one.municipalities}
        nearest = min(distances, key=lambda name: math.inf if distances[name] is None else distances[name] or 0.0)
        start, end = one.evidence.start, other.evidence.end
        words = evidence(self.text, start, end)
        return replace(
            one, municipalities=(nearest,), derived=len(one.municipalities) > 1 or one.derived, evidence=words
        )
