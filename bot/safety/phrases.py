"""The small language in which the danger patterns are written, and its translation to regular expressions.

An editor writes words, in order, as people type them (capitals, accents and short forms do not matter)::

    ik wil|wou (echt|gewoon)? .. dood

- ``a|b`` one of these; ``(a b|c)`` the same, of several words; ``(a|b)?`` may be left out
- ``snij*`` any word that begins so; ``<name>`` one of a list of words from ``words.yml``
- ``..`` up to five words in between, also in a choice; ``...`` up to ten; ``^`` and ``$`` begin and end of a clause
- ``a & b & c`` all of these, in any order, with up to eight words and no pause in between

A phrase never runs past the end of a sentence. ``ik wil`` is also found as ``wil ik``; so is ``<who>`` with its verb.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, permutations, product

from bot.safety.tokens import fold

Spell = Callable[[str], tuple[str, ...]]
_GAPS = {"..": r"((?: [^ .]+){0,5}?)", "...": r"((?: [^ .]+){0,10}?)"}
_NEAR = r"((?: [^ .,]+){0,8}?)"
_MOST_IN_ANY_ORDER = 4
_EDGES = {"^": r" [.,]", "$": r"(?= (?:[.,]|maar |want |en |hoor |help |ik |haha ))"}
_SUBJECTS = {"ik", "<self>", "<who>"}
_ELEMENT = re.compile(r"\([^)]*\)\??|\S+")


class PhraseError(ValueError):
    """A phrase cannot be read; the message names it and says what is wrong."""


@dataclass(frozen=True)
class Phrase:
    """A phrase ready to search: ``pattern`` captures what stands in the gaps, and is compiled when first looked for.

    Compiling all of them takes some seconds, of which a start-up has no use. ``anchors`` are words of which at least
    one is in any text that can match (``snij*`` for a beginning); ``needs`` says the same of its other parts, as far
    as they are whole words: most phrases need no search at all.
    """

    source: str
    expression: str
    anchors: frozenset[str]
    needs: tuple[frozenset[str], ...] = ()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The expression, compiled."""
        return re.compile(self.expression)


@dataclass(frozen=True)
class _Part:
    """One element of a phrase with its expression; ``anchors`` only when it must be there."""

    source: str
    expression: str
    anchors: frozenset[str]


class PhraseReader:
    """Reads phrases; ``lists`` are the named word lists, ``spell`` brings words to their canonical form."""

    def __init__(self, lists: Mapping[str, Iterable[str]], spell: Spell, common: Iterable[str]) -> None:
        self._lists = {name: [str(word) for word in words] for name, words in lists.items()}
        self._spell = spell
        self._common = set(common)

    def read(self, source: str) -> Phrase:
        """Raises ``PhraseError`` when the phrase is empty or names an unknown list."""
        elements = _ELEMENT.findall(str(source))
        parts = [self._part(element, source) for element in elements if element != "&"]
        needed = [part.anchors for part in parts if part.anchors]
        if not needed:
            raise PhraseError(f"a phrase needs at least one word that must be there: {source!r}")
        anchors = min(needed, key=lambda words: (max(map(self._weigh, words)), len(words)))
        body = _any_order(parts, source) if "&" in elements else _either_order(parts)
        whole = [words for words in needed if words is not anchors and not any(word.endswith("*") for word in words)]
        return Phrase(str(source), body + r"(?= )", anchors, tuple(sorted(whole, key=len)))

    def words(self, source: str) -> set[str]:
        """The plain words of a phrase, for the speller."""
        options = [option for element in _ELEMENT.findall(str(source)) for option in element.strip("()?").split("|")]
        plain = [word for option in options for word in option.split() if word not in _GAPS and word not in _EDGES]
        return {fold(word) for word in plain if not word.startswith("<") and not word.endswith("*")}

    def _part(self, element: str, source: str) -> _Part:
        if element in _GAPS or element in _EDGES:
            return _Part(element, _GAPS.get(element) or _EDGES[element], frozenset())
        choices = self._choices(element.strip("()?"), source)
        body = "|".join(_expression(words) for words in sorted(choices, key=len, reverse=True))
        if element.endswith("?"):
            return _Part(element, f"(?:{body})?", frozenset())
        return _Part(element, f"(?:{body})", frozenset(self._rarest(words) for words in choices))

    def _choices(self, element: str, source: str) -> list[tuple[str, ...]]:
        choices: list[tuple[str, ...]] = []
        for option in element.split("|"):
            ways = [self._ways(word, source) for word in option.split()]
            choices += [tuple(chain.from_iterable(way)) for way in product(*ways)]
        if not all(set(words) - _GAPS.keys() for words in choices):
            raise PhraseError(f"an empty choice in {source!r}")
        return choices

    def _ways(self, word: str, source: str) -> list[tuple[str, ...]]:
        """The words that may stand for one written word: those of a list, or the word itself."""
        if not word.startswith("<"):
            return [self._spelled(word)]
        name = word.strip("<>")
        if name not in self._lists:
            raise PhraseError(f"unknown word list <{name}> in {source!r}")
        return [choice for listed in self._lists[name] for choice in self._choices(listed, source)]

    def _spelled(self, word: str) -> tuple[str, ...]:
        return (f"{fold(word[:-1])}*",) if word.endswith("*") else self._spell(word)

    def _rarest(self, words: tuple[str, ...]) -> str:
        return min((word for word in words if word not in _GAPS), key=self._commonness)

    def _weigh(self, word: str) -> int:
        return 2 * (word in self._common) + word.endswith("*")

    def _commonness(self, word: str) -> tuple[int, int]:
        return self._weigh(word), -len(word)


def _any_order(parts: list[_Part], source: str) -> str:
    if len(parts) > _MOST_IN_ANY_ORDER or not all(part.anchors for part in parts):
        raise PhraseError(f"& goes between at most {_MOST_IN_ANY_ORDER} words that must be there: {source!r}")
    orders = permutations(part.expression for part in parts)
    return "(?:" + "|".join(_NEAR.join(order) for order in orders) + ")"


def _either_order(parts: list[_Part]) -> str:
    """The parts in order; a subject that opens the phrase may also follow its verb ("ik wil", "soms wil ik")."""
    verb = next((place for place, part in enumerate(parts) if place and part.anchors), None)
    if verb is None or parts[0].source not in _SUBJECTS:
        return "".join(part.expression for part in parts)
    opening = "".join(part.expression for part in parts[: verb + 1])
    turned = parts[verb].expression + parts[0].expression
    return f"(?:{opening}|{turned})" + "".join(part.expression for part in parts[verb + 1 :])


def _expression(words: tuple[str, ...]) -> str:
    return "".join(map(_word, words))


def _word(word: str) -> str:
    if word.endswith("*"):
        return f" {re.escape(word[:-1])}[^ .,]*"
    return _GAPS.get(word) or f" {re.escape(word)}(?= )"
