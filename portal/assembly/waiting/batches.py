"""Papers that wait: to be counted in the box at the close, and batches to be read by another person."""

from datetime import timedelta

import sqlalchemy as sa

from ...core import waiting
from ...core.access import Condition
from ...core.columns import Rows
from ...core.prepared import prepared
from ...core.text import N_
from ...core.waiting import ME, Kind, hour, lines, those
from ..models.papers import Batch, BoxSeal
from ..models.votes import OwnersVote
from ..policy import Can
from ..sealing import HOURS, NOBODYS
from ..words import BatchState

HOURS_AGO = hour(timedelta(hours=-HOURS))


@prepared
def _to_seal(mine: Condition) -> Rows:
    """Closed within the hours in which the papers in the box may be counted, and nobody has or no two agree."""
    return lines("seal_box", OwnersVote, title=OwnersVote.title, since=OwnersVote.closes_at).where(
        mine,
        OwnersVote.closes_at > HOURS_AGO,
        ~sa.exists().where(BoxSeal.vote_id == OwnersVote.id, BoxSeal.standing != NOBODYS),
    )


@prepared
def _to_confirm(mine: Condition) -> Rows:
    """The papers in the box were counted by one person."""
    return (
        lines("confirm_seal", BoxSeal, title=OwnersVote.title, since=BoxSeal.stated_at, subject=OwnersVote.id)
        .join(OwnersVote, OwnersVote.id == BoxSeal.vote_id)
        .where(mine)
    )


@prepared
def _to_check(mine: Condition) -> Rows:
    """Batches the reader has not read before. They are due at the close: votes are counted once all have been read."""
    return (
        lines("check_batch", Batch, title=OwnersVote.title, since=Batch.moved_at, due=OwnersVote.closes_at)
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
waiting.add(
    "seal_box",
    Kind(N_("截止了，票箱要封箱记数"), N_("去记数"), "lock", "box_seals.show", "owners_vote_id", False),
    those(OwnersVote, Can.SEAL_BOX, _to_seal),
)
waiting.add(
    "confirm_seal",
    Kind(N_("封箱的数目等另一个人再数"), N_("去数票"), "lock", "box_seals.show", "owners_vote_id", False),
    those(BoxSeal, Can.CONFIRM_SEAL, _to_confirm),
)
