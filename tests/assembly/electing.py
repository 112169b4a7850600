"""Elections for tests: the matter, candidates in any state written through the models, and the whole procedure."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from portal.assembly.actions.drafting import Question, add_matter, draft_vote
from portal.assembly.actions.nominating import qualify, stand
from portal.assembly.actions.opening import announce, open_vote
from portal.assembly.actions.rolls import freeze_roll, post_roll
from portal.assembly.election_words import CandidateState, Nominator
from portal.assembly.models.elections import Candidate
from portal.assembly.models.votes import Matter, OwnersVote
from portal.core import clock
from portal.core.db import db, transaction
from portal.places.models import Owner, Place
from tests.assembly.conftest import voter_of
from tests.assembly.convening import FROZEN, OPENS, WALLS, terms, without_owners
from tests.world import NOW, PEOPLE, World

SEATS: tuple[dict[str, Any], ...] = (
    {"question": "选举宝枫新城业主委员会委员", "wish": "election", "item": 3, "seats": 3},
)
WITH_QUESTION = (*SEATS, {"question": "委员的津贴", "wish": "allowance", "item": 9})


def election_of(vote: OwnersVote) -> Matter:
    found = sa.select(Matter).where(Matter.vote_id == vote.id, Matter.seats.is_not(None))
    return db.session.scalars(found).one()


def owner_id(world: World, key: str, n: int = 0) -> int:
    """The n-th owner of a unit; one is registered where the world knows none."""
    owners = sa.select(Owner.id).where(Owner.owner_set_id == world.ids[f"owners_{key}"]).order_by(Owner.id)
    there = list(db.session.scalars(owners))
    return there[n]


def candidate(
    world: World, vote: OwnersVote, key: str, name: str, number: int = 0, *, n: int = 0, **given: Any
) -> Candidate:
    """Somebody who stands: on the list with `number`, unless other columns are given."""
    columns: dict[str, Any] = {
        "state": CandidateState.QUALIFIED,
        "posted": number > 0,
        "user_id": None,
        "label": voter_of(vote, key).label,
        "statement": "把账目公开。",
        "nominated_by": Nominator.ORGANISER,
        "nominated_by_id": world.ids["secretary"],
        "consented_at": NOW - timedelta(days=20),
        "consent_by_id": world.ids["secretary"],
        "once": f"stands-{vote.id}-{key}-{name}",
        "at": NOW - timedelta(days=21),
        "moved_at": NOW - timedelta(days=20),
        "owner_id": owner_id(world, key, n) if "owner_id" not in given else given["owner_id"],
    }
    row = Candidate(
        vote_id=vote.id,
        matter_id=election_of(vote).id,
        place_path=vote.place_path,
        number=number,
        name=name,
        **(columns | given),
    )
    with transaction():
        db.session.add(row)
    return row


def five_stand(world: World, vote: OwnersVote) -> list[Candidate]:
    """A list of five, of whom three are known to the portal; the others own the same homes."""
    me = {name: world.ids[name] for name in PEOPLE}
    return [
        candidate(world, vote, "101", "王秀兰", 1, user_id=me["owner"]),
        candidate(world, vote, "101", "王芳", 2, n=1, user_id=me["co_owner"]),
        candidate(world, vote, "201", "顾建平", 3, user_id=me["chair"]),
        candidate(world, vote, "201", "周梅", 4),
        candidate(world, vote, "201", "何春", 5),
    ]


def drafted(world: World, seats: int = 3, **given: Any) -> OwnersVote:
    """A vote that elects a committee, before its roll."""
    words = {"title": "选举业主委员会", **given}
    vote = draft_vote(world.chair, world.get(Place, "estate"), terms=terms(**words), once="election-1")
    asked = Question(
        question="选举宝枫新城业主委员会委员",
        wish="election",
        item=3,
        item_reason="选举业主委员会，属于第三项。",
        explanation="这一届任期到了。",
        seats=seats,
    )
    add_matter(world.chair, vote, asked=asked)
    return vote


def posted(world: World, **given: Any) -> OwnersVote:
    vote = drafted(world, **given)
    without_owners(vote, world.chair)
    post_roll(world.chair, vote, where=WALLS)
    return vote


def stands(world: World, vote: OwnersVote, name: str, key: str, n: int = 0, **given: Any) -> Candidate:
    """A person of the world puts himself forward."""
    words: dict[str, Any] = {"statement": "把账目公开。", "declared": (), "once": f"stand-{name}"}
    return stand(
        world.actor(name),
        vote,
        matter_id=election_of(vote).id,
        owner_id=owner_id(world, key, n),
        **(words | given),
    )


def announced(world: World, **given: Any) -> OwnersVote:
    """Two owners stand, are checked, and hang out with the notice."""
    vote = posted(world, **given)
    for name, key in (("owner", "101"), ("chair", "201")):
        qualify(world.secretary, stands(world, vote, name, key))
    with clock.frozen(FROZEN):
        freeze_roll(world.secretary, vote)
        announce(world.secretary, vote, where=WALLS)
    return vote


def opened(world: World, **given: Any) -> OwnersVote:
    vote = announced(world, **given)
    with clock.frozen(OPENS):
        open_vote(world.secretary, vote)
    return vote
