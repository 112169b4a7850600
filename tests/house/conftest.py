"""What the tests of the house look at: a community in which there is one of everything."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.conftest import rolled_back
from tests.house.rows import Rows, build
from tests.world import World


@pytest.fixture(scope="module")
def rows(application: Flask, built: World) -> Iterator[Rows]:
    """Made once for all tests of a file, which read or are refused: none of them changes anything."""
    with rolled_back(application):
        yield build(built)
