"""Counting a month that is over, once: what is counted stays, although the requests themselves go after 90 days.

A tally holds a number and no person: a month, a municipality, a question, an answer. It may be a small number, so it
never reaches a page as it is: ``bot.insight.guard`` decides what may be shown of it.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.insight.months import bounds, last_closed, month_of, months_between, shifted
from bot.insight.questions import AFTER, ASKED_BEFORE, BEFORE, CONTACT, ENDING, HANDOVER, REST, Rest
from bot.insight.rounds import Happened, Past, asked_before, ending, first_contacts, handover
from bot.insight.tables import insight_months, insight_tallies
from bot.request.clock import OfficeHours
from bot.request.fields import FieldKey
from bot.request.followup import Happened as TookPlace
from bot.request.followup import request_followups
from bot.request.record import RequestField
from bot.request.tables import request_events, requests
from knowledge.storage import Sessions

logger = logging.getLogger(__name__)

LONGEST_PROMISE = timedelta(days=45)
"""A promise that fell due in a month began at most this long before it: three working days, with every holiday."""
KEEP_YEARS = 10
AT_ONCE = 500

Key = tuple[str, str, str]
OfficeFor = Callable[[str], OfficeHours]


class Tallies:
    """The tallies of closed months."""

    def __init__(self, sessions: Sessions, clock: Callable[[], datetime], office_for: OfficeFor) -> None:
        self._sessions = sessions
        self._clock = clock
        self._office_for = office_for

    def catch_up(self) -> int:
        """Count every month that is over and was not counted yet; gives how many. Safe to repeat, and to run in two
        processes: one of them counts a month, the other leaves it."""
        now = self._clock()
        with self._sessions() as session:
            begin = session.scalar(select(func.max(insight_months.c.month)))
            oldest = session.scalar(select(func.min(request_events.c.at)))
        first = shifted(begin, 1) if begin else (month_of(oldest) if oldest else last_closed(now))
        return sum(self._count(month, now) for month in months_between(first, last_closed(now)))

    def _count(self, month: str, now: datetime) -> bool:
        try:
            with self._sessions.begin() as session:
                session.execute(insert(insight_months).values(month=month, tallied_at=now))
                found = self._tally(session, month)
                rows = [
                    {"month": month, "municipality": place, "question": question, "answer": answer, "count": count}
                    for (place, question, answer), count in sorted(found.items())
                ]
                if rows:
                    session.execute(insert(insight_tallies), rows)
                too_old = shifted(month, -12 * KEEP_YEARS)
                session.execute(delete(insight_tallies).where(insight_tallies.c.month < too_old))
        except IntegrityError:  # another process was first
            return False
        logger.info("the month %s was counted", month)
        return True

    def _tally(self, session: Session, month: str) -> Counter[Key]:
        begin, end = bounds(month)
        found: Counter[Key] = Counter()
        offices: dict[str, OfficeHours] = {}
        for past in _pasts(session, begin - LONGEST_PROMISE, end):
            office = offices.get(past.municipality)
            if office is None:
                office = offices[past.municipality] = self._office_for(past.municipality)
            for kept in first_contacts(past, begin, end, office):
                found[past.municipality, CONTACT.code, kept.value] += 1
            answers = {ENDING: ending, HANDOVER: handover, ASKED_BEFORE: asked_before}
            for question, read in answers.items():
                answer = read(past, begin, end)
                if answer is not None:
                    found[past.municipality, question.code, str(answer)] += 1
        found.update(_rest(session, bounds(shifted(month, -1))))
        return found


def _pasts(session: Session, since: datetime, end: datetime) -> Iterator[Past]:
    """Every sent request of which something happened in this time, with its whole history; a part at a time."""
    events = request_events.c
    busy = select(events.request_id).where(events.at >= since, events.at < end).distinct()
    chosen = select(requests.c.id).where(requests.c.id.in_(busy), requests.c.sent_at.is_not(None))
    ids = sorted(session.scalars(chosen))
    for start in range(0, len(ids), AT_ONCE):
        yield from _some_pasts(session, ids[start : start + AT_ONCE])


def _some_pasts(session: Session, ids: list[int]) -> Iterator[Past]:
    columns, events = requests.c, request_events.c
    history: dict[int, list[Happened]] = defaultdict(list)
    told = select(events.request_id, events.kind, events.at).where(events.request_id.in_(ids)).order_by(events.id)
    for request_id, kind, at in session.execute(told):
        history[request_id].append(Happened(kind, at))
    wanted = (columns.id, columns.municipality, columns.urgency, columns.answer_by, columns.fields)
    for row in session.execute(select(*wanted).where(columns.id.in_(ids)).order_by(columns.id)):
        asked = _shared(row.fields, FieldKey.ASKED_AT)
        yield Past(row.municipality, row.urgency, row.answer_by, asked, tuple(history[row.id]))


def _shared(fields: list[RequestField], key: FieldKey) -> str:
    return next((field.value for field in fields if field.key is key and field.is_shared), "")


def _rest(session: Session, asked_in: tuple[datetime, datetime]) -> Counter[Key]:
    """What was answered to the later question; without a request, a name or a day."""
    columns = request_followups.c
    chosen = (
        select(requests.c.municipality, columns.happened, columns.rest_before, columns.rest_after, func.count())
        .join_from(request_followups, requests, requests.c.id == columns.request_id)
        .where(and_(columns.asked_at >= asked_in[0], columns.asked_at < asked_in[1], columns.happened.is_not(None)))
        .group_by(requests.c.municipality, columns.happened, columns.rest_before, columns.rest_after)
    )
    found: Counter[Key] = Counter()
    for municipality, happened, before, after, count in session.execute(chosen):
        answer = _rest_answer(happened, before, after)
        found[municipality, REST.code, answer.value] += count
        if answer in REST.classes[0]:
            found[municipality, BEFORE, ""] += before * count
            found[municipality, AFTER, ""] += after * count
    return found


def _rest_answer(happened: Any, before: int | None, after: int | None) -> Rest:
    if happened is TookPlace.NO:
        return Rest.NOT_HAPPENED
    if before is None or after is None:
        return Rest.NO_VALUES
    if after == before:
        return Rest.SAME
    return Rest.MORE if after > before else Rest.LESS
