"""The worker: lanes apart, nothing lost when it is cancelled, and no worker without work."""

from __future__ import annotations

import asyncio

from bot.outbox.letters import Delivered, LetterEvent, LetterKind, LetterState
from bot.outbox.writing import LetterWriter
from channels.outgoing import worker as working
from channels.outgoing.worker import Worker


class Waits:
    """Never comes back; ``handed``: it had already given the letter away."""

    def __init__(self, handed: bool = False) -> None:
        self.handed = handed
        self.has_one = asyncio.Event()
        self.let_go = False

    async def carry(self, parcel):
        if self.handed:
            await parcel.hand_over()
        self.has_one.set()
        try:
            await asyncio.sleep(600)
        finally:
            self.let_go = True


class Counts:
    """Takes everything."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    async def carry(self, parcel):
        await parcel.hand_over()
        self.taken.append(parcel.letter.id)
        return Delivered()


class Breaks:
    """Raises something nobody thought of, with words in it that are nobody's business."""

    async def carry(self, parcel):
        raise ZeroDivisionError("ria@carer.example")


async def test_one_receiver_that_does_not_answer_holds_up_no_other(house, monkeypatch):
    monkeypatch.setattr(working, "GRACE", 0.05)
    request = house.request()
    house.letter(LetterKind.WEBHOOK, request=request)
    ids = [house.letter(LetterKind.TEAM_MAIL, request=request).id for _ in range(3)]
    silent, other = Waits(), Counts()
    worker = Worker(house.outbox, {LetterKind.WEBHOOK: silent, LetterKind.TEAM_MAIL: other})
    task = asyncio.create_task(worker.run())
    await asyncio.wait_for(silent.has_one.wait(), 30)
    for _ in range(1500):
        if house.outbox.counts()[LetterState.DELIVERED] == 3:
            break
        await asyncio.sleep(0.02)
    assert sorted(other.taken) == sorted(ids)
    assert not silent.let_go
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert house.outbox.counts()[LetterState.SENDING] == 0


async def test_a_letter_that_takes_too_long_is_tried_again_later(house):
    house.letter(LetterKind.WEBHOOK)
    await Worker(house.outbox, {LetterKind.WEBHOOK: Waits()}, longest=0.05).deliver_due()
    assert house.outbox.counts()[LetterState.WAITING] == 1


async def test_a_cancelled_worker_gives_back_what_it_had_not_handed_over(house, monkeypatch):
    monkeypatch.setattr(working, "GRACE", 0.05)
    for handed, state in ((False, LetterState.WAITING), (True, LetterState.SENDING)):
        house.letter(LetterKind.WEBHOOK, request=house.request(f"c{handed}"))
        carrier = Waits(handed)
        task = asyncio.create_task(Worker(house.outbox, {LetterKind.WEBHOOK: carrier}).run())
        await asyncio.wait_for(carrier.has_one.wait(), 30)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert house.outbox.counts()[state] == 1


async def test_whatever_a_carrier_raises_the_letter_stays_and_the_log_holds_no_words(house, caplog):
    house.letter(LetterKind.WEBHOOK)
    await Worker(house.outbox, {LetterKind.WEBHOOK: Breaks()}).deliver_due()
    assert house.outbox.counts()[LetterState.WAITING] == 1
    assert "ZeroDivisionError" in caplog.text
    assert "ria@" not in caplog.text


async def test_a_worker_without_ways_out_ends_at_once(house):
    await asyncio.wait_for(Worker(house.outbox, {}).run(), 10)


def test_only_the_ways_that_are_set_up_get_letters(house):
    request = house.request()
    with house.sessions.begin() as session:
        LetterWriter().write(session, request, LetterEvent.SENT, house.clock())
        LetterWriter([LetterKind.WEBHOOK]).write(session, request, LetterEvent.SENT, house.clock())
    assert sum(house.outbox.counts().values()) == 1


def test_letters_that_nobody_takes_up_are_counted(house):
    """Beside what waits: a number that rises only when no worker runs."""
    house.letter(LetterKind.WEBHOOK)
    house.letter(LetterKind.TEAM_MAIL, request=house.request("c2"))
    house.forward(minutes=14)
    assert house.outbox.overdue() == 0
    house.forward(minutes=2)
    assert house.outbox.overdue() == 2
    letter = house.outbox.claim([LetterKind.WEBHOOK])
    assert house.outbox.overdue() == 1, "that one is being carried"
    house.forward(minutes=20)
    assert house.outbox.overdue() == 2, "its worker died, and nobody came after it"
    assert letter is not None


def test_delivered_letters_are_removed_after_thirty_days(house):
    house.letter(LetterKind.WEBHOOK)
    letter = house.outbox.claim([LetterKind.WEBHOOK])
    house.outbox.settle(letter, Delivered())
    house.forward(days=29)
    assert house.outbox.tidy() == 0
    house.forward(days=2)
    assert house.outbox.tidy() == 1
