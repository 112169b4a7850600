"""Who stands together on a title: the digest by which a set of owners is known again in the next file.

People are the same when their names and the numbers printed beside them are; organisations by name alone; the order
of names does not matter (`roster.heads` counts by the same rule).
"""

from collections.abc import Iterable, Sequence

from ..core.digests import digest
from .roster.owners import same_name
from .roster.units import Owner, OwnerKind, UnitRow


def set_key(owners: Sequence[Owner], phones: Iterable[str]) -> str:
    """64 hexadecimal digits, or "" for nobody."""
    if not owners:
        return ""
    names = sorted(same_name(o.name) for o in owners)
    people = any(o.kind is OwnerKind.PERSON for o in owners)
    parts = [*names, "", *sorted(set(phones))] if people else names
    return digest("\n".join(parts))


def key_of(unit: UnitRow) -> str:
    """The digest of a row's owners."""
    return set_key(unit.owners, unit.phones)


def all_among(owners: Sequence[Owner], developer: frozenset[str]) -> bool:
    """Whether they are the developer: all their names (`heads.developers`) are printed on unsold rows of the estate."""
    return bool(owners) and {same_name(o.name) for o in owners} <= developer
