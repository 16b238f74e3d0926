"""A worker in a process of its own, for tests that kill it: ``python -m tests.outgoing.child SETTINGS-AS-JSON``.

The clock of the child may be ahead, so that a lease of two minutes ends while a test waits for a moment.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from datetime import datetime, timedelta, timezone

from bot.outbox.carrying import Outbox
from bot.request.clock import OfficeHours
from channels.outgoing.post import carriers
from channels.outgoing.settings import OutgoingSettings
from channels.outgoing.worker import Worker
from channels.rendering.open_klant import in_pieces
from knowledge.storage import open_engine, open_sessions


def text_of(request):
    """Enough text for several klantcontacten."""
    return in_pieces(f"Aanvraag {request.reference}", request.question * 60, request.reference)


async def main() -> None:
    """Carry what is due, then end."""
    wanted = json.loads(sys.argv[1])
    ahead = timedelta(minutes=wanted["ahead"])

    def clock() -> datetime:
        return datetime.now(timezone.utc) + ahead

    sessions = open_sessions(open_engine(wanted["database"]))
    ways = carriers(
        OutgoingSettings.from_environment(wanted["environment"]),
        sessions=sessions,
        base_url="https://adempauze.example",
        office=OfficeHours(),
        text_of=text_of,
        clock=clock,
    )
    worker = Worker(Outbox(sessions, clock), ways)
    if wanted.get("forever"):
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, worker.stop)
        await worker.run()
    else:
        await worker.deliver_due()


if __name__ == "__main__":
    asyncio.run(main())
