"""The chain of digests: each link covers the rows of the log since the last one and the link before it, so that
whoever keeps one old line (on paper, in another building) can show that nothing before it was changed since.

A link is one line of text: `first-last rows rows-digest chain-digest`. This module computes; it reads and writes
nothing.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

START = "0" * 64
"""What the first link is chained to."""


class Link(NamedTuple):
    """Rows `first` to `last` (ids, both included) and their digest, chained to the link before."""

    first: int
    last: int
    rows: int
    digest: str
    chain: str

    def __str__(self) -> str:
        return f"{self.first}-{self.last} {self.rows} {self.digest} {self.chain}"


def parse(line: str) -> Link:
    """A line as `str(link)` wrote it. Raises ValueError for anything else."""
    span, rows, digest, chain = line.split()
    first, last = span.split("-")
    if len(digest) != 64 or len(chain) != 64:
        raise ValueError("a digest has 64 characters")
    return Link(int(first), int(last), int(rows), digest, chain)


def canonical(row: Sequence[Any]) -> bytes:
    """One row of the log, the same bytes whatever the database: JSON with sorted keys, instants in UTC."""
    plain = [v.isoformat() if isinstance(v, datetime) else v for v in row]
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def link(before: Link | None, first: int, last: int, rows: Iterable[Sequence[Any]]) -> Link:
    """The next link over these rows, which come in the order of their ids."""
    hashed, count = hashlib.sha256(), 0
    for row in rows:
        hashed.update(canonical(row))
        count += 1
    digest = hashed.hexdigest()
    chained = f"{before.chain if before else START} {first}-{last} {count} {digest}"
    return Link(first, last, count, digest, hashlib.sha256(chained.encode()).hexdigest())
