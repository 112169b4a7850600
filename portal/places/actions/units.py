"""One unit of the register: corrected, sold, gone, back again."""

from collections.abc import Sequence

import sqlalchemy as sa

from ...core import access
from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.eventlog import record
from ...core.text import _
from ..events import OwnersChanged, UnitCorrected, UnitRestored, UnitRetired
from ..models import Owner, OwnerSet, TitleChange, Unit
from ..ownership import set_key
from ..policy import Can
from ..roster.owners import owner as named_owner
from ..roster.owners import same_name
from ..roster.units import AreaSource, Delivery
from ..roster.units import Owner as Named
from .lines import line


@action(Can.CORRECT)
def correct_unit(
    actor: Actor,
    unit: Unit,
    *,
    revision: int,
    area: int | None,
    source: AreaSource,
    delivery: Delivery,
    floor: str = "",
    note: str = "",
) -> Unit:
    """Correct what the register says of a unit. `area` in 0.01 m²; none: not known.

    Raises Conflict if somebody else changed the unit since the form was opened at `revision`.
    """
    _unchanged_since(unit, revision)
    if area == 0:
        raise Invalid(_("面积不能是 0；不知道就空着。"), "area")
    floor, note = line(floor, 16, field="floor"), line(note, 200, field="note")
    told = UnitCorrected(
        area_before=unit.exclusive_area if area != unit.exclusive_area else None,
        area_after=area if area != unit.exclusive_area else None,
        source_changed=source.printed != unit.area_source,
        delivery_changed=delivery is not unit.delivery,
        other_changed=(floor, note) != (unit.floor, unit.note),
    )
    if told == UnitCorrected():
        return unit
    unit.exclusive_area, unit.area_source, unit.delivery = area, source.printed, delivery
    unit.floor, unit.note = floor, note
    unit.revision += 1
    record(actor, unit, told)
    return unit


@action(Can.CORRECT)
def change_owners(
    actor: Actor, unit: Unit, *, revision: int, owners: Sequence[tuple[str, str]], reason: str
) -> Unit:
    """Put other owners on the title: name and phone of each, nobody if empty. Other units of the old owners keep them.

    Raises Conflict as `correct_unit`, Invalid for names that cannot be and without a reason.
    """
    _unchanged_since(unit, revision)
    reason = line(reason, 200, _("请写明变更的原因，例如：房屋过户。"), "reason")
    named = tuple(_named(name, phone) for name, phone in owners)
    if len({same_name(o.name) for o in named}) < len(named):
        raise Invalid(_("同一个名字写了两遍，请去掉一个。"), "owners")
    before, after = unit.owner_set_id, _owner_set(unit, named)
    if after == before:
        raise Invalid(_("业主没有变化。"), "owners")
    unit.owner_set_id = after
    unit.revision += 1
    change = TitleChange(
        unit_id=unit.id,
        place_path=unit.place_path,
        before_id=before,
        after_id=after,
        reason=reason,
        changed_at=actor.now,
        changed_by_id=actor.id,
    )
    store(change)
    record(actor, unit, OwnersChanged(before, after))
    return unit


@action(Can.CORRECT)
def retire_unit(actor: Actor, unit: Unit) -> Unit:
    """It is no separate part any more. It counts nowhere from now on; its history stays."""
    if unit.gone_on is not None:
        raise Conflict(_("这套房屋已经注销了。"))
    unit.gone_on = actor.today
    unit.revision += 1
    record(actor, unit, UnitRetired())
    return unit


@action(Can.CORRECT)
def restore_unit(actor: Actor, unit: Unit) -> Unit:
    """It is a separate part after all."""
    if unit.gone_on is None:
        raise Conflict(_("这套房屋没有注销。"))
    unit.gone_on = None
    unit.revision += 1
    record(actor, unit, UnitRestored())
    return unit


def _unchanged_since(unit: Unit, revision: int) -> None:
    if unit.revision != revision:
        raise Conflict(_("您打开以后，别人改过这套房屋。请看清两边的内容，再提交一次。"))


def _named(name: str, phone: str) -> Named:
    name = line(name, 80, _("请写业主的姓名。"), "owners")
    digits = "".join(phone.split())
    if len(digits) > 20:
        raise Invalid(_("“%(phone)s”太长，不像电话号码。", phone=digits[:30]), "owners")
    return named_owner(name, digits or None)


def _owner_set(unit: Unit, named: tuple[Named, ...]) -> int | None:
    """The set of these owners in the unit's estate, made if it is new."""
    if not named:
        return None
    estate = access.containing(unit.place_path)[1]
    phones = [o.phone for o in named if o.phone]
    key = set_key(named, phones)
    found = db.session.scalar(
        sa.select(OwnerSet.id).where(OwnerSet.place_path == estate, OwnerSet.key == key)
    )
    if found:
        return found
    owners = OwnerSet(
        place_path=estate, key=key, developer=_developers(estate, named), phones="、".join(phones)[:80]
    )
    store(owners)
    rows = [
        Owner(owner_set_id=owners.id, place_path=estate, kind=o.kind, name=o.name, phone=o.phone or "")
        for o in named
    ]
    store(*rows)
    return owners.id


def _developers(estate: str, named: tuple[Named, ...]) -> bool:
    """Whether they are the estate's developer, known by name from other titles of his."""
    known = db.session.scalars(
        sa.select(Owner.name)
        .join(OwnerSet, OwnerSet.id == Owner.owner_set_id)
        .where(OwnerSet.place_path == estate, OwnerSet.developer.is_(True))
    )
    return {same_name(o.name) for o in named} <= {same_name(name) for name in known}
