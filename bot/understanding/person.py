"""Who speaks and about whom: young or not, a child or not, a first guess at her role from the words alone."""

from __future__ import annotations

import re

from bot.reading import Cue, LovedOne, Relation
from bot.understanding.numbers import NUMBER, value_of
from bot.understanding.phrasebook import Hit
from bot.understanding.text import evidence

_ADULT = 18
_HER_AGE = re.compile(
    rf"\b(?:ik ben|ben|bin|ikzelf ben|ik word|ik ben bijna) (?:pas |nog maar |net |zelf |nu |al |bijna |zo'n |"
    rf"een (?:jongen|meisje|meid) van )?"
    rf"(?P<age>{NUMBER})(?: jaar| jr| jaar oud)?(?=\s*(?:[.,!?;)]|$|en |jaar|jr|maar|dus|mijn|m'n|oud))"
    r"(?! jaar \w*(?:mantel|getrouwd|samen|bezig|weduw|ziek|alleen|hier|werkzaam|verpleeg|vrijwillig|gestopt|"
    r"verder))"
    rf"|\bik \((?P<bracket>{NUMBER})\b"
)
_SCHOOL = re.compile(
    r"\b(?:ik zit|zit ik) (?:nog |nu )?(?:in|op) (?:de |het )?"
    r"(?:(?:[1-6](?:e|de)? ?|eerste |tweede |derde |vierde |vijfde )?"
    r"(?:klas|havo|vwo|vmbo|mavo|gym|gymnasium|brugklas|basisschool|middelbare)|groep [3-8])"
    r"|\b(?:ik zit|zit ik) (?:nog |nu )?op school\b"
    r"|\b(?:mijn|m'n|mn|me) (?:mentor|juf|meester)\b"
    r"|\bals (?:mama|papa|mam|pap|me ouders|mijn ouders) (?:werkt|werken|weg)\b"
    r"|\b(?:mijn|m'n|mn|me) (?:kleine )?(?:broertje|zusje)s? (?:\w+ ){0,3}(?:naar bed|naar school|uit school)\b"
    r"|\bmijn (?:huiswerk|toetsen|klas|schoolwerk|spreekbeurt)\b"
    r"|\bik ga (?:nog )?naar (?:school|de middelbare)\b"
    r"|\bna school\b[^.!?\n]{0,60}\bik\b|\bik spijbel"
)
_YOUNG_WORDS = re.compile(
    r"(?:zoontje|dochtertje|kindje|kleintje|baby|kleuter|peuter|kleine|puber|tiener|zorgkindje|zorgenkindje|"
    r"manneke)\b"
)
_HE_IS = re.compile(
    rf"\b(?:hij|zij|ze|die) (?:is|wordt) (?:nu |pas |net |bijna |nog maar )?(?P<age>(?!een\b){NUMBER})(?: jaar| jr)?"
    r"\s*(?:[.!?;)]|$|,(?! ?\d)|en |maar )"
)
_GROWN = re.compile(r"\b(?:volwassen|studeert|getrouwd|eigen gezin|op zichzelf)\b")


def read_minor(text: str, folded: str) -> Cue | None:
    """A speaker who seems to be under 18: her age, or school in the first person."""
    for match in _HER_AGE.finditer(folded):
        age = value_of(match["age"] or match["bracket"])[0]
        if 6 <= age < _ADULT:
            return Cue("yes", evidence(text, *match.span()))
        if age >= _ADULT:
            return None
    school = _SCHOOL.search(folded)
    return Cue("yes", evidence(text, *school.span())) if school else None


def read_loved_one_child(text: str, folded: str, loved_ones: tuple[LovedOne, ...], hits: list[Hit]) -> Cue | None:
    """A child as the one who is cared for: a small word for it, an age under 18 beside it, or school and youth care."""
    children = [one for one in loved_ones if one.relation == Relation.CHILD]
    if not children:
        young = _HE_IS.search(folded)
        return Cue("yes", evidence(text, *young.span())) if young and value_of(young["age"])[0] < _ADULT else None
    if _GROWN.search(folded):
        return None
    for one in children:
        age = _age_beside(folded, one)
        if age is not None:
            return Cue("yes" if age < _ADULT else "no", one.evidence)
        if _YOUNG_WORDS.search(folded, one.evidence.start, one.evidence.end):
            return Cue("yes", one.evidence)
    school = next((hit for hit in hits if hit.value == "loved_one_child"), None)
    return Cue("yes", evidence(text, school.start, school.end)) if school else None


def _age_beside(folded: str, one: LovedOne) -> float | None:
    inside = re.search(r"(\d{1,2})[- ]?jarige?", folded[one.evidence.start : one.evidence.end])
    if inside:
        return float(inside[1])
    after = re.match(
        rf"\s*(?P<of>van|is|\(|,|nu)?\s*(?P<age>{NUMBER})(?P<unit> ?(?:jaar|jr|maanden|weken|\)|,|en|met|heeft|die)|"
        rf"\s*$|(?(of) (?!uur|keer|x|km|euro|dagen|nachten|weken)))",
        folded[one.evidence.end : one.evidence.end + 30],
    )
    if not after:
        return None
    age = value_of(after["age"])[0]
    return 0.0 if after["unit"].strip() in ("maanden", "weken") else age
