"""What passed through the hands of staff, for who counts and watches: papers that take the place of an owner's own
ballot on the screen. Never a choice."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...core.files import StoredFile, named
from ...core.nested import nested, unpack
from ..displaced import displaced_at
from ..models.papers import Batch, Slip
from ..models.rolls import Voter
from ..models.votes import OwnersVote


class Displacing(NamedTuple):
    """A paper that counts in the place of what the owner gave himself at `at`. `file_id`: its picture."""

    batch_id: int
    batch: int
    number: int
    at: datetime
    received_at: datetime
    read_at: datetime
    file_id: int | None


_DISPLACING = (
    sa.select(
        Batch.id,
        Batch.number,
        Voter.number.label("ticket"),
        displaced_at().label("displaced_at"),
        Batch.received_at,
        Slip.at,
        sa.select(sa.func.min(StoredFile.id))
        .where(StoredFile.subject == named(Batch), StoredFile.digest == Slip.scan)
        .correlate(Batch, Slip)
        .scalar_subquery()
        .label("file_id"),
    )
    .select_from(Slip)
    .join(Batch, Batch.id == Slip.batch_id)
    .join(Voter, Voter.id == Slip.voter_id)
    .where(Batch.vote_id == OwnersVote.id, displaced_at().is_not(None))
    .order_by(Batch.number, Voter.number)
)


def hands_columns() -> tuple[sa.Label[Any], ...]:
    """For a page of the vote; `with_hands` reads them."""
    return (nested(_DISPLACING, of=OwnersVote).label("displacing"),)


def with_hands(page: SimpleNamespace) -> None:
    page.displacing = unpack(Displacing, page.displacing)
