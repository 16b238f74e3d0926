"""Addresses of the inbox and of one request."""

from __future__ import annotations

from starlette.routing import Route

from channels.desk.doors import HANDLING
from channels.desk.people_routes import Get, Post
from channels.desk.request_views import RequestViews
from channels.desk.step_views import StepViews

ONE = "/requests/{reference}"


def request_routes(work: RequestViews, get: Get, post: Post) -> list[Route]:
    """The routes below ``/desk``; all of them for who handles requests."""
    steps = StepViews(work)
    return [
        get("/", work.inbox, HANDLING, act="inbox"),
        get("/inbox/list", work.inbox_list, HANDLING),
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
