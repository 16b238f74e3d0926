"""A worker from the settings alone, for a process that serves nobody: no model, no pages, only the post."""

from __future__ import annotations

from bot.outbox.writing import WRITER, LetterWriter
from bot.request.base import utc_now
from bot.request.clock import OfficeHours
from bot.schema import open_database
from bot.settings import Settings
from channels.outgoing.post import build_worker
from channels.outgoing.settings import OutgoingSettings
from channels.outgoing.worker import Worker
from channels.rendering.papers import Papers
from knowledge.storage import open_sessions


def worker_of(settings: Settings, outgoing: OutgoingSettings) -> Worker:
    """Open and migrate the database, and build the worker on it. What leaves is written with the templates of the
    municipality (``ADEMPAUZE_TEMPLATES``), as it is in the process that serves."""
    office = OfficeHours()
    sessions = open_sessions(open_database(settings))
    sessions.configure(info={WRITER: LetterWriter(outgoing.kinds)})  # what comes back may ring her bell
    return build_worker(
        outgoing,
        sessions=sessions,
        base_url=settings.base_url,
        office=office,
        text_of=Papers(settings.templates_dir, office=office).open_klant,
        clock=utc_now,
    )
