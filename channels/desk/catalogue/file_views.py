"""Files in and out: first what a file would do, row by row, then one button that does just that; and downloads."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from channels.desk.catalogue.carried_files import CarriedFile, CarriedFiles
from channels.desk.catalogue.frame import BASE, Frame
from channels.desk.catalogue.services import EditorsHouse
from channels.desk.doors import Visit
from channels.desk.forms import RefusedError, Room
from knowledge.curation.record import RecordKind
from knowledge.exchange.importing import apply_import, plan_file
from knowledge.exchange.importing_plan import Outcome
from knowledge.exchange.messages import SheetError
from knowledge.exchange.report import row_lines
from knowledge.exchange.sheets import MOST_BYTES, write_file
from knowledge.exchange.sheets_template import template

UPLOAD = Room(MOST_BYTES + 64 * 1024, most_fields=10, files=True, too_big="file_too_big")
SHOWN_ROWS = 200  # of each outcome; an editor mends the first, not the ten thousandth
CARRIED = Room(2 * MOST_BYTES, most_fields=10, too_big="file_too_big")  # a file in a form takes a third more
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "hsds.json": "application/json",
}


class FileViews:
    """The page of files."""

    def __init__(self, house: EditorsHouse, frame: Frame, secret: str) -> None:
        self._house = house
        self._frame = frame
        self._carried = CarriedFiles(secret, house.now)

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
        carried = self._carried.pack(CarriedFile(upload.content, upload.name, plan.base), visit.staff.id)
        return self._frame.page(
            visit,
            "catalogue/import.html",
            plan=plan,
            carried=carried,
            rows={outcome: plan.of(outcome)[:SHOWN_ROWS] for outcome in Outcome if outcome is not Outcome.UNCHANGED},
            lines=lambda row: tuple(row_lines(row)),
            shown=SHOWN_ROWS,
            refused=plan.counts[Outcome.REFUSED],
            changing=plan.counts[Outcome.NEW] + plan.counts[Outcome.CHANGED],
        )

    def carry_out(self, visit: Visit) -> Response:
        """Do what was shown, all or nothing; a record that changed since is named, and then nothing is done."""
        file = self._carried.unpack(visit.form.get("plan"), visit.staff.id)
        if file is None:
            return self._page(visit, 409, wrong="forgotten")
        plan = plan_file(file.content, file.name, self._house.records, self._house.regions)
        plan = replace(plan, base={each: file.base.get(each, 0) for each in plan.base})
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
