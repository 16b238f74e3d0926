"""Matching stays cheap in a large catalogue: counted, not timed (``make bench`` times)."""

from __future__ import annotations

from collections import Counter

import pytest

from bench.synthetic import TODAY, synthetic_needs, synthetic_offers
from knowledge.matching import memory, search
from knowledge.matching.find import match_offers
from knowledge.matching.index import OfferIndex

OFFERS = 20_000
NEEDS = 60
MOST_WEIGHED = 6  # three matches, three near misses
MOST_REACHED = 300
MOST_COMPARED = 2500  # of 120,000 parts of offers


@pytest.fixture(scope="module")
def index(regions):
    return OfferIndex(synthetic_offers(OFFERS, regions), regions)


def test_a_match_looks_at_few_of_many_offers(index, regions, monkeypatch):
    calls = Counter()

    def counted(module, name):
        real = getattr(module, name)

        def call(*given):
            calls[name] += 1
            return real(*given)

        monkeypatch.setattr(module, name, call)

    counted(search, "weigh")
    counted(search, "reach_of")
    counted(memory.Known, "compare")
    for need in synthetic_needs(NEEDS, regions):
        calls.clear()
        match_offers(need, index, regions, TODAY)
        assert calls["weigh"] <= MOST_WEIGHED
        assert calls["reach_of"] <= MOST_REACHED, need
        assert calls["compare"] <= MOST_COMPARED, need
