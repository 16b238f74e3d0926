"""Typed words as an answer to the open question: words that only have sense after that question."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.profile import CarerProfile, Told
from bot.reading import LoadCue, Reading, Task
from bot.talk.answers import NIGHTS, refuse
from bot.talk.in_context import names_nobody, nights_in_few_words
from bot.talk.news import News
from bot.talk.places_chosen import choose_place, confirm_place
from bot.talk.thread import Thread
from bot.understanding.perseverance import read_perseverance_answer
from bot.understanding.text import fold

MOST_FREE_TEXT = 300  # characters of an answer in her own words
_MOST_BESIDE_A_CHOICE = 80  # characters, where the words only show what was chosen
_SHORT = 4  # words
_A_WORD = 5  # letters: "fietsen" is a wish
_NOT_EVER = re.compile(r"\b(?:nooit|niet|geen|amper|nauwelijks|zelden|niks|nul|vroeger|had)\b")
_SOMEBODY = re.compile(
    r"\b(?:zus\w*|broer\w*|dochter\w*|zoon|zoons|kind(?:eren)?|buur\w*|buren|vriend\w*|vrijwillig\w*|thuiszorg|oppas\w*|familie"
    r"|ma|pa|mam|pap|moeder|vader|ouders|man|vrouw|partner|ex|oma|opa|iemand|schoon\w+|nicht\w*|neef|tante|oom|wijk\w+"
    r"|bu\w*vrouw|bu\w*man|collega\w*|thuishulp|zij|hij|die)\b"
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

_NOBODY_SAID = re.compile(r"\bniemand\b|\bgeen (?:mens|ander|familie|kip)\b")
_BEGINS_WITH_NO = re.compile(r"^\W*(?:nee+n?|nah)(?: dus| hoor)?\s?[,.;]")
_BEGINS_WITH = {
    "every": re.compile(r"^\W*(?:ja,? )?(?:bijna )?(?:elke|iedere|alle) nacht(?:en)?\b"),
    "sometimes": re.compile(r"^\W*(?:ja,? )?(?:soms|af en toe|wel eens|geregeld)\s?(?:[.,;!]|maar\b|$)"),
}
"""The answer stands first, and then she goes on about something else: "soms. maar dat van dat geld"."""
_OUT_OF_REACH = re.compile(
    r"\b(?:wo+n(?:t|en)|zit(?:ten)?) (?:\w+ ){0,2}(?:ver|buitenland|weg)\b|\bver weg\b"
    r"|\bte druk\b|\b(?:werkt|werken) (?:allemaal|fulltime|alle(?:bei|twee)|zelf|ook)\b"
)
"""There are people, and they do not take over: "ja, de kinderen wonen ver weg"."""


@dataclass(frozen=True)
class _Typed:
    """What was typed while a question was open, how it was read, and where the answer goes."""

    profile: CarerProfile
    thread: Thread
    reading: Reading
    text: str
    intent: str
    news: News

    @property
    def words(self) -> str:
        """Her words as they are kept."""
        return self.text.strip()[:MOST_FREE_TEXT]

    @property
    def folded(self) -> str:
        return fold(self.text)

    @property
    def is_short(self) -> bool:
        """A yes or no by itself; in a story it belongs to something else."""
        return len(self.text.split()) <= _SHORT

    @property
    def is_yes_or_no(self) -> bool:
        return self.intent in ("affirm", "deny")

    def tells(self, name: str, value: Any, *, most: int = MOST_FREE_TEXT) -> None:
        """Her answer goes into this field of the profile, with at most so many characters of her words."""
        setattr(self.profile, name, Told(value, self.words[:most], self.thread.turn))
        self.news.fields.add(name)


def take_words(profile: CarerProfile, thread: Thread, reading: Reading, text: str, intent: str, news: News) -> bool:
    """Give typed words their sense as an answer to ``thread.pending``; ``True`` when they were one."""
    question = thread.pending
    if question is None:
        return False
    if intent == "skip" or (reading.refuses is not None and not news):
        refuse(profile, thread, question)
        return True
    typed = _Typed(profile, thread, reading, text, intent, news)
    if question != "nights" and "nights" in thread.asked and profile.nights is None and _SLEEPS.search(typed.folded):
        typed.tells("nights", NIGHTS["no"], most=_MOST_BESIDE_A_CHOICE)  # to a question that was let go
    answered = _READERS.get(question, _told_anyway)(typed)
    if answered:
        thread.pending = None
    return answered


def _told_anyway(typed: _Typed) -> bool:
    return bool(typed.news)


def _situation(typed: _Typed) -> bool:
    named = typed.news.conditions or typed.news.tasks
    if not named and typed.intent in ("tell", "out_of_scope") and len(typed.text) > 3:
        typed.tells("situation", typed.words)
    return bool(typed.news)


def _nights(typed: _Typed) -> bool:
    reading, news = typed.reading, typed.news
    if "nights" in news.fields or news.broken_nights or _OF_NIGHTS & {*news.tasks, *news.load_cues}:
        return True
    value: dict[str, Any] | None = None
    if reading.number is not None and 0 <= reading.number <= 7:
        value = {"low": reading.number, "high": reading.number, "times": None}
    elif _SLEEPS.search(typed.folded) or nights_in_few_words(typed.text) == "no":
        value = NIGHTS["no"]
    elif typed.is_yes_or_no and typed.is_short and reading.corrects is None:
        value = NIGHTS["sometimes" if typed.intent == "affirm" else "no"]
    elif nights := nights_in_few_words(typed.text) or _said_first(typed.folded):
        value = NIGHTS[nights]
    if value is None:
        return False
    typed.tells("nights", value, most=_MOST_BESIDE_A_CHOICE)
    news.broken_nights = bool(value["high"])
    return True


def _said_first(folded: str) -> str:
    return next((name for name, pattern in _BEGINS_WITH.items() if pattern.search(folded)), "")


def _helpers(typed: _Typed) -> bool:
    if typed.profile.helpers is None and (answer := _who_helps(typed)):
        typed.tells("helpers", answer)
        typed.news.no_helpers = answer == "none"
    return "helpers" in typed.news.fields


def _who_helps(typed: _Typed) -> str:
    """ "some", "none", or "" when the words do not say."""
    if typed.is_yes_or_no and typed.is_short:
        return "some" if typed.intent == "affirm" else "none"
    if typed.intent == "ask_human" or typed.reading.asks_human is not None:
        return ""  # "laat iemand mij bellen" tells of nobody who helps
    if typed.reading.places:
        return _who_helps_beside_a_place(typed)
    if _NOBODY.search(typed.folded.strip()) or names_nobody(typed.text):
        return "none"
    if _BEGINS_WITH_NO.search(typed.folded) and not _tells_of_help(typed.folded):
        return "none"  # "nee, mijn broer woont in Canada"
    if _OUT_OF_REACH.search(typed.folded) and not _tells_of_help(typed.folded):
        return "none"
    if len(typed.text.split()) <= _SHORT and _SOMEBODY.search(typed.folded) and not _NOT_EVER.search(typed.folded):
        return "some"  # "mijn broer", "de buurvrouw"
    return "some" if _tells_of_help(typed.folded) else ""


def _who_helps_beside_a_place(typed: _Typed) -> str:
    """ "Nee niemand, wij wonen in Breda" answers two questions; "nee, Breda" and "mijn zus in Breda" do not say it."""
    places = [fold(place.typed) for place in typed.reading.places]
    clauses = [one for one in re.split(r"[,.;!]| en | maar ", typed.folded) if not any(name in one for name in places)]
    if any(_NOBODY_SAID.search(one) for one in clauses):
        return "none"
    return "some" if any(_tells_of_help(one) for one in clauses) else ""


def _tells_of_help(folded: str) -> bool:
    """Somebody, who does something, and not "mijn zus komt nooit"."""
    clauses = re.split(r" maar |, ", folded)
    helped = any(_TAKES_OVER.search(one) and not _NOT_EVER.search(one) for one in clauses)
    return helped and _SOMEBODY.search(folded) is not None


def _body(typed: _Typed) -> bool:
    """ "Mijn rug" says yes as much as "ja" does: whoever names a complaint has one."""
    if typed.profile.body is None and typed.intent in ("affirm", "deny", "tell", "tell_own_care"):
        fine = typed.intent == "deny" or LoadCue.PLAYED_DOWN.value in typed.news.load_cues
        typed.tells("body", "fine" if fine else "hurts")
    return bool(typed.news)


def _own_time(typed: _Typed) -> bool:
    no_time = LoadCue.NO_TIME.value in typed.news.load_cues
    if typed.profile.own_time is None and (typed.is_yes_or_no or no_time):
        typed.tells("own_time", "none" if typed.intent == "deny" or no_time else "some")
    elif typed.profile.own_time is None and typed.intent == "tell":
        typed.tells("own_time", "none" if _NOT_EVER.search(typed.folded) else "some")
    return bool(typed.news)


def _perseverance(typed: _Typed) -> bool:
    told = read_perseverance_answer(typed.text)
    if told is not None and typed.profile.perseverance is None:
        typed.tells("perseverance", told.value)
    return bool(typed.news)


def _wish(typed: _Typed) -> bool:
    one_word = len(typed.text.strip()) >= _A_WORD and not typed.news
    says_something = len(typed.text.split()) >= 2 or one_word
    told = typed.intent in ("tell", "out_of_scope", "ask_offers") and says_something
    declined = typed.reading.refuses is not None or _NOBODY.search(typed.folded) or _NO_WISH.search(typed.folded)
    if not typed.profile.wishes and told and not typed.reading.places and not declined:
        # In her own words: no kind of offer follows from them.
        typed.profile.wishes = [Told(typed.words, typed.words, typed.thread.turn)]
        typed.news.fields.add("wishes")
    return "wishes" in typed.news.fields


def _fell_away(typed: _Typed) -> bool:
    """Which help stopped, asked after a banner. A yes, or what she names without a no in it, counts as told."""
    profile, news = typed.profile, typed.news
    known = any(told.value == LoadCue.HELP_STOPPED.value for told in profile.load_cues)
    folded = typed.folded.strip()
    says_no = bool(_NO_WISH.search(folded) or _NOT_EVER.search(folded))
    named = typed.intent == "tell" and not news and len(typed.text) > 3 and not says_no
    if (typed.intent == "affirm" or named) and not known:
        profile.load_cues.append(Told(LoadCue.HELP_STOPPED.value, typed.words, typed.thread.turn))
        news.load_cues = [*news.load_cues, LoadCue.HELP_STOPPED.value]
        news.fields.add("load_cues")
    return bool(news) or says_no or typed.is_yes_or_no


def _interpreter(typed: _Typed) -> bool:
    if typed.is_yes_or_no:
        typed.tells("interpreter", "yes" if typed.intent == "affirm" else "no", most=_MOST_BESIDE_A_CHOICE)
    return bool(typed.news)


def _place(typed: _Typed) -> bool:
    return bool(typed.reading.places or typed.thread.place_options)


def _place_which(typed: _Typed) -> bool:
    for option in typed.thread.place_options:
        if option["municipality"].lower() in typed.text.lower():
            choose_place(typed.profile, typed.thread, option["municipality"], typed.news)
            return True
    return bool(typed.reading.places)


def _place_confirm(typed: _Typed) -> bool:
    if typed.is_yes_or_no and not typed.reading.places:
        confirm_place(typed.profile, typed.thread, typed.intent == "affirm", typed.news)
        return True
    return bool(typed.reading.places)


_READERS: dict[str, Callable[[_Typed], bool]] = {
    "situation": _situation,
    "nights": _nights,
    "helpers": _helpers,
    "place": _place,
    "place_which": _place_which,
    "place_confirm": _place_confirm,
    "wish": _wish,
    "fell_away": _fell_away,
    "interpreter": _interpreter,
    "body": _body,
    "own_time": _own_time,
    "perseverance": _perseverance,
}
