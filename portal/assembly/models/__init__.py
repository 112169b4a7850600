"""The tables of owners' votes, a subject a file."""

from . import box, challenges, costs, counts, elections, papers, reaching, rolls, votes  # noqa: F401  (their tables)
