"""Dutch numbers, in digits and in words, and ranges of them."""

from __future__ import annotations

import re

_UNITS = {
    "nul": 0,
    "een": 1,
    "twee": 2,
    "drie": 3,
    "vier": 4,
    "vijf": 5,
    "zes": 6,
    "zeven": 7,
    "acht": 8,
    "negen": 9,
    "tien": 10,
    "elf": 11,
    "twaalf": 12,
    "dertien": 13,
    "veertien": 14,
    "vijftien": 15,
    "zestien": 16,
    "zeventien": 17,
    "achttien": 18,
    "negentien": 19,
}
_TENS = {
    "twintig": 20,
    "dertig": 30,
    "veertig": 40,
    "vijftig": 50,
    "zestig": 60,
    "zeventig": 70,
    "tachtig": 80,
    "negentig": 90,
}
WORDS: dict[str, float] = {
    **_UNITS,
    **_TENS,
    "honderd": 100,
    "half": 0.5,
    "halve": 0.5,
    "anderhalf": 1.5,
    "anderhalve": 1.5,
    "tweeenhalf": 2.5,
    "drieenhalf": 3.5,
    "tiental": 10,
    "dozijn": 12,
    "tientje": 10,
    "twintigtal": 20,
    **{
        f"{unit}en{ten}": value + tens
        for unit, value in _UNITS.items()
        if 1 <= value <= 9
        for ten, tens in _TENS.items()
    },
}
_RANGED: dict[str, tuple[float, float]] = {"paar": (2, 3), "enkele": (2, 3), "tientallen": (20, 40), "meerdere": (2, 4)}

NUMBER = r"(?:\d{1,4}(?:[.,]\d{1,2})?(?!\d)|" + "|".join(sorted([*WORDS, *_RANGED], key=len, reverse=True)) + r")"
_ABOUT = (
    r"(?:(?:ongeveer|circa|ca|zo'n|zon|plusminus|rond de|rond|minstens|zeker|minimaal|ruim|gemiddeld|bijna|wel|meestal|"
    r"hooguit|maximaal|een|n)\s+){0,3}"
)


def range_pattern(low: str = "low", high: str = "high") -> str:
    """A number or a range of two, as a pattern with these two group names."""
    return (
        rf"{_ABOUT}(?:stuk of\s+)?(?P<{low}>{NUMBER})"
        rf"(?:\s*(?:tot|a|-|/|of|en)\s*{_ABOUT}(?P<{high}>{NUMBER})(?![\w-]))?"
    )


RANGE = range_pattern()
_BARE = re.compile(rf"^\W*{RANGE}\W*$")


def value_of(word: str) -> tuple[float, float]:
    """Lowest and highest a folded number word may mean; "paar" is 2 to 3. Raises ``ValueError`` on anything else."""
    if word in _RANGED:
        return _RANGED[word]
    if word in WORDS:
        return WORDS[word], WORDS[word]
    number = float(word.replace(",", "."))
    return number, number


def range_of(match: re.Match[str]) -> tuple[float, float]:
    """The range a match of ``RANGE`` stands for, low first."""
    low, high = value_of(match["low"])
    if match["high"]:
        high = value_of(match["high"])[1]
    return min(low, high), max(low, high)


def bare_number(folded: str) -> float | None:
    """The number when the message is nothing but a number ("4", "vier", "een stuk of 5"); a range gives its middle."""
    if len(folded) > 40:
        return None
    match = _BARE.match(folded)
    if match is None:
        return None
    low, high = range_of(match)
    return (low + high) / 2
