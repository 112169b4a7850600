"""What the page of an owners' vote shows, and what falls on a voter; of his own paper see `voters`."""

from functools import cache
from types import SimpleNamespace
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...core import access
from ...core.actor import Actor
from ...core.columns import LARGEST_ID
from ...core.db import db
from ...core.files import FileLine, files_column
from ...core.nested import nested, unpack
from ...councils import phases
from ...councils.models import Topic
from ...discussion import questions
from ..enclosures import Shown, proofs, with_files
from ..models.box import OwnerBallot, Turnout
from ..models.costs import CostShare
from ..models.papers import Proxy
from ..models.rolls import STANDS, Speaker, Voter
from ..models.votes import Matter, OwnersVote
from ..shares import Line
from ..struck import struck
from ..words import Medium, ProxyState
from .elections import Listed, listed, standing_there, with_lists
from .offroll import off_roll_columns, with_reasons
from .sealing import seal_columns, with_seal

_me = sa.bindparam("me", type_=sa.Integer)


class MatterLine(NamedTuple):
    """A matter on the paper; an election has `seats` and the candidates for them. `share_lines`: the public table
    (`shares.Line`), None if nothing is shared or it cannot be worked out yet."""

    id: int
    position: int
    question: str
    item: int
    explanation: str
    for_words: str
    against_words: str
    cost: int | None
    seats: int | None
    alternates: int
    subsidy: int
    other_funds: int
    fee_now: int | None
    fee_then: int | None
    sharing: str
    share_lines: list[list[Any]] | None
    candidates: tuple[Listed, ...] = ()
    files: Shown = Shown()

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
        Matter.id,
        Matter.position,
        Matter.question,
        Matter.item,
        Matter.explanation,
        Matter.for_words,
        Matter.against_words,
        Matter.cost,
        Matter.seats,
        Matter.alternates,
        Matter.subsidy,
        Matter.other_funds,
        Matter.fee_now,
        Matter.fee_then,
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
    .where(OwnerBallot.vote_id == Voter.vote_id, OwnerBallot.voter_id == Voter.id, ~struck(OwnerBallot))
    .correlate(Voter)
    .scalar_subquery()
)
_MINE = (
    sa.select(Voter.id, Voter.label, Voter.area, Voter.units, _GIVEN.label("given"), OwnerBallot.changes)
    .join(Speaker, sa.and_(Speaker.voter_id == Voter.id, Speaker.user_id == _me, STANDS))
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
        Proxy.state.in_((ProxyState.SUBMITTED, ProxyState.ACCEPTED, ProxyState.REVOKED)),
    )
    .order_by(Proxy.id)
    .limit(50)
)


_TALK = sa.case(
    (OwnersVote.topic_id.is_not(None), sa.literal("topic:") + sa.cast(OwnersVote.topic_id, sa.String)),
    else_=sa.literal("owners_vote:") + sa.cast(OwnersVote.id, sa.String),
)
"""Where people speak about it: on its topic, or on the vote itself."""


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
        *seal_columns(),
        *off_roll_columns(),
        standing_there().label("stands_for"),
        files_column(OwnersVote).label("files"),
        *phases.columns(Topic),
        nested(questions.rows(_TALK), of=OwnersVote).label("questions"),
    ).outerjoin(Topic, Topic.id == OwnersVote.topic_id)


def vote_page(actor: Actor, owners_vote_id: int) -> SimpleNamespace | None:
    """An owners' vote for its page: its columns, matters, how many heads and how much area gave a ballot, the voters
    the reader speaks for and those he is the agent of, and why there is none. None if he may not see it. One query."""
    if owners_vote_id > LARGEST_ID:
        return None
    found = _vote_page().where(OwnersVote.id == owners_vote_id, access.rows(actor, OwnersVote))
    row = db.session.execute(found, {"me": actor.id}).first()
    if row is None:
        return None
    page = SimpleNamespace(**row._mapping)
    page.files = unpack(FileLine, row.files)
    page.proofs = proofs(page.files)
    page.stands_for = bool(row.stands_for)
    with_seal(page, actor.id)
    page.matters = with_files(
        with_lists(unpack(MatterLine, row.matters), unpack(Listed, row.candidates)), page.files
    )
    page.way = phases.way(row)
    page.questions = unpack(questions.Question, row.questions)
    page.heads_in, page.area_in = row.turnout[0]
    page.mine = unpack(Mine, row.mine)
    page.charges = unpack(Charge, row.charges)
    with_reasons(actor, page)
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
