"""What she hears of the clock: when somebody looks, what she can do tonight, and what is agreed."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from bot.request.record import Receiver
from bot.request.vocabulary import CountsAs, ReceiverKind
from bot.staff.accounts import Staff, StaffAccounts, StaffRole
from tests.unit.actions.load_questions import requested
from tests.unit.actions.local_talks import publish, request_of
from tests.unit.actions.stage import NOW, Stage
from tests.unit.knowledge.local_rules import rule_data

SUNDAY_NIGHT = datetime(2026, 11, 22, 22, 0, tzinfo=timezone.utc)


def coordinator(stage: Stage) -> Staff:
    accounts = StaffAccounts(stage.services.requests._sessions)
    return accounts.add("Petra", "petra@x.example", StaffRole.COORDINATOR, None)


async def test_out_of_hours_she_hears_when_somebody_looks_and_what_to_do_tonight(stage: Stage) -> None:
    stage.services.requests._clock = lambda: SUNDAY_NIGHT
    await requested(stage)
    await stage.presses("Aanvraag versturen")
    assert stage.names == ["request_sent_closed"]
    for told in ("maandag 23 november om 9.00 uur", "huisartsenpost", "112"):
        assert told in stage.text


async def test_a_melding_is_marked_and_its_six_weeks_are_shown_again_on_asking(stage: Stage) -> None:
    publish(stage, wmo_melding=rule_data("wmo_melding"))
    await requested(stage)
    await stage.presses("Aanvraag versturen")
    assert request_of(stage).counts_as is CountsAs.MELDING
    assert "4 januari 2027" in stage.text
    await stage.hears("Hoe staat het ervoor?", intent="ask_request_status")
    assert stage.names == ["request_status_sent", "request_investigation"]


@pytest.mark.parametrize("case", ["planned", "offered", "late"])
async def test_the_status_says_what_comes_next(stage: Stage, case: str) -> None:
    await requested(stage)
    await stage.presses("Aanvraag versturen")
    desk, reference, petra = stage.services.requests, request_of(stage).reference, coordinator(stage)
    desk.accept(reference, petra)
    if case == "planned":
        desk.plan(reference, petra, NOW + timedelta(days=1, hours=4))
    elif case == "offered":
        desk.forward(reference, petra, Receiver(ReceiverKind.DESK, "het zorgkantoor"), "Wlz", she_agrees=True)
    else:
        stage.later(days=10)
    await stage.hears("Hoe staat het ervoor?", intent="ask_request_status")
    assert stage.names == [f"request_now_{case}"]
    expected = {"planned": "dinsdag 24 november om 14.00 uur", "offered": "het zorgkantoor", "late": "Mantelzorglijn"}
    assert expected[case] in stage.text
    assert "Petra" in stage.text


async def test_what_a_desk_outside_did_not_solve_opens_here_again(stage: Stage) -> None:
    await requested(stage)
    await stage.presses("Aanvraag versturen")
    desk, reference, petra = stage.services.requests, request_of(stage).reference, coordinator(stage)
    desk.accept(reference, petra)
    desk.forward(reference, petra, Receiver(ReceiverKind.DESK, "het zorgkantoor"), "Wlz", she_agrees=True)
    desk.record_outside(reference, petra, "Mevrouw Blom")
    await stage.hears("Hoe staat het ervoor?", intent="ask_request_status")
    assert "Mevrouw Blom, het zorgkantoor" in stage.text
    await stage.presses("Nog niet opgelost")
    assert stage.names == ["request_reopened"]
