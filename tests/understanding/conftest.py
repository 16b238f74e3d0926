"""One model for all the figures."""

import pytest

from tests.understanding.trained import Understanding


@pytest.fixture(scope="session")
def understanding() -> Understanding:
    """The understanding of the product."""
    return Understanding()
