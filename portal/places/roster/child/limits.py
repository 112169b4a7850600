"""What one file may cost: the process limits and the largest table taken from it."""

import resource

MEMORY = 700 * 1024 * 1024  # bytes of address space
SECONDS = 20  # of CPU
MAX_ROWS = 60_000  # rows with something in them, over all sheets of a file
MAX_COLUMNS = 100  # to the last filled cell of a row
MAX_CELL = 500  # characters kept of one cell
MAX_LINE = 200_000  # characters of one line of delimited text
MAX_FIELD = 10_000  # characters of one field of delimited text
MAX_OUTPUT = 40_000_000  # characters written of one file; 50,000 units are 8 million
MAX_SHEETS = 200
MAX_MERGES = 50_000  # merged ranges of one sheet


def confine() -> None:
    """Binds this process, for good. Called first, by the child itself: a hook before exec is unsafe beside threads."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
