"""Dutch numbers, in digits, words and dialect, ranges of them, and the words of doubt around them."""

from __future__ import annotations

import re

from bot.understanding.text import sentence_end, sentence_start

_UNITS = {
    "nul": 0, "een": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9,
    "tien": 10, "elf": 11, "twaalf": 12, "dertien": 13, "veertien": 14, "vijftien": 15, "zestien": 16,
    "zeventien": 17, "achttien": 18, "negentien": 19,
}  # fmt: skip
_TENS = {
    "twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70, "tachtig": 80,
    "negentig": 90,
}  # fmt: skip
_REGIONAL = {
    "ien": 1, "twie": 2, "twei": 2, "twa": 2, "dree": 3, "drei": 3, "trije": 3, "veer": 4, "fjouwer": 4, "vief": 5,
    "vieve": 5, "fiif": 5, "zesse": 6, "seis": 6, "zeuven": 7, "zeuve": 7, "zeum": 7, "zeve": 7, "achte": 8, "neegn": 9,
    "negn": 9, "njoggen": 9, "tiene": 10, "tsien": 10, "elluf": 11, "elve": 11, "twaalef": 12, "twalf": 12, "tolve": 12,
    "vieftien": 15, "zeuventien": 17, "twintich": 20, "tweintig": 20, "dattig": 30, "dertich": 30, "fjirtich": 40,
    "vieftig": 50, "fyftich": 50, "zestich": 60, "zeuventig": 70, "tachentig": 80, "tachtich": 80, "tachteg": 80,
}  # fmt: skip
WORDS: dict[str, float] = {
    **_UNITS,
    **_TENS,
    **_REGIONAL,
    "honderd": 100,
    "½": 0.5,
    "half": 0.5,
    "halve": 0.5,
    "halfje": 0.5,
    "anderhalf": 1.5,
    "anderhalve": 1.5,
    "tweeenhalf": 2.5,
    "drieenhalf": 3.5,
    "vierenhalf": 4.5,
    "tiental": 10,
    "vijftiental": 15,
    "dozijn": 12,
    "tientje": 10,
    "twintigtal": 20,
    "dertigtal": 30,
    **{
        f"{unit}en{ten}": value + tens
        for unit, value in _UNITS.items()
        if 1 <= value <= 9
        for ten, tens in _TENS.items()
    },
}
_RANGED: dict[str, tuple[float, float]] = {
    "paar": (2, 3), "paartje": (2, 3), "enkele": (2, 3), "tientallen": (20, 40), "meerdere": (2, 4),
    "verschillende": (2, 4), "verscheidene": (2, 4),
}  # fmt: skip
_SMALL = "|".join(word for word, value in WORDS.items() if 1 <= value <= 9 and value == int(value))
_AND_A_HALF = rf"(?:\d{{1,2}}|{_SMALL}) en een hal(?:f|ve)"

NUMBER = (
    rf"(?:\d{{1,3}}½|(?:{_AND_A_HALF}|"
    + "|".join(sorted([*WORDS, *_RANGED], key=len, reverse=True))
    + r")(?![^\W\d])|\d{1,4}(?:[.,]\d{1,2})?(?!\d))"
)
_ABOUT = (
    r"(?:(?:ongeveer|circa|ca\.?|zo'n|zon|zo een|plusminus|\+/-|rond de|rond|minstens|zeker|minimaal|ruim|"
    r"gemiddeld|bijna|wel|"
    r"meestal|hooguit|hoogstens|maximaal|toch|dik|krap|amper|nauwelijks|maar|iets van|meer dan|meer als|"
    r"om en nabij|"
    r"misschien|tussen|de|een|'n|n)\s+){0,4}"
)


def range_pattern(low: str = "low", high: str = "high") -> str:
    """A number or a range of two, as a pattern with these two group names."""
    return (
        rf"{_ABOUT}(?:stuk of\s+)?(?P<{low}>{NUMBER})"
        rf"(?:(?:\s*(?:tot en met|tot|t/m|a|-|/|of|en|~)\s*|,?\s+soms\s+|"
        rf",\s+){_ABOUT}(?P<{high}>{NUMBER})(?![\w-]))?(?:\s?(?:\+|plus\b))?"
    )


RANGE = range_pattern()
_DOUBT = re.compile(
    r"\b(?:geen (?:flauw )?idee|kweenie|kwenie|(?:ik )?weet (?:ik |het )?(?:\w+ )?niet|(?:ik )?denk(?: ik)?|"
    r"(?:ik )?schat(?: ik)?|gok(?:je)?|"
    r"ongeveer|circa|ca|zo'n|zon|plusminus|om en nabij|rond|of zo|ofzo|zoiets|misschien|wisselt|verschilt|"
    r"hangt ervan af|"
    r"iets van|(?:een|'?n) (?:\w+ )?(?:uur(?:tje)?|uurke|keer|dag|nacht|week|maand|jaar(?:tje)?|stuk) of|"
    r"stuk of|moeilijk te zeggen|gemiddeld|"
    r"meestal|bijna|haast|ruim|dik|krap|minstens|zeker|minimaal|meer dan|meer als|hooguit|hoogstens|maximaal|"
    r"zowat|vrijwel|"
    r"soms (?:meer|minder))\b|\d\s?\+|\+/-|\bplus\b"
)
_FILLER = (
    r"(?:(?:kweenie|kwenie|(?:ik )?weet (?:ik |het )?(?:\w+ )?niet(?: precies| zo)?|geen (?:flauw )?idee|"
    r"ik denk|denk ik|denk|ik schat|"
    r"schat ik|ik gok|gok|pff+|tja|nou|u+h*m*|e+hm*|h+m+|maybe|misschien|ofzo|of zo|zoiets|tussen|ja|per week|"
    r"wel)\b[\W_]*)*"
)
_BARE = re.compile(rf"^\W*{_FILLER}{RANGE}[\W_]*{_FILLER}$")
_BETWEEN = re.compile(r"\btussen (?:de )?$")
_NEAR, _BEFORE = 34, 24


def value_of(word: str) -> tuple[float, float]:
    """Lowest and highest a folded number word may mean; "paar" is 2 to 3. Raises ``ValueError`` on anything else."""
    if word in _RANGED:
        return _RANGED[word]
    if word in WORDS:
        return WORDS[word], WORDS[word]
    whole, _, half = word.partition(" en een ")
    if half:
        return value_of(whole)[0] + 0.5, value_of(whole)[1] + 0.5
    number = float(word[:-1]) + 0.5 if word.endswith("½") else float(word.replace(",", "."))
    return number, number


def range_of(match: re.Match[str], low: str = "low", high: str = "high") -> tuple[float, float]:
    """The range a match of ``range_pattern`` stands for, low first. "Acht en twintig" is 28, "tussen acht en twintig"
    a range; of "op nummer 84, 3 keer" only the last number counts.
    """
    first = value_of(match[low])
    if not match[high]:
        return first
    second = value_of(match[high])
    joint = match.string[match.end(low) : match.start(high)].strip()
    if joint == "en" and first[0] < 10 <= second[0] and second[0] % 10 == 0 and not _is_between(match, low):
        return first[0] + second[0], first[0] + second[0]
    if joint == "," and not first[0] < second[0] <= 2 * first[0] + 1:
        return second
    return min(first[0], second[0]), max(first[1], second[1])


def is_rough(folded: str, start: int, end: int) -> bool:
    """Does she say this with doubt: "denk ik", "ongeveer", "een stuk of", "40+"?"""
    begin = max(sentence_start(folded, start), start - _BEFORE)
    return _DOUBT.search(folded, begin, min(sentence_end(folded, end), end + _NEAR)) is not None


def bare_number(folded: str) -> float | None:
    """The number when the message is nothing but a number ("4", "een stuk of 5", "kweenie, 30?"); a range gives its
    middle.
    """
    match = bare_range(folded)
    return None if match is None else sum(range_of(match)) / 2


def bare_range(folded: str) -> re.Match[str] | None:
    """The match of ``RANGE`` when the message is nothing but a number, with or without words of doubt."""
    return _BARE.match(folded) if len(folded) <= 40 else None


def _is_between(match: re.Match[str], low: str) -> bool:
    return _BETWEEN.search(match.string, max(0, match.start(low) - 12), match.start(low)) is not None
