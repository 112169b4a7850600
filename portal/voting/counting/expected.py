"""Whether a result is the expected one. Keys that the count does not give are notes of whoever wrote the case."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from .unreadable import Unreadable

# Meek's rule is a limit: two exact programs stop at slightly different places on the way to it.
_LEEWAY: dict[str, Fraction] = {"stv_meek": Fraction(1, 1000)}
# Here the order of the winners is the order of their election; elsewhere it says nothing.
_IN_ORDER_OF_ELECTION = {"stv_scottish", "stv_meek"}
# Sums of money: "100" and "100.00" are the same.
_AMOUNTS = {"spent"}


def differences(method: object, result: Mapping[str, Any], expected: object) -> list[str]:
    """The keys whose values differ, in the order of `expected`; nothing expected, nothing differs.

    Raises Unreadable if `expected` is neither an object nor null.
    """
    if expected is None:
        return []
    if not isinstance(expected, Mapping):
        raise Unreadable("expected: an object is needed")
    return [
        key for key, value in expected.items() if key in result and not _same(method, key, result[key], value)
    ]


def _same(method: object, key: str, given: Any, wanted: Any) -> bool:
    if given == wanted:
        return True
    name = method if isinstance(method, str) else ""
    if key in ("winners", "tied") and name not in _IN_ORDER_OF_ELECTION:
        return bool(_unordered(given) == _unordered(wanted))
    if key in _AMOUNTS:
        return _near(given, wanted, Fraction(0))
    return name in _LEEWAY and _near(given, wanted, _LEEWAY[name])


def _unordered(names: Any) -> Any:
    return sorted(map(str, names)) if isinstance(names, list) else names


def _near(given: Any, wanted: Any, leeway: Fraction) -> bool:
    """The same shape, and every number in it within the leeway."""
    if isinstance(given, Mapping) and isinstance(wanted, Mapping):
        return given.keys() == wanted.keys() and all(_near(given[k], wanted[k], leeway) for k in given)
    if isinstance(given, list) and isinstance(wanted, list):
        return len(given) == len(wanted) and all(
            _near(one, other, leeway)
            for one, other in zip(given, wanted)  # noqa: B905 (Python 3.9 knows no strict)
        )
    here, there = _number(given), _number(wanted)
    if here is None or there is None:
        return bool(given == wanted)
    return abs(here - there) <= leeway


def _number(value: Any) -> "Fraction | None":
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        return Fraction(value)
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
