"""What the plain form does in the house: it hears danger, reads the rules, writes the request once, and tells her."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from actions.local_rules import MELDING
from actions.request_card import contact_hint, spoken_moment
from bot.conversations.store import ConversationStore
from bot.request.clock import moment_in_words, next_opening
from bot.request.desk import RequestDesk
from bot.request.fields import SECTION_OF, FieldKey
from bot.request.record import Agreement, Request, RequestField
from bot.request.vocabulary import CountsAs, FieldState
from bot.safety.gate import SafetyGate
from bot.understanding.person import read_minor
from bot.understanding.text import fold
from bot.wording import Wording
from knowledge.access.guide import RuleAnswer
from knowledge.access.rules import AccessRules
from knowledge.vocabulary import Urgency

AGREEMENT_VERSION = "2026-11-form"
"""Version of the sentence she ticks (``utter_widget_callback_agree``); raise it when that sentence changes."""
PATIENCE = 5.0  # seconds in which another process may finish what it began
_KEYS = {
    FieldKey.CONTACT_NAME: "name",
    FieldKey.CONTACT_PHONE: "phone",
    FieldKey.CONTACT_EMAIL: "email",
    FieldKey.CONTACT_WHEN: "when",
}
_COUNTS_AS = {RuleAnswer.YES: CountsAs.MELDING, RuleAnswer.NO: CountsAs.CONTACT}
_WRITTEN = ("question", "when", "name")  # where danger can be heard


@dataclass(frozen=True)
class Heard:
    """Danger in what she filled in. ``said``: what she reads before anything else; ``reason``: why it is urgent, as
    the desk keeps it (``utter_urgency_<reason>``); ``spoken``: the same as the field of her request says it."""

    said: str
    urgency: Urgency
    reason: str
    spoken: str


@dataclass(frozen=True)
class CallbackDesk:
    """What the form needs of the house, and what it does there."""

    conversations: ConversationStore
    requests: RequestDesk
    access_rules: AccessRules
    wording: Wording
    now: Callable[[], datetime]
    gate: SafetyGate = field(default_factory=SafetyGate)
    patience: float = PATIENCE

    def counts_as(self, municipality: str) -> tuple[CountsAs | None, str]:
        """What a request counts as there, and in words ("" when that is not known, R94)."""
        answer = self.access_rules.for_municipality(municipality).answer(MELDING, self.now().date())
        known = answer is not RuleAnswer.UNKNOWN
        return _COUNTS_AS.get(answer), self.wording.text(f"utter_field_counts_as_{answer}") if known else ""

    def hear(self, filled: dict[str, str], *, je: bool = False) -> Heard | None:
        """The danger in what she wrote. A form cannot ask back: where the talk would ask, she reads whom to call, and
        somebody looks soon. ``je``: she seems to be young."""
        verdict = self.gate.check("\n".join(filled[name] for name in _WRITTEN if filled[name]))
        if verdict is None or not verdict.responses:
            return None
        wording = self.wording.in_je() if je else self.wording
        if verdict.certain:
            urgent = self.wording.text("utter_widget_callback_urgent")
            return Heard(wording.text(verdict.responses[0]), Urgency.EMERGENCY, "danger", urgent)
        spoken = self.wording.text("utter_urgency_soon")
        return Heard(wording.text("utter_widget_callback_unsure"), Urgency.SOON, "soon", spoken)

    def is_young(self, hers: str | None, filled: dict[str, str]) -> bool:
        """Does she seem to be under eighteen, by what she wrote here or in her talk? Then nothing is sent, and no
        consent of hers is taken (R10)."""
        said = [filled[name] for name in _WRITTEN]
        if hers is not None:
            said += [each.text for each in self.conversations.since(hers, limit=None) if each.author == "person"]
        return any(read_minor(text, fold(text)) is not None for text in said if text)

    def send(self, hers: str | None, apart: str, filled: dict[str, str]) -> str:
        """Write and send what she agreed to, once for each ``filled["mark"]``, also when it comes to several processes
        or after a restart. Gives the conversation in which she reads how it goes on: ``hers`` when she has one without
        a request, else ``apart``, which belongs to this mark alone."""
        talk = self._talk_of(hers, apart, filled)
        question = filled["question"] or self.wording.text("utter_question_unspoken")
        _, is_first = self.conversations.add(talk, "person", question, client_id=filled["mark"])
        if is_first or not self._is_sent_meanwhile(talk):
            self._hand_in(talk, question, filled)
        return talk

    def told(self, conversation_id: str) -> list[str]:
        """What the talk told her after her last words."""
        told: list[str] = []
        for message in self.conversations.since(conversation_id, limit=None):
            told = [] if message.author == "person" else [*told, message.text]
        return told

    def _talk_of(self, hers: str | None, apart: str, filled: dict[str, str]) -> str:
        if hers is not None and self.conversations.get(hers) is not None:
            marks = {message.client_id for message in self.conversations.since(hers, limit=None)}
            if filled["mark"] in marks or self.requests.for_conversation(hers) is None:
                return hers
        return self.conversations.start("web", filled["municipality"], filled["via"] or None, apart).id

    def _is_sent_meanwhile(self, conversation_id: str) -> bool:
        """Somebody began with this mark before: is it done, or will it be in a moment? If not, that one is gone."""
        until = time.monotonic() + self.patience
        while True:
            request = self.requests.for_conversation(conversation_id)
            if request is not None and request.sent_at is not None:
                return True
            if time.monotonic() >= until:
                return False
            time.sleep(min(0.1, self.patience))

    def _hand_in(self, conversation_id: str, question: str, filled: dict[str, str]) -> None:
        heard = self.hear(filled)
        recipient = self.wording.text("utter_recipient", municipality=filled["municipality"])
        draft = self.requests.draft(
            conversation_id=conversation_id,
            municipality=filled["municipality"],
            recipient=recipient,
            question=question,
            fields=self._fields(filled, heard),
            urgency=heard.urgency if heard else Urgency.NORMAL,
            urgency_reason=heard.reason if heard else "normal",
            counts_as=self.counts_as(filled["municipality"])[0],
        )
        sent = self.requests.send(draft.stored_id, Agreement(AGREEMENT_VERSION, recipient, loved_one_health=False))
        for text in [*([heard.said] if heard else []), self._confirmation(sent)]:
            self.conversations.add(conversation_id, "assistant", text)

    def _fields(self, filled: dict[str, str], heard: Heard | None) -> list[RequestField]:
        told = {key: (filled[name], FieldState.TOLD) for key, name in _KEYS.items() if filled[name]}
        derived = {
            FieldKey.CLIENT_SUPPORT: self.wording.text("utter_field_client_support"),
            FieldKey.COUNTS_AS: self.counts_as(filled["municipality"])[1],
            FieldKey.URGENCY: heard.spoken if heard else "",
        }
        told |= {key: (text, FieldState.DERIVED) for key, text in derived.items() if text}
        return [RequestField(key, SECTION_OF[key], text, state) for key, (text, state) in told.items()]

    def _confirmation(self, sent: Request) -> str:
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
