"""A free port for a server that starts a moment later, or again.

Not one the kernel would choose: those (32768 and up, as Linux comes) it also gives to every connection that anybody
opens meanwhile, and the two halves of scripts/prove open thousands.
"""

from __future__ import annotations

import contextlib
import os
import socket
from itertools import count

_LOWEST, _HOW_MANY = 20_000, 12_000
_steps = count(os.getpid() * 97)  # each process begins elsewhere; one that gave a port does not give it again


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    for _ in range(_HOW_MANY):
        port = _LOWEST + next(_steps) % _HOW_MANY
        with contextlib.closing(socket.socket()) as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError("no port is free")
