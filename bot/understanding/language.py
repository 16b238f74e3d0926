"""Which language a message is in, decided only when it is clear; whatever is in doubt, mixed or dialect is Dutch.

The library (py3langid: 0.8 MB, nothing to download) is good at sentences and bad at our dialects and at a few words, so
three things of ``lexicon/language.yml`` go before it: the script, words that only the Netherlands and Flanders have,
and letters that only one language has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from bot.understanding.phrasebook import LEXICON
from knowledge.yaml_files import read_yaml

DUTCH, UNKNOWN = "nl", "und"
LATIN = (DUTCH, "en", "tr", "pl", "de", "fr")
"""The languages in our own script that are told apart; ``ar`` and ``uk`` are known by their letters."""
LANGUAGES = (*LATIN, "ar", "uk")

_SURE = 0.99
_ENOUGH_DUTCH = 0.15  # the share of Dutch words from which a message is Dutch, however foreign the rest is
_LEAST_WORDS, _LEAST_LETTERS = 3, 12
_LONGEST = 800  # characters are plenty
_WORD = re.compile(r"['’]?[^\W\d_]+(?:['’][^\W\d_]+)*")


@dataclass(frozen=True)
class _Lexicon:
    dutch: frozenset[str]
    weak: frozenset[str]
    distinctive: dict[str, frozenset[str]]
    scripts: tuple[tuple[str, frozenset[str], frozenset[str]], ...]


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    data: dict[str, Any] = read_yaml((LEXICON / "language.yml").read_text(encoding="utf-8"))
    scripts = tuple(
        (code, frozenset(letters["letters"]), frozenset(letters["not_letters"]))
        for code, letters in data["scripts"].items()
    )
    weak = frozenset(data["also_foreign"])
    distinctive = {code: frozenset(letters) for code, letters in data["distinctive"].items()}
    return _Lexicon(frozenset(data["dutch"]) - weak, weak, distinctive, scripts)


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LATIN))
    return identifier


@lru_cache(maxsize=256)
def language_of(text: str) -> str:
    """The code of the language (``LANGUAGES``); ``und`` for a script of another language. Never raises.

    A message of a few words, or with Dutch among the words, is ``nl``: wrongly speaking of another language to somebody
    who writes Limburgs is worse than missing "no idea".
    """
    text = text[:_LONGEST]
    letters = [letter for letter in text.lower() if letter.isalpha()]
    if not letters:
        return DUTCH
    latin = sum(letter < "\u0250" or "\u1e00" <= letter <= "\u1eff" for letter in letters)
    if latin * 2 < len(letters):
        return _by_script(frozenset(letters))
    words = [word.replace("’", "'").lower() for word in _WORD.findall(text)]
    dutch = _dutch_share(words)
    if len(words) < 2 or dutch >= _ENOUGH_DUTCH:
        return DUTCH
    if found := next((code for code, own in _lexicon().distinctive.items() if own.intersection(letters)), None):
        return found
    if len(words) < _LEAST_WORDS or len(letters) < _LEAST_LETTERS:
        return DUTCH
    code, chance = _identifier().classify(" ".join(text.split()))
    limburgs = code == "de" and dutch > 0
    return str(code) if chance >= _SURE and not limburgs else DUTCH


def _by_script(letters: frozenset[str]) -> str:
    return next((code for code, has, lacks in _lexicon().scripts if letters & has and not letters & lacks), UNKNOWN)


def _dutch_share(words: list[str]) -> float:
    lexicon = _lexicon()
    found = sum(word in lexicon.dutch for word in words)
    if found:
        found += sum(word in lexicon.weak for word in words)
    return found / len(words)
