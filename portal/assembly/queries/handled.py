"""What passed through the hands of staff, for who counts and watches: papers that take the place of an owner's own
ballot on the screen, and how many ballots each of them put in. Never a choice."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...accounts.models import User
from ...accounts.naming import shown
from ...core.files import StoredFile, named
from ...core.nested import nested, unpack
from ..desk import conspicuous
from ..displaced import displaced_at
from ..models.box import OwnerBallot
from ..models.papers import Batch, Slip
from ..models.rolls import Voter
from ..models.votes import OwnersVote
from ..words import Channel


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


class AtDesk(NamedTuple):
    """How many ballots somebody of staff put into the box: at the counter, where his word stands alone, and of papers
    as the first of two readers."""

    name: str
    alone: int
    papers: int


_who = sa.orm.aliased(User)
_alone = sa.func.count().filter(OwnerBallot.channel == Channel.DESK)
_AT_DESK = (
    sa.select(shown(_who).label("name"), _alone.label("alone"), (sa.func.count() - _alone).label("papers"))
    .select_from(OwnerBallot)
    .join(_who, _who.id == OwnerBallot.entered_by_id)
    .where(
        OwnerBallot.vote_id == OwnersVote.id,
        OwnerBallot.kin == "",
        OwnerBallot.channel.in_((Channel.DESK, Channel.PAPER, Channel.PROXY)),
    )
    .group_by(_who.id, _who.name, _who.nickname)
    .order_by(_alone.desc(), _who.id)
)


def hands_columns() -> tuple[sa.Label[Any], ...]:
    """For a page of the vote; `with_hands` reads them."""
    return (
        nested(_DISPLACING, of=OwnersVote).label("displacing"),
        nested(_AT_DESK, of=OwnersVote).label("at_desk"),
    )


def with_hands(page: SimpleNamespace) -> None:
    """`displacing`; `at_desk`, of each of staff, and whether he entered conspicuously many alone. After `ballots`."""
    page.displacing = unpack(Displacing, page.displacing)
    found = unpack(AtDesk, page.at_desk)
    page.at_desk = [(line, conspicuous(line.alone, page.ballots)) for line in found]
