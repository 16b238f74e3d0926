"""An editors' desk for each test, and Els who is signed in there."""

from __future__ import annotations

import pytest
import pytest_asyncio

from tests.unit.channels.desk.editors_site import open_editors_site
from tests.unit.channels.desk_site import Browser


@pytest.fixture
def site(tmp_path):
    with open_editors_site(tmp_path) as site:
        yield site


@pytest_asyncio.fixture
async def els(site):
    return await Browser(site).enter(site.els)
