"""One vote a household: whoever of a home is first casts it, the others see who did, the database lets no second in."""

import pytest
import sqlalchemy as sa

from portal.accounts.models import Membership, Relation
from portal.core import access
from portal.core.db import db, transaction
from portal.core.errors import Conflict
from portal.core.waiting import waiting_for
from portal.councils.models import Council
from portal.places.models import Place, Unit
from portal.voting import roll
from portal.voting.actions.casting import change_ballot
from portal.voting.actions.opening import draft_poll, open_poll
from portal.voting.models import Participation, Poll, PollVoter
from portal.voting.policy import Can
from portal.voting.terms import Terms
from portal.voting.words import Method, RollKind, Secrecy
from tests.conftest import Client
from tests.voting.conftest import CLOSES, Draft, on_the_table, vote
from tests.voting.test_pages import closed, soup, text
from tests.world import NOW, World

HOMES = 3
"""101 of owner and co-owner, 102 of the tenant, 201 of the chair."""
FAMILY = ("owner", "co_owner")


@pytest.fixture(params=list(Secrecy))
def poll(request: pytest.FixtureRequest, opened: Draft) -> Poll:
    return opened(roll_kind=RollKind.HOUSEHOLDS, secrecy=request.param)


def test_the_roll_has_a_vote_a_home(world: World, poll: Poll) -> None:
    assert poll.voters == HOMES
    assert roll.size(poll, NOW.date()) == HOMES
    on_it = sa.select(PollVoter.user_id, PollVoter.household_id).where(PollVoter.poll_id == poll.id)
    homes = {line.user_id: line.household_id for line in db.session.execute(on_it)}
    assert [homes[world.ids[name]] for name in FAMILY] == [world.get(Unit, "101").id] * 2


def test_who_works_in_a_shop_is_no_household(world: World, drafted: Draft) -> None:
    with transaction():
        db.session.execute(
            sa.update(Membership)
            .where(Membership.user_id == world.ids["tenant"])
            .values(relation=Relation.WORKER)
        )
    assert roll.size(drafted(roll_kind=RollKind.HOUSEHOLDS), NOW.date()) == HOMES - 1


def test_another_poll_still_waits_for_the_home(world: World, council: Council, poll: Poll) -> None:
    """The household is asked for each poll by itself; a home has its vote in every one of them."""
    other = draft_poll(
        world.secretary,
        on_the_table(world, council, once="another"),
        question="快递柜要不要加顶棚？",
        options=["加", "不加"],
        closes_at=CLOSES,
        once="another",
        roll_kind=RollKind.HOUSEHOLDS,
    )
    open_poll(world.secretary, other)

    def waits() -> set[int]:
        return {w.subject_id for w in waiting_for(world.actor("co_owner")) if w.kind == "vote"}

    assert waits() == {poll.id, other.id}
    vote(world, poll, "owner", 0)
    assert waits() == {other.id}
    vote(world, other, "co_owner", 0)
    assert waits() == set()


@pytest.mark.parametrize("first", [0, 1])
def test_the_first_of_a_home_casts_its_vote(world: World, poll: Poll, first: int) -> None:
    vote(world, poll, FAMILY[first], 0)
    with pytest.raises(Conflict, match="您家已经有人投过了"):
        vote(world, poll, FAMILY[1 - first], 1)
    vote(world, poll, "tenant", 1)
    closed(poll)
    assert poll.tally is not None
    assert poll.tally["valid"] == 2


def test_the_database_itself_refuses_a_second_of_a_home(world: World, poll: Poll) -> None:
    vote(world, poll, "owner", 0)
    home = world.get(Unit, "101").id
    second = {"poll_id": poll.id, "user_id": world.ids["co_owner"], "household_id": home}
    with pytest.raises(sa.exc.IntegrityError), transaction():
        db.session.execute(sa.insert(Participation).values(**second))


def test_only_who_cast_it_may_change_it(world: World, poll: Poll) -> None:
    code = vote(world, poll, "owner", 0)
    with pytest.raises(Conflict):
        change_ballot(world.actor("co_owner"), poll, choices=(1,), once="c", receipt=code)
    assert change_ballot(world.owner, poll, choices=(1,), once="d", receipt=code) == code


def test_the_others_see_who_cast_it_and_nothing_waits_for_them(
    world: World, client: Client, poll: Poll
) -> None:
    def waits(name: str) -> list[str]:
        return [item.kind for item in waiting_for(world.actor(name))]

    assert "vote" in waits("co_owner")
    page = text(client.sign_in("co_owner").get(f"/polls/{poll.id}"))
    assert "一户一票" in page
    assert "名册上共 3 户" in page.replace("\xa0", " ")
    vote(world, poll, "owner", 0)
    assert "vote" not in waits("co_owner")
    done = client.get(f"/polls/{poll.id}")
    assert "您家已经投过票" in text(done)
    assert "投的" in text(done)
    assert soup(done).select_one("form#ballot") is None
    assert soup(done).select_one(f'a[href="/polls/{poll.id}/change"]') is None
    assert client.get(f"/polls/{poll.id}/change").status_code == 303
    assert (
        soup(client.get(f"/topics/{poll.topic_id}")).select_one(f'#next a[href="/polls/{poll.id}"]') is None
    )
    assert "您家已经投过票" in text(client.get(f"/topics/{poll.topic_id}"))
    assert "您已经投票" in text(client.sign_in("owner").get(f"/polls/{poll.id}"))


def test_who_reminds_sees_the_whole_home_as_done(world: World, client: Client, poll: Poll) -> None:
    vote(world, poll, "owner", 0)
    rows = soup(client.sign_in("worker").get(f"/polls/{poll.id}/roll?voted=no")).select("tbody tr")
    assert len(rows) == HOMES - 1


def test_a_motion_of_households_counts_homes(world: World, opened: Draft) -> None:
    terms = Terms(body="residents_assembly")
    poll = opened(method=Method.RESOLUTION, options=[], terms=terms, roll_kind=RollKind.HOUSEHOLDS)
    assert poll.params["eligible"] == HOMES
    vote(world, poll, "owner", 0)
    vote(world, poll, "tenant", 0)
    closed(poll)
    assert poll.tally is not None
    assert poll.tally["passed"]


def test_everybody_of_the_home_may_cast(world: World, poll: Poll) -> None:
    for name in FAMILY:
        assert access.may(world.actor(name), Can.CAST, poll)
    assert not access.may(world.actor("merchant"), Can.CAST, poll)
    assert world.get(Place, "building").place_path == poll.place_path
