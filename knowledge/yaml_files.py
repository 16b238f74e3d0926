"""Our own YAML files, read by the C parser where it is there: the whole start is a second shorter with it."""

from __future__ import annotations

from typing import Any

import yaml

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str) -> Any:
    """What a YAML text holds, as plain data. Raises ``yaml.YAMLError`` on one that cannot be read."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - both are the safe loader
