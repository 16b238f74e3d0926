"""Since when she cares: "sinds mei", "al drie jaar", "een jaar of tien", "vanaf haar 60e", "toen ik klein was"."""

from __future__ import annotations

import re

from bot.reading import Since
from bot.understanding.heard import is_marked, phrases_in
from bot.understanding.numbers import RANGE, is_rough, range_of, range_pattern
from bot.understanding.text import clause_start, evidence, sentence_end

_MONTHS = {
    **dict(zip(("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
                "november", "december"), range(1, 13), strict=True)),
    "jan": 1, "feb": 2, "mrt": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "okt": 10, "nov": 11,
    "dec": 12,
}  # fmt: skip
_YEAR = r"(?:19|20)\d\d"
_SINCE = r"(?:sinds|sind|sinsd|sins|sedert|vanaf|al vanaf)"
_DATE = re.compile(
    rf"\b{_SINCE} (?:ongeveer |zo'n |rond )?(?:begin |eind |half |medio |zomer |winter |najaar |voorjaar |"
    rf"herfst |lente )?"
    rf"(?:de maand |\d{{1,2}} )?(?:(?P<month>{'|'.join(_MONTHS)})\b(?: (?:van )?(?P<year>{_YEAR}))?|"
    rf"(?P<only>{_YEAR})\b|'(?P<short>\d\d)\b)"
    r"(?! vorig| afgelopen| verleden)"
)
_IN_YEAR = re.compile(rf"\bin (?P<only>{_YEAR})\b")
_CORONA = re.compile(rf"\b{_SINCE} (?:de |het )?(?:begin van )?(?:de )?(?:corona\w*|covid|pandemie)")
_CORONA_YEAR = 2020
_UNIT = r"(?P<unit>jaartje|jaren|jaar|jr|joar|maanden|maand|mnd|maandjes|weken|week|weekjes|dagen|dag)"
_LONG = (
    re.compile(
        r"\b(?:al|sinds|alweer|nu|zo'n|bijna|ruim|inmiddels|meer dan|pas|zeker|minstens|(?:de|het) (?:laatste|"
        r"afgelopen))\s+"
        rf"(?:(?:ruim|bijna|zo'n|zon|meer dan|minstens|zeker|meer als)\s+)?(?:(?:een|'?n) (?P<about_unit>jaar|"
        rf"maand|week) of {range_pattern('about', 'about_high')}|{RANGE}\s*{_UNIT})\b"
    ),
    re.compile(
        rf"\b(?:(?:een|'?n) (?P<about_unit>jaar|maand|week) of {range_pattern('about', 'about_high')}|"
        rf"{RANGE}\s*{_UNIT})\s+(?:nu|geleden|lang|al|inmiddels|terug|mantelzorg\w*)\b"
    ),
)
_ONLY_LONG = re.compile(
    rf"^\W*(?:(?:een|'?n) (?P<about_unit>jaar|maand) of {range_pattern('about', 'about_high')}|"
    rf"{RANGE}\s*(?P<unit>jaar|jr|maanden|maand|mnd))(?: (?:denk ik|ongeveer|of zo|ofzo))?\W*$"
)
_AT_LEAST = re.compile(r"\b(?:meer dan|meer als|minstens|zeker)\b|\+|\bplus\b")
_WORDS = r"(?: (?!\w+ (?:ik|we|wij|hij|zij|ze|het)\b)[\w'-]+)"
_EVENT = re.compile(
    rf"\b(?:al )?(?:sinds|sind|sedert)(?: dat)?(?! (?:wanneer|kort\b)){_WORDS}{{1,5}}"
    rf"|\bvanaf (?:het moment|dat|toen|(?:zijn|haar|mijn|m'n|z'n|d'r) (?:\d{{1,2}}(?:e|ste|de)|\w+(?:ste|"
    rf"de))){_WORDS}{{0,3}}"
)
_SHORT = re.compile(r"\bsinds (?:kort|gisteren|vandaag)\b")
_DEATH = re.compile(r"\b(?:dood|overleden|weduw\w+)\b")
_CARES = re.compile(r"\b(?:zorg|help|doe ik|doe|kom ik|ga ik|regel)\b")
_HINT = re.compile(
    r"sin[ds]|sedert|vanaf|\bal\b|jaar|jr\b|joar|maand|mnd|we+k|\bin \d{4}|leven|laatste|toen|af\b|heugenis"
)
_IS, _ENDS = re.compile(r"\b(?:is|ben|wordt|was|zijn) $"), re.compile(r"\s*(?:$|[.,!?;]|(?:en|maar|dus)\b)")
_VAGUE, _AT_LEAST_MARK = "since.", "+"
_DAYS_A_MONTH, _DAYS_A_WEEK = 30.4, 7


def read_since(text: str, folded: str) -> Since | None:
    """Since when. How long people are married, wait or work does not count.

    What only has sense on the day it was said ("sinds de zomer") or in a life ("vanaf haar 60e") is kept as her words.
    """
    if not _HINT.search(folded):
        return None
    return (
        _read_date(text, folded) or _read_long(text, folded) or _read_vague(text, folded) or _read_event(text, folded)
    )


def _read_date(text: str, folded: str) -> Since | None:
    for pattern in (_DATE, _IN_YEAR):
        match = pattern.search(folded)
        if match and not _about_something_else(folded, *match.span()):
            groups = match.groupdict()
            short = groups.get("short")
            year = groups.get("year") or groups["only"] or (short and ("20" if short < "40" else "19") + short)
            month = groups.get("month")
            return Since(None, int(year) if year else None, _MONTHS[month] if month else None,
                         evidence(text, *match.span()))  # fmt: skip
    corona = _CORONA.search(folded)
    return Since(None, _CORONA_YEAR, None, evidence(text, *corona.span()), approximate=True) if corona else None


def _read_long(text: str, folded: str) -> Since | None:
    for match in (match for pattern in (*_LONG, _ONLY_LONG) for match in pattern.finditer(folded)):
        unit = match["about_unit"] or match["unit"]
        if unit.startswith("dag") and "geleden" not in match.group():
            continue  # "al drie dagen per week" is how often, not since when
        if not _about_something_else(folded, *match.span()) and not _is_age_or_rhythm(folded, *_amount(match)):
            low, high = range_of(match, "about", "about_high") if match["about"] else range_of(match)
            first, last = _months(low, unit), _months(high, unit)
            return Since(
                first,
                None,
                None,
                evidence(text, *match.span()),
                months_high=last if last != first else None,
                open_ended=_AT_LEAST.search(match.group()) is not None,
                approximate=is_rough(folded, *match.span()),
            )
    return None


def _read_vague(text: str, folded: str) -> Since | None:
    """ "Al jaren": at least so many months as stand in the name of the list; or only told in words."""
    for hit in phrases_in(folded):
        if hit.room != "amounts" or not hit.value.startswith(_VAGUE) or hit.value == "since.other":
            continue
        if not _about_something_else(folded, hit.start, hit.end):
            least = hit.value.removeprefix(_VAGUE)
            months = float(least.removesuffix(_AT_LEAST_MARK)) if least.endswith(_AT_LEAST_MARK) else None
            words = evidence(text, hit.start, hit.end)
            return Since(months, None, None, words, open_ended=months is not None, approximate=True)
    return None


def _read_event(text: str, folded: str) -> Since | None:
    """ "Sinds haar val", "sinds vorige zomer": the words, up to the end of the clause or five of them."""
    match = _SHORT.search(folded) or _EVENT.search(folded)
    if match is None or _is_age_or_rhythm(folded, *match.span()):
        return None
    until = sentence_end(folded, match.end())
    death = _DEATH.search(folded, match.start(), match.end())
    if death and not _CARES.search(folded, match.start(), until):
        return None
    if not death and _about_something_else(folded, match.start(), match.end(), near=0):
        return None
    return Since(None, None, None, evidence(text, *match.span()), approximate=True)


def _amount(match: re.Match[str]) -> tuple[int, int]:
    return match.start(), max(match.end("unit"), match.end("about"), match.end("about_high"))


def _months(amount: float, unit: str) -> float:
    if unit.startswith("j"):
        return round(amount * 12, 1)
    if unit.startswith("m"):
        return round(amount, 1)
    return round(amount * (_DAYS_A_WEEK if unit.startswith("w") else 1) / _DAYS_A_MONTH, 1)


def _is_age_or_rhythm(folded: str, start: int, end: int) -> bool:
    """ "Al drie weken per jaar" is how often; "hij is al 80 jaar" and "al 80 jaar oud" are ages."""
    if _IS.search(folded, max(0, start - 8), start) and _ENDS.match(folded, end):
        return True
    return re.match(r"\s*(?:per|in de|in het|oud|jong|ouder|jonger)\b", folded[end : end + 10]) is not None


def _about_something_else(folded: str, start: int, end: int, near: int = 30) -> bool:
    return is_marked(folded, "since.other", clause_start(folded, start), min(sentence_end(folded, end), end + near))
