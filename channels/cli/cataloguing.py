"""The catalogue from the command line: import, export, the template, and what the catalogue lacks."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

from bot.settings import Settings
from channels.cli.problem import Problem

_ROWS_SHOWN = 50
_FILE_HELP = "its name ends on .csv, .xlsx, .json (our own shape) or .hsds.json (HSDS 3)"


def add_verbs(verbs: Any) -> None:
    """Add the verb ``catalogue`` to the parser."""
    actions = verbs.add_parser("catalogue", help="offers in and out, and what the catalogue lacks").add_subparsers(
        dest="action", required=True
    )
    incoming = actions.add_parser("import", help="offers from a file, all or nothing")
    incoming.add_argument("file", type=Path, help=_FILE_HELP)
    incoming.add_argument("--dry-run", action="store_true", help="tell what would happen and change nothing")
    incoming.add_argument("--skip-refused", action="store_true", help="import the good rows when others are refused")
    incoming.add_argument("--by", metavar="NAME", help="who imports, for the history; your login name by default")
    incoming.set_defaults(run=_import)
    outgoing = actions.add_parser("export", help="every offer, to a file")
    outgoing.add_argument("file", type=Path, help=_FILE_HELP)
    outgoing.set_defaults(run=_export)
    template = actions.add_parser("template", help="a file to fill in, with help for every column")
    template.add_argument("file", type=Path, help="its name ends on .xlsx or .csv")
    template.set_defaults(run=_template)
    check = actions.add_parser("check", help="what is stale, incomplete, contradictory or thin")
    check.add_argument("--strict", action="store_true", help="exit 1 when there is anything to do")
    check.add_argument("--today", type=_day, metavar="YYYY-MM-DD", help="as if it were this day")
    check.set_defaults(run=_check)
    for action in (incoming, check):
        action.add_argument("--json", action="store_true", help="everything, as JSON")
        action.add_argument("--progress", action="store_true", help="a progress bar, also when this is no terminal")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date such as 2026-11-22") from None


def _open(settings: Settings) -> tuple[Any, Any, Any]:
    """The records, the catalogue and the regions, with the seed in them as the server would have it."""
    from bot.schema import open_database
    from knowledge.catalogue import Catalogue
    from knowledge.curation.records import Records
    from knowledge.places.regions import Regions
    from knowledge.storage import open_sessions

    sessions, regions = open_sessions(open_database(settings)), Regions.load()
    records = Records(sessions)
    catalogue = Catalogue(sessions, regions, records=records)
    catalogue.load_seed()
    return records, catalogue, regions


@contextmanager
def _bar(what: str, total: int, options: argparse.Namespace) -> Iterator[Callable[[int], None]]:
    from tqdm import tqdm  # type: ignore[import-untyped]

    silent = not (options.progress or sys.stderr.isatty())
    with tqdm(total=total, desc=what, unit="", file=sys.stderr, disable=silent, leave=False) as bar:
        yield lambda count: bar.update(count) and None


def _import(options: argparse.Namespace, settings: Settings) -> int:
    from knowledge.exchange.importing import apply_import, plan_import
    from knowledge.exchange.importing_plan import Outcome
    from knowledge.exchange.messages import SheetError
    from knowledge.exchange.report import plan_data
    from knowledge.exchange.sheets import read_file

    try:
        sheet = read_file(_content(options.file), options.file.name)
    except SheetError as error:
        raise Problem(f"{options.file.name}: {error.text}") from None
    records, _, regions = _open(settings)
    with _bar("checking", len(sheet.rows), options) as progress:
        plan = plan_import(sheet.rows, records, regions, file=options.file.name, notes=sheet.notes, progress=progress)
    imported = None
    if not options.dry_run:
        with _bar("writing", plan.counts[Outcome.NEW] + plan.counts[Outcome.CHANGED], options) as progress:
            by = options.by or _login_name()
            imported = apply_import(plan, records, by, skip_refused=options.skip_refused, progress=progress)
    if options.json:
        print(json.dumps(plan_data(plan, imported), ensure_ascii=False, indent=1))
    else:
        _tell_plan(plan, imported)
    failed = plan.blocked(skip_refused=options.skip_refused) or (imported is not None and bool(imported.conflicts))
    return 1 if failed else 0


def _content(path: Path) -> bytes:
    """The file, unless it is too large to be one of ours: then no more of it is read than is needed to say so."""
    from knowledge.exchange.messages import SheetError
    from knowledge.exchange.sheets import MOST_BYTES

    try:
        if not path.is_file():
            raise Problem(f"{path} is no file" if path.exists() else f"there is no file {path}")
        if (size := path.stat().st_size) > MOST_BYTES:
            raise SheetError("too_large", size=-(-size // (1024 * 1024)))
        return path.read_bytes()
    except OSError as error:
        raise Problem(f"{path} cannot be read: {error.strerror}") from None


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without user names
        return "adempauze catalogue import"


def _tell_plan(plan: Any, imported: Any) -> None:
    from knowledge.exchange.importing_plan import Outcome
    from knowledge.exchange.report import row_lines

    counts = ", ".join(f"{count} {outcome.value}" for outcome, count in plan.counts.items())
    print(f"{plan.file}: {len(plan.rows)} rows: {counts}")
    for note in plan.notes:
        print(f"  {note}")
    telling = [row for row in plan.rows if row.outcome is not Outcome.UNCHANGED]
    telling.sort(key=lambda row: (row.outcome is not Outcome.REFUSED, row.number))
    for row in telling[:_ROWS_SHOWN]:
        print(f"row {row.number}  {row.outcome.value}  {row.id} {row.name}".rstrip())
        for line in row_lines(row):
            print(f"    {line}")
    if len(telling) > _ROWS_SHOWN:
        print(f"and {len(telling) - _ROWS_SHOWN} rows more; --json gives all of them")
    print("dry run: nothing was changed" if imported is None else imported.text)


def _export(options: argparse.Namespace, settings: Settings) -> int:
    from knowledge.curation.record import RecordKind
    from knowledge.exchange.messages import SheetError
    from knowledge.exchange.sheets import format_of, write_file

    try:
        format_of(options.file.name)
        records, _, _ = _open(settings)
        bodies = [record.body for record in records.all(RecordKind.OFFER)]
        content = write_file(bodies, options.file.name)
    except SheetError as error:
        raise Problem(error.text) from None
    _write(options.file, content)
    print(f"{len(bodies)} offers written to {options.file}")
    return 0


def _template(options: argparse.Namespace, settings: Settings) -> int:
    from knowledge.exchange.messages import SheetError
    from knowledge.exchange.sheets_template import template

    try:
        content = template(options.file.name)
    except SheetError as error:
        raise Problem(error.text) from None
    _write(options.file, content)
    print(f"template written to {options.file}")
    return 0


def _write(path: Path, content: bytes) -> None:
    """Beside it first: a full disk never leaves half a file where a good one stood."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise Problem(f"{path} cannot be written: {error.strerror}") from None


def _check(options: argparse.Namespace, settings: Settings) -> int:
    from channels.cli.catalogue_report import tell_check
    from knowledge.exchange.report_catalogue import check_catalogue, check_data

    _, catalogue, regions = _open(settings)
    offers = catalogue.offers()
    with _bar("looking", len(regions.municipalities()), options) as progress:
        check = check_catalogue(
            offers, regions, options.today or datetime.now(timezone.utc).date(), catalogue.unreadable(), progress
        )
    if options.json:
        print(json.dumps(check_data(check), ensure_ascii=False, indent=1))
    else:
        tell_check(check)
    return 1 if options.strict and check.findings else 0
