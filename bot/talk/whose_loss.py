"""Whose death she tells of: that of the one she cares for, or of somebody else ("mijn man zijn broer is overleden").

The trained reader hears a loss and takes it for the end of the care. Only grammar tells who died.
"""

from __future__ import annotations

import re

from bot.profile import CarerProfile
from bot.talk.loved_ones import everyone
from bot.understanding.text import fold, sentence_start

CARED_FOR, SOMEBODY_ELSE = "cared_for", "somebody_else"

_FAMILIES = (
    ("schoonmoeder", "schoonma", "schoonmama", "schoonmam"),
    ("schoonvader", "schoonpa", "schoonpapa", "schoonpap"),
    ("moeder", "ma", "mam", "mama", "mamma", "moe", "moeke", "mem", "mams"),
    ("vader", "pa", "pap", "papa", "pappa", "vake", "heit", "paps", "va"),
    ("man", "echtgenoot", "vent", "partner"),
    ("vrouw", "echtgenote", "partner", "vriendin"),
    ("zoon", "zoontje", "kind", "kindje", "jongen"),
    ("dochter", "dochtertje", "kind", "kindje", "meisje"),
    ("broer", "broertje", "broeder"),
    ("zus", "zusje", "zuster"),
    ("oma", "grootmoeder", "bomma", "moemoe", "beppe"),
    ("opa", "grootvader", "bompa", "vava", "pake"),
    ("buurman",), ("buurvrouw",), ("tante",), ("oom", "nonkel"), ("neef",), ("nicht",), ("vriend", "partner"),
    ("zwager", "schoonbroer"), ("schoonzus",), ("collega",), ("schoonzoon",), ("schoondochter",),
    ("hond", "hondje"), ("kat", "poes"),
)  # fmt: skip
_WOMEN = {"schoonmoeder", "moeder", "vrouw", "dochter", "zus", "oma", "buurvrouw", "tante", "vriendin"}
_KIN = "|".join(sorted({word for family in _FAMILIES for word in family}, key=len, reverse=True))
_DIED = re.compile(r"\b(?:overleden|overleed|gestorven|stierf|heengegaan|ingeslapen|doodgegaan|dood|er niet meer)\b")
_WHO = re.compile(rf"\b(?:(?P<kin>{_KIN})(?P<of> van)?|(?P<he>hij)|(?P<she>zij|ze))\b")
_NOT_TOLD = re.compile(r"\b(?:als|wanneer|indien|stel|straks|bijna|bang|nog niet|nooit|ooit|voordat|totdat|gaat|wil)\b")


def whose_death(profile: CarerProfile, text: str) -> str:
    """``CARED_FOR``, ``SOMEBODY_ELSE``, or "" where the words, or what is known, do not tell."""
    folded, cared_for = fold(text), everyone(profile)
    died = next(_DIED.finditer(folded), None)
    if died is None or not cared_for:
        return ""
    before = folded[sentence_start(folded, died.start()) : died.start()]
    who = _subject(before)
    if who is None or _NOT_TOLD.search(before):
        return ""
    called = {one.removeprefix("uw ") for one in cared_for}
    if who["kin"]:
        same = any(who["kin"] in family and called & set(family) for family in _FAMILIES)
        return CARED_FOR if same else SOMEBODY_ELSE
    if len(called) > 1:
        return ""
    is_woman = bool(called & _WOMEN)
    return CARED_FOR if is_woman is (who["she"] is not None) else ""


def _subject(before: str) -> re.Match[str] | None:
    """The one named last before it; of "de broer van mijn man" the first."""
    named = list(_WHO.finditer(before))
    if not named:
        return None
    return named[-2] if len(named) > 1 and named[-2]["of"] else named[-1]
