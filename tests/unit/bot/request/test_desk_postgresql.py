"""The same desk on a real PostgreSQL, with many hands at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.request.desk import RequestDesk
from bot.request.hands import TakenError
from bot.request.inbox import InboxFilter, InboxView
from bot.request.vocabulary import EventKind
from bot.staff.accounts import StaffAccounts, StaffRole
from knowledge.storage import metadata, open_engine, open_sessions
from knowledge.vocabulary import Urgency
from tests.database import postgresql
from tests.unit.bot.request.conftest import AGREEMENT, Clock, Listener, drafted, sent


@pytest.fixture(scope="module")
def sessions():
    with postgresql() as address:
        engine = open_engine(address)
        metadata.create_all(engine)
        yield open_sessions(engine)
        engine.dispose()


def test_of_many_at_once_one_gets_it_and_she_is_told_once(sessions):
    listener = Listener()
    desk, accounts = RequestDesk(sessions, Clock(), notify=listener), StaffAccounts(sessions)
    people = [accounts.add(f"P{number}", f"p{number}@ede.example", StaffRole.COORDINATOR, "Ede") for number in range(6)]

    def accept(person):
        try:
            return desk.accept(request.reference, person).owner
        except TakenError as taken:
            return taken.owner

    with ThreadPoolExecutor(len(people)) as pool:
        for round_number in range(10):
            request = sent(desk, f"c{round_number}")
            owners = set(pool.map(accept, people))
            assert owners == {desk.get(request.reference).owner}
            events = desk.open_file(request.reference, people[0]).events
            assert [event.kind for event in events].count(EventKind.ACCEPTED) == 1
    desk.deliver_notices()
    assert len(listener.told) == listener.calls == 10


def test_two_presses_on_send_at_once_send_once(sessions):
    desk, accounts = RequestDesk(sessions, Clock()), StaffAccounts(sessions)
    petra = accounts.add("Petra", "petra@gouda.example", StaffRole.COORDINATOR, "Gouda")
    draft = drafted(desk, "twice", municipality="Gouda")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: desk.send(draft.stored_id, AGREEMENT), range(4)))
    events = desk.open_file(draft.reference, petra).events
    assert [event.kind for event in events].count(EventKind.SENT) == 1


def test_the_inbox_is_in_order_and_counted(sessions):
    desk, accounts = RequestDesk(sessions, Clock()), StaffAccounts(sessions)
    joost = accounts.add("Joost", "joost@assen.example", StaffRole.COORDINATOR, "Assen")
    for urgency in (Urgency.NORMAL, Urgency.PALLIATIVE, Urgency.SOON, Urgency.EMERGENCY):
        sent(desk, f"assen-{urgency}", urgency, municipality="Assen")
    lines = desk.inbox(InboxFilter(InboxView.OPEN, joost))
    assert [line.urgency for line in lines] == [Urgency.PALLIATIVE, Urgency.EMERGENCY, Urgency.SOON, Urgency.NORMAL]
    assert desk.counts(joost)[InboxView.OPEN] == 4
    desk.accept(lines[0].reference, joost)
    desk.reply(lines[0].reference, joost, "Dag")
    desk.add_from_carer("assen-palliative", "Dag Joost")
    assert [line.new_message for line in desk.inbox(InboxFilter(InboxView.MINE, joost))] == [True]
    desk.erase("assen-palliative")
    assert desk.inbox(InboxFilter(InboxView.MINE, joost)) == []
