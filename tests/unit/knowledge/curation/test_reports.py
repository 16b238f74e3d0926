"""Reports about offers: of a carer a reason and a month, of a coordinator her words too; each is handled once."""

from __future__ import annotations

from knowledge.curation.reports import ReportedBy, ReportReason, Reports
from knowledge.storage import Sessions

from .conftest import MOMENT


def test_of_a_carer_nothing_is_kept_but_reason_and_month_and_the_same_is_counted(sessions: Sessions) -> None:
    reports = Reports(sessions, lambda: MOMENT)
    for _ in range(3):
        reports.add("o1", ReportReason.GONE, ReportedBy.CARER, "mijn man Jan belde")
    reports.add("o1", ReportReason.PHONE, ReportedBy.CARER)
    gone, phone = reports.open()
    assert (gone.reason, gone.times, gone.words, gone.at, gone.month) == (ReportReason.GONE, 3, "", None, "2026-11")
    assert phone.times == 1


def test_of_a_coordinator_words_and_moment_are_kept_each_time(sessions: Sessions) -> None:
    reports = Reports(sessions, lambda: MOMENT)
    for words in (" nummer is van de bakker ", "x" * 900):
        reports.add("o1", ReportReason.PHONE, ReportedBy.COORDINATOR, words)
    first, second = reports.open("o1")
    assert (first.words, first.at, first.by) == ("nummer is van de bakker", MOMENT, ReportedBy.COORDINATOR)
    assert len(second.words) == 500
    assert reports.open("o2") == ()


def test_a_report_is_handled_once_and_a_new_one_opens_again(sessions: Sessions) -> None:
    reports = Reports(sessions, lambda: MOMENT)
    reports.add("o1", ReportReason.FULL, ReportedBy.CARER)
    (report,) = reports.open()
    assert reports.handle(report.id, by="ann")
    assert not reports.handle(report.id, by="bob")
    assert not reports.handle(999, by="bob")
    assert reports.open() == ()
    reports.add("o1", ReportReason.FULL, ReportedBy.CARER)
    assert [one.times for one in reports.open()] == [1]
