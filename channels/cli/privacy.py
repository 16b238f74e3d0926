"""Retention, the rights of a person, and the papers about both, for an operator."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from bot.settings import ROOT, Settings
from channels.cli.problem import Problem

PAPERS = ROOT / "docs" / "privacy"


def add_verbs(verbs: Any) -> None:
    """Add the verb ``privacy`` to the parser."""
    actions = verbs.add_parser("privacy", help="retention, the rights of a person, and the papers").add_subparsers(
        dest="action", required=True
    )
    actions.add_parser("purge", help="remove everything past its end date").set_defaults(run=_purge)
    for name, text, run in (
        ("export", "everything of one person as JSON: talk, requests, messages, notes", _export),
        ("erase", "remove one person's talk, requests and all that belongs to them", _erase),
    ):
        verb = actions.add_parser(name, help=text)
        verb.add_argument("reference", help="the number of the request, such as AP-7K3M-2Q")
        verb.set_defaults(run=run)
    papers = actions.add_parser("papers", help="write docs/privacy from what the code does")
    papers.add_argument("--folder", type=Path, default=PAPERS)
    papers.set_defaults(run=_papers)


def consents() -> dict[str, str]:
    """What she says yes to, with the version of each text."""
    from actions.aftercare import FOLLOW_UP_VERSION
    from actions.request_drafting import AGREEMENT_VERSION, HEALTH_VERSION
    from channels.web.callback_desk import AGREEMENT_VERSION as FORM_VERSION

    return {
        "request": AGREEMENT_VERSION,
        "health": HEALTH_VERSION,
        "follow_up": FOLLOW_UP_VERSION,
        "form": FORM_VERSION,
    }


def _purge(options: argparse.Namespace, settings: Settings) -> int:
    from channels.root import build_house

    removed = build_house(settings, with_model=False).purge()
    print(f"{removed} conversations removed")
    return 0


def _export(options: argparse.Namespace, settings: Settings) -> int:
    from bot.privacy.exporting import Export

    house, request = _found(options, settings)
    everything = Export(house.sessions, house.wording).of_talk(
        request.conversation_id, house.services.now(), notes=True
    )
    print(json.dumps(everything, ensure_ascii=False, indent=2))
    return 0


def _erase(options: argparse.Namespace, settings: Settings) -> int:
    house, request = _found(options, settings)
    house.erase(request.conversation_id)
    print("removed; what stays: lines in the audit log without content, counts without a person, and backups")
    return 0


def _papers(options: argparse.Namespace, settings: Settings) -> int:
    import bot.schema  # noqa: F401  - registers every table
    from bot.privacy.papers import papers

    options.folder.mkdir(parents=True, exist_ok=True)
    for name, text in papers(consents()).items():
        (options.folder / name).write_text(text, encoding="utf-8")
        print(options.folder / name)
    return 0


def _found(options: argparse.Namespace, settings: Settings) -> tuple[Any, Any]:
    from bot.request.record import tidy_reference
    from channels.root import build_house

    house = build_house(settings, with_model=False)
    request = house.requests.get(tidy_reference(options.reference))
    if request is None:
        raise Problem(f"there is no request with number {options.reference}")
    return house, request
