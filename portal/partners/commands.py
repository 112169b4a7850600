"""What partner merchants add to the command line: `flask points audit` asks for their checks too."""

from . import checks  # noqa: F401  (registered by being imported)
