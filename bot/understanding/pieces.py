"""A text as weighed pieces: runs of one to five letters inside a word, words, and pairs of words (TF-IDF).

Fitted with scikit-learn; kept and applied as plain arrays, because assembling sparse matrices for one short text costs
ten times more than the arithmetic.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.understanding.text import WORD

Array = npt.NDArray[np.float32]
MOST_CHARACTERS = 1200
_KINDS: tuple[dict[str, Any], ...] = (
    {"analyzer": "char_wb", "ngram_range": (1, 5), "min_df": 3},
    {"analyzer": "word", "ngram_range": (1, 2), "min_df": 2, "token_pattern": r"(?u)\b\w+\b"},
)


class Pieces:
    """The vocabulary of pieces, each kind with its own numbers and how rare they are."""

    def __init__(self, vocabularies: list[dict[str, int]], rarity: list[Array]) -> None:
        self._vocabularies = vocabularies
        self._rarity = rarity
        self._offsets = np.cumsum([0, *map(len, vocabularies)])
        self._analyzers: list[Callable[[str], list[str]]] = [_vectorizer(kind).build_analyzer() for kind in _KINDS]

    @classmethod
    def fit(cls, folded: Iterable[str]) -> Pieces:
        """The pieces of the training texts. What hardly occurs is left out: it only carries its own example."""
        texts = [text[:MOST_CHARACTERS] for text in folded]
        fitted = [_vectorizer(kind).fit(texts) for kind in _KINDS]
        return cls(
            [{piece: int(number) for piece, number in one.vocabulary_.items()} for one in fitted],
            [one.idf_.astype(np.float32) for one in fitted],
        )

    def __len__(self) -> int:
        return int(self._offsets[-1])

    @property
    def first_word(self) -> int:
        """The number of the first piece that is a word or a pair of words."""
        return int(self._offsets[1])

    def weigh(self, folded: str) -> tuple[npt.NDArray[np.int64], Array]:
        """The numbers of the pieces in a text and their weights; each kind has length one."""
        numbers, weights = [], []
        for kind, offset in enumerate(self._offsets[:-1]):
            found, values = self._weigh_kind(kind, folded[:MOST_CHARACTERS])
            if len(found):
                numbers.append(found + offset)
                weights.append(values / np.linalg.norm(values))
        if not numbers:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        return np.concatenate(numbers), np.concatenate(weights).astype(np.float32)

    def _weigh_kind(self, kind: int, folded: str) -> tuple[npt.NDArray[np.int64], Array]:
        counts: dict[int, int] = {}
        vocabulary = self._vocabularies[kind]
        for piece in self._analyzers[kind](folded):
            number = vocabulary.get(piece)
            if number is not None:
                counts[number] = counts.get(number, 0) + 1
        numbers = np.fromiter(counts, dtype=np.int64, count=len(counts))
        often = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        return numbers, (1 + np.log(often)) * self._rarity[kind][numbers]

    def words(self, folded: str) -> list[tuple[int, int, npt.NDArray[np.int64], Array]]:
        """Each word of a text: where it begins and ends, and the pieces inside it."""
        return [(*match.span(), *self.weigh(match.group())) for match in WORD.finditer(folded)]

    def save(self, folder: Path) -> None:
        """Write ``pieces.json`` and ``pieces.npz``."""
        (folder / "pieces.json").write_text(json.dumps(self._vocabularies, ensure_ascii=False), encoding="utf-8")
        rarity = {f"rarity{kind}": values for kind, values in enumerate(self._rarity)}
        np.savez_compressed(folder / "pieces.npz", **rarity)

    @classmethod
    def load(cls, folder: Path) -> Pieces:
        """Back from ``save``."""
        vocabularies = json.loads((folder / "pieces.json").read_text(encoding="utf-8"))
        with np.load(folder / "pieces.npz", allow_pickle=False) as arrays:
            return cls(vocabularies, [arrays[f"rarity{kind}"] for kind in range(len(vocabularies))])


def _vectorizer(kind: dict[str, Any]) -> TfidfVectorizer:
    return TfidfVectorizer(lowercase=False, sublinear_tf=True, **kind)
