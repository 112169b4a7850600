"""What the storm is about: a named and a secret poll of the council and a vote of the owners, which close soon, and
their voters."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask

from portal.assembly.models.votes import OwnersVote
from portal.core import clock, ticks
from portal.core.db import db, transaction
from portal.councils.actions.raising import raise_topic
from portal.councils.actions.screening import accept_topic, take_up
from portal.councils.actions.table import found_council
from portal.councils.words import Category
from portal.places.models import Place
from portal.voting import box, countfile
from portal.voting.actions.closing import certify_poll
from portal.voting.actions.opening import draft_poll, open_poll
from portal.voting.models import Ballot, Certification, Participation, Poll, SecretBallot, SecretReceipt
from portal.voting.words import Outcome, Secrecy
from tests import world as worlds
from tests.bench.sessions import signed_in
from tests.storm import certified, estate, register
from tests.storm.certified import Certified
from tests.storm.estate import Electorate
from tests.voting.conftest import CLOSES
from tests.voting.crowd import move_in
from tests.world import World

OPTIONS = ("整段换新", "只修坏的一段", "先不修")
FAR = timedelta(minutes=30)
STAFF = ("worker", "chair")
Held = tuple[int, str, str]
"""(account, cookie, CSRF token)."""


@dataclass(frozen=True)
class Ground:
    world: World
    polls: dict[bool, int]
    """By whether they are secret."""
    assembly: Electorate
    sessions: dict[int, Held]
    """Of the neighbours, by account."""
    staff: tuple[Held, ...]
    closes_at: datetime


@dataclass(frozen=True)
class Outcomes:
    """What the database holds when all is over."""

    marks: dict[int, str]
    """By voter, of the named poll."""
    latest: datetime | None
    """When the last named ballot was given."""
    papers: int
    receipts: int
    voted: set[int]
    """Who took part in the secret poll."""
    files: list[tuple[str, str, list[dict[str, Any]]]]
    """Every count file, the digest that was certified of it, and the results."""
    assembly: Certified


def prepare(app: Flask, voters: int) -> Ground:
    """Everything is open; the hour is far."""
    with app.app_context():
        db.create_all()
        world = worlds.build()
        people = move_in(world, voters)
        owners, agents = people[: register.PEOPLE], people[-len(estate.LETTERS) :]
        register.settle(world, owners)
        sessions = {person: (person, *signed_in(app, person)) for person in people}
        staff = tuple((world.ids[name], *signed_in(app, world.ids[name])) for name in STAFF)
        council = found_council(world.administrator, world.get(Place, "community"), name="梧桐社区议事会")
        closes_at = clock.now() + FAR
        polls = {secrecy is Secrecy.SECRET: _open(world, council, secrecy, closes_at) for secrecy in Secrecy}
        assembly = estate.call(world, owners, agents, closes_at)
        return Ground(world, polls, assembly, sessions, staff, closes_at)


def bring_near(app: Flask, ground: Ground, seconds: float) -> datetime:
    """Let the hour come in so many seconds; returns it. Nothing of the portal can do that: a real voting waits for its
    day, this one for as long as the machine needs to let everybody vote once."""
    closes_at = datetime.now(UTC) + timedelta(seconds=seconds)
    with app.app_context(), transaction():
        polls = sa.update(Poll).where(Poll.id.in_(ground.polls.values()))
        vote = sa.update(OwnersVote).where(OwnersVote.id == ground.assembly.vote)
        for statement in (polls, vote):
            db.session.execute(statement.values(closes_at=closes_at))
    return closes_at


def open_secret(world: Any) -> int:
    """A secret poll of the usual length in a council of its own."""
    council = found_council(world.administrator, world.get(Place, "community"), name="梧桐社区议事会")
    return _open(world, council, Secrecy.SECRET, CLOSES)


def _open(world: Any, council: Any, secrecy: Secrecy, closes_at: datetime) -> int:
    topic = raise_topic(
        world.owner,
        council,
        place=world.get(Place, "building"),
        title=f"木栈道松动（{secrecy}）",
        body="木板松了三处。",
        category=Category.REPAIR,
        once=f"topic-{secrecy}",
    )
    take_up(world.secretary, topic)
    accept_topic(world.secretary, topic, reason="列入协商。")
    poll = draft_poll(
        world.secretary,
        topic,
        question="木栈道怎么修？",
        options=OPTIONS,
        closes_at=closes_at,
        once=f"poll-{secrecy}",
        secrecy=secrecy,
    )
    open_poll(world.secretary, poll)
    return poll.id


def finish(app: Flask, ground: Ground) -> Outcomes:
    """Close by the clock, certify, and read what is there."""
    with app.app_context():
        assert not any(ran.failed for ran in ticks.run())
        files = [_certified(ground, poll) for poll in ground.polls.values()]
        vote = db.session.get_one(OwnersVote, ground.assembly.vote)
        agents = {account for account, *_letter in ground.assembly.letters}
        assembly = certified.certify(vote, ground.world.secretary, agents)
        files.append((assembly.count_file, assembly.count_hash, assembly.results))
        named, secret = ground.polls[False], ground.polls[True]
        ballots = db.session.execute(
            sa.select(Ballot.user_id, Ballot.marks, Ballot.at).where(Ballot.poll_id == named)
        ).all()
        return Outcomes(
            marks={b.user_id: b.marks for b in ballots},
            latest=max((b.at for b in ballots), default=None),
            papers=_count(SecretBallot, secret),
            receipts=_count(SecretReceipt, secret),
            voted=set(
                db.session.scalars(sa.select(Participation.user_id).where(Participation.poll_id == secret))
            ),
            files=files,
            assembly=assembly,
        )


def _certified(ground: Ground, poll_id: int) -> tuple[str, str, list[dict[str, Any]]]:
    poll = db.session.get_one(Poll, poll_id)
    secretary = ground.world.secretary
    certify_poll(secretary, poll, outcome=Outcome.RETURNED, reason="票数接近，回到协商再谈一次。")
    stated = db.session.get_one(Certification, poll_id)
    return countfile.text(box.case(poll), stated.tally), stated.count_hash, [stated.tally]


def _count(model: Any, poll_id: int) -> int:
    return (
        db.session.scalar(sa.select(sa.func.count()).select_from(model).where(model.poll_id == poll_id)) or 0
    )
