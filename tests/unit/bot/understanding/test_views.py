"""A long message is seen whole and clause by clause; a short one once."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.pieces import Pieces
from bot.understanding.text import fold
from bot.understanding.views import LONG, clauses

TEXTS = ["mijn moeder valt steeds", "mijn vader valt niet", "moeder en vader", "vader is oud", "moeder is moe"] * 3


def test_a_short_message_has_no_clauses() -> None:
    assert clauses("mijn moeder valt steeds, en ik slaap niet") == []


def test_a_long_message_falls_apart_at_its_clauses() -> None:
    text = "De thuiszorg komt om acht uur en daarna ga ik naar mijn werk. Gisteren lag ze op de grond, en ik was weg."
    parts = [text[start:end] for start, end in clauses(text)]
    assert "".join(parts) == text
    assert parts[0].startswith("De thuiszorg")
    assert any(part.strip().startswith("Gisteren") for part in parts)


@given(st.text(alphabet=st.sampled_from("abc .,!?\nen ik maar "), max_size=600))
def test_clauses_cover_the_text_in_order_and_stay_few(text: str) -> None:
    spans = clauses(text)
    assert len(spans) <= 9
    if spans:
        assert len(text) >= LONG
        assert spans[0][0] == 0
        assert spans[-1][1] == len(text)
        assert all(first[1] == second[0] for first, second in pairwise(spans))


def test_each_kind_of_piece_weighs_as_much_however_long_the_text() -> None:
    pieces = Pieces.fit(TEXTS)
    for text in ("moeder", "mijn moeder valt steeds en vader valt niet"):
        _, weights = pieces.weigh(fold(text))
        assert np.isclose(np.linalg.norm(weights), np.sqrt(2))
    numbers, weights = pieces.weigh("")
    assert len(numbers) == len(weights) == 0


def test_pieces_survive_being_kept(tmp_path: Path) -> None:
    pieces = Pieces.fit(TEXTS)
    pieces.save(tmp_path)
    again = Pieces.load(tmp_path)
    assert len(again) == len(pieces)
    for one, other in zip(pieces.weigh("moeder valt"), again.weigh("moeder valt"), strict=True):
        assert np.allclose(one, other)
