"""Counting: pure functions of ballots, on the standard library alone, so that anybody can run them anywhere.

`recount(case)` reads a count file (format `portal-count/1`) and gives the result with the keys of `expected`.
"""

from .case import Unreadable as Unreadable
from .case import recount as recount
