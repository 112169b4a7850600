"""Counting: pure functions of ballots, on the standard library alone, so that anybody can run them anywhere.

`recount(case)` reads a count file (format `portal-count/1`) and gives the result with the keys of `expected`.
"""

from .methods import recount as recount
from .unreadable import Unreadable as Unreadable
