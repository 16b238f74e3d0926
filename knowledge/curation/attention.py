"""What needs an editor today: one queue over everything she keeps, the most pressing first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from knowledge.access.guide import RULES
from knowledge.access.record import Standing
from knowledge.access.rules import all_local_rules, rules_to_check
from knowledge.curation.record import Draft, DraftState, RecordKind
from knowledge.curation.records import Records
from knowledge.curation.reports import Reports
from knowledge.curation.terms import DeskStatus
from knowledge.desks import Desks
from knowledge.facts import Fact, Facts
from knowledge.offers.completeness import contradictions, lacks
from knowledge.offers.freshness import Stage, freshness_of
from knowledge.offers.record import Offer
from knowledge.places.regions import Regions
from knowledge.unanswered import UnansweredQuestion
from knowledge.vocabulary import OfferStatus, Term

SOON = timedelta(days=30)
ASKED_OFTEN = 3
REMEMBERED = 20_000  # offers whose part of the queue is kept: looking at ten thousand takes two seconds


class Severity(Term):
    """How soon somebody should look."""

    NOW = "now", "vandaag"
    SOON = "soon", "deze week"
    LATER = "later", "als er tijd is"


class Why(Term):
    """Why something needs an editor, in the order in which it is looked at."""

    UNREADABLE = "unreadable", "niet te lezen"
    REPORTED = "reported", "gemeld"
    OVERDUE = "overdue", "nakijken is te laat"
    IN_REVIEW = "in_review", "concept wacht op controle"
    GONE = "gone", "niet meer getoond"
    EXPIRING = "expiring", "verloopt binnenkort"
    CONTRADICTORY = "contradictory", "spreekt zichzelf tegen"
    UNANSWERED = "unanswered", "vraag zonder antwoord"
    STALE = "stale", "lang niet nagekeken"
    WAITING = "waiting", "wacht op een goede bron"
    INCOMPLETE = "incomplete", "niet compleet"


_KEENNESS = {severity: number for number, severity in enumerate(Severity)}
_ORDER = {why: number for number, why in enumerate(Why)}


@dataclass(frozen=True)
class Attention:
    """One thing to look at. ``kind`` is ``None`` for a question without answer, whose ``id`` is its row.

    ``name``: what people call it. ``details``: names of fields, values of ``ReportReason``, Dutch sentences of faults
    or a day, as ``why`` has them.
    """

    kind: RecordKind | None
    id: str
    name: str
    why: Why
    severity: Severity
    details: tuple[str, ...] = ()


def items(
    records: Records,
    offers: Iterable[Offer],
    facts: Facts,
    desks: Desks,
    reports: Reports,
    today: date,
    regions: Regions,
    *,
    unanswered: Iterable[UnansweredQuestion] = (),
    unreadable: Mapping[str, str] | None = None,
) -> tuple[Attention, ...]:
    """Everything that needs an editor. ``unreadable``: records that are no offer, with why (``Catalogue``)."""
    names = {offer.id: offer.name for offer in offers}
    found = [
        *_of_reports(reports, names),
        *(item for offer in offers for item in of_offer(offer, today, regions)),
        *(item for fact in facts for item in _of_fact(fact, today)),
        *_of_desks(desks),
        *_of_access_rules(records, today),
        *(_of_draft(draft) for draft in records.drafts() if draft.state is DraftState.IN_REVIEW),
        *(_of_question(question) for question in unanswered),
    ]
    for record_id, why in (unreadable or {}).items():
        found.append(Attention(RecordKind.OFFER, record_id, record_id, Why.UNREADABLE, Severity.NOW, (why,)))
    return tuple(sorted(found, key=_place_in_queue))


@lru_cache(maxsize=REMEMBERED)
def of_offer(offer: Offer, today: date, regions: Regions) -> tuple[Attention, ...]:
    """What an offer needs; one that ended needs nothing. It is a value, so this is remembered for the day."""
    return tuple(_of_offer(offer, today, regions))


def _of_offer(offer: Offer, today: date, regions: Regions) -> Iterator[Attention]:
    if offer.status is OfferStatus.ENDED:
        return
    stage = freshness_of(offer, today).stage
    if stage is Stage.GONE:
        yield _about(offer, Why.GONE, Severity.SOON)
    elif stage in (Stage.SUNK, Stage.LABELLED):
        yield _about(offer, Why.STALE, Severity.SOON if stage is Stage.SUNK else Severity.LATER)
    if expiring := _expiring(offer, today):
        yield _about(offer, Why.EXPIRING, Severity.SOON, expiring)
    if faults := contradictions(offer, regions):
        yield _about(offer, Why.CONTRADICTORY, Severity.SOON, tuple(fault.text for fault in faults))
    if lacking := lacks(offer):
        yield _about(offer, Why.INCOMPLETE, Severity.LATER, lacking)


def _about(offer: Offer, why: Why, severity: Severity, details: tuple[str, ...] = ()) -> Attention:
    return Attention(RecordKind.OFFER, offer.id, offer.name, why, severity, details)


def _expiring(offer: Offer, today: date) -> tuple[str, ...]:
    """The fields that expire within thirty days."""
    days = {"valid_until": offer.valid_until, "ends_on": offer.ends_on}
    days |= {check.field: check.expires for check in offer.checks}
    return tuple(name for name, day in days.items() if day is not None and today <= day <= today + SOON)


def _of_fact(fact: Fact, today: date) -> Iterator[Attention]:
    def about(why: Why, severity: Severity, *details: str) -> Attention:
        return Attention(RecordKind.FACT, fact.key, fact.label, why, severity, details)

    if fact.waits:
        yield about(Why.WAITING, Severity.SOON if fact.emergency else Severity.LATER, fact.source)
    if fact.expired(today):
        yield about(Why.OVERDUE, Severity.NOW, fact.review_by.isoformat())
    elif fact.review_by <= today + SOON:
        yield about(Why.EXPIRING, Severity.SOON, fact.review_by.isoformat())


def _of_access_rules(records: Records, today: date) -> Iterator[Attention]:
    """Rules of a municipality that nobody checked, or that ended: no carer reads them until somebody does."""
    for local, rule, standing in rules_to_check(all_local_rules(records), today):
        name = f"{local.municipality}: {RULES[rule.key].label}"
        if standing is Standing.EXPIRED and rule.valid_until is not None:
            ended = rule.valid_until.isoformat()
            yield Attention(RecordKind.ACCESS_RULES, local.id, name, Why.OVERDUE, Severity.SOON, (ended,))
        else:
            yield Attention(RecordKind.ACCESS_RULES, local.id, name, Why.WAITING, Severity.LATER, (rule.source,))


def _of_desks(desks: Desks) -> Iterator[Attention]:
    for desk in desks:
        if desk.status is DeskStatus.TO_VERIFY:
            yield Attention(RecordKind.DESK, desk.id, desk.name, Why.WAITING, Severity.LATER, (desk.source,))


def _of_reports(reports: Reports, names: Mapping[str, str]) -> Iterator[Attention]:
    reasons: dict[str, dict[str, None]] = {}
    for report in reports.open():
        reasons.setdefault(report.offer_id, {})[report.reason.value] = None
    for offer_id, told in reasons.items():
        name = names.get(offer_id, offer_id)
        yield Attention(RecordKind.OFFER, offer_id, name, Why.REPORTED, Severity.NOW, tuple(told))


def _of_draft(draft: Draft) -> Attention:
    named: Any = next((draft.body[key] for key in ("name", "label", "text") if draft.body.get(key)), draft.id)
    return Attention(draft.kind, draft.id, str(named)[:80], Why.IN_REVIEW, Severity.NOW, (draft.by,))


def _of_question(question: UnansweredQuestion) -> Attention:
    severity = Severity.SOON if question.times >= ASKED_OFTEN else Severity.LATER
    return Attention(None, str(question.id), question.text, Why.UNANSWERED, severity, (str(question.times),))


def _place_in_queue(item: Attention) -> tuple[Any, ...]:
    return (_KEENNESS[item.severity], _ORDER[item.why], item.name.casefold(), item.id)
