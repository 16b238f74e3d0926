"""A catalogue in a file, and the plan of an import into it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.schema import migrate
from knowledge.curation.records import Records
from knowledge.exchange.importing import plan_file
from knowledge.exchange.importing_plan import ImportPlan
from knowledge.places.regions import Regions
from knowledge.storage import open_engine, open_sessions
from tests.unit.knowledge.exchange.files import csv_of


@pytest.fixture
def records(tmp_path: Path) -> Records:
    engine = open_engine(f"sqlite:///{tmp_path / 'catalogue.db'}")
    migrate(engine)
    return Records(open_sessions(engine))


@pytest.fixture
def plan(records: Records, regions: Regions) -> Callable[..., ImportPlan]:
    """Plans typed rows as a CSV file."""

    def planned(*rows: dict[str, str]) -> ImportPlan:
        return plan_file(csv_of(*rows), "aanbod.csv", records, regions)

    return planned
