"""The templates: our own, and those of a municipality that take their place file by file.

A municipality's file is tried out when the house starts, on a full request and on an empty one. One that breaks is set
aside, with one line that says which, where and why, and ours is used. Files are read once: a change needs a restart.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

log = logging.getLogger(__name__)
OWN_FOLDER = Path(__file__).parent / "templates"
LOGO_ENDINGS = (".svg", ".png")
_KINDS = (".html", ".txt", ".typ", ".css")


class Shelf:
    """Sources by name (``sources``) and the environment that fills them (``environment``)."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self._own = _read(OWN_FOLDER)
        self.theirs: dict[str, str] = {}
        self.problems: list[str] = []
        self._logos: dict[str, Path] = {}
        if folder is not None:
            self._read_theirs(folder)
        self.own_environment = _environment(self._own)
        self.environment = _environment(self.sources)

    @property
    def sources(self) -> Mapping[str, str]:
        """The text of every template, theirs before ours."""
        return {**self._own, **self.theirs}

    def own(self, name: str) -> str:
        """The text of our own template of this name."""
        return self._own[name]

    def set_aside(self, name: str, why: str) -> None:
        """Use ours instead of theirs from now on."""
        self.theirs.pop(name, None)
        self.environment = _environment(self.sources)
        self.tell(f"template {name} of ADEMPAUZE_TEMPLATES cannot be used, so our own is: {why}")

    def tell(self, problem: str) -> None:
        """Say once, to whoever runs this, what is the matter with a file of theirs."""
        self.problems.append(problem)
        log.warning("%s", problem)

    def logo(self, municipality: str) -> Path | None:
        """``logo-ede.svg`` for Ede, else ``logo.svg`` for all, else none."""
        return self._logos.get(f"logo-{_slug(municipality)}") or self._logos.get("logo")

    def logos(self) -> list[Path]:
        """Every logo there is."""
        return list(self._logos.values())

    def set_logo_aside(self, logo: Path, why: str) -> None:
        """Do without this logo."""
        self._logos.pop(logo.stem, None)
        self.tell(f"logo {logo.name} of ADEMPAUZE_TEMPLATES cannot be used: {why}")

    def file(self, name: str) -> tuple[str | Path, str] | None:
        """What pages load beside themselves (the style, the button that prints, a logo), with its media type."""
        if name == "print.css":
            return self.sources[name], "text/css"
        if name == "print.js":
            return self._own[name], "text/javascript"
        logo = next((path for path in self._logos.values() if path.name == name), None)
        return (logo, "image/svg+xml" if logo.suffix == ".svg" else "image/png") if logo else None

    def _read_theirs(self, folder: Path) -> None:
        for path in sorted(path for path in folder.iterdir() if path.is_file()):
            if path.suffix in LOGO_ENDINGS and path.stem.startswith("logo"):
                self._logos.setdefault(path.stem, path)
            elif path.suffix not in _KINDS:
                continue  # a readme, an image of their own template
            elif path.name not in self._own:
                names = ", ".join(sorted(name for name in self._own if not name.endswith(".js")))
                self.tell(f"{path.name} in ADEMPAUZE_TEMPLATES replaces nothing; these names do: {names}")
            else:
                try:
                    self.theirs[path.name] = path.read_text(encoding="utf-8")
                except (OSError, UnicodeDecodeError):
                    self.tell(f"template {path.name} of ADEMPAUZE_TEMPLATES cannot be read as UTF-8; our own is used")


def culprit(error: BaseException, theirs: Mapping[str, str]) -> tuple[str, int] | None:
    """Which template of theirs an error came from, and in which line; ``None`` when it is not to be seen."""
    if isinstance(error, TemplateSyntaxError):
        return (error.name, error.lineno) if error.name is not None and error.name in theirs else None
    found, step = None, error.__traceback__
    while step is not None:  # the deepest frame is the one to blame
        name = step.tb_frame.f_code.co_filename
        found = (name, step.tb_lineno) if name in theirs else found
        step = step.tb_next
    return found


def _environment(sources: Mapping[str, str]) -> Environment:
    """A value that a template lacks is a fault, not an empty place; no template reaches into Python."""

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        return (sources[name], name, lambda: True) if name in sources else None  # the name stands in tracebacks

    return SandboxedEnvironment(
        loader=FunctionLoader(load),
        autoescape=lambda name: name is not None and name.endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _read(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()) if path.is_file()}


def _slug(name: str) -> str:
    """``'s-Hertogenbosch`` is ``s-hertogenbosch``, ``Súdwest-Fryslân`` is ``sudwest-fryslan``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
