"""Words of count files as constants."""

from enum import Enum


class Word(str, Enum):  # noqa: UP042 (StrEnum came with Python 3.11; files are counted again on older ones)
    """A constant that JSON writes as its text."""
