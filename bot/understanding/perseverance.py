"""How long she thinks that she can keep this up: days, weeks, months or longer (after Kraijo's *volhoudtijd*)."""

from __future__ import annotations

import re

from bot.reading import Cue
from bot.understanding.text import evidence, fold

_UNITS = (
    ("days", r"dagje|dagen|dag|morgen|overmorgen"),
    ("weeks", r"weekend|weken|week"),
    ("months", r"maandje|maanden|maand|mnd|zomer|winter|kerst"),
    ("longer", r"jaren|jaar|lang|eeuwig|altijd"),
)
_VAGUE = ("lang", "eeuwig", "altijd")
_QUANTITY = (
    r"(?:een|twee|drie|vier|vijf|zes|\d+|paar|enkele|hooguit|nog|maar|max|wat|half|anderhalve?|tot de|zo|heel|erg)"
)
_UNIT = rf"(?P<unit>{'|'.join(units for _, units in _UNITS)})\b(?! (?:en nacht|in de week|per))(?:\s+meer\b)?"
_SPAN = re.compile(rf"\b(?:(?P<no>geen|niet)\s+)?(?:{_QUANTITY}\s+){{0,4}}{_UNIT}")
_KEEPING_UP = re.compile(
    r"\bvol(?:houden|te houden)?\b|\buithouden\b|\b(?:trek|trekken) (?:het|dit|we)\b|\b(?:het|dit) .{0,30}\btrekken\b"
    r"|\btrek ik het\b|\bred(?:den)? (?:ik|we|wij|het|dit)\b|\b(?:het|dit) .{0,25}\bredden\b"
    r"|\bzo (?:door|doorgaan|door te gaan)\b"
)
_NO_LONGER = re.compile(r"\b(?:niet (?:zo )?lang meer|niet meer (?:lang|vol)|(?:ben|is) op|kan (?:echt )?niet meer)\b")
_BEFORE_PAST = re.compile(r"\b(?:al|nu|sinds|ruim|meer dan|elke|iedere|per|hele|hoe|van de)\s+$")
_FAR = 60  # characters between the span and what is kept up
_LESS = {"longer": "months", "months": "weeks", "weeks": "days", "days": "days"}


def read_perseverance(text: str) -> Cue | None:
    """The span she names for keeping this up; ``None`` when the message says nothing of it."""
    folded = fold(text)
    carrier = _KEEPING_UP.search(folded)
    if carrier is None:
        return None
    spans = [span for span in _SPAN.finditer(folded) if _near(span, carrier) and _counts(folded, span)]
    return _cue(text, spans[0]) if spans else None


def read_perseverance_answer(text: str) -> Cue | None:
    """The same, as an answer to "hoe lang houdt u dit nog vol?": then "een paar weken" is enough."""
    folded = fold(text)
    spans = [span for span in _SPAN.finditer(folded) if not _BEFORE_PAST.search(folded[: span.start()])]
    exact = [span for span in spans if span["unit"] not in _VAGUE]
    if exact:
        return _cue(text, exact[0])
    if no_longer := _NO_LONGER.search(folded):
        return Cue("weeks", evidence(text, *no_longer.span()))
    return _cue(text, spans[0]) if spans else None


def _cue(text: str, span: re.Match[str]) -> Cue:
    value = next(name for name, units in _UNITS if span["unit"] in units.split("|"))
    if span["no"]:  # "geen week meer", "niet lang"
        value = "weeks" if span["unit"] in _VAGUE else _LESS[value]
    return Cue(value, evidence(text, *span.span()))


def _counts(folded: str, span: re.Match[str]) -> bool:
    """Is it counted ("een paar weken"), and not the past or a rhythm ("al jaren", "elke dag")?"""
    counted = span.start("unit") > span.start() and span["unit"] not in _VAGUE
    return counted and not _BEFORE_PAST.search(folded[: span.start()])


def _near(span: re.Match[str], carrier: re.Match[str]) -> bool:
    return min(abs(span.start() - carrier.end()), abs(carrier.start() - span.end())) <= _FAR
