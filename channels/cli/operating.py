"""Running the house: train, migrate, serve."""

from __future__ import annotations

import argparse
import errno
import socket
import sys
from typing import Any

from bot.settings import Settings
from channels.cli.problem import NO_MODEL, Problem


def add_verbs(verbs: Any) -> None:
    """Add the verbs of this room to the parser."""
    training = verbs.add_parser("train", help="train the model if it is missing or stale")
    training.add_argument("--force", action="store_true", help="train even when the model is fresh")
    training.set_defaults(run=_train)
    verbs.add_parser("migrate", help="bring the database up to date").set_defaults(run=_migrate)
    serving = verbs.add_parser("serve", help="serve widget, desk and health on one port")
    serving.add_argument("--port", type=int, help="instead of ADEMPAUZE_PORT")
    serving.set_defaults(run=_serve)


def _train(options: argparse.Namespace, settings: Settings) -> int:
    from bot.training import is_whole, model_path, train

    fresh = is_whole(model_path(settings.models_dir)) and not options.force
    if not fresh:
        print("training the model (about a minute)", flush=True)
    path = train(settings.models_dir, force=options.force)
    print(f"model {'is fresh' if fresh else 'trained'}: {path.name}")
    return 0


def _migrate(options: argparse.Namespace, settings: Settings) -> int:
    from bot.schema import open_database

    open_database(settings)
    print("database is up to date")
    return 0


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    from dataclasses import replace

    if options.port:
        here = settings.base_url.replace(f":{settings.port}", f":{options.port}")
        settings = replace(settings, port=options.port, base_url=here)
    _check_port(settings)
    from channels.logbook import open_logbook
    from channels.outgoing.settings import OutgoingSettings
    from channels.root import build_house
    from channels.serving import serve

    open_logbook(settings.log)
    house = build_house(settings, outgoing=OutgoingSettings.from_environment())
    serve(house, lambda: _welcome(settings, house))
    return 0


def _welcome(settings: Settings, house: Any) -> None:
    """Where to go, what is missing, and the one-time sign-ins of this start."""
    if house.assistant is None:  # people still hear whom to call; not serving would leave them with nothing
        print(f"adempauze serve: {NO_MODEL[house.model]}, then start again. Until then danger is", file=sys.stderr)
        print("answered and everybody else gets a number to call; /health says so too.", file=sys.stderr)
    print(f"\nAdempauze draait op {settings.base_url}")
    print(f"  gesprek   {settings.base_url}/")
    print(f"  desk      {settings.base_url}/desk/")
    print(f"  health    {settings.base_url}/health")
    sign_ins = house.staff.ensure_local_staff()
    if sign_ins:
        print("\nEenmalig aanmelden (24 uur geldig, werkt één keer):")
        for person, token in sign_ins:
            print(f"  {person.role.label:<13} {settings.base_url}/desk/enter/{token}")
    print("\nStoppen met Ctrl+C.\n", flush=True)


def _check_port(settings: Settings) -> None:
    try:
        family, kind, _, _, address = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise Problem(_why_not_here(settings, error)) from None


def _why_not_here(settings: Settings, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {settings.port} is in use: stop the other program, or set ADEMPAUZE_PORT to another number"
    if error.errno == errno.EACCES:
        return f"port {settings.port} is not for this account: set ADEMPAUZE_PORT to a number from 1024"
    return f"ADEMPAUZE_HOST must be an address of this machine, such as 127.0.0.1 or 0.0.0.0, not {settings.host!r}"
