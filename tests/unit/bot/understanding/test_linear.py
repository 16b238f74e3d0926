"""The linear readers, on a small world of their own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.understanding.linear import Fit, LinearReader
from bot.understanding.pieces import Pieces
from bot.understanding.views import DENSE, View, stack

WORLD = {
    "mother": ["mijn moeder valt", "moeder vergeet alles", "voor moeder koken", "ma en moeder", "ons moeder thuis"],
    "father": ["mijn vader valt", "vader vergeet alles", "voor vader koken", "pa en vader", "ons vader thuis"],
    "none": ["hoe laat is het", "een nieuw paspoort", "de vuilnis ophalen", "goedemorgen allemaal", "dank u wel hoor"],
}
TEXTS = [(text + suffix, label) for suffix in ("", " ja", " he") for label, texts in WORLD.items() for text in texts]
PIECES = Pieces.fit(text for text, _ in TEXTS)


def seen(text: str) -> View:
    return View(text, 0, np.zeros(DENSE, dtype=np.float32), *PIECES.weigh(text), PIECES)


FEATURES = stack([seen(text) for text, _ in TEXTS])
LABELS = [label for _, label in TEXTS]


def test_one_of_many_has_chances_that_add_up_to_one_the_likeliest_first() -> None:
    chances = LinearReader.train_one_of(FEATURES, LABELS, Fit()).chances(seen("moeder thuis"))
    assert next(iter(chances)) == "mother"
    assert sum(chances.values()) == pytest.approx(1)
    assert list(chances.values()) == sorted(chances.values(), reverse=True)


def test_any_of_many_can_be_several_or_none() -> None:
    told = [{label} - {"none"} for label in LABELS]
    reader = LinearReader.train_any_of(FEATURES, told, ("mother", "father", "unheard_of"), Fit())
    assert reader.labels == ["mother", "father"], "a label without examples cannot be learned"
    assert max(reader.chances(seen("een nieuw paspoort")).values()) < 0.5
    assert reader.chances(seen("mijn moeder valt"))["mother"] > 0.5 > reader.chances(seen("mijn moeder valt"))["father"]


def test_the_words_that_carry_a_label_are_pointed_at() -> None:
    reader = LinearReader.train_one_of(FEATURES, LABELS, Fit())
    text = "hoe laat komt vader"
    start, end = reader.carrying_words("father", seen(text))
    assert text[start:end] == "vader"


def test_a_reader_survives_being_kept(tmp_path: Path) -> None:
    reader = LinearReader.train_one_of(FEATURES, LABELS, Fit())
    reader.save(tmp_path, "family")
    again = LinearReader.load(tmp_path, "family")
    for text, _ in TEXTS:
        assert again.chances(seen(text)) == pytest.approx(reader.chances(seen(text)), abs=0.01)
