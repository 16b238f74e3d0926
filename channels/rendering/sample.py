"""Two sheets without a person in them, on which the templates of a municipality are tried out at the start."""

from __future__ import annotations

from datetime import datetime, timezone

from bot.request.fields import SECTION_OF, FieldKey
from bot.request.record import Request, RequestField, RequestOffer
from bot.request.vocabulary import FieldState, RequestState
from channels.rendering.sheet import Reader, RequestSheet, sheet_for
from knowledge.vocabulary import Urgency

MOMENT = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.utc)


def sample_sheets() -> tuple[RequestSheet, ...]:
    """A full sheet and nearly empty ones, for both readers and in the states that read differently."""
    full = _request("voorbeeld", [_field(key) for key in FieldKey])
    full.offers = [RequestOffer("1", "aanbod 1", "organisatie 1", ("reden 1", "reden 2"), "controle 1")]
    full.owner, full.outcome, full.state = "consulent 1", "uitkomst 1", RequestState.RESOLVED
    gaps = [RequestField(key, SECTION_OF[key], "", FieldState.NOT_ASKED) for key in FieldKey]
    empty, draft = _request("", gaps), _request("", [])
    draft.state, draft.sent_at, draft.answer_by, draft.agreed_at = RequestState.DRAFTED, None, None, None
    return (
        sheet_for(full, Reader.STAFF, MOMENT),
        sheet_for(full, Reader.CARER, MOMENT),
        sheet_for(empty, Reader.STAFF, MOMENT),
        sheet_for(empty, Reader.CARER, MOMENT),
        sheet_for(draft, Reader.CARER, MOMENT),
    )


def values_of(sheet: RequestSheet) -> list[str]:
    """What a rendering that claims to be complete must hold: her question, every value, every offer, the outcome."""
    values = [sheet.question, *(line.value for line in sheet.lines), *(line.words for line in sheet.lines)]
    for offer in sheet.offers:
        values += [offer.name, offer.organisation, *offer.reasons, offer.checked]
    return [value for value in (*values, sheet.outcome) if value]


def _field(key: FieldKey) -> RequestField:
    return RequestField(key, SECTION_OF[key], f"waarde-{key.value}", FieldState.TOLD, f"woorden-{key.value}")


def _request(question: str, fields: list[RequestField]) -> Request:
    return Request(
        reference="AP-2222-22",
        conversation_id="",
        municipality="Voorbeeldstad",
        recipient="consulent",
        question=question,
        fields=fields,
        offers=[],
        urgency=Urgency.SOON,
        urgency_reason="normal",
        created_at=MOMENT,
        state=RequestState.SENT,
        sent_at=MOMENT,
        answer_by=MOMENT,
        agreed_at=MOMENT,
        agreement_version="1",
        loved_one_health_agreed=True,
    )
