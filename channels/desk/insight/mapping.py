"""The map: a circle for each municipality, over the shape of the land as its postcodes draw it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians, sqrt

from bot.insight.figures import Figure
from knowledge.places.regions import Point, Regions

WIDTH, MOST_HEIGHT, EDGE = 440, 520, 26
LARGEST = 22  # radius of the largest circle
NAMED = 9  # at most so many circles have their name beside them at once
LOCAL = 3  # from so many offers on, a municipality counts as having something
_LETTER, _LINE = 7.4, 15.0  # width and height of a letter on the map

_Place = Callable[[Point], tuple[float, float]]
_Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Circle:
    """A municipality on the map. ``tone``: ``none``, ``few`` or ``some`` offers there."""

    name: str
    code: str
    count: int
    known: int
    x: float
    y: float
    radius: float
    tone: str
    named: bool
    on_left: bool


@dataclass(frozen=True)
class Map:
    """Circles, largest first, and the land under them. ``height``: beside a width of ``WIDTH``."""

    height: int = 0
    land: str = ""
    circles: tuple[Circle, ...] = ()


def draw_map(
    figures: Mapping[str, Figure],
    supply: Mapping[str, int],
    regions: Regions,
    points: Sequence[tuple[str, Point]],
    around: frozenset[str] | None,
) -> Map:
    """The municipalities ``around`` (``None``: all) as circles. ``points``: municipality and place of each postcode."""
    land = _land(tuple(points), around)
    if land is None:
        return Map()
    place, height, dots = land
    most = max((figure.count for figure in figures.values()), default=0)
    circles: list[Circle] = []
    taken: list[_Box] = []
    for name, figure in sorted(figures.items(), key=lambda one: (-one[1].count, one[0])):
        known = regions.municipality(name)
        if known is None or known.centre is None:
            continue
        x, y = place(known.centre)
        radius, on_left = LARGEST * sqrt(figure.count / most), x > WIDTH * 0.62
        box = _label_box(known.spoken, x, y, radius, on_left=on_left)
        named = len(taken) < NAMED and not any(_overlap(box, other) for other in taken)
        taken += [box] if named else []
        offers = supply.get(name, 0)
        where = (round(x, 1), round(y, 1), round(radius, 1))
        circles.append(Circle(known.spoken, name, figure.count, offers, *where, _tone(offers), named, on_left))
    return Map(height, dots, tuple(circles))


@lru_cache(maxsize=32)  # the country and its 25 regions
def _land(points: tuple[tuple[str, Point], ...], around: frozenset[str] | None) -> tuple[_Place, int, str] | None:
    seen = [point for name, point in points if around is None or name in around]
    if not seen:
        return None
    place, height = _projection(seen)
    dots = dict.fromkeys(f"M{round(x)} {round(y)}h0" for x, y in map(place, seen))
    return place, height, "".join(dots)


def _projection(seen: Sequence[Point]) -> tuple[_Place, int]:
    squeeze = cos(radians(52.1))  # a degree of longitude against one of latitude, in the middle of the country
    west, east = min(p[1] for p in seen) * squeeze, max(p[1] for p in seen) * squeeze
    south, north = min(p[0] for p in seen), max(p[0] for p in seen)
    wide, high = max(east - west, 0.01), max(north - south, 0.01)
    scale = min((WIDTH - 2 * EDGE) / wide, (MOST_HEIGHT - 2 * EDGE) / high)
    left = (WIDTH - wide * scale) / 2

    def place(point: Point) -> tuple[float, float]:
        return left + (point[1] * squeeze - west) * scale, EDGE + (north - point[0]) * scale

    return place, round(high * scale) + 2 * EDGE


def _label_box(name: str, x: float, y: float, radius: float, *, on_left: bool) -> _Box:
    wide = len(name) * _LETTER + 6
    begin = x - radius - wide if on_left else x + radius
    return begin, y - _LINE / 2, begin + wide, y + _LINE / 2


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _tone(known: int) -> str:
    return "none" if not known else "few" if known < LOCAL else "some"
