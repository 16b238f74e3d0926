"""How heavy it is, heard to the end: offered once, at most five questions, and told as a signal that stays with her."""

from __future__ import annotations

from collections.abc import Sequence

from actions.turn import Turn
from bot.load import LoadBand, LoadReason
from bot.talk.echo import stands_alone
from bot.talk.load_check import is_worth_asking, open_load_questions
from bot.talk.third_party import may_ask

MOST_REASONS = 3
_LONGEST_QUOTE = 60  # characters of her own words beside a reason


def offer_load_check(turn: Turn) -> bool:
    """Offer the questions when they matter; ``True`` when that was asked."""
    if not is_worth_asking(turn.profile, turn.load, turn.thread):
        return False
    turn.thread.load_offered = turn.thread.in_load_check = True
    turn.ask("load_check")
    return True


def begin_load_check(turn: Turn) -> bool:
    """Ask the first open question, or tell what is clear already. ``True`` while questions are open.

    Where another company reads along, it is said where these questions can be asked.
    """
    if not may_ask(turn.thread, "load_check"):  # R117
        turn.say("load_check_third_party")
        return False
    turn.thread.put_off()
    turn.thread.load_offered = turn.thread.in_load_check = True
    return go_on_with_load_check(turn)


def go_on_with_load_check(turn: Turn) -> bool:
    """The next of the five; ``False`` when they are done and what was heard has been told."""
    still_open = open_load_questions(turn.profile, turn.thread)
    clear = turn.load.band is LoadBand.CRISIS  # R37: then no more questions
    if still_open and not clear:
        turn.ask(still_open[0], f"load_{still_open[0]}")
        return True
    tell_load(turn)
    turn.thread.in_load_check, turn.thread.pending = False, None
    return False


def tell_load(turn: Turn) -> None:
    """The band with its reasons in her words (R26). Nobody else sees it unless she ticks it in a request."""
    words, load = turn.words, turn.load
    if load.band is LoadBand.UNKNOWN:
        turn.say("load_not_clear")
        return
    band = words.text(f"utter_load_told_{load.band}")
    reasons = _reasons(turn, load.reasons)
    turn.say("load_told" if reasons else "load_band_only", band=band, reasons="\n".join(f"- {one}" for one in reasons))
    if load.band in (LoadBand.HIGH, LoadBand.CRISIS):
        turn.say("load_high_next")


def _reasons(turn: Turn, reasons: Sequence[LoadReason]) -> list[str]:
    told = []
    for reason in reasons[:MOST_REASONS]:
        line = turn.words.text(f"utter_load_reason_{reason.code}")
        said = " ".join(reason.words.split())
        quotable = stands_alone(said) and len(said) <= _LONGEST_QUOTE and said.casefold() not in line.casefold()
        told.append(turn.words.text("utter_load_quoted", reason=line, words=said) if quotable else line)
    return told
