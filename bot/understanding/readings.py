"""The reading of a text, made once per text however many components ask for it."""

from __future__ import annotations

from functools import lru_cache

from bot.reading import Reading
from bot.understanding.message import read_message
from knowledge.places.regions import Regions


@lru_cache(maxsize=1)
def shared_regions() -> Regions:
    """The regions of the seed catalogue, loaded once per process."""
    return Regions.load()


@lru_cache(maxsize=256)
def reading_of(text: str) -> Reading:
    """``read_message`` with the regions of this process."""
    return read_message(text, shared_regions())
