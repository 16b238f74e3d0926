"""A worker from the settings alone, for a process that serves nobody: no model, no pages, only the post."""

from __future__ import annotations

from bot.request.base import utc_now
from bot.request.clock import OfficeHours
from bot.schema import migrate
from bot.settings import Settings
from channels.outgoing.post import build_worker
from channels.outgoing.settings import OutgoingSettings
from channels.outgoing.worker import Worker
from channels.rendering.papers import Papers
from knowledge.storage import open_engine, open_sessions


def worker_of(settings: Settings, outgoing: OutgoingSettings) -> Worker:
    """Open and migrate the database, and build the worker on it."""
    engine = open_engine(settings.database_url)
    migrate(engine)
    return build_worker(
        outgoing,
        sessions=open_sessions(engine),
        base_url=settings.base_url,
        office=OfficeHours(),
        text_of=Papers().open_klant,
        clock=utc_now,
    )
