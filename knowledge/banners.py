"""Banners: one plain sentence that everybody in a place should know today, as when a house closes (R60).

A banner is the editors' own text; the talk shows it once. ``banners.yml`` names its fields and what can be wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from knowledge import faults
from knowledge.curation.following import Following, readable
from knowledge.curation.record import Record, RecordKind
from knowledge.curation.records import Records
from knowledge.places.regions import Regions
from knowledge.vocabulary import OfferKind, Scope
from knowledge.yaml_files import read_yaml

GUIDE_FILE = Path(__file__).with_name("banners.yml")
LONGEST_TEXT = 300
SCOPES = (Scope.NATIONAL, Scope.REGION, Scope.MUNICIPALITY)
_GUIDE: Mapping[str, Any] = read_yaml(GUIDE_FILE.read_text(encoding="utf-8"))

FIELDS: Mapping[str, Mapping[str, str]] = MappingProxyType(dict(_GUIDE["fields"]))
"""What editors fill in, in order of the form: for each field its ``label``, ``help``, ``example``, ``description``."""
FAULTS: Mapping[str, str] = MappingProxyType(dict(_GUIDE["faults"]))


@dataclass(frozen=True)
class Banner:
    """``text`` as people read it, from ``begins`` until and with ``ends``, in the places of ``scope``.

    ``kinds``: only for who looks for these; empty: for everybody. ``asks_what_fell_away``: after it the talk asks,
    once and to be skipped, which help stopped.
    """

    id: str
    text: str
    scope: Scope
    begins: date
    ends: date
    municipalities: tuple[str, ...] = ()
    ggd_region: str = ""
    kinds: frozenset[OfferKind] = frozenset()
    asks_what_fell_away: bool = False

    def covers(self, municipality: str | None, regions: Regions) -> bool:
        """Is it meant for this place? A place that is not known is only in the whole country."""
        if self.scope is Scope.NATIONAL:
            return True
        known = regions.municipality(municipality or "")
        if known is None:
            return False
        return known.name in self.municipalities or known.ggd_region == self.ggd_region

    def concerns(self, kinds: Collection[OfferKind]) -> bool:
        """Does it matter to who looks for ``kinds``? A wish not told rules nothing out."""
        return not self.kinds or not kinds or bool(self.kinds & set(kinds))


class BannerFault(faults.Fault):
    """What is wrong with a banner; the sentences stand in ``banners.yml``."""

    sentences = FAULTS


class BannerError(faults.FaultyError):
    """The data cannot be read; ``faults`` names everything that is wrong."""


class Banners:
    """All banners, in step with what editors publish."""

    def __init__(self, records: Records, regions: Regions) -> None:
        self._regions = regions
        self._following = Following(records, RecordKind.BANNER, _of_records)

    def showing(
        self, today: date, municipalities: Collection[str] = (), kinds: Collection[OfferKind] = ()
    ) -> tuple[Banner, ...]:
        """The banners that run today for somebody in one of these places who looks for ``kinds``, by id."""
        return tuple(
            banner
            for banner in self.all()
            if banner.begins <= today <= banner.ends
            and banner.concerns(kinds)
            and any(banner.covers(place, self._regions) for place in (None, *municipalities))
        )

    def all(self) -> tuple[Banner, ...]:
        """Every banner that can be read, by id, whenever it runs."""
        return self._following.current()


def _of_records(records: Iterable[Record]) -> tuple[Banner, ...]:
    return tuple(readable(records, read_banner, BannerError))


def read_banner(banner_id: str, data: Any, regions: Regions | None = None) -> Banner:
    """The banner that ``data`` holds. Raises ``BannerError`` with all faults."""
    if faults := find_banner_faults(data, regions):
        raise BannerError(faults)
    return Banner(
        id=banner_id,
        text=data["text"].strip(),
        scope=Scope(data["scope"]),
        begins=_day(data["begins"]),
        ends=_day(data["ends"]),
        municipalities=tuple(data.get("municipalities", ())),
        ggd_region=data.get("ggd_region", ""),
        kinds=frozenset(OfferKind(kind) for kind in data.get("kinds", ())),
        asks_what_fell_away=data.get("asks_what_fell_away", False),
    )


def find_banner_faults(data: Any, regions: Regions | None = None) -> tuple[BannerFault, ...]:
    """Everything that is wrong; with ``regions`` the names of places are checked too."""
    if not isinstance(data, Mapping):
        return (BannerFault("", "not_a_record"),)
    faults = [BannerFault(str(key), "unknown_field", {"value": str(key)}) for key in data if key not in FIELDS]
    for check in (_text_faults, _scope_faults, _day_faults, _other_faults):
        faults += check(data)
    if regions is not None and not faults:
        faults += _place_faults(data, regions)
    return tuple(faults)


def _text_faults(data: Mapping[str, Any]) -> Iterator[BannerFault]:
    text = data.get("text")
    if not isinstance(text, str) or not text.strip():
        yield BannerFault("text", "no_text")
    elif len(text) > LONGEST_TEXT:
        yield BannerFault("text", "too_long", {"most": str(LONGEST_TEXT)})


def _scope_faults(data: Mapping[str, Any]) -> Iterator[BannerFault]:
    scope, places, region = data.get("scope"), data.get("municipalities", []), data.get("ggd_region", "")
    if not isinstance(places, list) or not all(isinstance(one, str) for one in places):
        yield BannerFault("municipalities", "not_a_list")
    if not isinstance(region, str):
        yield BannerFault("ggd_region", "no_region")
    if scope not in SCOPES:
        yield BannerFault("scope", "no_scope")
    elif scope == Scope.MUNICIPALITY and not places:
        yield BannerFault("municipalities", "no_places")
    elif scope == Scope.REGION and not region:
        yield BannerFault("ggd_region", "no_region")
    if (places and scope != Scope.MUNICIPALITY) or (region and scope != Scope.REGION):
        yield BannerFault("scope", "other_scope")


def _day_faults(data: Mapping[str, Any]) -> Iterator[BannerFault]:
    days: list[date] = []
    for name in ("begins", "ends"):
        try:
            days.append(_day(data.get(name)))
        except ValueError:
            yield BannerFault(name, "bad_day", {"value": str(data.get(name) or "")})
    if len(days) == 2 and days[1] < days[0]:
        yield BannerFault("ends", "ends_before")


def _other_faults(data: Mapping[str, Any]) -> Iterator[BannerFault]:
    kinds, known = data.get("kinds", []), {kind.value for kind in OfferKind}
    if not isinstance(kinds, list) or not {str(kind) for kind in kinds} <= known:
        yield BannerFault("kinds", "bad_kinds")
    if not isinstance(data.get("asks_what_fell_away", False), bool):
        yield BannerFault("asks_what_fell_away", "bad_flag")


def _place_faults(data: Mapping[str, Any], regions: Regions) -> Iterator[BannerFault]:
    for name in data.get("municipalities", ()):
        if regions.municipality(name) is None:
            yield BannerFault("municipalities", "unknown_municipality", {"value": name})
    region = data.get("ggd_region", "")
    if region and all(each.ggd_region != region for each in regions.municipalities()):
        yield BannerFault("ggd_region", "unknown_region", {"value": region})


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
