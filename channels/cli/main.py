"""``adempauze VERB``: reads the command line and calls the verb. Bad input gives one clear line and a non-zero exit."""

from __future__ import annotations

import argparse
import os
import sys
import warnings
from collections.abc import Sequence

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")

from bot.settings import Settings, SettingsError
from channels.cli import (
    backup,
    carrying,
    cataloguing,
    keys,
    linking,
    operating,
    privacy,
    staffing,
    talking,
    teaming,
    telegram,
)
from channels.cli.problem import Problem
from channels.cli.trouble import in_words

ROOMS = (
    operating,
    backup,
    carrying,
    talking,
    staffing,
    teaming,
    cataloguing,
    telegram,
    linking,
    keys,
    privacy,
)
"""Each adds its own verbs."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; gives the exit code."""
    warnings.showwarning = _say_nothing
    parser = argparse.ArgumentParser(prog="adempauze", description="Adempauze: de bediening voor beheerders.")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for room in ROOMS:
        room.add_verbs(verbs)
    options = parser.parse_args(arguments)
    database = "sqlite://"
    try:
        _only_text(sys.argv[1:] if arguments is None else arguments)
        settings = Settings.from_environment()
        database = settings.database_url
        return int(options.run(options, settings) or 0)
    except (Problem, SettingsError) as problem:
        print(f"adempauze {options.verb}: {problem}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if os.environ.get("ADEMPAUZE_DEBUG"):
            raise
        if (told := in_words(error, database)) is not None:
            print(f"adempauze {options.verb}: {told}", file=sys.stderr)
            return 2
        print(f"adempauze {options.verb}: failed ({type(error).__name__}: {_one_line(error)})", file=sys.stderr)
        return 1


def _only_text(words: Sequence[str]) -> None:
    """A terminal with another alphabet gives bytes that cannot be stored, nor shown. Raises ``Problem``."""
    if any("\ud800" <= sign <= "\udfff" for word in words for sign in word):
        raise Problem("what was typed is not UTF-8: set LC_ALL=C.UTF-8, and try again")


def _say_nothing(*_: object, **__: object) -> None:
    """An operator cannot mend the deprecations of what Rasa is pinned to (filters do not hold: imports reset them)."""


def _one_line(error: Exception) -> str:
    text = " ".join(str(error).split())
    return text if len(text) <= 200 else text[:200] + "…"


if __name__ == "__main__":
    sys.exit(main())
