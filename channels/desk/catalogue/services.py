"""What the editors' desk works with, taken from the house."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from bot.wording import Wording
from knowledge.catalogue import Catalogue
from knowledge.curation.records import Records
from knowledge.curation.reports import Reports
from knowledge.desks import Desks
from knowledge.facts import Facts
from knowledge.places.regions import Regions
from knowledge.unanswered import UnansweredQuestions

if TYPE_CHECKING:
    from channels.root import House


@dataclass(frozen=True)
class EditorsHouse:
    """The services behind the catalogue's pages. ``now`` gives the moment, in UTC."""

    records: Records
    catalogue: Catalogue
    regions: Regions
    wording: Wording
    facts: Facts
    desks: Desks
    reports: Reports
    unanswered: UnansweredQuestions
    now: Callable[[], datetime]

    @classmethod
    def of(cls, house: House) -> EditorsHouse:
        """What the editors need of the whole house."""
        return cls(
            records=house.records,
            catalogue=house.catalogue,
            regions=house.regions,
            wording=house.wording,
            facts=house.facts,
            desks=house.services.desks,
            reports=house.reports,
            unanswered=house.services.unanswered,
            now=house.services.now,
        )

    def today(self) -> date:
        """The day, as dates in records mean it."""
        return self.now().date()
