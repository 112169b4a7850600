"""Rows of a vote whose files are read with a permission of the vote."""

from typing import Any

import sqlalchemy as sa

from ...core.columns import LARGEST_ID
from ...core.db import db
from ...core.errors import NotVisible
from ..models.votes import OwnersVote


def hanging_on(vote: OwnersVote, model: Any, number: int) -> Any:
    """The row of a model with this number that belongs to the vote. Raises NotVisible for any other."""
    found = (
        db.session.scalar(sa.select(model).where(model.id == number, model.vote_id == vote.id))
        if (number <= LARGEST_ID)
        else None
    )
    if found is None:
        raise NotVisible()
    return found
