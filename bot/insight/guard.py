"""The guard: what may be shown of the counts, so that nothing leads to a person (R113; ADR 12 has the argument).

The counts become a *book*. A line of the book is of one municipality and one question, over one or more whole months,
and is split in blocks of answers; every block holds at least ``MINIMUM``. A line is written once, in order of time,
from months that are over, and never changes. Everything that is shown is a sum of whole blocks. So every difference
between things that are shown is a sum of whole blocks too: there is no smaller group to be found by subtracting,
whatever periods and regions are laid beside each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.insight.months import months_between, shifted

MINIMUM = 5
"""The smallest group of which anything is shown (R113)."""
TELLS = 20
"""From this many on, a line is written although one of its classes is small: then it says "at most four"."""


@dataclass(frozen=True)
class Counted:
    """So many of one answer, in one municipality, in one month. Not guarded: this never reaches a page."""

    municipality: str
    month: str
    answer: str
    count: int


@dataclass(frozen=True)
class Block:
    """Answers that are only told together, and how many they are."""

    answers: frozenset[str]
    count: int


@dataclass(frozen=True)
class Line:
    """One line of the book: booked in ``month``, of everything since ``since``.

    ``small``: answers that are at most ``MINIMUM - 1`` together within the block that holds them; empty when that is
    not told. ``sums``: sums of values over the ``valued`` of the first class, when these are enough: only for a rounded
    mean, they are never shown themselves.
    """

    municipality: str
    since: str
    month: str
    blocks: tuple[Block, ...]
    small: frozenset[str] = frozenset()
    sums: Mapping[str, int] = field(default_factory=dict)
    valued: int = 0

    @property
    def count(self) -> int:
        """All answers together."""
        return sum(block.count for block in self.blocks)


Classes = Sequence[Sequence[str]]
Sums = Mapping[tuple[str, str], Mapping[str, int]]
"""Sums by name, of a municipality and a month."""


def write_book(
    classes: Classes,
    counted: Iterable[Counted],
    last: str,
    *,
    sums: Sums | None = None,
    minimum: int = MINIMUM,
    tells: int = TELLS,
) -> tuple[Line, ...]:
    """The lines of one question, from what was counted up to the closed month ``last``. Months wait for each other
    until a line may be written; at the end of a year every line that holds ``minimum`` is."""
    by_place: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for one in counted:
        if one.month <= last:
            by_place[one.municipality][one.month][one.answer] = one.count
    if not by_place:
        return ()
    first = min(min(months) for months in by_place.values())
    months = months_between(f"{first[:4]}-01", last)
    found: list[Line] = []
    for municipality, counts in sorted(by_place.items()):
        found += _lines_of(municipality, classes, counts, months, sums or {}, minimum, tells)
    return tuple(found)


def _lines_of(
    municipality: str,
    classes: Classes,
    counts: Mapping[str, Mapping[str, int]],
    months: Sequence[str],
    sums: Sums,
    minimum: int,
    tells: int,
) -> Iterator[Line]:
    since, waiting, wait_sums = months[0], dict[str, int](), dict[str, int]()
    for month in months:
        for answer, count in counts.get(month, {}).items():
            waiting[answer] = waiting.get(answer, 0) + count
        for name, total in sums.get((municipality, month), {}).items():
            wait_sums[name] = wait_sums.get(name, 0) + total
        if _tells(classes, waiting, month, minimum, tells):
            blocks = blocks_of(classes, waiting, minimum)
            valued = _total(classes[0], waiting) if wait_sums else 0
            told = wait_sums if valued >= minimum else {}
            yield Line(municipality, since, month, blocks, _known_small(classes, waiting, minimum), told, valued)
            since, waiting, wait_sums = shifted(month, 1), {}, {}


def _tells(classes: Classes, waiting: Mapping[str, int], month: str, minimum: int, tells: int) -> bool:
    total = sum(waiting.values())
    if total < minimum:
        return False
    all_apart = len(classes) > 1 and all(_total(group, waiting) >= minimum for group in classes)
    return all_apart or total >= tells or month.endswith("-12")


def _known_small(classes: Classes, counts: Mapping[str, int], minimum: int) -> frozenset[str]:
    """The class that is small beside one that is not, told only where it leaves every number from 0 on possible."""
    small = [group for group in classes if _total(group, counts) < minimum]
    if len(classes) != 2 or len(small) != 1 or sum(counts.values()) < 2 * minimum - 1:
        return frozenset()
    return frozenset(small[0])


def blocks_of(classes: Classes, counts: Mapping[str, int], minimum: int = MINIMUM) -> tuple[Block, ...]:
    """The answers in blocks of at least ``minimum``; needs at least that many altogether."""
    if len(classes) == 1:
        return _biggest_apart(classes[0], counts, minimum)
    return _in_order(classes, counts, minimum)


def _in_order(classes: Classes, counts: Mapping[str, int], minimum: int) -> tuple[Block, ...]:
    """Neighbours are taken together, within a class as long as that holds enough."""
    whole = [group for group in classes if _total(group, counts) >= minimum]
    small = [group for group in classes if _total(group, counts) < minimum]
    loose = [answer for group in small for answer in group]
    blocks: list[Block] = []
    carried = loose
    if whole and minimum <= _total(loose, counts) < len(small) * (minimum - 1):
        blocks, carried = _walk([], loose, counts, minimum), []
    for group in reversed(whole):
        blocks += _walk(carried, group, counts, minimum)
        carried = []
    if carried:
        blocks = [_block(carried, counts)]
    return tuple(blocks[::-1])


def _walk(begin: Sequence[str], group: Sequence[str], counts: Mapping[str, int], minimum: int) -> list[Block]:
    """Blocks from the end of the group to its front; what is left at the front joins its neighbour."""
    blocks: list[Block] = []
    members = list(begin)
    for answer in reversed(group):
        members.append(answer)
        if _total(members, counts) >= minimum:
            blocks.append(_block(members, counts))
            members = []
    if members and blocks:
        last = blocks.pop()
        members += last.answers
    return [*blocks, _block(members, counts)] if members else blocks


def _biggest_apart(answers: Sequence[str], counts: Mapping[str, int], minimum: int) -> tuple[Block, ...]:
    """What is big enough stands alone; what is not stands together, with one or more of the big where it must."""
    big = [answer for answer in answers if counts.get(answer, 0) >= minimum]
    pool = [answer for answer in answers if counts.get(answer, 0) < minimum]
    all_at_most = len(pool) * (minimum - 1)  # as many as they can be: then each of them would be known
    if pool and not minimum <= _total(pool, counts) < all_at_most:
        while big and (_total(pool, counts) < 2 * minimum - 1 or _total(pool, counts) == all_at_most):
            pool.append(big.pop())  # the last in a fixed order: by size, the choice would tell something
    alone = [_block([answer], counts) for answer in answers if answer in big]
    return (*alone, _block(pool, counts)) if pool else tuple(alone)


def _block(answers: Iterable[str], counts: Mapping[str, int]) -> Block:
    members = frozenset(answers)
    return Block(members, _total(members, counts))


def _total(answers: Iterable[str], counts: Mapping[str, int]) -> int:
    return sum(counts.get(answer, 0) for answer in answers)
