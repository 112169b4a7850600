"""Names of owners, units and candidates, as a case states them."""

from collections.abc import Mapping
from typing import Any

from .case import Case
from .params import is_whole
from .unreadable import Unreadable


def name(line: Mapping[str, Any], key: str, where: str) -> str:
    """What a line says under a key: a name, or a number that serves as one; "" for none. Raises Unreadable."""
    value = line.get(key)
    if value is None:
        return ""
    return value.strip() if isinstance(value, str) else _numbered(value, key, where)


def names(line: Mapping[str, Any], key: str, where: str) -> list[str]:
    """A list of names, or one text with them joined by +; [] for none. Raises Unreadable."""
    value = line.get(key)
    if value is None:
        return []
    parts = value if isinstance(value, list) else [value]
    said = [p if isinstance(p, str) else _numbered(p, key, where) for p in parts]
    if not isinstance(value, list):
        said = said[0].split("+")
    return [each for each in map(str.strip, said) if each]


def _numbered(value: object, key: str, where: str) -> str:
    if not is_whole(value):
        raise Unreadable(f"{where}: {key}: {value!r} is no name")
    return str(value)


def owner_of(line: Mapping[str, Any], where: str) -> str:
    """Whose paper it is: an owner, or the unit that it was given out for. Raises Unreadable if it does not say."""
    owner = name(line, "owner", where)
    if not owner:
        raise Unreadable(f"{where}: no owner")
    return owner


def stated(case: Case, key: str) -> Any:
    """What a case of sums says of its electorate, or among its params; None: nothing."""
    value = case.electorate.get(key)
    return case.params.value(key) if value is None else value
