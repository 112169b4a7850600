"""The rules of a count as a case states them, read with one line for what is wrong."""

from collections.abc import Mapping
from typing import Any

from .unreadable import Unreadable


class Params:
    """The `params` of a case. What is not stated or null has the default of the method."""

    def __init__(self, stated: Mapping[str, Any]) -> None:
        self._stated = stated

    def number(self, name: str, default: int | None = None) -> int | None:
        """A whole number, not negative. Raises Unreadable."""
        value = self._stated.get(name)
        if value is None:
            return default
        if not is_whole(value) or value < 0:
            raise Unreadable(f"params.{name}: no whole number")
        return int(value)

    def seats(self) -> int:
        """How many are to be elected; one where nothing is said."""
        seats = self.number("seats")
        return 1 if seats is None else seats

    def word(self, name: str, *allowed: str) -> str:
        """One of the words, the first where nothing is said. Raises Unreadable."""
        value = self._stated.get(name)
        if value is None:
            return allowed[0]
        if value not in allowed:
            raise Unreadable(f"params.{name}: {value!r} is none of {', '.join(allowed)}")
        return str(value)

    def value(self, name: str) -> Any:
        """As it stands, for a method that reads a shape of its own."""
        return self._stated.get(name)


def is_whole(value: object) -> bool:
    """Whether JSON gave a whole number (true and false are none)."""
    return isinstance(value, int) and not isinstance(value, bool)
