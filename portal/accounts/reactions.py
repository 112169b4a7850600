"""What follows for people when other owners stand on a title: those of the old title move out with it."""

from collections.abc import Sequence

import sqlalchemy as sa

from ..core.actor import Actor
from ..core.db import db
from ..core.eventlog import on, record
from ..places.events import OwnersChanged
from ..places.models import Owner
from ..places.roster.owners import same_name
from .events import MembershipLapsed
from .models import Membership, Relation

OF_THE_TITLE = (Relation.OWNER, Relation.FAMILY)
"""Who lives there by right of the title; a sale does not break a lease, and a shop's staff belong to the shop."""


@on(OwnersChanged)
def move_out_with_the_title(actor: Actor, unit: object, changed: OwnersChanged) -> None:
    """End the memberships of owners, and of their families, who are not on the unit's title any more.

    Who stands on the new title too (a spouse was added) keeps his place and is known by the new entry. A membership
    that was never tied to an entry says nothing about a title, so it stays until the desk ends it.
    """
    present = _present(actor, getattr(unit, "id", 0))
    if not present:
        return
    before = _names([m.owner_id for m in present if m.owner_id])
    after = {same_name(name): id_ for id_, name in _entries(changed.owner_set_after)}
    for membership in present:
        entry = after.get(before.get(membership.owner_id or 0, ""))
        if entry is None:
            membership.ends = actor.today
            record(actor, membership, MembershipLapsed(membership.unit_id, actor.today))
        else:
            membership.owner_id = entry


def _present(actor: Actor, unit_id: int) -> Sequence[Membership]:
    """Memberships that rest on an entry of the register and have not ended."""
    return db.session.scalars(
        sa.select(Membership).where(
            Membership.unit_id == unit_id,
            Membership.relation.in_(OF_THE_TITLE),
            Membership.owner_id.is_not(None),
            sa.or_(Membership.ends.is_(None), Membership.ends > actor.today),
        )
    ).all()


def _names(owners: list[int]) -> dict[int, str]:
    """The names of entries, as they are compared."""
    found = db.session.execute(sa.select(Owner.id, Owner.name).where(Owner.id.in_(owners)))
    return {id_: same_name(name) for id_, name in found}


def _entries(owner_set: int | None) -> Sequence[tuple[int, str]]:
    """(entry, name) of the owners who stand together on a title."""
    chosen = sa.select(Owner.id, Owner.name).where(Owner.owner_set_id == owner_set)
    return [(id_, name) for id_, name in db.session.execute(chosen)]
