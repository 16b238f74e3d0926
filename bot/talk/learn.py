"""What a message adds to the profile: everything volunteered counts, with the one it belongs to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.profile import CarerProfile, Quote, Told
from bot.reading import Cue, Evidence, PlaceMention, Reading, Relation, Role
from bot.talk.details import learn_details
from bot.talk.loved_ones import learn_people, whose
from bot.talk.news import News
from bot.talk.remarks import lives_in_a_home
from bot.talk.roles import choose_role, is_carer, settle_role, stands_aside
from bot.talk.sharing import KEPT_BACK, hold_back
from bot.talk.thread import Thread
from bot.talk.whose_loss import CARED_FOR, whose_death
from bot.understanding.language import DUTCH

LONGEST_QUOTE = 1000
MOST_QUOTES = 12
TOLD, TELLS = 4, 6
"""Words from which a message is kept as she wrote it: when something was recognised in it, and when nothing was."""
HOURS_IN_A_WEEK = 168
MOST_PLACES = 4  # so many buttons can still be overseen
_NOT_A_CARER = {Role.PROFESSIONAL.value, Role.CARED_FOR.value, Role.VOLUNTEER.value}
_ABOUT_HER = ("living_together", "works", "helpers", "loved_one_child", "perseverance")


def learn(profile: CarerProfile, reading: Reading, text: str, thread: Thread) -> News:
    """Add what ``reading`` tells to ``profile`` and say what is new. ``text`` is kept as a quote when it tells."""
    news = News(corrected=reading.corrects is not None)
    turn = thread.turn
    reading, quotable = _without_what_stays_here(profile, reading, text, turn, news)
    reading = _whose_loss(profile, reading, text, turn, news)
    settle_role(profile, reading, turn, news)
    if reading.language != DUTCH:
        profile.language = Told(reading.language, "", turn)
    if reading.bereaved is not None:
        profile.bereaved = Told(True, reading.bereaved.words, turn)
    if reading.minor is not None:
        _put(profile, "minor", Told(reading.minor.value, reading.minor.evidence.words, turn), news)
    answers_us = profile.relation is not None and reading.role == Role.UNKNOWN  # "mijn zus doet de zaterdag"
    aside = None if answers_us or thread.with_professional else stands_aside(reading)
    _learn_stance(profile, aside, turn, news)
    if aside is None:
        if thread.with_professional or profile.role is None or profile.role.value not in _NOT_A_CARER:
            learn_people(profile, reading, text, turn, news)
            _learn_her_own(profile, reading, turn, news)
            learn_details(profile, reading, turn, news)
        _learn_about_care(profile, reading, text, turn, news)
    _learn_wishes(profile, reading, thread, news)
    _learn_places(profile, reading.places, thread, news)
    for name in ("label_rejected", "sent_around"):
        said: Evidence | None = getattr(reading, name)
        if said is not None and not profile.knows(name):
            _put(profile, name, Told(True, said.words, turn), news)
    thread.informal = thread.informal or reading.informal is True  # once *je*, always *je*: a switch back sounds cold
    thread.in_a_home = thread.in_a_home or (aside is None and lives_in_a_home(text))
    profile.explicit_term = profile.explicit_term or reading.explicit_term
    if _is_worth_quoting(quotable, news):
        keep_quote(profile, quotable, turn)
    return news


def _without_what_stays_here(
    profile: CarerProfile, reading: Reading, text: str, turn: int, news: News
) -> tuple[Reading, str]:
    """What the municipality must not know is not learned; "dat hoeft niet" by itself takes back her words before it."""
    reading, rest, points_back = hold_back(reading, text)
    if rest != text:
        news.fields.add(KEPT_BACK)
        profile.kept_back += [turn - 1] if points_back and turn > 1 else []
    return reading, rest


def _whose_loss(profile: CarerProfile, reading: Reading, text: str, turn: int, news: News) -> Reading:
    """A death of the one she cares for ends the care; one of somebody else tells nothing of who she is."""
    died = whose_death(profile, text) if reading.bereaved is not None else ""
    if not died or (profile.role is not None and not is_carer(profile)):
        return reading
    if died == CARED_FOR and reading.bereaved is not None and not profile.others_cared_for:
        choose_role(profile, Role.FORMER_CARER.value, reading.bereaved.words, turn, news)
    return replace(reading, role=Role.UNKNOWN.value, role_probabilities={}, stances=())


def _is_worth_quoting(text: str, news: News) -> bool:
    words = len(text.split())
    return words >= TOLD if news.fields else words >= TELLS and not text.rstrip().endswith("?")


def keep_quote(profile: CarerProfile, text: str, turn: int) -> None:
    """Keep her own words for the request, within bounds."""
    if len(profile.quotes) < MOST_QUOTES:
        profile.quotes.append(Quote(text.strip()[:LONGEST_QUOTE], turn))


def _learn_stance(profile: CarerProfile, aside: Told | None, turn: int, news: News) -> None:
    """She speaks of another's care, or of later; once she turns out to care herself, that is over."""
    if is_carer(profile):
        profile.stance = None
    elif aside is not None and profile.relation is None:
        _put(profile, "stance", Told(aside.value, aside.words, turn), news)


def _learn_about_care(profile: CarerProfile, reading: Reading, text: str, turn: int, news: News) -> None:
    for cue in reading.conditions:
        about = whose(cue, reading, text)
        if not _is_about_one_cared_for(profile, about, reading):
            continue  # the sister who helps is ill herself
        same = [told for told in profile.conditions if told.value == cue.value and about in (told.about, "")]
        unsaid = [told for told in profile.conditions if told.value == cue.value and not told.about]
        if unsaid:
            unsaid[0].about = about
        elif not same:
            told = Told(cue.value, cue.evidence.words, turn, about=about)
            profile.conditions.append(told)
            news.conditions.append(told)
            news.fields.add("conditions")
    if reading.palliative is not None:
        _put(profile, "palliative", Told(True, reading.palliative.words, turn), news)


def _is_about_one_cared_for(profile: CarerProfile, about: str, reading: Reading) -> bool:
    relations = {one.relation for one in reading.loved_ones if one.called == about}
    cared_for = {told.value for told in (profile.relation, *profile.others_cared_for) if told is not None}
    return not about or not cared_for or bool(relations & cared_for)


def _learn_her_own(profile: CarerProfile, reading: Reading, turn: int, news: News) -> None:
    news.tasks = _add(profile, "tasks", reading.tasks, turn, news)
    news.load_cues = _add(profile, "load_cues", reading.load_cues, turn, news)
    for name in _ABOUT_HER:
        cue: Cue | None = getattr(reading, name)
        if cue is not None:
            _put(profile, name, Told(cue.value, cue.evidence.words, turn), news)
    _learn_amounts(profile, reading, turn, news)
    news.broken_nights = "nights" in news.fields and bool((profile.nights and profile.nights.value.get("high")) or 0)
    news.no_helpers = "helpers" in news.fields and profile.helpers is not None and profile.helpers.value == "none"


def _put(profile: CarerProfile, name: str, told: Told, news: News) -> None:
    before: Told | None = getattr(profile, name)
    if before is None or before.value != told.value:
        setattr(profile, name, told)
        news.fields.add(name)


def _add(profile: CarerProfile, name: str, cues: tuple[Cue, ...], turn: int, news: News) -> list[str]:
    known: list[Told] = getattr(profile, name)
    added = []
    for cue in cues:
        if all(told.value != cue.value for told in known):
            known.append(Told(cue.value, cue.evidence.words, turn))
            added.append(cue.value)
    if added:
        news.fields.add(name)
    return added


def _learn_amounts(profile: CarerProfile, reading: Reading, turn: int, news: News) -> None:
    if reading.hours is not None and reading.hours.high > HOURS_IN_A_WEEK:
        news.odd_hours = True
    elif reading.hours is not None:
        hours = reading.hours
        value: dict[str, Any] = {"low": hours.low, "high": hours.high, "constant": hours.constant}
        _put(profile, "hours", Told(value, hours.evidence.words, turn), news)
    if reading.nights is not None:
        nights = reading.nights
        value = {"low": nights.per_week_low, "high": nights.per_week_high, "times": nights.times_a_night}
        if nights.times_high is not None:
            value["times_high"] = nights.times_high
        _put(profile, "nights", Told(value, nights.evidence.words, turn), news)
    if reading.since is not None:
        since = reading.since
        ago = None if since.is_best_in_words else since.months_ago
        value = {"months_ago": ago, "year": since.year, "month": since.month}
        _put(profile, "since", Told(value, since.evidence.words, turn), news)


def _learn_wishes(profile: CarerProfile, reading: Reading, thread: Thread, news: News) -> None:
    """What would help, and when; a time told without a wish is when it is heavy, not when help should come."""
    for name in ("wishes", "tried", "asked_at"):
        _add(profile, name, getattr(reading, name), thread.turn, news)
    if reading.wishes or thread.pending == "wish" or thread.phase == "offers":
        _add(profile, "day_parts", reading.day_parts, thread.turn, news)
        _learn_moments(profile, reading, thread.turn, news)


def _learn_moments(profile: CarerProfile, reading: Reading, turn: int, news: News) -> None:
    """The pattern in her words ("om de week een zaterdag"): a person reads it, no offer tells its weekdays."""
    for moment in reading.moments:
        words = moment.evidence.words
        if all(told.words != words for told in profile.moments):
            profile.moments.append(Told(words, words, turn))
            news.fields.add("moments")


def _learn_places(profile: CarerProfile, places: tuple[PlaceMention, ...], thread: Thread, news: News) -> None:
    for mention in places:
        if mention.whose == "elsewhere":
            continue  # a hospital, her work, the town of somebody who helps
        owner = mention.whose if mention.whose in ("carer", "loved_one") else thread.place_of
        if len(mention.municipalities) == 1:
            set_place(profile, owner, mention, mention.municipalities[0], thread.turn, news)
        elif mention.municipalities:
            thread.place_of = owner
            thread.place_options = [
                {
                    "municipality": name,
                    "place": mention.place,
                    "postcode": mention.postcode,
                    "typed": mention.typed,
                    "near": mention.near,
                }
                for name in mention.municipalities[:MOST_PLACES]
            ]


def set_place(
    profile: CarerProfile, owner: str, mention: PlaceMention, municipality: str, turn: int, news: News
) -> None:
    """Set where the carer or the loved one lives. What is not certain is *derived*: to be confirmed."""
    certain = mention.is_certain
    value = {
        "municipality": municipality,
        "place": mention.place,
        "postcode": mention.postcode,
        "state": "stated" if certain else "derived",
        "near": mention.near,
    }
    _put(profile, f"{owner}_place", Told(value, mention.typed, turn, confirmed=certain), news)


def same_household(profile: CarerProfile) -> bool:
    """Do they surely live under one roof? Only when she said so, or for her own partner or child unless denied."""
    if profile.living_together is not None:
        return bool(profile.living_together.value == "yes")
    return profile.relation is not None and profile.relation.value in (Relation.PARTNER.value, Relation.CHILD.value)
