"""Lists: offers with search and filters, and the smaller kinds with search."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from channels.desk.catalogue.frame import BASE, Frame
from channels.desk.catalogue.offer_list import FILTERS, SORTS, Asked, OfferList
from channels.desk.catalogue.services import EditorsHouse
from channels.desk.catalogue.shelves import Shelf
from channels.desk.doors import Visit
from knowledge.curation.record import Draft, Record, RecordKind
from knowledge.places.names import key_of

PAGE_SIZE = 50


class ListViews:
    """Pages with many records."""

    def __init__(self, house: EditorsHouse, frame: Frame, offers: OfferList) -> None:
        self._house = house
        self._frame = frame
        self._offers = offers

    def offers(self, visit: Visit) -> Response:
        """The offers; coordinators may look, editors may choose several and change them at once."""
        asked = Asked.of(visit.request.query_params)
        found = self._offers.find(asked)
        drafts = {draft.id: draft for draft in self._house.records.drafts(RecordKind.OFFER)}
        return self._frame.page(
            visit,
            "catalogue/offers.html",
            asked=asked,
            found=found,
            filters=FILTERS,
            sorts=SORTS,
            drafts=drafts,
            new_drafts=[draft for draft in drafts.values() if draft.base_revision == 0],
            total=len(self._offers.lines()),
            without=_without(asked),
            address=f"{BASE}/aanbod?{_query(asked)}{'&' if _query(asked) else ''}",
            query=_query(asked),
        )

    def records(self, shelf: Shelf, visit: Visit) -> Response:
        """All records of a smaller kind, and the drafts of new ones."""
        words = visit.request.query_params.get("zoek", "").strip()[:200]
        drafts = {draft.id: draft for draft in self._house.records.drafts(shelf.kind)}
        rows = [self._row(shelf, record, drafts.get(record.id)) for record in self._house.records.all(shelf.kind)]
        known = {row["id"] for row in rows}
        rows += [self._row(shelf, draft, draft) for draft in drafts.values() if draft.id not in known]
        wanted = [key_of(word) for word in words.split()]
        rows = [row for row in rows if all(word in row["found_by"] for word in wanted)]
        rows.sort(key=lambda row: key_of(row["title"]))
        page, pages = _page(visit.request.query_params.get("page", ""), len(rows))
        return self._frame.page(
            visit,
            "catalogue/records.html",
            shelf=shelf,
            rows=rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE],
            count=len(rows),
            words_typed=words,
            page=page,
            pages=pages,
            address=f"{BASE}/{shelf.slug}?{urlencode({'zoek': words})}&" if words else f"{BASE}/{shelf.slug}?",
            today=self._house.today(),
        )

    def _row(self, shelf: Shelf, one: Record | Draft, draft: Draft | None) -> dict[str, Any]:
        texts = shelf.texts_of_draft(one.body) if isinstance(one, Draft) else shelf.texts(one.body)
        return {
            "id": one.id,
            "title": shelf.title(texts) or one.id,
            "texts": texts,
            "body": {} if isinstance(one, Draft) else one.body,
            "draft": draft,
            "published": isinstance(one, Record),
            "by": one.by if isinstance(one, Draft) else one.changed_by,
            "at": one.at if isinstance(one, Draft) else one.changed_at,
            "found_by": key_of(" ".join((one.id, *texts.values()))),
        }


def _query(asked: Asked) -> str:
    """The question as an address, without its page."""
    named = {"zoek": asked.words, **{dutch: getattr(asked, name) for dutch, name in FILTERS.items()}}
    if asked.sort != SORTS[0]:
        named["sorteer"] = asked.sort
    return urlencode({name: value for name, value in named.items() if value})


def _without(asked: Asked) -> dict[str, str]:
    """For every filter that is on: the address without it."""
    names = ("words", *FILTERS.values())
    return {name: f"{BASE}/aanbod?{_query(_off(asked, name))}" for name in names if getattr(asked, name)}


def _off(asked: Asked, name: str) -> Asked:
    changed: dict[str, Any] = {name: ""}
    return replace(asked, **changed)


def _page(typed: str, count: int) -> tuple[int, int]:
    pages = max(1, -(-count // PAGE_SIZE))
    page = int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 6 else 1
    return min(max(page, 1), pages), pages
