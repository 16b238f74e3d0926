"""The queue of the editors: all that needs somebody, the most pressing first, and nothing that is well."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from knowledge.curation.attention import Attention, Severity, Why, items, of_offer
from knowledge.curation.record import RecordKind
from knowledge.curation.records import Records
from knowledge.curation.reports import ReportedBy, ReportReason, Reports
from knowledge.curation.terms import Confidence
from knowledge.desks import Desks
from knowledge.facts import Facts
from knowledge.offers.completeness import lacks
from knowledge.offers.freshness import Stage, freshness_of
from knowledge.offers.record import Offer
from knowledge.places.regions import Regions
from knowledge.storage import Sessions
from knowledge.unanswered import UnansweredQuestion
from tests.unit.knowledge.builders import offer

from .conftest import MOMENT

TODAY = MOMENT.date()
REGIONS = Regions.load()
OFFER = RecordKind.OFFER


def queue(
    records: Records,
    sessions: Sessions,
    offers: tuple[Offer, ...] = (),
    facts: Facts | None = None,
    desks: Desks | None = None,
    **more,  # type: ignore[no-untyped-def]
) -> tuple[Attention, ...]:
    reports = Reports(sessions, lambda: MOMENT)
    return items(records, offers, facts or Facts(), desks or Desks(), reports, TODAY, REGIONS, **more)


def whys(one: Offer, today: date = TODAY) -> dict[Why, Attention]:
    return {item.why: item for item in of_offer(one, today, REGIONS)}


def checked(**changes: object) -> Offer:
    return replace(offer(), checked_on=TODAY, checked_by="ann", **changes)  # type: ignore[arg-type]


def test_what_was_just_checked_is_not_stale_and_one_that_ended_needs_nothing() -> None:
    assert not {Why.STALE, Why.GONE, Why.CONTRADICTORY, Why.EXPIRING} & set(whys(checked()))
    assert whys(offer(status="ended"), TODAY + timedelta(days=4000)) == {}


@pytest.mark.parametrize("days", range(0, 4000, 130))
def test_the_queue_follows_the_freshness_of_an_offer(days: int) -> None:
    day = TODAY + timedelta(days=days)
    stage, found = freshness_of(checked(), day).stage, whys(checked(), day)
    assert (Why.GONE in found) is (stage is Stage.GONE)
    assert (Why.STALE in found) is (stage in (Stage.LABELLED, Stage.SUNK))
    if stage is Stage.SUNK:
        assert found[Why.STALE].severity is Severity.SOON


@pytest.mark.parametrize(("days", "expires"), [(-1, False), (0, True), (30, True), (31, False)])
def test_what_ends_within_thirty_days_is_named(days: int, expires: bool) -> None:
    found = whys(checked(ends_on=TODAY + timedelta(days=days)))
    assert (Why.EXPIRING in found) is expires
    if expires:
        assert found[Why.EXPIRING].details == ("ends_on",)


def test_what_lacks_and_what_contradicts_itself_is_named() -> None:
    found = whys(checked(located_in="Maastricht", place=None))
    assert set(found[Why.INCOMPLETE].details) == set(lacks(checked(located_in="Maastricht", place=None)))
    wrong = whys(checked(postcode="1011", located_in="Maastricht"))
    assert all(text.endswith(".") for text in wrong[Why.CONTRADICTORY].details)
    assert wrong[Why.CONTRADICTORY].severity is Severity.SOON


def test_facts_that_wait_or_are_overdue_are_in_the_queue(records: Records, sessions: Sessions) -> None:
    fact = next(fact for fact in Facts.load() if not fact.emergency)
    facts = [
        replace(fact, key="fine", review_by=TODAY + timedelta(days=31)),
        replace(fact, key="soon", review_by=TODAY + timedelta(days=30)),
        replace(fact, key="late", review_by=TODAY - timedelta(days=1)),
        replace(fact, key="weak", review_by=TODAY + timedelta(days=99), confidence=Confidence.WEAK),
    ]
    found = {item.id: (item.why, item.severity) for item in queue(records, sessions, facts=Facts(facts))}
    assert found == {
        "late": (Why.OVERDUE, Severity.NOW),
        "soon": (Why.EXPIRING, Severity.SOON),
        "weak": (Why.WAITING, Severity.LATER),
    }


def test_every_fact_of_the_seed_that_is_not_shown_waits_in_the_queue(records: Records, sessions: Sessions) -> None:
    facts = Facts.load()
    waiting = {item.id for item in queue(records, sessions, facts=facts) if item.why is Why.WAITING}
    assert waiting == facts.not_showable(TODAY) | {"huisarts_out_of_hours"}


def test_reports_reviews_questions_and_what_cannot_be_read_stand_in_order(records: Records, sessions: Sessions) -> None:
    reports = Reports(sessions, lambda: MOMENT)
    reports.add("t1", ReportReason.PHONE, ReportedBy.CARER)
    reports.add("t1", ReportReason.GONE, ReportedBy.COORDINATOR, "gebeld")
    reports.add("weg", ReportReason.GONE, ReportedBy.CARER)
    records.save_draft(OFFER, "t2", {"name": "Nieuw huis"}, by="ann", base_revision=0, version=0)
    records.send_for_review(OFFER, "t2", by="ann", version=1)
    records.save_draft(OFFER, "t3", {"name": "Nog bezig"}, by="ann", base_revision=0, version=0)
    questions = [UnansweredQuestion("mag dat", "2026-11", 3, 7), UnansweredQuestion("hoe dan", "2026-11", 1, 8)]
    found = queue(records, sessions, (checked(name="Huis"),), unanswered=questions, unreadable={"t9": "geen naam"})
    assert [(item.why, item.id) for item in found if item.why is not Why.INCOMPLETE] == [
        (Why.UNREADABLE, "t9"),
        (Why.REPORTED, "t1"),
        (Why.REPORTED, "weg"),
        (Why.IN_REVIEW, "t2"),
        (Why.UNANSWERED, "7"),
        (Why.UNANSWERED, "8"),
    ]
    assert found[1].details == ("phone", "gone")
    assert found[1].name == "Huis"
    assert found[3].name == "Nieuw huis"


def test_desks_that_were_never_checked_wait(records: Records, sessions: Sessions) -> None:
    desks = Desks.load()
    found = queue(records, sessions, desks=desks)
    assert {item.id for item in found} == {desk.id for desk in desks if not desk.contact}
