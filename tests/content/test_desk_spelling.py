"""The spelling of what the desk writes to carers: every word is one that the product knows.

There is no dictionary here that may be shipped. A word is known when it stands in the sentences that carers already
read (each of them is reviewed), or in ``desk_words.yml``, where a person put it after looking it up. So a slip of the
pen in a message start, in a notice of the desk or on a desk page stops here, and a new word is a choice.
"""

from __future__ import annotations

import re
from html import unescape

from jinja2 import Environment

from tests.content.sentences import ROOT, Response, every_response, faults, load

OF_THE_DESK = ("utter_message_", "utter_desk_", "utter_request_", "utter_outcome_")
IN_FILES = {"desk_messages.yml", "request.yml"}
OWN = {*load("desk_words.yml")}
_WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’-][A-Za-zÀ-ÿ]+)*")
_SAID_IN_TAGS = re.compile(r'\b(?:aria-label|data-message|data-changed|data-typing|data-gone)="([^"]*)"')
PAGES = (
    "request",
    "propose",
    "inbox",
    "found",
    "_next",
    "_actions",
    "_thread",
    "_fields",
    "_history",
    "_keys",
    "_summary",
)


def is_of_the_desk(one: Response) -> bool:
    return one.file in IN_FILES and one.name.startswith(OF_THE_DESK)


def words_in(text: str) -> set[str]:
    plain = re.sub(r"\{[^{}]*\}|\b[A-Z0-9]+(?:-[A-Z0-9]+)+\b", " ", text)  # values, and a reference as an example
    return {word.lower() for word in _WORD.findall(plain)}


def page_text(name: str) -> str:
    """What a desk page says: the text between its tags, its labels, and every literal of more than one word."""
    source = (ROOT / "channels" / "desk" / "templates" / f"{name}.html").read_text("utf-8")
    tokens = [(kind, value) for _, kind, value in Environment().lex(source)]
    parts = (value for kind, value in tokens if kind == "data" and not value.startswith(" aria-"))
    html = unescape(" ".join(parts))
    literals = [value.strip("\"'") for kind, value in tokens if kind == "string" and " " in value.strip("\"' ")]
    said = [*_SAID_IN_TAGS.findall(html), *(one for one in literals if not one.startswith(("EEE", ".")))]
    return " ".join([re.sub(r"<[^>]*>", " ", re.sub(r"<kbd>.*?</kbd>", " ", html)), *said])


KNOWN = OWN.union(*(words_in(one.everything_read) for one in every_response() if not is_of_the_desk(one)))


def test_the_eye_for_spelling_sees_a_slip() -> None:
    assert words_in("Ik heb uw aanvraag gelezen.") <= KNOWN
    assert words_in("Ik heb uw aanvrag gelezen, dat beloofd ik.") - KNOWN


def test_every_word_to_a_carer_is_known() -> None:
    shown = [one for one in every_response() if is_of_the_desk(one)]
    found = [f"{one}: {', '.join(new)}" for one in shown if (new := sorted(words_in(one.everything_read) - KNOWN))]
    assert not found, faults(found)


def test_every_word_on_a_desk_page_is_known() -> None:
    found = [f"{name}.html: {', '.join(new)}" for name in PAGES if (new := sorted(words_in(page_text(name)) - KNOWN))]
    assert not found, faults(found)


def test_no_word_is_kept_that_nobody_uses() -> None:
    used = set().union(*(words_in(page_text(name)) for name in PAGES))
    used |= set().union(*(words_in(one.everything_read) for one in every_response() if is_of_the_desk(one)))
    assert not OWN - used, faults(sorted(OWN - used))
