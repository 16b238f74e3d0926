"""Running the house: train, migrate, serve, and keep what people told no longer than promised."""

from __future__ import annotations

import argparse
import socket
from typing import Any

from bot.settings import Settings
from channels.cli.problem import Problem


def add_verbs(verbs: Any) -> None:
    """Add the verbs of this room to the parser."""
    training = verbs.add_parser("train", help="train the model if it is missing or stale")
    training.add_argument("--force", action="store_true", help="train even when the model is fresh")
    training.set_defaults(run=_train)
    verbs.add_parser("migrate", help="bring the database up to date").set_defaults(run=_migrate)
    serving = verbs.add_parser("serve", help="serve widget, desk and health on one port")
    serving.add_argument("--port", type=int, help="instead of ADEMPAUZE_PORT")
    serving.set_defaults(run=_serve)
    privacy = verbs.add_parser("privacy", help="retention and the rights of a person")
    actions = privacy.add_subparsers(dest="action", required=True)
    actions.add_parser("purge", help="remove every conversation past its end date").set_defaults(run=_purge)
    erase = actions.add_parser("erase", help="remove one conversation and its request")
    erase.add_argument("reference", help="the number of the request, such as AP-7K3M-2Q")
    erase.set_defaults(run=_erase)


def _train(options: argparse.Namespace, settings: Settings) -> int:
    from bot.training import model_path, train

    fresh = model_path(settings.models_dir).exists() and not options.force
    if not fresh:
        print("training the model (about a minute)", flush=True)
    path = train(settings.models_dir, force=options.force)
    print(f"model {'is fresh' if fresh else 'trained'}: {path.name}")
    return 0


def _migrate(options: argparse.Namespace, settings: Settings) -> int:
    from bot.schema import migrate
    from knowledge.storage import open_engine

    migrate(open_engine(settings.database_url))
    print("database is up to date")
    return 0


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    from dataclasses import replace

    if options.port:
        here = settings.base_url.replace(f":{settings.port}", f":{options.port}")
        settings = replace(settings, port=options.port, base_url=here)
    _check_port(settings)
    from channels.outgoing.settings import OutgoingSettings
    from channels.root import build_house
    from channels.serving import serve

    house = build_house(settings, outgoing=OutgoingSettings.from_environment())
    if house.assistant is None:
        raise Problem("there is no model yet: run `make train` (or `adempauze train`) first")
    _welcome(settings, house)
    serve(house)
    return 0


def _welcome(settings: Settings, house: Any) -> None:
    """Where to go, and the one-time sign-ins of this start."""
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


def _purge(options: argparse.Namespace, settings: Settings) -> int:
    from channels.root import build_house

    removed = build_house(settings, with_model=False).purge()
    print(f"{removed} conversations removed")
    return 0


def _erase(options: argparse.Namespace, settings: Settings) -> int:
    from bot.request.record import tidy_reference
    from channels.root import build_house

    house = build_house(settings, with_model=False)
    request = house.requests.get(tidy_reference(options.reference))
    if request is None:
        raise Problem(f"there is no request with number {options.reference}")
    house.erase(request.conversation_id)
    print("removed")
    return 0


def _check_port(settings: Settings) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            raise Problem(
                f"port {settings.port} is in use: stop the other program, or set ADEMPAUZE_PORT to another number"
            ) from None
