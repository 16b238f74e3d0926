"""Every sentence can be said with *je*: no *u* stays behind, no verb is broken (``bot.address``)."""

from __future__ import annotations

import re

import pytest

from bot.address import in_je
from tests.content.sentences import Response, every_response, faults

RESPONSES = every_response()
_KEEPS_ITS_T = re.compile(
    r"consulent|dat|dit|het|met|naast|nadat|niet|omdat|tot|uit|voordat|want|wat|zodat"  # no verbs
    r"|kost|laat|moet|praat|verplicht|wacht|weet|wist|zet"  # the stem has it
)
SOMEBODY_ELSE_ACTS = frozenset(
    {
        "cliëntondersteuner helpt",
        "dat raakt",
        "gemeente brengt",
        "het maakt",
        "het raakt",
        "luistert, wijst",
        "mens begrijpt",
        "} schrijft",
    }
)
"""The word before and the verb, where *u* is the one to whom it is done: the verb keeps its -t."""
_T_BEFORE_YOU = re.compile(r"(?:(\w+,?|\})\s+)?\b(\w+t)\s+u\b", re.IGNORECASE)
_BROKEN = re.compile(
    r"\b(?:consulent|mens|iemand|niemand|cliëntondersteuner|huisarts|hij|wie)\s"
    r"(?:bel|breng|geef|heb|help|neem|raak|spreek|steun|stuur|vraag)\sje\b"
)
_SAID_BY_OTHERS = re.compile(r"“[^”]*”|„[^”]*”|«[^»]*»|\"[^\"]*\"|\{[^{}]*\}")
_LEFT = re.compile(r"\b(?:u|uw|uzelf)\b", re.IGNORECASE)
_CAPITAL_INSIDE = re.compile(r"[\w,;:}] (?:Je|Jij|Jou|Jezelf|Jullie)\b")
_SMALL_AT_START = re.compile(r"[.?!]\s+(?:je|jij|jou|jezelf|jullie)\b")


def _told(response: Response) -> list[str]:
    return [part for part in (response.text, *(button["title"] for button in response.buttons)) if part]


def _kept_t(text: str) -> list[str]:
    """Verbs in -t before *je* that nobody said may keep it."""
    theirs = re.sub(r"\buw\b", "zijn", text, flags=re.IGNORECASE)
    plain, changed = _SAID_BY_OTHERS.sub("}", theirs), _SAID_BY_OTHERS.sub("}", in_je(theirs))
    return [
        f"{verb} je"
        for before, verb in _T_BEFORE_YOU.findall(plain)
        if re.search(rf"\b{verb}\s+je\b", changed)
        and not _KEEPS_ITS_T.fullmatch(verb.lower())
        and before.lower() not in ("u", "je")
        and f"{before} {verb}".lower() not in SOMEBODY_ELSE_ACTS
    ]


@pytest.mark.parametrize("text", ["Bonst u daarvan?", "De lamp kust u.", "Dan zwoegt u door."])
def test_a_verb_that_nobody_knows_is_seen(text: str) -> None:
    assert _kept_t(text)


def test_no_u_is_left() -> None:
    found = [
        f"{response}: “{hit.group(0)}” in “{changed}”"
        for response in RESPONSES
        for text in _told(response)
        if (hit := _LEFT.search(_SAID_BY_OTHERS.sub(" ", changed := in_je(text))))
    ]
    assert not found, faults(found)


def test_no_verb_keeps_a_t_before_je() -> None:
    """A new verb belongs in ``bot.address``; when somebody else acts, it belongs in ``SOMEBODY_ELSE_ACTS``."""
    found = [f"{response}: “{pair}”" for response in RESPONSES for text in _told(response) for pair in _kept_t(text)]
    assert not found, faults(found)


def test_no_verb_of_somebody_else_loses_its_t() -> None:
    found = [
        f"{response}: “{hit.group(0)}”"
        for response in RESPONSES
        for text in _told(response)
        if (hit := _BROKEN.search(in_je(text)))
    ]
    assert not found, faults(found)


def test_capitals_stand_where_a_sentence_begins() -> None:
    found = [
        f"{response}: “{hit.group(0)}”"
        for response in RESPONSES
        for text in _told(response)
        if (hit := _CAPITAL_INSIDE.search(in_je(text)) or _SMALL_AT_START.search(in_je(text)))
    ]
    assert not found, faults(found)


def test_values_and_buttons_are_the_same_as_before() -> None:
    found = [
        str(response)
        for response in RESPONSES
        for text in _told(response)
        if re.findall(r"\{[^{}]*\}", in_je(text)) != re.findall(r"\{[^{}]*\}", text)
    ]
    assert not found, faults(found)


def test_saying_it_twice_changes_nothing() -> None:
    found = [str(response) for response in RESPONSES for text in _told(response) if in_je(in_je(text)) != in_je(text)]
    assert not found, faults(found)


def test_every_exception_is_still_needed() -> None:
    said = " ".join(_SAID_BY_OTHERS.sub("}", text) for response in RESPONSES for text in _told(response)).lower()
    idle = [phrase for phrase in sorted(SOMEBODY_ELSE_ACTS) if f"{phrase} u" not in said]
    assert not idle, faults(idle)
