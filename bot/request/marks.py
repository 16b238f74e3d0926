"""What she brought up herself and nobody acted on yet: a mark on the line of her request in the inbox (R107, R109)."""

from __future__ import annotations

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from bot.request.tables import request_events
from bot.request.vocabulary import EventKind
from knowledge.vocabulary import Term


class Mark(Term):
    """What stands beside her request until somebody acts; the values are those of the events (``EventKind``)."""

    NUDGED = EventKind.NUDGED.value, "vraagt waar het antwoord blijft"
    WORSENED = EventKind.WORSENED.value, "het is zwaarder geworden"
    LOSS_TOLD = EventKind.LOSS_TOLD.value, "er is iemand overleden"
    CARE_OVER = EventKind.CARE_OVER.value, "de zorg is voorbij"


_STAYS = frozenset({Mark.LOSS_TOLD, Mark.CARE_OVER})
"""Whoever opens it later must know this too, also after a colleague did something."""
_KINDS = tuple(EventKind(mark.value) for mark in Mark)


def marks_of(session: Session, request_ids: list[int]) -> dict[int, Mark]:
    """By request: what still asks for somebody's eye, the last of it. A loss before all else; reading alone does not
    take a mark off."""
    events = request_events.c
    acted = case((events.staff_id.is_not(None) & (events.kind != EventKind.SEEN), events.id))
    latest = [func.max(acted), *(func.max(case((events.kind == kind, events.id))) for kind in _KINDS)]
    mine = select(events.request_id, *latest).where(events.request_id.in_(request_ids)).group_by(events.request_id)
    found: dict[int, Mark] = {}
    for request_id, acted_at, *hers in session.execute(mine):
        open_marks = {kind: at or 0 for kind, at in zip(Mark, hers, strict=True) if _is_open(kind, at, acted_at)}
        if open_marks:
            found[request_id] = max(open_marks, key=lambda kind: (kind in _STAYS, open_marks[kind]))
    return found


def _is_open(kind: Mark, at: int | None, acted_at: int | None) -> bool:
    return at is not None and (kind in _STAYS or at > (acted_at or 0))
