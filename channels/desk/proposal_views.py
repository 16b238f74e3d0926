"""Proposing an offer to her: look in the catalogue, choose one to three, add a sentence, send; also without a script.

One form does all of it. "Search" posts it back to the same page, so that what was chosen and typed stays, and nothing
of it ever stands in an address.
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response

from bot.request.base import MOST_TEXT, TextError
from bot.request.fields import FieldKey
from bot.request.hands import TakenError
from bot.request.proposing import MOST_OFFERS, ProposalError
from bot.request.staff_side import RequestFile
from bot.request.states import IN_HAND, NotAllowedError
from bot.request.vocabulary import MessageStart, Step
from channels.desk.doors import Visit
from channels.desk.forms import Form
from channels.desk.message_starts import MessageStarts, she_says_je
from channels.desk.pages import Pages
from channels.desk.proposal_search import MOST_FOUND, MOST_TYPED, Candidate, ProposalSearch, Wanted
from channels.desk.request_screen import is_mine
from channels.desk.request_views import RequestViews
from knowledge.vocabulary import OfferKind

MOST_CHOSEN = 20  # boxes that one form can hold; more than may be proposed, so that too many can be said


class ProposalViews:
    """The page to choose on, and sending it."""

    def __init__(self, work: RequestViews, search: ProposalSearch, starts: MessageStarts, pages: Pages) -> None:
        self._work = work
        self._requests = work.requests
        self._search = search
        self._starts = starts
        self._pages = pages

    def start(self, visit: Visit) -> Response:
        """The page as it begins: what she already saw, and what serves her municipality."""
        file = self._opened(visit)
        sentence = self._starts.text(MessageStart.OFFER.value, file, visit.staff, self._requests.now())
        return self._page(visit, file, Wanted(municipality=file.request.municipality), (), sentence)

    def search(self, visit: Visit) -> Response:
        """The same page with other results; what was chosen and typed stays."""
        file, form = self._opened(visit), visit.form
        wanted = _wanted(form, file)
        wrong = {} if self._search.knows(wanted.municipality) else {"municipality": "place"}
        return self._page(visit, file, wanted, form.many("offer")[:MOST_CHOSEN], form.get("text"), wrong=wrong)

    def send(self, visit: Visit) -> Response:
        """Propose what was chosen. What is gone from the catalogue meanwhile is said, and nothing is sent."""
        file, form = self._opened(visit), visit.form
        wanted, codes, text = _wanted(form, file), form.many("offer")[:MOST_CHOSEN], form.get("text")
        found = self._search.chosen(file.request, codes, informal=she_says_je(file))
        wrong = {"offers": "gone"} if len(found) < len({code.partition("@")[0] for code in codes}) else {}
        if not wrong:
            try:
                self._requests.propose(file.request.reference, visit.staff, [one.card for one in found], text)
            except ProposalError as error:
                wrong = {"offers": error.code}
            except TextError as error:
                wrong = {"text": error.code}
        if wrong:
            return self._page(visit, file, wanted, [one.code for one in found], text, wrong=wrong)
        return self._work.done(file.request.reference, "proposed")

    def _opened(self, visit: Visit) -> RequestFile:
        """The request, which must be in the hands of this person."""
        file = self._requests.open_file(visit.path("reference"), visit.staff)
        if file.request.state not in IN_HAND:
            raise NotAllowedError(file.request.state, Step.PROPOSE)
        if not is_mine(file.request, visit.staff):
            raise TakenError(file.request.owner)
        return file

    def _page(
        self,
        visit: Visit,
        file: RequestFile,
        wanted: Wanted,
        codes: Sequence[str],
        text: str,
        wrong: dict[str, str] | None = None,
    ) -> Response:
        request, informal, wrong = file.request, she_says_je(file), wrong or {}
        if not self._search.knows(wanted.municipality):
            wanted = Wanted(wanted.words, wanted.kind, request.municipality)
        chosen = self._search.chosen(request, codes, informal=informal)
        known = {one.id for one in chosen}
        shown = _without(known, self._search.shown_to(request, informal=informal))
        known |= {one.id for one in shown}
        found = _without(known, self._search.find(request, wanted, informal=informal))
        return self._pages.page(
            visit,
            "propose.html",
            422 if wrong else 200,
            request=request,
            name=request.shared(FieldKey.CONTACT_NAME),
            wanted=wanted,
            kinds=list(OfferKind),
            chosen=chosen,
            shown=shown,
            found=found,
            text=text,
            wrong=wrong,
            most=MOST_OFFERS,
            most_found=MOST_FOUND,
            most_text=MOST_TEXT,
        )


def _without(ids: set[str], candidates: list[Candidate]) -> list[Candidate]:
    return [one for one in candidates if one.id not in ids]


def _wanted(form: Form, file: RequestFile) -> Wanted:
    municipality = form.get("municipality").strip()[:MOST_TYPED] or file.request.municipality
    return Wanted(form.get("words").strip()[:MOST_TYPED], form.get("kind").strip()[:100], municipality)
