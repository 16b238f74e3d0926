"""Reads the answer to the gentle question that follows words that may or may not mean danger."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from bot.safety.lexicon import Lexicon, read_lexicon
from bot.safety.search import PhraseIndex

Answer = Literal["danger", "tired", "rather_not", "none_of_these"]
_LOOK_BACK = 4  # words before "dood" in which a "niet" belongs to it: "ik denk niet aan de dood"
_ECHO = re.compile(r"^\W*(?:\w+\W+){0,3}?\w+\s*\?+(?=\s*\w)")
"""Words of our question said back, with more behind them: "gevaar? nee joh"."""


def interpret_clarification(text: str) -> Answer | None:
    """What an answer (typed, or the title of a button) says; ``None`` when it is no answer: the talk simply goes on.

    Doubt counts as danger ("misschien", "weet ik niet"): missing it costs more than a telephone number too many.
    """
    return _reader().read(text)


@lru_cache(maxsize=1)
def _reader() -> AnswerReader:
    return AnswerReader(read_lexicon())


class AnswerReader:
    """The phrases of ``answers.yml``, ready to read answers with."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._speller = lexicon.speller
        self._no = lexicon.lists["no"]
        self._answers = {name: PhraseIndex(phrases) for name, phrases in lexicon.answers.items()}

    def read(self, text: str) -> Answer | None:
        """As ``interpret_clarification``."""
        words = self._speller.read(_ECHO.sub("", text)).text
        if self._tells_danger(words):
            return "danger"
        if self._answers["tired"].meets(words):
            return "tired"
        if self._answers["unsure"].meets(words):
            return "danger"
        plain: tuple[Answer, ...] = ("rather_not", "none_of_these")
        return next((answer for answer in plain if self._answers[answer].meets(words)), None)

    def _tells_danger(self, words: str) -> bool:
        return any(
            self._no.isdisjoint(words[: match.start()].rsplit(" , ", 1)[-1].split()[-_LOOK_BACK:])
            for _, match in self._answers["danger"].search(words)
        )
