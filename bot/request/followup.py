"""What may be asked of her later, and what she answered: the row behind R110 and R111, and its table.

A row says how it stands with the later question of one request. Her yes is kept with its moment and with the version of
the text she said yes to; without a yes nothing is asked. Her answers are counted without her name (insight), and no
coordinator reads them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ForeignKey, Integer, String, Table
from sqlalchemy.orm import Session

from bot.request import tables  # noqa: F401  - the table that follow-ups refer to
from bot.request.columns import TermColumn
from knowledge.storage import UTCDateTime, mapper_registry, metadata
from knowledge.vocabulary import Term

LEAST_REST, MOST_REST = 1, 5
"""From no rest at home to enough of it; the words stand in ``utter_rest_1`` to ``utter_rest_5``."""


class Happened(Term):
    """Did what was agreed take place?"""

    YES = "yes", "ja"
    PARTLY = "partly", "voor een deel"
    NO = "no", "nee"


class Needed(Term):
    """What she needs now, and where her answer leads."""

    NOTHING = "nothing", "nu niets"
    OFFERS = "offers", "kijken wat er is"
    PERSON = "person", "een mens"


@dataclass(eq=False)
class FollowUp:
    """The later question about one request. Moments are aware; ``None``: that did not happen.

    ``invited_at``: she was asked whether it may be asked · ``opted_in_at``: she said yes, to the text of
    ``text_version``; ``declined_at``: she said no, also when that was after a yes · ``rest_before``, ``rest_after``:
    how much rest there was at home, 1 to 5 · ``asked_at``: the question itself · ``stopped_at``: a loss, the end of
    the care or her wish to be forgotten ended all questions · ``told_at``: the desk was told of it, with her yes ·
    ``later_…``: the one careful message after a loss.
    """

    request_id: int
    invited_at: datetime | None = None
    text_version: str = ""
    opted_in_at: datetime | None = None
    declined_at: datetime | None = None
    rest_before: int | None = None
    asked_at: datetime | None = None
    happened: Happened | None = None
    rest_after: int | None = None
    needed: Needed | None = None
    stopped_at: datetime | None = None
    told_at: datetime | None = None
    later_invited_at: datetime | None = None
    later_agreed_at: datetime | None = None
    later_asked_at: datetime | None = None

    @property
    def is_wanted(self) -> bool:
        """Did she say yes, and not no since?"""
        return self.opted_in_at is not None and self.declined_at is None


request_followups = Table(
    "request_followups",
    metadata,
    Column("request_id", ForeignKey("requests.id", ondelete="CASCADE"), primary_key=True),
    Column("invited_at", UTCDateTime),
    Column("text_version", String(40), nullable=False),
    Column("opted_in_at", UTCDateTime),
    Column("declined_at", UTCDateTime),
    Column("rest_before", Integer),
    Column("asked_at", UTCDateTime),
    Column("happened", TermColumn(Happened)),
    Column("rest_after", Integer),
    Column("needed", TermColumn(Needed)),
    Column("stopped_at", UTCDateTime),
    Column("told_at", UTCDateTime),
    Column("later_invited_at", UTCDateTime),
    Column("later_agreed_at", UTCDateTime),
    Column("later_asked_at", UTCDateTime),
)

mapper_registry.map_imperatively(FollowUp, request_followups)


def follow_up_of(session: Session, request_id: int) -> FollowUp:
    """In the running transaction: the row of this request; a new one when there is none yet."""
    found: FollowUp | None = session.get(FollowUp, request_id)
    if found is None:
        found = FollowUp(request_id)
        session.add(found)
    return found
