"""Finds the phrases of the lexicon in a text, in one pass over its words.

A phrase in the YAML is written as people say it, with four marks: ``hers*`` is any ending, ``_`` is up to three words
in between, ``(a|b)`` a choice, ``[x]`` a word that may be left out. ``<name>`` stands for a choice named in shared.yml.
A phrase begins with a plain word, or two plain letters of one, because phrases are looked up by their first word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from bot.understanding.text import WORD, clause_start, fold, words_after, words_before
from knowledge.yaml_files import read_yaml

LEXICON = Path(__file__).parent / "lexicon"
# No run is without end: a dash is in a word and also between words, so a line of them could be split anywhere.
_INSIDE = r"[\w'-]{0,60}"
_SPACE = r"[^\w.!?;\n]{1,60}"
# A "niet" in the gap turns the phrase round: "woont _ bij mij" is not in "woont niet bij mij".
_GAP = rf"(?:{_SPACE}(?!(?:niet|geen|nooit)\b)\w{_INSIDE}){{0,3}}?"
_TOKEN = re.compile(r"\([^)]*\)|\[[^\]]*\]|[^\s(\[]+")
_SELF = {"ik", "we", "wij", "ben", "heb", "voel", "mezelf", "mijzelf"}
_OTHERS = {
    "hij",
    "zij",
    "ze",
    "is",
    "heeft",
    "voelt",
    "man",
    "vrouw",
    "moeder",
    "vader",
    "zoon",
    "dochter",
    "broer",
    "zus",
    "ma",
    "pa",
    "mam",
    "pap",
    "oma",
    "opa",
    "iemand",
    "hem",
    "haar",
}
_NOT = {"niet", "geen", "nooit", "niks", "nergens", "zonder"}


@dataclass(frozen=True)
class Hit:
    """A phrase of the lexicon in the text: its room (file), its value, and where it stands."""

    room: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class _Phrase:
    room: str
    value: str
    pattern: re.Pattern[str]


@dataclass
class _Room:
    """How one lexicon file is read: what cancels a phrase, and whether it must be about the speaker herself."""

    name: str
    negated_before: int = 0
    negated_after: int = 0
    cancelled_by: frozenset[str] = frozenset()
    about_self: bool = False
    about_anyone: frozenset[str] = frozenset()


class Phrasebook:
    """All lexicon files, ready to be looked up. Raises ``ValueError`` on a phrase that cannot be looked up."""

    def __init__(self, files: dict[str, dict[str, Any]], choices: dict[str, list[str]]) -> None:
        self._choices = {name: "(" + "|".join(words) + ")" for name, words in choices.items()}
        self._exact: dict[str, list[_Phrase]] = {}
        self._prefix: dict[str, list[_Phrase]] = {}
        self._rooms: dict[str, _Room] = {}
        self._fuzzy: dict[str, dict[str, list[tuple[str, str]]]] = {}
        for room, content in files.items():
            self._add_room(room, content)

    @classmethod
    def load(cls, folder: Path = LEXICON) -> Phrasebook:
        """Read every file of phrases in ``folder``."""
        shared = read_yaml((folder / "shared.yml").read_text(encoding="utf-8"))
        files = {path.stem: read_yaml(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.yml"))}
        return cls({room: content for room, content in files.items() if "phrases" in content}, shared["choices"])

    def find(self, folded: str) -> list[Hit]:
        """Every phrase in the folded text that is not denied there, in order; the longest first where they overlap."""
        hits: dict[tuple[str, str, int], Hit] = {}
        for word in WORD.finditer(folded):
            for phrase in self._candidates(word.group()):
                match = phrase.pattern.match(folded, word.start())
                if match is not None:
                    self._keep(hits, Hit(phrase.room, phrase.value, match.start(), match.end()), folded)
            for room, value in self._misspelt(word.group()):
                self._keep(hits, Hit(room, value, word.start(), word.end()), folded)
        return sorted(hits.values(), key=lambda hit: (hit.start, -hit.end))

    def values(self, room: str) -> set[str]:
        """Every value that a file of the lexicon has phrases for."""
        phrases = (phrase for bucket in (self._exact, self._prefix) for found in bucket.values() for phrase in found)
        return {phrase.value for phrase in phrases if phrase.room == room}

    def _keep(self, hits: dict[tuple[str, str, int], Hit], hit: Hit, folded: str) -> None:
        key = (hit.room, hit.value, hit.start)
        if (key not in hits or hits[key].end < hit.end) and not self._denied(hit, folded):
            hits[key] = hit

    def _candidates(self, word: str) -> list[_Phrase]:
        return self._exact.get(word, []) + self._prefix.get(word[:2], [])

    def _misspelt(self, word: str) -> list[tuple[str, str]]:
        if len(word) < 7 or word in self._exact:
            return []
        known = self._fuzzy.get(word[0])
        if not known:
            return []
        best = process.extractOne(word, known.keys(), scorer=fuzz.ratio, score_cutoff=88)
        return known[best[0]] if best else []

    def _denied(self, hit: Hit, folded: str) -> bool:
        room = self._rooms[hit.room]
        before = words_before(folded, hit.start, max(room.negated_before, 6))
        if room.about_self and hit.value not in room.about_anyone and _is_about_other(folded, hit):
            return True
        near = before[-room.negated_before :] if room.negated_before else []
        if _says_not(near):
            return True
        after = words_after(folded, hit.end, room.negated_after) if room.negated_after else []
        if _says_not(after):
            return True
        return bool(room.cancelled_by.intersection(after[:3])) or bool(room.cancelled_by.intersection(before[-2:]))

    def _add_room(self, name: str, content: dict[str, Any]) -> None:
        rules = content.get("rules", {})
        room = _Room(
            name,
            rules.get("negated_before", 0),
            rules.get("negated_after", 0),
            frozenset(rules.get("cancelled_by", ())),
            bool(rules.get("about_self", False)),
            frozenset(rules.get("about_anyone", ())),
        )
        self._rooms[name] = room
        for value, phrases in content["phrases"].items():
            for phrase in phrases:
                self._add_phrase(room, str(value), fold(str(phrase)))
            if rules.get("fuzzy"):
                self._add_fuzzy(name, str(value), [fold(str(phrase)) for phrase in phrases])

    def _add_fuzzy(self, room: str, value: str, phrases: list[str]) -> None:
        for phrase in phrases:
            word = phrase.rstrip("*")
            if len(word) >= 8 and word.isalpha():
                self._fuzzy.setdefault(word[0], {}).setdefault(word, []).append((room, value))

    def _add_phrase(self, room: _Room, value: str, phrase: str) -> None:
        for name, choice in self._choices.items():
            phrase = phrase.replace(f"<{name}>", choice)
        variants = _first_words(_TOKEN.findall(phrase))
        for variant in variants:
            first = variant[0]
            plain = WORD.match(first)
            if plain is None or (len(plain.group()) < 2 and plain.group() != first):
                if len(variants) > 1:
                    continue
                raise ValueError(f"phrase {phrase!r} in {room.name} must begin with a plain word")
            entry = _Phrase(room.name, value, re.compile(_pattern(variant)))
            if plain.group() == first:
                self._exact.setdefault(first, []).append(entry)
            else:
                self._prefix.setdefault(first[:2], []).append(entry)


def _says_not(words: list[str]) -> bool:
    """Is there a denial among these words ("niet alleen" and "niet meer zonder" are none)?"""
    for index, word in enumerate(words):
        if word in _NOT and words[index + 1 : index + 2] not in (["alleen"], ["goed"], ["te"], ["zonder"]):
            return True
    return False


def _is_about_other(folded: str, hit: Hit) -> bool:
    """Does the nearest subject before the phrase belong to somebody else ("hij is doodmoe")?"""
    words = WORD.findall(folded, clause_start(folded, hit.start), hit.end)
    own = [index for index, word in enumerate(words) if word in _SELF]
    others = [index for index, word in enumerate(words) if word in _OTHERS]
    return bool(others) and not own and others[0] < len(words) - 1


def _first_words(tokens: list[str]) -> list[list[str]]:
    """The same phrase once for every way its first word can read."""
    first, rest = tokens[0], tokens[1:]
    if first.startswith("[") and first.endswith("]"):
        return _first_words([first[1:-1], *rest]) + _first_words(rest)
    if first.startswith("(") and first.endswith(")"):
        return [[*choice.split(), *rest] for choice in first[1:-1].split("|")]
    return [tokens]


def _pattern(tokens: list[str]) -> str:
    parts: list[str] = []
    joint = ""
    for token in tokens:
        if token == "_":  # noqa: S105 - the mark for a gap, not a secret
            parts.append(_GAP)
            continue
        optional = token.startswith("[") and token.endswith("]")
        word = _word(token[1:-1] if optional else token)
        parts.append(f"(?:{joint}{word})?" if optional else joint + word)
        joint = _SPACE
    return "".join(parts) + r"(?![\w])"


def _word(token: str) -> str:
    if token.startswith("(") and token.endswith(")"):
        return "(?:" + "|".join(_word(choice) for choice in token[1:-1].split("|")) + ")"
    return _SPACE.join(_INSIDE.join(re.escape(part) for part in word.split("*")) for word in token.split())
