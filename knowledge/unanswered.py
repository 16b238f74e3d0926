"""Questions that had no answer, for the editors: in everyday words only, counted, and with nobody in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from knowledge.storage import Sessions

LONGEST = 200


@dataclass
class UnansweredQuestion:
    """One question as it may be kept; ``month`` ("2026-11") when it was last asked, ``times`` how often."""

    text: str
    month: str
    times: int = 1
    id: int | None = None


class UnansweredQuestions:
    """What people asked and we did not know."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def keep(self, text: str, on: date) -> None:
        """Count a question; ``text`` holds no names, places or figures any more. An empty one is nothing to keep."""
        if not (text := text.strip()[:LONGEST]):
            return
        with self._sessions.begin() as session:
            known = session.scalars(select(UnansweredQuestion).filter_by(text=text)).first()
            if known is None:
                session.add(UnansweredQuestion(text, f"{on:%Y-%m}"))
            else:
                known.times, known.month = known.times + 1, f"{on:%Y-%m}"

    def all(self) -> tuple[UnansweredQuestion, ...]:
        """Every question, the most asked first."""
        with self._sessions() as session:
            found = session.scalars(select(UnansweredQuestion)).all()
        return tuple(sorted(found, key=lambda one: (-one.times, one.text)))

    def remove(self, question_id: int) -> None:
        """Take a question off the list: it has an answer now, or needs none. One that is gone already is fine."""
        with self._sessions.begin() as session:
            known = session.get(UnansweredQuestion, question_id)
            if known is not None:
                session.delete(known)
