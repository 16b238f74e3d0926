"""What is not asked where another company carries the messages: every detail of health that can be missed (R117).

It follows from the channel, anew at every turn, and from nothing that is remembered. What she tells by herself is heard
there as anywhere; the consultant asks the rest by telephone. What stays is what she cannot be helped without: what she
does for whom, where, and whether there is danger now.
"""

from __future__ import annotations

from bot.talk.thread import Thread

NOT_ASKED = frozenset({"nights", "body", "own_time", "perseverance", "load_check", "current_help", "wlz"})
"""Questions by name: those about her own health, and two of the request about the health of the loved one."""

IN_OTHER_WORDS = {"situation": "situation_third_party"}
"""Questions that stay, in words that ask for no illness."""


def may_ask(thread: Thread, question: str) -> bool:
    """May this be asked in this channel?"""
    return not (thread.third_party and question in NOT_ASKED)


def wording_of(thread: Thread, question: str) -> str:
    """The name of the sentence that asks it in this channel."""
    return IN_OTHER_WORDS.get(question, question) if thread.third_party else question


def settle(thread: Thread, third_party: bool) -> None:
    """Note what the channel of this turn is; what is open there and may not be asked, is let go."""
    thread.third_party = third_party
    if not third_party:
        return
    if thread.in_load_check or not may_ask(thread, thread.pending or ""):
        thread.put_off()
    thread.in_load_check, thread.questionnaire = False, {}
