"""Which place she means: chosen among several of one name, or confirmed when it was derived from what she told."""

from __future__ import annotations

from bot.profile import CarerProfile, Told
from bot.talk.news import News
from bot.talk.thread import Thread

_AS_ASKED = ("loved_one_place", "carer_place")
"""The order in which unsure places are asked (``actions.asking``)."""


def choose_place(profile: CarerProfile, thread: Thread, municipality: str, news: News) -> None:
    """The place of ``thread.place_options`` in this municipality; one that is not among them changes nothing."""
    for option in thread.place_options:
        if option["municipality"] == municipality:
            value = {**{key: option[key] for key in ("municipality", "place", "postcode")}, "state": "confirmed"}
            setattr(profile, f"{thread.place_of}_place", Told(value, option["typed"], thread.turn, confirmed=True))
            news.fields.add(f"{thread.place_of}_place")
            thread.place_options = []


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
