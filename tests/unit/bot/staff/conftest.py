"""Accounts in a database of their own, at nine on a Monday; a test moves ``now[0]``."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from bot.staff.accounts import StaffAccounts
from knowledge.storage import metadata, open_engine, open_sessions

NINE = datetime(2026, 11, 23, 9, tzinfo=timezone.utc)


@pytest.fixture
def now():
    return [NINE]


@pytest.fixture
def sessions(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'staff.db'}")
    metadata.create_all(engine)
    yield open_sessions(engine)
    engine.dispose()


@pytest.fixture
def accounts(sessions, now):
    return StaffAccounts(sessions, lambda: now[0])
