"""Serving leaves TensorFlow out: four seconds of start-up and 350 MB for a library that none of our components uses.

Rasa's shared modules import it at the top of files, where two of its classes serve as base classes. While serving,
these two names stand for themselves and nothing else of TensorFlow exists: a component that did need it would fail at
start-up, not in a talk. Training is a process of its own and has the real library.
"""

from __future__ import annotations

import sys
from types import ModuleType


def leave_out_tensorflow() -> None:
    """Call before anything imports Rasa. Where TensorFlow is loaded already, it stays."""
    if "tensorflow" in sys.modules:
        return
    callbacks = _module("tensorflow.keras.callbacks", Callback=type("Callback", (), {}))
    utils = _module("tensorflow.keras.utils", Sequence=type("Sequence", (), {}))
    keras = _module("tensorflow.keras", callbacks=callbacks, utils=utils)
    _module("tensorflow", keras=keras)


def _module(name: str, **members: object) -> ModuleType:
    module = ModuleType(name, "Left out while serving: see bot.engine.without_tensorflow.")
    vars(module).update(members)
    sys.modules[name] = module
    return module
