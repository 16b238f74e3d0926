"""Since when she cares: "sinds mei", "al drie jaar", "vanaf 2019"."""

from __future__ import annotations

import re

from bot.reading import Since
from bot.understanding.numbers import RANGE, range_of
from bot.understanding.text import clause_start, evidence, sentence_end, sentence_start

_MONTHS = {"januari": 1, "jan": 1, "februari": 2, "feb": 2, "maart": 3, "mrt": 3, "april": 4, "apr": 4, "mei": 5, "juni": 6, "jun": 6,
           "juli": 7, "jul": 7, "augustus": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9, "oktober": 10, "okt": 10, "november": 11,
           "nov": 11, "december": 12, "dec": 12}
_FROM = r"(?:sinds|sind|sinsd|vanaf|sedert|al sinds|al vanaf)"
_DATE = re.compile(rf"\b{_FROM} (?:begin |eind |half |medio |ongeveer |de maand |\d{{1,2}} )?(?:(?P<month>{'|'.join(_MONTHS)})\b(?: (?:van )?(?P<year>(?:19|20)\d\d))?|(?P<only>(?:19|20)\d\d)\b)")
_IN_YEAR = re.compile(r"\b(?:in|begon in|begonnen in) (?P<only>(?:19|20)\d\d)\b")
_SPAN = r"(?P<unit>jaartje|jaren|jaar|jr|maanden|maand|mnd|maandjes|weken|week|weekjes|dagen|dag)"
_LONG = (
    re.compile(rf"\b(?:al|sinds|alweer|nu|zo'n|bijna|ruim|inmiddels|meer dan|pas)\s+"
               rf"(?:(?:ruim|bijna|zo'n|zon|meer dan|minstens|zeker|meer als)\s+)?{RANGE}\s*{_SPAN}\b"),
    re.compile(rf"\b{RANGE}\s*{_SPAN}\s+(?:nu|geleden|lang|al|inmiddels)\b"),
)
_VAGUE = (
    (re.compile(r"\bal (?:heel wat |vele |zo veel |zoveel |heel veel )?jaren\b|\bjarenlang\b|\bal jaren lang\b"), 36.0),
    (re.compile(r"\bal (?:een )?(?:paar |enkele )?maanden\b"), 3.0),
    (re.compile(r"\bal (?:een tijdje|een poosje|een tijd|lang|lange tijd|heel lang|een hele tijd)\b"), 12.0),
    (re.compile(r"\b(?:sinds kort|nog maar net|pas net|net begonnen|vorige week|sinds vorige week|sinds gisteren|pas)\b(?= (?:ziek|thuis|begonnen|zorg|gevallen))|\bsinds (?:kort|vorige week|gisteren)\b"), 0.5),
    (re.compile(r"\bsinds vorige maand\b"), 1.0),
    (re.compile(r"\bsinds (?:vorig jaar|vorige (?:zomer|winter|lente|herfst|voorjaar))\b"), 12.0),
    (re.compile(r"\bsinds (?:de zomer|het voorjaar|de lente|de winter|de herfst|het najaar|dit jaar)\b"), 6.0),
    (re.compile(r"\bsinds corona\b"), 60.0),
    (re.compile(r"\b(?:sinds|vanaf|al sinds) (?:zijn|haar|z'n|de|d'r) geboorte\b|\bzijn hele leven\b|\bhaar hele leven\b|\bmijn hele leven\b"), -1.0),
)
_NOT_CARE = re.compile(r"\b(?:getrouwd|samen|huwelijk|buren|bevriend|vrienden|bij elkaar|met pensioen|dood|overleden|weduwe|weduwnaar|gescheiden|oud|wachtlijst|"
                       r"wacht|wachten|werk ik|werkzaam|in dienst|in de zorg|in nederland|verpleegkundige|vrijwilliger|woon hier|wonen hier|kennen|niet gezien|"
                       r"niet op vakantie|geen vakantie|niet geslapen|gebeld)\b")
_DAYS_A_MONTH = 30.4


def read_since(text: str, folded: str) -> Since | None:
    """Since when; approximate by nature. How long people are married, wait or work does not count."""
    for pattern in (_DATE, _IN_YEAR):
        match = pattern.search(folded)
        if match and not _about_something_else(folded, match):
            groups = match.groupdict()
            year = groups.get("year") or groups["only"]
            month = groups.get("month")
            return Since(None, int(year) if year else None, _MONTHS[month] if month else None, evidence(text, *match.span()))
    for match in (match for pattern in _LONG for match in pattern.finditer(folded)):
        if not _about_something_else(folded, match):
            return Since(_months(match), None, None, evidence(text, *match.span()))
    for pattern, months in _VAGUE:
        match = pattern.search(folded)
        if match and not _about_something_else(folded, match):
            return Since(months if months >= 0 else None, None, None, evidence(text, *match.span()))
    return None


def _months(match: re.Match[str]) -> float:
    low, high = range_of(match)
    unit = match["unit"]
    amount = (low + high) / 2
    if unit.startswith("j"):
        return round(amount * 12, 1)
    if unit.startswith("m"):
        return round(amount, 1)
    return round(amount * (7 if unit.startswith("w") else 1) / _DAYS_A_MONTH, 1)


def _about_something_else(folded: str, match: re.Match[str]) -> bool:
    start, end = clause_start(folded, match.start()), sentence_end(folded, match.end())
    start = max(start, sentence_start(folded, match.start()))
    return bool(_NOT_CARE.search(folded, start, min(end, match.end() + 30)))
