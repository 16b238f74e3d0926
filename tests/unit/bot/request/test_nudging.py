""" "Ik hoor niets": brought up at most once in a working day, however often she asks (R107)."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis.strategies import integers, lists
from sqlalchemy import select

from bot.outbox.letters import LetterEvent
from bot.outbox.readers import MailReaders
from bot.request.clock import OfficeHours
from bot.request.desk import RequestDesk
from bot.request.history import RequestEvent
from bot.request.inbox import InboxFilter, InboxView
from bot.request.nudging import working_day
from bot.request.tables import request_events
from bot.request.teams import RequestTeam, RequestTeams
from bot.request.vocabulary import EventKind
from knowledge.storage import metadata, open_engine, open_sessions
from tests.unit.bot.request.conftest import Clock, drafted, sent

OFFICE = OfficeHours()


def events(desk) -> list[RequestEvent]:
    with desk._sessions() as session:
        return list(session.scalars(select(RequestEvent).order_by(request_events.c.id)))


def nudges(desk) -> list[datetime]:
    return [event.at for event in events(desk) if event.kind is EventKind.NUDGED]


def test_on_the_day_it_was_sent_it_has_just_been_brought_up(desk, clock):
    sent(desk)
    clock.forward(hours=5)
    nudge = desk.nudge("c1")
    assert (nudge.done, nudge.last, nudge.opens) == (False, EventKind.SENT, None)
    assert nudges(desk) == []


def test_the_next_working_day_it_is_and_then_not_again_that_day(desk, clock):
    sent(desk)
    clock.forward(days=1)
    assert desk.nudge("c1").done
    clock.forward(hours=3)
    again = desk.nudge("c1")
    assert (again.done, again.last, again.last_at) == (False, EventKind.NUDGED, clock() - timedelta(hours=3))
    clock.forward(days=1)
    assert desk.nudge("c1").done
    assert len(nudges(desk)) == 2


def test_out_of_hours_she_hears_from_when_somebody_looks(desk, clock):
    sent(desk)
    clock.moment = datetime(2026, 11, 28, 11, tzinfo=timezone.utc)  # a Saturday
    nudge = desk.nudge("c1")
    assert nudge.done
    assert nudge.opens == datetime(2026, 11, 30, 8, tzinfo=timezone.utc)
    clock.forward(days=2)
    assert not desk.nudge("c1").done, "Saturday's was for Monday"


def test_the_number_of_the_team_is_at_hand(desk, sessions):
    RequestTeams(sessions).put(RequestTeam("Ede", phone="0318 12 34 56"))
    sent(desk)
    assert desk.nudge("c1").phone == "0318 12 34 56"


def test_without_anybody_who_has_it_there_is_nothing_to_wait_for(desk, petra):
    assert desk.nudge("c1") is None
    drafted(desk)
    assert desk.nudge("c1") is None
    request = sent(desk)
    desk.accept(request.reference, petra)
    desk.resolve(request.reference, petra, "Er komt iemand op dinsdag.")
    assert desk.nudge("c1") is None


def test_the_line_in_the_inbox_is_marked_until_somebody_acts(desk, petra, clock):
    request = sent(desk)

    def mark() -> str:
        (line,) = desk.inbox(InboxFilter(InboxView.OPEN, petra)) or desk.inbox(InboxFilter(InboxView.MINE, petra))
        return line.mark

    assert mark() == ""
    clock.forward(days=1)
    desk.nudge("c1")
    assert mark() == "vraagt waar het antwoord blijft"
    desk.open_file(request.reference, petra)
    assert mark(), "reading is not acting"
    desk.accept(request.reference, petra)
    assert mark() == ""
    desk.stop_asking("c1")
    desk.tell_of_loss("c1", EventKind.LOSS_TOLD)
    desk.reply(request.reference, petra, "Gecondoleerd.")
    assert mark() == "er is iemand overleden", "that stays"


def test_the_mail_is_for_who_has_it(desk, sessions, petra):
    RequestTeams(sessions).put(RequestTeam("Ede", email="team@ede.example"))
    readers, request = MailReaders(sessions), sent(desk)
    assert readers.of(request, LetterEvent.NUDGED) == ("team@ede.example",)
    request = desk.accept(request.reference, petra)
    assert readers.of(request, LetterEvent.NUDGED) == ("petra@ede.example",)
    assert readers.of(request, LetterEvent.REMINDED) == ("team@ede.example",)


@pytest.mark.parametrize("office", [OFFICE, OfficeHours(always=True)])
@given(pauses=lists(integers(1, 60 * 40), min_size=1, max_size=25))
@settings(max_examples=25, deadline=None)
def test_however_often_she_asks_it_is_once_a_working_day(office, pauses):
    engine = open_engine("sqlite://")
    metadata.create_all(engine)
    clock = Clock()
    desk = RequestDesk(open_sessions(engine), clock, office=office)
    sent(desk)
    for pause in pauses:
        clock.forward(minutes=pause)
        nudge = desk.nudge("c1")
        assert nudge.done == (nudge.last_at == clock())
    days = [working_day(event.at, office) for event in events(desk) if event.kind in (EventKind.SENT, EventKind.NUDGED)]
    assert len(days) == len(set(days))
    engine.dispose()
