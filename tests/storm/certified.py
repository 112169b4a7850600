"""What is in the box of an owners' vote that was counted, signed, posted and certified, and what the books say."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from portal.assembly.actions.announcing import certify_vote, post_preliminary
from portal.assembly.actions.counting import begin_count, name_scrutineer
from portal.assembly.countfile import count_text, matters_of
from portal.assembly.electorate import IN_ORDER
from portal.assembly.events import BallotGiven, BatchAgreed, VoteClosed
from portal.assembly.models.box import OwnerBallot, Turnout
from portal.assembly.models.counts import Certificate
from portal.assembly.models.papers import Proxy, Slip
from portal.assembly.models.rolls import Speaker, Voter
from portal.assembly.models.votes import OwnersVote
from portal.assembly.queries.receipts import receipts
from portal.assembly.words import Channel, Counter, Medium, VoterKind
from portal.core import clock
from portal.core.actor import Actor
from portal.core.db import db, transaction
from portal.core.eventlog import Entry, reference
from tests.assembly.convening import WALLS
from tests.assembly.signing import on_paper

HUNG_OUT = timedelta(days=9)
Weight = tuple[int, int]
"""Heads and area."""


@dataclass(frozen=True)
class Head:
    couple: bool
    building: str
    area: int


@dataclass(frozen=True)
class Given:
    """A ballot as it lies in the box. `account`: who gave it on his screen, as speaker or as agent; None: on paper."""

    voter: int
    speaker: int
    account: int | None
    choices: tuple[str, ...]
    at: datetime
    receipt: str


@dataclass(frozen=True)
class Certified:
    heads: dict[int, Head]
    ballots: tuple[Given, ...]
    """In the order of the count file."""
    turnout: dict[tuple[str, Channel], Weight]
    """What the counter has, by building and channel."""
    came: dict[int, Channel]
    """How the first ballot of every voter came, as the log tells it."""
    closed_with: list[int]
    """Heads that each closing of the vote stated."""
    receipts: list[str]
    results: list[dict[str, Any]]
    count_file: str
    count_hash: str
    counted: int


def certify(vote: OwnersVote, secretary: Actor, agents: set[int]) -> Certified:
    """Count, sign, hang out and certify a closed vote; then read what is there."""
    for role, name in ((Counter.TELLER, "甲"), (Counter.SCRUTINEER, "乙"), (Counter.SCRUTINEER, "丙")):
        name_scrutineer(secretary, vote, role=role, name=name)
    with transaction():  # as it was announced while people voted
        vote.counts_at, vote.counts_where = vote.closes_at, WALLS
    begin_count(secretary, vote)
    on_paper(secretary, vote)
    post_preliminary(secretary, vote, where=WALLS)
    with clock.frozen(clock.now() + HUNG_OUT):
        certify_vote(secretary, vote, where=WALLS)
    paper = db.session.get_one(Certificate, vote.id)
    ballots = _ballots(vote)
    return Certified(
        heads=_heads(vote),
        ballots=ballots,
        turnout=_turnout(vote),
        came=_came(vote, agents),
        closed_with=_closed_with(vote),
        receipts=receipts(vote, 0, 2 * len(ballots))[0],
        results=[matter.result or {} for matter in matters_of(vote)],
        count_file=count_text(vote),
        count_hash=paper.count_hash,
        counted=paper.ballots,
    )


def _heads(vote: OwnersVote) -> dict[int, Head]:
    found = db.session.scalars(sa.select(Voter).where(Voter.vote_id == vote.id))
    return {v.id: Head(v.kind is VoterKind.CO_OWNERS, v.building, v.area) for v in found}


def _ballots(vote: OwnersVote) -> tuple[Given, ...]:
    found = (
        sa.select(OwnerBallot, sa.func.coalesce(Speaker.user_id, Proxy.agent_id))
        .outerjoin(Speaker, Speaker.id == OwnerBallot.speaker_id)
        .outerjoin(Proxy, Proxy.id == OwnerBallot.proxy_id)
        .where(OwnerBallot.vote_id == vote.id)
        .order_by(*IN_ORDER)
    )
    return tuple(
        Given(
            voter=b.voter_id,
            speaker=b.speaker_id,
            account=account if b.medium is Medium.ONLINE else None,
            choices=tuple(b.choices.split(",")),
            at=b.at,
            receipt=b.receipt,
        )
        for b, account in db.session.execute(found)
    )


def _turnout(vote: OwnersVote) -> dict[tuple[str, Channel], Weight]:
    found = db.session.scalars(sa.select(Turnout).where(Turnout.vote_id == vote.id))
    return {(t.building, t.channel): (t.heads, t.area) for t in found}


def _came(vote: OwnersVote, agents: set[int]) -> dict[int, Channel]:
    """A voter is held while his ballot is put in, so the entries about him stand in the order of the commits."""
    slips: dict[int, list[int]] = {}
    for batch, voter in db.session.execute(sa.select(Slip.batch_id, Slip.voter_id)):
        slips.setdefault(batch, []).append(voter)
    put_in = sa.select(Entry).where(Entry.name.in_((BallotGiven.name, BatchAgreed.name))).order_by(Entry.id)
    came: dict[int, Channel] = {}
    for entry in db.session.scalars(put_in):
        if entry.name == BatchAgreed.name:
            for voter in slips[entry.payload["batch_id"]]:
                came.setdefault(voter, Channel.PAPER)
        else:
            by_agent = entry.actor_id in agents
            came.setdefault(entry.payload["voter_id"], Channel.PROXY if by_agent else Channel.ONLINE)
    return came


def _closed_with(vote: OwnersVote) -> list[int]:
    closings = sa.select(Entry.payload).where(Entry.name == VoteClosed.name, Entry.subject == reference(vote))
    return [payload["heads"] for payload in db.session.scalars(closings)]
