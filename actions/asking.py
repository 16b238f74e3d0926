"""Asking one thing, in the words that fit, and acknowledging before asking."""

from __future__ import annotations

from actions.base import Turn
from bot.load import LoadBand
from bot.talk.acknowledge import parts_to_acknowledge
from bot.talk.agenda import whose_place


def ask(turn: Turn, question: str) -> None:
    """Ask ``question`` in the words that fit who it is about."""
    thread, profile = turn.thread, turn.profile
    if question == "place":
        thread.place_of = whose_place(profile)
        turn.ask("place", "place_minor" if profile.minor else f"place_{thread.place_of}")
    elif question == "place_confirm":
        unsure = next(
            place
            for place in (profile.loved_one_place, profile.carer_place)
            if place is not None and not place.confirmed
        )
        turn.ask("place_confirm", municipality=unsure.value["municipality"])
    elif question == "place_which":
        names = [option["municipality"] for option in thread.place_options]
        turn.ask(
            "place_which",
            choices=[(name, f"place_which:{name}") for name in names],
            place=thread.place_options[0]["place"],
        )
    else:
        turn.ask(question)


def acknowledge(turn: Turn) -> None:
    """Begin with what she said: at most two things, the heaviest first."""
    news, words = turn.news, turn.services.wording
    if turn.profile.minor is not None:
        return  # a young person has been answered in words of her own
    if news.odd_hours:
        turn.say("odd_hours")
    if news.corrected and "relation" in news.fields:
        turn.say("ack_corrected")
        return
    parts = [words.text(f"utter_part_{part}", called=turn.called) for part in parts_to_acknowledge(news)]
    if len(parts) == 2:
        turn.say("ack_two", First=_capital(parts[0]), first=parts[0], second=parts[1])
    elif parts:
        turn.say("ack_one", First=_capital(parts[0]), first=parts[0])
    elif news and (not turn.answered or "situation" in news.fields):
        turn.say("ack_thanks")
    if turn.load.band in (LoadBand.HIGH, LoadBand.CRISIS) and not turn.thread.heavy_said:
        turn.thread.heavy_said = True
        turn.say("load_heavy")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
