"""What a request holds beside the story: learned as it is told, each with whom it is about, and asked when it matters.

At most four of the musts are asked, once each, and only after she wants a person (field table, R17, R18). Whoever
cannot wait, is in mourning, or does not care for anybody now, is not asked at all (R37).
"""

from __future__ import annotations

import re

from bot.profile import CarerProfile, Told
from bot.reading import Detail, Reading, Role
from bot.talk.loved_ones import everyone
from bot.talk.news import News
from bot.talk.third_party import may_ask
from bot.talk.thread import DETAILS, Thread
from bot.understanding.text import fold
from knowledge.vocabulary import Urgency

MOST_WHEN_SOON = 2
"""So many are asked at most when it should go quickly."""
LONGEST_ANSWER = 300
_LATEST = {"loved_one_agrees", "wlz", "money_form", "may_contact", "loved_one_age"}
"""One answer for each person: what is said later holds."""
_PER_PERSON = {"loved_one_agrees", "loved_one_wants", "wlz", "current_help", "loved_one_age"}
_BESIDE = {"wlz": {"waiting"}}
_NONE = "none"
_NO = re.compile(r"^(?:nee+n?|neen|niks|niets|geen|nul)\b")
_YES = re.compile(r"^(?:ja+|jawel|zeker|yes|jep)\b")
_AGREES = re.compile(
    r"\b(?:wil (?:het |dat )?wel|vind\w* (?:het |dat )?(?:goed|prima|fijn|best)|staat er (?:voor )?open)\b(?! niet)"
)
_UNAWARE = re.compile(r"\b(?:verstaat|snapt|begrijpt|beseft|weet) (?:\w+ ){0,2}(?:niet|niks|niets)\b")
_NOT_KNOWN = re.compile(r"\b(?:weet (?:ik |het |dat )*niet|geen idee|niet zeker|kweet niet|kwenie|gin idee)\b")
_SEND = re.compile(
    r"^\W*(?:(?:ja|nee|ok|oke|goed|toe|ach|nou|gewoon)\W+)*(?:(?:ver)?stuur(?:en)?|verzend|klaar|genoeg"
    r"|zo is het (?:goed|genoeg)|laat maar zien)\b"
    r"(?: (?:het|m|hem|maar|nu|zo|gewoon|op|door|dan|alsjeblieft|aub|toch|weg))*\W*$"
)


def learn_details(profile: CarerProfile, reading: Reading, turn: int, news: News) -> None:
    """Add what the message tells for the request; what is said of somebody who is not cared for is left."""
    for one in reading.details:
        about = _about(profile, one)
        if about is not None:
            put_detail(profile, one.name, Told(one.value, one.evidence.words, turn, about=about), news)


def put_detail(profile: CarerProfile, name: str, told: Told, news: News) -> None:
    """Keep one value; a later answer of the same person replaces an earlier one where there is only one answer."""
    before = profile.details.get(name, [])
    if any((one.value, one.about) == (told.value, told.about) for one in before):
        return
    kept = [one for one in before if not _gives_way(name, one, told)]
    profile.details[name] = [*kept, told]
    news.fields.add(name)


def _gives_way(name: str, before: Told, told: Told) -> bool:
    if before.about != told.about:
        return False
    if name == "current_help":
        return _NONE in (before.value, told.value)
    beside = _BESIDE.get(name, set())
    return name in _LATEST and before.value not in beside and told.value not in beside


def _about(profile: CarerProfile, one: Detail) -> str | None:
    """Whom it is about, as we speak of them; ``None``: of somebody else, so it tells nothing here."""
    if one.name not in _PER_PERSON or one.subject in ("", "ik"):
        return ""
    people = everyone(profile)
    for called in people:
        if called.split()[-1:] == [one.subject] or _same_person(called, one.subject):
            return "" if called == profile.called else called
    return None if people else ""


def _same_person(called: str, subject: str) -> bool:
    """ "Ma" is "uw moeder"."""
    word = called.split()[-1] if called else ""
    return any(word in words and subject in words for words in _SAME)


_SAME = (
    {"moeder", "ma", "mam", "mama", "moe", "ouders"},
    {"vader", "pa", "pap", "papa", "vaoder", "ouders"},
    {"zoon", "zoontje", "kind"},
    {"dochter", "dochtertje", "kind"},
    {"man", "partner"},
    {"vrouw", "partner"},
    {"broer", "broertje"},
    {"zus", "zusje"},
)


def next_detail(profile: CarerProfile, urgency: Urgency, thread: Thread) -> str | None:
    """The next of the four to ask, the most useful first, or ``None``: nothing is asked that was told or asked."""
    if thread.details_done or urgency in (Urgency.EMERGENCY, Urgency.PALLIATIVE) or profile.danger is not None:
        return None
    asked = [name for name in thread.asked if name in DETAILS]
    if len(asked) >= (MOST_WHEN_SOON if urgency is Urgency.SOON else len(DETAILS)):
        return None
    return next((name for name in _fitting(profile) if _is_open(profile, thread, name)), None)


def _fitting(profile: CarerProfile) -> tuple[str, ...]:
    """Those that make sense for who she is: nobody is asked about a loved one whom we do not know of."""
    role = profile.role.value if profile.role is not None else ""
    elsewhere = (Role.PROFESSIONAL.value, Role.CARED_FOR.value, Role.FORMER_CARER.value, Role.VOLUNTEER.value)
    if profile.bereaved is not None or profile.stance is not None or role in elsewhere:
        return ()
    if profile.relation is None:
        return ()
    child = profile.loved_one_child is not None and profile.loved_one_child.value in (True, "yes")
    return tuple(name for name in DETAILS if not (child and name == "loved_one_agrees"))


def _is_open(profile: CarerProfile, thread: Thread, name: str) -> bool:
    open_still = name not in thread.asked and name not in profile.refused and not profile.knows(name)
    return open_still and may_ask(thread, name)


def take_detail(profile: CarerProfile, thread: Thread, text: str, news: News) -> bool:
    """Her words as the answer to the detail that is open; ``True`` when they were one."""
    name, folded = thread.pending or "", fold(text).strip()
    if name in news.fields:
        return True
    value = _answer(name, folded, text)
    if value is None:
        return False
    put_detail(profile, name, Told(value, text.strip()[:LONGEST_ANSWER], thread.turn), news)
    return True


def _answer(name: str, folded: str, text: str) -> str | None:
    """What a few words mean after this question; ``None``: no answer to it. A yes to agreeing is only a knowing."""
    if _NOT_KNOWN.search(folded):
        return "unknown" if name == "wlz" else None
    if name == "loved_one_agrees":
        if _AGREES.search(folded):
            return "agrees"
        return "unaware" if _NO.match(folded) or _UNAWARE.search(folded) else "knows" if _YES.match(folded) else None
    if name == "wlz":
        return "no" if _NO.match(folded) else "yes" if _YES.match(folded) else _law(folded)
    if name == "current_help" and _NO.match(folded) and len(folded.split()) <= 3:
        return _NONE
    words = text.strip()[:LONGEST_ANSWER]
    return words if len(words) > 2 and any(sign.isalpha() for sign in words) and not _is_bare(folded) else None


def _law(folded: str) -> str | None:
    for value, word in (("rejected", "afgewezen"), ("rejected", "geweigerd"), ("requested", "aangevraagd")):
        if word in folded:
            return value
    return None


def _is_bare(folded: str) -> bool:
    """A bare yes, or a question, is no help and no wish."""
    return (_YES.match(folded) is not None and len(folded.split()) == 1) or folded.endswith("?")


def wants_it_sent(text: str) -> bool:
    """ "Stuur maar": no more questions."""
    return _SEND.match(fold(text)) is not None


CHOICES: dict[str, tuple[str, ...]] = {
    "loved_one_agrees": ("agrees", "unaware", "refuses"),
    "current_help": (_NONE,),
    "wlz": ("yes", "no", "unknown"),
    "result": ("sleep", "work", "own_time"),
}
"""What the buttons under the four questions answer."""


def take_detail_choice(profile: CarerProfile, thread: Thread, name: str, value: str, title: str, news: News) -> None:
    """A pressed button under one of the four questions."""
    if value in CHOICES.get(name, ()):
        put_detail(profile, name, Told(value, title, thread.turn, confirmed=True), news)
