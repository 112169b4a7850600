"""Batches of papers that wait for another person to read them."""

import sqlalchemy as sa

from ...core import access, waiting
from ...core.actor import Actor
from ...core.columns import Rows
from ...core.text import N_
from ...core.waiting import NO_HOUR, Kind
from ..models.papers import Batch
from ..models.votes import OwnersVote
from ..policy import Can
from ..words import BatchState


def _to_check(actor: Actor) -> Rows | None:
    """Batches the actor has not read before."""
    if not access.reaches(actor, Batch, Can.CHECK_BATCH):
        return None
    return (
        sa.select(
            sa.literal("check_batch").label("kind"),
            Batch.id.label("subject_id"),
            OwnersVote.title,
            sa.literal("community").label("party"),
            Batch.moved_at.label("since"),
            NO_HOUR.label("due"),
            Batch.place_path,
        )
        .join(OwnersVote, OwnersVote.id == Batch.vote_id)
        .where(
            access.rows(actor, Batch, Can.CHECK_BATCH),
            Batch.first_by_id != actor.id,
            sa.or_(Batch.state == BatchState.SECOND, Batch.second_by_id != actor.id),
        )
    )


waiting.add(
    "check_batch",
    Kind(N_("纸质票等第二个人录"), N_("去录票"), "pencil", "batches.show", "paper_batch_id", False),
    _to_check,
)
