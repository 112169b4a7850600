"""A list of an evidence pack as CSV, row by row from the database."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from ...core import clock
from ...core.columns import Rows
from ...core.db import stream
from ...core.exports import harmless
from ...core.text import _

AT_ONCE = 1000
"""Rows held at a time."""
MARK = b"\xef\xbb\xbf"
"""Tells Excel that a CSV is UTF-8."""
Cell = Callable[[Any], object]


class Table(NamedTuple):
    """A list: its name in the pack, its heading, the statement, and each cell of a row."""

    name: str
    found: Rows
    cells: tuple[tuple[str, Cell], ...]

    def pieces(self) -> Iterator[bytes]:
        """The CSV that Excel opens ; nothing in it is taken for a formula."""
        yield MARK
        yield line_of([_(head) for head, _cell in self.cells])
        for row in stream(self.found, AT_ONCE):
            yield line_of([harmless(_written(cell(row))) for _head, cell in self.cells])


def line_of(cells: list[Any]) -> bytes:
    """A line of CSV."""
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue().encode()


def _written(value: object) -> object:
    """Moments to the second, on the clock of the community: the order of ballots may matter."""
    return clock.local(value).isoformat(timespec="seconds") if isinstance(value, datetime) else value
