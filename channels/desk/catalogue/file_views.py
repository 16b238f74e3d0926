"""Files in and out: first what a file would do, row by row, then one button that does just that; and downloads."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from starlette.responses import Response

from channels.desk.catalogue.frame import BASE, Frame
from channels.desk.catalogue.services import EditorsHouse
from channels.desk.doors import Visit
from channels.desk.forms import RefusedError, Room
from knowledge.curation.record import RecordKind
from knowledge.exchange.importing import apply_import, plan_file
from knowledge.exchange.importing_plan import ImportPlan, Outcome
from knowledge.exchange.messages import SheetError
from knowledge.exchange.report import row_lines
from knowledge.exchange.sheets import MOST_BYTES, write_file
from knowledge.exchange.sheets_template import template

UPLOAD = Room(MOST_BYTES + 64 * 1024, most_fields=10, files=True, too_big="file_too_big")
SHOWN_ROWS = 200  # of each outcome; an editor mends the first, not the ten thousandth
PLANS_KEPT = 8
PLAN_HOLDS = timedelta(hours=1)
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "hsds.json": "application/json",
}


@dataclass(frozen=True)
class _Kept:
    plan: ImportPlan
    owner: int
    at: datetime


class Plans:
    """The plans that wait for their button, in this process only: after a restart the file is simply chosen again."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = Lock()

    def keep(self, plan: ImportPlan, owner: int) -> str:
        """A word by which its owner gets it back."""
        word = secrets.token_urlsafe(16)
        with self._lock:
            self._kept[word] = _Kept(plan, owner, self._now())
            while len(self._kept) > PLANS_KEPT:
                self._kept.popitem(last=False)
        return word

    def take(self, word: str, owner: int) -> ImportPlan | None:
        """The plan, once; ``None`` when it is not there any more, or not hers."""
        with self._lock:
            kept = self._kept.get(word)
            if kept is None or kept.owner != owner:
                return None
            del self._kept[word]
        return kept.plan if self._now() - kept.at <= PLAN_HOLDS else None


class FileViews:
    """The page of files."""

    def __init__(self, house: EditorsHouse, frame: Frame) -> None:
        self._house = house
        self._frame = frame
        self._plans = Plans(house.now)

    def show(self, visit: Visit) -> Response:
        """Choose a file, or take one."""
        return self._page(visit)

    def try_out(self, visit: Visit) -> Response:
        """What this file would do; nothing is written."""
        upload = visit.form.files.get("file")
        if upload is None or not upload.name:
            return self._page(visit, 422, wrong="none")
        try:
            plan = plan_file(upload.content, upload.name, self._house.records, self._house.regions)
        except SheetError as error:
            return self._page(visit, 422, wrong="file", text=error.text)
        word = self._plans.keep(plan, visit.staff.id)
        return self._frame.page(
            visit,
            "catalogue/import.html",
            plan=plan,
            word=word,
            rows={outcome: plan.of(outcome)[:SHOWN_ROWS] for outcome in Outcome if outcome is not Outcome.UNCHANGED},
            lines=lambda row: tuple(row_lines(row)),
            shown=SHOWN_ROWS,
            refused=plan.counts[Outcome.REFUSED],
            changing=plan.counts[Outcome.NEW] + plan.counts[Outcome.CHANGED],
        )

    def carry_out(self, visit: Visit) -> Response:
        """Do what the plan says, all or nothing."""
        plan = self._plans.take(visit.form.get("plan"), visit.staff.id)
        if plan is None:
            return self._page(visit, 409, wrong="forgotten")
        imported = apply_import(
            plan, self._house.records, visit.staff.name, skip_refused=visit.form.get("skip_refused") == "ja"
        )
        return self._page(visit, 409 if imported.conflicts else 200, imported=imported)

    def export(self, visit: Visit) -> Response:
        """All offers as one file."""
        ending = visit.path("ending")
        if ending not in _TYPES:
            raise RefusedError(404, "page", back=f"{BASE}/bestanden")
        bodies = [record.body for record in self._house.records.all(RecordKind.OFFER)]
        return self._download(write_file(bodies, f"aanbod.{ending}"), f"aanbod-{self._house.today()}.{ending}", ending)

    def template(self, visit: Visit) -> Response:
        """An empty file with the columns and their help."""
        ending = visit.path("ending")
        if ending not in ("csv", "xlsx"):
            raise RefusedError(404, "page", back=f"{BASE}/bestanden")
        return self._download(template(f"voorbeeld.{ending}"), f"aanbod-voorbeeld.{ending}", ending)

    def _page(self, visit: Visit, status: int = 200, **values: object) -> Response:
        known = {"wrong": "", "text": "", "imported": None, "most_megabytes": MOST_BYTES // (1024 * 1024)}
        return self._frame.page(visit, "catalogue/files.html", status, **{**known, **values})

    @staticmethod
    def _download(content: bytes, name: str, ending: str) -> Response:
        return Response(
            content, media_type=_TYPES[ending], headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )
