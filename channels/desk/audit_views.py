"""The audit log as a page with filters and as a file, for who keeps an eye on the desk."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from starlette.responses import Response

from bot.audit.log import PAGE_SIZE, AuditEntry, AuditFilter
from bot.request.record import tidy_reference
from channels.desk.doors import Hall, Visit
from knowledge.exchange.sheets_cells import protect
from knowledge.yaml_files import read_yaml

HERE = Path(__file__).parent
HOME = ZoneInfo("Europe/Amsterdam")
MOST_LINES = 50_000
"""The most lines in one file; the filters make it smaller."""
HEADINGS = ("moment", "naam", "rol", "gemeente", "handeling", "waarover", "afloop")
_FIELDS = ("wie", "wat", "waarover", "van", "tot")


class AuditViews:
    """Reading the log. The log says who read it, like everything else."""

    def __init__(self, hall: Hall, clock: Callable[[], datetime]) -> None:
        self._hall = hall
        self._clock = clock
        self._labels: dict[str, str] = read_yaml((HERE / "audit_labels.yml").read_text(encoding="utf-8"))

    def show(self, visit: Visit) -> Response:
        """One page of the log."""
        typed = _typed(visit)
        chosen, log = _filter(visit, typed), self._hall.audit
        count, page = log.count(chosen), _page_number(visit.request.query_params.get("page", ""))
        return self._hall.pages.page(
            visit,
            "audit_log.html",
            lines=[self._line(entry) for entry in log.read(chosen, page)],
            people=log.people(visit.staff.municipality),
            acts=sorted(((act, self._label(act)) for act in log.acts()), key=lambda one: one[1].casefold()),
            typed=typed,
            count=count,
            page=page,
            pages=max(1, -(-count // PAGE_SIZE)),
            query=urlencode({name: value for name, value in typed.items() if value}),
        )

    def download(self, visit: Visit) -> Response:
        """The same lines as a file."""
        out = io.StringIO()
        writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
        writer.writerow(HEADINGS)
        for entry in self._hall.audit.all(_filter(visit, _typed(visit)), MOST_LINES):
            line = self._line(entry)
            moment = entry.at.astimezone(HOME).isoformat(timespec="seconds")
            shown = (line["name"], line["role"], line["municipality"], line["act"], line["subject"], line["outcome"])
            writer.writerow([moment, *map(protect, shown)])
        named = f"auditlog-{self._clock().astimezone(HOME).date().isoformat()}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{named}"'}
        return Response("\ufeff" + out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)

    def _line(self, entry: AuditEntry) -> dict[str, Any]:
        return {
            "at": entry.at,
            "name": entry.name,
            "role": entry.role.label,
            "municipality": entry.municipality or "",
            "act": self._label(entry.act),
            "subject": self._ways.get(entry.subject, entry.subject),
            "outcome": entry.outcome.label,
            "failed": entry.outcome.value == "not_done",
            "is_request": entry.act.startswith("requests."),
        }

    def _label(self, act: str) -> str:
        """In plain Dutch; a code without words is shown as it is, never left out."""
        return self._labels.get(act, act)

    @property
    def _ways(self) -> dict[str, str]:
        return {name.removeprefix("way."): words for name, words in self._labels.items() if name.startswith("way.")}


def _typed(visit: Visit) -> dict[str, str]:
    return {name: visit.request.query_params.get(name, "").strip()[:100] for name in _FIELDS}


def _filter(visit: Visit, typed: dict[str, str]) -> AuditFilter:
    """What was chosen; a day that is none, or somebody who is nobody, chooses nothing."""
    until = _day(typed["tot"])
    who, about = typed["wie"], typed["waarover"]
    return AuditFilter(
        staff_id=int(who) if who.isascii() and who.isdigit() and len(who) < 10 else None,
        act=typed["wat"],
        subject=tidy_reference(about) if about.upper().startswith("AP") else about,
        since=_day(typed["van"]),
        before=until + timedelta(days=1) if until else None,
        municipality=visit.staff.municipality,
    )


def _day(text: str) -> datetime | None:
    """The beginning of a day in the Netherlands, in UTC."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    if not 2000 <= day.year < 2200:
        return None
    return datetime.combine(day, time(), HOME).astimezone(timezone.utc)


def _page_number(typed: str) -> int:
    return max(1, int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1
