"""Since when she cares: "sinds mei", "al drie jaar", "vanaf 2019"."""

from __future__ import annotations

import re

from bot.reading import Since
from bot.understanding.heard import is_marked, phrases_in
from bot.understanding.numbers import RANGE, range_of
from bot.understanding.text import clause_start, evidence, sentence_end

_MONTHS = {
    **dict(zip(("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
                "november", "december"), range(1, 13), strict=True)),
    "jan": 1, "feb": 2, "mrt": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "okt": 10, "nov": 11,
    "dec": 12,
}  # fmt: skip
_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    r"\b(?:sinds|sind|sinsd|vanaf|sedert) (?:begin |eind |half |medio |ongeveer |de maand |\d{1,2} )?"
    rf"(?:(?P<month>{'|'.join(_MONTHS)})\b(?: (?:van )?(?P<year>{_YEAR}))?|(?P<only>{_YEAR})\b)"
)
_IN_YEAR = re.compile(rf"\bin (?P<only>{_YEAR})\b")
_UNIT = r"(?P<unit>jaartje|jaren|jaar|jr|maanden|maand|mnd|maandjes|weken|week|weekjes|dagen|dag)"
_LONG = (
    re.compile(
        r"\b(?:al|sinds|alweer|nu|zo'n|bijna|ruim|inmiddels|meer dan|pas)\s+"
        rf"(?:(?:ruim|bijna|zo'n|zon|meer dan|minstens|zeker|meer als)\s+)?{RANGE}\s*{_UNIT}\b"
    ),
    re.compile(rf"\b{RANGE}\s*{_UNIT}\s+(?:nu|geleden|lang|al|inmiddels)\b"),
)
_VAGUE = "since."
_DAYS_A_MONTH = 30.4


def read_since(text: str, folded: str) -> Since | None:
    """Since when; approximate by nature. How long people are married, wait or work does not count."""
    for pattern in (_DATE, _IN_YEAR):
        match = pattern.search(folded)
        if match and not _about_something_else(folded, *match.span()):
            groups = match.groupdict()
            year, month = groups.get("year") or groups["only"], groups.get("month")
            return Since(None, int(year) if year else None, _MONTHS[month] if month else None,
                         evidence(text, *match.span()))  # fmt: skip
    for match in (match for pattern in _LONG for match in pattern.finditer(folded)):
        if not _about_something_else(folded, *match.span()):
            return Since(_months(match), None, None, evidence(text, *match.span()))
    return _read_vague(text, folded)


def _read_vague(text: str, folded: str) -> Since | None:
    """ "al jaren", "sinds de zomer": the number of months stands in the name of the list."""
    for hit in phrases_in(folded):
        if hit.room != "amounts" or not hit.value.startswith(_VAGUE) or hit.value == "since.other":
            continue
        if not _about_something_else(folded, hit.start, hit.end):
            months = hit.value.removeprefix(_VAGUE)
            return Since(None if months == "always" else float(months), None, None, evidence(text, hit.start, hit.end))
    return None


def _months(match: re.Match[str]) -> float:
    low, high = range_of(match)
    amount, unit = (low + high) / 2, match["unit"]
    if unit.startswith("j"):
        return round(amount * 12, 1)
    if unit.startswith("m"):
        return round(amount, 1)
    return round(amount * (7 if unit.startswith("w") else 1) / _DAYS_A_MONTH, 1)


def _about_something_else(folded: str, start: int, end: int) -> bool:
    return is_marked(folded, "since.other", clause_start(folded, start), min(sentence_end(folded, end), end + 30))
