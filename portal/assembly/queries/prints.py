"""What is printed of an owners' vote: papers and roll by building, bounded, each page a few queries."""

from collections.abc import Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...core import access
from ...core.actor import Actor
from ...core.db import db, read
from ...core.directory import directory
from ...core.nested import nested, unpack
from ...places.naming import ordinal
from ..models.box import OwnerBallot
from ..models.counts import Certificate, Scrutineer
from ..models.papers import GONE, Batch, Slip
from ..models.rolls import RollUnit, Voter
from ..models.votes import OwnersVote, Posting
from ..words import Channel, PostingKind, VoterKind
from .objections import OBJECTED
from .papers import shares_column, shares_of
from .sealing import seal_columns, with_seal

PAPERS = 100
"""Ballots in one file: a second or two of drawing."""
ROWS = 600
"""Units on the roll pages of one file: it begins at a multiple of them, so that there are only so many files."""
HOMES = 12
"""Units named on a ballot; the rest are a number."""


class Building(NamedTuple):
    """A building of the roll: its papers (by the first unit of each head) and its units."""

    name: str
    papers: int
    units: int


class Home(NamedTuple):
    label: str
    area: int


class Paper(NamedTuple):
    """A ballot to be printed. `homes`: the first of the units it speaks for; `shares`: 分 by the matter's position."""

    id: int
    number: int
    kind: VoterKind
    name: str
    area: int
    units: int
    homes: list[Home]
    shares: dict[int, int]


class RollLine(NamedTuple):
    """A unit as the posted roll has it; `number` tells which units are one head."""

    number: int
    kind: VoterKind
    name: str
    label: str
    use: str
    delivery: str
    area: int
    area_source: str


class Signed(NamedTuple):
    """Who counts or watches; `certified_at`: when what he signed was stated, if it was."""

    role: str
    name: str
    signed_at: datetime | None
    certified_at: datetime | None


class Came(NamedTuple):
    """Papers that came in by one channel."""

    channel: Channel
    papers: int


def buildings(vote: OwnersVote) -> list[Building]:
    """The buildings of the roll in the order of house numbers."""
    papers = (
        sa.select(Voter.building, sa.func.count())
        .where(Voter.vote_id == vote.id, Voter.units > 0)
        .group_by(Voter.building)
    )
    units = (
        sa.select(RollUnit.building, sa.func.count())
        .join(Voter, Voter.id == RollUnit.voter_id)
        .where(RollUnit.vote_id == vote.id)
        .group_by(RollUnit.building)
    )
    given = {row[0]: row[1] for row in read(papers)}
    # Not by the first number of a building: who has homes in several has one number, in the first of them.
    found = sorted(read(units), key=lambda row: ordinal(row[0]))
    return [Building(name, given.get(name, 0), n) for name, n in found]


def papers(actor: Actor, vote: OwnersVote, building: str, after: int) -> list[Paper]:
    """The next ballots after a number, of a building or of all; at most PAPERS."""
    homes = sa.select(RollUnit.label, RollUnit.area).where(RollUnit.voter_id == Voter.id)
    columns = (Voter.id, Voter.number, Voter.kind, Voter.name, Voter.area, Voter.units)
    found = (
        sa.select(
            *columns,
            nested(homes.order_by(RollUnit.id).limit(HOMES), of=Voter).label("homes"),
            shares_column(),
        )
        .where(Voter.vote_id == vote.id, Voter.number > after, Voter.units > 0, access.rows(actor, Voter))
        .order_by(Voter.number)
        .limit(PAPERS)
    )
    if building:
        found = found.where(Voter.building == building)
    rows = db.session.execute(found)
    return [
        Paper(
            r.id,
            r.number,
            r.kind,
            r.name,
            r.area,
            r.units,
            unpack(Home, r.homes),
            shares_of(r.shares),
        )
        for r in rows
    ]


def roll_lines(vote: OwnersVote, building: str, after: int) -> list[RollLine]:
    """The roll as it hangs out, whoever may see the roll of the vote; from the (`after` + 1)th unit, at most ROWS."""
    found = (
        sa.select(
            Voter.number, Voter.kind, Voter.name, RollUnit.label, RollUnit.use, RollUnit.delivery, RollUnit.area,
            RollUnit.area_source,
        )
        .join(Voter, Voter.id == RollUnit.voter_id)
        .where(RollUnit.vote_id == vote.id)
        .order_by(Voter.number, RollUnit.id)
        .offset(after)
        .limit(ROWS)
    )  # fmt: skip
    if building:
        found = found.where(RollUnit.building == building)
    return [RollLine(*row) for row in read(found)]


def last_posting(vote: OwnersVote, *kinds: PostingKind) -> Any:
    """When, where, until when and why one of these was last hung out, and which, or None."""
    found = sa.select(Posting.at, Posting.where, Posting.until, Posting.reason, Posting.kind)
    mine = found.where(Posting.vote_id == vote.id, Posting.kind.in_(kinds))
    return db.session.execute(mine.order_by(Posting.id.desc()).limit(1)).first()


def scrutineers(vote: OwnersVote) -> Sequence[Signed]:
    found = sa.select(Scrutineer.role, Scrutineer.name, Scrutineer.signed_at, Certificate.at)
    found = found.outerjoin(Certificate, Certificate.vote_id == Scrutineer.vote_id)
    return [Signed(*r) for r in read(found.where(Scrutineer.vote_id == vote.id).order_by(Scrutineer.id))]


_CAME = (
    sa.select(OwnerBallot.channel, sa.func.count())
    .where(OwnerBallot.vote_id == OwnersVote.id)
    .group_by(OwnerBallot.channel)
)


def box(vote: OwnersVote) -> SimpleNamespace:
    """What came in: `came`, how many papers by each channel, also those that do not count; the seal of the box
    (`sealing.with_seal`); `objections`, how many of each kind. One query."""
    came, objected = (nested(rows, of=OwnersVote) for rows in (_CAME, OBJECTED))
    found = sa.select(*seal_columns(), came.label("came"), objected.label("objections"))
    row = db.session.execute(found.where(OwnersVote.id == vote.id)).one()
    page = SimpleNamespace(**row._mapping, closes_at=vote.closes_at, state=vote.state)
    with_seal(page)
    by_channel = dict(row.came)
    page.came = [Came(channel, by_channel[channel]) for channel in Channel if channel in by_channel]
    page.objections = dict(row.objections)
    return page


def batches(vote: OwnersVote) -> list[Any]:
    """Batches of papers: number, when they came, how many, and who read them."""
    readers = [sa.orm.aliased(directory.people) for _n in range(3)]
    papers = sa.select(sa.func.count()).select_from(Slip).where(Slip.batch_id == Batch.id, ~GONE)
    found = sa.select(
        Batch.number,
        Batch.received_at,
        papers.correlate(Batch).scalar_subquery().label("papers"),
        *(who.name.label(name) for who, name in zip(readers, ("first", "second", "third"), strict=True)),
    )
    for who, column in zip(readers, (Batch.first_by_id, Batch.second_by_id, Batch.third_by_id), strict=True):
        found = found.outerjoin(who, who.id == column)
    return list(read(found.where(Batch.vote_id == vote.id).order_by(Batch.number)))


def certificate(vote: OwnersVote) -> Certificate | None:
    return db.session.get(Certificate, vote.id)
