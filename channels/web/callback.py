"""The plain form "bel mij terug": for a browser without scripts, and for who would rather not talk to a program.

Two pages without any script: what she fills in, and what would be sent to whom. Only her tick on the second page sends
it (invariant 3), to the same desk and by the same clock as a request from the talk. Danger is heard before that.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from actions.local_rules import MELDING
from actions.request_card import contact_hint, spoken_moment
from bot.conversations import ConversationStore, storable
from bot.privacy import without_bsn
from bot.request.clock import moment_in_words, next_opening
from bot.request.desk import RequestDesk
from bot.request.record import Agreement, RequestField
from bot.request.record import Request as HandoverRequest
from bot.request.vocabulary import SECTION_OF, CountsAs, FieldKey, FieldState
from bot.safety.gate import SafetyGate
from bot.wording import Wording
from channels.web.guards import TokenBuckets, address_of, read_body, require_own_site
from channels.web.identity import TalkIdentity
from channels.web.page import WidgetPage
from channels.web.ports import KnownMunicipality
from channels.web.refusals import RefusalError
from knowledge.access.guide import RuleAnswer
from knowledge.access.rules import AccessRules
from knowledge.vocabulary import Urgency

PATH, SENT_PATH = "/bel-mij", "/bel-mij/verstuurd"
AGREEMENT_VERSION = "2026-11-form"
"""Version of the sentence she ticks (``utter_widget_callback_agree``); raise it when that sentence changes."""
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
_KEPT_MARKS = 1_000
_NOT_KEPT = {"Cache-Control": "no-store"}
_KEYS = {
    FieldKey.CONTACT_NAME: "name",
    FieldKey.CONTACT_PHONE: "phone",
    FieldKey.CONTACT_EMAIL: "email",
    FieldKey.CONTACT_WHEN: "when",
}
_COUNTS_AS = {RuleAnswer.YES: CountsAs.MELDING, RuleAnswer.NO: CountsAs.CONTACT}


@dataclass(frozen=True)
class CallbackDesk:
    """What the form needs of the house, and what it does there: read the rules, write the request, tell her."""

    conversations: ConversationStore
    requests: RequestDesk
    access_rules: AccessRules
    wording: Wording
    now: Callable[[], datetime]

    def counts_as(self, municipality: str) -> tuple[CountsAs | None, str]:
        """What a request counts as there, and in words ("" when that is not known, R94)."""
        answer = self.access_rules.for_municipality(municipality).answer(MELDING, self.now().date())
        known = answer is not RuleAnswer.UNKNOWN
        return _COUNTS_AS.get(answer), self.wording.text(f"utter_field_counts_as_{answer}") if known else ""

    def send(self, conversation_id: str | None, filled: dict[str, str]) -> str:
        """Write and send what she agreed to; gives the conversation in which she reads how it goes on."""
        hers = conversation_id is not None and self.conversations.get(conversation_id) is not None
        if not hers or self.requests.for_conversation(str(conversation_id)) is not None:
            started = self.conversations.start("web", filled["municipality"], filled["via"] or None)
            conversation_id = started.id
        question = filled["question"] or self.wording.text("utter_question_unspoken")
        recipient = self.wording.text("utter_recipient", municipality=filled["municipality"])
        draft = self.requests.draft(
            conversation_id=str(conversation_id),
            municipality=filled["municipality"],
            recipient=recipient,
            question=question,
            fields=self._fields(filled),
            urgency=Urgency.NORMAL,
            counts_as=self.counts_as(filled["municipality"])[0],
        )
        sent = self.requests.send(draft.stored_id, Agreement(AGREEMENT_VERSION, recipient, loved_one_health=False))
        self.conversations.add(str(conversation_id), "person", question, client_id=filled["mark"])
        self.conversations.add(str(conversation_id), "assistant", self._confirmation(sent))
        return str(conversation_id)

    def told_last(self, conversation_id: str) -> str | None:
        """The last thing the talk told her, if there is anything."""
        told = [message.text for message in self.conversations.since(conversation_id) if message.author == "assistant"]
        return told[-1] if told else None

    def _fields(self, filled: dict[str, str]) -> list[RequestField]:
        told = {key: (filled[name], FieldState.TOLD) for key, name in _KEYS.items() if filled[name]}
        support = self.wording.text("utter_field_client_support")
        derived = {FieldKey.CLIENT_SUPPORT: support, FieldKey.COUNTS_AS: self.counts_as(filled["municipality"])[1]}
        told |= {key: (text, FieldState.DERIVED) for key, text in derived.items() if text}
        return [RequestField(key, SECTION_OF[key], text, state) for key, (text, state) in told.items()]

    def _confirmation(self, sent: HandoverRequest) -> str:
        sent_at = sent.sent_at or self.now()
        opens = next_opening(sent_at, self.requests.office_for(sent.municipality))
        return self.wording.text(
            "utter_request_sent" if opens <= sent_at else "utter_request_sent_closed",
            reference=sent.reference,
            recipient=sent.recipient,
            moment=spoken_moment(self.wording, sent.answer_by),
            opens=moment_in_words(opens),
            how=contact_hint(self.wording, sent),
        )


class CallbackForm:
    """The two pages, and sending."""

    def __init__(
        self, desk: CallbackDesk, page: WidgetPage, identity: TalkIdentity, known_municipality: KnownMunicipality
    ) -> None:
        self._desk = desk
        self._page = page
        self._identity = identity
        self._known_municipality = known_municipality
        self._gate = SafetyGate()
        self._rate = TokenBuckets(most=12, per_second=0.05)
        self._sent: OrderedDict[str, str] = OrderedDict()  # mark → conversation: a second press sends nothing
        self._one_at_a_time = threading.Lock()

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
            wait = self._rate.take(address_of(request))
        except RefusalError as refusal:
            return self._page.problem(refusal.status)
        if wait:
            return self._form(filled, {"": "too_many"}, 429)
        faults = self._faults(filled)
        if faults:
            return self._form(filled, faults, 422)
        if not filled.get("agree"):
            return await run_in_threadpool(self._check, filled)
        conversation_id = await run_in_threadpool(self._send_once, self._identity.read(request), filled)
        response = RedirectResponse(SENT_PATH, 303, headers=_NOT_KEPT)
        self._identity.give(request, response, conversation_id)
        return response

    async def sent(self, request: Request) -> Response:
        """What she reads after sending, also without scripts: what the talk told her last."""
        conversation_id = self._identity.read(request)
        said = await run_in_threadpool(self._desk.told_last, conversation_id) if conversation_id else None
        return (
            self._page.plain("callback_sent.html", said=said)
            if said
            else RedirectResponse(PATH, 303, headers=_NOT_KEPT)
        )

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
            faults[""] = "bad_request"
        return faults

    def _form(self, filled: dict[str, str], faults: dict[str, str], status: int = 200) -> Response:
        return self._page.plain("callback.html", status, filled=filled, faults=faults, most=MOST)

    def _check(self, filled: dict[str, str]) -> Response:
        wording, municipality = self._desk.wording, filled["municipality"]
        verdict = self._gate.check(filled["question"]) if filled["question"] else None
        shown: dict[str, Any] = {
            "filled": filled,
            "danger": [wording.text(name) for name in verdict.responses] if verdict else [],
            "recipient": wording.text("utter_recipient", municipality=municipality),
            "counts_as": self._desk.counts_as(municipality)[1],
            "client_support": wording.text("utter_client_support"),
        }
        return self._page.plain("callback_check.html", **shown)

    def _send_once(self, conversation_id: str | None, filled: dict[str, str]) -> str:
        with self._one_at_a_time:
            done = self._sent.get(filled["mark"])
            if done is None:
                done = self._sent[filled["mark"]] = self._desk.send(conversation_id, filled)
                if len(self._sent) > _KEPT_MARKS:
                    self._sent.popitem(last=False)
            return done


def _read(body: bytes) -> dict[str, str]:
    """The fields as they are kept: no control characters, no BSN, no more than fits. Raises ``RefusalError``."""
    try:
        told = parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=20)
    except ValueError:
        raise RefusalError(400, "bad_request") from None
    texts = {name: storable(told.get(name, [""])[0])[:most] for name, most in MOST.items()}
    filled = {name: text if name in ("phone", "mark") else without_bsn(text)[0] for name, text in texts.items()}
    return {**filled, "agree": "yes" if told.get("agree") == ["yes"] else ""}
