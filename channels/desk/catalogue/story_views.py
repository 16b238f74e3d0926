"""What happened to a record, and taking it back; confirming in one click; taking a record away."""

from __future__ import annotations

from typing import Any

from starlette.responses import RedirectResponse, Response

from channels.desk.catalogue.comparing import differences
from channels.desk.catalogue.frame import BASE, Frame
from channels.desk.catalogue.services import EditorsHouse
from channels.desk.catalogue.shelves import Shelf
from channels.desk.doors import Visit
from channels.desk.forms import RefusedError
from knowledge.curation.record import Change, ChangeAction, ConflictError, Record

RECENT = 60


class StoryViews:
    """History, undo, confirming and removing."""

    def __init__(self, house: EditorsHouse, frame: Frame, shelves: dict[str, Shelf]) -> None:
        self._house = house
        self._frame = frame
        self._by_kind = {shelf.kind: shelf for shelf in shelves.values()}

    def history(self, shelf: Shelf, visit: Visit) -> Response:
        """Every change of one record, the newest first, field by field."""
        changes = self._house.records.history(shelf.kind, visit.path("id"))
        if not changes:
            raise RefusedError(404, "page", back=f"{BASE}/{shelf.slug}")
        told = [self._told(shelf, change) for change in changes]
        title = next((one["title"] for one in told if one["title"]), visit.path("id"))
        moved = visit.request.query_params.get("mis", "") == "intussen"
        return self._frame.page(
            visit,
            "catalogue/history.html",
            shelf=shelf,
            id=visit.path("id"),
            title=title,
            changes=told,
            moved=moved,
            now_revision=_revision(self._house.records.get(shelf.kind, visit.path("id"))),
        )

    def recent(self, visit: Visit) -> Response:
        """What changed lately in the whole catalogue."""
        changes = (one for one in self._house.records.recent(RECENT * 2) if one.action is not ChangeAction.SEEDED)
        told = [self._told(self._by_kind[one.kind], one) for one in list(changes)[:RECENT]]
        return self._frame.page(visit, "catalogue/recent.html", changes=told)

    def undo(self, shelf: Shelf, visit: Visit) -> Response:
        """Bring back what readers had before a change; when something changed since she looked, the page says so."""
        record_id, number = visit.path("id"), visit.form.get("number")
        changes = self._house.records.history(shelf.kind, record_id)
        chosen = next((change for change in changes if str(change.number) == number), None)
        if chosen is None:
            raise RefusedError(404, "page", back=f"{BASE}/{shelf.slug}/{record_id}/geschiedenis")
        try:
            self._take_back(shelf, chosen, visit, newest=chosen is changes[0])
        except ConflictError:
            return RedirectResponse(f"{BASE}/{shelf.slug}/{record_id}/geschiedenis?mis=intussen", 303)
        return self._frame.go(f"{shelf.slug}/{record_id}/geschiedenis", "undone")

    def _take_back(self, shelf: Shelf, change: Change, visit: Visit, *, newest: bool) -> None:
        """The newest is undone; of an older one, its text from before becomes the text of today."""
        if newest:
            self._house.records.undo(change.number, by=visit.staff.name)
            return
        self._house.records.publish(
            shelf.kind,
            change.id,
            dict(change.before or {}),
            by=visit.staff.name,
            base_revision=_number(visit.form.get("base_revision")),
            action=ChangeAction.UNDONE,
        )

    def confirm(self, shelf: Shelf, visit: Visit) -> Response:
        """Still right: checked today, by her. What changed meanwhile she has not seen, so she sees it first."""
        record_id = visit.path("id")
        record = self._house.records.get(shelf.kind, record_id)
        if record is None or not shelf.can_confirm:
            raise RefusedError(404, "page", back=f"{BASE}/{shelf.slug}")
        if str(record.revision) != visit.form.get("base_revision"):
            return RedirectResponse(f"{BASE}/{shelf.slug}/{record_id}", 303)
        body = shelf.confirmed(record.body, visit.staff.name, self._house.today())
        try:
            self._house.records.publish(
                shelf.kind,
                record_id,
                body,
                by=visit.staff.name,
                base_revision=record.revision,
                action=ChangeAction.CONFIRMED,
            )
        except ConflictError:
            return RedirectResponse(f"{BASE}/{shelf.slug}/{record_id}", 303)
        back = visit.form.get("terug")
        return self._frame.go("" if back == "vandaag" else f"{shelf.slug}/{record_id}", "confirmed")

    def remove(self, shelf: Shelf, visit: Visit) -> Response:
        """Take a record away from its readers, with the reason; its history stays, and so does the way back."""
        record_id, why = visit.path("id"), visit.form.get("why").strip()[:500]
        record = self._house.records.get(shelf.kind, record_id)
        if record is None:
            raise RefusedError(404, "page", back=f"{BASE}/{shelf.slug}")
        revision = _number(visit.form.get("base_revision"))
        try:
            self._house.records.remove(shelf.kind, record_id, by=visit.staff.name, base_revision=revision, why=why)
        except ConflictError:
            return RedirectResponse(f"{BASE}/{shelf.slug}/{record_id}", 303)
        return self._frame.go(f"{shelf.slug}/{record_id}/geschiedenis", "removed")

    def _told(self, shelf: Shelf, change: Change) -> dict[str, Any]:
        after = shelf.texts(change.after) if change.after is not None else {}
        before = shelf.texts(change.before) if change.before is not None else {}
        return {
            "change": change,
            "shelf": shelf,
            "title": shelf.title(after) or shelf.title(before),
            "differences": differences(shelf.sections, after, before) if change.before is not None else (),
            "may_undo": change.before is not None,
        }


def _revision(record: Record | None) -> int:
    return record.revision if record is not None else 0


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
