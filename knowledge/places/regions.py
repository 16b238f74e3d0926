"""The Netherlands as the talk needs it: municipalities, postcodes, what people call them, and how far apart they are.

Source of the tables: ``seed/PROVENANCE.md``. A postcode can straddle municipalities and the table gives one, so a
place is always confirmed with the person. An unknown postcode is not "wrong": ask for the place.
"""

from __future__ import annotations

import csv
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.places.names import PlaceHit, PlaceNames

SEED = Path(__file__).parents[1] / "seed"
EARTH_RADIUS_KM = 6371.0088
_POSTCODE = re.compile(r"\s*([1-9]\d{3})\s?(?:[A-Za-z]{2})?\s*")

Point = tuple[float, float]


@dataclass(frozen=True)
class Spot:
    """A place someone lives: a municipality by its official name, and a postcode (four digits) if known."""

    municipality: str
    postcode: str | None = None


@dataclass(frozen=True)
class Municipality:
    """A municipality by its official name. ``spoken`` is what people call it ("Den Haag").

    ``centre`` is the mean of its postcode points, weighted by residents: where its people live, not an address.
    """

    name: str
    spoken: str
    code: str
    province: str
    ggd_region: str
    safety_region: str
    residents: int
    centre: Point | None


@dataclass(frozen=True)
class Postcode:
    """A four-digit postcode with one of its places. ``point`` is ``None`` for the 28 that lack coordinates."""

    digits: str
    place: str
    municipality: str
    point: Point | None
    residents: int | None


class Regions:
    """Look-ups over postcodes, places and municipalities. Immutable once loaded; load it once."""

    def __init__(
        self,
        municipalities: Iterable[Municipality],
        postcodes: Iterable[Postcode],
        aliases: Iterable[tuple[str, str]] = (),
    ) -> None:
        self._municipalities = {each.name: each for each in municipalities}
        self._postcodes = {each.digits: each for each in postcodes}
        self._names = PlaceNames(_named_places(self._municipalities, self._postcodes.values(), aliases))

    @classmethod
    def load(cls, folder: Path = SEED) -> Regions:
        """Read ``pc4.csv``, ``gemeenten.csv`` and ``place_aliases.csv``."""
        postcodes = [_postcode(row) for row in _rows(folder / "pc4.csv")]
        aliases = [(row["alias"], row["municipality"]) for row in _rows(folder / "place_aliases.csv")]
        spoken = {row["municipality"]: row["spoken"] for row in _rows(folder / "spoken_names.csv")}
        by_municipality: dict[str, list[Postcode]] = defaultdict(list)
        for postcode in postcodes:
            by_municipality[postcode.municipality].append(postcode)
        municipalities = [
            _municipality(row, spoken, by_municipality[row["gemeente"]]) for row in _rows(folder / "gemeenten.csv")
        ]
        return cls(municipalities, postcodes, aliases)

    def municipality(self, name: str) -> Municipality | None:
        """The municipality of this official name."""
        return self._municipalities.get(name)

    def municipalities(self) -> tuple[Municipality, ...]:
        """All of them, by name."""
        return tuple(sorted(self._municipalities.values(), key=lambda each: each.name))

    def spoken(self, name: str) -> str:
        """What people call the municipality of this official name; the name itself if it is unknown."""
        known = self._municipalities.get(name)
        return known.spoken if known else name

    def by_postcode(self, text: str) -> Postcode | None:
        """The postcode in ``text`` ("9711", "9711 AB"), or ``None``: unknown here, or not a postcode."""
        match = _POSTCODE.fullmatch(text)
        return self._postcodes.get(match[1]) if match else None

    def find_place(self, text: str) -> tuple[PlaceHit, ...]:
        """What a typed place name may mean: several municipalities give several hits, unknown gives none.

        An exact name (whatever its case, accents, apostrophes and hyphens) excludes guesses at typing errors.
        """
        return self._names.find(text)

    def names(self) -> tuple[str, ...]:
        """Every place and municipality name and alias, for a scanner of running text."""
        return self._names.all()

    def distance_km(self, one: Spot, other: Spot) -> float | None:
        """Straight-line km, between postcodes or, where none is given, the middle of the municipality.

        ``None`` when a postcode is given of which the coordinates are unknown: unknown is not zero.
        """
        here, there = self._point(one), self._point(other)
        return None if here is None or there is None else _kilometres(here, there)

    def same_region(self, one: str, other: str) -> bool:
        """Are two municipalities in one GGD region? (25 regions; the only regional division the tables hold.)"""
        here, there = self._municipalities.get(one), self._municipalities.get(other)
        return here is not None and there is not None and here.ggd_region == there.ggd_region

    def _point(self, spot: Spot) -> Point | None:
        if spot.postcode:
            postcode = self.by_postcode(spot.postcode)
            return postcode.point if postcode else None
        municipality = self._municipalities.get(spot.municipality)
        return municipality.centre if municipality else None


def _named_places(
    municipalities: Mapping[str, Municipality], postcodes: Iterable[Postcode], aliases: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, Municipality]]:
    for municipality in municipalities.values():
        yield municipality.name, municipality
        yield municipality.spoken, municipality
    for postcode in postcodes:
        yield postcode.place, municipalities[postcode.municipality]
    for alias, name in aliases:
        yield alias, municipalities[name]


def _postcode(row: Mapping[str, str]) -> Postcode:
    point = (float(row["lat"]), float(row["lon"])) if row["lat"] and row["lon"] else None
    residents = int(row["inwoners"]) if row["inwoners"] else None
    return Postcode(row["pc4"], row["plaats"], row["gemeente"], point, residents)


def _municipality(row: Mapping[str, str], spoken: Mapping[str, str], postcodes: list[Postcode]) -> Municipality:
    name = row["gemeente"]
    return Municipality(
        name=name,
        spoken=spoken.get(name, name),
        code=row["gemeentecode"],
        province=row["provincie"],
        ggd_region=row["ggd_regio"],
        safety_region=row["veiligheidsregio"],
        residents=sum(each.residents or 0 for each in postcodes),
        centre=_weighted_centre(postcodes),
    )


def _weighted_centre(postcodes: list[Postcode]) -> Point | None:
    weighted = [(each.point, (each.residents or 0) + 1) for each in postcodes if each.point]
    total = sum(weight for _, weight in weighted)
    if not total:
        return None
    return (
        sum(point[0] * weight for point, weight in weighted) / total,
        sum(point[1] * weight for point, weight in weighted) / total,
    )


def _kilometres(one: Point, other: Point) -> float:
    """Great-circle distance (haversine)."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*one, *other))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
