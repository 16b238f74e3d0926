"""The keys that seal personal data: add one, seal everything anew with it, and see what is sealed with which."""

from __future__ import annotations

import argparse
from typing import Any

from bot.settings import Settings
from channels.cli.problem import Problem


def add_verbs(verbs: Any) -> None:
    """Add the verb ``keys`` to the parser."""
    actions = verbs.add_parser("keys", help="the keys that seal personal data").add_subparsers(
        dest="action", required=True
    )
    for name, text, run in (
        ("add", "a new key, before the others", _add),
        ("rotate", "seal everything anew with the newest key; may be stopped and begun again", _rotate),
        ("list", "how many values are sealed with which key", _list),
    ):
        actions.add_parser(name, help=text).set_defaults(run=run)


def _add(options: argparse.Namespace, settings: Settings) -> int:
    from bot.privacy.keys import NAME, add_key, new_key

    if settings.data_keys_file is None:
        print(f"put this key before the others in {NAME}, and start every process of the house again:\n{new_key()}")
        return 0
    add_key(settings.data_keys_file)
    print(f"a new key stands in {settings.data_keys_file}; keep a copy apart from the backups of the database")
    print("next: `adempauze keys rotate`")
    return 0


def _rotate(options: argparse.Namespace, settings: Settings) -> int:
    from bot.privacy.canary import forget_older_keys
    from bot.privacy.resealing import count, seal_anew
    from bot.schema import open_database
    from knowledge.sealed import Keyring, UnreadableError

    engine = open_database(settings)
    done = 0
    try:
        for changed in seal_anew(engine):
            done += changed
    except UnreadableError:
        raise Problem("a value was found that none of the keys opens: `adempauze keys list` counts them") from None
    found = count(engine)
    print(f"{done} values sealed anew")
    if found.older:
        raise Problem(
            f"{found.older} values came in with an older key meanwhile: start every process of the house again "
            "with the newest key first, and rotate once more"
        )
    forget_older_keys(engine, Keyring(settings.data_keys))
    print("everything is sealed with the newest key" + ("; the older keys may go" if settings.data_keys[1:] else ""))
    return 0


def _list(options: argparse.Namespace, settings: Settings) -> int:
    from bot.privacy.resealing import count
    from bot.schema import open_with_keys

    found = count(open_with_keys(settings))
    for number, (name, values) in enumerate(found.under.items()):
        print(f"{name}\t{values} values\t{'newest' if number == 0 else 'older'}")
    if found.open:
        print(f"-\t{found.open} values\tnot sealed: `adempauze keys rotate` seals them")
    if found.unreadable:
        print(f"?\t{found.unreadable} values\tsealed with a key that is not here")
    return 1 if found.unreadable else 0
