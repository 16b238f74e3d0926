"""The trained components as the rest of the product meets them."""

from __future__ import annotations

import pytest

from bot.reading import Reading
from bot.understanding.encoder import shared_encoder
from tests.understanding.trained import Understanding


def test_a_reading_survives_the_way_through_rasa(understanding: Understanding) -> None:
    parsed = understanding.parse("hoi, mijn man vergeet steeds meer en ik slaap niet")
    reading = Reading.from_dict(parsed["reading"])
    assert (reading.role, reading.loved_ones[0].called, reading.conditions[0].value) == ("carer", "uw man", "dementia")
    assert sum(reading.role_probabilities.values()) == pytest.approx(1, abs=0.001)


@pytest.mark.parametrize(
    ("text", "intent"), [("👍", "affirm"), ("...", "silence"), ("", "silence"), ("tja", "silence"), ("??", "repeat")]
)
def test_a_message_without_words_still_means_something(understanding: Understanding, text: str, intent: str) -> None:
    assert understanding.parse(text)["intent"]["name"] == intent


def test_a_very_long_message_is_read(understanding: Understanding) -> None:
    parsed = understanding.parse("mijn man is ziek en ik doe alles. " * 300)
    assert parsed["reading"]["loved_ones"][0]["relation"] == "partner"


def test_the_same_text_is_encoded_once() -> None:
    first, second = shared_encoder().encode(["mijn man is ziek", "mijn man is ziek"])
    assert first is second
