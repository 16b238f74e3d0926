"""The inbox, and what is done with the one screen on which a request is answered."""

from __future__ import annotations

import re
from typing import Any

from starlette.responses import RedirectResponse, Response

from bot.request.base import TextError, required_text
from bot.request.desk import RequestDesk
from bot.request.inbox import PAGE_SIZE, InboxFilter, InboxView, minutes_left
from bot.request.outcome import plain_outcome
from bot.request.record import REFERENCE_ALPHABET, tidy_reference
from bot.staff.accounts import Staff
from bot.wording import Wording
from channels.desk.doors import Visit
from channels.desk.pages import Pages
from channels.desk.request_screen import RequestScreen

DONE_CODES = (
    "accepted", "contacted", "tried", "message", "chat_ended", "resolved", "forwarded", "refused", "taken_back",
    "outside", "asked", "planned", "noted", "reopened", "proposed",
)  # fmt: skip
TYPED = (
    "message", "outcome", "why", "next_step", "receiver", "reason", "agrees", "refusal", "who", "day", "time", "note",
    "reopening", "why_not",
)  # fmt: skip
"""Every field somebody can type in on the screen of a request."""
FORMS = ("plan", "forward", "refuse", "reopen", "note", "closing")
"""Forms that are folded away until somebody asks for one (``?open=``)."""
_REFERENCE = re.compile(rf"AP-[{REFERENCE_ALPHABET}]{{4}}-[{REFERENCE_ALPHABET}]{{2}}")


class RequestViews:
    """Pages of the inbox and of one request."""

    def __init__(self, requests: RequestDesk, wording: Wording, pages: Pages) -> None:
        self.requests = self._requests = requests
        self._wording = wording
        self._pages = pages
        self._screen = RequestScreen(requests, wording)

    def inbox(self, visit: Visit) -> Response:
        """The inbox as a page."""
        return self._pages.page(visit, "inbox.html", **self._inbox_values(visit))

    def inbox_list(self, visit: Visit) -> Response:
        """Only the list of the inbox, from the same template, for the page that keeps itself up to date."""
        return self._pages.part(visit, "_inbox_list.html", **self._inbox_values(visit))

    def find(self, visit: Visit) -> Response:
        """Go to the request with the reference that was typed, however it was typed; other words are searched."""
        typed = visit.request.query_params.get("reference", "")
        reference = tidy_reference(typed)
        if _REFERENCE.fullmatch(reference):
            return RedirectResponse(f"/desk/requests/{reference}", 303)
        lines = self._requests.search(visit.staff, typed)
        return self._pages.page(visit, "found.html", lines=lines, typed=typed[:200], most=PAGE_SIZE)

    def show(self, visit: Visit) -> Response:
        """One request on one screen; opening it marks it as seen."""
        return self.screen(visit)

    def live(self, visit: Visit) -> Response:
        """For a screen that is open: the time left, and a mark that is another one as soon as something happened.

        It is asked every few seconds and shows nothing of what is in the request, so it is no view of it for the audit
        log; the screen that is then fetched is.
        """
        request, mark = self._requests.mark(visit.request.query_params.get("reference", ""), visit.staff)
        office = self._requests.office_for(request.municipality)
        left = minutes_left(request, self._requests.now(), office)
        values = {"request": request, "now": self._requests.now(), "mark": mark, "minutes_left": left}
        return self._pages.part(visit, "_live.html", minutes_a_day=office.minutes_a_day, **values)

    def accept(self, visit: Visit) -> Response:
        """Take it up."""
        return self.done(self._requests.accept(visit.path("reference"), visit.staff).reference, "accepted")

    def contacted(self, visit: Visit) -> Response:
        """Note that there was contact, or that it was tried."""
        reached = visit.form.get("reached", "yes") == "yes"
        self._requests.mark_contacted(visit.path("reference"), visit.staff, reached=reached)
        return self.done(visit.path("reference"), "contacted" if reached else "tried")

    def message(self, visit: Visit) -> Response:
        """Write to her."""
        return self.send_message(visit, asks=False)

    def send_message(self, visit: Visit, *, asks: bool) -> Response:
        """Write to her; ``asks``: and wait for her answer."""
        text, write = visit.form.get("text"), self._requests.ask if asks else self._requests.reply
        try:
            write(visit.path("reference"), visit.staff, text)
        except TextError as error:
            return self.screen(visit, 422, wrong_field="message", wrong=error.code, typed={"message": text})
        return self.done(visit.path("reference"), "asked" if asks else "message")

    def end_chat(self, visit: Visit) -> Response:
        """Close the talk in her window."""
        self._requests.end_chat(visit.path("reference"), visit.staff)
        return self.done(visit.path("reference"), "chat_ended")

    def resolve(self, visit: Visit) -> Response:
        """Close the request, with an outcome she reads: what came of it, why, and how it goes on (R105)."""
        typed = {name: visit.form.get(name) for name in ("outcome", "why", "next_step")}
        checks = {"outcome": plain_outcome, "why": required_text, "next_step": required_text}
        for name, check in checks.items():
            try:
                check(typed[name])
            except TextError as error:
                return self.screen(visit, 422, wrong_field=name, wrong=error.code, typed=typed)
        parts = {"outcome": typed["outcome"], "reason": typed["why"], "next_step": typed["next_step"]}
        try:
            outcome = self._wording.text("utter_outcome_in_full", **parts)
            self._requests.resolve(visit.path("reference"), visit.staff, outcome)
        except TextError as error:
            return self.screen(visit, 422, wrong_field="outcome", wrong=error.code, typed=typed)
        return self.done(visit.path("reference"), "resolved")

    def done(self, reference: str, code: str, staff: Staff | None = None) -> Response:
        """It is done: back to the request, or to the inbox when ``staff`` may not read it any more."""
        request = self._requests.get(reference)
        gone = staff is not None and request is not None and not staff.serves(request.municipality)
        return RedirectResponse("/desk/" if gone else f"/desk/requests/{reference}?done={code}", 303)

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
            "now": self._requests.now(),
            "pages": max(1, -(-counts[view] // PAGE_SIZE)),
            "minutes_a_day": self._requests.office_for(visit.staff.municipality or "").minutes_a_day,
        }

    def screen(
        self,
        visit: Visit,
        status: int = 200,
        wrong_field: str = "",
        wrong: str = "",
        typed: dict[str, str] | None = None,
    ) -> Response:
        """The request on one screen; ``typed`` stays in the form of ``wrong_field``, which says what is ``wrong``."""
        file = self._requests.open_file(visit.path("reference"), visit.staff)
        query = visit.request.query_params
        values = self._screen.values(file, visit.staff, query.get("start", ""))
        done, opened = query.get("done", ""), query.get("open", "")
        return self._pages.page(
            visit,
            "request.html",
            status,
            **values,
            done=done if done in DONE_CODES else "",
            open=opened if opened in FORMS else "",
            wrong_field=wrong_field,
            wrong=wrong,
            typed={**dict.fromkeys(TYPED, ""), "message": values["started"], **(typed or {})},
        )


def _page_number(typed: str) -> int:
    """From 1; nonsense and astronomical numbers are page 1."""
    return max(1, int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1
