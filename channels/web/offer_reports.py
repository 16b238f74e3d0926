"""Something on an offer card is not right: a reason of ours, no words, and nothing of the talk goes with it."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.conversations.records import Message, UnknownConversationError
from bot.conversations.store import ConversationStore
from channels.web.guards import TokenBuckets, read_json
from channels.web.identity import TalkIdentity
from channels.web.ports import ReportOffer, Wording
from channels.web.refusals import RefusalError, answering
from knowledge.curation.reports import ReportReason

PATH = "/api/reports"
REPORTED = "reported"  # key in the conversation's state: the offers she said something about


class OfferReports:
    """Takes a report on an offer that was shown in this conversation; of each one, later ones are thanked as well."""

    def __init__(
        self, conversations: ConversationStore, report_offer: ReportOffer, identity: TalkIdentity, wording: Wording
    ) -> None:
        self._conversations = conversations
        self._report_offer = report_offer
        self._identity = identity
        self._wording = wording
        self._rate = TokenBuckets(most=6, per_second=0.1)

    def routes(self) -> list[Route]:
        """Where the card sends it."""
        return [Route(PATH, answering(self.report, self._wording), methods=["POST"])]

    async def report(self, request: Request) -> Response:
        """Keep the reason for the editors."""
        body = await read_json(request)
        conversation_id = self._identity.read(request)
        if conversation_id is None or self._conversations.get(conversation_id) is None:
            raise UnknownConversationError
        wait = self._rate.take(conversation_id)
        if wait:
            raise RefusalError(429, "report_later", retry_after=wait)
        offer_id, reason = body.get("offer"), body.get("reason")
        if not isinstance(offer_id, str) or not isinstance(reason, str) or reason not in list(ReportReason):
            raise RefusalError(400, "bad_request")
        said = await run_in_threadpool(self._conversations.since, conversation_id, 0, None)
        if offer_id not in _offers_shown(said):
            raise RefusalError(400, "bad_request")
        reported = self._conversations.recall(conversation_id).get(REPORTED, [])
        if offer_id not in reported:
            kept = {REPORTED: [*reported, offer_id]}
            await run_in_threadpool(self._conversations.remember, conversation_id, **kept)
            await run_in_threadpool(self._report_offer, offer_id, ReportReason(reason))
        return JSONResponse({"reported": True})


def _offers_shown(messages: list[Message]) -> set[str]:
    """The ids of every offer on the cards of a conversation."""
    cards = [message.card for message in messages if message.card and message.card.get("kind") == "offers"]
    return {str(offer.get("id")) for card in cards for offer in card.get("offers", ())}
