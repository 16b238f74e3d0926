"""Banners: shown in their place, on their days, to whom they concern; and every fault named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.schema import migrate
from knowledge.banners import FAULTS, FIELDS, BannerError, Banners, find_banner_faults, read_banner
from knowledge.curation.record import RecordKind
from knowledge.curation.records import Records
from knowledge.places.regions import Regions
from knowledge.storage import open_engine, open_sessions
from knowledge.vocabulary import OfferKind

REGIONS = Regions.load()
NOW = datetime(2026, 11, 23, 9, tzinfo=timezone.utc)
TODAY = NOW.date()
PLAIN = {"text": "De dagopvang is dicht.", "scope": "national", "begins": "2026-11-20", "ends": "2026-11-30"}


def banner_data(**changes: Any) -> dict[str, Any]:
    return {**PLAIN, **changes}


def in_places(*names: str) -> dict[str, Any]:
    return banner_data(scope="municipality", municipalities=list(names))


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    engine = open_engine(f"sqlite:///{tmp_path / 'banners.db'}")
    migrate(engine)
    yield Records(open_sessions(engine), lambda: NOW)
    engine.dispose()


def shown(data: dict[str, Any], *places: str, today: date = TODAY, kinds: frozenset[OfferKind] = frozenset()) -> bool:
    banner = read_banner("b", data, REGIONS)
    here = any(banner.covers(place, REGIONS) for place in (None, *places))
    return banner.begins <= today <= banner.ends and here and banner.concerns(kinds)


def test_it_is_shown_where_it_is_meant_and_not_where_nobody_knows_she_lives() -> None:
    assert shown(banner_data())
    assert shown(in_places("Zwolle"), "Zwolle")
    assert not shown(in_places("Zwolle"), "Deventer")
    assert not shown(in_places("Zwolle"))
    region = banner_data(scope="region", ggd_region=REGIONS.municipality("Zwolle").ggd_region)
    assert shown(region, "Kampen")
    assert not shown(region, "Utrecht")


def test_a_wish_not_told_rules_nothing_out() -> None:
    data = banner_data(kinds=["day_care"])
    assert shown(data)
    assert shown(data, kinds=frozenset({OfferKind.DAY_CARE, OfferKind.STAY}))
    assert not shown(data, kinds=frozenset({OfferKind.STAY}))


def test_it_runs_from_its_first_to_its_last_day(records: Records) -> None:
    banners = Banners(records, REGIONS)
    assert banners.showing(TODAY) == ()
    records.publish(RecordKind.BANNER, "b1", banner_data(), by="Els", base_revision=0)
    records.publish(RecordKind.BANNER, "b2", in_places("Zwolle"), by="Els", base_revision=0)
    records.publish(RecordKind.BANNER, "b3", {"text": "stuk"}, by="Els", base_revision=0)
    assert [one.id for one in banners.showing(TODAY)] == ["b1"]
    assert [one.id for one in banners.showing(TODAY, ["Zwolle"])] == ["b1", "b2"]
    assert [one.id for one in banners.showing(date(2026, 11, 30), ["Zwolle"])] == ["b1", "b2"]
    assert banners.showing(date(2026, 12, 1), ["Zwolle"]) == banners.showing(date(2026, 11, 19), ["Zwolle"]) == ()


def test_taken_away_is_gone_at_once(records: Records) -> None:
    banners = Banners(records, REGIONS)
    records.publish(RecordKind.BANNER, "b1", banner_data(), by="Els", base_revision=0)
    assert banners.showing(TODAY)
    records.remove(RecordKind.BANNER, "b1", by="Els", base_revision=1, why="voorbij")
    assert not banners.showing(TODAY)


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"text": " "}, "text", "no_text"),
        ({"text": "x" * 301}, "text", "too_long"),
        ({"scope": "province"}, "scope", "no_scope"),
        ({"scope": ["national"]}, "scope", "no_scope"),
        ({"municipalities": ["Zwolle"]}, "scope", "other_scope"),
        ({"scope": "municipality"}, "municipalities", "no_places"),
        ({"scope": "municipality", "municipalities": ["Nergens"]}, "municipalities", "unknown_municipality"),
        ({"scope": "region"}, "ggd_region", "no_region"),
        ({"scope": "region", "ggd_region": "Ver weg"}, "ggd_region", "unknown_region"),
        ({"begins": "morgen"}, "begins", "bad_day"),
        ({"ends": None}, "ends", "bad_day"),
        ({"ends": "2026-11-01"}, "ends", "ends_before"),
        ({"kinds": ["thee"]}, "kinds", "bad_kinds"),
        ({"asks_what_fell_away": "ja"}, "asks_what_fell_away", "bad_flag"),
        ({"kleur": "rood"}, "kleur", "unknown_field"),
    ],
)
def test_what_is_wrong_is_named_in_dutch(changes: dict[str, Any], field: str, code: str) -> None:
    faults = find_banner_faults(banner_data(**changes), REGIONS)
    assert (field, code) in {(fault.field, fault.code) for fault in faults}
    assert all(fault.text and "{" not in fault.text for fault in faults)
    with pytest.raises(BannerError):
        read_banner("b", banner_data(**changes), REGIONS)


@pytest.mark.parametrize("data", [None, [], "dicht", {}])
def test_what_is_no_banner_is_refused(data: Any) -> None:
    assert find_banner_faults(data)


def test_every_field_is_explained_and_every_fault_used() -> None:
    source = Path("knowledge/banners.py").read_text("utf-8")
    assert all(f'"{code}"' in source for code in FAULTS)
    assert all({"label", "help", "example", "description"} <= set(field) for field in FIELDS.values())


@given(
    st.text(min_size=1, max_size=300).filter(str.strip),
    st.sets(st.sampled_from(OfferKind)),
    st.booleans(),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)
def test_a_banner_is_read_as_it_was_typed(text: str, kinds: set[OfferKind], asks: bool, begins: date) -> None:
    data = banner_data(
        text=text, kinds=sorted(kinds), asks_what_fell_away=asks, begins=begins.isoformat(), ends="2026-12-31"
    )
    banner = read_banner("b", data)
    assert (banner.kinds, banner.asks_what_fell_away, banner.begins) == (kinds, asks, begins)
    assert banner.text.split() == text.split()
