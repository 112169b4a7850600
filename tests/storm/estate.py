"""An owners' vote of more than a hundred heads that closes soon, from its draft to its opening, and who votes how."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from portal.accounts import identity
from portal.accounts.models import User
from portal.assembly.actions.authorising import review_proxy, submit_proxy
from portal.assembly.actions.drafting import add_matter
from portal.assembly.actions.opening import announce, open_vote
from portal.assembly.actions.rolls import freeze_roll, post_roll
from portal.assembly.models.rolls import RollUnit, Speaker, Voter
from portal.assembly.models.votes import OwnersVote
from portal.core import clock
from portal.core.db import db
from tests.assembly.convening import WALLS, drafted, question, without_owners
from tests.assembly.letters import kept
from tests.storm.register import ALONE
from tests.world import World

OPENED = timedelta(days=1)
"""Before the hour."""
POSTED, ANNOUNCED = timedelta(days=40), timedelta(days=20)
"""Before the opening."""
LETTERS: tuple[tuple[int, tuple[int, ...]], ...] = ((0, (0, 1)), (1, (0,)), (2, (0, 1)))
"""Which of those who own alone gave a letter, and for which matters."""
READ_IN = ((3, 4, 5, 8, ALONE, "102"), (6, 7, 9, ALONE + 2, ALONE + 4, "shop"))
"""Of whom a paper comes, by batch: people in the order of the register (co-owners together), units of the world."""
AWAY = (2, 8, 9, ALONE + 4, ALONE + 5)
"""Who does not vote on a screen himself."""
MARKED = (("for", "against"), ("against", "abstain"), ("none", "for"), ("for", "invalid"))


@dataclass(frozen=True)
class PaperBatch:
    number: int
    received_at: str
    papers: tuple[tuple[int, tuple[str, ...]], ...]
    """(ticket, what is marked)."""


@dataclass(frozen=True)
class Electorate:
    vote: int
    speakers: tuple[tuple[int, int], ...]
    """(account, voter) of everybody who votes on a screen."""
    letters: tuple[tuple[int, int, tuple[int, ...]], ...]
    """(account of the agent, proxy, matters)."""
    batches: tuple[PaperBatch, ...]


def call(world: World, people: Sequence[int], agents: Sequence[int], closes_at: datetime) -> Electorate:
    """`people` own the homes (`register`)."""
    vote = _opened(world, closes_at)
    voters = _voters(vote)
    tickets = [[_ticket(world, vote, voters, people, who) for who in batch] for batch in READ_IN]
    received = f"{clock.local(clock.now()):%Y-%m-%dT%H:%M}"
    batches = (
        PaperBatch(number, received, tuple((t, MARKED[t % len(MARKED)]) for t in batch))
        for number, batch in enumerate(tickets, 1)
    )
    return Electorate(
        vote=vote.id,
        speakers=tuple((p, voters[p]) for n, p in enumerate(people) if n not in AWAY),
        letters=tuple(_letters(world, voters, people, agents)),
        batches=tuple(batches),
    )


def _opened(world: World, closes_at: datetime) -> OwnersVote:
    opens_at = closes_at - OPENED
    with clock.frozen(opens_at - POSTED):
        vote = drafted(world, opens_at=opens_at, closes_at=closes_at)
        add_matter(
            world.chair, vote, asked=question(question="东门绿地改成充电棚", wish="charging_shed", item=8)
        )
        without_owners(vote, world.chair)
        post_roll(world.chair, vote, where=WALLS)
    with clock.frozen(opens_at - ANNOUNCED):
        freeze_roll(world.secretary, vote)
        announce(world.secretary, vote, where=WALLS)
    with clock.frozen(opens_at):
        open_vote(world.secretary, vote)
    return vote


def _voters(vote: OwnersVote) -> dict[int, int]:
    """Account → the voter it speaks for."""
    speaks = sa.select(Speaker.user_id, Speaker.voter_id).where(
        Speaker.vote_id == vote.id, Speaker.user_id.is_not(None)
    )
    return {row.user_id: row.voter_id for row in db.session.execute(speaks)}


def _ticket(
    world: World, vote: OwnersVote, voters: dict[int, int], people: Sequence[int], who: int | str
) -> int:
    found = sa.select(Voter.number).where(Voter.vote_id == vote.id)
    if isinstance(who, str):
        owned = sa.select(RollUnit.voter_id).where(
            RollUnit.vote_id == vote.id, RollUnit.unit_id == world.ids[who]
        )
        return db.session.scalars(found.where(Voter.id.in_(owned))).one()
    return db.session.scalars(found.where(Voter.id == voters[people[who]])).one()


def _letters(
    world: World, voters: dict[int, int], people: Sequence[int], agents: Sequence[int]
) -> Iterable[tuple[int, int, tuple[int, ...]]]:
    for agent, (n, matters) in zip(agents, LETTERS, strict=True):
        owner = identity.actor_of(identity.load([people[n]])[people[n]])
        person = db.session.get_one(User, agent)
        proxy = submit_proxy(
            owner,
            db.session.get_one(Voter, voters[owner.id or 0]),
            agent_name=person.name,
            phone=person.phone or "",
            matters=matters,
            letter=(kept(),),
            declared=True,
            once=f"letter-{n}",
        )
        review_proxy(world.secretary, proxy, accepted=True)
        yield agent, proxy.id, matters
