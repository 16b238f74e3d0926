"""A house whose every talk has one request, or none, and the widget of the one it belongs to."""

from __future__ import annotations

from datetime import timedelta

import pytest
import pytest_asyncio

from bot.conversations.store import ConversationStore
from bot.request.fields import FieldKey
from bot.request.record import Request
from bot.request.vocabulary import FieldState, RequestState
from bot.settings import Settings
from bot.wording import Wording
from channels.app import build_app
from channels.web.request_view import request_watcher
from channels.web.routes import web_routes
from knowledge.storage import metadata, open_engine, open_sessions
from tests.unit.channels.rendering.requests import MONDAY_TEN, a_request, field
from tests.unit.channels.widget_api import Widget
from tests.web.browser import KnownNumbers, SmallReception

WORDING = Wording.load({})
NOW = MONDAY_TEN + timedelta(hours=1)


class OneRequest:
    """The request of every conversation, or none."""

    def __init__(self) -> None:
        self.request: Request | None = a_request(
            field(FieldKey.CONTACT_NAME, "Ria Jansen"),
            field(FieldKey.LOAD, "erg zwaar", FieldState.LEFT_OUT),
            field(FieldKey.CONDITIONS, "geheugen"),
            state=RequestState.DRAFTED,
        )

    def __call__(self, conversation_id: str) -> Request | None:
        return self.request


@pytest.fixture
def latest():
    return OneRequest()


@pytest.fixture
def house(tmp_path, latest):
    """The application and its reception."""
    settings = Settings.from_environment({"ADEMPAUZE_DATA": str(tmp_path)})
    engine = open_engine(settings.database_url)
    metadata.create_all(engine)
    conversations = ConversationStore(open_sessions(engine))
    reception = SmallReception(conversations)
    routes = web_routes(
        conversations=conversations,
        reception=reception,
        wording=WORDING,
        facts=KnownNumbers(),
        settings=settings,
        health=lambda: {"status": "ok"},
        report_offer=lambda offer_id, reason: None,
        request_now=request_watcher(WORDING, latest, lambda: NOW),
    )
    yield build_app(routes=routes, wording=WORDING, facts=KnownNumbers()), reception
    engine.dispose()


@pytest.fixture
def reception(house):
    return house[1]


@pytest_asyncio.fixture
async def widget(house):
    widget = Widget(house[0])
    await widget.start()
    return widget
