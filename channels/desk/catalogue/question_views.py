"""Questions that nobody could answer, and what coordinators say is wrong with an offer."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from channels.desk.catalogue.frame import BASE, Frame
from channels.desk.catalogue.preview import OfferPreviews
from channels.desk.catalogue.services import EditorsHouse
from channels.desk.catalogue.shelves import OfferShelf
from channels.desk.doors import HANDLING, Visit
from channels.desk.forms import RefusedError
from knowledge.curation.reports import LONGEST, ReportedBy, ReportReason
from knowledge.offers.freshness import freshness_of


class QuestionViews:
    """Unanswered questions: an answer, or not needed."""

    def __init__(self, house: EditorsHouse, frame: Frame) -> None:
        self._house = house
        self._frame = frame

    def show(self, visit: Visit) -> Response:
        """All of them, the most asked first."""
        return self._frame.page(visit, "catalogue/questions.html", questions=self._house.unanswered.all())

    def remove(self, visit: Visit) -> Response:
        """Not needed: it goes from the list."""
        number = visit.path("id")
        if number.isascii() and number.isdigit() and len(number) < 12:
            self._house.unanswered.remove(int(number))
        back = "" if visit.form.get("terug") == "vandaag" else "vragen"
        return self._frame.go(back, "nothing_needed")


class ReportViews:
    """An offer as coordinators may look at it, and their word that something is wrong."""

    def __init__(self, house: EditorsHouse, frame: Frame, shelf: OfferShelf) -> None:
        self._house = house
        self._frame = frame
        self._shelf = shelf
        self._previews = OfferPreviews(house)

    def look(self, visit: Visit) -> Response:
        """The offer as a carer sees it, with a form to say what is wrong."""
        offer = self._house.catalogue.offer(visit.path("id"))
        if offer is None:
            raise RefusedError(404, "page", back=f"{BASE}/aanbod")
        return self._frame.page(
            visit,
            "catalogue/look.html",
            offer=offer,
            preview=self._previews.of(offer, compared=False),
            freshness=freshness_of(offer, self._house.today()),
            missing=self._shelf.missing(offer),
            reasons=list(ReportReason),
            longest=LONGEST,
            may_report=visit.staff.role in HANDLING,
            say=self._house.wording.text,
        )

    def report(self, visit: Visit) -> Response:
        """Keep what a coordinator says is wrong."""
        offer_id, reason = visit.path("id"), visit.form.get("reason")
        known = {one.value for one in ReportReason}
        if self._house.catalogue.offer(offer_id) is None or reason not in known:
            raise RefusedError(404, "page", back=f"{BASE}/aanbod")
        words = visit.form.get("words")
        self._house.reports.add(offer_id, ReportReason(reason), ReportedBy.COORDINATOR, words)
        return RedirectResponse(f"{BASE}/aanbod/{offer_id}/bekijken?gedaan=reported", 303)

    def settle(self, visit: Visit) -> Response:
        """An editor looked at it."""
        number = visit.path("number")
        if number.isascii() and number.isdigit() and len(number) < 12:
            self._house.reports.handle(int(number), by=visit.staff.name)
        back = visit.form.get("terug")
        return self._frame.go("" if back == "vandaag" else f"aanbod/{visit.path('id')}", "settled")
