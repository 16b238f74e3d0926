"""One request on every kind of paper: a page to print, a PDF, a Wmo form, plain text for mail, text for Open Klant."""

from __future__ import annotations

import contextlib
import html
import logging
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import typst

from bot.request.clock import OfficeHours
from bot.request.record import Request
from channels.rendering.open_klant import OpenKlantText, in_pieces
from channels.rendering.pdf import Typesetter
from channels.rendering.sample import MOMENT, sample_sheets, values_of
from channels.rendering.sheet import Reader, RequestSheet, sheet_for
from channels.rendering.shelf import OWN_FOLDER, Shelf, culprit
from channels.rendering.wmo import wmo_parts

log = logging.getLogger(__name__)
PAGE, WMO, PDF, MAIL, OPEN_KLANT = "request.html", "wmo.html", "request.typ", "request.txt", "open_klant.txt"
_NO_LINKS = {"pdf": "", "back": ""}
_FILLED = (PAGE, WMO, MAIL, OPEN_KLANT)


def _now() -> datetime:
    return datetime.now(timezone.utc)


class Papers:
    """Renders requests with the templates of ``folder`` (``ADEMPAUZE_TEMPLATES``) where those work, else with ours.

    Making one tries every template out, so make one for the whole house. ``problems`` says what was set aside.
    """

    def __init__(
        self, folder: Path | None = None, clock: Callable[[], datetime] = _now, office: OfficeHours | None = None
    ) -> None:
        self._clock = clock
        self._office = office
        self.shelf = Shelf(folder)
        self._typesetter = Typesetter(folder / "fonts" if folder is not None else None)
        self._try_out_logos()
        if self.shelf.theirs:
            self._try_out()

    @property
    def problems(self) -> tuple[str, ...]:
        """What is the matter with the templates of the municipality, one line each."""
        return tuple(self.shelf.problems)

    def sheet(self, request: Request, reader: Reader) -> RequestSheet:
        """What this reader may see. Raises ``NotForThemError``."""
        return sheet_for(request, reader, self._clock(), self._office)

    def page(self, sheet: RequestSheet, links: dict[str, str] | None = None) -> str:
        """The page to read and to print; ``links``: ``pdf`` and ``back``, shown on screen only."""
        return self._filled(PAGE, sheet, links={**_NO_LINKS, **(links or {})})

    def wmo_page(self, sheet: RequestSheet, links: dict[str, str] | None = None) -> str:
        """The same, in the order of the Wmo investigation."""
        return self._filled(WMO, sheet, links={**_NO_LINKS, **(links or {})})

    def mail_text(self, sheet: RequestSheet) -> str:
        """The whole request as plain text. It holds personal data: only for a mail that she asked for."""
        return self._filled(MAIL, sheet).strip() + "\n"

    def open_klant(self, request: Request) -> OpenKlantText:
        """Subject and text within the limits of Open Klant. Raises ``NotForThemError`` on what was never sent."""
        sheet = self.sheet(request, Reader.STAFF)
        subject = ", ".join(filter(None, (sheet.title, sheet.municipality, sheet.urgency_label)))
        return in_pieces(subject, self._filled(OPEN_KLANT, sheet), sheet.reference)

    def pdf(self, sheet: RequestSheet) -> bytes:
        """The request as a tagged PDF (PDF/UA-1)."""
        logo, made = self.shelf.logo(sheet.municipality), self._clock()
        if PDF in self.shelf.theirs or logo is not None:
            root = self.shelf.folder or OWN_FOLDER
            try:
                return self._typesetter.pdf(self.shelf.sources[PDF], _as_data(sheet, logo), root, made)
            except typst.TypstError:  # its message may quote what a person wrote
                log.error("the template or the logo for the PDF failed on a request; our own is used")
        return self._typesetter.pdf(self.shelf.own(PDF), _as_data(sheet, None), OWN_FOLDER, made)

    def pictures(self, sheet: RequestSheet) -> list[bytes]:
        """The pages of the PDF as PNG: to look at while adapting a template."""
        logo, root = self.shelf.logo(sheet.municipality), self.shelf.folder or OWN_FOLDER
        return self._typesetter.pictures(self.shelf.sources[PDF], _as_data(sheet, logo), root)

    def _filled(self, name: str, sheet: RequestSheet, **more: Any) -> str:
        logo = self.shelf.logo(sheet.municipality)
        values = {"sheet": sheet, "wmo": wmo_parts(sheet), "logo": logo.name if logo else "", **more}
        if self.shelf.theirs:
            try:
                return self.shelf.environment.get_template(name).render(values)
            except Exception as error:  # whatever a template of theirs does, the request is shown
                log.error("template %s failed on a request: %s; our own is used", name, type(error).__name__)
        return self.shelf.own_environment.get_template(name).render(values)

    def _try_out_logos(self) -> None:
        sheet = sample_sheets()[0]
        for logo in self.shelf.logos():
            try:
                self._typesetter.pdf(self.shelf.own(PDF), _as_data(sheet, logo), logo.parent, MOMENT)
            except typst.TypstError as error:
                self.shelf.set_logo_aside(logo, error.message)

    def _try_out(self) -> None:
        """Set aside every template of theirs that breaks; say it when one that works leaves something out."""
        for name in _FILLED:
            while (error := self._fault_in(name)) is not None:
                found = culprit(error, self.shelf.theirs)
                if found is None:  # not to be seen in which file: none of theirs is used
                    for theirs in sorted(self.shelf.theirs):
                        self.shelf.set_aside(theirs, f"{name} fails with it ({error})")
                    break
                self.shelf.set_aside(found[0], f"line {found[1]}: {error}")
        if PDF in self.shelf.theirs:
            self._try_out_pdf()
        self._tell_what_is_left_out()

    def _fault_in(self, name: str) -> Exception | None:
        try:
            for sheet in sample_sheets():
                self._tried(name, sheet)
        except Exception as error:
            return error
        return None

    def _tried(self, name: str, sheet: RequestSheet) -> str:
        values = {"sheet": sheet, "wmo": wmo_parts(sheet), "logo": "", "links": {"pdf": "/", "back": "/"}}
        return self.shelf.environment.get_template(name).render(values)

    def _try_out_pdf(self) -> None:
        folder = self.shelf.folder or OWN_FOLDER
        try:
            for sheet in sample_sheets():
                logo = self.shelf.logo(sheet.municipality)
                self._typesetter.pdf(self.shelf.sources[PDF], _as_data(sheet, logo), folder, MOMENT)
        except typst.TypstError as error:
            self.shelf.set_aside(PDF, error.message)

    def _tell_what_is_left_out(self) -> None:
        full = sample_sheets()[0]
        texts = {name: html.unescape(self._tried(name, full)) for name in _FILLED}
        if PDF in self.shelf.theirs:
            data, root = _as_data(full, None), self.shelf.folder or OWN_FOLDER
            with contextlib.suppress(typst.TypstError):  # a document that cannot be HTML can still be a PDF
                texts[PDF] = html.unescape(self._typesetter.text_of(self.shelf.sources[PDF], data, root))
        for name, text in texts.items():
            missing = [value for value in values_of(full) if value not in text]
            if missing and self.shelf.theirs:
                some = ", ".join(missing[:5])
                self.shelf.tell(f"with the templates of ADEMPAUZE_TEMPLATES {name} does not show everything: {some}")


def _as_data(sheet: RequestSheet, logo: Path | None) -> dict[str, Any]:
    """The sheet as JSON for Typst; a logo by its name in the root folder."""
    return {**asdict(sheet), "title": sheet.title, "logo": logo.name if logo is not None else ""}
