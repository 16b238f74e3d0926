"""Typed words after a request was sent: "ik hoor niets", and an answer to the question of ours that is open.

Only words that have one sense after that question; everything else is a message like any other.
"""

from __future__ import annotations

import re

from bot.understanding.text import fold

LONGEST_ANSWER = 12
"""Words. A longer yes or no is a story, in which it may belong to something else."""

_NO_WORD_YET = re.compile(
    r"\b(?:hoor|hoorde|gehoord|vernomen|vernam)\b(?:\W+\w+){0,4}?\W+(?:niets|niks|nix|nooit)\b"
    r"|\b(?:niets|niks|nix)\b(?:\W+\w+){0,4}?\W+(?:hoor|hoorde|gehoord|vernomen)\b"
    r"|\b(?:geen|nooit)\b(?:\W+\w+){0,2}?\W+(?:antwoord|reactie|bericht|belletje|telefoontje|teken)\b"
    r"|\b(?:nog (?:steeds |altijd )?niet|niemand)\b(?:\W+\w+){0,3}?\W+(?:gebeld|belt|teruggebeld|contact|gereageerd)\b"
    r"|\bwaar blijf(?:t|en)\b|\bik (?:zit|wacht)\b(?:\W+\w+){0,3}?\W+(?:te wachten|al|nog)\b"
)
_WORSE = re.compile(
    r"\b(?:zwaarder|erger|slechter|achteruit\w*|moeilijker|verergerd|niet meer (?:vol|aan)|trek het niet)\b"
    r"|\bgaat (?:het )?(?:echt )?niet meer\b"
)
_BETTER_SO = re.compile(r"\b(?:niet|geen|nooit|niks) (?:\w+ )?(?:zwaarder|erger|slechter|achteruit|moeilijker)\b")
_GONE = re.compile(r"\b(?:hoeft niet meer|niet meer nodig|opgelost|laat maar|trek\w* (?:\w+ )?in|intrekken)\b")
_NOT_GONE = re.compile(r"\b(?:niet|nog niet|niks|nooit) opgelost\b")
_UNSOLVED = re.compile(
    r"\b(?:niet|nog niet|niks|nooit|niets) (?:\w+ )?(?:opgelost|geregeld|gelukt)\b|\bheropen|\bweer open"
)
_SAME = re.compile(r"\b(?:hetzelfde|zelfde|klopt (?:nog|allemaal|precies)|(?:niets|niks) veranderd|onveranderd)\b")
_PARTLY = re.compile(r"\b(?:deels|gedeelte\w*|deel|half|beetje|soms|een paar keer)\b")
_REST = (
    (2, re.compile(r"\b(?:weinig|amper|nauwelijks|bijna geen|niet (?:genoeg|veel)|2|twee)\b")),
    (5, re.compile(r"\b(?:genoeg|volop|voldoende|5|vijf)\b")),
    (4, re.compile(r"\b(?:redelijk|aardig|best (?:wel )?wat|4|vier)\b")),
    (3, re.compile(r"\b(?:beetje|wat|iets|soms|3|drie)\b")),
    (1, re.compile(r"\b(?:geen|nul|totaal niet|helemaal niet|niks|niets|1)\b")),
)
"""How much rest, in the order in which the words are tried: "bijna geen" before "geen"."""
_OFFERS = re.compile(r"\b(?:kijken|aanbod|wat (?:er )?is er|iets anders|mogelijkheden)\b")
_YES_AND_NO: dict[str, tuple[str, str]] = {
    "check": ("same", "again"),
    "check_wait": ("can_wait", "cannot_wait"),
    "check_gone": ("withdraw", "keep"),
    "follow": ("yes", "no"),
    "happened": ("yes", "no"),
    "needed": ("person", "nothing"),
    "loss": ("tell_death", "self"),
    "care_over": ("tell_end", "self"),
    "loss_call": ("call", "self"),
    "later": ("yes", "no"),
}


def still_unsolved(text: str) -> bool:
    """Does she say, in a few words, that what was closed is not solved for her?"""
    folded = fold(text)
    return len(folded.split()) <= LONGEST_ANSWER and _UNSOLVED.search(folded) is not None


def hears_nothing(text: str) -> bool:
    """Does she say that nobody lets her hear anything?"""
    return _NO_WORD_YET.search(fold(text)) is not None


def read_after_answer(question: str, text: str, intent: str) -> str | None:
    """What typed words answer to ``question``, as the value of its button; ``None`` when they are no answer to it.

    Her own words go before the yes or no that was understood: "nee, het is erger" is worse.
    """
    folded = fold(text).strip()
    if intent == "skip" and question in ("rest_before", "rest_after", "happened"):
        return "skip"
    by_words = _BY_WORDS.get(question)
    if by_words is not None and (found := by_words(folded)) is not None:
        return found
    if question in _YES_AND_NO and intent in ("affirm", "deny") and len(folded.split()) <= LONGEST_ANSWER:
        return _YES_AND_NO[question][intent == "deny"]
    return None


def _check(folded: str) -> str | None:
    if _WORSE.search(folded) and not _BETTER_SO.search(folded):
        return "worse"
    if _GONE.search(folded) and not _NOT_GONE.search(folded):
        return "gone"
    return "same" if _SAME.search(folded) or _BETTER_SO.search(folded) else None


def _happened(folded: str) -> str | None:
    return "partly" if _PARTLY.search(folded) and len(folded.split()) <= LONGEST_ANSWER else None


def _rest(folded: str) -> str | None:
    if len(folded.split()) > LONGEST_ANSWER:
        return None
    return next((str(value) for value, words in _REST if words.search(folded)), None)


def _needed(folded: str) -> str | None:
    return "offers" if _OFFERS.search(folded) and len(folded.split()) <= LONGEST_ANSWER else None


_BY_WORDS = {
    "check": _check,
    "rest_before": _rest,
    "rest_after": _rest,
    "happened": _happened,
    "needed": _needed,
}
