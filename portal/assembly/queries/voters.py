"""A voter's own paper: his units, who speaks for him, what lies in the box, for whom it is shown."""

from datetime import datetime
from types import SimpleNamespace
from typing import NamedTuple

import sqlalchemy as sa

from ...accounts.models import User
from ...accounts.naming import shown
from ...core import access
from ...core.actor import Actor
from ...core.columns import LARGEST_ID
from ...core.db import read
from ...core.nested import nested, unpack
from ..co_owners import AGENT, ALL, Said, differing
from ..models.box import TOGETHER, OwnerBallot
from ..models.papers import Proxy
from ..models.reaching import Delivery
from ..models.rolls import RollUnit, Speaker, Voter
from ..words import Capacity, Channel, DeliveryWay, Medium, Standing, VoterKind, VoteState
from .challenges import ChallengeLine, of_voter
from .papers import shares_column, shares_of, vote_page


class UnitLine(NamedTuple):
    label: str
    area: int


class SpeakerLine(NamedTuple):
    """One who may speak for the voter. `for_owner_id`: whom he speaks for, of who is no owner himself."""

    id: int
    owner_id: int | None
    for_owner_id: int | None
    user_id: int | None
    name: str
    capacity: str
    designated: int
    proposed: int
    proposed_by_id: int | None
    denied_by_id: int | None
    standing: str
    entered_by_id: int | None
    confirmed_by_id: int | None
    objected_by_id: int | None
    objection: str
    decided_by_id: int | None
    decision: str


class BallotLine(NamedTuple):
    """A ballot in the box for the voter."""

    speaker_id: int
    medium: str
    choices: str
    channel: str
    at: datetime
    receipt: str
    changes: int
    entered_by_id: int | None = None
    kin: str = ""
    """Family gave it for him, as what."""
    seen_at: datetime | None = None
    entered_by: str | None = None

    @property
    def at_desk(self) -> bool:
        """Staff put it into the box for him: at the counter, or a paper of his."""
        by_staff = self.entered_by_id is not None and not self.kin
        return by_staff and self.channel in (Channel.DESK, Channel.PAPER)


class ProxyLine(NamedTuple):
    id: int
    agent_name: str
    state: str
    matters: str


_enterer = sa.orm.aliased(User)
_UNITS = (
    sa.select(RollUnit.label, RollUnit.area).where(RollUnit.voter_id == Voter.id).order_by(RollUnit.id)
).limit(200)
_SPEAKERS = (
    sa.select(*(getattr(Speaker, name) for name in SpeakerLine._fields))
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
        OwnerBallot.entered_by_id,
        OwnerBallot.kin,
        OwnerBallot.seen_at,
        shown(_enterer).label("entered_by"),
    )
    .outerjoin(_enterer, _enterer.id == OwnerBallot.entered_by_id)
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
    nested(of_voter(), of=Voter).label("challenges"),
    shares_column(),
    _SEEN_IT.label("acknowledged"),
)


def paper_page(actor: Actor, voter_id: int) -> SimpleNamespace | None:
    """A voter with all that belongs to his paper, for those who speak for him and for staff; None for others.

    `vote`: as `vote_page`. `me`: the reader as speaker, or None. `own`: his ballot on the screen. What was chosen is
    left out for everybody but who speaks for the voter in person. `his_own`: family looks at a ballot that it did not
    give and cannot change. Two queries.
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
    standing = [s for s in paper.speakers if s.standing == Standing.STANDS]
    paper.me = next((s for s in standing if s.user_id == actor.id and actor.id), None)
    paper.speaks = paper.me is not None
    paper.in_person = paper.speaks and actor.entered_by is None
    paper.named = _named(actor, paper)
    paper.proposed = next((s for s in _as_speakers(actor, paper) if s.proposed), None)
    paper.chosen_speaker = next((s for s in standing if s.designated), None)
    paper.spoken_for = bool(paper.chosen_speaker and paper.chosen_speaker != paper.me)
    ballots = unpack(BallotLine, paper.ballots)
    paper.conflict = (
        ()
        if not paper.in_person or paper.chosen_speaker or paper.kind is not VoterKind.CO_OWNERS
        else differing(_said(paper.speakers, ballots), vote.last_counts)
    )
    paper.ballots = ballots if paper.in_person else [b._replace(choices="") for b in ballots]
    paper.own = next(
        (b for b in paper.ballots if paper.me and b.speaker_id == paper.me.id and b.medium == Medium.ONLINE),
        None,
    )
    mine = (TOGETHER, paper.me.id) if paper.in_person else ()
    paper.at_desk = [b for b in ballots if b.at_desk and b.speaker_id in mine]
    _challenged(paper)
    on_paper = any(b.channel == Channel.PAPER for b in paper.ballots)
    by_another = paper.own is not None and paper.own.entered_by_id != actor.entered_by
    paper.his_own = bool(actor.kin) and (on_paper or by_another)
    paper.acknowledged = bool(paper.acknowledged)
    return paper


def _challenged(paper: SimpleNamespace) -> None:
    """`challenges`: what he said of ballots that staff entered and that are as they were, by receipt;
    `challengeable`: those of which he has said nothing."""
    as_it_was = {b.receipt: b.changes for b in paper.at_desk}
    told = unpack(ChallengeLine, paper.challenges)
    paper.challenges = {c.receipt: c for c in told if as_it_was.get(c.receipt) == c.changes}
    before_count = paper.vote.state in (VoteState.OPEN, VoteState.CLOSED)
    paper.challengeable = [b for b in paper.at_desk if b.receipt not in paper.challenges and before_count]


def _said(speakers: list[SpeakerLine], ballots: list[BallotLine]) -> list[Said]:
    """Whose word every ballot is."""
    whose = {s.id: s.owner_id or s.for_owner_id or -s.id - 1 for s in speakers}
    return [
        Said(AGENT if b.channel == Channel.PROXY else whose.get(b.speaker_id, ALL), b.at, b.choices)
        for b in ballots
    ]


def _named(actor: Actor, paper: SimpleNamespace) -> list[SimpleNamespace]:
    """Those whom staff named."""
    return [s for s in _as_speakers(actor, paper) if s.capacity != Capacity.OWNER and s.entered_by_id]


def _as_speakers(actor: Actor, paper: SimpleNamespace) -> list[SimpleNamespace]:
    """With what the rules ask of them: each is a `speaker`, and `beside` says whether the reader is an owner of this
    head himself, `owners` how many it has."""
    beside = any(s.owner_id and s.user_id == actor.id for s in paper.speakers if actor.id)
    more = {"voter_id": paper.id, "vote": paper.vote, "place_path": paper.place_path, "beside": beside}
    more["owners"] = sum(s.owner_id is not None for s in paper.speakers)
    return [SimpleNamespace(__tablename__="speaker", **s._asdict(), **more) for s in paper.speakers]
