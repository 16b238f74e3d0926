"""Which browsers may read a conversation, and with which number: what a statement of ours says is only good in turn.

A conversation knows each browser of hers by a random name and a *number*. Now and then the next number is *offered*:
when a day has passed, and when something has become worth more (a request was sent). The offered number takes the place
of the old one at the moment it comes back, not before, so that a lost answer locks nobody out; the old one is good for
a minute more, for what was on its way and for a second tab (ADR 13).
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from bot.conversations.store import BROWSER, ConversationStore

A_DAY = timedelta(days=1).total_seconds()
GRACE = 60.0  # seconds in which the number before is still good
MOST = 20  # browsers of one conversation; the one that was turned longest ago is forgotten


@dataclass(frozen=True)
class Statement:
    """What we signed: this browser may read that conversation, with this number."""

    conversation_id: str
    browser: str
    number: int


@dataclass(frozen=True)
class _Turn:
    """Where a browser is. ``since``: when ``number`` first came back, in seconds; ``offered``: is the next given?"""

    number: int = 0
    since: float = 0.0
    offered: bool = False


class Browsers:
    """Kept with the conversation, so that what ends the one ends the other. ``seconds``: the time."""

    def __init__(self, conversations: ConversationStore, seconds: Callable[[], float] = lambda: time.time()) -> None:
        self._conversations = conversations
        self._seconds = seconds

    def welcome(self, conversation_id: str) -> Statement:
        """A browser that was not here before. Raises ``UnknownConversationError``."""
        known = _browsers_in(self._conversations.recall(conversation_id))
        oldest = sorted(known, key=lambda name: known[name].since)[: max(0, len(known) + 1 - MOST)]
        name = secrets.token_urlsafe(9)
        self._keep(conversation_id, {name: _Turn(since=self._seconds()), **dict.fromkeys(oldest)})
        return Statement(conversation_id, name, 0)

    def accepts(self, told: Statement) -> bool:
        """Is this statement good now? The first time that an offered number comes back, it becomes the one."""
        turn = self._turn(told)
        if turn is None:
            return False
        if turn.offered and told.number == turn.number + 1:
            self._keep(told.conversation_id, {told.browser: _Turn(told.number, self._seconds())})
            return True
        was_just_good = told.number == turn.number - 1 and abs(self._seconds() - turn.since) <= GRACE
        return told.number == turn.number or was_just_good

    def renewed(self, told: Statement, *, worth_more: bool = False) -> Statement | None:
        """What the browser should say from now on; ``None`` when that is what it says already."""
        turn = self._turn(told)
        if turn is None:
            return None
        if not turn.offered and (worth_more or self._seconds() - turn.since > A_DAY):
            turn = _Turn(turn.number, turn.since, offered=True)
            self._keep(told.conversation_id, {told.browser: turn})
        number = turn.number + 1 if turn.offered else turn.number
        return None if number == told.number else Statement(told.conversation_id, told.browser, number)

    def _turn(self, told: Statement) -> _Turn | None:
        return _browsers_in(self._conversations.recall(told.conversation_id)).get(told.browser)

    def _keep(self, conversation_id: str, turns: dict[str, _Turn | None]) -> None:
        kept = {BROWSER + name: asdict(turn) if turn else None for name, turn in turns.items()}
        self._conversations.remember(conversation_id, **kept)


def _browsers_in(state: dict[str, Any]) -> dict[str, _Turn]:
    return {key.removeprefix(BROWSER): _Turn(**kept) for key, kept in state.items() if key.startswith(BROWSER)}
