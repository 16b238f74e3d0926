"""Does she say *je* to us? Then we say it back. "Je doet wat je kunt" says it to nobody."""

from __future__ import annotations

import re

_ASKED = "kun|kan|wil|zou|zul|mag|weet|heb|ben|help|zoek|vraag|begrijp|snap|ken|vind|denk|zie|lees|hoor|bedoel|zeg|doe"
_TO_US = re.compile(
    rf"(?<!dan )(?<!daar )(?<!zo )\b(?:{_ASKED}) ?(?:je|jij|jullie)\b"
    r"(?:[^.!?\n]*\?|(?: \w+){0,2} (?:mij|me|voor mij|ons|een (?:mens|robot|computer)|eigenlijk|echt)\b)"
    r"|\bbe?n?de? (?:gij|ge)\b"
    r"|\b(?:jij|je) (?:bent een|snapt|begrijpt|luistert|helpt me|helpt mij|zegt steeds)\b"
    r"|(?:^|[.!?] ?)(?:heb|weet|ken) (?:je|jij) (?:\w+ ){0,2}(?:iets|iemand|wat|een|hier)\b"
    r"|\b(?:kan|kun|wil|zou) (?:je|jij) (?:er|dat|dit|het|erbij|mij|me)\b"
    r"|\b(?:jij|je) (?:geeft geen antwoord|zegt (?:\w+ ){0,3}hetzelfde|snapt er niks)"
    r"|\b(?:yo|ngl|eig|bro|lowkey|chille?|wtf|omg|lol|boeie)\b"
    r"|\bjouw?\b[^.!?\n]*\?|\bhoi\b.{0,20}\bje\b"
)
_ASKED_FORMALLY = "kunt|kan|wilt|wil|zult|zal|zou|weet|hebt|heeft|bent|mag|begrijpt|helpt|zoekt|kent|bedoelt|zegt"
_FORMAL = re.compile(rf"\b(?:{_ASKED_FORMALLY}) u\b|\bu (?:bent|kunt|hebt|heeft)\b")


def says_je(folded: str) -> bool | None:
    """``True`` for *je* to us, ``False`` for *u*, ``None`` when neither is said. ``folded``: see ``text.fold``."""
    if _FORMAL.search(folded):
        return False
    return True if _TO_US.search(folded) else None
