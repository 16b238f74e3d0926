"""Who she cares for, in her words: "ons mam" -> parent, called "uw moeder"; also "we zijn 50 jaar getrouwd"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.reading import LovedOne, Relation
from bot.understanding.helping import is_helper
from bot.understanding.phrasebook import LEXICON, Hit
from bot.understanding.text import clause_end, evidence, words_after, words_before
from knowledge.yaml_files import read_yaml

_MARRIED = re.compile(r"\b(?:getrouwd|huwelijk|trouwdag|gehuwd)\b")
_NOT_MARRIED = re.compile(r"\b(?:gescheiden|hun huwelijk|ouders|niet getrouwd)\b")
_SIDEWAYS = re.compile(
    r"\bben (?:toch |gewoon |alleen |ook |de |enkel |nou eenmaal ){0,3}(zijn|z'n|haar|d'r|hun) (?:eigen )?(\w+)"
)
_OF_PARTNER = re.compile(
    r"\b(moeder|vader|ouders|ma|pa|mam|zus|broer)\b(?:\s+van\s+(?:mijn|m'n|mn|me)\s+(?:\w+e\s+)?(?:man|vrouw|vriend|vriendin|partner)\b)"
    r"|\b(?:mijn|m'n|mn|me)\s+(?:man|vrouw|vriend|vriendin|partner)(?:\s+(?:z'n|zijn|haar|d'r)|s)\s+(moeder|vader|ouders|ma|pa)\b"
)
_POSSESSED_OTHERWISE = {
    "zijn",
    "haar",
    "hun",
    "z'n",
    "d'r",
    "een",
    "geen",
    "hoe",
    "zon",
    "zo'n",
    "elke",
    "goede",
    "slechte",
}

_ABOUT_HERSELF = {
    "van",
    "zorg",
    "zorgen",
    "ben",
    "heb",
    "ik",
    "wil",
    "doe",
    "moet",
    "sta",
    "zit",
    "val",
    "voel",
    "en",
    "zijnde",
}
_MAY_HELP = {"zus", "broer"}
_BESIDE_HER = re.compile(
    r"\s*(?:en ik (?!zorg\b)|(?:in [\w-]+ )?(?:heeft|had|hebben|hadden|kent) (?:\w+ )?(?:ook zo|hetzelfde|zoiets)\b)"
)
"""She and somebody else ("mijn man en ik redden het"), or somebody who went through the same."""
_PRONOUN = re.compile(r"\b(?:hij|zij|ze)\b")
_DEAR = re.compile(r"(?:beste|goede|oude|jeugd|harts)\s?\w*$")
_HAD = {Relation.CHILD.value, Relation.SIBLING.value, Relation.PARTNER.value, Relation.FRIEND_NEIGHBOUR.value}


@dataclass(frozen=True)
class _People:
    """The relations file, turned round for looking up a word."""

    word: dict[str, tuple[str, str]]
    pattern: re.Pattern[str]
    bare: frozenset[str]
    bare_first: frozenset[str]
    sideways: dict[str, dict[str, tuple[str, str]]]
    helper: re.Pattern[str]
    bystander: re.Pattern[str]
    company: frozenset[str]


@lru_cache(maxsize=1)
def _people() -> _People:
    data: dict[str, Any] = read_yaml((LEXICON / "relations.yml").read_text(encoding="utf-8"))
    word = {
        variant: (relation, canonical)
        for relation, persons in data["people"].items()
        for canonical, variants in persons.items()
        for variant in variants
    }
    nouns = "|".join(sorted(map(re.escape, word), key=len, reverse=True))
    owners = "|".join(sorted(map(re.escape, data["possessives"]), key=len, reverse=True))
    between = r"(?:(?:\d{1,3}[- ](?:jaar|jarige)\s+(?:oude\s+)?|(?:\w{2,}e|eigen|lief)\s+){0,2})"
    pattern = re.compile(rf"\b(?:(?P<owner>{owners})\s+{between})?(?P<noun>{nouns})(?![\w-])")
    sideways = {
        own: {pronoun: (pair[0], pair[1]) for pronoun, pair in pairs.items()} for own, pairs in data["sideways"].items()
    }
    return _People(
        word,
        pattern,
        frozenset(data["bare"]),
        frozenset(data["bare_first"]),
        sideways,
        _starts_with(data["helper_verbs"]),
        _starts_with(data["bystander_verbs"]),
        frozenset(data["company"]),
    )


def read_loved_ones(text: str, folded: str, care: list[Hit]) -> tuple[LovedOne, ...]:
    """The people who are cared for, the most likely first. ``care``: phrases about illness and care in the text."""
    found = _of_the_partner(text, folded)
    mentions = _mentions(text, folded, [one.evidence.start for one in found])
    found += _choose(mentions, folded, care, bool(found))
    return _unique(found or _sideways(text, folded))


def people_in(text: str, folded: str) -> tuple[LovedOne, ...]:
    """Everybody of her family and friends who is named, cared for or not, in order."""
    return tuple(_mentions(text, folded, []))


def _mentions(text: str, folded: str, taken: list[int]) -> list[LovedOne]:
    people = _people()
    mentions: list[LovedOne] = []
    for match in people.pattern.finditer(folded):
        noun, start = match["noun"], match.start()
        if any(start <= other <= match.end() + 30 or other <= start <= other + 40 for other in taken):
            continue
        if words_before(folded, start, 1) == ["niet"] or (
            match["owner"] is None and not _stands_alone(folded, noun, start, people)
        ):
            continue
        relation, canonical = people.word[noun]
        if noun in ("vriend", "vriendin") and match["owner"] and not _DEAR.search(match.group()[: -len(noun)].strip()):
            relation = (
                Relation.PARTNER.value
            )  # "mijn vriend" is a partner, "een vriend van mij" and "mijn beste vriend" are not
        mentions.append(LovedOne(relation, f"uw {canonical}", evidence(text, start, match.end())))
    return mentions


def _stands_alone(folded: str, noun: str, start: int, people: _People) -> bool:
    before = words_before(folded, start, 2)
    if before == ["van", "een"] and "mantelzorg" in folded[:start]:
        return True
    if before[-1:] == ["een"] and before[0] in ("heb", "hebben", "hb"):
        return people.word[noun][0] in _HAD
    if before and before[-1] in _POSSESSED_OTHERWISE:
        return False
    if before[-1:] == ["als"]:  # "als dochter doe ik alles" is about herself, "als oma dwaalt" is not
        follows = words_after(folded, start + len(noun), 1)
        return noun in people.bare and bool(follows) and follows[0] not in _ABOUT_HERSELF
    if noun in people.bare:
        return before[-1:] != ["ik"] and before[-2:] != ["ben", "de"] and before[-1:] != ["ben"]
    return noun in people.bare_first and (not before or before[-1] in ("voor", "bij", "voor de", "met"))


def _choose(mentions: list[LovedOne], folded: str, care: list[Hit], already: bool) -> list[LovedOne]:
    """Leave out who helps; leave out who is only mentioned when somebody else is cared for."""
    people = _people()
    wanted: list[LovedOne] = []
    doubtful: list[LovedOne] = []
    for one in mentions:
        after = folded[one.evidence.end : clause_end(folded, one.evidence.end)].lstrip()
        if people.helper.match(after) or is_helper(folded, one.evidence.start, one.evidence.end):
            continue
        before = words_before(folded, one.evidence.start, 1)
        company = bool(before) and before[-1] in people.company
        beside = company or _BESIDE_HER.match(folded, one.evidence.end) or people.bystander.match(after)
        (doubtful if beside else wanted).append(one)
    if not wanted and not already and not _somebody_else_is_ill(folded, doubtful, care):
        wanted, doubtful = doubtful, []
    return sorted(wanted, key=lambda one: -_weight(one, folded, care))


def _somebody_else_is_ill(folded: str, doubtful: list[LovedOne], care: list[Hit]) -> bool:
    """Is an illness told of "hij" or "zij", in another clause than the people who are only mentioned?"""
    return bool(doubtful) and any(
        hit.room == "conditions"
        and hit.end < doubtful[0].evidence.start
        and _PRONOUN.search(folded, 0, hit.start)
        and clause_end(folded, hit.end) < doubtful[0].evidence.start
        for hit in care
    )


def _weight(one: LovedOne, folded: str, care: list[Hit]) -> int:
    """How much speaks for this person being the one who is cared for."""
    start, end = one.evidence.start, clause_end(folded, one.evidence.end)
    before = words_before(folded, start, 4)
    weight = 4 if before[-1:] == ["voor"] or "zorg" in before or "zorgen" in before else 0
    weight += sum(2 for hit in care if start <= hit.start <= end)
    return weight + (1 if before[-1:] in (["bij"], ["naar"]) else 0)


def _of_the_partner(text: str, folded: str) -> list[LovedOne]:
    found = []
    for match in _OF_PARTNER.finditer(folded):
        noun = match[1] or match[2]
        after = folded[match.end() : clause_end(folded, match.end())].lstrip()
        if noun in _MAY_HELP and (_people().bystander.match(after) or is_helper(folded, *match.span())):
            continue  # "de zus van mijn man zegt", "de broer van mijn vrouw past soms op hem"
        canonical = {"ma": "moeder", "mam": "moeder", "pa": "vader"}.get(noun, noun)
        found.append(
            LovedOne(Relation.IN_LAW.value, f"uw schoon{canonical}", evidence(text, match.start(), match.end()))
        )
    return found


def _sideways(text: str, folded: str) -> list[LovedOne]:
    match = _SIDEWAYS.search(folded)
    if match:
        pronoun = {"z'n": "zijn", "d'r": "haar"}.get(match[1], match[1])
        known = _people().sideways.get(match[2], {}).get(pronoun)
        if known:
            return [LovedOne(known[0], f"uw {known[1]}", evidence(text, match.start(), match.end()))]
    married = _MARRIED.search(folded)
    if married and not _NOT_MARRIED.search(folded):
        return [LovedOne(Relation.PARTNER.value, "uw partner", evidence(text, married.start(), married.end()))]
    return []


def _unique(found: list[LovedOne]) -> tuple[LovedOne, ...]:
    seen: dict[str, LovedOne] = {}
    for one in found:
        seen.setdefault(one.called, one)
    return tuple(seen.values())


def all_person_words() -> frozenset[str]:
    """Every word for a person she may care for ("moeder", "buuf"), folded."""
    return frozenset(_people().word)


def _starts_with(verbs: list[str]) -> re.Pattern[str]:
    return re.compile(
        r"(?:ook |wel |soms |die |dan |nu |nog |en ik ){0,2}(?:"
        + "|".join(sorted(verbs, key=len, reverse=True))
        + r")\b"
    )
