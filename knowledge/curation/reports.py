"""What carers and coordinators say is wrong with an offer, until an editor looked at it.

Of a carer only a reason and a month are kept: her own words could hold a person. A coordinator is at work and writes
about the offer; her words and the moment are kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, insert, select, update

from knowledge.storage import Sessions
from knowledge.tables import offer_reports_table
from knowledge.vocabulary import Term

LONGEST = 500
TAKEN_OUT = "…"
_OF_A_PERSON = (
    re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"),
    re.compile(r"(?<!\d)(?:\+31|0031|0)[\s.-]?(?:\(0\))?6(?:[\s.-]?\d){8}(?!\d)"),
    re.compile(r"(?<!\d)\d{3}[\s.-]?\d{3}[\s.-]?\d{3}(?!\d)"),
    re.compile(r"\b[1-9]\d{3}(?:\s?[A-Z]{2}|[a-z]{2})\b(?:[\s,]*\d{1,4}\w?)?"),
    re.compile(r"\bAP(?:-\w{4}-\w{2}|(?=\w*\d)\w{6})\b", re.IGNORECASE),
    re.compile(
        r"(?i:(?<=\bmeneer )|(?<=\bmevrouw )|(?<=\bmijnheer )|(?<=\bfamilie )"
        r"|(?<=\bmw )|(?<=\bmw\. )|(?<=\bmevr )|(?<=\bmevr\. )|(?<=\bdhr )|(?<=\bdhr\. ))"
        r"(?:(?i:van|de|den|der|ter|ten|te|el) )*[^\W\d_][\w'’-]*"
    ),
)


class ReportReason(Term):
    """What is wrong with an offer."""

    GONE = "gone", "bestaat niet meer"
    PHONE = "phone", "het nummer klopt niet"
    GROUP = "group", "niet voor deze groep"
    FULL = "full", "vol, of een lange wachtlijst"
    OTHER = "other", "iets anders klopt niet"


class ReportedBy(Term):
    """Who says so."""

    CARER = "carer", "mantelzorger"
    COORDINATOR = "coordinator", "consulent"


@dataclass(frozen=True)
class Report:
    """One report. ``month`` ("2026-11") when it was said, ``times`` how often; ``at`` and ``words`` only of staff."""

    id: int
    offer_id: str
    reason: ReportReason
    by: ReportedBy
    month: str
    at: datetime | None
    words: str
    times: int


class Reports:
    """Keeps reports about offers."""

    def __init__(self, sessions: Sessions, now: Callable[[], datetime]) -> None:
        self._sessions = sessions
        self._now = now

    def add(self, offer_id: str, reason: ReportReason, by: ReportedBy, words: str = "") -> None:
        """Keep a report; what a carer typed is not kept. The same of carers in one month is one report, counted."""
        now = self._now()
        of_staff = by is ReportedBy.COORDINATOR
        values = {"offer_id": offer_id, "reason": reason.value, "by": by.value, "month": f"{now:%Y-%m}"}
        with self._sessions.begin() as session:
            if not of_staff and session.execute(_count_again(values)).rowcount:
                return
            told = {
                "at": now if of_staff else None,
                "words": without_people(words.strip()[:LONGEST]) if of_staff else "",
                "times": 1,
            }
            session.execute(insert(offer_reports_table).values(**values, **told))

    def open(self, offer_id: str | None = None) -> tuple[Report, ...]:
        """What no editor handled yet, of one offer or of all; the oldest first."""
        columns = offer_reports_table.c
        query = select(offer_reports_table).where(columns.handled_at.is_(None)).order_by(columns.id)
        if offer_id is not None:
            query = query.where(columns.offer_id == offer_id)
        with self._sessions() as session:
            return tuple(
                Report(
                    id=row.id,
                    offer_id=row.offer_id,
                    reason=ReportReason(row.reason),
                    by=ReportedBy(row.by),
                    month=row.month,
                    at=row.at,
                    words=row.words,
                    times=row.times,
                )
                for row in session.execute(query)
            )

    def handle(self, report_id: int, *, by: str) -> bool:
        """An editor looked at it; ``False`` when a colleague did so already, or when there is no such report."""
        columns = offer_reports_table.c
        waiting = and_(columns.id == report_id, columns.handled_at.is_(None))
        handled = update(offer_reports_table).where(waiting).values(handled_at=self._now(), handled_by=by)
        with self._sessions.begin() as session:
            return bool(session.execute(handled).rowcount)


def without_people(text: str) -> str:
    """What a coordinator wrote about an offer, without what leads to a person: e-mail addresses, mobile numbers, nine
    digits that can be a BSN, a postcode with a house number, a reference, and the name after a title. The number of an
    organisation stays: that is what may be wrong."""
    for pattern in _OF_A_PERSON:
        text = pattern.sub(TAKEN_OUT, text)
    return text


def _count_again(values: dict[str, str]) -> object:
    columns = offer_reports_table.c
    same = and_(*(columns[name] == value for name, value in values.items()), columns.handled_at.is_(None))
    return update(offer_reports_table).where(same).values(times=columns.times + 1)
