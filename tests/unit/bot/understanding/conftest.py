"""The regions of the seed catalogue, loaded once."""

import pytest

from knowledge.places.regions import Regions


@pytest.fixture(scope="session")
def regions() -> Regions:
    """Every municipality, place and postcode."""
    return Regions.load()
