"""Whom she cares for: one person or several, kept apart, and what is told with the one it belongs to.

The trained reader may know the relation before she named anybody; then ``called`` is "" until she does. Such a guess
never makes a second person.
"""

from __future__ import annotations

import re

from bot.profile import CarerProfile, Told
from bot.reading import Cue, LovedOne, Reading, Relation
from bot.talk.news import News
from bot.understanding.called import says_little, stands_for_several
from bot.understanding.text import fold, sentence_end, sentence_start

_CARE_FOR = re.compile(
    r"\b(?:zorg(?:en)?|verzorg\w*|help(?:en)?|er ben|ben er|mantelzorger) (?:\w+ ){0,3}(?:voor|van) (?:\w+ ){0,2}$"
    r"|\b(?:verzorg|help|was|heb) (?:ook |ook nog |nog |daarnaast )+$|\b(?:mijn|m'n|mn|ons|onze) \w+ en $"
)
_HELPS = re.compile(r"^ (?:\w+ ){0,2}(?:past|helpt|help|komt|doet|springt|neemt|haalt|brengt|kookt|rijdt|zei)\b")
_TOO = re.compile(r"^ (?:ook|er ook bij|erbij|ook nog)\b")


def learn_people(profile: CarerProfile, reading: Reading, text: str, turn: int, news: News) -> None:
    """Add the people of this message. "Nee niet mijn man, mijn vader" puts one in the place of the other."""
    folded = fold(text)
    to_correct = reading.corrects is not None and profile.relation is not None
    denied = profile.called if to_correct else None
    for one in reading.loved_ones:
        if to_correct and folded[: one.evidence.start].rstrip().endswith(" niet"):
            continue
        told = Told(one.relation, one.evidence.words, turn, about=one.called)
        if profile.relation is not None and _is_same(profile.relation.value, profile.called, one):
            _call_better(profile, one, news)
        elif profile.relation is None or to_correct or (not profile.called and one.called):
            _put_first(profile, told, news)
            to_correct = False
        elif one.called and one.called != denied and _is_cared_for(one, reading, text):
            _put_beside(profile, told, one, news)


def _is_cared_for(one: LovedOne, reading: Reading, text: str) -> bool:
    """Is somebody beside the first cared for too, and not a sister who helps or a daughter who told of us?

    Something must be the matter with that person, or care must be said to go there ("ik zorg ook voor ...").
    """
    folded = fold(text)
    if _HELPS.search(folded[one.evidence.end :]):
        return False
    if any(whose(cue, reading, text) == one.called for cue in reading.conditions):
        return True
    start, end = sentence_start(folded, one.evidence.start), one.evidence.start
    after = folded[one.evidence.end : sentence_end(folded, one.evidence.start)]
    return _CARE_FOR.search(folded[start:end]) is not None or _TOO.search(after) is not None


def whose(cue: Cue, reading: Reading, text: str) -> str:
    """Which of the people in the message a condition belongs to, as we speak of them; "" when nobody is named.

    With several people it is the one named last before it in the sentence, else the first named after it.
    """
    named = [one for one in reading.loved_ones if one.called]
    if not named:
        return ""
    folded, at = fold(text), cue.evidence.start
    start, end = sentence_start(folded, at), sentence_end(folded, at)
    before = [one for one in named if start <= one.evidence.start <= at]
    after = [one for one in named if at < one.evidence.start < end]
    if before:
        return max(before, key=lambda one: one.evidence.start).called
    return min(after, key=lambda one: one.evidence.start).called if after else named[0].called


def everyone(profile: CarerProfile) -> list[str]:
    """All people she named, the first first."""
    return [called for called in (profile.called, *(other.about for other in profile.others_cared_for)) if called]


def _is_same(relation: str, called: str, one: LovedOne) -> bool:
    if one.called == called:
        return bool(called) or one.relation == relation
    if one.relation != relation:
        return False
    return relation == Relation.PARTNER or says_little(called) or says_little(one.called)


def _call_better(profile: CarerProfile, one: LovedOne, news: News) -> None:
    """A later word for the same person that says more: "mijn vader" after a guess, "mijn zoon" after "mijn kind"."""
    if not one.called or not says_little(profile.called) or stands_for_several(profile.called):
        return
    if not profile.called:
        news.fields.add("relation")
    _rename(profile, one.called)


def _put_first(profile: CarerProfile, told: Told, news: News) -> None:
    profile.others_cared_for = [other for other in profile.others_cared_for if other.about != told.about]
    profile.relation = Told(told.value, told.words, told.turn)
    _rename(profile, told.about)
    news.fields.add("relation")
    news.people.append(told.about)


def _rename(profile: CarerProfile, called: str) -> None:
    for told in profile.conditions:
        if told.about == profile.called:
            told.about = called
    profile.called = called


def _put_beside(profile: CarerProfile, told: Told, one: LovedOne, news: News) -> None:
    if any(_is_same(other.value, other.about, one) for other in profile.others_cared_for):
        return
    profile.others_cared_for.append(told)
    news.fields.add("others_cared_for")
    news.people.append(told.about)
