"""Leaves out Rasa's own channels: a fifth of the start-up, for libraries of fifteen companies that we never speak to.

People reach us through ``channels/``. Of Rasa's package of channels a turn needs the four classes that describe a
message; importing the package itself loads every channel that Rasa knows, each with its company's library.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

_PACKAGE = "rasa.core.channels"
_NEEDED = ("CollectingOutputChannel", "InputChannel", "OutputChannel", "UserMessage")


def leave_out_channels() -> None:
    """Call before anything imports the channels of Rasa. Where they are loaded already, they stay."""
    if _PACKAGE in sys.modules:
        return
    core = importlib.import_module("rasa.core")
    package = ModuleType(_PACKAGE, "Without the channels themselves: see bot.engine.without_channels.")
    package.__path__ = [str(Path(folder) / "channels") for folder in core.__path__]
    sys.modules[_PACKAGE] = package
    described = importlib.import_module(f"{_PACKAGE}.channel")
    vars(package).update({name: getattr(described, name) for name in _NEEDED})
