"""Batches of papers: the list of a vote, and one batch as the person whose turn it is sees it."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from ...accounts.models import User
from ...core import access
from ...core.actor import Actor
from ...core.columns import LARGEST_ID
from ...core.db import read
from ...core.files import FileLine, files_column
from ...core.nested import unpack
from ..displaced import displaced_at
from ..models.box import OwnerBallot
from ..models.papers import GONE, NO_PAPER, Batch, Slip, gone
from ..models.rolls import Voter
from ..models.votes import OwnersVote
from ..words import BatchState, Medium
from .papers import vote_page

_first, _second, _third = (aliased(User) for _ in range(3))
_PAPERS = (
    sa.select(sa.func.count())
    .select_from(Slip)
    .where(Slip.batch_id == Batch.id, ~GONE)
    .correlate(Batch)
    .scalar_subquery()
)
_same = aliased(Slip)
_same_batch = aliased(Batch)
_others = (
    sa.select(sa.func.count())
    .select_from(_same)
    .join(_same_batch, _same_batch.id == _same.batch_id)
    .where(_same.voter_id == Slip.voter_id, ~gone(_same))
    .correlate(Slip)
)
EARLIER = (
    _others.where(sa.tuple_(_same_batch.number, _same.nth) < sa.tuple_(Batch.number, Slip.nth))
    .correlate(Slip, Batch)
    .scalar_subquery()
)
"""Papers of the same voter that were read in before this one."""
_RULED = (
    sa.select(sa.func.count())
    .select_from(Slip)
    .where(Slip.batch_id == Batch.id, Slip.third.is_not(None))
    .correlate(Batch)
    .scalar_subquery()
)
_FURTHER = (
    sa.select(sa.func.count())
    .select_from(Slip)
    .where(Slip.batch_id == Batch.id, EARLIER > 0)
    .correlate(Batch)
    .scalar_subquery()
)
_PAGE = (
    sa.select(
        *(getattr(Batch, c.key) for c in sa.inspect(Batch).column_attrs if c.key != "once"),
        _first.name.label("first_name"),
        _second.name.label("second_name"),
        _third.name.label("third_name"),
        _PAPERS.label("papers"),
        _FURTHER.label("further"),
        _RULED.label("ruled"),
        files_column(Batch).label("scans"),
    )
    .join(_first, _first.id == Batch.first_by_id)
    .outerjoin(_second, _second.id == Batch.second_by_id)
    .outerjoin(_third, _third.id == Batch.third_by_id)
)
_SLIPS = (
    sa.select(
        Slip.voter_id,
        Slip.nth,
        Voter.number,
        Voter.label,
        Slip.first,
        Slip.second,
        Slip.third,
        Slip.proxy_id,
        Slip.second_proxy_id,
        Slip.signer,
        Slip.second_signer,
        Slip.note,
        EARLIER.label("earlier"),
        _others.scalar_subquery().label("together"),
        sa.exists()
        .where(
            OwnerBallot.vote_id == Voter.vote_id,
            OwnerBallot.voter_id == Voter.id,
            OwnerBallot.medium == Medium.ONLINE,
        )
        .label("online"),
        displaced_at().label("displaced_at"),
        Slip.scan,
        Slip.at,
    )
    .join(Voter, Voter.id == Slip.voter_id)
    .join(Batch, Batch.id == Slip.batch_id)
    .join(OwnersVote, OwnersVote.id == Batch.vote_id)
    .where(Slip.batch_id == sa.bindparam("batch"))
    .order_by(Voter.number, Slip.nth)
)


class Reading(NamedTuple):
    """One paper of a batch; `said`: readings that this reader may see now, `open`: it waits for him. `place`: which
    paper of its voter it is, of `together`; `online`: he voted on a screen as well."""

    voter_id: int
    nth: int
    number: int
    label: str
    note: str
    said: tuple[str, ...]
    letters: tuple[int | None, ...]
    """The letter of each reading in `said`."""
    open: bool
    place: int
    together: int
    online: bool
    gone: bool
    """Two people found no such paper."""
    displaced_at: datetime | None
    """When the owner himself had voted on the screen, if this paper counts in the place of that."""
    pictured: bool
    at: datetime
    """When it was read in."""

    @property
    def doubled(self) -> bool:
        """There is more than this paper from its voter, so the rules say which counts."""
        return self.together > 1 or self.online


def batches_of(actor: Actor, vote_id: int) -> list[Any]:
    """Batches of a vote, the newest first."""
    found = _PAGE.where(Batch.vote_id == vote_id, access.rows(actor, Batch))
    return list(read(found.order_by(Batch.number.desc()).limit(500)))


def batch_page(actor: Actor, paper_batch_id: int) -> SimpleNamespace | None:
    """A batch with its papers and `vote` as `vote_page`; None if the reader may not see it. Three queries."""
    if paper_batch_id > LARGEST_ID:
        return None
    rows = read(_PAGE.where(Batch.id == paper_batch_id, access.rows(actor, Batch)))
    vote: Any = vote_page(actor, rows[0].vote_id) if rows else None
    if vote is None:
        return None
    page = SimpleNamespace(**rows[0]._mapping)
    page.vote, page.__tablename__ = vote, "paper_batch"
    page.stands_for = vote.stands_for
    page.scans = unpack(FileLine, page.scans)
    page.turn = turn(page, actor)
    slips = read(_SLIPS, {"batch": page.id})
    page.slips = [_reading(page, s) for s in slips]
    page.left = sum(s.open for s in page.slips)
    return page


def turn(batch: Any, actor: Actor) -> str:
    """What the reader can do with the batch: fill, check, take (somebody else has begun this round), "" nothing."""
    if actor.entered_by is not None:
        return ""
    if batch.state is BatchState.FIRST:
        return "fill" if batch.first_by_id == actor.id else ""
    if batch.state is BatchState.AGREED or actor.id == batch.first_by_id:
        return ""
    if batch.state is BatchState.THIRD and actor.id == batch.second_by_id:
        return ""
    reader = batch.second_by_id if batch.state is BatchState.SECOND else batch.third_by_id
    return "check" if reader in (None, actor.id) else "take"


def _reading(batch: Any, slip: Any) -> Reading:
    """The first reader sees what he read, the third both readings; once in the box nobody sees anything."""
    said: tuple[str, ...] = ()
    letters: tuple[int | None, ...] = ()
    waits = False
    differs = (slip.first, slip.proxy_id, slip.signer) != (
        slip.second,
        slip.second_proxy_id,
        slip.second_signer,
    )
    if batch.turn == "fill":
        said, letters = (slip.first,), (slip.proxy_id,)
    elif batch.state is BatchState.SECOND:
        waits = slip.second is None
    elif batch.state is BatchState.THIRD and differs:
        if batch.turn == "check":
            said, letters = (slip.first, slip.second), (slip.proxy_id, slip.second_proxy_id)
        waits = slip.third is None
    return Reading(
        slip.voter_id,
        slip.nth,
        slip.number,
        slip.label,
        slip.note,
        said,
        letters,
        waits,
        slip.earlier + 1,
        slip.together,
        bool(slip.online),
        slip.third == NO_PAPER,
        slip.displaced_at,
        bool(slip.scan),
        slip.at,
    )
