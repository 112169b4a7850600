"""What the tests of the house look at: a community in which there is one of everything."""

import pytest

from tests.house.rows import Rows, build
from tests.world import World


@pytest.fixture
def rows(world: World) -> Rows:
    return build(world)
