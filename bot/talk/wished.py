"""A wish in her own words, told where nothing asked for it: beside another answer, or after the first offers.

"Dat ik er een ochtend uit kan" names no kind of offer. The person who calls her reads it; it is not asked again.
"""

from __future__ import annotations

import re

from bot.profile import CarerProfile, Told
from bot.reading import Reading
from bot.talk.news import News
from bot.talk.roles import is_carer
from bot.talk.thread import Thread
from bot.understanding.text import fold

_ASIDE = frozenset(("tell", "out_of_scope", "ask_offers", "affirm", "deny"))
LONGEST_WISH = 300  # characters, as of any answer in her own words
_LEAST = 5  # words of a wish that nothing asked for
_SENTENCE = re.compile(r"[^.!?\n]+")
_WISHES = re.compile(
    r"(?:^|[,;:]|\b(?:en|maar|want)\b)\s*(?:(?:nee|ja|nou|en|maar|tja|ach|eigenlijk|gewoon|vooral)\b[\s,]*)*"
    r"(?P<wish>(?:dat (?:ik|er (?:\w+ ){0,6}(?:iemand|een ander))"
    r"|ik zou (?:(?:zo|heel|eigenlijk|gewoon|wel|het|zelf|ook|nog|eens|weer|even|echt|vooral) )*(?:graag|willen|wensen)"
    r"|het liefst|wat ik (?:zou willen|het liefst wil)|wat mij zou helpen|kon ik maar"
    r"|ik (?:wou|wilde|droom ervan) dat (?:ik|er)"
    r"|ik wil (?:(?:zo|heel|gewoon|wel|zelf) )*(?:graag|weer eens|eens|even weg))\b.*)"
)
_OF_THE_TALK = re.compile(
    r"\b(?:praten|stoppen|weten|vragen|bellen|gebeld|spreken|contact|aanvraag|gesprek|wissen|sturen|versturen|horen|mens"
    r"|dood|doodga\w*|sterf|sterven|leven|leefde|voorbij|afgelopen|verdwijn\w*|wakker|er niet (?:meer )?(?:ben|was))\b"
)
"""Wishes about this talk, and what is heard as despair: neither is kept as what would help."""
_TOLD = re.compile(r"^dat ik (?:(?:\w+) ){0,12}?(?:moet|moest|heb|had|doe|deed|ben|was|hoorde|niet kan|niet meer)\b")
"""A clause that only tells: "dat ik alles alleen moet doen"."""


def read_wish(text: str) -> str:
    """Her wish as she wrote it, up to the end of its sentence; "" when these words hold none."""
    for found in _SENTENCE.finditer(text):
        sentence = found.group().strip()
        hit = _WISHES.search(fold(sentence))
        if hit is None:
            continue
        folded = hit["wish"]
        if len(folded.split()) < _LEAST or _OF_THE_TALK.search(folded) or _TOLD.search(folded):
            continue
        return sentence[hit.start("wish") :].strip()
    return ""


def take_wish(profile: CarerProfile, thread: Thread, reading: Reading, text: str, intent: str, news: News) -> bool:
    """Keep a wish that was told where nothing asked for it; ``True`` when it also answers the open question.

    Whoever answers "is er iemand die het overneemt" with what she longs for is not asked that a second time.
    """
    wanted = is_carer(profile) and profile.minor is None and profile.bereaved is None
    if profile.wishes or not wanted or intent not in _ASIDE or reading.refuses is not None or "?" in text:
        return False
    wish = read_wish(text)[:LONGEST_WISH]
    if not wish:
        return False
    profile.wishes = [Told(wish, wish, thread.turn)]
    news.fields.add("wishes")
    if thread.pending != "helpers":
        return False
    thread.pending = None
    return True
