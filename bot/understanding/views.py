"""A message as the trained readers see it: whole, and, when it is long, clause by clause.

A view is one stretch of the message with its sentence vector, its signs and its pieces. Short messages have one view.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed
from scipy.sparse import csr_matrix, hstack

from bot.understanding.encoder import Encoder, shared_encoder
from bot.understanding.pieces import Pieces
from bot.understanding.readings import reading_of
from bot.understanding.signs import NAMES, signs_of
from bot.understanding.text import fold

Array = npt.NDArray[np.float32]
VECTOR = 512
DENSE = VECTOR + len(NAMES)
LONG = 90
"""Characters from which a message is also read clause by clause."""
_SHORTEST = 24  # a clause below this is read together with the next
_MOST_VIEWS = 9
_MANY = 4000
_BREAK = re.compile(r"[.!?;\n]+|, | maar | want | omdat | terwijl | en (?=ik|we|wij|hij|ze|zij|dan|nu|toen)")


@dataclass(frozen=True, eq=False)
class View:
    """One stretch of a message from ``start``; ``dense`` holds vector and signs, ``pieces`` numbers and weights."""

    text: str = field(repr=True)
    start: int = field(repr=False)
    dense: Array = field(repr=False)
    numbers: npt.NDArray[np.int64] = field(repr=False)
    weights: Array = field(repr=False)
    known_pieces: Pieces = field(repr=False)

    def words(self) -> list[tuple[int, int, npt.NDArray[np.int64], Array]]:
        """Each word: where it begins and ends in the message, and the pieces in it."""
        found = self.known_pieces.words(fold(self.text))
        return [(start + self.start, end + self.start, numbers, weights) for start, end, numbers, weights in found]


class Viewer:
    """Makes views. ``sign_weight``: how much a sign counts beside a vector of length one."""

    def __init__(self, encoder: Encoder, pieces: Pieces, sign_weight: float) -> None:
        self._encoder = encoder
        self.pieces = pieces
        self._sign_weight = sign_weight

    def whole(self, texts: Sequence[str]) -> list[View]:
        """One view of each text. Thousands of them are read by two processes: that is a third of the training."""
        parts = [texts[: len(texts) // 2], texts[len(texts) // 2 :]] if len(texts) >= _MANY else [texts]
        if len(parts) == 1:
            seen = [_look(self._encoder, texts)]
        else:
            seen = Parallel(n_jobs=len(parts))(delayed(_look)(None, part) for part in parts)
        looks = [look for part in seen for look in part]
        return [self._view(text, 0, vector, signs) for text, (vector, signs) in zip(texts, looks, strict=True)]

    def views(self, text: str) -> tuple[View, ...]:
        """The whole first, then its clauses when it is long."""
        stretches = [(0, text), *((start, text[start:end]) for start, end in clauses(text))]
        looks = _look(self._encoder, [part for _, part in stretches])
        return tuple(self._view(part, start, *look) for (start, part), look in zip(stretches, looks, strict=True))

    def _view(self, text: str, start: int, vector: Array, signs: Array) -> View:
        dense = np.concatenate([vector, signs * np.float32(self._sign_weight)])
        return View(text, start, dense, *self.pieces.weigh(fold(text)), self.pieces)


def _look(encoder: Encoder | None, texts: Sequence[str]) -> list[tuple[Array, Array]]:
    """Vector and signs of each text, with the encoder of this process when none is given."""
    vectors = (encoder or shared_encoder()).encode(list(texts))
    return [(vector, signs_of(text, reading_of(text))) for text, vector in zip(texts, vectors, strict=True)]


def clauses(text: str) -> list[tuple[int, int]]:
    """Where the clauses of a long text begin and end, at most eight of about equal weight; none of a short text."""
    if len(text) < LONG:
        return []
    edges = [0, *(match.end() for match in _BREAK.finditer(fold(text))), len(text)]
    spans: list[tuple[int, int]] = []
    start = 0
    least = max(_SHORTEST, len(text) // _MOST_VIEWS)
    for edge in edges[1:]:
        if edge - start >= least:
            spans.append((start, edge))
            start = edge
    if start < len(text) and spans:
        spans[-1] = (spans[-1][0], len(text))
    return spans if len(spans) > 1 else []


@dataclass(frozen=True)
class Features:
    """Views as rows of a matrix: vector, signs, pieces. From column ``words`` on stand words and pairs of words."""

    matrix: csr_matrix
    words: int


def stack(views: Sequence[View]) -> Features:
    """The views as rows of one matrix."""
    ends = np.cumsum([0, *(len(view.numbers) for view in views)])
    columns = np.concatenate([view.numbers for view in views])
    shape = (len(views), len(views[0].known_pieces))
    pieces = csr_matrix((np.concatenate([view.weights for view in views]), columns, ends), shape=shape)
    matrix = hstack([csr_matrix(np.vstack([view.dense for view in views])), pieces], dtype=np.float64).tocsr()
    matrix.sum_duplicates()  # in place: not to be left to threads that share it
    return Features(matrix, DENSE + views[0].known_pieces.first_word)
