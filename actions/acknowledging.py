"""Acknowledging first: what she said, where it fits in her own words, once, and never twice in the same form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from babel.lists import format_list

from actions.turn import Turn
from bot.load import LoadBand
from bot.talk.acknowledge import WEIGHTY, Part, parts_to_acknowledge, words_heard
from bot.talk.echo import Echo, choose_echo, speaks_of_guilt
from bot.understanding.called import stands_for_several
from bot.understanding.language import DUTCH

GUILT, CONDOLENCE, WORD = "guilt", "condolence", "word"
_THE_WORD = re.compile(r"mantelzorg|zorgverlener|\b(?:ge)?noem|\bwoord\b|\bgewoon (?:zijn|haar|de|z'n|d'r|hun|een)\b")
_QUOTE, _PARTS, _THANKS, _BUTTON = "quote", "parts", "thanks", "button"


def acknowledge(turn: Turn) -> None:
    """Begin with what she said: at most two things, the heaviest first, and at most one line of weight after them."""
    condole(turn)
    if turn.profile.minor is not None:
        return  # a young person has been answered in words of her own
    if turn.news.odd_hours:
        turn.say("odd_hours")
    if turn.is_button:
        _receive(turn)
    elif turn.news.corrected and "relation" in turn.news.fields:
        turn.say("ack_corrected")
        return
    else:
        _say_back(turn)
    if "label_rejected" in turn.news.fields and WORD not in turn.thread.acknowledged and _names_the_word(turn):
        turn.thread.acknowledged.append(WORD)
        turn.say("ack_word")
    if _is_guilt_new(turn):
        turn.thread.acknowledged.append(GUILT)
        turn.say("ack_guilt")
    elif _is_heavy_new(turn):
        turn.thread.heavy_said = True
        turn.say("load_heavy")


def condole(turn: Turn) -> None:
    """A word for a death told just now; never a second one soon after the first."""
    bereaved, thread = turn.profile.bereaved, turn.thread
    if bereaved is None or bereaved.turn != thread.turn or CONDOLENCE in thread.acknowledged or thread.condoled_lately:
        return
    thread.acknowledged.append(CONDOLENCE)
    thread.condoled = thread.turn
    turn.say("condolence")


def _receive(turn: Turn) -> None:
    """A pressed button is thanked for now and then: her words were ours."""
    facts = [part.fact for part in parts_to_acknowledge(turn.news, turn.thread.acknowledged)]
    turn.thread.acknowledged += facts
    if turn.news and turn.thread.last_ack != _BUTTON:
        _said(turn, _BUTTON, "ack_button")
    else:
        turn.thread.last_ack = ""


def _say_back(turn: Turn) -> None:
    thread, news = turn.thread, turn.news
    said = [*thread.acknowledged, *(["load_angry_guilty"] if _is_guilt_new(turn) else [])]
    parts = parts_to_acknowledge(news, said)
    echo = _echo(turn)
    beside = [part for part in parts if echo is None or part.name not in echo.covers]
    if echo is not None and len(beside) <= 1:
        _quote(turn, echo, beside)
        spoken = {*(part.fact for part in beside), *(Part(name).fact for name in echo.covers)}
        thread.acknowledged += sorted(spoken - set(thread.acknowledged))
    elif parts:
        _tell(turn, parts)
        thread.acknowledged += [part.fact for part in parts]
    elif news and not _is_guilt_new(turn) and (not turn.answered or "situation" in news.fields):
        asked_again = thread.pending is not None and not turn.answered  # "dat weet ik nu" would be odd before it
        _said(turn, _THANKS, "ack_beside" if asked_again else "ack_thanks")


def _echo(turn: Turn) -> Echo | None:
    """Her own words, at most every other time, and only where we are sure to read them well."""
    if turn.thread.last_ack == _QUOTE or turn.reading.language != DUTCH:
        return None
    places = [place.typed for place in turn.reading.places]
    return choose_echo(turn.text, words_heard(turn.profile, turn.news, turn.thread.turn), places)


def _quote(turn: Turn, echo: Echo, beside: Sequence[Part]) -> None:
    if beside:
        first = _worded(turn, beside[0])
        _said(turn, _QUOTE, "ack_quote", words=echo.words, First=_capital(first), first=first)
    elif _has_more_to_say(turn):
        _said(turn, _QUOTE, "ack_quote_only", words=echo.words)
    else:
        heavy = any(name.startswith("load_") for name in echo.covers)
        _said(turn, _QUOTE, "ack_quote_heavy" if heavy else "ack_quote_light", words=echo.words)


def _tell(turn: Turn, parts: Sequence[Part]) -> None:
    heavy = any(part.name in WEIGHTY for part in parts) and not _has_more_to_say(turn)
    first, *others = [_worded(turn, part) for part in parts]
    if others:
        name = "ack_two_heavy" if heavy else "ack_two"
        _said(turn, _PARTS, name, First=_capital(first), first=first, second=others[0])
    else:
        _said(turn, _PARTS, "ack_one_heavy" if heavy else "ack_one", First=_capital(first), first=first)


def _said(turn: Turn, kind: str, name: str, **values: str) -> None:
    turn.thread.acks += 1
    turn.thread.last_ack = kind
    turn.say(name, **values)


def _has_more_to_say(turn: Turn) -> bool:
    return _is_guilt_new(turn) or _is_heavy_new(turn)


def _names_the_word(turn: Turn) -> bool:
    """Did she name the word, or did we? "Ik ben gewoon moe" rejects nothing."""
    return turn.thread.named or _THE_WORD.search(turn.text.casefold()) is not None


def _is_guilt_new(turn: Turn) -> bool:
    """Guilt and shame are answered once (R15); she may be angry without them."""
    new = "angry_guilty" in turn.news.load_cues and GUILT not in turn.thread.acknowledged
    return new and speaks_of_guilt(turn.text)


def _is_heavy_new(turn: Turn) -> bool:
    return turn.load.band in (LoadBand.HIGH, LoadBand.CRISIS) and not turn.thread.heavy_said


def _worded(turn: Turn, part: Part) -> str:
    """A part in words. "Uw ouders heeft" is no Dutch: of several people it is one of them."""
    words = turn.words
    called = words.spoken(part.about) or turn.called
    if part.name.startswith(("condition_", "palliative")) and stands_for_several(called):
        called = words.text("utter_one_of", called=called)
    values: dict[str, Any] = {"called": called}
    if part.name == "people":
        values["people"] = format_list([words.spoken(one) for one in turn.news.people], locale="nl")
    return words.text(f"utter_part_{part.name}", turn.thread.acks, **values)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
