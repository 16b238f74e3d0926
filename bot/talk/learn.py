"""What a message adds to the profile: everything volunteered counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.profile import CarerProfile, Quote, Told
from bot.reading import Cue, PlaceMention, Reading, Relation, Role
from bot.talk.thread import Thread

LONGEST_QUOTE = 1000
MOST_QUOTES = 12
HOURS_IN_A_WEEK = 168


@dataclass
class News:
    """What this message taught us, for the acknowledgement. ``fields`` are names of profile fields."""

    fields: set[str] = field(default_factory=set)
    conditions: list[str] = field(default_factory=list)
    tasks: list[str] = field(default_factory=list)
    load_cues: list[str] = field(default_factory=list)
    broken_nights: bool = False
    no_helpers: bool = False
    corrected: bool = False
    odd_hours: bool = False

    def __bool__(self) -> bool:
        return bool(self.fields) or self.odd_hours


def learn(profile: CarerProfile, reading: Reading, text: str, thread: Thread) -> News:
    """Add what ``reading`` tells to ``profile`` and say what is new. ``text`` is kept as a quote when it tells."""
    news = News(corrected=reading.corrects is not None)
    turn = thread.turn
    _learn_person(profile, reading, turn, news)
    news.conditions = _add(profile, "conditions", reading.conditions, turn, news)
    news.tasks = _add(profile, "tasks", reading.tasks, turn, news)
    news.load_cues = _add(profile, "load_cues", reading.load_cues, turn, news)
    for name in ("wishes", "day_parts", "tried"):
        _add(profile, name, getattr(reading, name), turn, news)
    for name in ("living_together", "works", "helpers", "minor", "loved_one_child"):
        cue: Cue | None = getattr(reading, name)
        if cue is not None:
            _put(profile, name, Told(cue.value, cue.evidence.words, turn), news)
    _learn_amounts(profile, reading, turn, news)
    _learn_places(profile, reading.places, thread, news)
    if reading.palliative is not None:
        _put(profile, "palliative", Told(True, reading.palliative.words, turn), news)
    if reading.label_rejected is not None:
        _put(profile, "label_rejected", Told(True, reading.label_rejected.words, turn), news)
    profile.explicit_term = profile.explicit_term or reading.explicit_term
    news.broken_nights = "nights" in news.fields and bool((profile.nights and profile.nights.value.get("high")) or 0)
    news.no_helpers = "helpers" in news.fields and profile.helpers is not None and profile.helpers.value == "none"
    if news.fields and len(text.split()) >= 4:
        keep_quote(profile, text, turn)
    return news


def keep_quote(profile: CarerProfile, text: str, turn: int) -> None:
    """Keep her own words for the request, within bounds."""
    if len(profile.quotes) < MOST_QUOTES:
        profile.quotes.append(Quote(text.strip()[:LONGEST_QUOTE], turn))


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


def _learn_person(profile: CarerProfile, reading: Reading, turn: int, news: News) -> None:
    for position, loved_one in enumerate(reading.loved_ones):
        told = Told(loved_one.relation, loved_one.evidence.words, turn)
        first = profile.relation is None
        corrected = reading.corrects is not None and position == len(reading.loved_ones) - 1
        if first or corrected:
            if first or profile.called != loved_one.called:
                news.fields.add("relation")
            profile.relation, profile.called = told, loved_one.called
        elif loved_one.called != profile.called and all(
            told.words != other.words for other in profile.others_cared_for
        ):
            profile.others_cared_for.append(told)
            news.fields.add("others_cared_for")
    role = reading.role
    settled = profile.role is not None and profile.role.value == Role.CARER.value
    if role not in (Role.UNKNOWN.value, Role.OTHER.value) and not settled:
        _put(profile, "role", Told(role, "", turn), news)


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
        _put(profile, "nights", Told(value, nights.evidence.words, turn), news)
    if reading.since is not None:
        since = reading.since
        value = {"months_ago": since.months_ago, "year": since.year, "month": since.month}
        _put(profile, "since", Told(value, since.evidence.words, turn), news)


def _learn_places(profile: CarerProfile, places: tuple[PlaceMention, ...], thread: Thread, news: News) -> None:
    for mention in places:
        owner = mention.whose if mention.whose in ("carer", "loved_one") else thread.place_of
        if len(mention.municipalities) == 1:
            set_place(profile, owner, mention, mention.municipalities[0], thread.turn, news)
        elif mention.municipalities:
            thread.place_of = owner
            thread.place_options = [
                {"municipality": name, "place": mention.place, "postcode": mention.postcode, "typed": mention.typed}
                for name in mention.municipalities[:3]
            ]


def set_place(
    profile: CarerProfile, owner: str, mention: PlaceMention, municipality: str, turn: int, news: News
) -> None:
    """Set where the carer or the loved one lives. A postcode or a near spelling is *derived*: to be confirmed."""
    certain = mention.exact and mention.postcode is None
    value = {
        "municipality": municipality,
        "place": mention.place,
        "postcode": mention.postcode,
        "state": "stated" if certain else "derived",
    }
    _put(profile, f"{owner}_place", Told(value, mention.typed, turn, confirmed=certain), news)


def same_household(profile: CarerProfile) -> bool:
    """Do they surely live under one roof? Only when she said so, or for her own partner or child unless denied."""
    if profile.living_together is not None:
        return bool(profile.living_together.value == "yes")
    return profile.relation is not None and profile.relation.value in (Relation.PARTNER.value, Relation.CHILD.value)
