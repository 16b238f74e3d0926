"""One training for all the figures."""

import pytest

from tests.understanding.trained import Understanding


@pytest.fixture(scope="session")
def understanding(tmp_path_factory: pytest.TempPathFactory) -> Understanding:
    """The understanding, trained once."""
    return Understanding.train(tmp_path_factory.mktemp("understanding"))
