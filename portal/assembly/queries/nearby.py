"""Owners' votes as pages of lower floors show them: of a topic, of a place, of a unit."""

from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...core import access
from ...core.access import containing, under
from ...core.actor import Actor
from ...core.db import read
from ...core.nested import nested
from ..models.box import Turnout
from ..models.rolls import RollUnit
from ..models.votes import OwnersVote
from ..stages import PREPARED

A_FEW = 5


class VoteLine(NamedTuple):
    """A vote in a line. `heads_in`: of whom there is a ballot."""

    id: int
    place_path: str
    number: str
    title: str
    state: str
    scope_label: str
    opens_at: datetime
    opened_at: datetime | None
    closes_at: datetime
    heads: int
    heads_in: int


_HEADS_IN = (
    sa.select(sa.func.coalesce(sa.func.sum(Turnout.heads), 0))
    .where(Turnout.vote_id == OwnersVote.id)
    .correlate(OwnersVote)
    .scalar_subquery()
)
_LINES = (
    sa.select(
        OwnersVote.id,
        OwnersVote.place_path,
        OwnersVote.number,
        OwnersVote.title,
        OwnersVote.state,
        OwnersVote.scope_label,
        OwnersVote.opens_at,
        OwnersVote.opened_at,
        OwnersVote.closes_at,
        OwnersVote.heads,
        _HEADS_IN.label("heads_in"),
    )
    .order_by(OwnersVote.id.desc())
    .limit(A_FEW)
)


def votes_of_topic(model: Any) -> Any:
    """The owners' votes that grew out of a topic as a nested column, latest first."""
    return nested(_LINES.where(OwnersVote.topic_id == model.id), of=model)


def votes_at(actor: Actor, path: str) -> list[VoteLine]:
    """The latest votes of a place, of what it is part of and of what is in it; one query."""
    here = sa.or_(OwnersVote.place_path.in_(containing(path)), under(OwnersVote.place_path, path))
    return [VoteLine(*row) for row in read(_LINES.where(here, _shown(actor)))]


def votes_of_unit(model: Any) -> Any:
    """The latest votes on whose roll a unit stands as a nested column."""
    rolled = sa.select(RollUnit.vote_id).where(RollUnit.unit_id == model.id).correlate(model)
    return nested(_LINES.where(OwnersVote.id.in_(rolled)), of=model)


def _shown(actor: Actor) -> sa.ColumnElement[bool]:
    return sa.and_(access.rows(actor, OwnersVote), OwnersVote.state.not_in(PREPARED))
