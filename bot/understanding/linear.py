"""A linear classifier over the sentence vector, word and character pieces and signs, with honest probabilities.

Trained with scikit-learn's logistic regression; kept and applied as plain arrays, because assembling sparse matrices
for one short text costs ten times more than the arithmetic. Nothing is pickled: a model is JSON and numbers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from bot.understanding.text import fold

Array = npt.NDArray[np.float32]
_MOST_CHARACTERS = 1200
_PIECES: tuple[dict[str, object], ...] = (
    {"analyzer": "char_wb", "ngram_range": (1, 4), "min_df": 2},
    {"analyzer": "word", "ngram_range": (1, 2), "min_df": 1, "token_pattern": r"(?u)\b\w+\b"},
)


@dataclass(frozen=True)
class Weights:
    """How much each kind of feature counts, and how strongly large coefficients are held back (``strength`` = C)."""

    vector: float = 3.0
    pieces: float = 1.0
    signs: float = 0.5
    strength: float = 3.0


class LinearReader:
    """Gives a probability to each label."""

    def __init__(
        self,
        labels: list[str],
        vocabularies: list[dict[str, int]],
        rarity: list[Array],
        coefficients: Array,
        intercepts: Array,
        weights: Weights,
        temperature: float,
    ) -> None:
        self.labels = labels
        self._vocabularies = vocabularies
        self._rarity = rarity
        self._coefficients = coefficients  # features x labels: the rows of the pieces in a text are summed
        self._intercepts = intercepts
        self._weights = weights
        self._temperature = temperature
        self._analyzers: list[Callable[[str], list[str]]] = [_vectorizer(kind).build_analyzer() for kind in _PIECES]

    @classmethod
    def train(
        cls,
        texts: Sequence[str],
        vectors: Sequence[Array],
        signs: Sequence[Array],
        labels: Sequence[str],
        weights: Weights,
    ) -> LinearReader:
        """Fit on texts with their vectors, signs and labels. The temperature is fitted on held-out fifths."""
        folded = [fold(text[:_MOST_CHARACTERS]) for text in texts]
        vectorizers = [_vectorizer(kind) for kind in _PIECES]
        pieces = [vectorizer.fit_transform(folded) * weights.pieces for vectorizer in vectorizers]
        dense = np.hstack([np.vstack(vectors) * weights.vector, np.vstack(signs) * weights.signs])
        features = hstack([*pieces, csr_matrix(dense)]).tocsr()
        model = LogisticRegression(C=weights.strength, solver="liblinear", class_weight="balanced", random_state=0)
        temperature = _temperature(model, features, labels)
        model.fit(features, labels)
        coefficients = model.coef_ if len(model.classes_) > 2 else np.vstack([-model.coef_, model.coef_])
        intercepts = model.intercept_ if len(model.classes_) > 2 else np.hstack([-model.intercept_, model.intercept_])
        return cls(
            labels=[str(label) for label in model.classes_],
            vocabularies=[{piece: int(index) for piece, index in one.vocabulary_.items()} for one in vectorizers],
            rarity=[one.idf_.astype(np.float32) for one in vectorizers],
            coefficients=np.ascontiguousarray(coefficients.T, dtype=np.float32),
            intercepts=intercepts.astype(np.float32),
            weights=weights,
            temperature=temperature,
        )

    def probabilities(self, text: str, vector: Array, signs: Array) -> dict[str, float]:
        """The labels with their probabilities, most likely first."""
        folded = fold(text[:_MOST_CHARACTERS])
        score = self._intercepts.copy()
        offset = 0
        for analyze, vocabulary, rarity in zip(self._analyzers, self._vocabularies, self._rarity, strict=True):
            score += self._pieces_score(analyze(folded), vocabulary, rarity, offset)
            offset += len(vocabulary)
        dense = np.concatenate([vector * self._weights.vector, signs * self._weights.signs])
        score += dense @ self._coefficients[offset:]
        chances = _softmax(score[np.newaxis, :] / self._temperature)[0]
        order = np.argsort(-chances)
        return {self.labels[index]: float(chances[index]) for index in order}

    def _pieces_score(self, pieces: list[str], vocabulary: dict[str, int], rarity: Array, offset: int) -> Array:
        counts: dict[int, int] = {}
        for piece in pieces:
            index = vocabulary.get(piece)
            if index is not None:
                counts[index] = counts.get(index, 0) + 1
        if not counts:
            return np.zeros_like(self._intercepts)
        indices = np.fromiter(counts, dtype=np.int64, count=len(counts))
        values = (1 + np.log(np.fromiter(counts.values(), dtype=np.float32, count=len(counts)))) * rarity[indices]
        values *= self._weights.pieces / np.linalg.norm(values)
        return values.astype(np.float32) @ self._coefficients[indices + offset]

    def save(self, folder: Path, name: str) -> None:
        """Write ``name.json`` and ``name.npz``."""
        head = {
            "labels": self.labels,
            "vocabularies": self._vocabularies,
            "temperature": self._temperature,
            "weights": self._weights.__dict__,
        }
        (folder / f"{name}.json").write_text(json.dumps(head, ensure_ascii=False), encoding="utf-8")
        np.savez(
            folder / f"{name}.npz",
            coefficients=self._coefficients,
            intercepts=self._intercepts,
            **{f"rarity{index}": one for index, one in enumerate(self._rarity)},
        )

    @classmethod
    def load(cls, folder: Path, name: str) -> LinearReader:
        """Read what ``save`` wrote. Raises ``OSError`` when it is not there."""
        head = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        with np.load(folder / f"{name}.npz", allow_pickle=False) as arrays:
            rarity = [arrays[f"rarity{index}"] for index in range(len(head["vocabularies"]))]
            return cls(
                head["labels"],
                head["vocabularies"],
                rarity,
                arrays["coefficients"],
                arrays["intercepts"],
                Weights(**head["weights"]),
                head["temperature"],
            )


def _vectorizer(kind: dict[str, object]) -> TfidfVectorizer:
    return TfidfVectorizer(lowercase=False, sublinear_tf=True, **kind)


def _temperature(model: LogisticRegression, features: csr_matrix, labels: Sequence[str]) -> float:
    """The number to divide scores by so that a probability of 0.8 is right in about eight of ten (Guo et al. 2017)."""
    names, counts = np.unique(np.asarray(labels), return_counts=True)
    folds = int(min(3, counts.min()))
    if folds < 2 or len(names) < 3:
        return 1.0
    scores = cross_val_predict(
        model, features, labels, cv=StratifiedKFold(folds, shuffle=True, random_state=0), method="decision_function"
    )
    truth = np.searchsorted(names, np.asarray(labels))

    def loss(temperature: float) -> float:
        chances = _softmax(scores / temperature)
        return float(-np.log(chances[np.arange(len(truth)), truth] + 1e-12).mean())

    return float(minimize_scalar(loss, bounds=(0.1, 5.0), method="bounded").x)


def _softmax(scores: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
