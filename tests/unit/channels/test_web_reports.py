"""A carer says that an offer is not right: a reason of ours, once, without words and without a trace of the talk."""

from __future__ import annotations

import json
from datetime import datetime, timezone

import pytest

from bot.conversations.tables import conversations as conversation_table
from channels.web.offer_reports import REPORTED
from knowledge.curation.reports import ReportedBy, ReportReason, Reports
from knowledge.storage import metadata, open_engine, open_sessions
from tests.unit.channels.widget_api import Widget
from tests.web.browser import Answer

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.utc)
OFFERS = {"kind": "offers", "offers": [{"id": "o001", "name": "De Linde"}, {"id": "o002", "name": "Oppas"}]}


@pytest.fixture
def reception(house):
    house[2].answers = {"aanbod": [Answer("Dit past bij u.", card=OFFERS)]}
    return house[2]


async def report(widget, offer="o001", reason="gone", **more):
    return await widget.http.post("/api/reports", json={"offer": offer, "reason": reason, **more})


async def test_a_reason_is_passed_on_and_thanked_for(reception, widget):
    await widget.say("aanbod")
    answer = await report(widget)
    assert (answer.status_code, answer.json()) == (200, {"reported": True})
    assert reception.reported == [("o001", "gone")]


@pytest.mark.parametrize("reason", [one.value for one in ReportReason])
async def test_every_reason_can_be_given(reception, widget, reason):
    await widget.say("aanbod")
    assert (await report(widget, reason=reason)).status_code == 200
    assert reception.reported == [("o001", reason)]


async def test_each_offer_once_in_a_conversation(reception, widget):
    await widget.say("aanbod")
    for offer, reason in [("o001", "gone"), ("o001", "phone"), ("o002", "full"), ("o001", "gone")]:
        assert (await report(widget, offer, reason)).status_code == 200
    assert reception.reported == [("o001", "gone"), ("o002", "full")]


async def test_an_offer_that_was_not_shown_here_is_refused(house, reception, widget):
    await widget.say("aanbod")
    other = Widget(house[0])
    await other.start()
    for who, offer in [(widget, "o003"), (other, "o001"), (widget, ""), (widget, None), (widget, ["o001"])]:
        assert (await report(who, offer)).status_code == 400
    assert reception.reported == []


@pytest.mark.parametrize("reason", ["", "bestaat niet meer", None, 1, ["gone"], {"gone": 1}])
async def test_only_reasons_of_ours_are_taken(reception, widget, reason):
    await widget.say("aanbod")
    assert (await report(widget, reason=reason)).status_code == 400
    assert reception.reported == []


async def test_who_has_no_conversation_and_another_site_are_refused(house, reception, widget):
    await widget.say("aanbod")
    assert (await report(Widget(house[0]))).status_code == 401
    del widget.http.headers["X-Adempauze"]
    assert (await report(widget)).status_code == 403
    widget.http.headers["X-Adempauze"] = "1"
    strange = await widget.http.post(
        "/api/reports", json={"offer": "o001", "reason": "gone"}, headers={"Origin": "https://elsewhere.example"}
    )
    assert strange.status_code == 403
    assert reception.reported == []


async def test_too_many_at_once_are_slowed_down_in_words(reception, widget):
    await widget.say("aanbod")
    answers = [await report(widget) for _ in range(8)]
    slowed = next(answer for answer in answers if answer.status_code == 429)
    assert slowed.json() == {"error": "report_later", "text": "Dat ging even te snel. Probeer het zo nog eens."}
    assert int(slowed.headers["retry-after"]) > 0


async def test_what_she_types_with_it_is_not_passed_on(reception, widget):
    await widget.say("aanbod")
    await report(widget, words="mijn moeder heet Riet")
    assert reception.reported == [("o001", "gone")]


async def test_the_talk_keeps_only_which_offers_and_forgets_it_with_the_rest(house, reception, widget):
    await widget.say("aanbod")
    await report(widget, reason="group")
    conversations = house[1]
    with conversations._sessions() as session:
        kept = session.execute(conversation_table.select()).one()
    assert json.loads(json.dumps(kept.state[REPORTED])) == ["o001"]
    await widget.http.request("DELETE", "/api/conversation", json={})
    assert REPORTED not in conversations.recall(kept.id)


def test_what_is_kept_of_it_is_a_reason_and_a_month(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'reports.db'}")
    metadata.create_all(engine)
    reports = Reports(open_sessions(engine), lambda: NOW)
    reports.add("o001", ReportReason.GONE, ReportedBy.CARER)
    (kept,) = reports.open()
    assert (kept.offer_id, kept.reason, kept.month, kept.at, kept.words) == ("o001", "gone", "2026-11", None, "")
    engine.dispose()
