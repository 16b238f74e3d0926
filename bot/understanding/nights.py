"""Broken nights: "elke nacht twee keer", "drie nachten per week", "om de nacht", "ik slaap niet", "de nachten gaan goed"."""

from __future__ import annotations

import re

from bot.reading import Nights
from bot.understanding.numbers import RANGE, range_of
from bot.understanding.text import evidence, sentence_end, sentence_start

_EVERY = re.compile(r"\b(?:elke|iedere|alle|ieder|elk|every) (?:nachten|nacht|nachts)\b|\bnacht na nacht\b|\bnachten achter elkaar\b|\bnooit een nacht\b")
_NEARLY = re.compile(r"\b(?:bijna|haast|vrijwel|zowat|zo goed als) $")
_ALTERNATE = re.compile(r"\bom de (?:andere )?nacht\b|\bde (?:ene|andere) nacht (?:wel|niet)\b|\bde helft van de nachten\b")
_COUNT = re.compile(rf"\b{RANGE} (?:slechte |gebroken |hele )?(?:nachten|nacht|nachtjes)(?: (?:per|in de|in een|de|van de|/) ?(?:7|zeven|week|wk))?")
_TIMES_A_WEEK = re.compile(rf"\b{RANGE} ?(?:keer|x|maal) (?:per|in de|de) week ?(?:'s ?nachts|snachts|eruit)")
_TIMES = re.compile(rf"\b{RANGE} ?(?:keer|x|maal|keren)(?: (?:per|op een|in de|elke|iedere|in een|de) nacht| (?:er ?uit|eruit|uit bed|wakker|op|mijn bed uit|m'n bed uit))?")
_NIGHT = re.compile(r"\bnacht|nachts\b")
_AWAKE = re.compile(
    r"\b(?:ik slaap|slaap ik|slaap)(?: [\w']+){0,4}? (?:niet|amper|nauwelijks|slecht|weinig|nooit|geen|beroerd)\b|\bgeen oog dicht\b|"
    r"\bniet (?:meer )?door ?slapen\b|\b(?:er|mijn bed|m'n bed) ?'?s?n?achts (?:uit|naast|op)\b|\b(?:'s ?nachts|snachts) (?:er ?uit|eruit|uit bed|op|wakker)\b|"
    r"\b(?:gebroken|slechte|korte|slapeloze|doorwaakte|onrustige) nachten\b|\b(?:maakt|roept)(?: [\w']+){0,3} (?:wakker|nachts)\b|\blig(?: [\w']+){0,3} wakker\b|"
    r"\bspookt(?: [\w']+){0,3} nachts?\b|\bslapeloos\w*|\bslapeloze\b|\bniet (?:geslapen|doorgeslapen)\b|\bnachten zijn (?:zwaar|slecht|kort|een drama|verschrikkelijk)\b")
_WELL = re.compile(
    r"\b(?:ik slaap|slaap ik|we slapen|wij slapen|slapen we|slaap|slaapt|nachten (?:gaan|zijn|verlopen)|nacht (?:gaat|is)|nachts (?:gaat het|is het|slaapt \w+|slaap ik))"
    r"(?: (?:wel|gelukkig|altijd|gewoon|nog|heel|best|redelijk|meestal|hij|zij|ze|ik|verder|wel nog|'s nachts|snachts|de|hele|nacht)){0,5} (?:goed|prima|door|als een roos|rustig|lekker|best|ok|oke|niks aan de hand)\b|"
    r"\bnachts (?:is er )?niks aan de hand\b|\b(?:'s ?nachts|snachts) (?:nooit|niet) (?:eruit|uit bed|wakker)\b|\bgeen (?:gebroken|slechte) nachten\b|\bhoef er 's ?nachts niet\b|\bniet 's ?nachts\b")
_WELL_NOT = re.compile(r"\b(?:niet|nooit|slecht|geen|nauwelijks|amper)\b")
_RELIEF = re.compile(r"\b(?:weg|logeren|doorslapen|vakantie|opvang|ergens|slapen bij|overnachten|hotel|rust|wil|wilde|graag|zou)\b")


def read_nights(text: str, folded: str) -> Nights | None:
    """Broken nights a week and times a night, as far as said; ``None`` when nights are not mentioned."""
    if "nacht" not in folded and "slap" not in folded and "slaa" not in folded and "wakker" not in folded and "oog" not in folded:
        return None
    every = _EVERY.search(folded)
    times = _times_a_night(folded)
    if every and not _is_wish(folded, every):
        low = 5.0 if _NEARLY.search(folded, 0, every.start()) else 7.0
        if not _sleeps_well(folded, every):
            return _nights(text, low, 7.0, times, every)
    for pattern in (_TIMES_A_WEEK, _COUNT):
        for match in pattern.finditer(folded):
            low, high = range_of(match)
            if high <= 7 and not _is_wish(folded, match) and not _is_single(match):
                return _nights(text, low, high, times, match)
    alternate = _ALTERNATE.search(folded)
    if alternate:
        return _nights(text, 3.5, 3.5, times, alternate)
    well = _WELL.search(folded)
    awake = _AWAKE.search(folded)
    if times and not (awake and awake.start() < times[1].start()):
        return _nights(text, None, None, times, times[1])
    if awake and not (well and well.start() <= awake.start() < well.end()):
        return _nights(text, None, None, times, awake)
    if well and not _WELL_NOT.search(well.group().replace("'s nachts niet", "").replace("geen gebroken", "")
                                     .replace("geen slechte", "").replace("nooit", "").replace("niet", "")):
        return _nights(text, 0.0, 0.0, None, well)
    return None


def _nights(text: str, low: float | None, high: float | None, times: tuple[float, re.Match[str]] | None,
            match: re.Match[str]) -> Nights:
    start, end = match.span()
    if times is not None:
        start, end = min(start, times[1].start()), max(end, times[1].end())
    if end - start > 120:
        start, end = match.span()
    return Nights(low, high, times[0] if times else None, evidence(text, start, end))


def _times_a_night(folded: str) -> tuple[float, re.Match[str]] | None:
    for match in _TIMES.finditer(folded):
        near = folded[sentence_start(folded, match.start()): sentence_end(folded, match.end())]
        low, high = range_of(match)
        if _NIGHT.search(near) and "week" not in folded[match.end(): match.end() + 12] and high <= 20:
            return (low + high) / 2, match
    return None


def _is_wish(folded: str, match: re.Match[str]) -> bool:
    """Nights she would like ("twee nachten logeren"), not nights she has."""
    return bool(_RELIEF.search(folded, max(sentence_start(folded, match.start()), match.start() - 30),
                               min(sentence_end(folded, match.end()), match.end() + 30)))


def _is_single(match: re.Match[str]) -> bool:
    return match["low"] in ("een", "één", "1", "half", "halve") and "week" not in match.group() and match["high"] is None


def _sleeps_well(folded: str, match: re.Match[str]) -> bool:
    near = folded[sentence_start(folded, match.start()): sentence_end(folded, match.end())]
    return bool(_WELL.search(near)) and not _WELL_NOT.search(near)
