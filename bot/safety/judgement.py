"""What the patterns found and what the trained ear heard, judged together.

The patterns speak first and need no model. The ear was trained with their findings among its signs, so its chance
already counts them in: it finds what no pattern was written for, tells which doubts are likely, and turns a finding it
cannot believe into a question. It never silences a pattern.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from bot.safety.kinds import Danger, DangerKind, Hunch

ASK, LIKELY, SURE = 0.5, 0.6, 0.97
"""The chance from which one gentle question is asked, danger is named, and the answer comes without a question."""
UNBELIEVED = 0.25
"""Below this a certain finding becomes a question."""


def judge(found: Danger | None, hunch: Hunch | None, explained: Collection[DangerKind] = ()) -> Danger | None:
    """The danger to answer, or nothing. Without a ``hunch`` (no model) what the patterns found.

    ``explained``: kinds of which the message itself says that they are something else (``context.yml``), such as the
    fear that a child is taken away when one asks for help. An ear that hears it alone, in doubt, asks nothing then.
    """
    if hunch is None:
        return found
    if found is not None:
        certain = found.certain and hunch.chance >= UNBELIEVED
        return replace(found, certain=certain, likely=certain or hunch.chance >= LIKELY)
    likely, certain = hunch.chance >= LIKELY, hunch.chance >= SURE and not hunch.doubt
    if hunch.chance < ASK or (hunch.kind in explained and not certain):
        return None
    return Danger(hunch.kind, certain, hunch.words, hunch.start, hunch.end, hunch.other, likely)
