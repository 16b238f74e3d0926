"""A sheet as PDF/UA-1: tagged, in Dutch, with a title and headings, so that a screen reader reads it as it is meant."""

from __future__ import annotations

import json
import logging
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

log = logging.getLogger(__name__)
_AS_READ = """#show grid: it => for cell in it.children { cell.body }
#show align: it => it.body
"""
"""What Typst leaves out of HTML because it is only for the eye, with what stands in it."""
_NO_GLYPH = "could not be displayed"


class Typesetter:
    """Compiles a Typst source with data. Fonts: those in ``fonts``, those of the system, and those inside Typst.

    Typst brings Libertinus Serif (Latin, Greek, Cyrillic) and DejaVu Sans Mono (Arabic and more). Emoji and other
    scripts need a font in the system or in ``fonts``; without one they are empty boxes on the page.
    """

    def __init__(self, fonts: Path | None = None) -> None:
        self._fonts = typst.Fonts(font_paths=[fonts] if fonts is not None and fonts.is_dir() else [])

    def pdf(self, source: str, sheet: dict[str, Any], root: Path, made: datetime) -> bytes:
        """The PDF. Raises ``typst.TypstError`` on a fault in the source.

        PDF/UA promises that every sign has a glyph. When a person wrote a sign that no font here has, the page is made
        all the same, tagged as before, only without that promise.
        """
        try:
            return self._compile(source, sheet, root, made, "ua-1")
        except typst.TypstError as error:
            if _NO_GLYPH not in error.message:
                raise
        log.info("a PDF holds a sign that no font here has, so it does not claim PDF/UA-1")
        return self._compile(source, sheet, root, made, None)

    def text_of(self, source: str, sheet: dict[str, Any], root: Path) -> str:
        """The same document as HTML: what it says, without how it looks. For checks."""
        page: bytes = self._compiler(_AS_READ + source, sheet, root).compile(format="html")
        return page.decode()

    def pictures(self, source: str, sheet: dict[str, Any], root: Path) -> list[bytes]:
        """Every page as PNG, to look at."""
        pages = self._compiler(source, sheet, root).compile(format="png", ppi=110)
        return pages if isinstance(pages, list) else [pages]

    def _compile(self, source: str, sheet: dict[str, Any], root: Path, made: datetime, standard: str | None) -> bytes:
        compiler = self._compiler(source, sheet, root)
        options = {"pdf_standards": standard} if standard else {}
        pdf: bytes = compiler.compile(format="pdf", timestamp=int(made.timestamp()), **options)
        return pdf

    def _compiler(self, source: str, sheet: dict[str, Any], root: Path) -> Any:
        return typst.Compiler(
            source.encode(),
            root=root,
            font_paths=self._fonts,
            sys_inputs={"sheet": json.dumps(sheet, ensure_ascii=False)},
        )
