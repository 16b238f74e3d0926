"""Teams from the command line: where each is reached, and who is named to look after what is late."""

from __future__ import annotations

import argparse
from typing import Any

from bot.settings import Settings
from channels.cli.problem import Problem

_WHY = {
    "municipality": "give the official name of a municipality, such as Zwolle",
    "team": "the name of a team has at most 120 characters",
    "email": "the e-mail address must be one such as mantelzorg@gemeente.nl",
    "phone": "the telephone number must be one such as 0318 12 34 56",
    "second": "the second person needs an active account that may take up requests of this municipality",
}


def add_verbs(verbs: Any) -> None:
    """Add the verb ``teams`` to the parser."""
    text = "teams: mail, telephone, and the second person for what is late"
    actions = verbs.add_parser("teams", help=text).add_subparsers(dest="action", required=True)
    listing = actions.add_parser("list", help="every team, with what holds for it")
    listing.add_argument("--municipality", help="of this municipality only")
    listing.set_defaults(run=_list)
    for name, about, run in (
        ("add", "a team that is not there yet", _add),
        ("set", "change what is given; the rest stays, and an empty value clears", _set),
    ):
        verb = actions.add_parser(name, help=about)
        verb.add_argument("municipality")
        verb.add_argument("--team", default="", help="its name as with the accounts; without it: the whole desk")
        verb.add_argument("--email", help="where its mail goes, never with personal data in it")
        verb.add_argument("--phone", help="a number that carers read when it takes longer")
        verb.add_argument("--second", metavar="EMAIL", help="the account of who hears of what is late")
        verb.set_defaults(run=run)


def _list(options: argparse.Namespace, settings: Settings) -> int:
    from bot.request.team_management import TeamError

    management, _ = _services(settings)
    try:
        places = (management.place(options.municipality, None),) if options.municipality else management.places(None)
    except TeamError as error:
        raise Problem(_WHY[error.code]) from None
    for place in places:
        for line in place.lines:
            name, second = line.own.name or "(whole desk)", line.reached.second or "NOBODY"
            print("\t".join((place.municipality, name, line.reached.email or "-", line.reached.phone or "-", second)))
    return 0


def _add(options: argparse.Namespace, settings: Settings) -> int:
    return _save(options, settings, new=True)


def _set(options: argparse.Namespace, settings: Settings) -> int:
    return _save(options, settings, new=False)


def _save(options: argparse.Namespace, settings: Settings, *, new: bool) -> int:
    from bot.request.team_management import TeamError, WantedTeam
    from bot.request.teams import RequestTeam

    management, accounts = _services(settings)
    team = " ".join(options.team.split())
    try:
        kept = {line.own.name: line.own for line in management.place(options.municipality, None).lines}
        before = kept.get(team, RequestTeam(options.municipality, team))
        known = before != RequestTeam(before.municipality, team)
        if new and known:
            raise Problem("this team is kept already; use set to change it")
        if not new and team not in kept:
            raise Problem("there is no such team; use add")
        wanted = WantedTeam(
            before.municipality,
            team,
            before.email if options.email is None else options.email,
            before.phone if options.phone is None else options.phone,
            before.second_id if options.second is None else _id_of(accounts, options.second),
        )
        saved = management.save(wanted, None)
    except TeamError as error:
        raise Problem(_WHY[error.code]) from None
    print(f"{saved.municipality}, {saved.name or 'the whole desk'}: second person {saved.second or 'NOBODY'}")
    return 0


def _id_of(accounts: Any, email: str) -> int | None:
    if not email:
        return None
    person = accounts.by_address(email)
    if person is None:
        raise Problem(f"{email} has no account")
    return int(person.id)


def _services(settings: Settings) -> tuple[Any, Any]:
    from bot.request.team_management import TeamManagement
    from bot.schema import open_database
    from bot.staff.accounts import StaffAccounts
    from knowledge.places.regions import Regions
    from knowledge.storage import open_sessions

    sessions, regions = open_sessions(open_database(settings)), Regions.load()
    official = lambda name: getattr(regions.municipality(name), "name", None)  # noqa: E731
    return TeamManagement(sessions, official), StaffAccounts(sessions)
