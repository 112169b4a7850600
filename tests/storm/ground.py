"""What the storm is about: a named and a secret poll that close soon, and their voters. Each function runs in a process
of its own on the database of the environment."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from portal import create_app
from portal.accounts import identity
from portal.core import clock
from portal.core.actor import Actor, system
from portal.core.db import db
from portal.councils.actions.raising import raise_topic
from portal.councils.actions.screening import accept_topic, take_up
from portal.councils.actions.table import found_council
from portal.councils.words import Category
from portal.places.models import Place
from portal.voting import box
from portal.voting.actions.closing import certify_poll, close_due_polls
from portal.voting.actions.opening import draft_poll, open_poll
from portal.voting.counting import recount
from portal.voting.models import Ballot, Certification, Participation, Poll, SecretBallot, SecretReceipt
from portal.voting.words import Outcome, Secrecy
from tests import world as worlds
from tests.bench.sessions import signed_in
from tests.voting.conftest import CLOSES
from tests.voting.crowd import move_in

OPTIONS = ("整段换新", "只修坏的一段", "先不修")


@dataclass(frozen=True)
class Ground:
    polls: dict[bool, int]
    """By whether they are secret."""
    sessions: list[tuple[int, str, str]]
    """(account, cookie, CSRF token)."""
    closes_at: datetime
    secretary: int


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
    recounted: bool
    """Whether both count files give what was certified."""


def prepare(voters: int, seconds: float) -> Ground:
    app = create_app()
    with app.app_context():
        db.create_all()
        world = worlds.build()
        people = move_in(world, voters)
        council = found_council(world.administrator, world.get(Place, "community"), name="梧桐社区议事会")
        closes_at = clock.now() + timedelta(seconds=seconds)
        polls = {secrecy is Secrecy.SECRET: _open(world, council, secrecy, closes_at) for secrecy in Secrecy}
        sessions = [(person, *signed_in(app, person)) for person in people]
        return Ground(polls, sessions, closes_at, world.ids["secretary"])


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


def finish(ground: Ground) -> Outcomes:
    """Close, certify, and read what is there."""
    with create_app().app_context():
        close_due_polls(system())
        secretary = identity.actor_of(identity.load([ground.secretary])[ground.secretary])
        agreed = all(_certified(secretary, poll) for poll in ground.polls.values())
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
            recounted=agreed,
        )


def _certified(secretary: Actor, poll_id: int) -> bool:
    poll = db.session.get_one(Poll, poll_id)
    certify_poll(secretary, poll, outcome=Outcome.RETURNED, reason="票数接近，回到协商再谈一次。")
    stated = db.session.get_one(Certification, poll_id).tally
    return bool(recount(box.case(poll)) == stated == poll.tally)


def _count(model: Any, poll_id: int) -> int:
    return (
        db.session.scalar(sa.select(sa.func.count()).select_from(model).where(model.poll_id == poll_id)) or 0
    )
