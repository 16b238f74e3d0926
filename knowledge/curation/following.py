"""Something made of the records of one kind, made anew when they changed: so an edit is seen without a restart."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from threading import Lock
from time import monotonic
from typing import Any, Generic, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from knowledge.curation.record import Record, RecordKind
from knowledge.curation.records import Records

log = logging.getLogger(__name__)
T = TypeVar("T")
LOOK_EVERY = 1.0  # seconds


class Following(Generic[T]):
    """``make`` of all records of a kind, as they are now.

    What this process publishes is seen at once; for what another process does, the newest number is asked at most once
    a second. One turn of a talk reads facts dozens of times, and a second is no time for an editor.
    """

    def __init__(
        self,
        records: Records,
        kind: RecordKind,
        make: Callable[[tuple[Record, ...]], T],
        seconds: Callable[[], float] = monotonic,
    ) -> None:
        self._records, self._kind, self._make, self._seconds = records, kind, make, seconds
        self._looking = Lock()
        self._look()

    def current(self) -> T:
        """What the records are worth now; while one thread makes it anew, the others go on with the last."""
        due = self._records.writes != self._writes or self._seconds() - self._looked_at >= LOOK_EVERY
        if due and self._looking.acquire(blocking=self._records.writes != self._writes):
            try:
                if self._records.writes != self._writes or self._seconds() - self._looked_at >= LOOK_EVERY:
                    self._look(self._number)
            except (SQLAlchemyError, OSError) as error:
                log.warning("the last known records of kind %s stay: %s", self._kind, type(error).__name__)
            finally:
                self._looking.release()
        return self._made

    def _look(self, known: int | None = None) -> None:
        self._writes, self._looked_at = self._records.writes, self._seconds()
        number = self._records.latest(self._kind)
        if number != known:
            self._made = self._make(self._records.all(self._kind))
            self._number = number


def readable(records: Iterable[Record], read: Callable[[str, Any], T], error: type[Exception]) -> Iterator[T]:
    """What ``read`` makes of the id and body of each record; one at which it raises ``error`` is left out."""
    for record in records:
        with suppress(error):
            yield read(record.id, record.body)
