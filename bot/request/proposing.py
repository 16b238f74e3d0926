"""Proposing offers of the catalogue to her: one to three cards with a sentence of the one who chose them.

She reads the sentence as a message of that person, with the same cards that the talk itself shows; what she answers
comes to the thread. What the cards say is settled when they are proposed, so that the desk reads what she read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.request.base import move, required_text
from bot.request.hands import Hands, actor
from bot.request.history import RequestMessage
from bot.request.notices import write_notice
from bot.request.vocabulary import Step
from bot.staff.accounts import Staff

MOST_OFFERS = 3
"""At most three at a time (R12): who is tired chooses from few."""
PROPOSAL = "utter_request_proposed"
"""The notice that holds a proposal. Its values: ``text``, ``staff``, ``names``, ``offers`` (cards as plain data, each
with the ``id`` of its offer), ``message`` (the id of the line in the thread)."""


class ProposalError(ValueError):
    """This cannot be proposed; ``code``: ``none`` (no offer was chosen) or ``many`` (more than ``MOST_OFFERS``)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Proposing(Hands):
    """Offers that somebody of the desk chose for her."""

    def propose(self, reference: str, staff: Staff, offers: Sequence[dict[str, Any]], sentence: str) -> RequestMessage:
        """Show her these offers with this sentence; the next word is hers, and what she types comes to the thread.

        ``offers``: cards as the channels show them, with at least ``id`` and ``name``; the same one twice counts once.
        Raises ``ProposalError``, and ``TextError`` without a sentence or with one that is too long.
        """
        cards = list({str(offer["id"]): offer for offer in offers}.values())
        if not 0 < len(cards) <= MOST_OFFERS:
            raise ProposalError("many" if cards else "none")
        names = [str(card["name"]) for card in cards]
        with self._sessions.begin() as session:
            request = self._owned(session, reference, staff)
            now = self._clock()
            message = RequestMessage(request.stored_id, now, False, staff.name, required_text(sentence))
            session.add(message)
            session.flush()  # the notice names the line in the thread
            move(session, request, Step.PROPOSE, actor(staff), now, ", ".join(names))
            request.chat_open, request.waiting_since = True, now
            told = {"staff": staff.name, "text": message.text, "names": "\n".join(names)}
            write_notice(session, request, PROPOSAL, now, **told, offers=cards, message=message.id)
        self.deliver_notices()
        return message
