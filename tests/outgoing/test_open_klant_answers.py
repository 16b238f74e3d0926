"""What comes back from Open Klant: that a task was ticked off there, told as no more than that, and asked rarely."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.outbox.letters import (
    FIRST_LOOK,
    MOST_ATTEMPTS,
    Letter,
    LetterEvent,
    LetterKind,
    LetterState,
    pause_between_looks,
)
from bot.outbox.writing import WRITER, LetterWriter
from bot.request.elsewhere import Elsewhere
from bot.request.vocabulary import EventKind, RequestState
from bot.staff.accounts import StaffRole
from tests.outgoing.open_klant_server import open_klant
from tests.outgoing.test_open_klant import worker

TOLD = "utter_request_closed_elsewhere"
CLOSED_AT = "2026-11-23T10:15:00Z"


@pytest.fixture
def register():
    with open_klant() as started:
        yield started
        assert started[0].faults == []


@pytest.fixture
def petra(house):
    return house.staff.add("Petra", "petra@ede.example", StaffRole.COORDINATOR, "Ede")


async def delivered(house, url: str):
    """A request that Open Klant has."""
    request = house.request()
    house.letter(LetterKind.OPEN_KLANT, request=request)
    await worker(house, url).deliver_due()
    return request


def tick_off(made) -> None:
    made.tasks[0].update(status="verwerkt", afgehandeldOp=CLOSED_AT)


def events(house, request, petra) -> list[EventKind]:
    return [event.kind for event in house.desk.open_file(request.reference, petra).events]


def told(house) -> list[str]:
    house.desk.deliver_notices()
    return house.listener.names()


def looks(house) -> list[Letter]:
    with house.sessions() as session:
        return session.query(Letter).filter(Letter.kind == LetterKind.OPEN_KLANT_ANSWER).all()


async def test_what_was_ticked_off_there_is_told_once_and_she_is_asked(house, register, petra):
    made, url = register
    request = await delivered(house, url)
    house.forward(minutes=31)
    await worker(house, url).deliver_due()
    assert told(house) == [], "still te_verwerken: there is nothing to tell"
    tick_off(made)
    for _ in range(3):
        house.forward(hours=13)
        await worker(house, url).deliver_due()
    assert told(house) == [TOLD]
    file = house.desk.open_file(request.reference, petra)
    (event,) = [event for event in file.events if event.kind is EventKind.CLOSED_ELSEWHERE]
    assert (event.actor, event.reason) == ("Open Klant", "maandag 23 november om 11.15 uur")
    assert file.request.state in (RequestState.SENT, RequestState.SEEN), "it is still open here"
    assert file.request.answer_by is not None
    assert [look.state for look in looks(house)] == [LetterState.DELIVERED]
    assert not Elsewhere(house.sessions, house.clock).close_elsewhere(request.stored_id, None), "twice is once"


async def test_who_has_it_at_the_desk_sees_it_and_she_is_left_to_that_person(house, register, petra):
    made, url = register
    request = await delivered(house, url)
    house.desk.accept(request.reference, petra)
    tick_off(made)
    house.forward(minutes=31)
    await worker(house, url).deliver_due()
    assert EventKind.CLOSED_ELSEWHERE in events(house, request, petra)
    assert TOLD not in told(house)


async def test_nobody_is_told_of_a_request_that_is_over(house, register, petra):
    made, url = register
    request = await delivered(house, url)
    house.desk.withdraw(request.stored_id)
    tick_off(made)
    house.forward(minutes=31)
    await worker(house, url).deliver_due()
    assert told(house) == []
    assert [look.reason for look in looks(house)] == ["not wanted"]
    assert not Elsewhere(house.sessions, house.clock).close_elsewhere(request.stored_id, None)
    house.desk.erase(request.conversation_id)
    assert not Elsewhere(house.sessions, house.clock).close_elsewhere(request.stored_id, None)


async def test_it_looks_rarely_and_more_rarely_later(house, register):
    made, url = register
    await delivered(house, url)
    asked: list[str] = []
    made.before = lambda method, path: asked.append(path) if path == "/internetaken" else None
    for _ in range(9 * 24):
        house.forward(hours=1)
        await worker(house, url).deliver_due()
    assert 9 <= len(asked) <= 24 + 6 * 12 + 2 * 2 + 3
    (look,) = looks(house)
    assert (look.state, look.attempts) == (LetterState.WAITING, 0)
    assert house.outbox.counts()[LetterState.WAITING] == 0, "a look is not a letter that waits to leave"
    assert house.outbox.overdue() == 0


def test_pauses_grow_and_never_shrink():
    pauses = [pause_between_looks(timedelta(hours=hours)) for hours in range(24 * 30)]
    assert pauses == sorted(pauses)
    assert pauses[0] == FIRST_LOOK


@pytest.mark.parametrize(
    ("answer", "state"),
    [((503, {}), LetterState.WAITING), ((401, {}), LetterState.WAITING), ((400, {}), LetterState.DEAD)],
)
async def test_a_register_that_does_not_answer_is_tried_later_and_in_the_end_a_person_hears(
    house, register, answer, state
):
    made, url = register
    await delivered(house, url)
    made.answers["get /internetaken"] = answer
    house.forward(minutes=31)
    await worker(house, url).deliver_due()
    (look,) = looks(house)
    assert (look.state, look.reason) == (state, f"http {answer[0]}")
    for _ in range(MOST_ATTEMPTS):
        house.forward(hours=7)
        await worker(house, url).deliver_due()
    assert house.outbox.counts()[LetterState.DEAD] == 1, "seen at the desk, with a button to try again"
    assert told(house) == []


async def test_a_register_that_no_longer_has_it_is_left_alone(house, register):
    made, url = register
    await delivered(house, url)
    made.contacts.clear()
    house.forward(minutes=31)
    await worker(house, url).deliver_due()
    assert [look.reason for look in looks(house)] == ["not wanted"]
    assert told(house) == []


async def test_a_register_need_not_say_when(house, register):
    made, url = register
    await delivered(house, url)
    made.tasks[0].update(status="verwerkt", afgehandeldOp=None)
    house.forward(minutes=31)
    await worker(house, url).deliver_due()
    assert told(house) == [TOLD]


async def test_a_mail_rings_her_bell_when_she_gave_an_address(house, register):
    made, url = register
    await delivered(house, url)
    house.sessions.configure(info={WRITER: LetterWriter([LetterKind.CARER_MAIL])})
    tick_off(made)
    house.forward(minutes=31)
    await worker(house, url).deliver_due()
    with house.sessions() as session:
        (mail,) = session.query(Letter).filter(Letter.kind == LetterKind.CARER_MAIL).all()
    assert mail.event is LetterEvent.MESSAGE


async def test_late_after_that_does_not_say_that_nobody_called(house, register):
    made, url = register
    await delivered(house, url)
    tick_off(made)
    house.forward(minutes=31)
    await worker(house, url).deliver_due()
    house.forward(days=4)
    house.desk.remind()
    assert told(house)[-1] == "utter_request_late_elsewhere"
