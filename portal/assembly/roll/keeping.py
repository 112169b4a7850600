"""Writing a roll into its rows: the first version, and later ones over it.

A head that stands on both versions keeps its row, so that what hangs on it (a designated co-owner, a guardian) stays.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from ...core.db import db, in_parts
from ...core.errors import Conflict
from ...core.files import StoredFile
from ...core.text import _
from ...places.reserve import reserve, write
from .. import costs
from ..models.papers import Proxy
from ..models.reaching import Delivery
from ..models.rolls import RollUnit, Speaker, Voter
from ..models.votes import OwnersVote
from . import file, speaking, versions
from .drawing import Drawn, Head


def keep(vote: OwnersVote, drawn: Drawn, reason: str, at: datetime) -> None:
    """Write the next version of the roll: rows, sums, file, digest. Inside an action.

    Raises Conflict if somebody who would leave the roll has given a proxy or was served his paper.
    """
    costs.forget(vote.id)
    known = _known(vote.id)
    _forget(vote, [id_ for key, id_ in known.items() if key not in {head.key for head in drawn.heads}])
    new = [head for head in drawn.heads if head.key not in known]
    ids = dict(zip((head.key for head in new), reserve(Voter, len(new)), strict=True))
    _renumber(vote, [(known[head.key], head) for head in drawn.heads if head.key in known])
    write((voter_row(vote, ids[head.key], head) for head in new), Voter)
    ids |= known
    db.session.execute(sa.delete(RollUnit).where(RollUnit.vote_id == vote.id))
    write((row for head in drawn.heads for row in _units(vote, ids[head.key], head)), RollUnit)
    speaking.keep(vote, {ids[head.key]: head for head in drawn.heads})
    vote.heads, vote.area, vote.units = len(drawn.heads), drawn.area, drawn.units
    versions.next_version(vote, reason, at)
    costs.allot(vote)


def _known(vote_id: int) -> dict[str, int]:
    """Voters of the present version by the key of their head."""
    first = sa.select(sa.func.min(RollUnit.unit_id)).where(RollUnit.voter_id == Voter.id).scalar_subquery()
    rows = sa.select(Voter.id, Voter.owner_set_id, Voter.kind, first.label("unit_id"))
    return {
        file.head_name(row.owner_set_id, row.kind, row.unit_id): row.id
        for row in db.session.execute(rows.where(Voter.vote_id == vote_id))
    }


def _forget(vote: OwnersVote, gone: list[int]) -> None:
    for some in in_parts(gone):
        for kept in (Proxy, Delivery):
            if db.session.scalar(sa.select(kept.id).where(kept.voter_id.in_(some)).limit(1)):
                raise Conflict(_("有业主交过委托书或者登记过送达，新名册上却没有他。请先办完他的委托。"))
        letters = [f"voter:{number}" for number in some]
        if db.session.scalar(sa.select(StoredFile.id).where(StoredFile.subject.in_(letters)).limit(1)):
            raise Conflict(_("有业主交过推选书、委派书或监护证明，新名册上却没有他。请先查明原因。"))
        for rows in (RollUnit, Speaker):
            db.session.execute(sa.delete(rows).where(rows.voter_id.in_(some)))
        db.session.execute(sa.delete(Voter).where(Voter.id.in_(some)))


def _renumber(vote: OwnersVote, heads: Iterable[tuple[int, Head]]) -> None:
    """New numbers over the old ones; none may be there twice even for a moment."""
    db.session.execute(sa.update(Voter).where(Voter.vote_id == vote.id).values(number=-Voter.number))
    rows = [voter_row(vote, id_, head) for id_, head in heads]
    if rows:
        db.session.execute(sa.update(Voter), rows)


def voter_row(vote: OwnersVote, id_: int, head: Head) -> dict[str, Any]:
    first = head.parts[0]
    return {
        "id": id_,
        "vote_id": vote.id,
        "number": head.number,
        "place_path": first.place_path,
        "owner_set_id": head.owner_set_id,
        "kind": head.kind,
        "name": head.name,
        "label": first.label,
        "building": first.building,
        "area": head.area,
        "units": len(head.parts),
    }


def _units(vote: OwnersVote, voter_id: int, head: Head) -> Iterable[dict[str, Any]]:
    for part in head.parts:
        yield {
            "vote_id": vote.id,
            "voter_id": voter_id,
            "unit_id": part.id,
            "place_path": part.place_path,
            "label": part.label,
            "building": part.building,
            "use": part.use,
            "delivery": part.state,
            "area": part.area,
            "area_source": part.area_source,
        }
