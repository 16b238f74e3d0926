"""Who else helps, told apart from who is cared for: "mijn zus komt op woensdag", "mijn broer zou helpen", "in Canada".

A person who helps, would help, or lives abroad is nobody she cares for; the days they come are not the days on which
she wants help herself (R18: nothing is guessed).
"""

from __future__ import annotations

import re

from bot.understanding.text import clause_end, clause_start, sentence_end

_BESIDE = re.compile(r"\s*(?:van \d{1,2}(?: jaar)?\b|\(\d{1,2}\)|(?:in|uit|op) (?:de |het )?[\w-]+)\s*")
"""What may stand between a person and the verb: "mijn dochter van 8 helpt", "mijn zoon in Emmen belt"."""
_OFTEN = (
    r"(?:op|elke|elk|iedere|ieder|een keer|twee keer|soms|af en toe|regelmatig|om de|'?s|in het|"
    r"(?:maan|dins|woens|donder|vrij|zater|zon)dag\w*)"
)
_NOT_THEY = r"(?:(?!ik\b|we\b|wij\b|je\b|iemand\b|niet\b|nooit\b|bij\b)[\w'-]+ )"
_DOES = re.compile(
    rf"(?:helpt|helpen)\b (?!{_NOT_THEY}{{0,4}}niet\b)"
    rf"|(?:komt|komen) {_NOT_THEY}{{0,2}}{_OFTEN}\b"
    rf"|(?:past|passen) {_NOT_THEY}{{0,4}}op\b|(?:vangt|vangen) {_NOT_THEY}{{0,4}}op\b"
    rf"|(?:neemt|nemen) {_NOT_THEY}{{1,4}}(?:mee|over|waar)\b|(?:springt|springen) {_NOT_THEY}{{0,3}}(?:bij|in)\b"
)
_WOULD = re.compile(
    rf"(?:zou|zouden|wil|willen|wilde|wilden|kan|kunnen|kon|konden|gaat|gaan|ging|gingen) {_NOT_THEY}{{0,3}}"
    r"(?:meehelpen|helpen|oppassen|bijspringen|inspringen|overnemen)\b"
)
_ABROAD = (
    r"(?:het buitenland|australie|nieuw-zeeland|canada|amerika|de vs|spanje|frankrijk|duitsland|belgie|engeland|"
    r"portugal|italie|turkije|marokko|suriname|curacao|aruba|polen|zweden|noorwegen|denemarken|dubai|indonesie)"
)
_FAR = re.compile(
    rf"(?:die )?(?:woont|wonen|zit|zitten|is|zijn) (?:\w+ ){{0,3}}(?:in {_ABROAD}\b|ver weg\b|ver uit de buurt\b)"
    rf"|in {_ABROAD}\b"
)
_SHARES = re.compile(r"en ik (?:doen|zorgen|verdelen|wisselen|regelen|rijden|slapen|helpen)\b")
_CALLED_FIRST = re.compile(rf"\b{_OFTEN} (?:\w+ )?(?:komt|helpt|past|kookt|springt) $")
_COMES_HOME = re.compile(r"\b(?:thuis|naar huis|wonen|logeren|slapen|eruit|vrij)\b")
_IN_VAIN = re.compile(
    r"\b(?:ho maar|niks|niets|nooit|niet meer|kan niet|kunnen niet|geen tijd|gestopt|opgehouden|weggevallen|verhuisd|"
    r"vertrokken|zou|zouden|laat alles|laten alles|aan mij over)\b"
)
_AT_WORK = re.compile(r"\b(?:werk|werkt|werkte|baan|dienst) (?:\w+ ){0,2}(?:in|bij|voor) (?:de |een )?$")


def is_helper(folded: str, start: int, end: int) -> bool:
    """Is the person named between ``start`` and ``end`` somebody who helps or would help, or is too far to?"""
    begin = _past_what_stands_beside(folded, end)
    after, rest = folded[begin : clause_end(folded, begin)], folded[end : sentence_end(folded, end)].lstrip(" ,")
    if _FAR.match(rest):
        return True
    if _COMES_HOME.search(after):
        return False
    before = folded[clause_start(folded, start) : start]
    return bool(_DOES.match(after) or _WOULD.match(after) or _CALLED_FIRST.search(before))


def gives_help(folded: str, start: int, end: int) -> bool:
    """Does this person help now, so that she does not stand alone? What is promised, over or said to fail is none."""
    begin = _past_what_stands_beside(folded, end)
    if _IN_VAIN.search(folded, start, sentence_end(folded, end)) or _COMES_HOME.search(
        folded, begin, clause_end(folded, begin)
    ):
        return False
    after, before = folded[begin : sentence_end(folded, begin)], folded[clause_start(folded, start) : start]
    return bool(_DOES.match(after) or _SHARES.match(after) or _CALLED_FIRST.search(before))


def is_in_vain(folded: str, start: int, end: int) -> bool:
    """Is the help named here over, or refused, or where she works? "De thuiszorg is gestopt"."""
    return bool(
        _IN_VAIN.search(folded, clause_start(folded, start), sentence_end(folded, end))
        or _AT_WORK.search(folded, clause_start(folded, start), start)
    )


def _past_what_stands_beside(folded: str, end: int) -> int:
    beside = _BESIDE.match(folded, end)
    begin = beside.end() if beside else end
    return begin + len(folded[begin:]) - len(folded[begin:].lstrip())
