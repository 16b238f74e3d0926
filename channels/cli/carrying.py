"""The worker as a process of its own: it carries letters until it is told to stop (Ctrl+C, or SIGTERM)."""

from __future__ import annotations

import argparse
import asyncio
import signal
from typing import Any

from bot.settings import Settings
from channels.cli.problem import Problem


def add_verbs(verbs: Any) -> None:
    """Add the verbs of this room to the parser."""
    working = verbs.add_parser("worker", help="carry mail, Open Klant and webhooks; `serve` does it too")
    working.add_argument("--once", action="store_true", help="carry what is due now, then end")
    working.set_defaults(run=_work)


def _work(options: argparse.Namespace, settings: Settings) -> int:
    from channels.outgoing.house import worker_of
    from channels.outgoing.settings import OutgoingSettings

    outgoing = OutgoingSettings.from_environment()
    if not outgoing.kinds:
        raise Problem(
            "nothing is set up to leave: set ADEMPAUZE_SMTP_URL, ADEMPAUZE_OPEN_KLANT_URL or ADEMPAUZE_WEBHOOK_URL"
        )
    worker = worker_of(settings, outgoing)
    if options.once:
        print(f"{asyncio.run(worker.deliver_due())} letters taken up")
        return 0
    print("carrying: " + ", ".join(kind.label for kind in sorted(outgoing.kinds)), flush=True)
    asyncio.run(_until_told(worker))
    return 0


async def _until_told(worker: Any) -> None:
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, worker.stop)
    await worker.run()
