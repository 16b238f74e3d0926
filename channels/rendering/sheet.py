"""What may be shown of a request, and to whom: one plain record of strings that every template is filled from.

The only gate between a request and paper. What she left out, did not agree to or never ticked is not in a sheet, so no
template, of ours or of a municipality, can print it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date, format_datetime

from bot.reading import Relation
from bot.request.clock import OfficeHours
from bot.request.fields import HOW_HEAVY, LOVED_ONE_HEALTH, FieldKey, Section
from bot.request.record import Request, RequestField, RequestOffer
from bot.request.vocabulary import FieldState, RequestState
from bot.understanding.called import says_little
from knowledge.vocabulary import Term, Urgency


class Reader(Term):
    """Who reads the sheet."""

    CARER = "carer", "de aanvrager zelf"
    STAFF = "staff", "de gemeente"


class NotForThemError(LookupError):
    """The municipality asked for a request that is not, or no longer, theirs to read."""


@dataclass(frozen=True)
class SheetLine:
    """One shared value. ``words`` is what she said, when that stands nowhere else on the sheet."""

    key: str
    section: str
    label: str
    value: str
    words: str = ""
    derived: bool = False


@dataclass(frozen=True)
class SheetPart:
    """Lines under one heading."""

    key: str
    title: str
    lines: tuple[SheetLine, ...]


@dataclass(frozen=True)
class SheetGap:
    """What is not on the sheet and why: ``reason`` such as "niet gevraagd", with the labels it holds for."""

    key: str
    reason: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class SheetOffer:
    """An offer that was shown to her."""

    name: str
    organisation: str
    reasons: tuple[str, ...]
    checked: str


@dataclass(frozen=True)
class RequestSheet:
    """One request as it may be read. Moments are Dutch text in office time, empty when there is no such moment.

    ``answer_by``: the promised first contact, while that is still to come · ``callback``: the moment agreed with her ·
    ``investigation_by``: where it counts as a Wmo-melding, the last day of the investigation · ``made``: of this sheet.
    """

    reader: str
    reference: str
    municipality: str
    recipient: str
    state: str
    state_label: str
    urgency: str
    urgency_label: str
    question: str
    parts: tuple[SheetPart, ...]
    gaps: tuple[SheetGap, ...]
    offers: tuple[SheetOffer, ...]
    name: str
    sent: str
    answer_by: str
    callback: str
    investigation_by: str
    owner: str
    outcome: str
    agreed: str
    agreement_version: str
    made: str

    @property
    def title(self) -> str:
        """The heading, and the title of the document: never a name, for it also stands in lists of files."""
        return f"Aanvraag {self.reference}"

    @property
    def lines(self) -> tuple[SheetLine, ...]:
        """Every shared line, in order."""
        return tuple(line for part in self.parts for line in part.lines)


def sheet_for(request: Request, reader: Reader, now: datetime, office: OfficeHours | None = None) -> RequestSheet:
    """The sheet for this reader. Raises ``NotForThemError`` when staff ask for a draft or for what was taken back."""
    if reader is Reader.STAFF and (request.sent_at is None or request.state is RequestState.WITHDRAWN):
        raise NotForThemError
    hours = office or OfficeHours()
    readable = [item for item in request.fields if may_be_shown(request, item)]
    shared = [item for item in readable if not is_said_twice(request, item)]
    shows_urgency = _shows_urgency(request)
    return RequestSheet(
        reader=reader.value,
        reference=request.reference,
        municipality=_plain(request.municipality),
        recipient=_plain(request.agreed_recipient or request.recipient),
        state=request.state.value,
        state_label=request.state.label,
        urgency=request.urgency.value if shows_urgency else Urgency.NORMAL.value,
        urgency_label=request.urgency.label if shows_urgency else "",
        question=_plain(request.question),
        parts=_parts(shared, _plain(request.question)),
        gaps=_gaps(request, readable, reader),
        offers=_offers(request),
        name=next((_plain(item.value) for item in shared if item.key is FieldKey.CONTACT_NAME), ""),
        sent=_moment(request.sent_at, hours),
        answer_by=_moment(request.answer_by, hours) if request.state in _AWAITING_CONTACT else "",
        callback=_moment(request.callback_at, hours) if request.state in _AWAITING_CONTACT else "",
        investigation_by=_day(request.investigation_by),
        owner=_plain(request.owner),
        outcome=_plain(request.outcome),
        agreed=_moment(request.agreed_at, hours),
        agreement_version=_plain(request.agreement_version),
        made=_moment(now, hours),
    )


_AWAITING_CONTACT = frozenset({RequestState.SENT, RequestState.SEEN, RequestState.ACCEPTED, RequestState.REOPENED})


def may_be_shown(request: Request, item: RequestField) -> bool:
    """Does this field say something that she agreed to share? Health of the other needs its own yes (R115)."""
    if item.key in LOVED_ONE_HEALTH and request.sent_at is not None and not request.loved_one_health_agreed:
        return False
    return item.is_shared


def is_said_twice(request: Request, item: RequestField) -> bool:
    """Is it no more than what stands under "Wie": "partner" beside "man"? What she wrote there herself always stays."""
    if item.key is not FieldKey.RELATION or item.value not in _RELATIONS:
        return False
    who = request.field(FieldKey.LOVED_ONE)
    return who is not None and may_be_shown(request, who) and not says_little(who.value)


_RELATIONS = frozenset(relation.label for relation in Relation)


def _parts(shared: list[RequestField], question: str) -> tuple[SheetPart, ...]:
    found = (
        (section, tuple(_line(item, question) for item in shared if item.section is section)) for section in Section
    )
    return tuple(SheetPart(section.value, section.label, lines) for section, lines in found if lines)


def _line(item: RequestField, question: str) -> SheetLine:
    value, words = _plain(item.value), _plain(item.words)
    said_already = words.casefold() == value.casefold() or words in question
    return SheetLine(
        key=item.key.value,
        section=item.section.value,
        label=item.key.label,
        value=value,
        words="" if said_already else words,
        derived=item.state is FieldState.DERIVED,
    )


def _gaps(request: Request, readable: list[RequestField], reader: Reader) -> tuple[SheetGap, ...]:
    """What a reader could ask about. To herself only what she kept back: what was never asked is no gap of hers."""
    known = {item.key for item in readable}
    reasons: dict[FieldState, list[str]] = {state: [] for state in _REASONS_OF_GAPS}
    for item in request.fields:
        if item.key not in known:
            kept_back = item.is_shared or item.state not in reasons
            reasons[FieldState.LEFT_OUT if kept_back else item.state].append(item.key.label)
    if reader is Reader.CARER:
        del reasons[FieldState.NOT_ASKED]
    return tuple(
        SheetGap(state.value, state.label, tuple(dict.fromkeys(labels))) for state, labels in reasons.items() if labels
    )


_REASONS_OF_GAPS = (FieldState.NOT_ASKED, FieldState.REFUSED, FieldState.LEFT_OUT)


def _offers(request: Request) -> tuple[SheetOffer, ...]:
    field = request.field(FieldKey.OFFERS)
    if field is not None and field.state is FieldState.LEFT_OUT:
        return ()
    return tuple(_offer(offer, with_reasons=not _keeps_back(request)) for offer in request.offers)


def _offer(offer: RequestOffer, *, with_reasons: bool) -> SheetOffer:
    reasons = tuple(_plain(reason) for reason in offer.reasons) if with_reasons else ()
    return SheetOffer(_plain(offer.name), _plain(offer.organisation), reasons, _plain(offer.checked))


def _keeps_back(request: Request) -> bool:
    """Did she leave something out? The reasons of an offer may name just that ("past bij dementie").

    How heavy it is stands apart: that is off for everybody, and no offer is explained with it.
    """
    for item in request.fields:
        left_out = item.state is FieldState.LEFT_OUT and item.key not in HOW_HEAVY
        if left_out or (item.is_shared and not may_be_shown(request, item)):
            return True
    return False


def _shows_urgency(request: Request) -> bool:
    field = request.field(FieldKey.URGENCY)
    return field is None or field.state is not FieldState.LEFT_OUT


def _moment(moment: datetime | None, hours: OfficeHours) -> str:
    """``maandag 23 november 2026 om 10:00 uur``."""
    if moment is None:
        return ""
    return format_datetime(moment.astimezone(hours.zone), "EEEE d MMMM y 'om' HH:mm 'uur'", locale="nl")


def _day(day: date | None) -> str:
    return format_date(day, "EEEE d MMMM y", locale="nl") if day else ""


def _plain(text: str) -> str:
    """The text without signs that no page can hold: controls (but for tabs and new lines) and lone surrogates."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs")).strip()
