"""docs/tour.md shows exactly the pictures there are, each with words for who cannot see it, and they stay small."""

from __future__ import annotations

import re
from pathlib import Path

from PIL import Image

DOCS = Path(__file__).resolve().parents[2] / "docs"
TOUR = (DOCS / "tour.md").read_text(encoding="utf-8")
PICTURES = sorted((DOCS / "tour").iterdir())
SHOWN = re.findall(r"^!\[([^\]]*)\]\(([^)]+)\)$", TOUR, re.MULTILINE)
MOST_BYTES = 1_500_000


def test_the_tour_shows_every_picture_once_and_no_other() -> None:
    shown = [path for _, path in SHOWN]
    assert sorted(shown) == [f"tour/{picture.name}" for picture in PICTURES]


def test_every_picture_has_words_of_its_own() -> None:
    words = [said for said, _ in SHOWN]
    assert all(len(said.split()) >= 5 for said in words)
    assert len(set(words)) == len(words)


def test_the_pictures_are_readable_and_small() -> None:
    for picture in PICTURES:
        with Image.open(picture) as image:
            image.load()
            assert image.width in (390, 1280) or "loket" in picture.name, picture.name
            low, high = image.convert("L").getextrema()
            assert high - low > 100, f"{picture.name} is empty"
    assert sum(picture.stat().st_size for picture in PICTURES) < MOST_BYTES
