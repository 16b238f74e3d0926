"""The plain form "bel mij terug": for a browser without scripts, and for who would rather not talk to a program.

Two pages without any script: what she fills in, and what would be sent to whom. Only her tick on the second page sends
it (invariant 3), to the same desk and by the same clock as a request from the talk. Danger is heard before that.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
import re
from typing import Any
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.conversations.records import storable
from bot.keeping import STORING_FAILS
from bot.privacy import without_bsn
from channels.web.callback_desk import CallbackDesk
from channels.web.guards import TokenBuckets, address_of, read_body, require_own_site
from channels.web.identity import TalkIdentity
from channels.web.page import WidgetPage
from channels.web.ports import KnownMunicipality
from channels.web.refusals import RefusalError, where_it_failed

log = logging.getLogger(__name__)
PATH, SENT_PATH = "/bel-mij", "/bel-mij/verstuurd"
MOST = {
    "name": 100,
    "phone": 40,
    "email": 200,
    "municipality": 80,
    "when": 200,
    "question": 2_000,
    "via": 80,
    "mark": 64,
}
_MARK = re.compile(r"[A-Za-z0-9_-]{16,64}", re.ASCII)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_STEPS = ("send", "change")  # the two buttons of the second page
_NOT_KEPT = {"Cache-Control": "no-store"}


class CallbackForm:
    """The two pages, and sending."""

    def __init__(
        self,
        desk: CallbackDesk,
        page: WidgetPage,
        identity: TalkIdentity,
        known_municipality: KnownMunicipality,
        secret: str,
    ) -> None:
        self._desk = desk
        self._page = page
        self._identity = identity
        self._known_municipality = known_municipality
        self._secret = secret.encode()
        self._rate = TokenBuckets(most=40, per_second=0.2)  # a library or provider shares one address

    def routes(self) -> list[Route]:
        """See it, and hand it in."""
        return [
            Route(PATH, self.show, methods=["GET"]),
            Route(PATH, self.hand_in, methods=["POST"]),
            Route(SENT_PATH, self.sent, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        """The empty form; a link may name the municipality and who gave it."""
        asked = request.query_params
        named = self._known_municipality(asked.get("gemeente", "")[:80]) or ""
        return self._form({**dict.fromkeys(MOST, ""), "municipality": named, "via": asked.get("via", "")[:80]}, {})

    async def hand_in(self, request: Request) -> Response:
        """Check what she filled in, show what would be sent, and send it after her tick."""
        try:
            require_own_site(request)
            filled = _read(await read_body(request))
        except RefusalError as refusal:
            return self._page.problem(refusal.status)
        if self._rate.take(address_of(request)):
            return await run_in_threadpool(self._form, filled, {"": "callback_too_many"}, 429)
        return await run_in_threadpool(self._answer, request, filled)

    def _answer(self, request: Request, filled: dict[str, str]) -> Response:
        if self._desk.is_young(self._identity.read(request), filled):
            said, heard = self._desk.wording.text("utter_human_minor"), self._desk.hear(filled, je=True)
            return self._page.plain("callback_young.html", 422, je=True, said=said, heard=heard)
        faults = self._faults(filled)
        if faults:
            return self._form(filled, faults, 422)
        if filled["step"] == "change":
            return self._form(filled, {})
        if not filled["agree"]:
            return self._check(filled, "callback_tick" if filled["step"] == "send" else "")
        try:
            return self._send(request, filled)
        except STORING_FAILS as error:
            log.error("not kept at %s: %s", PATH, where_it_failed(error))
            return self._check(filled, "callback_not_kept", 503)

    async def sent(self, request: Request) -> Response:
        """What she reads after sending, also without scripts: what the talk told her last."""
        conversation_id = self._identity.read(request)
        told = await run_in_threadpool(self._desk.told, conversation_id) if conversation_id else []
        if not told:
            return RedirectResponse(PATH, 303, headers=_NOT_KEPT)
        return self._page.plain("callback_sent.html", told=told)

    def _faults(self, filled: dict[str, str]) -> dict[str, str]:
        """The name of the sentence for each field that needs another look; her municipality becomes its own name."""
        faults = {}
        municipality = self._known_municipality(filled["municipality"])
        if municipality is None:
            faults["municipality"] = "callback_which_municipality"
        filled["municipality"] = municipality or filled["municipality"]
        if not filled["phone"] and not filled["email"]:
            faults["phone"] = "callback_how_to_reach"
        elif filled["phone"] and len(re.sub(r"\D", "", filled["phone"])) < 10:
            faults["phone"] = "callback_odd_phone"
        if filled["email"] and not _EMAIL.fullmatch(filled["email"]):
            faults["email"] = "callback_odd_email"
        if not _MARK.fullmatch(filled["mark"]):
            faults[""] = "callback_again"
        return faults

    def _form(self, filled: dict[str, str], faults: dict[str, str], status: int = 200) -> Response:
        shown: dict[str, Any] = {"filled": filled, "faults": faults, "most": MOST, "heard": self._desk.hear(filled)}
        return self._page.plain("callback.html", status, **shown)

    def _check(self, filled: dict[str, str], fault: str = "", status: int = 200) -> Response:
        """What would be sent to whom. ``fault``: the sentence that says why it was not sent just now."""
        municipality = filled["municipality"]
        shown: dict[str, Any] = {
            "filled": filled,
            "fault": fault,
            "heard": self._desk.hear(filled),
            "recipient": self._desk.wording.text("utter_recipient", municipality=municipality),
            "counts_as": self._desk.counts_as(municipality)[1],
            "client_support": self._desk.wording.text("utter_client_support"),
        }
        return self._page.plain("callback_check.html", status, **shown)

    def _send(self, request: Request, filled: dict[str, str]) -> Response:
        talk = self._desk.send(self._identity.read(request), self._apart(filled["mark"]), filled)
        response = RedirectResponse(SENT_PATH, 303, headers=_NOT_KEPT)
        self._identity.give(request, response, talk, worth_more=True)
        return response

    def _apart(self, mark: str) -> str:
        """The conversation of this mark: the same in every process, and only we can work it out."""
        made = hmac.new(self._secret, b"callback " + mark.encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def _read(body: bytes) -> dict[str, str]:
    """The fields as they are kept: no control characters, no BSN, no more than fits. Raises ``RefusalError``."""
    try:
        told = parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=20)
    except ValueError:
        raise RefusalError(400, "bad_request") from None
    texts = {name: storable(told.get(name, [""])[0])[:most] for name, most in MOST.items()}
    filled = {name: text if name in ("phone", "mark") else without_bsn(text)[0] for name, text in texts.items()}
    step = told.get("step", [""])[0]
    agreed = told.get("agree") == ["yes"]
    return {**filled, "step": step if step in _STEPS else "", "agree": "yes" if agreed else ""}
