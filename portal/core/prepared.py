"""Statements made once for all readers who are alike.

SQLAlchemy keeps the compiled text of a statement, but to find it again it walks the whole statement, which for
the statement of a page costs more than running it. A statement that is the same object is not walked again.
So what a page reads is a function of the access clause (`access.rows` gives the same clause to readers who are
alike) that is called once for each; the numbers of a request are bind parameters, given when it is run.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
S = TypeVar("S")

KEPT = 256
"""Statements kept of one function; those long unused go first."""


def prepared(build: Callable[P, S]) -> Callable[P, S]:
    """`build` is called once for equal arguments: clauses, columns and words, never numbers of a request."""
    return lru_cache(KEPT)(build)  # type: ignore[return-value]
