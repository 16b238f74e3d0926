"""Desk pages from templates: what every page needs, Dutch moments and office time, and the pages that say why not."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from bot.request.clock import OfficeHours

if TYPE_CHECKING:
    from channels.desk.doors import Visit

HERE = Path(__file__).parent
_WRITTEN = frozenset({"text", "outcome", "why", "next_step", "reason"})
"""Fields of the desk in which somebody writes sentences."""


class Pages:
    """Renders templates; a value that a template lacks is a fault, not an empty place."""

    def __init__(self, office: OfficeHours, catalogue: bool = False) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals["minutes_a_day"] = office.minutes_a_day
        self._templates.globals["has_catalogue"] = catalogue
        self._templates.globals["without_second"] = lambda person: ()
        self._templates.filters["to_call"] = lambda number: re.sub(r"[^\d+]", "", number)
        self._templates.filters["capitalize_first"] = lambda text: text[:1].upper() + text[1:]
        self._templates.filters["day"] = lambda day: format_date(day, "d MMMM y", locale="nl")
        self._templates.filters["moment"] = lambda moment: _in_dutch(moment, "EEE d MMM, HH:mm", office.zone)
        self._templates.filters["near"] = lambda moment, now: near(moment, now, office.zone)
        self._templates.filters["long_moment"] = lambda moment: _in_dutch(moment, "EEEE d MMMM y, HH:mm", office.zone)

    def know(self, **answers: Callable[..., Any]) -> None:
        """What templates may ask by these names, from who can answer it."""
        self._templates.globals.update(answers)

    def page(self, visit: Visit, template: str, status: int = 200, **values: Any) -> Response:
        """The template as a page for this visit."""
        html = self._templates.get_template(template).render(
            person=visit.person, form_token=visit.form_token, path=visit.request.url.path, **values
        )
        return HTMLResponse(html, status)

    def part(self, visit: Visit, template: str, **values: Any) -> Response:
        """A part of a page for who asks again and again: 304 with nothing in it as long as it reads the same."""
        response = self.page(visit, template, **values)
        mark = f'"{hashlib.sha256(response.body).hexdigest()[:32]}"'
        if visit.request.headers.get("if-none-match") == mark:
            response = Response(status_code=304)
        response.headers["ETag"] = mark
        return response

    def problem(self, visit: Visit, status: int, code: str, **values: Any) -> Response:
        """A page that says what is the matter and what to do; ``code`` picks the words in the template. What somebody
        wrote is on it, so that a letter is never lost because something changed in the meantime."""
        typed = tuple(text for name, text in visit.form.pairs if name in _WRITTEN and text.strip())
        return self.page(visit, "problem.html", status, code=code, **{"back": "/desk/", "typed": typed, **values})


def near(moment: datetime, now: datetime, zone: ZoneInfo) -> tuple[str, str]:
    """The day as one says it at ``now`` ("vandaag", "vrijdag", further off with its date), and the time."""
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    away = (local.date() - today).days
    close = {-1: "gisteren", 0: "vandaag", 1: "morgen"}
    day = close.get(away) or format_date(local.date(), "EEEE" if abs(away) < 7 else "EEEE d MMMM", locale="nl")
    return day, format_datetime(local, "HH:mm", locale="nl")


def _in_dutch(moment: datetime, pattern: str, zone: ZoneInfo) -> str:
    return format_datetime(moment.astimezone(zone), pattern, locale="nl")
