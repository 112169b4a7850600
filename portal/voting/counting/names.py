"""Names of owners, units and candidates, as a case states them."""

from collections.abc import Mapping
from typing import Any

from .case import Case
from .params import is_whole
from .unreadable import Unreadable


def name(value: object, where: str) -> str:
    """A name, or a number that serves as one; "" for none."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if is_whole(value):
        return str(value)
    raise Unreadable(f"{where}: {value!r} is no name")


def names(value: object, where: str) -> list[str]:
    """A list of names, or one text with them joined by +; [] for none."""
    parts = value if isinstance(value, list) else name(value, where).split("+")
    return [each for each in (name(part, where) for part in parts) if each]


def owner_of(line: Mapping[str, Any], where: str) -> str:
    """Whose paper it is: an owner, or the unit that it was given out for. Raises Unreadable if it does not say."""
    owner = name(line.get("owner"), f"{where}: owner")
    if not owner:
        raise Unreadable(f"{where}: no owner")
    return owner


def stated(case: Case, key: str) -> Any:
    """What a case of sums says of its electorate, or among its params; None: nothing."""
    value = case.electorate.get(key)
    return case.params.value(key) if value is None else value
