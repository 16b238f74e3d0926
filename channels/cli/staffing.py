"""Who works at the desk: add, list, disable, a fresh one-time sign-in, and the end of a second factor that was lost."""

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
    add.add_argument("--role", required=True, choices=["coordinator", "team_lead", "editor", "admin", "auditor"])
    add.add_argument("--municipality", help="limits what this person sees to one municipality")
    add.add_argument("--team", help="the team within the municipality")
    add.add_argument("--password", action="store_true", help="ask for a password as well")
    add.set_defaults(run=_add)
    actions.add_parser("list", help="everyone").set_defaults(run=_list)
    for name, text, run in (
        ("disable", "end every way in", _disable),
        ("sign-in", "a one-time sign-in link, valid for 24 hours", _sign_in),
        ("reset-second-factor", "for who lost telephone and recovery codes", _reset_second_factor),
    ):
        verb = actions.add_parser(name, help=text)
        verb.add_argument("email")
        verb.set_defaults(run=run)


def _accounts(settings: Settings) -> Any:
    from bot.schema import open_database
    from bot.staff.accounts import StaffAccounts
    from knowledge.storage import open_sessions

    return StaffAccounts(open_sessions(open_database(settings)))


def _add(options: argparse.Namespace, settings: Settings) -> int:
    from bot.staff.accounts import StaffError, StaffRole
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
        accounts.add(options.name, options.email, StaffRole(options.role), municipality, password, team=options.team)
        _print_sign_in(settings, accounts.issue_sign_in(options.email))
    except StaffError as error:
        raise Problem(str(error)) from None
    return 0


def _ask_password() -> str:
    return getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


def _list(options: argparse.Namespace, settings: Settings) -> int:
    for person in _accounts(settings).list():
        state = "disabled" if person.disabled_at else "active"
        place = f"{person.municipality or '-'}\t{person.team or '-'}"
        print(f"{person.email}\t{person.name}\t{person.role}\t{place}\t{state}")
    return 0


def _disable(options: argparse.Namespace, settings: Settings) -> int:
    from bot.staff.accounts import StaffError

    try:
        _accounts(settings).disable(options.email)
    except StaffError as error:
        raise Problem(str(error)) from None
    print("disabled")
    return 0


def _reset_second_factor(options: argparse.Namespace, settings: Settings) -> int:
    from datetime import datetime, timezone

    from bot.staff.second_factor import SecondFactors

    accounts = _accounts(settings)
    person = accounts.by_address(options.email)
    if person is None:
        raise Problem(f"{options.email} has no account")
    SecondFactors(accounts.sessions, settings.secret, lambda: datetime.now(timezone.utc)).disable(person)
    print("the second factor is off")
    return 0


def _sign_in(options: argparse.Namespace, settings: Settings) -> int:
    from bot.staff.accounts import StaffError

    try:
        _print_sign_in(settings, _accounts(settings).issue_sign_in(options.email))
    except StaffError as error:
        raise Problem(str(error)) from None
    return 0


def _print_sign_in(settings: Settings, token: str) -> None:
    print(f"{settings.base_url}/desk/enter/{token}")
