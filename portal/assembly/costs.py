"""What every matter costs each unit of the roll: worked out from the roll and the floors of the register, kept with the
paper, and worked out anew whenever one of them changes. Inside actions; the arithmetic is `shares`.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from ..core.db import db, read
from ..places.models import Place, Unit
from ..places.reserve import write
from ..places.roster.words import read_floor
from . import scopes, shares
from .countfile import matters_of
from .models.costs import CostShare
from .models.rolls import RollUnit
from .models.votes import Matter, OwnersVote
from .roll.drawing import Drawn
from .shares import Gap, Line, Part
from .words import Sharing


class Payer(NamedTuple):
    """A unit that pays its share; `voter_id`: of the head it stands under, 0 while there is no roll."""

    unit_id: int
    voter_id: int
    label: str
    part: Part


class Worked(NamedTuple):
    """A matter's cost over the roll. `amounts` in the order of the payers and `lines` are empty while there is a gap;
    `floorless`: payers of whom no floor is known."""

    matter: Matter
    gap: Gap
    floorless: list[Payer]
    amounts: list[int]
    lines: list[Line]


def allot(vote: OwnersVote) -> None:
    """Write what every unit pays for every matter; nothing before there is a roll. Inside an action."""
    forget(vote.id)
    payers = kept_payers(vote.id) if vote.roll_version else []
    for matter in matters_of(vote):
        worked = worked_out(matter, payers) if payers and is_shared(matter) else None
        matter.share_lines = [list(line) for line in worked.lines] if worked and not worked.gap else None
        if worked:
            rows = zip(payers, worked.amounts, strict=False)
            write((_row(vote.id, matter.id, payer, amount) for payer, amount in rows), CostShare)
    db.session.flush()


def forget(vote_id: int) -> None:
    """Before heads leave the roll or a matter the paper."""
    db.session.execute(sa.delete(CostShare).where(CostShare.vote_id == vote_id))


def is_shared(matter: Any) -> bool:
    """Whether something of it falls on the owners."""
    return matter.cost is not None and matter.sharing is not Sharing.COMMON


def worked_out(matter: Matter, payers: Sequence[Payer]) -> Worked:
    """The cost of a matter over these payers, in the order of house numbers."""
    parts = [payer.part for payer in payers]
    missing = shares.gap(parts, matter.sharing, matter.table)
    if missing:
        return Worked(matter, missing, [payers[n] for n in missing.parts], [], [])
    amounts = shares.shares(matter.net, parts, matter.sharing, matter.table)
    return Worked(
        matter, missing, [], amounts, shares.summed_up(parts, amounts, matter.sharing, matter.table)
    )


def of_vote(vote: OwnersVote) -> list[tuple[Worked, bool]]:
    """Every cost that is shared by floor, worked out afresh over the roll, and whether what is written is older than
    the register. By area nothing can be missing and nothing change: the roll has all of it."""
    matters = db.session.scalars(_BY_FLOOR.where(Matter.vote_id == vote.id)).all()
    payers = kept_payers(vote.id) if matters else []
    found = [worked_out(matter, payers) for matter in matters]
    return [(one, not one.gap and outdated(one, payers)) for one in found]


def would_be(vote: OwnersVote, drawn: Drawn) -> list[tuple[Worked, bool]]:
    """As `of_vote`, of a roll that is not written yet."""
    payers = drawn_payers(drawn)
    return [(worked_out(matter, payers), False) for matter in matters_of(vote) if is_shared(matter)]


def outdated(worked: Worked, payers: Sequence[Payer]) -> bool:
    """Whether floors were mended in the register since the shares were written."""
    kept = {row.unit_id: row.amount for row in read(_KEPT, {"matter": worked.matter.id})}
    return kept != dict(zip((payer.unit_id for payer in payers), worked.amounts, strict=False))


def kept_payers(vote_id: int) -> list[Payer]:
    """The units of the roll in the order of house numbers, with the floors the register has today; one query."""
    return [
        Payer(row.unit_id, row.voter_id, row.label, Part(row.area, row.building, read_floor(row.floor)))
        for row in read(_PAYERS, {"vote": vote_id})
    ]


def drawn_payers(drawn: Drawn) -> list[Payer]:
    """As it would be today, of a roll that is not written yet."""
    units = sorted((unit for head in drawn.heads for unit in head.parts), key=lambda unit: unit.order)
    return [
        Payer(unit.id, 0, unit.label, Part(unit.area or 0, unit.building, read_floor(unit.floor)))
        for unit in units
    ]


def floors_of(vote: OwnersVote) -> list[int]:
    """The floors that the register knows in the scope of a vote; one query."""
    found = {read_floor(row.floor) for row in read(_FLOORS.where(scopes.inside(vote, Unit.place_path)))}
    return sorted(floor for floor in found if floor is not None)


def _row(vote_id: int, matter_id: int, payer: Payer, amount: int) -> dict[str, int]:
    return {
        "matter_id": matter_id,
        "unit_id": payer.unit_id,
        "vote_id": vote_id,
        "voter_id": payer.voter_id,
        "amount": amount,
    }


_BY_FLOOR = (
    sa.select(Matter)
    .where(Matter.sharing.in_(shares.BY_FLOOR), Matter.cost.is_not(None))
    .order_by(Matter.position)
)
_PAYERS = (
    sa.select(
        RollUnit.unit_id, RollUnit.voter_id, RollUnit.label, RollUnit.area, RollUnit.building, Unit.floor
    )
    .join(Unit, Unit.id == RollUnit.unit_id)
    .join(Place, Place.id == RollUnit.unit_id)
    .where(RollUnit.vote_id == sa.bindparam("vote"))
    .order_by(Place.sort_key, RollUnit.unit_id)
)
_FLOORS = sa.select(Unit.floor).where(Unit.gone_on.is_(None)).distinct()
_KEPT = sa.select(CostShare.unit_id, CostShare.amount).where(CostShare.matter_id == sa.bindparam("matter"))
