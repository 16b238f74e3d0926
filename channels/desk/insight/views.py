"""The page of figures, and the table behind each of them as a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from babel.dates import format_date
from starlette.responses import Response
from starlette.routing import Route

from bot.insight.book import Book, Insight
from bot.insight.figures import Figure
from bot.insight.months import bounds, in_words, shifted
from bot.insight.questions import (
    ASKED_BEFORE,
    CONTACT,
    ENDING,
    HANDOVER,
    KIND,
    REASON,
    REST,
    Ending,
    Question,
)
from bot.insight.supply import Supply
from bot.request.record import DUTCH_TIME
from channels.desk.doors import INSIGHT, Visit
from channels.desk.forms import RefusedError
from channels.desk.insight import charts, mapping, sheets
from channels.desk.insight.choosing import Chosen, choose
from channels.desk.pages import Pages
from knowledge.offers.record import Offer
from knowledge.places.regions import Point, Regions

TOO_WIDE = 30  # per cent: a range that is wider says nothing, and is left out
_KEPT_TONES = {
    **dict.fromkeys((*sheets.KEPT, f"only-{sheets.KEPT[0]}"), "good"),
    "nearly": "nearly",
    "taken_up": "late",
    "late": "late",
    "only-taken_up": "late",
}
_ENDING_TONES = {
    "first_door": "good",
    "second_door": "half",
    "outside": "half",
    "unreached": "late",
    "reopened": "late",
}
_REST_TONES = {"more": "good", "same": "half", "less": "late", "not_happened": "late"}


class InsightViews:
    """Reads the book of this month, and shows what was chosen of it."""

    def __init__(
        self, insight: Insight, pages: Pages, regions: Regions, offers: Callable[[], tuple[Offer, ...]]
    ) -> None:
        self._insight = insight
        self._pages = pages
        self._regions = regions
        self._offers = offers
        self._supplied: tuple[tuple[Offer, ...], Supply] | None = None

    def show(self, visit: Visit) -> Response:
        """The page."""
        book = self._insight.book()
        chosen = choose(visit, book, self._regions)
        supply = self._supply()
        figures = {question.code: self._figure(book, question, chosen) for question in _ALL}
        around = book.by_municipality(KIND, chosen.place.around, chosen.period)
        found = self._sheets(book, chosen)
        by_month = book.by_month(CONTACT, chosen.place.municipalities, chosen.period)
        contact, ended = figures[CONTACT.code], figures[ENDING.code]
        last = min(chosen.period.last, book.last)
        return self._pages.page(
            visit,
            "insight/page.html",
            chosen=chosen,
            figures=figures,
            sheets=found,
            tidy=_tidy,
            month_words=in_words,
            book=book,
            next_day=_first_day_after(shifted(book.last, 1)),
            kept=_said(contact, *sheets.KEPT),
            taken_up=_said(contact, *sheets.TAKEN_UP),
            first_door=_said(ended, Ending.FIRST_DOOR.value),
            wrong_doors=_said(ended, Ending.SECOND_DOOR.value, Ending.OUTSIDE.value),
            contact_bars=charts.bars(CONTACT, contact, _KEPT_TONES),
            marks=charts.kept_by_month(by_month, max(chosen.period.first, book.first or last), last),
            ending_bars=charts.bars(ENDING, ended, _ENDING_TONES),
            handover_bars=charts.bars(HANDOVER, figures[HANDOVER.code]),
            asked_bars=charts.bars(ASKED_BEFORE, figures[ASKED_BEFORE.code]),
            reason_bars=charts.bars(REASON, figures[REASON.code]),
            rest_bars=charts.bars(REST, figures[REST.code], _REST_TONES),
            slope=charts.slope(figures[REST.code]),
            pairs=charts.pairs(figures[KIND.code], supply.in_places(chosen.place.municipalities)),
            map=mapping.draw_map(
                around, supply.relief_by_municipality(), self._regions, self._points, chosen.place.around
            ),
            map_width=mapping.WIDTH,
            may_go_elsewhere=visit.staff.municipality is None,
        )

    def download(self, visit: Visit) -> Response:
        """One table as a file: the same guarded numbers as on the page."""
        book = self._insight.book()
        chosen = choose(visit, book, self._regions)
        sheet = self._sheets(book, chosen).get(visit.path("id"))
        if sheet is None:
            raise RefusedError(404, "page")
        headers = {"Content-Disposition": f'attachment; filename="inzicht-{sheet.code}.csv"'}
        text = sheet.as_csv(chosen.place.label, chosen.period.label)
        return Response(text, media_type="text/csv; charset=utf-8", headers=headers)

    def _sheets(self, book: Book, chosen: Chosen) -> dict[str, sheets.Sheet]:
        def plain(question: Question) -> sheets.Sheet:
            return sheets.answers_sheet(question, self._figure(book, question, chosen))

        supply = self._supply()
        found = (
            plain(CONTACT),
            sheets.contact_by_month(book, chosen),
            plain(ENDING),
            plain(HANDOVER),
            plain(ASKED_BEFORE),
            sheets.rest_sheet(self._figure(book, REST, chosen)),
            sheets.supply_sheet(self._figure(book, KIND, chosen), supply.in_places(chosen.place.municipalities)),
            sheets.map_sheet(
                book.by_municipality(KIND, chosen.place.around, chosen.period),
                supply.relief_by_municipality(),
                self._regions,
            ),
            sheets.reason_sheet(self._figure(book, REASON, chosen)),
        )
        return {sheet.code: sheet for sheet in found}

    def _figure(self, book: Book, question: Question, chosen: Chosen) -> Figure:
        return book.figure(question, chosen.place.municipalities, chosen.period)

    def _supply(self) -> Supply:
        offers = self._offers()
        if self._supplied is None or self._supplied[0] is not offers:
            self._supplied = (offers, Supply(offers, self._regions))
        return self._supplied[1]

    @cached_property
    def _points(self) -> tuple[tuple[str, Point], ...]:
        """The municipality and the place of every postcode that has one."""
        known = (self._regions.by_postcode(str(digits)) for digits in range(1000, 10000))
        return tuple((each.municipality, each.point) for each in known if each is not None and each.point is not None)


_ALL = (CONTACT, ENDING, HANDOVER, ASKED_BEFORE, KIND, REASON, REST)


def _said(figure: Figure, *answers: str) -> str | None:
    share = charts.bounds_in_per_cent(figure.share(*answers))
    if share is None or share[1] - share[0] > TOO_WIDE:
        return None
    return charts.per_cent(*share)


def _first_day_after(month: str) -> str:
    return format_date(bounds(month)[1].astimezone(DUTCH_TIME).date(), "d MMMM y", locale="nl")


def _tidy(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def insight_routes(views: InsightViews, get: Callable[..., Any]) -> tuple[Route, ...]:
    """The page and its files."""
    return (get("/inzicht", views.show, INSIGHT), get("/inzicht/{id}.csv", views.download, INSIGHT))
