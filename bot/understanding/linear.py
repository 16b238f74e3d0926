"""Linear readers over the views of a message: which one label it has, or which of many, with honest chances.

Each label is a linear support vector machine (scikit-learn, liblinear), fitted against all the rest. To it the
log-odds of the words can be added (naive Bayes; Wang and Manning 2012), which hold up better where few examples are
alike. What a label says is turned into chances on examples it did not see. Kept and applied as plain arrays. Nothing is
pickled: a reader is JSON and numbers.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed
from scipy.optimize import minimize
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.understanding.views import DENSE, Features, View

Floats = npt.NDArray[np.float32]
_FEWEST = 6  # examples from which a label can be learned
_MANY = 4000
_UNSEEN = 0.1  # what a word counts for in a label it never stood in
_ENOUGH, _FINE, _PATIENCE = 0.1, 1e-4, 1000
"""Where fitting stops, on many and on few examples: with many, further on hardly anything changes but the time."""
_NEIGHBOUR = 0.35  # a word beside the strongest belongs to it from this share on


@dataclass(frozen=True)
class Fit:
    """``strength``: how freely coefficients may grow (C). ``words``: the weight of the words' log-odds beside.

    ``common``: 1 when a label that is common among the examples is likelier beforehand (one-of only), 0 when not.
    """

    strength: float = 1.0
    words: float = 0.0
    common: float = 1.0


class LinearReader:
    """Gives a chance to each label: of one that holds (``one_of``), or of each by itself."""

    def __init__(
        self, labels: list[str], coefficients: Floats, intercepts: Floats, slopes: Floats, shifts: Floats, one_of: bool
    ) -> None:
        self.labels = labels
        self._coefficients = coefficients  # features x labels: the rows of the pieces in a text are summed
        self._intercepts = intercepts
        self._slopes = slopes
        self._shifts = shifts
        self._one_of = one_of

    @classmethod
    def train_one_of(cls, features: Features, labels: Sequence[str], fit: Fit) -> LinearReader:
        """Every example has exactly one label. The chances are fitted on a held-out third."""
        names = sorted(set(labels))
        truth = np.asarray([[label == name for name in names] for label in labels])
        held_out = _held_out(features, truth, np.asarray(labels), fit)
        slopes, shifts = _scaling(*held_out, common=bool(fit.common))
        coefficients, intercepts = _fit(features, truth, fit)
        return cls(names, coefficients, intercepts, slopes, shifts, one_of=True)

    @classmethod
    def train_any_of(
        cls, features: Features, told: Sequence[Collection[str]], labels: Sequence[str], fit: Fit
    ) -> LinearReader:
        """Every example has any of the labels, or none; ``told`` says which. Labels that are too rare are left out."""
        names = [name for name in labels if sum(name in one for one in told) >= _FEWEST]
        truth = np.asarray([[name in one for name in names] for one in told])
        spread = np.asarray([next((n for n, name in enumerate(names) if name in one), -1) for one in told])
        scores, held = _held_out(features, truth, spread, fit)
        coefficients, intercepts = _fit(features, truth, fit)
        sigmoids = [_sigmoid(said, column) for said, column in zip(scores.T, held.T, strict=True)]
        slopes, shifts = np.asarray(sigmoids, dtype=np.float32).T
        return cls(names, coefficients, intercepts, slopes, shifts, one_of=False)

    def chances(self, view: View) -> dict[str, float]:
        """Each label with its chance; of ``one_of`` most likely first."""
        scores = self._scores(view)
        if not self._one_of:
            return dict(zip(self.labels, _squash(scores * self._slopes + self._shifts).tolist(), strict=True))
        chances = _softmax((scores * self._slopes + self._shifts)[np.newaxis, :])[0]
        return {self.labels[number]: float(chances[number]) for number in np.argsort(-chances)}

    def _scores(self, view: View) -> Floats:
        scores = self._intercepts + view.dense @ self._coefficients[:DENSE]
        if len(view.numbers):
            scores = scores + view.weights @ self._coefficients[view.numbers + DENSE]
        return np.asarray(scores, dtype=np.float32)

    def carrying_words(self, label: str, view: View) -> tuple[int, int]:
        """Where the words stand in the message that speak most for a label: the strongest, and strong neighbours."""
        column = self._coefficients[:, self.labels.index(label)]
        words = view.words()
        if not words:
            return view.start, view.start + len(view.text)
        pulls = [float(weights @ column[numbers + DENSE]) if len(numbers) else 0.0 for _, _, numbers, weights in words]
        first = last = int(np.argmax(pulls))
        enough = max(pulls) * _NEIGHBOUR
        while first > 0 and pulls[first - 1] > enough:
            first -= 1
        while last + 1 < len(words) and pulls[last + 1] > enough:
            last += 1
        return words[first][0], words[last][1]

    def save(self, folder: Path, name: str) -> None:
        """Write ``name.json`` and ``name.npz``, the coefficients in half precision: no decision turns on the rest."""
        head = {"labels": self.labels, "one_of": self._one_of}
        (folder / f"{name}.json").write_text(json.dumps(head, ensure_ascii=False), encoding="utf-8")
        np.savez_compressed(
            folder / f"{name}.npz",
            coefficients=self._coefficients.astype(np.float16),
            intercepts=self._intercepts,
            slopes=self._slopes,
            shifts=self._shifts,
        )

    @classmethod
    def load(cls, folder: Path, name: str) -> LinearReader:
        """Back from ``save``."""
        head = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        with np.load(folder / f"{name}.npz", allow_pickle=False) as arrays:
            return cls(
                head["labels"],
                arrays["coefficients"].astype(np.float32),
                arrays["intercepts"],
                arrays["slopes"],
                arrays["shifts"],
                head["one_of"],
            )


def _fit(features: Features, truth: npt.NDArray[np.bool_], fit: Fit) -> tuple[Floats, Floats]:
    """Coefficients (features x labels) and intercepts. Two processes share much work: liblinear keeps the lock."""
    columns = list(truth.T)
    parts = [columns[::2], columns[1::2]] if features.matrix.shape[0] >= _MANY and len(columns) > 1 else [columns]
    if len(parts) == 1:
        fitted = _fit_columns(features, columns, fit)
    else:
        done = Parallel(n_jobs=len(parts))(delayed(_fit_columns)(features, part, fit) for part in parts)
        fitted = [found for pair in zip_longest(*done) for found in pair if found is not None]
    coefficients = np.ascontiguousarray(np.vstack([found for found, _ in fitted]).T)
    return coefficients, np.asarray([intercept for _, intercept in fitted], dtype=np.float32)


def _fit_columns(features: Features, columns: Sequence[npt.NDArray[np.bool_]], fit: Fit) -> list[tuple[Floats, float]]:
    """Coefficients and intercept of each label."""
    fitted = []
    for column in columns:
        enough = _ENOUGH if features.matrix.shape[0] >= _MANY else _FINE
        model = LinearSVC(C=fit.strength, class_weight="balanced", tol=enough, max_iter=_PATIENCE, random_state=0)
        with catch_warnings():
            simplefilter("ignore", ConvergenceWarning)  # _PATIENCE is a choice
            model.fit(features.matrix, column)
        coefficients, intercept = model.coef_[0], float(model.intercept_[0])
        if fit.words:
            odds = _log_odds(features, column)
            said, heard = features.matrix @ coefficients, features.matrix @ odds
            share = fit.words * said.std() / max(float(heard.std()), 1e-9)
            coefficients, intercept = coefficients + share * odds, intercept - share * float(heard.mean())
        fitted.append((coefficients.astype(np.float32), intercept))
    return fitted


def _log_odds(features: Features, column: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """For every word how much likelier it is within a label than without; 0 for all that is no word."""
    weights = features.matrix.T @ np.stack([column, ~column], axis=1).astype(np.float64)
    within, without = (weights[features.words :] + _UNSEEN).T
    odds = np.zeros(features.matrix.shape[1])
    odds[features.words :] = np.log(within / within.sum()) - np.log(without / without.sum())
    return odds


def _held_out(
    features: Features, truth: npt.NDArray[np.bool_], spread: npt.NDArray[np.generic], fit: Fit
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """What readers say of a third of the examples that they did not see, and what is true of these.

    The thirds are alike in ``spread``. One third is enough to fit two numbers a label, and saves half the training.
    """
    thirds = StratifiedKFold(3, shuffle=True, random_state=0)
    seen, unseen = next(iter(thirds.split(features.matrix, spread)))
    coefficients, intercepts = _fit(Features(features.matrix[seen], features.words), truth[seen], fit)
    return features.matrix[unseen] @ coefficients + intercepts, truth[unseen]


def _scaling(scores: npt.NDArray[np.float64], truth: npt.NDArray[np.bool_], common: bool) -> tuple[Floats, Floats]:
    """One slope for all and a shift for each label, so that a chance of 0.8 is right in about eight of ten (Guo 2017).

    The fit treats every label as equally common; the shifts bring back how ``common`` each one is.
    """
    labels = truth.argmax(axis=1)
    rows = np.arange(len(labels))

    def loss(settings: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        chances = _softmax(scores * settings[0] + settings[1:])
        wrong = chances - truth
        slope = float((wrong * scores).sum()) / len(rows)
        return -float(np.log(chances[rows, labels] + 1e-12).mean()), np.r_[slope, wrong.mean(axis=0)]

    shift = (-8.0, 8.0) if common else (0.0, 0.0)
    start = np.r_[3.0, np.zeros(truth.shape[1])]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0.2, 20.0), *[shift] * truth.shape[1]]).x
    return np.full(truth.shape[1], found[0], np.float32), found[1:].astype(np.float32)


def _sigmoid(scores: npt.NDArray[np.float64], truth: npt.NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and shift that turn a score into a chance (Platt 1999)."""
    if truth.all() or not truth.any():
        return 2.0, 0.0  # too rare to be in the third: then the score itself decides
    model = LogisticRegression(C=10.0).fit(scores[:, np.newaxis], truth)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def _squash(scores: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -50, 50))), dtype=np.float32)


def _softmax(scores: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))
