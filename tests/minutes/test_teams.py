"""Teams that watch over something: noted with an item, asked when the minutes are sealed, joined by each himself."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from portal.core import clock
from portal.core.db import db
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from portal.core.waiting import waiting_for
from portal.minutes.actions.sealing import seal_minutes
from portal.minutes.actions.teams import Charge, add_to_team, answer_team, note_team, strike_team
from portal.minutes.models import Minutes, Team, TeamMember
from portal.minutes.queries.teams import team_page, watching
from portal.minutes.words import Heading
from tests.conftest import Client
from tests.meetings.conftest import THURSDAY
from tests.minutes.conftest import UNTIL, core_item, texts, written
from tests.world import World

STARTS, ENDS = THURSDAY.date(), (THURSDAY + timedelta(days=365)).date()
CHARGE = Charge("绿化监督队", "补种的草，王秀兰牵头每月看一次", STARTS, ENDS)
NAMED = ("王秀兰", "赵强")


def noted(world: World, draft: Minutes, **given: object) -> Team:
    words: dict[str, object] = {"charge": CHARGE, "people": NAMED, "once": "team"}
    return note_team(world.worker, draft, item_id=core_item(draft).id, **{**words, **given})  # type: ignore[arg-type]


def joined(team: Team) -> list[int]:
    return list(db.session.scalars(watching(team.topic_id)))


@pytest.fixture
def team(world: World, draft: Minutes) -> Team:
    return noted(world, draft)


@pytest.fixture
def named(world: World, draft: Minutes, team: Team) -> Team:
    """The minutes are sealed."""
    from portal.minutes.actions.confirming import send_minutes

    send_minutes(world.worker, written(world, draft), until=UNTIL)
    with clock.frozen(UNTIL):
        seal_minutes(world.worker, draft)
    return team


def test_noted_once_and_said_in_the_minutes(world: World, draft: Minutes, team: Team) -> None:
    assert noted(world, draft) is team
    said = "设绿化监督队，监督补种的草，王秀兰牵头每月看一次，从2026年6月25日到2027年6月25日；"
    assert texts(draft, Heading.TASKS, team.item_id) == [said + "请王秀兰、赵强参加，本人同意后算数。"]
    strike_team(world.worker, team)
    assert texts(draft, Heading.TASKS, core_item(draft).id) == []


@pytest.mark.parametrize(
    ("ends", "people"),
    [(STARTS, NAMED), (STARTS + timedelta(days=4000), NAMED), (ENDS, ()), (ENDS, ("没有这个人",))],
)
def test_days_and_people_that_can_be(
    world: World, draft: Minutes, ends: date, people: tuple[str, ...]
) -> None:
    with pytest.raises(Invalid):
        noted(world, draft, charge=Charge("队", "看", STARTS, ends), people=people)
    with pytest.raises(NotVisible):
        note_team(world.owner, draft, item_id=core_item(draft).id, charge=CHARGE, people=NAMED, once="no")


def test_whoever_is_named_says_himself(world: World, named: Team) -> None:
    with clock.frozen(UNTIL):
        assert "join_team" in {w.kind for w in waiting_for(world.owner)}
        page = team_page(world.manager, named.id)
        assert page is not None
        assert [p.agrees for p in page.people] == [None, None]
        assert page.watches == "补种的草，王**牵头每月看一次"
        answer_team(world.owner, named, agrees=True)
        assert "join_team" not in {w.kind for w in waiting_for(world.owner)}
        with pytest.raises(NotAllowed):
            answer_team(world.manager, named, agrees=True)
        assert joined(named) == [world.ids["owner"]]
        answer_team(world.owner, named, agrees=False)
        assert joined(named) == []


def test_it_ends_by_its_day(world: World, named: Team) -> None:
    answer_team(world.owner, named, agrees=True)
    with clock.frozen(clock.at(ENDS, 9)):
        assert joined(named) == []
        for late in (
            lambda: answer_team(world.owner, named, agrees=False),
            lambda: add_to_team(world.secretary, named, who="孙朝晖"),
        ):
            with pytest.raises(Conflict):
                late()


def test_one_more_is_asked(world: World, named: Team) -> None:
    add_to_team(world.secretary, named, who="陈立军")
    found = sa.select(TeamMember.agrees).where(TeamMember.user_id == world.ids["manager"])
    assert db.session.scalars(found).all() == [None]
    with pytest.raises(Invalid):
        add_to_team(world.secretary, named, who="陈立军")
    with pytest.raises(NotAllowed):
        add_to_team(world.owner, named, who="孙朝晖")


def test_pages_of_a_team(client: Client, world: World, draft: Minutes, named: Team) -> None:
    with clock.frozen(UNTIL):
        client.sign_in("owner")
        assert "绿化监督队" in client.get(f"/topics/{named.topic_id}").text
        assert client.submit(f"/teams/{named.id}/joining", {}).status_code == 303
        assert "您参加了。" in client.get(f"/teams/{named.id}").text
        client.sign_in("secretary")
        refused = client.submit(f"/teams/{named.id}/people", {"who": "没有这个人"})
        assert refused.status_code == 422


def test_the_form_of_a_team(client: Client, world: World, draft: Minutes) -> None:
    client.sign_in("worker")
    place = f"/minutes/{draft.id}/items/{core_item(draft).id}/teams/new"
    given = {
        "name": "绿化监督队",
        "watches": "补种的草",
        "people": "王秀兰\n赵强\n",
        "starts": STARTS.isoformat(),
        "ends": ENDS.isoformat(),
        "once": "form",
    }
    assert client.submit(place, {**given, "people": "没有这个人"}).status_code == 422
    assert client.submit(place, given).status_code == 303
    assert "绿化监督队" in client.get(f"/minutes/{draft.id}").text
