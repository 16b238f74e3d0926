"""The life of a request as a state machine: which step is allowed from which state, and where it leads.

drafted → sent → seen → accepted | forwarded → contacted → resolved, or reopened, or withdrawn (design.md, records).
A request that was taken up may be resolved without a talk, because some people cannot be reached; the outcome in plain
words is required either way (R105).

Passing on is two steps, so that nobody lets go before someone else has taken hold (R93). OFFER asks a receiver and
leaves the state as it is; TAKE_OVER gives it to the receiver. A desk outside has no account here: that it took over is
written down by the owner (FORWARD), and only then the request is "doorgezet".
"""

from __future__ import annotations

from bot.request.vocabulary import RequestState, Step

_S = RequestState
_WAITING = (_S.SENT, _S.SEEN, _S.REOPENED)
_IN_HAND = (_S.ACCEPTED, _S.CONTACTED)
_RUNNING = _WAITING + _IN_HAND

_MOVES: dict[Step, tuple[tuple[RequestState, ...], RequestState | None]] = {
    Step.SEND: ((_S.DRAFTED,), _S.SENT),
    Step.SEE: ((_S.SENT,), _S.SEEN),
    Step.ACCEPT: (_WAITING, _S.ACCEPTED),
    Step.OFFER: (_RUNNING, None),
    Step.TAKE_OVER: (_RUNNING, _S.ACCEPTED),
    Step.REFUSE: (_RUNNING, None),
    Step.TAKE_BACK: (_RUNNING, None),
    Step.FORWARD: (_IN_HAND, _S.FORWARDED),
    Step.CONTACT: (_IN_HAND, _S.CONTACTED),
    Step.TRY: (_IN_HAND, None),
    Step.ASK: (_IN_HAND, None),
    Step.PROPOSE: (_IN_HAND, None),
    Step.PLAN: (_IN_HAND, None),
    Step.RESOLVE: (_IN_HAND, _S.RESOLVED),
    Step.REOPEN: ((_S.RESOLVED, _S.FORWARDED), _S.REOPENED),
    Step.WITHDRAW: ((_S.DRAFTED, _S.FORWARDED, *_RUNNING), _S.WITHDRAWN),
}
"""Origins and destination of every step; ``None``: the state stays as it is."""

WAITING_FOR_SOMEONE = frozenset(_WAITING)
"""Sent, and nobody has taken it up (again)."""
IN_HAND = frozenset(_IN_HAND)
"""One named person has it."""
RUNNING = frozenset(_RUNNING)
"""Something is expected of somebody at this desk."""
CLOSED = frozenset({_S.RESOLVED, _S.WITHDRAWN})
"""Nothing is expected of anybody."""


class NotAllowedError(Exception):
    """A step that the state of the request does not allow; the request is unchanged."""

    def __init__(self, state: RequestState, step: str) -> None:
        super().__init__(f"a request that is {state} does not allow: {step}")
        self.state = state
        self.step = step


def state_after(state: RequestState, step: Step) -> RequestState:
    """The state that ``step`` leads to. Raises ``NotAllowedError`` where it leads nowhere."""
    origins, destination = _MOVES[step]
    if state not in origins:
        raise NotAllowedError(state, step)
    return destination or state


def steps_from(state: RequestState) -> frozenset[Step]:
    """Everything that may be done now."""
    return frozenset(step for step, (origins, _) in _MOVES.items() if state in origins)
