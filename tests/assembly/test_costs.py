"""What a vote costs each home: worked out with the roll, kept in step with the paper, told to everybody by floor."""

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup

from portal.assembly.actions.costs import rework_shares
from portal.assembly.actions.drafting import add_matter, amend_matter, drop_matter
from portal.assembly.actions.opening import announce
from portal.assembly.actions.rolls import amend_roll
from portal.assembly.models.costs import CostShare
from portal.assembly.models.votes import Matter, OwnersVote
from portal.assembly.words import Sharing
from portal.core import clock
from portal.core.db import db, transaction
from portal.core.errors import Conflict, Invalid, NotAllowed
from portal.places.models import Unit
from tests.assembly.conftest import MakeVote, voter_of
from tests.assembly.convening import FROZEN, WALLS, announced, drafted, frozen, posted, question
from tests.assembly.letters import accepted
from tests.conftest import Client, Statements
from tests.world import UNITS, World

LIFT = {1: 0, 2: 500}
"""The world's homes are on two floors: 101 and 102, 201 and 202; the shop is on the first."""


def amounts(vote: OwnersVote) -> dict[int, int]:
    found = sa.select(CostShare.unit_id, CostShare.amount).where(CostShare.vote_id == vote.id)
    return dict(db.session.execute(found).all())


def the_matter(vote: OwnersVote) -> Matter:
    return db.session.scalars(sa.select(Matter).where(Matter.vote_id == vote.id)).one()


def by_floor(world: World, vote: OwnersVote, **given: object) -> None:
    words = {"sharing": Sharing.FLOOR, "coefficients": LIFT, "cost": 1_000_001, **given}
    amend_matter(world.chair, vote, matter_id=the_matter(vote).id, asked=question(**words))


def set_floor(world: World, key: str, floor: str) -> None:
    with transaction():
        db.session.get_one(Unit, world.ids[key]).floor = floor


def test_nothing_is_shared_before_there_is_a_roll(world: World) -> None:
    vote = drafted(world)
    assert amounts(vote) == {}
    assert the_matter(vote).lines == []


def test_by_area_over_the_whole_roll(world: World) -> None:
    vote = posted(world)
    matter = the_matter(vote)
    found = amounts(vote)
    assert set(found) == {world.ids[key] for key in UNITS}
    assert sum(found.values()) == matter.cost
    assert abs(found[world.ids["101"]] * sum(UNITS.values()) - 4_560_000 * UNITS["101"]) < sum(UNITS.values())
    assert sum(line.total for line in matter.lines) == matter.cost
    assert [line.units for line in matter.lines] == [4, 1]


def test_subsidy_and_other_funds_come_off_first(world: World) -> None:
    vote = posted(world)
    by_floor(world, vote, subsidy=600_000, other_funds=200_000)
    found = amounts(vote)
    assert found[world.ids["101"]] == found[world.ids["shop"]] == 0
    assert sorted((found[world.ids["201"]], found[world.ids["202"]])) == [100_000, 100_001]
    assert found[world.ids["201"]] == 100_001, "the odd 分 goes to the first door"
    lines = the_matter(vote).lines
    assert [(line.floor, line.units, line.total) for line in lines] == [(1, 3, 0), (2, 2, 200_001)]


def test_a_matter_paid_from_common_income_falls_on_nobody(world: World) -> None:
    vote = posted(world)
    by_floor(world, vote, sharing=Sharing.COMMON)
    assert amounts(vote) == {}
    assert the_matter(vote).coefficients == []


def test_shares_follow_the_paper_and_the_roll(world: World) -> None:
    vote = posted(world)
    add_matter(world.chair, vote, asked=question(question="再修屋面", cost=500))
    both = db.session.scalar(sa.select(sa.func.sum(CostShare.amount)).where(CostShare.vote_id == vote.id))
    assert both == 4_560_500
    first = db.session.scalars(sa.select(Matter).where(Matter.vote_id == vote.id)).first()
    assert first is not None
    drop_matter(world.chair, vote, matter_id=first.id)
    assert sum(amounts(vote).values()) == 500
    amend_roll(world.chair, vote, reason="补登记", where=WALLS)
    assert sum(amounts(vote).values()) == 500


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"cost": None, "subsidy": 100}, "cost"),
        ({"cost": 100, "subsidy": 60, "other_funds": 41}, "subsidy"),
        ({"fee_then": 60}, "fee_now"),
        ({"fee_now": 45}, "fee_then"),
        ({"fee_now": 0, "fee_then": 1000_01}, "fee_then"),
        ({"sharing": Sharing.FLOOR}, "coefficients"),
        ({"sharing": Sharing.FLOOR_AREA, "coefficients": {1: 0}}, "coefficients"),
    ],
)
def test_a_cost_that_makes_no_sense(world: World, given: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        add_matter(world.chair, drafted(world), asked=question(**given))
    assert refused.value.field == field


def test_no_notice_before_everybody_can_be_told_his_share(world: World) -> None:
    """A home without a floor is named, not guessed; mended in the register, the shares are worked out anew."""
    vote = frozen(world)
    set_floor(world, "202", "")
    by_floor(world, vote)
    assert amounts(vote) == {}
    with clock.frozen(FROZEN):
        with pytest.raises(Conflict) as refused:
            announce(world.secretary, vote, where=WALLS)
        assert [u.cure for u in refused.value.unmet] == [f"/owners-votes/{vote.id}/shares"]
        set_floor(world, "202", "3层")
        with pytest.raises(Conflict, match="系数表里缺楼层"):
            announce(world.secretary, vote, where=WALLS)
        set_floor(world, "202", "2层")
        with pytest.raises(Conflict, match="重新算分摊"):
            announce(world.secretary, vote, where=WALLS)
        rework_shares(world.chair, vote)
        announce(world.secretary, vote, where=WALLS)
    assert sum(amounts(vote).values()) == 1_000_001


def test_shares_stand_once_announced(world: World) -> None:
    vote = announced(world)
    with pytest.raises(NotAllowed):
        rework_shares(world.chair, vote)


def test_an_owner_reads_his_share_and_a_visitor_the_table(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote()
    own = db.session.scalar(sa.select(CostShare.amount).where(CostShare.voter_id == voter_of(vote, "201").id))
    told = f"{(own or 0) // 100:,}.{(own or 0) % 100:02d}"
    client.sign_in("chair")
    assert f"您家约 {told}" in text(client, f"/owners-votes/{vote.id}")
    assert f"{told} 元" in text(client, f"/owners-votes/{vote.id}/shares")
    client.sign_in(None)
    assert "您家约" not in text(client, f"/owners-votes/{vote.id}")
    page = text(client, f"/owners-votes/{vote.id}/shares")
    assert "您家的" not in page
    assert "45,600.00 元" in page
    assert "12号楼" in page
    assert "王秀兰" not in page


def test_an_agent_reads_the_share_of_whom_he_votes_for(
    world: World, make_vote: MakeVote, client: Client
) -> None:
    vote = make_vote()
    letter = accepted(world, vote, "worker", "shop")
    client.sign_in("tenant")
    assert "这一户约" in text(client, f"/proxies/{letter.id}")


def test_the_convener_sees_what_is_missing_and_mends_it(world: World, client: Client) -> None:
    vote = posted(world)
    set_floor(world, "101", "")
    by_floor(world, vote)
    client.sign_in("chair")
    page = client.get(f"/owners-votes/{vote.id}/shares")
    assert BeautifulSoup(page.text, "html.parser").select_one(f'a[href="/units/{world.ids["101"]}/edit"]')
    set_floor(world, "101", "1")
    assert client.submit(f"/owners-votes/{vote.id}/shares/reworking", {}).status_code == 303
    assert sum(amounts(vote).values()) == 1_000_001
    client.sign_in("owner")
    assert client.submit(f"/owners-votes/{vote.id}/shares/reworking", {}).status_code == 403


def test_before_the_roll_the_convener_sees_what_it_would_be(world: World, client: Client) -> None:
    vote = drafted(world)
    client.sign_in("chair")
    assert "名册还没有公示，下面按登记簿现在的样子算" in text(client, f"/owners-votes/{vote.id}/shares")


def test_the_form_of_a_matter_takes_a_table(world: World, client: Client) -> None:
    vote = drafted(world)
    client.sign_in("chair")
    address = f"/owners-votes/{vote.id}/matters/{the_matter(vote).id}/edit"
    form = BeautifulSoup(client.get(address).text, "html.parser")
    table = form.select_one("#coefficients")
    assert table is not None
    assert table.text.strip() == "1 0\n2 0.5"
    sent = {
        "question": "换电梯",
        "item": "5",
        "item_reason": "维修资金",
        "cost": "1000",
        "subsidy": "400",
        "sharing": "floor",
        "wish": "replace_lift",
    }
    back = client.submit(address, {**sent, "coefficients": "一 零"})
    assert back.status_code == 422
    assert "“一 零”这一行看不懂" in back.text
    assert client.submit(address, {**sent, "coefficients": "1 0\n2 1.5"}).status_code == 303
    db.session.expire_all()
    matter = the_matter(vote)
    assert (matter.net, matter.table) == (60_000, {1: 0, 2: 1500})


def test_the_notice_carries_the_table(world: World, client: Client) -> None:
    vote = announced(world)
    notice = text(client, f"/owners-votes/{vote.id}/prints/notice")
    assert "各楼分摊" in notice
    assert "45,600.00" in notice


def test_a_personal_ballot_carries_the_homes_share(world: World, client: Client) -> None:
    vote = announced(world)
    client.sign_in("chair")
    assert text(client, f"/owners-votes/{vote.id}/prints/ballots").count("您家约") == len(UNITS)


def test_the_page_stays_cheap(
    world: World, make_vote: MakeVote, client: Client, statements: Statements
) -> None:
    vote = make_vote()
    for name in (None, "owner"):
        client.sign_in(name)
        client.get(f"/owners-votes/{vote.id}/shares")
        statements.clear()
        assert client.get(f"/owners-votes/{vote.id}/shares").status_code == 200
        assert len(statements) <= 6


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser").get_text(" ", strip=True).replace("\xa0", " ")
