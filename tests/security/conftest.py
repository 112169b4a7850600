"""The community in which there is one of everything, as the tests of the house know it."""

import pytest

from tests.house.rows import Rows, build
from tests.world import World


@pytest.fixture
def rows(world: World) -> Rows:
    return build(world)
