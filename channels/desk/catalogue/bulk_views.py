"""Many offers at once, as when a house burns down: close or reopen them, and tell people with a banner."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.responses import Response

from channels.desk.catalogue.frame import BASE, Frame
from channels.desk.catalogue.guided_shelves import BannerShelf
from channels.desk.catalogue.offer_list import Asked, Line, OfferList
from channels.desk.catalogue.services import EditorsHouse
from channels.desk.catalogue.shelves import free_id, slug_of
from channels.desk.doors import Visit
from channels.desk.forms import RefusedError, Room
from knowledge.curation.closing import CLOSED, ClosingError, close_offers
from knowledge.curation.record import ChangeAction, ConflictError, RecordKind
from knowledge.offers.data import read_offer
from knowledge.vocabulary import OfferKind, OfferStatus, Scope

CHOSEN = Room(256 * 1024, most_fields=200)
MOST_PLACES = 60  # more municipalities than these, and the banner is for the whole country
OPEN = "open"


class BulkViews:
    """Choose, confirm, do."""

    def __init__(self, house: EditorsHouse, frame: Frame, offers: OfferList, banners: BannerShelf) -> None:
        self._house = house
        self._frame = frame
        self._offers = offers
        self._banners = banners

    def choose(self, visit: Visit) -> Response:
        """The chosen offers, and what can be done with them."""
        lines = self._chosen(visit)
        if not lines:
            raise RefusedError(422, "nothing_chosen", back=f"{BASE}/aanbod")
        return self._page(visit, lines)

    def carry_out(self, visit: Visit) -> Response:
        """Close or reopen all of them, all or nothing."""
        lines, form = self._chosen(visit), visit.form
        wrong = [code for code, lacks in self._lacking(visit, lines) if lacks]
        banner, faults = self._banner(visit, lines)
        if wrong or faults:
            return self._page(visit, lines, 422, wrong=wrong, faults=[fault.text for fault in faults])
        try:
            self._change(
                form.get("status"), [line.offer.id for line in lines], visit.staff.name, form.get("why").strip()
            )
        except (ConflictError, ClosingError):
            return self._page(visit, lines, 409, wrong=["moved"])
        if banner is not None:
            self._publish_banner(banner, visit.staff.name)
        return self._frame.go("aanbod", "reopened" if form.get("status") == OPEN else "closed")

    def _chosen(self, visit: Visit) -> tuple[Line, ...]:
        """Those that were ticked, or everything that a search found."""
        form = visit.form
        if form.get("which") == "all":
            return self._offers.find(Asked.of(dict(parse_qsl(form.get("query"))))).all
        wanted = set(form.many("id"))
        return tuple(line for line in self._offers.lines() if line.offer.id in wanted)

    def _lacking(self, visit: Visit, lines: tuple[Line, ...]) -> tuple[tuple[str, bool], ...]:
        status, count = visit.form.get("status"), visit.form.get("count")
        return (
            ("status", status not in {OPEN, *(one.value for one in CLOSED)}),
            ("why", not visit.form.get("why").strip()),
            ("other", not lines or count != str(len(lines))),
        )

    def _change(self, status: str, ids: list[str], by: str, why: str) -> None:
        records = self._house.records
        if status != OPEN:
            close_offers(ids, OfferStatus(status), by, why, records)
            return
        bodies, base = {}, {}
        for one in ids:
            record = records.get(RecordKind.OFFER, one)
            if record is None:
                raise ClosingError("unknown", (one,))
            bodies[one] = {**record.body, "status": self._status_before(one).value}
            read_offer(bodies[one])
            base[one] = record.revision
        records.publish_many(RecordKind.OFFER, bodies, by=by, action=ChangeAction.EDITED, why=why, base=base)

    def _status_before(self, offer_id: str) -> OfferStatus:
        """What it was before it was closed at the desk; unknown when nobody closed it here."""
        for change in self._house.records.history(RecordKind.OFFER, offer_id):
            if change.action is ChangeAction.CLOSED and change.before is not None:
                return OfferStatus(change.before.get("status", OfferStatus.UNKNOWN.value))
        return OfferStatus.UNKNOWN

    def _banner(self, visit: Visit, lines: tuple[Line, ...]) -> tuple[dict[str, Any] | None, tuple[Any, ...]]:
        """The banner that goes with it, for the places of the chosen offers."""
        if visit.form.get("banner") != "ja":
            return None, ()
        places = sorted({place for line in lines for place in line.offer.municipalities})
        local = bool(places) and len(places) <= MOST_PLACES and all(line.offer.municipalities for line in lines)
        scope = Scope.MUNICIPALITY if local else Scope.NATIONAL
        kinds = {kind for line in lines for kind in line.offer.kinds[:1]}
        texts: Mapping[str, str] = {
            "text": visit.form.get("banner_text"),
            "scope": scope.label,
            "begins": f"{self._house.today():%d-%m-%Y}",
            "ends": visit.form.get("banner_ends"),
            "municipalities": "\n".join(places) if local else "",
            "kinds": "\n".join(kind.label for kind in OfferKind if kind in kinds),
            "asks_what_fell_away": "ja",
        }
        return self._banners.read(texts)

    def _publish_banner(self, body: dict[str, Any], by: str) -> None:
        taken = {record.id for record in self._house.records.changed_since(RecordKind.BANNER, -1)[1]}
        banner_id = free_id(slug_of(str(body["text"])[:40], "_"), taken, "_")
        self._house.records.publish(RecordKind.BANNER, banner_id, body, by=by, base_revision=0)

    def _page(
        self, visit: Visit, lines: tuple[Line, ...], status: int = 200, wrong: Any = (), faults: Any = ()
    ) -> Response:
        form = visit.form
        names = ("status", "why", "banner", "banner_text", "banner_ends")
        return self._frame.page(
            visit,
            "catalogue/bulk.html",
            status,
            lines=lines,
            which="all" if form.get("which") == "all" else "ticked",
            query=form.get("query"),
            statuses=[one for one in OfferStatus if one in CLOSED],
            typed={name: form.get(name) for name in names},
            wrong=wrong,
            faults=faults,
            places=sorted({place for line in lines for place in line.offer.municipalities}),
            most_places=MOST_PLACES,
        )
