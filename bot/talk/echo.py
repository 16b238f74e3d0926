"""May a stretch of her own words be said back, and which: "ik ren maar door".

Only what she says of herself, in one whole clause, and never what would shame or frighten to read again. Her spelling
stays as it is. Which words are which stands in ``lexicon/echo.yml``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.profile import Told
from bot.understanding.phrasebook import LEXICON
from bot.understanding.text import fold
from knowledge.yaml_files import read_yaml

LEAST_WORDS, MOST_WORDS = 3, 8
MOST_DIGITS = 2
LEAST_BESIDE = 3
"""So many words she wrote besides: a short message said back whole is a parrot."""
_LEAST_WITH_DIGITS = 5  # "ik ben 16" tells who she is, not how it is
_PLURAL = 5  # letters: in "mijn oma en ik redden het niet" the verb is of two; "ik ben" and "ik ren" are shorter
_SHORT_REST = 2  # after a comma: "ik doe winkel, hond, ouderavonden" is one list
_WORD = re.compile(r"'?[^\W_]+(?:['-][^\W_]+)*")
_CLAUSE = re.compile(r"[^.!?;:,()\[\]\n…\"“”„«»<>{}|/*–—]+")
_JOINT = re.compile(r" (?:en|maar|want|dus)(?= \w)")
_NEW_SENTENCE = frozenset(".!?\n…")


@dataclass(frozen=True)
class Echo:
    """Her words, and ``covers``: the parts of an acknowledgement that need not be said beside them."""

    words: str
    covers: frozenset[str]


@dataclass(frozen=True)
class _Stretch:
    """A piece of the text, from ``start`` to ``end``; ``opens``: it begins a sentence."""

    start: int
    end: int
    opens: bool


def choose_echo(text: str, heard: Sequence[tuple[str, Told]], private: Collection[str] = ()) -> Echo | None:
    """The stretch that may be said back; ``heard``: names of parts with what she told, the one to prefer first.

    ``private``: words that are not repeated (a place). ``None`` when nothing fits, which is most often.
    """
    for name, told in heard:
        at = text.find(told.words) if told.words else -1
        if at < 0:
            continue
        for piece in _around(text, at, at + len(told.words)):
            words = _fit(text, piece, private)
            if words:
                return Echo(words, frozenset({name, *(other for other, one in heard if _within(one.words, words))}))
    return None


def stands_alone(words: str) -> bool:
    """Can these words of hers be read by themselves, between quotes? Not one word, nor half a sentence."""
    folded = [fold(word.group()) for word in _WORD.finditer(words)]
    return len(folded) > 1 and folded[-1] not in _words("trailing") and not _lexicon("never").search(fold(words))


def speaks_of_guilt(text: str) -> bool:
    """Does she say that she feels guilty, ashamed or failing?"""
    return _lexicon("guilt").search(fold(text)) is not None


def _around(text: str, start: int, end: int) -> Iterator[_Stretch]:
    """The clauses that hold the words, whole where they are short, else the part between two joints."""
    for clause in _CLAUSE.finditer(text):
        if clause.end() <= start or clause.start() >= end or _is_left_open(text, clause.end()):
            continue
        opens = not (before := text[: clause.start()].rstrip(" ")) or before[-1] in _NEW_SENTENCE
        if len(_WORD.findall(clause.group())) <= MOST_WORDS:
            yield _Stretch(clause.start(), clause.end(), opens)
            continue
        joints = [joint for joint in _JOINT.finditer(text, clause.start(), clause.end()) if _begins_a_clause(joint)]
        cuts = [clause.start(), *(joint.start() for joint in joints)]
        for low, high in zip(cuts, [*cuts[1:], clause.end()], strict=True):
            if low < end and high > start:
                yield _Stretch(low, high, opens and low == clause.start())


def _begins_a_clause(joint: re.Match[str]) -> bool:
    following = _WORD.match(joint.string, joint.end() + 1)
    return following is not None and fold(following.group()) in _words("new_clause")


def _is_left_open(text: str, end: int) -> bool:
    """A question, an introduction ("ik zeg altijd: ..."), a list or a half sentence does not stand by itself."""
    mark = text[end : end + 1]
    if mark == ",":
        rest = _CLAUSE.match(text, end + 1)
        return rest is None or len(_WORD.findall(rest.group())) <= _SHORT_REST
    return mark == ":" or text[end : end + 3].strip(" ").startswith("?") or mark in ("/", "*", "<", "{", "|")


def _fit(text: str, piece: _Stretch, private: Collection[str]) -> str | None:
    """The piece without the words that lead in and out, if it may be said back."""
    words = _trimmed(list(_WORD.finditer(text, piece.start, piece.end)))
    if not LEAST_WORDS <= len(words) <= MOST_WORDS or len(_WORD.findall(text)) < len(words) + LEAST_BESIDE:
        return None
    chosen = text[words[0].start() : words[-1].end()]
    folded = [fold(word.group()) for word in words]
    if not _says_something_of_herself(folded) or _lexicon("never").search(fold(chosen)):
        return None
    names = [word for word in words if word.group()[:1].isupper() and fold(word.group()) not in _words("herself")]
    if any(word is not words[0] or not piece.opens for word in names):
        return None
    if any(_within(fold(secret), fold(chosen)) for secret in private) or folded[-1] in _words("goes_on"):
        return None
    digits = sum(char.isdigit() for char in chosen)
    if digits > MOST_DIGITS or (digits and len(words) < _LEAST_WITH_DIGITS) or not chosen.isprintable():
        return None
    return chosen


def _trimmed(words: list[re.Match[str]]) -> list[re.Match[str]]:
    while words and (
        fold(words[0].group()) in _words("leading")
        or (fold(words[0].group()) in _words("leading_before_herself") and _is_herself(words[1:2]))
    ):
        words = words[1:]
    while words and fold(words[-1].group()) in _words("trailing"):
        words = words[:-1]
    return words


def _is_herself(words: Sequence[re.Match[str]]) -> bool:
    return bool(words) and fold(words[0].group()) in _words("herself")


def _says_something_of_herself(folded: Sequence[str]) -> bool:
    """A main clause with *ik* first, or after an opening and a verb: "soms zit ik te huilen"."""
    place = next((index for index, word in enumerate(folded) if word in _words("herself")), -1)
    if place == 0:
        return not (folded[1] in _words("no_verb") or (len(folded[1]) >= _PLURAL and folded[1].endswith("en")))
    return place > 1 and folded[0] in _words("openers") and folded[place - 1] not in _words("subordinate")


def _within(part: str, whole: str) -> bool:
    return bool(part) and part in whole


@lru_cache(maxsize=1)
def _lists() -> dict[str, list[str]]:
    lists: dict[str, list[str]] = read_yaml((LEXICON / "echo.yml").read_text(encoding="utf-8"))
    return lists


@lru_cache(maxsize=16)
def _words(name: str) -> frozenset[str]:
    return frozenset(_lists()[name])


@lru_cache(maxsize=4)
def _lexicon(name: str) -> re.Pattern[str]:
    phrases = (re.escape(phrase).replace(r"\*", r"\w*") for phrase in _lists()[name])
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b")
