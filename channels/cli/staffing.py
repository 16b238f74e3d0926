"""Who works at the desk: add, list, disable, and a fresh one-time sign-in."""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import Any

from bot.settings import Settings
from channels.cli.problem import Problem


def add_verbs(verbs: Any) -> None:
    """Add the verb ``staff`` to the parser."""
    actions = verbs.add_parser("staff", help="accounts of coordinators and editors").add_subparsers(
        dest="action", required=True
    )
    add = actions.add_parser("add", help="a new account; prints a one-time sign-in")
    add.add_argument("email")
    add.add_argument("--name", required=True, help="carers read this name when the person takes up their request")
    add.add_argument("--role", required=True, choices=["coordinator", "editor", "admin"])
    add.add_argument("--municipality", help="limits what this person sees to one municipality")
    add.add_argument("--password", action="store_true", help="ask for a password as well")
    add.set_defaults(run=_add)
    actions.add_parser("list", help="everyone").set_defaults(run=_list)
    for name, text, run in (
        ("disable", "end every way in", _disable),
        ("sign-in", "a one-time sign-in link, valid for 24 hours", _sign_in),
    ):
        verb = actions.add_parser(name, help=text)
        verb.add_argument("email")
        verb.set_defaults(run=run)


def _accounts(settings: Settings) -> Any:
    from bot.schema import migrate
    from bot.staff import StaffAccounts
    from knowledge.storage import open_engine, open_sessions

    engine = open_engine(settings.database_url)
    migrate(engine)
    return StaffAccounts(open_sessions(engine))


def _add(options: argparse.Namespace, settings: Settings) -> int:
    from bot.staff import StaffError, StaffRole
    from knowledge.places.regions import Regions

    municipality = None
    if options.municipality:
        found = Regions.load().municipality(options.municipality)
        if found is None:
            raise Problem(f"{options.municipality!r} is no municipality; give its official name, such as Zwolle")
        municipality = found.name
    password = _ask_password() if options.password else None
    accounts = _accounts(settings)
    try:
        accounts.add(options.name, options.email, StaffRole(options.role), municipality, password)
        _print_sign_in(settings, accounts.issue_sign_in(options.email))
    except StaffError as error:
        raise Problem(str(error)) from None
    return 0


def _ask_password() -> str:
    return getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


def _list(options: argparse.Namespace, settings: Settings) -> int:
    for person in _accounts(settings).list():
        state = "disabled" if person.disabled_at else "active"
        print(f"{person.email}\t{person.name}\t{person.role}\t{person.municipality or '-'}\t{state}")
    return 0


def _disable(options: argparse.Namespace, settings: Settings) -> int:
    from bot.staff import StaffError

    try:
        _accounts(settings).disable(options.email)
    except StaffError as error:
        raise Problem(str(error)) from None
    print("disabled")
    return 0


def _sign_in(options: argparse.Namespace, settings: Settings) -> int:
    from bot.staff import StaffError

    try:
        _print_sign_in(settings, _accounts(settings).issue_sign_in(options.email))
    except StaffError as error:
        raise Problem(str(error)) from None
    return 0


def _print_sign_in(settings: Settings, token: str) -> None:
    print(f"{settings.base_url}/desk/enter/{token}")
