"""The second yardstick: TF-IDF of words and of runs of letters, read by logistic regression."""

from __future__ import annotations

from collections.abc import Sequence

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline, make_union

from bench.evaluation.sets import Labelled


def classify(training: Labelled, texts: Sequence[str]) -> list[str]:
    """Learn from ``training`` and give each text its likeliest label."""
    pipeline = make_pipeline(
        make_union(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"(?u)\b\w+\b"),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 5), min_df=2, sublinear_tf=True),
        ),
        LogisticRegression(C=10.0, class_weight="balanced", max_iter=400),
    )
    pipeline.fit(training.texts, training.labels)
    return [str(label) for label in pipeline.predict(texts)]
