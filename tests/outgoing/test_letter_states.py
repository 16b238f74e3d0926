"""The life of a letter as rules: pauses, and a random walk in which nothing may be lost or sent twice unseen."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import text

from bot.outbox.carrying import LostClaimError
from bot.outbox.letters import (
    FIRST_PAUSE,
    LEASE,
    LONGEST_PAUSE,
    MOST_ATTEMPTS,
    Delivered,
    LetterKind,
    LetterState,
    Refused,
    TryLater,
    Unsure,
    pause_after,
)
from tests.outgoing.conftest import House

chances = st.floats(0, 1)
OUTCOMES = (None, Delivered(), TryLater("x"), Unsure("x"), Refused("x"))


@given(st.integers(0, 500), chances, st.timedeltas(timedelta(0), timedelta(days=9)))
def test_a_pause_is_never_nothing_and_never_longer_than_six_hours(attempts, chance, asked):
    assert FIRST_PAUSE / 2 <= pause_after(attempts, chance, asked) <= LONGEST_PAUSE


@given(st.integers(1, 9), chances, chances)
def test_each_pause_is_at_least_as_long_as_the_one_before_could_be(attempts, early, late):
    assert pause_after(attempts, early) <= pause_after(attempts + 1, late)


@given(st.integers(1, 12), chances, st.timedeltas(timedelta(0), LONGEST_PAUSE))
def test_what_the_receiver_asks_is_heard(attempts, chance, asked):
    assert pause_after(attempts, chance, asked) >= asked


def test_all_pauses_together_last_a_night_and_a_working_day():
    total = sum((pause_after(attempts, 1) for attempts in range(1, MOST_ATTEMPTS)), timedelta())
    assert timedelta(hours=12) < total < timedelta(hours=24)


class Post(RuleBasedStateMachine):
    """Workers that take, hand over, settle, sleep and die in any order; one receiver who counts."""

    folder = ""
    number = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).number += 1
        self.house = House(f"sqlite:///{self.folder}/walk-{type(self).number}.db")
        self.held: list = []
        self.arrived = 0
        self.requeued = 0

    @initialize(kind=st.sampled_from(sorted(set(LetterKind) - {LetterKind.OPEN_KLANT_ANSWER})))
    def written(self, kind) -> None:
        self.kind = kind
        self.letter = self.house.letter(kind)
        self.house.forward(minutes=5)
        self.boss = self.house.staff.add("Ans", "ans@ede.example", "admin")

    @rule()
    def take(self) -> None:
        letter = self.house.outbox.claim([self.kind])
        if letter is not None:
            self.held.append(letter)

    @rule(
        number=st.integers(0, 9), outcome=st.sampled_from([None, Delivered(), TryLater("x"), Unsure("x"), Refused("x")])
    )
    def work(self, number, outcome) -> None:
        """A worker hands over, or finds that it lost the letter; ``None``: it dies right after."""
        if not self.held:
            return
        letter = self.held.pop(number % len(self.held))
        try:
            self.house.outbox.hand_over(letter)
        except LostClaimError:
            return
        self.arrived += outcome is None or isinstance(outcome, (Delivered, Unsure))
        if outcome is not None:
            self.house.outbox.settle(letter, outcome)

    @rule(minutes=st.integers(1, 400))
    def time_passes(self, minutes) -> None:
        self.house.forward(minutes=minutes)

    @rule()
    def somebody_tries_again(self) -> None:
        self.requeued += self.house.outbox.again(self.letter.id, self.boss)

    @invariant()
    def nothing_is_lost_and_the_carer_gets_it_once(self) -> None:
        if not hasattr(self, "letter"):
            return
        assert sum(self.house.outbox.counts().values()) == 1
        if self.kind is LetterKind.CARER_MAIL:
            assert self.arrived <= 1 + self.requeued

    @invariant()
    def tries_are_counted(self) -> None:
        with self.house.sessions() as session:
            assert all(row.attempts <= MOST_ATTEMPTS for row in session.execute(text("select attempts from letters")))

    def teardown(self) -> None:
        self.house.engine.dispose()


def test_a_random_walk_of_workers_loses_nothing(tmp_path):
    Post.folder = str(tmp_path)
    quick = settings(
        max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    run_state_machine_as_test(Post, settings=quick)


class TestClaims:
    def test_of_many_who_take_one_gets_it(self, both):
        request = both.request()
        ids = {both.letter(LetterKind.WEBHOOK, request=request).id for _ in range(30)}
        with ThreadPoolExecutor(6) as pool:
            taken = [
                letter for letter in pool.map(lambda _: both.box().claim([LetterKind.WEBHOOK]), range(60)) if letter
            ]
        assert sorted(letter.id for letter in taken) == sorted(ids)

    def test_a_worker_that_slept_through_its_lease_hands_nothing_over(self, both):
        both.letter(LetterKind.TEAM_MAIL)
        slow = both.outbox.claim([LetterKind.TEAM_MAIL])
        both.forward(seconds=LEASE.total_seconds() + 1)
        with pytest.raises(LostClaimError):
            both.outbox.hand_over(slow)
        quick = both.outbox.claim([LetterKind.TEAM_MAIL])
        with pytest.raises(LostClaimError):
            both.outbox.settle(slow, Delivered())
        both.outbox.hand_over(quick)
        both.outbox.settle(quick, Delivered())
        assert both.outbox.counts()[LetterState.DELIVERED] == 1

    def test_a_letter_that_kills_every_worker_is_dead_in_the_end(self, both):
        both.letter(LetterKind.OPEN_KLANT)
        for _ in range(MOST_ATTEMPTS):
            assert both.outbox.claim([LetterKind.OPEN_KLANT]) is not None
            both.forward(seconds=LEASE.total_seconds() + 1)
        assert both.outbox.claim([LetterKind.OPEN_KLANT]) is None
        assert both.outbox.counts()[LetterState.DEAD] == 1

    def test_a_letter_goes_when_its_request_goes(self, both):
        both.letter(LetterKind.OPEN_KLANT)
        letter = both.outbox.claim([LetterKind.OPEN_KLANT])
        both.desk.erase("c1")
        assert both.outbox.request_of(letter) is None
        assert sum(both.outbox.counts().values()) == 0
