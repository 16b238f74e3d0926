"""Addresses of the inbox and of one request."""

from __future__ import annotations

from starlette.routing import Route

from bot.wording import Wording
from channels.desk.catalogue.services import EditorsHouse
from channels.desk.doors import HANDLING
from channels.desk.forms import Room
from channels.desk.message_starts import MessageStarts
from channels.desk.pages import Pages
from channels.desk.people_routes import Get, Post
from channels.desk.proposal_search import ProposalSearch
from channels.desk.proposal_views import MOST_CHOSEN, ProposalViews
from channels.desk.request_views import RequestViews
from channels.desk.step_views import StepViews

ONE = "/requests/{reference}"
CHOOSING = Room(most_fields=MOST_CHOSEN + 20)


def request_routes(work: RequestViews, get: Get, post: Post) -> list[Route]:
    """The routes below ``/desk``; all of them for who handles requests."""
    steps = StepViews(work)
    return [
        get("/", work.inbox, HANDLING, act="inbox"),
        get("/inbox/list", work.inbox_list, HANDLING),
        get("/inbox/live", work.live, HANDLING),
        get("/find", work.find, HANDLING),
        get(ONE, work.show, HANDLING),
        post(f"{ONE}/accept", work.accept, HANDLING),
        post(f"{ONE}/contacted", work.contacted, HANDLING),
        post(f"{ONE}/message", work.message, HANDLING),
        post(f"{ONE}/ask", steps.ask, HANDLING),
        post(f"{ONE}/plan", steps.plan, HANDLING),
        post(f"{ONE}/note", steps.note, HANDLING),
        post(f"{ONE}/end-chat", work.end_chat, HANDLING),
        post(f"{ONE}/forward", steps.forward, HANDLING),
        post(f"{ONE}/refuse", steps.refuse, HANDLING),
        post(f"{ONE}/take-back", steps.take_back, HANDLING),
        post(f"{ONE}/outside", steps.outside, HANDLING),
        post(f"{ONE}/resolve", work.resolve, HANDLING),
        post(f"{ONE}/reopen", steps.reopen, HANDLING),
    ]


def proposal_routes(
    work: RequestViews, house: EditorsHouse, wording: Wording, pages: Pages, get: Get, post: Post
) -> list[Route]:
    """Proposing offers; only there where there is a catalogue."""
    views = ProposalViews(work, ProposalSearch(house), MessageStarts(wording), pages)
    return [
        get(f"{ONE}/propose", views.start, HANDLING, act="requests.view"),
        post(f"{ONE}/propose/search", views.search, HANDLING, CHOOSING),
        post(f"{ONE}/propose", views.send, HANDLING, CHOOSING),
    ]
