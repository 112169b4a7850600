"""Who stands together on a title: the digest by which a set of owners is known again in the next file.

People are the same when their names and the number printed beside them are; organisations by name alone; the order
of names does not matter (SPC 2020 art. 9: one buyer with several parts is one person).
"""

import hashlib
from collections.abc import Iterable, Sequence

from .roster.owners import same_name
from .roster.units import Delivery, Owner, OwnerKind, UnitRow


def set_key(owners: Sequence[Owner], phones: Iterable[str]) -> str:
    """64 hexadecimal digits, or "" for nobody."""
    if not owners:
        return ""
    names = sorted(f"{o.kind}:{same_name(o.name)}" for o in owners)
    people = any(o.kind is OwnerKind.PERSON for o in owners)
    parts = [*names, "", *sorted(set(phones))] if people else names
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def key_of(unit: UnitRow) -> str:
    """The digest of a row's owners."""
    return set_key(unit.owners, unit.phones)


def developers(units: Iterable[UnitRow]) -> frozenset[tuple[str, str]]:
    """(estate, key) of the developers: the owners printed on unsold rows. A developer's name is his in all rows."""
    return frozenset((u.estate, key_of(u)) for u in units if u.delivery is Delivery.UNSOLD and u.owners)
