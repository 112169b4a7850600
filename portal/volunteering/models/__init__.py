"""The tables of volunteering, a subject a file."""

from . import book, people, shifts, standing  # noqa: F401  (their tables)
