"""What the page of an owners' vote and a voter's own paper show."""

from datetime import datetime
from functools import cache
from types import SimpleNamespace
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...core import access
from ...core.actor import Actor
from ...core.columns import LARGEST_ID
from ...core.db import db, read
from ...core.nested import nested, unpack
from ..marks import differing
from ..models.box import OwnerBallot, Turnout
from ..models.costs import CostShare
from ..models.papers import Proxy
from ..models.reaching import Delivery
from ..models.rolls import RollUnit, Speaker, Voter
from ..models.votes import Matter, OwnersVote
from ..shares import Line
from ..words import DeliveryWay, Medium, ProxyState
from .elections import Listed, listed, with_lists

_me = sa.bindparam("me", type_=sa.Integer)


class MatterLine(NamedTuple):
    """A matter on the paper; an election has `seats` and the candidates for them. `share_lines`: the public table
    (`shares.Line`), None if nothing is shared or it cannot be worked out yet."""

    position: int
    question: str
    item: int
    explanation: str
    cost: int | None
    seats: int | None
    subsidy: int
    other_funds: int
    sharing: str
    share_lines: list[list[Any]] | None
    candidates: tuple[Listed, ...] = ()

    @property
    def net(self) -> int:
        """分 that fall on the owners."""
        return (self.cost or 0) - self.subsidy - self.other_funds

    @property
    def lines(self) -> list[Line]:
        return unpack(Line, self.share_lines or [])


class Mine(NamedTuple):
    """A voter that the reader speaks for."""

    voter_id: int
    label: str
    area: int
    units: int
    given: int
    """Ballots in the box for this voter, by whomever."""
    changes: int | None
    """Of his own; none: he gave none online."""


class Charge(NamedTuple):
    """A voter that the reader is the agent of."""

    proxy_id: int
    label: str
    area: int
    state: str
    given: int


_MATTERS = (
    sa.select(
        Matter.position,
        Matter.question,
        Matter.item,
        Matter.explanation,
        Matter.cost,
        Matter.seats,
        Matter.subsidy,
        Matter.other_funds,
        Matter.sharing,
        sa.type_coerce(Matter.share_lines, sa.JSON).label("share_lines"),
    )
    .where(Matter.vote_id == OwnersVote.id)
    .order_by(Matter.position)
)
_TURNOUT = (
    sa.select(sa.func.coalesce(sa.func.sum(Turnout.heads), 0), sa.func.coalesce(sa.func.sum(Turnout.area), 0))
    .where(Turnout.vote_id == OwnersVote.id)
    .order_by(None)
)
_GIVEN = (
    sa.select(sa.func.count())
    .where(OwnerBallot.vote_id == Voter.vote_id, OwnerBallot.voter_id == Voter.id)
    .correlate(Voter)
    .scalar_subquery()
)
_MINE = (
    sa.select(Voter.id, Voter.label, Voter.area, Voter.units, _GIVEN.label("given"), OwnerBallot.changes)
    .join(Speaker, sa.and_(Speaker.voter_id == Voter.id, Speaker.user_id == _me))
    .outerjoin(
        OwnerBallot,
        sa.and_(
            OwnerBallot.vote_id == Voter.vote_id,
            OwnerBallot.voter_id == Voter.id,
            OwnerBallot.speaker_id == Speaker.id,
            OwnerBallot.medium == Medium.ONLINE,
        ),
    )
    .where(Voter.vote_id == OwnersVote.id)
    .order_by(Voter.number)
    .limit(50)
)
_WITH_LETTER = (
    sa.select(sa.func.count())
    .where(
        OwnerBallot.vote_id == Proxy.vote_id,
        OwnerBallot.voter_id == Proxy.voter_id,
        OwnerBallot.proxy_id == Proxy.id,
    )
    .correlate(Proxy)
    .scalar_subquery()
)
_CHARGES = (
    sa.select(Proxy.id, Voter.label, Voter.area, Proxy.state, _WITH_LETTER.label("given"))
    .join(Voter, Voter.id == Proxy.voter_id)
    .where(
        Proxy.vote_id == OwnersVote.id,
        Proxy.agent_id == _me,
        Proxy.state.in_((ProxyState.SUBMITTED, ProxyState.ACCEPTED)),
    )
    .order_by(Proxy.id)
    .limit(50)
)


@cache
def _vote_page() -> sa.Select[*tuple[Any, ...]]:
    columns = [c for c in sa.inspect(OwnersVote).column_attrs if c.key != "once"]
    return sa.select(
        *(getattr(OwnersVote, c.key) for c in columns),
        nested(_MATTERS, of=OwnersVote).label("matters"),
        nested(listed(), of=OwnersVote).label("candidates"),
        nested(_TURNOUT, of=OwnersVote).label("turnout"),
        nested(_MINE, of=OwnersVote).label("mine"),
        nested(_CHARGES, of=OwnersVote).label("charges"),
    )


def vote_page(actor: Actor, owners_vote_id: int) -> SimpleNamespace | None:
    """An owners' vote for its page: its columns, matters, how many heads and how much area gave a ballot, the voters
    the reader speaks for and those he is the agent of. None if he may not see it. One query."""
    if owners_vote_id > LARGEST_ID:
        return None
    found = _vote_page().where(OwnersVote.id == owners_vote_id, access.rows(actor, OwnersVote))
    row = db.session.execute(found, {"me": actor.id}).first()
    if row is None:
        return None
    page = SimpleNamespace(**row._mapping)
    page.matters = with_lists(unpack(MatterLine, row.matters), unpack(Listed, row.candidates))
    page.heads_in, page.area_in = row.turnout[0]
    page.mine = unpack(Mine, row.mine)
    page.charges = unpack(Charge, row.charges)
    return page


_SHARES = (
    sa.select(Matter.position, sa.func.sum(CostShare.amount).label("amount"))
    .join(Matter, Matter.id == CostShare.matter_id)
    .where(CostShare.voter_id == Voter.id)
    .group_by(Matter.position)
    .order_by(Matter.position)
)


def shares_column() -> sa.Label[Any]:
    """What falls on a voter, as [position, 分] of every matter; `shares_of` reads it."""
    return nested(_SHARES, of=Voter).label("shares")


def shares_of(column: list[list[int]]) -> dict[int, int]:
    """分 by the position of the matter."""
    return {position: int(amount) for position, amount in column}


class UnitLine(NamedTuple):
    label: str
    area: int


class SpeakerLine(NamedTuple):
    """One who may speak for the voter. `choices`: of his ballot on the screen."""

    id: int
    user_id: int | None
    name: str
    capacity: str
    designated: int


class BallotLine(NamedTuple):
    """A ballot in the box for the voter."""

    speaker_id: int
    medium: str
    choices: str
    channel: str
    at: datetime
    receipt: str
    changes: int


class ProxyLine(NamedTuple):
    id: int
    agent_name: str
    state: str
    matters: str


_UNITS = (
    sa.select(RollUnit.label, RollUnit.area).where(RollUnit.voter_id == Voter.id).order_by(RollUnit.id)
).limit(200)
_SPEAKERS = (
    sa.select(Speaker.id, Speaker.user_id, Speaker.name, Speaker.capacity, Speaker.designated)
    .where(Speaker.voter_id == Voter.id)
    .order_by(Speaker.id)
)
_BALLOTS = (
    sa.select(
        OwnerBallot.speaker_id,
        OwnerBallot.medium,
        OwnerBallot.choices,
        OwnerBallot.channel,
        OwnerBallot.at,
        OwnerBallot.receipt,
        OwnerBallot.changes,
    )
    .where(OwnerBallot.vote_id == Voter.vote_id, OwnerBallot.voter_id == Voter.id)
    .order_by(OwnerBallot.at)
)
_PROXIES = (
    sa.select(Proxy.id, Proxy.agent_name, Proxy.state, Proxy.matters)
    .where(Proxy.voter_id == Voter.id)
    .order_by(Proxy.id)
)
_SEEN_IT = sa.exists().where(Delivery.voter_id == Voter.id, Delivery.way == DeliveryWay.PORTAL)
_PAPER = sa.select(
    *(getattr(Voter, c.key) for c in sa.inspect(Voter).column_attrs),
    nested(_UNITS, of=Voter).label("unit_lines"),
    nested(_SPEAKERS, of=Voter).label("speakers"),
    nested(_BALLOTS, of=Voter).label("ballots"),
    nested(_PROXIES, of=Voter).label("proxies"),
    shares_column(),
    _SEEN_IT.label("acknowledged"),
)


def paper_page(actor: Actor, voter_id: int) -> SimpleNamespace | None:
    """A voter with all that belongs to his paper, for those who speak for him and for staff; None for others.

    `vote`: as `vote_page`. `me`: the reader as speaker, or None. `own`: his ballot on the screen. What was chosen is
    left out for everybody but who speaks for the voter in person. Two queries.
    """
    if voter_id > LARGEST_ID:
        return None
    rows = read(_PAPER.where(Voter.id == voter_id, access.rows(actor, Voter)))
    vote = vote_page(actor, rows[0].vote_id) if rows else None
    if vote is None:
        return None
    return _paper(actor, SimpleNamespace(**rows[0]._mapping), vote)


def _paper(actor: Actor, paper: SimpleNamespace, vote: SimpleNamespace) -> SimpleNamespace:
    paper.vote = vote
    paper.unit_lines = unpack(UnitLine, paper.unit_lines)
    paper.speakers = unpack(SpeakerLine, paper.speakers)
    paper.proxies = unpack(ProxyLine, paper.proxies)
    paper.shares = shares_of(paper.shares)
    paper.me = next((s for s in paper.speakers if s.user_id == actor.id and actor.id), None)
    paper.speaks = paper.me is not None
    paper.in_person = paper.speaks and actor.entered_by is None
    paper.chosen_speaker = next((s for s in paper.speakers if s.designated), None)
    paper.spoken_for = bool(paper.chosen_speaker and paper.chosen_speaker != paper.me)
    ballots = unpack(BallotLine, paper.ballots)
    paper.conflict = differing(b.choices for b in ballots) if paper.in_person else ()
    paper.ballots = ballots if paper.in_person else [b._replace(choices="") for b in ballots]
    paper.own = next(
        (b for b in paper.ballots if paper.me and b.speaker_id == paper.me.id and b.medium == Medium.ONLINE),
        None,
    )
    paper.acknowledged = bool(paper.acknowledged)
    return paper
