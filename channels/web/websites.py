"""The websites of municipalities that may carry the widget, and what each municipality looks like (ADR 13).

One YAML file of the operator, named by ``ADEMPAUZE_WEBSITES``::

    Ede:
      websites: [https://www.ede.nl, https://sociaal.ede.nl]
      theme: ede.css

``theme`` is a stylesheet with design tokens, in the folder of that file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

import yaml

from bot.settings import SettingsError
from channels.web.ports import KnownMunicipality

NAME = "ADEMPAUZE_WEBSITES"
_THEME = re.compile(r"[\w-]{1,60}\.css", re.ASCII)
_ON_THIS_MACHINE = ("localhost", "127.0.0.1")


@dataclass(frozen=True)
class Websites:
    """``of_origin``: the municipalities that a website speaks for; ``themes``: the stylesheet of a municipality."""

    of_origin: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    themes: Mapping[str, Path] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def load(cls, path: Path | None, known_municipality: KnownMunicipality) -> Websites:
        """Read the file; nothing is allowed without one. Raises ``SettingsError`` that names what is wrong in it."""
        if path is None:
            return cls()
        try:
            entries = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        except yaml.YAMLError:
            raise SettingsError(f"{NAME}: {path} is not readable as YAML") from None
        if not isinstance(entries, dict):
            raise SettingsError(f"{NAME}: {path} must name municipalities, each with websites and perhaps a theme")
        of_origin: dict[str, frozenset[str]] = {}
        themes: dict[str, Path] = {}
        for name, entry in entries.items():
            municipality = known_municipality(str(name))
            if municipality is None or not isinstance(entry, dict) or set(entry) - {"websites", "theme"}:
                raise SettingsError(f"{NAME}: {name!r} is no municipality with only websites and a theme")
            for website in entry.get("websites") or ():
                origin = _origin(website)
                of_origin[origin] = of_origin.get(origin, frozenset()) | {municipality}
            if entry.get("theme"):
                themes[municipality] = _theme(path.parent, entry["theme"])
        return cls(MappingProxyType(of_origin), MappingProxyType(themes))

    def municipality_for(self, origin: str, named: str | None) -> str | None:
        """The municipality of a talk that begins on a website: the one named there if the website speaks for it, or
        the only one it speaks for."""
        allowed = self.of_origin.get(origin, frozenset())
        if named in allowed:
            return named
        return next(iter(allowed)) if len(allowed) == 1 else None


def _origin(website: Any) -> str:
    """``https://www.ede.nl`` as a browser writes it. Raises ``SettingsError``."""
    parts = urlsplit(website) if isinstance(website, str) else urlsplit("")
    secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _ON_THIS_MACHINE)
    if not secure or not parts.netloc or parts.path not in ("", "/") or parts.query or parts.fragment or parts.username:
        raise SettingsError(f"{NAME}: {website!r} must be an address such as https://www.ede.nl, without a path")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _theme(folder: Path, name: Any) -> Path:
    """The stylesheet in the folder of the settings file. Raises ``SettingsError``."""
    if not isinstance(name, str) or not _THEME.fullmatch(name) or not (folder / name).is_file():
        raise SettingsError(f"{NAME}: theme {name!r} must be the name of a .css file beside the settings file")
    return folder / name
