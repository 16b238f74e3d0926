"""Putting a licensed questionnaire to her: the offer, and item by item as it was supplied (ADR 7).

``thread.questionnaire`` holds the stored run, and the ``turn`` in which something of it was asked last; as long as it
is only offered there are no steps in it. A choice is ``questionnaire:<key>:<number>:<step>``, with number 0 for the
offer: a button that is pressed twice answers one item.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.questionnaire_outcome import tell_outcome
from actions.turn import Turn
from knowledge.instruments import SKIPPED, Instrument, InstrumentRun

QUESTIONNAIRE = "questionnaire"
YES, NO, STOP = "yes", "no", "stop"
OFFER = 0
"""The number of the offer itself; items are numbered from 1."""


def is_under_way(turn: Turn) -> bool:
    """Did she agree, and are there items left?"""
    return "steps" in turn.thread.questionnaire


def is_open(turn: Turn) -> bool:
    """Was something of it asked last? News in a side question closes ``pending``; the turn still tells."""
    stored = turn.thread.questionnaire
    return bool(stored) and (turn.thread.pending == QUESTIONNAIRE or stored["turn"] == turn.thread.turn - 1)


def stored_run(turn: Turn) -> InstrumentRun:
    """Where she is. Raises ``InstrumentError`` when it is off now, or its words have changed since she began."""
    stored = turn.thread.questionnaire
    return turn.services.instruments.get(stored["pack"]).resume(stored)


def ask_again(turn: Turn) -> None:
    """Back to what was open: the offer, or the item. Raises ``InstrumentError`` as ``stored_run`` does."""
    run = stored_run(turn) if is_under_way(turn) else None
    instrument = run.instrument if run else turn.services.instruments.get(turn.thread.questionnaire["pack"])
    turn.say("back_to_thread")
    ask_item(turn, run) if run else ask_to_fill_in(turn, instrument)


def ask_to_fill_in(turn: Turn, instrument: Instrument) -> None:
    """Which list it is, how long, and by whose leave; yes, no, or a person."""
    pack = instrument.pack
    _open(turn, {"pack": pack.key})
    choices = [(turn.words.text(f"utter_questionnaire_{each}"), _choice(pack.key, OFFER, each)) for each in (YES, NO)]
    owner = instrument.text.permission.given_by
    turn.say("questionnaire_offer", choices=choices, name=pack.name, count=pack.item_count, owner=owner)


def ask_item(turn: Turn, run: InstrumentRun, *, unclear: bool = False) -> None:
    """The next item as it was supplied, with nothing of ours around it; after the last one the outcome."""
    turn.thread.misses = int(unclear)
    item = run.next_item
    if item is None:
        close_questionnaire(turn)
        tell_outcome(turn, run)
        return
    if unclear:
        turn.say("questionnaire_choose")
    _open(turn, run.to_dict())
    progress = {"kind": "progress", "asked": item.number, "most": run.instrument.pack.item_count}
    turn.say("questionnaire_item", progress, choices=buttons_of(turn, run), item=item.text)


def buttons_of(turn: Turn, run: InstrumentRun) -> list[tuple[str, str]]:
    """Under the open item: the answers as they are printed, and the two ways out."""
    item = run.next_item
    if item is None:
        return []
    steps = [(answer.label, answer.code) for answer in item.answers]
    steps.append((turn.words.text("utter_questionnaire_skip"), SKIPPED))
    steps.append((turn.words.text("utter_questionnaire_stop"), STOP))
    return [(title, _choice(run.instrument.pack.key, item.number, step)) for title, step in steps]


def takes_back_refusal(turn: Turn) -> bool:
    """Would she rather not answer? That is kept in the run, not among what she does not tell of herself."""
    refused = QUESTIONNAIRE in turn.profile.refused
    turn.profile.refused = [name for name in turn.profile.refused if name != QUESTIONNAIRE]
    return refused


def close_questionnaire(turn: Turn) -> None:
    """Nothing of a questionnaire is open or under way any more."""
    turn.thread.questionnaire = {}
    if turn.thread.pending == QUESTIONNAIRE:
        turn.thread.pending = None


def end_early(turn: Turn) -> None:
    """It is not here any more as it was when she began: answers to other words are not counted."""
    close_questionnaire(turn)
    turn.say("questionnaire_gone")


def _open(turn: Turn, stored: Mapping[str, Any]) -> None:
    turn.thread.questionnaire = {**stored, "turn": turn.thread.turn}
    turn.thread.pending = QUESTIONNAIRE
    takes_back_refusal(turn)


def _choice(key: str, number: int, step: str) -> str:
    return f"{QUESTIONNAIRE}:{key}:{number}:{step}"
