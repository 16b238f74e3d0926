"""What an attacker who has everything that is published can find out: never a group of fewer than five.

Small cases are solved by brute force: every world of counts is tried, the worlds that publish the same are laid side by
side, and of each group that is no sum of published blocks these worlds must differ. The minimum is 3 there, so that the
worlds around it can all be tried; the rule is the same for every minimum.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.insight.guard import MINIMUM, Block, Counted, blocks_of, write_book
from bot.insight.months import months_between

SMALL = 3
SHAPES = {
    "one class": [["a", "b", "c"]],
    "one class of four": [["a", "b", "c", "d"]],
    "in time and late": [["a", "b"], ["c"]],
    "two and two": [["a", "b"], ["c", "d"]],
    "three classes": [["a"], ["b"], ["c"]],
    "a pair and two": [["a", "b"], ["c"], ["d"]],
}
MOST = {3: 24, 4: 18, 6: 11}


def published(classes, cells, counts, last):
    """Everything that leaves the house, in every table of every period and place: the lines themselves."""
    counted = [Counted(*cell, count) for cell, count in zip(cells, counts, strict=True)]
    lines = write_book(classes, counted, last, minimum=SMALL, tells=8)
    return tuple((line.municipality, line.since, line.month, frozenset(line.blocks), line.small) for line in lines)


def pinned_groups(classes, places, months):
    """Groups smaller than the minimum of which the number follows from what is published."""
    answers = [answer for group in classes for answer in group]
    cells = list(product(places, months, answers))
    most = MOST[len(cells)]
    worlds = defaultdict(list)
    for counts in product(range(most + 1), repeat=len(cells)):
        if sum(counts) <= most:
            worlds[published(classes, cells, counts, months[-1])].append(counts)
    groups = [group for size in range(1, len(cells) + 1) for group in combinations(range(len(cells)), size)]
    for book, same in worlds.items():
        if sum(same[0]) > most - SMALL:
            continue  # its neighbours were not all tried
        for group in groups:
            numbers = {sum(world[cell] for cell in group) for world in same}
            if len(numbers) == 1 and numbers.pop() < SMALL:
                yield book, [cells[cell] for cell in group], same[0]


@pytest.mark.parametrize("shape", SHAPES)
def test_no_small_group_can_be_found_in_one_month(shape):
    assert next(pinned_groups(SHAPES[shape], ["Ede"], ["2026-12"]), None) is None


@pytest.mark.parametrize("shape", ["one class", "in time and late", "three classes"])
def test_nor_by_laying_months_beside_each_other(shape):
    assert next(pinned_groups(SHAPES[shape], ["Ede"], ["2026-11", "2026-12"]), None) is None


def test_nor_by_laying_places_beside_each_other():
    assert next(pinned_groups([["a", "b", "c"]], ["Assen", "Ede"], ["2026-12"]), None) is None


def test_the_attack_does_find_a_guard_that_only_hides_small_cells(monkeypatch):
    """The attacker of these tests is worth something: what is merely left out is found by subtracting."""

    def only_hides(classes, counts, minimum):
        total = sum(counts.values())
        shown = [Block(frozenset({answer}), count) for answer, count in counts.items() if count >= minimum]
        return (*shown, Block(frozenset("abc"), total))

    monkeypatch.setattr("bot.insight.guard.blocks_of", only_hides)
    assert next(pinned_groups([["a", "b", "c"]], ["Ede"], ["2026-12"]), None) is not None


COUNTS = st.dictionaries(
    st.tuples(
        st.sampled_from(["Assen", "Ede"]),
        st.sampled_from(months_between("2025-10", "2026-12")),
        st.sampled_from(["a", "b", "c", "d"]),
    ),
    st.integers(0, 12),
    max_size=60,
)


def book_of(counts, classes, last="2026-12"):
    return write_book(classes, [Counted(*cell, count) for cell, count in counts.items()], last)


@settings(max_examples=200, deadline=None)
@given(COUNTS, st.sampled_from([SHAPES["one class of four"], SHAPES["two and two"], SHAPES["a pair and two"]]))
def test_every_block_holds_enough_and_nobody_is_counted_twice(counts, classes):
    lines = book_of(counts, classes)
    assert all(block.count >= MINIMUM for line in lines for block in line.blocks)
    for place in ("Assen", "Ede"):
        own = [line for line in lines if line.municipality == place]
        for before, after in pairwise(own):
            assert before.month < after.since
        for line in own:
            within = {cell: n for cell, n in counts.items() if cell[0] == place and line.since <= cell[1] <= line.month}
            assert line.count == sum(within.values())
            assert sorted(answer for block in line.blocks for answer in block.answers) == ["a", "b", "c", "d"]
            for block in line.blocks:
                assert block.count == sum(n for cell, n in within.items() if cell[2] in block.answers)


@settings(max_examples=200, deadline=None)
@given(COUNTS, st.sampled_from(months_between("2025-10", "2026-11")))
def test_what_was_published_never_changes_when_later_months_come(counts, earlier):
    classes = SHAPES["two and two"]
    early = {cell: count for cell, count in counts.items() if cell[1] <= earlier}
    before, after = book_of(early, classes, earlier), book_of(counts, classes)
    first = {line.municipality: line.since for line in after}
    if {line.municipality: line.since for line in before}.items() <= first.items():
        assert set(map(repr, before)) <= set(map(repr, after))


def test_a_year_ends_with_what_there_is_and_four_wait_for_the_next_year():
    counts = {("Ede", "2026-03", "a"): 6, ("Assen", "2026-03", "a"): 4, ("Assen", "2027-01", "a"): 1}
    lines = book_of(counts, SHAPES["one class"], "2027-12")
    told = [(line.municipality, line.since, line.month, line.count) for line in lines]
    assert told == [("Assen", "2026-01", "2027-12", 5), ("Ede", "2026-01", "2026-12", 6)]


def test_what_is_late_is_told_as_at_most_four_when_there_is_enough_beside_it():
    counts = {("Ede", "2026-03", "a"): 28, ("Ede", "2026-03", "c"): 2}
    (line,) = book_of(counts, SHAPES["in time and late"], "2026-03")
    assert (line.small, line.count) == ({"c"}, 30)
    assert [block.count for block in line.blocks] == [30]


def test_the_large_stand_alone_and_the_small_together():
    blocks = blocks_of([["a", "b", "c", "d"]], {"a": 30, "b": 9, "c": 3, "d": 4})
    assert {block.answers: block.count for block in blocks} == {
        frozenset("a"): 30,
        frozenset("b"): 9,
        frozenset("cd"): 7,
    }
