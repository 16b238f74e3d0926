"""One record on one page: its form, what is wrong with it, what a carer would see, and the ways to keep it."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from bot.staff.accounts import Permission
from channels.desk.catalogue.beside import BesideForm
from channels.desk.catalogue.comparing import differences, labels_of
from channels.desk.catalogue.frame import BASE, Frame
from channels.desk.catalogue.questions import Section, fill_in
from channels.desk.catalogue.services import EditorsHouse
from channels.desk.catalogue.shelves import Shelf
from channels.desk.catalogue.workbench import Work, Workbench
from channels.desk.doors import Visit
from channels.desk.forms import Form, RefusedError
from knowledge.curation.record import ConflictError, Draft, Record

NEW = "nieuw"
LONGEST_NOTE = 500


class RecordViews:
    """The pages on which a record is made and changed; the same for every kind."""

    def __init__(self, house: EditorsHouse, frame: Frame, beside: BesideForm) -> None:
        self._house = house
        self._frame = frame
        self._beside = beside
        self._bench = Workbench(house.records)

    def new(self, shelf: Shelf, visit: Visit) -> Response:
        """An empty form, or the copy of a record (``kopie``), or an answer to what somebody asked (``vraag``)."""
        query = visit.request.query_params
        texts = shelf.texts({})
        source = self._bench.open(shelf, query.get("kopie", "")) if "kopie" in query else None
        if source is not None:
            texts = {**source.texts, **shelf.not_copied}
        question = self._question(query.get("vraag", ""))
        if question and "questions" in texts:
            texts["questions"] = question
        return self._page(shelf, visit, Work("", texts, 0, 0))

    def show(self, shelf: Shelf, visit: Visit) -> Response:
        """The record or its draft; when both moved on, first the choice between them."""
        work = self._open(shelf, visit)
        if work.outdated:
            return self._conflict(shelf, visit, work, ConflictError(work.record))
        return self._page(shelf, visit, work)

    def change(self, shelf: Shelf, visit: Visit) -> Response:
        """What the button under the form asks: look, keep, ask a colleague, or publish."""
        record_id = visit.request.path_params.get("id", "")
        form = visit.form
        texts = typed_texts(form, shelf.sections, shelf.texts({}))
        base, version = _number(form.get("base_revision")), _number(form.get("version"))
        note = form.get("note").strip()[:LONGEST_NOTE]
        work = self._bench.typed(shelf, record_id, texts, base, version, note)
        if record_id and work.draft is None and not self._house.records.history(shelf.kind, record_id):
            raise RefusedError(404, "page", back=f"{BASE}/{shelf.slug}")
        try:
            return self._carry_out(shelf, visit, work, form.get("action"))
        except ConflictError as conflict:
            return self._conflict(shelf, visit, work, conflict)

    def drop_draft(self, shelf: Shelf, visit: Visit) -> Response:
        """Throw the draft away; what is published stays as it is."""
        work = self._open(shelf, visit)
        try:
            self._house.records.discard_draft(shelf.kind, work.id, version=_number(visit.form.get("version")))
        except ConflictError as conflict:
            return self._conflict(shelf, visit, work, conflict)
        return self._frame.done(shelf, "" if work.is_new else work.id, "dropped")

    def _question(self, number: str) -> str:
        return next((one.text for one in self._house.unanswered.all() if str(one.id) == number), "")

    def _open(self, shelf: Shelf, visit: Visit) -> Work:
        work = self._bench.open(shelf, visit.path("id"))
        if work is None:
            raise RefusedError(404, "page", back=f"{BASE}/{shelf.slug}")
        return work

    def _carry_out(self, shelf: Shelf, visit: Visit, work: Work, action: str) -> Response:
        body, faults = shelf.read(work.texts)
        if action == "bekijk":
            return self._page(shelf, visit, work, faults, looked=True)
        work = self._named(shelf, work)
        if action == "publiceer":
            visit.must(Permission.PUBLISH)
            lacking = () if faults else shelf.lacking(body, work.record.body if work.record else None)
            if not faults and not lacking:
                self._bench.publish(shelf, work, {**body, **shelf.identity(work.id)}, visit.staff.name)
                self._answered(body)
                return self._frame.done(shelf, work.id, "published")
            kept = self._bench.keep(shelf, work, visit.staff.name)
            return self._page(shelf, visit, kept, faults, lacking=lacking, status=422)
        if action == "controle":
            self._bench.ask_colleague(shelf, work, visit.staff.name)
            return self._frame.done(shelf, work.id, "in_review")
        self._bench.keep(shelf, work, visit.staff.name)
        return self._frame.done(shelf, work.id, "kept_faulty" if faults else "kept")

    def _answered(self, body: dict[str, Any]) -> None:
        """The questions that have an answer now wait for none any more."""
        answered = set(body.get("questions") or ())
        for question in self._house.unanswered.all() if answered else ():
            if question.text in answered and question.id is not None:
                self._house.unanswered.remove(question.id)

    def _named(self, shelf: Shelf, work: Work) -> Work:
        """A new record gets its identifier when it is kept for the first time."""
        if work.id:
            return work
        records = self._house.records
        taken = {one.id for one in records.changed_since(shelf.kind, -1)[1]} | {
            one.id for one in records.drafts(shelf.kind)
        }
        record_id = shelf.new_id(work.texts, taken)
        return Work(record_id, {**work.texts, **shelf.identity(record_id)}, 0, 0, note=work.note)

    def _page(
        self,
        shelf: Shelf,
        visit: Visit,
        work: Work,
        faults: Any = None,
        *,
        looked: bool = False,
        lacking: tuple[str, ...] = (),
        status: int = 200,
    ) -> Response:
        body, found = shelf.read(work.texts)
        told = faults if faults is not None else (found if work.draft is not None else ())
        sound = body if not found else None
        return self._frame.page(
            visit,
            "catalogue/record.html",
            status,
            shelf=shelf,
            work=work,
            sheet=fill_in(shelf.sections, work.texts, told, shelf.asked(work.texts)),
            title=shelf.title(work.texts),
            leftover=shelf.leftover(work.texts),
            lacking=lacking,
            doubts=() if sound is None else shelf.doubts(sound),
            looked=looked,
            beside=self._beside.of(shelf, work, sound, compared=looked or work.draft is not None),
            municipalities=self._house.regions.municipalities(),
            say=self._house.wording.text,
        )

    def _conflict(self, shelf: Shelf, visit: Visit, work: Work, conflict: ConflictError) -> Response:
        """Both versions, field by field; what is chosen goes into the form, and nothing is lost meanwhile."""
        theirs = conflict.theirs
        other, removed = _their_texts(shelf, theirs)
        draft = self._house.records.draft(shelf.kind, work.id)
        record = self._house.records.get(shelf.kind, work.id)
        return self._frame.page(
            visit,
            "catalogue/conflict.html",
            409,
            shelf=shelf,
            work=work,
            title=shelf.title(work.texts) or shelf.title(other),
            theirs=theirs,
            removed=removed,
            is_draft=isinstance(theirs, Draft),
            differences=differences(shelf.sections, work.texts, other, self._began_from(shelf, work)),
            columns=tuple(dict.fromkeys((*labels_of(shelf.sections), *work.texts))),
            now_revision=record.revision if record else 0,
            now_version=draft.version if draft else 0,
        )

    def _began_from(self, shelf: Shelf, work: Work) -> dict[str, str] | None:
        """What both editors had before them when they began."""
        for change in self._house.records.history(shelf.kind, work.id):
            if change.revision == work.base_revision and change.after is not None:
                return shelf.texts(change.after)
        return None


def typed_texts(form: Form, sections: tuple[Section, ...], empty: dict[str, str]) -> dict[str, str]:
    """What was typed, by column; where two versions stood side by side (``pick.…``), the one that was chosen."""
    texts = dict(empty)
    for column in dict.fromkeys((*labels_of(sections), *empty)):
        chosen = form.get(f"pick.{column}")
        values = form.many(f"{chosen}.{column}" if chosen in ("mine", "theirs") else f"f.{column}")
        lines = [line.rstrip() for value in values for line in value.replace("\r\n", "\n").split("\n")]
        texts[column] = "\n".join(dict.fromkeys(lines) if len(values) > 1 else lines).strip()
    return texts


def _their_texts(shelf: Shelf, theirs: Record | Draft | None) -> tuple[dict[str, str], bool]:
    """What stands there now, and whether it was taken away."""
    if isinstance(theirs, Draft):
        return shelf.texts_of_draft(theirs.body), False
    return ({}, True) if theirs is None else (shelf.texts(theirs.body), theirs.removed)


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
