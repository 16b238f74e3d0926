"""What an answer to the open question means: a button's choice, or words that only have sense after that question."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from bot.profile import CarerProfile, Told
from bot.reading import LoadCue, Reading, Relation, Role, Task, Wish
from bot.talk.news import News
from bot.talk.roles import choose_role
from bot.talk.thread import Thread
from bot.understanding.perseverance import read_perseverance_answer
from bot.understanding.text import fold

MOST_FREE_TEXT = 300
SHORT = 4  # words
_NOT_EVER = re.compile(r"\b(?:nooit|niet|geen|amper|nauwelijks|zelden|niks|nul|vroeger|had)\b")
_SOMEBODY = re.compile(
    r"\b(?:zus\w*|broer\w*|dochter\w*|zoon|zoons|kind(?:eren)?|buur\w*|vriend\w*|vrijwillig\w*|thuiszorg|oppas\w*|familie"
    r"|ma|pa|moeder|vader|man|vrouw|iemand|schoon\w+|nicht\w*|neef|tante|oom|wijk\w+|zij|hij|die)\b"
)
_TAKES_OVER = re.compile(
    r"\b(?:help\w*|komt|komen|kom|doet|doen|pas(?:t|sen)|neemt|nemen|springt|springen|gaat|kookt|rijdt|blijft|is er"
    r"|zijn er|soms|wel eens|af en toe|\w+dag\w*|weekend\w*|week|om de beurt)\b"
)
_SLEEPS = re.compile(
    r"\bkom er (?:\S+ ){0,2}niet (?:voor |vaak )?(?:uit|op)\b|\bik slaap (?:\w+ ){0,2}(?:goed|prima|best|door)\b"
    r"|\bslapen gaat (?:wel|goed|nog|prima)\b"
)
_OF_NIGHTS = {LoadCue.SLEEP_LOSS.value, LoadCue.CONSTANT.value, Task.NIGHT_CARE.value}
_NO_WISH = re.compile(r"^(?:nee|neen|niks|niets)\b|\bweet (?:het|ik)\b.*\bniet\b|\bniet vragen\b|\bhoeft niet\b")
_NOBODY = re.compile(r"\b(?:niemand|geen (?:mens|ander|enkele?|iemand|familie|kip))\b|\bnee+n?\W*$")
_AS_ASKED = ("loved_one_place", "carer_place")
"""The order in which unsure places are asked (``actions.asking``)."""

NIGHTS: dict[str, dict[str, Any]] = {
    "every": {"low": 6.0, "high": 7.0, "times": None},
    "sometimes": {"low": 1.0, "high": 5.0, "times": None},
    "no": {"low": 0.0, "high": 0.0, "times": None},
}

_CLOSED: dict[str, tuple[str, ...]] = {
    "relation": tuple(relation.value for relation in Relation),
    "helpers": ("none", "some"),
    "body": ("hurts", "fine"),
    "own_time": ("none", "some"),
    "perseverance": ("days", "weeks", "months", "longer"),
    "interpreter": ("yes", "no"),
}
"""Questions with a few answers that the profile keeps under the name of the question."""


def take_choice(profile: CarerProfile, thread: Thread, question: str, value: str, title: str, news: News) -> None:
    """A pressed button of ours answers ``question`` with ``value``; ``title`` are the words on it."""
    told = Told(value, title, thread.turn, confirmed=True)
    if question == "skip":
        refuse(profile, thread, value)
    elif value in _CLOSED.get(question, ()):
        setattr(profile, question, told)
        news.fields.add(question)
        news.no_helpers = (question, value) == ("helpers", "none")
    elif question == "role" and value in {role.value for role in Role}:
        choose_role(profile, value, title, thread.turn, news)
    elif question == "nights" and value in NIGHTS:
        profile.nights = Told(NIGHTS[value], title, thread.turn, confirmed=True)
        news.fields.add("nights")
        news.broken_nights = value != "no"
    elif question == "wish" and value in {wish.value for wish in Wish}:
        profile.wishes = [told]
        news.fields.add("wishes")
    elif question == "place_which":
        _choose_place(profile, thread, value, news)
    elif question == "place_confirm":
        confirm_place(profile, thread, value == "yes", news)
    if thread.pending == question or question == "skip":
        thread.pending = None


def refuse(profile: CarerProfile, thread: Thread, question: str) -> None:
    """She does not want to, or cannot, answer: respected for good."""
    if question == "place_which":
        thread.place_options, question = [], "place"
        thread.pending = "place" if thread.pending == "place_which" else thread.pending
    if question and question not in profile.refused:
        profile.refused.append(question)
    if thread.pending == question:
        thread.pending = None


def confirm_place(profile: CarerProfile, thread: Thread, right: bool, news: News) -> None:
    """She confirms a place that was derived, or says it is wrong: then it is forgotten and asked again."""
    unsure = [name for name in _AS_ASKED if (told := getattr(profile, name)) is not None and not told.confirmed]
    for name in unsure[:1]:  # one place was named in the question; another is asked after it
        place: Told = getattr(profile, name)
        if right:
            place.confirmed, place.value["state"] = True, "confirmed"
            news.fields.add(name)
        else:
            setattr(profile, name, None)
            if "place" in thread.asked:
                thread.asked.remove("place")
    if "place_confirm" in thread.asked and (len(unsure) > 1 or not right):
        thread.asked.remove("place_confirm")
    thread.pending = None


def take_words(profile: CarerProfile, thread: Thread, reading: Reading, text: str, intent: str, news: News) -> bool:
    """Give typed words their sense as an answer to ``thread.pending``; ``True`` when they were one."""
    question = thread.pending
    if question is None:
        return False
    if intent == "skip" or (reading.refuses is not None and not news):
        refuse(profile, thread, question)
        return True
    answered = _READERS.get(question, _told_anyway)(profile, thread, reading, text, intent, news)
    if answered:
        thread.pending = None
    return answered


def _told_anyway(profile: CarerProfile, thread: Thread, reading: Reading, text: str, intent: str, news: News) -> bool:
    return bool(news)


def _situation(profile: CarerProfile, thread: Thread, reading: Reading, text: str, intent: str, news: News) -> bool:
    if not (news.conditions or news.tasks) and intent in ("tell", "out_of_scope") and len(text) > 3:
        profile.situation = Told(text.strip()[:MOST_FREE_TEXT], text.strip()[:MOST_FREE_TEXT], thread.turn)
        news.fields.add("situation")
    return bool(news)


def _nights(profile: CarerProfile, thread: Thread, reading: Reading, text: str, intent: str, news: News) -> bool:
    if "nights" in news.fields or news.broken_nights or _OF_NIGHTS & {*news.tasks, *news.load_cues}:
        return True
    value: dict[str, Any] | None = None
    if reading.number is not None and 0 <= reading.number <= 7:
        value = {"low": reading.number, "high": reading.number, "times": None}
    elif _SLEEPS.search(fold(text)):
        value = NIGHTS["no"]
    elif intent in ("affirm", "deny") and _is_short(text) and reading.corrects is None:
        value = NIGHTS["sometimes" if intent == "affirm" else "no"]
    if value is None:
        return False
    profile.nights = Told(value, text.strip()[:80], thread.turn)
    news.fields.add("nights")
    news.broken_nights = bool(value["high"])
    return True


def _helpers(profile: CarerProfile, thread: Thread, reading: Reading, text: str, intent: str, news: News) -> bool:
    if profile.helpers is None and intent in ("affirm", "deny") and _is_short(text):
        profile.helpers = Told("some" if intent == "affirm" else "none", text.strip()[:MOST_FREE_TEXT], thread.turn)
        news.fields.add("helpers")
        news.no_helpers = intent == "deny"
    elif profile.helpers is None and not reading.places and (nobody := _NOBODY.search(fold(text).strip())):
        profile.helpers = Told("none", text.strip()[:MOST_FREE_TEXT], thread.turn)
        news.fields.add("helpers")
        news.no_helpers = bool(nobody)
    elif profile.helpers is None and not reading.places and _tells_of_help(fold(text)):
        profile.helpers = Told("some", text.strip()[:MOST_FREE_TEXT], thread.turn)
        news.fields.add("helpers")
    return "helpers" in news.fields


def _tells_of_help(folded: str) -> bool:
    """Somebody, who does something, and not "mijn zus komt nooit"."""
    clauses = re.split(r" maar |, ", folded)
    helped = any(_TAKES_OVER.search(one) and not _NOT_EVER.search(one) for one in clauses)
    return helped and _SOMEBODY.search(folded) is not None


def _is_short(text: str) -> bool:
    """A yes or no by itself; in a story it belongs to something else."""
    return len(text.split()) <= SHORT


def _body(profile: CarerProfile, thread: Thread, reading: Reading, text: str, intent: str, news: News) -> bool:
    """ "Mijn rug" says yes as much as "ja" does: whoever names a complaint has one."""
    if profile.body is None and intent in ("affirm", "deny", "tell", "tell_own_care"):
        fine = intent == "deny" or LoadCue.PLAYED_DOWN.value in news.load_cues
        _say_of_herself(profile, thread, "body", "fine" if fine else "hurts", text, news)
    return "body" in news.fields or bool(news)


def _own_time(profile: CarerProfile, thread: Thread, reading: Reading, text: str, intent: str, news: News) -> bool:
    if profile.own_time is None and (intent in ("affirm", "deny") or LoadCue.NO_TIME.value in news.load_cues):
        none = intent == "deny" or LoadCue.NO_TIME.value in news.load_cues
        _say_of_herself(profile, thread, "own_time", "none" if none else "some", text, news)
    elif profile.own_time is None and intent == "tell":
        none = _NOT_EVER.search(fold(text)) is not None
        _say_of_herself(profile, thread, "own_time", "none" if none else "some", text, news)
    return "own_time" in news.fields or bool(news)


def _perseverance(profile: CarerProfile, thread: Thread, reading: Reading, text: str, intent: str, news: News) -> bool:
    told = read_perseverance_answer(text)
    if told is not None and profile.perseverance is None:
        profile.perseverance = Told(told.value, text.strip()[:MOST_FREE_TEXT], thread.turn)
        news.fields.add("perseverance")
    return bool(news)


def _say_of_herself(profile: CarerProfile, thread: Thread, name: str, value: str, text: str, news: News) -> None:
    setattr(profile, name, Told(value, text.strip()[:MOST_FREE_TEXT], thread.turn))
    news.fields.add(name)


def _place_confirm(profile: CarerProfile, thread: Thread, reading: Reading, text: str, intent: str, news: News) -> bool:
    if intent in ("affirm", "deny") and not reading.places:
        confirm_place(profile, thread, intent == "affirm", news)
        return True
    return bool(reading.places)


def _wish(profile: CarerProfile, thread: Thread, reading: Reading, text: str, intent: str, news: News) -> bool:
    a_wish = intent in ("tell", "out_of_scope", "ask_offers") and len(text.split()) >= 2 and not reading.places
    if (
        not profile.wishes
        and a_wish
        and reading.refuses is None
        and not (_NOBODY.search(fold(text)) or _NO_WISH.search(fold(text)))
    ):
        words = text.strip()[:MOST_FREE_TEXT]
        profile.wishes = [Told(words, words, thread.turn)]  # her own words: no kind of offer follows from them
        news.fields.add("wishes")
    return "wishes" in news.fields


def _place(profile: CarerProfile, thread: Thread, reading: Reading, text: str, intent: str, news: News) -> bool:
    return bool(reading.places) or bool(thread.place_options)


def _fell_away(profile: CarerProfile, thread: Thread, reading: Reading, text: str, intent: str, news: News) -> bool:
    """Which help stopped, asked after a banner. A yes, or what she names without a no in it, counts as told."""
    known = any(told.value == LoadCue.HELP_STOPPED.value for told in profile.load_cues)
    folded = fold(text).strip()
    says_no = bool(_NO_WISH.search(folded) or _NOT_EVER.search(folded))
    named = intent == "tell" and not news and len(text) > 3 and not says_no
    if (intent == "affirm" or named) and not known:
        words = text.strip()[:MOST_FREE_TEXT]
        profile.load_cues.append(Told(LoadCue.HELP_STOPPED.value, words, thread.turn))
        news.load_cues = [*news.load_cues, LoadCue.HELP_STOPPED.value]
        news.fields.add("load_cues")
    return bool(news) or says_no or intent in ("affirm", "deny")


def _interpreter(profile: CarerProfile, thread: Thread, reading: Reading, text: str, intent: str, news: News) -> bool:
    if intent in ("affirm", "deny"):
        profile.interpreter = Told("yes" if intent == "affirm" else "no", text.strip()[:80], thread.turn)
        news.fields.add("interpreter")
    return bool(news)


def _choose_place(profile: CarerProfile, thread: Thread, municipality: str, news: News) -> None:
    for option in thread.place_options:
        if option["municipality"] == municipality:
            value = {**{key: option[key] for key in ("municipality", "place", "postcode")}, "state": "confirmed"}
            setattr(profile, f"{thread.place_of}_place", Told(value, option["typed"], thread.turn, confirmed=True))
            news.fields.add(f"{thread.place_of}_place")
            thread.place_options = []


def _place_which(profile: CarerProfile, thread: Thread, reading: Reading, text: str, intent: str, news: News) -> bool:
    for option in thread.place_options:
        if option["municipality"].lower() in text.lower():
            _choose_place(profile, thread, option["municipality"], news)
            return True
    return bool(reading.places)


_Reader = Callable[[CarerProfile, Thread, Reading, str, str, News], bool]
_READERS: dict[str, _Reader] = {
    "situation": _situation,
    "nights": _nights,
    "helpers": _helpers,
    "place": _place,
    "wish": _wish,
    "place_which": _place_which,
    "place_confirm": _place_confirm,
    "interpreter": _interpreter,
    "fell_away": _fell_away,
    "body": _body,
    "own_time": _own_time,
    "perseverance": _perseverance,
}
