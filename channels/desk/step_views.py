"""Steps of one request besides taking it up and closing it: pass on, answer that, ask, plan, note, open again."""

from __future__ import annotations

from datetime import datetime

from starlette.responses import Response

from bot.request.base import NoSuchRequestError, TextError
from bot.request.forwarding import ReceiverError
from bot.request.record import DUTCH_TIME
from bot.request.vocabulary import RefusalReason
from channels.desk.doors import Visit
from channels.desk.request_views import RequestViews


class StepViews:
    """One form a step. What was typed stays in the form when it cannot be done."""

    def __init__(self, work: RequestViews) -> None:
        self._work = work
        self._requests = work.requests

    def forward(self, visit: Visit) -> Response:
        """Ask somebody to take it over."""
        reference, form = visit.path("reference"), visit.form
        request = self._requests.get(reference)
        if request is None:
            raise NoSuchRequestError
        codes = {receiver.code: receiver for receiver in self._requests.receivers(request, visit.staff)}
        receiver = codes.get(form.get("receiver"))
        typed = {name: form.get(name) for name in ("receiver", "reason", "agrees")}
        if receiver is None:
            # also for who may not pass it on: then the service says why, as for every other step
            self._requests.open_file(reference, visit.staff)
            return self._work.screen(visit, 422, wrong_field="receiver", wrong="choose", typed=typed)
        try:
            agrees = form.get("agrees") == "yes"
            self._requests.forward(reference, visit.staff, receiver, form.get("reason"), she_agrees=agrees)
        except TextError as error:
            return self._work.screen(visit, 422, wrong_field="reason", wrong=error.code, typed=typed)
        except ReceiverError as error:
            place = "agrees" if error.code == "agreement" else "receiver"
            return self._work.screen(visit, 422, wrong_field=place, wrong=error.code, typed=typed)
        return self._work.done(reference, "forwarded")

    def refuse(self, visit: Visit) -> Response:
        """Not take it over: one of the usual reasons, own words, or both."""
        reference, why_not, words = visit.path("reference"), visit.form.get("why_not"), visit.form.get("reason")
        chosen = next((one.label for one in RefusalReason if one.value == why_not), "")
        reason = f"{chosen}. {words}".strip() if chosen else words
        try:
            self._requests.refuse_forward(reference, visit.staff, reason)
        except TextError as error:
            typed = {"refusal": words, "why_not": why_not}
            return self._work.screen(visit, 422, wrong_field="refusal", wrong=error.code, typed=typed)
        return self._work.done(reference, "refused", visit.staff)

    def take_back(self, visit: Visit) -> Response:
        """Keep it after all."""
        self._requests.take_back(visit.path("reference"), visit.staff, visit.form.get("reason"))
        return self._work.done(visit.path("reference"), "taken_back")

    def outside(self, visit: Visit) -> Response:
        """Who at the desk outside has it now."""
        reference, who = visit.path("reference"), visit.form.get("who")
        try:
            self._requests.record_outside(reference, visit.staff, who)
        except TextError as error:
            return self._work.screen(visit, 422, wrong_field="who", wrong=error.code, typed={"who": who})
        return self._work.done(reference, "outside")

    def ask(self, visit: Visit) -> Response:
        """Ask her something: the same message, and now the next word is hers."""
        return self._work.send_message(visit, asks=True)

    def plan(self, visit: Visit) -> Response:
        """A moment to call her back."""
        reference = visit.path("reference")
        typed = {name: visit.form.get(name) for name in ("day", "time")}
        moment = _moment(typed["day"], typed["time"])
        if moment is None:
            return self._work.screen(visit, 422, wrong_field="day", wrong="moment", typed=typed)
        try:
            self._requests.plan(reference, visit.staff, moment)
        except TextError as error:
            return self._work.screen(visit, 422, wrong_field="day", wrong=error.code, typed=typed)
        return self._work.done(reference, "planned")

    def note(self, visit: Visit) -> Response:
        """Keep something for the desk itself."""
        reference, text = visit.path("reference"), visit.form.get("text")
        try:
            self._requests.add_note(reference, visit.staff, text)
        except TextError as error:
            return self._work.screen(visit, 422, wrong_field="note", wrong=error.code, typed={"note": text})
        return self._work.done(reference, "noted")

    def reopen(self, visit: Visit) -> Response:
        """Open it again, with the reason."""
        reference, reason = visit.path("reference"), visit.form.get("reason")
        try:
            self._requests.reopen_here(reference, visit.staff, reason)
        except TextError as error:
            typed = {"reopening": reason}
            return self._work.screen(visit, 422, wrong_field="reopening", wrong=error.code, typed=typed)
        return self._work.done(reference, "reopened")


def _moment(day: str, time: str) -> datetime | None:
    """The Dutch moment that was typed (``2026-11-24``, ``14:00``), or ``None``."""
    try:
        return datetime.strptime(f"{day} {time}", "%Y-%m-%d %H:%M").replace(tzinfo=DUTCH_TIME)
    except ValueError:
        return None
