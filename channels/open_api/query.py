"""What a caller may ask of the open catalogue: read from the address, or refused with a clear reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from knowledge.places.names import key_of
from knowledge.places.regions import Municipality, Regions, Spot
from knowledge.vocabulary import OfferKind

MOST_A_PAGE = 100
A_PAGE = 20
_LONGEST = 100  # characters of one value
_LAST_PAGE = 1_000_000
KNOWN = ("municipality", "postcode", "kind", "search", "full", "page", "per_page")


class ProblemError(Exception):
    """Why a request is not carried out, for the program that sent it (RFC 9457). Never repeats what was sent."""

    def __init__(self, status: int, title: str, detail: str = "", **more: str) -> None:
        super().__init__(title)
        self.status = status
        self.title = title
        self.detail = detail
        self.more = more
        self.headers: dict[str, str] = {}


@dataclass(frozen=True)
class Query:
    """One question. ``spot``: offers that reach it. ``kinds``: any of these. ``search``: all of these words."""

    spot: Spot | None = None
    kinds: frozenset[OfferKind] = frozenset()
    search: str = ""
    full: bool = False
    page: int = 1
    per_page: int = A_PAGE
    asked: tuple[tuple[str, str], ...] = field(default=(), compare=False)  # the filters as they were sent

    def address(self, page: int) -> str:
        """The same question for another page, as the part of the address after the question mark."""
        return urlencode([*self.asked, ("page", page), ("per_page", self.per_page)])


class Queries:
    """Reads questions; knows the names and codes of municipalities."""

    def __init__(self, regions: Regions) -> None:
        self._regions = regions
        known = regions.municipalities()
        self._municipalities: dict[str, Municipality] = {
            **{key_of(each.spoken): each for each in known},
            **{key_of(each.name): each for each in known},
            **{key_of(each.code): each for each in known},
        }

    def read(self, params: QueryParams) -> Query:
        """The question in these parameters. Raises ``ProblemError`` (400)."""
        _refuse_strange(params)
        return Query(
            spot=self._spot(params),
            kinds=frozenset(_kind(value) for value in params.getlist("kind")),
            search=params.get("search", "").strip(),
            full=_flag(params.get("full", "false")),
            page=_number("page", params.get("page", "1"), _LAST_PAGE),
            per_page=_number("per_page", params.get("per_page", str(A_PAGE)), MOST_A_PAGE),
            asked=tuple((key, value) for key, value in params.multi_items() if key not in ("page", "per_page")),
        )

    def _spot(self, params: Mapping[str, str]) -> Spot | None:
        name, digits = params.get("municipality"), params.get("postcode")
        postcode = self._regions.by_postcode(digits) if digits is not None else None
        if digits is not None and postcode is None:
            raise _bad("postcode", "is not a Dutch postcode that is known here; ask for the municipality instead")
        municipality = self._municipalities.get(key_of(name)) if name is not None else None
        if name is not None and municipality is None:
            raise _bad("municipality", "is not the official name or the code (such as GM0193) of a municipality")
        if municipality is not None:
            return Spot(municipality.name, postcode.digits if postcode else None)
        return Spot(postcode.municipality, postcode.digits) if postcode else None


def _refuse_strange(params: QueryParams) -> None:
    for key in params:
        if key not in KNOWN:
            raise ProblemError(400, "Unknown parameter", f"This address knows: {', '.join(KNOWN)}.")
        values = params.getlist(key)
        if len(values) > (len(OfferKind) if key == "kind" else 1):
            raise _bad(key, "is given too often")
        if any(len(value) > _LONGEST for value in values):
            raise _bad(key, f"is longer than {_LONGEST} characters")


def _kind(value: str) -> OfferKind:
    try:
        return OfferKind(value)
    except ValueError:
        raise _bad("kind", f"must be one of {', '.join(kind.value for kind in OfferKind)}") from None


def _flag(value: str) -> bool:
    if value not in ("true", "false"):
        raise _bad("full", "must be true or false")
    return value == "true"


def _number(key: str, value: str, most: int) -> int:
    number = int(value) if value.isascii() and value.isdigit() and len(value) <= len(str(most)) else 0
    if not 1 <= number <= most:
        raise _bad(key, f"must be a whole number from 1 to {most}")
    return number


def _bad(key: str, why: str) -> ProblemError:
    return ProblemError(400, "Bad parameter", f"The parameter {key} {why}.", parameter=key)
