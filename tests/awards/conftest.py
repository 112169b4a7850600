"""Awards of a community: announced, with nominees, on the ballot, posted, finished."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.awards.actions.announcing import Announcement, Kind, announce_award, close_nominations
from portal.awards.actions.certifying import finish_award
from portal.awards.actions.nominating import Put, nominate, record_consent
from portal.awards.actions.posting import post_names
from portal.awards.actions.reviewing import admit_nominee
from portal.awards.actions.voting import open_vote
from portal.awards.models import Award, AwardCategory, Nominee
from portal.awards.words import Whom
from portal.core import clock
from portal.core.db import db
from portal.councils.actions.table import found_council
from portal.councils.models import Council
from portal.places.models import Place
from portal.voting.actions.casting import cast_ballot
from portal.voting.actions.closing import certify_poll, close_poll
from portal.voting.box import titles
from portal.voting.models import Poll
from portal.voting.words import Outcome, Secrecy
from tests.world import NOW, World

UNTIL = NOW + timedelta(days=5)
LATER = UNTIL + timedelta(hours=1)
CLOSED = UNTIL + timedelta(days=8)
SEED = "03 08 11 16 27 30 09"
SAID = Announcement(
    title="2026 年度社区治理达人",
    criteria="一年里为大家办了实事，邻居说得出是哪一件。",
    categories=(Kind("个人", Whom.PERSON, 1), Kind("集体", Whom.GROUP, 1)),
    nominate_until=UNTIL,
    order_source="双色球第 2026070 期开奖号码",
    secrecy=Secrecy.NAMED,
)
PERSONS = ("王秀兰", "赵强", "周大爷")
GROUPS = ("东门护绿队", "楼道议事小组")


def council_of(world: World) -> Council:
    found = db.session.scalar(sa.select(Council).where(Council.place_path == world.paths["community"]))
    return found or found_council(world.secretary, world.get(Place, "community"), name="梧桐社区议事会")


def announced(world: World, once: str = "award", **given: object) -> Award:
    council_of(world)
    said = replace(SAID, **given)  # type: ignore[arg-type]
    return announce_award(world.secretary, world.get(Place, "community"), said=said, once=once)


def categories(award: Award) -> list[AwardCategory]:
    found = sa.select(AwardCategory).where(AwardCategory.award_id == award.id)
    return list(db.session.scalars(found.order_by(AwardCategory.position)))


def put(award: Award, name: str, category: int = 0, **given: object) -> Put:
    own = {"where": "12号楼", "reason": f"{name}为大家办了很多事。", **given}
    return Put(categories(award)[category].id, name, **own)  # type: ignore[arg-type]


def put_forward(world: World, award: Award) -> list[Nominee]:
    """Three persons, of whom the first two have accounts, and two groups; all have said that they stand."""
    owner, tenant = (nominate(world.actor(name), award, put=put(award, real, himself=True), once=f"n-{award.id}-{name}")
                     for name, real in (("owner", "王秀兰"), ("tenant", "赵强")))  # fmt: skip
    others = [
        nominate(world.chair, award, put=put(award, name, category), once=f"n-{award.id}-{name}")
        for name, category in ((PERSONS[2], 0), (GROUPS[0], 1), (GROUPS[1], 1))
    ]
    for nominee in others:
        record_consent(world.worker, nominee, how="6 月 16 日当面说的", agreed=True, named=True)
    return [owner, tenant, *others]


def on_ballot(world: World, award: Award) -> list[Poll]:
    """Everybody admitted and the polls open."""
    for nominee in put_forward(world, award):
        admit_nominee(world.worker, nominee, about=nominee.about)
    with clock.frozen(LATER):
        close_nominations(world.secretary, award)
        open_vote(world.secretary, award, seed=SEED)
    found = sa.select(Poll).join(AwardCategory, AwardCategory.poll_id == Poll.id)
    return list(
        db.session.scalars(found.where(AwardCategory.award_id == award.id).order_by(AwardCategory.position))
    )


def vote(world: World, poll: Poll, **chosen: str) -> None:
    """`vote(world, poll, owner="赵强")`."""
    paper = titles(poll.id)
    with clock.frozen(LATER):
        for name, title in chosen.items():
            cast_ballot(world.actor(name), poll, choices=(paper.index(title),), once=f"{poll.id}-{name}")


def certified(world: World, polls: list[Poll]) -> None:
    with clock.frozen(CLOSED):
        for poll in polls:
            close_poll(world.secretary, poll)
            certify_poll(world.secretary, poll, outcome=Outcome.SETTLED)


def counted(world: World, award: Award) -> None:
    """王秀兰 3, 周大爷 2; 东门护绿队 1."""
    polls = on_ballot(world, award)
    wang, zhou = "王秀兰", "周大爷"
    vote(world, polls[0], owner=wang, co_owner=wang, chair=wang, tenant=zhou, merchant=zhou)
    vote(world, polls[1], owner=GROUPS[0])
    certified(world, polls)


def posted(world: World, award: Award) -> None:
    counted(world, award)
    with clock.frozen(CLOSED):
        post_names(world.worker, award)


def finished(world: World, award: Award) -> None:
    posted(world, award)
    assert award.posted_until
    with clock.frozen(award.posted_until):
        finish_award(world.worker, award)


@pytest.fixture
def award(world: World) -> Award:
    return announced(world)


def nominee_named(award: Award, name: str) -> Nominee:
    found = sa.select(Nominee).where(Nominee.award_id == award.id, Nominee.name == name)
    return db.session.scalars(found).one()
