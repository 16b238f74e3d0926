"""The mark of a request: another one after everything that happens, the same as long as nothing does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.request.base import NoSuchRequestError
from bot.request.changes import changed_after_sending
from bot.request.fields import FieldKey
from bot.request.history import RequestEvent
from bot.request.vocabulary import EventKind
from bot.staff.accounts import StaffRole
from tests.unit.bot.request.conftest import MONDAY_TEN, drafted, sent


def test_everything_that_happens_changes_the_mark(desk, petra, karim, clock):
    request = sent(desk)
    mark = desk.mark(request.reference, petra)[1]
    steps = (
        lambda: desk.open_file(request.reference, karim),
        lambda: desk.change_field(request.stored_id, FieldKey.HOURS, "dag en nacht"),
        lambda: desk.accept(request.reference, petra),
        lambda: desk.reply(request.reference, petra, "Dag"),
        lambda: desk.add_from_carer("c1", "Dag"),
        lambda: desk.add_note(request.reference, karim, "Belde ook."),
        lambda: desk.propose(request.reference, petra, [{"id": "o1", "name": "De Wijk"}], "Dit misschien?"),
        lambda: desk.plan(request.reference, petra, clock() + timedelta(days=1)),
        lambda: desk.end_chat(request.reference, petra),
        lambda: desk.resolve(request.reference, petra, "Er komt een vrijwilliger."),
        lambda: desk.withdraw(sent(desk, "c2").stored_id) and desk.reopen_here(request.reference, petra, "Toch niet."),
    )
    for step in steps:
        step()
        now = desk.mark(request.reference, petra)[1]
        assert now != mark
        assert desk.mark(request.reference, petra)[1] == now
        mark = now


def test_only_her_messages_count_as_hers(desk, petra):
    request = desk.accept(sent(desk).reference, petra)
    desk.reply(request.reference, petra, "Dag")
    assert desk.mark(request.reference, petra)[1].hers == 0
    message = desk.add_from_carer("c1", "Dag")
    assert desk.mark(request.reference, petra)[1].hers == message.id


def test_a_notice_that_is_told_later_changes_it_too(desk, petra, listener):
    request = sent(desk)
    listener.broken = True
    desk.accept(request.reference, petra)
    before = desk.mark(request.reference, petra)[1]
    listener.broken = False
    desk.deliver_notices()
    assert desk.mark(request.reference, petra)[1] != before


def test_who_may_not_read_it_gets_no_mark(desk, petra, accounts):
    joost = accounts.add("Joost", "joost@assen.example", StaffRole.COORDINATOR, "Assen")
    for reference, who in ((sent(desk).reference, joost), (drafted(desk, "c2").reference, petra), ("AP-X", petra)):
        with pytest.raises(NoSuchRequestError):
            desk.mark(reference, who)


def test_only_what_changed_after_sending_is_marked():
    def event(kind, reason="", minutes=0):
        return RequestEvent(1, kind, MONDAY_TEN + timedelta(minutes=minutes), "carer", None, reason)

    events = [
        event(EventKind.CHANGED, "hours"),
        event(EventKind.SENT),
        event(EventKind.CHANGED, "wish", 1),
        event(EventKind.CHANGED, "wish", 2),
        event(EventKind.CHANGED, "nights, since", 3),
    ]
    found = changed_after_sending(events)
    assert set(found) == {"wish", "nights", "since"}
    assert found["wish"] is events[3]
    assert changed_after_sending(events[:1]) == {}
