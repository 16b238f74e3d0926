"""The book of guarded figures, made from the tallies and from what was looked for and not found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.insight.figures import Figure
from bot.insight.guard import Counted, Line, write_book
from bot.insight.months import Period, last_closed
from bot.insight.questions import AFTER, BEFORE, KIND, QUESTIONS, REASON, REST, Question, family_of_search
from bot.insight.tables import insight_months, insight_tallies
from knowledge.storage import Sessions
from knowledge.tables import unmet_needs_table


@dataclass(frozen=True)
class Book:
    """Every line, by question. ``last``: the last month that was counted, ``first``: the first of which a line tells;
    ``None`` while there is none."""

    lines: Mapping[str, tuple[Line, ...]]
    last: str
    first: str | None = None

    def figure(self, question: Question, places: frozenset[str] | None, period: Period) -> Figure:
        """What may be shown of these municipalities (``None``: of all, and of unknown places) in this period."""
        return Figure(
            tuple(
                line
                for line in self.lines.get(question.code, ())
                if period.holds(line.month) and (places is None or line.municipality in places)
            )
        )

    def by_municipality(self, question: Question, places: frozenset[str] | None, period: Period) -> dict[str, Figure]:
        """The same for each municipality of which something may be shown."""
        found: dict[str, list[Line]] = defaultdict(list)
        for line in self.figure(question, places, period).lines:
            if line.municipality:
                found[line.municipality].append(line)
        return {name: Figure(tuple(lines)) for name, lines in sorted(found.items())}

    def by_month(self, question: Question, places: frozenset[str] | None, period: Period) -> dict[str, Figure]:
        """The same by the month in which it was booked."""
        found: dict[str, list[Line]] = defaultdict(list)
        for line in self.figure(question, places, period).lines:
            found[line.month].append(line)
        return {month: Figure(tuple(lines)) for month, lines in sorted(found.items())}


class Insight:
    """Gives the book of today. A book is made once a month, because nothing in it changes in between."""

    def __init__(self, sessions: Sessions, clock: Callable[[], datetime]) -> None:
        self._sessions = sessions
        self._clock = clock
        self._making = Lock()
        self._made: tuple[tuple[str, str | None], Book] | None = None

    def book(self) -> Book:
        """The guarded figures up to the last closed month."""
        last = last_closed(self._clock())
        with self._sessions() as session:
            edition = (last, session.scalar(select(func.max(insight_months.c.month))))
            with self._making:
                if self._made is None or self._made[0] != edition:
                    self._made = (edition, _make(session, last))
                return self._made[1]


def _make(session: Session, last: str) -> Book:
    tallies, sums = _tallied(session, last)
    counted = {**tallies, **_unmet(session, last)}
    lines = {
        question.code: write_book(
            [[answer.value for answer in group] for group in question.classes],
            counted.get(question.code, ()),
            last,
            sums=sums if question is REST else None,
        )
        for question in QUESTIONS
    }
    told = [line.month for found in lines.values() for line in found]
    return Book(lines, last, min(told, default=None))


def _tallied(session: Session, last: str) -> tuple[dict[str, list[Counted]], dict[tuple[str, str], dict[str, int]]]:
    columns = insight_tallies.c
    counted: dict[str, list[Counted]] = defaultdict(list)
    sums: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for row in session.execute(select(insight_tallies).where(columns.month <= last)):
        if row.question in (BEFORE, AFTER):
            sums[row.municipality, row.month][row.question] = row.count
        else:
            counted[row.question].append(Counted(row.municipality, row.month, row.answer, row.count))
    return counted, sums


def _unmet(session: Session, last: str) -> dict[str, list[Counted]]:
    """The searches that found nothing, counted in the database; they hold no person and stay."""
    columns = unmet_needs_table.c
    groups = (columns.municipality, columns.month, columns.kinds, columns.reason)
    chosen = select(*groups, func.count()).where(columns.month <= last).group_by(*groups)
    kinds: Counter[tuple[str, str, str]] = Counter()
    reasons: Counter[tuple[str, str, str]] = Counter()
    for municipality, month, wanted, reason, count in session.execute(chosen):
        kinds[municipality, month, family_of_search(wanted).value] += count
        reasons[municipality, month, reason] += count
    return {KIND.code: _as_counted(kinds), REASON.code: _as_counted(reasons)}


def _as_counted(found: Mapping[tuple[str, str, str], int]) -> list[Counted]:
    in_order: Iterable[tuple[tuple[str, str, str], int]] = sorted(found.items())
    return [Counted(municipality, month, answer, count) for (municipality, month, answer), count in in_order]
