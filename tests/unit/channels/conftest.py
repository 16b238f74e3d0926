"""A small house with the real API, and a widget in it."""

from __future__ import annotations

import pytest
import pytest_asyncio

from tests.unit.channels.widget_api import Widget
from tests.web.browser import small_app


@pytest.fixture
def house(tmp_path):
    return small_app(tmp_path)


@pytest_asyncio.fixture
async def widget(house):
    widget = Widget(house[0])
    await widget.start()
    return widget
