"""How long one match takes in a made-up catalogue of 1,000, 10,000 and 100,000 offers, and how long that takes to load.

Processor time of one thread, so that what else the machine does counts as little as it can.
"""

from __future__ import annotations

import gc
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
from sqlalchemy.orm import sessionmaker

from bench.synthetic import TODAY, synthetic_needs, synthetic_offers
from knowledge.catalogue import Catalogue
from knowledge.curation.record import ChangeAction, RecordKind
from knowledge.curation.records import Records
from knowledge.matching.find import match_offers
from knowledge.matching.index import OfferIndex
from knowledge.offers.data import read_offer, write_offer
from knowledge.offers.record import Offer
from knowledge.places.regions import Regions
from knowledge.storage import metadata, open_engine

SIZES = (1_000, 10_000, 100_000)
NEEDS = 400


@dataclass(frozen=True)
class MatchingFigures:
    """For a catalogue of ``offers``: milliseconds a match over ``needs`` needs, seconds and megabytes for its index."""

    offers: int
    needs: int
    p50: float
    p95: float
    worst: float
    build: float
    grade: float
    change: float
    memory: float


@dataclass(frozen=True)
class LoadFigures:
    """Seconds to keep so many offers in a new database, and to read them back as a catalogue."""

    offers: int
    keep: float
    read: float


def measure(sizes: tuple[int, ...] = SIZES) -> list[MatchingFigures]:
    """One line for each size."""
    regions = Regions.load()
    offers = synthetic_offers(max(sizes), regions)
    return [_measure(offers[:size], regions) for size in sizes]


def _measure(offers: tuple[Offer, ...], regions: Regions) -> MatchingFigures:
    process = psutil.Process()
    gc.collect()
    before, began = process.memory_info().rss, time.thread_time()
    index = OfferIndex(offers, regions)
    build, began = time.thread_time() - began, time.thread_time()
    index.prepare(TODAY)
    grade = time.thread_time() - began
    memory = (process.memory_info().rss - before) / 1e6
    times = []
    for need in synthetic_needs(NEEDS, regions):
        began = time.thread_time()
        match_offers(need, index, regions, TODAY)
        times.append((time.thread_time() - began) * 1000)
    began = time.thread_time()
    index.with_changes(offers[:1])
    change = (time.thread_time() - began) * 1000
    centiles = statistics.quantiles(times, n=100)
    worst = max(times)
    return MatchingFigures(len(offers), len(times), centiles[49], centiles[94], worst, build, grade, change, memory)


def measure_load(work: Path, count: int = SIZES[-1]) -> LoadFigures:
    """Checks, keeps and reads back ``count`` offers in a new SQLite file, as an import and the next start do."""
    regions = Regions.load()
    offers = synthetic_offers(count, regions)
    path = work / "load.db"
    path.unlink(missing_ok=True)
    engine = open_engine(f"sqlite:///{path}")
    metadata.create_all(engine)
    records = Records(sessionmaker(engine, future=True))
    began = time.perf_counter()
    bodies = {offer.id: write_offer(read_offer(write_offer(offer))) for offer in offers}
    records.publish_many(RecordKind.OFFER, bodies, by="bench", action=ChangeAction.IMPORTED)
    keep, began = time.perf_counter() - began, time.perf_counter()
    index = Catalogue(sessionmaker(engine, future=True), regions).index()
    read = time.perf_counter() - began
    assert len(index) == count
    engine.dispose()
    path.unlink()
    return LoadFigures(count, keep, read)


def load_line(load: LoadFigures) -> str:
    """The load in words."""
    return f"{load.offers:,} offers checked and kept in {load.keep:.1f} s, read back and indexed in {load.read:.1f} s"


def table(figures: list[MatchingFigures]) -> str:
    """The figures as lines."""
    lines = [_line("offers", "p50 (ms)", "p95 (ms)", "worst (ms)", "index (s)", "a change (ms)", "memory (MB)")]
    for each in figures:
        numbers = (each.p50, each.p95, each.worst, each.build + each.grade, each.change, each.memory)
        lines.append(_line(f"{each.offers:,}", *(f"{number:.1f}" for number in numbers)))
    return "\n".join(lines)


def _line(first: str, *cells: str) -> str:
    return f"{first:<10}" + "".join(f"{cell:>15}" for cell in cells)
