"""Which place and which period somebody looks at: what was typed in the address, within what their role may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from bot.insight.book import Book
from bot.insight.months import Period, choices, in_words, months_between, read_period, shifted
from bot.staff.accounts import Staff
from channels.desk.doors import Visit
from channels.desk.forms import RefusedError
from knowledge.places.regions import Regions

ALL, REGION = "", "regio:"


@dataclass(frozen=True)
class PlaceChoice:
    """A place that can be chosen. ``municipalities``: ``None`` is everywhere. ``around``: what its map shows."""

    code: str
    label: str
    municipalities: frozenset[str] | None
    around: frozenset[str] | None


@dataclass(frozen=True)
class Chosen:
    """What is looked at, and what else could be. ``months``: for a period of one's own.
    ``is_usual``: the last twelve months, which nobody has to choose."""

    place: PlaceChoice
    period: Period
    periods: dict[str, tuple[Period, ...]]
    is_usual: bool
    places: dict[str, tuple[tuple[str, str], ...]]
    months: tuple[tuple[str, str], ...]

    @property
    def query(self) -> str:
        """The choice as part of an address."""
        return urlencode({"plaats": self.place.code, "tijdvak": self.period.code})

    def at(self, code: str) -> str:
        """The same period at another place, as part of an address."""
        return urlencode({"plaats": code, "tijdvak": self.period.code})


def choose(visit: Visit, book: Book, regions: Regions) -> Chosen:
    """The choice of this visit; a place that is not theirs is refused, a period that is none gives the last year."""
    typed = visit.request.query_params
    first = book.first or book.last
    periods = choices(first, book.last)
    months = tuple((month, in_words(month)) for month in months_between(first, book.last))
    place = _place(visit.staff, typed.get("plaats"), regions)
    period = _period(typed, book.last)
    is_usual = period == _usual(book.last)
    return Chosen(place, period, periods, is_usual, _places(visit.staff, regions), months)


def _period(typed: Mapping[str, str], last: str) -> Period:
    code = typed.get("tijdvak", "")
    if code == "eigen":
        code = f"{typed.get('van', '')}_{typed.get('tot', '')}"
    return read_period(code) or _usual(last)


def _usual(last: str) -> Period:
    return Period(f"{shifted(last, -11)}_{last}", shifted(last, -11), last)


def _place(staff: Staff, code: str | None, regions: Regions) -> PlaceChoice:
    own = staff.municipality
    if code is None or (code == ALL and own is not None):
        code = own or ALL
    if own is not None and code != own:
        raise RefusedError(403, "role")
    if code == ALL:
        return PlaceChoice(ALL, "Nederland", None, None)
    if code.startswith(REGION):
        region = code.removeprefix(REGION)
        members = _members(region, regions)
        if not members:
            raise RefusedError(404, "page")
        return PlaceChoice(code, region, members, members)
    known = regions.municipality(code)
    if known is None:
        raise RefusedError(404, "page")
    return PlaceChoice(code, known.spoken, frozenset({code}), _members(known.ggd_region, regions))


def _members(region: str, regions: Regions) -> frozenset[str]:
    return frozenset(each.name for each in regions.municipalities() if each.ggd_region == region)


def _places(staff: Staff, regions: Regions) -> dict[str, tuple[tuple[str, str], ...]]:
    everywhere = regions.municipalities()
    if staff.municipality is not None:
        return {"Gemeente": ((staff.municipality, regions.spoken(staff.municipality)),)}
    named = sorted({each.ggd_region for each in everywhere})
    by_name = sorted(((each.name, each.spoken) for each in everywhere), key=lambda each: each[1].casefold())
    return {
        "Land": ((ALL, "Nederland"),),
        "GGD-regio": tuple((f"{REGION}{name}", name) for name in named),
        "Gemeente": tuple(by_name),
    }
