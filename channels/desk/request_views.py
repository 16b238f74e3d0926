"""The inbox and the one screen on which a request is answered."""

from __future__ import annotations

from typing import Any

from starlette.responses import RedirectResponse, Response

from bot.request.base import MOST_TEXT, TextError
from bot.request.desk import RequestDesk
from bot.request.inbox import PAGE_SIZE, InboxFilter, InboxView, minutes_left
from bot.request.record import tidy_reference
from bot.request.staff_side import RequestFile
from bot.request.states import IN_HAND, WAITING_FOR_SOMEONE
from bot.request.vocabulary import FieldKey, Section
from bot.wording import Wording
from channels.desk.doors import Visit
from channels.desk.pages import Pages

DONE_CODES = ("accepted", "contacted", "tried", "message", "chat_ended", "resolved")


class RequestViews:
    """Pages of the inbox and of one request."""

    def __init__(self, requests: RequestDesk, wording: Wording, pages: Pages) -> None:
        self._requests = requests
        self._wording = wording
        self._pages = pages

    def inbox(self, visit: Visit) -> Response:
        """The inbox as a page."""
        return self._pages.page(visit, "inbox.html", **self._inbox_values(visit))

    def inbox_list(self, visit: Visit) -> Response:
        """Only the list of the inbox, from the same template, for the page that keeps itself up to date."""
        return self._pages.page(visit, "_inbox_list.html", **self._inbox_values(visit))

    def find(self, visit: Visit) -> Response:
        """Go to the request with the reference that was typed, however it was typed."""
        return RedirectResponse(
            f"/desk/requests/{tidy_reference(visit.request.query_params.get('reference', ''))}", 303
        )

    def show(self, visit: Visit) -> Response:
        """One request on one screen; opening it marks it as seen."""
        return self._screen(visit)

    def accept(self, visit: Visit) -> Response:
        """Take it up."""
        return self._done(self._requests.accept(visit.path("reference"), visit.staff).reference, "accepted")

    def contacted(self, visit: Visit) -> Response:
        """Note that there was contact, or that it was tried."""
        reached = visit.form.get("reached", "yes") == "yes"
        self._requests.mark_contacted(visit.path("reference"), visit.staff, reached=reached)
        return self._done(visit.path("reference"), "contacted" if reached else "tried")

    def message(self, visit: Visit) -> Response:
        """Write to her."""
        text = visit.form.get("text", "")
        try:
            self._requests.reply(visit.path("reference"), visit.staff, text)
        except TextError as error:
            return self._screen(visit, 422, wrong_field="message", wrong=error.code, typed=text)
        return self._done(visit.path("reference"), "message")

    def end_chat(self, visit: Visit) -> Response:
        """Close the talk in her window."""
        self._requests.end_chat(visit.path("reference"), visit.staff)
        return self._done(visit.path("reference"), "chat_ended")

    def resolve(self, visit: Visit) -> Response:
        """Close the request, with an outcome she reads."""
        outcome = visit.form.get("outcome", "")
        try:
            self._requests.resolve(visit.path("reference"), visit.staff, outcome)
        except TextError as error:
            return self._screen(visit, 422, wrong_field="outcome", wrong=error.code, typed=outcome)
        return self._done(visit.path("reference"), "resolved")

    def _done(self, reference: str, code: str) -> Response:
        return RedirectResponse(f"/desk/requests/{reference}?done={code}", 303)

    def _inbox_values(self, visit: Visit) -> dict[str, Any]:
        query = visit.request.query_params
        chosen = query.get("view", "")
        view = InboxView(chosen) if chosen in {item.value for item in InboxView} else InboxView.OPEN
        page = _page_number(query.get("page", ""))
        counts = self._requests.counts(visit.staff)
        return {
            "view": view,
            "views": list(InboxView),
            "counts": counts,
            "lines": self._requests.inbox(InboxFilter(view, visit.staff, page)),
            "page": page,
            "pages": max(1, -(-counts[view] // PAGE_SIZE)),
        }

    def _screen(
        self, visit: Visit, status: int = 200, wrong_field: str = "", wrong: str = "", typed: str = ""
    ) -> Response:
        file = self._requests.open_file(visit.path("reference"), visit.staff)
        request, done = file.request, visit.request.query_params.get("done", "")
        return self._pages.page(
            visit,
            "request.html",
            status,
            request=request,
            shared={key.value: request.shared(key) for key in FieldKey},
            sections=[(section, [item for item in request.fields if item.section is section]) for section in Section],
            history=file.events,
            messages=file.messages,
            told=self._told(file),
            minutes_left=minutes_left(request, self._requests.now(), self._requests.office),
            can_accept=request.state in WAITING_FOR_SOMEONE,
            mine=request.state in IN_HAND and request.owner_id == visit.staff.id,
            done=done if done in DONE_CODES else "",
            wrong_field=wrong_field,
            wrong=wrong,
            typed=typed,
            most_text=MOST_TEXT,
        )

    def _told(self, file: RequestFile) -> list[dict[str, Any]]:
        """What she was told, in the very words she read."""
        return [
            {
                "at": notice.created_at,
                "read": notice.delivered_at is not None,
                "text": self._wording.text(notice.response, **notice.values),
            }
            for notice in file.notices
        ]


def _page_number(typed: str) -> int:
    """From 1; nonsense and astronomical numbers are page 1."""
    return max(1, int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1
