"""Batches of papers that wait for another person to read them."""

import sqlalchemy as sa

from ...core import waiting
from ...core.access import Condition
from ...core.columns import Rows
from ...core.prepared import prepared
from ...core.text import N_
from ...core.waiting import ME, Kind, lines, those
from ..models.papers import Batch
from ..models.votes import OwnersVote
from ..policy import Can
from ..words import BatchState


@prepared
def _to_check(mine: Condition) -> Rows:
    """Batches the reader has not read before."""
    return (
        lines("check_batch", Batch, title=OwnersVote.title, since=Batch.moved_at)
        .join(OwnersVote, OwnersVote.id == Batch.vote_id)
        .where(
            mine,
            Batch.first_by_id != ME,
            sa.or_(Batch.state == BatchState.SECOND, Batch.second_by_id != ME),
        )
    )


waiting.add(
    "check_batch",
    Kind(N_("纸质票等第二个人录"), N_("去录票"), "pencil", "batches.show", "paper_batch_id", False),
    those(Batch, Can.CHECK_BATCH, _to_check),
)
