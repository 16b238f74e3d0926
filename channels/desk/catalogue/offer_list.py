"""The list of offers: searched, filtered, counted and sorted; quick also when there are a hundred thousand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from channels.desk.catalogue.services import EditorsHouse
from knowledge.offers.completeness import lacks
from knowledge.offers.freshness import Freshness, Stage, freshness_of
from knowledge.offers.guide import GUIDE
from knowledge.offers.record import Offer
from knowledge.places.names import key_of
from knowledge.vocabulary import OfferKind, OfferStatus, Term

PAGE_SIZE = 50
SORTS = ("naam", "nagevraagd", "gemeente", "ontbreekt")


@dataclass(frozen=True)
class Line:
    """One offer in the list. ``found_by``: everything it can be found by, folded; so is ``sorts_by``, its name."""

    offer: Offer
    freshness: Freshness
    lacks: tuple[str, ...]
    found_by: str
    sorts_by: str

    @property
    def place(self) -> str:
        """Where it is, in a word."""
        return self.offer.located_in or next(iter(self.offer.municipalities), "") or self.offer.area


@dataclass(frozen=True)
class Choice:
    """One value of a filter, and how many lines have it when the other filters stay as they are."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Asked:
    """What the editor asks of the list; "" is no filter."""

    words: str = ""
    kind: str = ""
    province: str = ""
    municipality: str = ""
    stage: str = ""
    status: str = ""
    lacks: str = ""
    sort: str = SORTS[0]
    page: int = 1

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Asked:
        """What stands in an address; nonsense is no filter."""
        page = query.get("page", "")
        sort = query.get("sorteer", "")
        return cls(
            words=query.get("zoek", "").strip()[:200],
            **{name: query.get(dutch, "").strip()[:100] for dutch, name in FILTERS.items()},
            sort=sort if sort in SORTS else SORTS[0],
            page=int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 6 else 1,
        )


FILTERS = {
    "soort": "kind",
    "provincie": "province",
    "gemeente": "municipality",
    "vers": "stage",
    "status": "status",
    "mist": "lacks",
}


@dataclass(frozen=True)
class Found:
    """One page of what was found; ``choices`` by filter; ``all``: every line that was found, in order."""

    all: tuple[Line, ...]
    lines: tuple[Line, ...]
    page: int
    pages: int
    choices: Mapping[str, tuple[Choice, ...]]


class OfferList:
    """Keeps what the list shows of each offer, and makes it anew when the catalogue changed or a day began."""

    def __init__(self, house: EditorsHouse) -> None:
        self._house = house
        self._made: tuple[tuple[Offer, ...] | None, date, tuple[Line, ...]] = (None, date.min, ())

    def lines(self) -> tuple[Line, ...]:
        """Every offer, by id. What did not change is not looked at again."""
        offers, today = self._house.catalogue.offers(), self._house.today()
        seen, day, lines = self._made
        if offers is seen and day == today:
            return lines
        known = {line.offer.id: line for line in lines} if day == today else {}
        made = tuple(
            line if (line := known.get(offer.id)) is not None and line.offer is offer else _line(offer, today)
            for offer in offers
        )
        self._made = (offers, today, made)
        return made

    def find(self, asked: Asked) -> Found:
        """What was asked for, with the numbers beside each filter."""
        lines = self.lines()
        words = [key_of(word) for word in asked.words.split()]
        if words:
            lines = tuple(line for line in lines if all(word in line.found_by for word in words))
        tests = {name: test for name, test in _tests(asked).items() if getattr(asked, name)}
        found = sorted((line for line in lines if all(test(line) for test in tests.values())), key=_SORTS[asked.sort])
        pages = max(1, -(-len(found) // PAGE_SIZE))
        page = min(asked.page, pages)
        return Found(
            all=tuple(found),
            lines=tuple(found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]),
            page=page,
            pages=pages,
            choices={name: _choices(name, lines, tests, getattr(asked, name)) for name in _VALUES},
        )


def _line(offer: Offer, today: date) -> Line:
    names = (offer.name, offer.organisation, offer.area, offer.id, offer.located_in or "")
    folded = " ".join(key_of(name) for name in (*names, *offer.municipalities, *offer.aliases))
    return Line(offer, freshness_of(offer, today), lacks(offer), folded, key_of(offer.name))


def _values_of_kind(line: Line) -> Iterable[str]:
    return (kind.value for kind in line.offer.kinds)


_VALUES: Mapping[str, Callable[[Line], Iterable[str]]] = {
    "kind": _values_of_kind,
    "province": lambda line: (line.offer.province,) if line.offer.province else (),
    "municipality": lambda line: {
        *line.offer.municipalities,
        *((line.offer.located_in,) if line.offer.located_in else ()),
    },
    "stage": lambda line: (line.freshness.stage.name.lower(),),
    "status": lambda line: (line.offer.status.value,),
    "lacks": lambda line: line.lacks,
}
_SORTS: Mapping[str, Callable[[Line], tuple[object, ...]]] = {
    "naam": lambda line: (line.sorts_by, line.offer.id),
    "nagevraagd": lambda line: (line.offer.checked_on or date.min, line.offer.id),
    "gemeente": lambda line: (key_of(line.place), line.sorts_by, line.offer.id),
    "ontbreekt": lambda line: (-len(line.lacks), line.offer.id),
}


def _tests(asked: Asked) -> dict[str, Callable[[Line], bool]]:
    def has(name: str) -> Callable[[Line], bool]:
        wanted, values = getattr(asked, name), _VALUES[name]
        return lambda line: wanted in values(line)

    return {name: has(name) for name in _VALUES}


def _choices(
    name: str, lines: Iterable[Line], tests: Mapping[str, Callable[[Line], bool]], chosen: str
) -> tuple[Choice, ...]:
    """What may be chosen now; what is chosen stays among it, also when nothing has it any more."""
    others = [test for other, test in tests.items() if other != name]
    values, counts = _VALUES[name], Counter[str]({chosen: 0} if chosen else {})
    for line in lines:
        if all(test(line) for test in others):
            counts.update(values(line))
    return tuple(
        Choice(value, label, counts[value]) for value, label in _labels(name, counts).items() if value in counts
    )


def _labels(name: str, counts: Mapping[str, int]) -> dict[str, str]:
    terms: Mapping[str, type[Term]] = {"kind": OfferKind, "status": OfferStatus}
    if name in terms:
        return {term.value: term.label for term in terms[name]}
    if name == "stage":
        return {stage.name.lower(): stage.name.lower() for stage in Stage}  # the page has the words
    if name == "lacks":
        return {field: GUIDE[field].label for field in GUIDE if field in counts}
    return {value: value for value in sorted(counts, key=key_of)}
