"""Family who may act for a person: named by him or at the desk, willing, for a term, and little beside voting."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup

from portal.accounts import identity
from portal.accounts.actions.people import adjust
from portal.accounts.actions.posts import give_role
from portal.accounts.actions.relatives import (
    MOST_BY_ONE,
    agree,
    end_relative,
    name_relative,
    start_for_family,
)
from portal.accounts.models import Acting, Kinship, Relative, Role, User, Way
from portal.accounts.queries.export import everything
from portal.core import clock
from portal.core.db import db
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from portal.core.waiting import waiting_for
from portal.places.models import Place
from tests.accounts.conftest import account, stated
from tests.assembly.letters import kept, phone_of
from tests.conftest import Client
from tests.world import NOW, PEOPLE, World

UNTIL = clock.local(NOW).date() + timedelta(days=200)


def name_of(who: str) -> str:
    return PEOPLE[who][0]


def bound(world: World, by: str = "owner", who: str = "tenant", **given: Any) -> Relative:
    """`by` names `who` as a child of the owner 王秀兰."""
    words = {"name": name_of(who), "phone": phone_of(who), "kinship": Kinship.CHILD, "ends": UNTIL, **given}
    return name_relative(world.actor(by), account(world, "owner"), **words)


def working(world: World) -> Relative:
    relative = bound(world)
    agree(world.tenant, relative)
    return relative


def test_both_sides_consent(world: World) -> None:
    relative = bound(world)
    assert [w.kind for w in waiting_for(world.tenant) if w.kind == "agree_relative"] == ["agree_relative"]
    with pytest.raises(Conflict):
        start_for_family(world.tenant, relative)
    agree(world.tenant, relative)
    agree(world.tenant, relative)
    acting = start_for_family(world.tenant, relative)
    assert (acting.user_id, acting.by_id, acting.way) == (
        world.ids["owner"],
        world.ids["tenant"],
        Way.FAMILY,
    )
    assert len(stated("relative.agreed")) == 1
    assert not [w for w in waiting_for(world.tenant) if w.kind == "agree_relative"]


def test_at_the_desk_with_his_signature(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        bound(world, by="worker")
    assert refused.value.field == "signed"
    relative = bound(world, by="worker", signed=[kept()])
    assert relative.named_by_id == world.ids["worker"]


@pytest.mark.parametrize("who", ["tenant", "chair", "manager", "co_owner"])
def test_nobody_else_names_family_for_him(world: World, who: str) -> None:
    with pytest.raises((NotAllowed, NotVisible)):
        bound(world, by=who)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"phone": ""}, "phone"),
        ({"phone": "19900009999"}, "phone"),
        ({"phone": phone_of("owner")}, "phone"),
        ({"phone": phone_of("manager")}, "phone"),
        ({"phone": phone_of("neighbour")}, "phone"),
        ({"ends": clock.local(NOW).date()}, "ends"),
        ({"ends": clock.local(NOW).date() + timedelta(days=400)}, "ends"),
    ],
)
def test_who_cannot_be_named_and_for_how_long(world: World, given: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        bound(world, **given)
    assert refused.value.field == field


def test_a_number_alone_does_not_tell_whether_there_is_an_account(world: World) -> None:
    said = set()
    for phone in ("19900009999", phone_of("chair"), phone_of("manager"), phone_of("neighbour")):
        with pytest.raises(Invalid) as refused:
            bound(world, phone=phone)
        said.add(str(refused.value))
    assert len(said) == 1
    assert bound(world, name="赵 强").relative_id == world.ids["tenant"]


def test_once_and_not_for_many(world: World) -> None:
    bound(world)
    with pytest.raises(Conflict, match="已经登记过"):
        bound(world)
    for name in ("co_owner", "chair", "merchant")[: MOST_BY_ONE - 1]:
        his: dict[str, Any] = {"name": name_of("tenant"), "phone": phone_of("tenant")}
        name_relative(world.actor(name), account(world, name), **his, kinship=Kinship.OTHER, ends=UNTIL)
    with pytest.raises(Conflict, match="不能再多"):
        name_relative(
            world.worker,
            account(world, "secretary"),
            name=name_of("tenant"),
            phone=phone_of("tenant"),
            kinship=Kinship.OTHER,
            ends=UNTIL,
            signed=[kept()],
        )


@pytest.mark.parametrize("by", ["owner", "tenant", "worker"])
def test_either_side_or_the_desk_ends_it(world: World, by: str) -> None:
    relative = working(world)
    end_relative(world.actor(by), relative)
    end_relative(world.actor(by), relative)
    assert identity.kinship_of(world.ids["tenant"], world.ids["owner"]) == ""
    assert len(stated("relative.ended")) == 1
    with pytest.raises(Conflict):
        start_for_family(world.tenant, relative)


def test_it_ends_with_its_term(world: World) -> None:
    relative = working(world)
    assert identity.kinship_of(world.ids["tenant"], world.ids["owner"]) == "child"
    with clock.frozen(clock.at(UNTIL)):
        assert identity.kinship_of(world.ids["tenant"], world.ids["owner"]) == ""
        with pytest.raises(Conflict):
            start_for_family(world.actor("tenant"), relative)


def test_who_registers_him_at_the_desk_is_not_the_family(world: World) -> None:
    with pytest.raises(Invalid, match="另一位工作人员"):
        bound(world, by="worker", who="worker", signed=[kept()])
    assert bound(world, who="worker").relative_id == world.ids["worker"]


def test_who_came_to_manage_the_property_is_family_no_longer(world: World) -> None:
    relative = working(world)
    give_role(
        world.secretary,
        world.get(Place, "estate"),
        user=account(world, "tenant"),
        role=Role.PROPERTY_MANAGER,
        starts=world.owner.today,
        ends=None,
    )
    assert identity.kinship_of(world.ids["tenant"], world.ids["owner"]) == ""
    with pytest.raises(Conflict):
        start_for_family(world.tenant, relative)


def test_ending_it_ends_what_is_under_way(world: World) -> None:
    relative = working(world)
    start_for_family(world.tenant, relative)
    end_relative(world.owner, relative)
    acting = db.session.scalars(sa.select(Acting)).one()
    assert acting.ended_at is not None


def test_nobody_agrees_after_its_term(world: World) -> None:
    relative = bound(world)
    with clock.frozen(clock.at(UNTIL)), pytest.raises(Conflict, match="到期"):
        agree(world.actor("tenant"), relative)


def test_family_has_no_post_of_his_and_writes_nothing_but_ballots(world: World) -> None:
    people = identity.load([world.ids["chair"], world.ids["tenant"]])
    acting = identity.actor_of(
        people[world.ids["chair"]], entered_by=people[world.ids["tenant"]], kin="child"
    )
    assert (acting.grants, acting.entered_by) == (frozenset(), world.ids["tenant"])
    with pytest.raises(NotAllowed, match="家人代办只能投业主大会的票"):
        adjust(acting, account(world, "chair"), nickname="改名")


def test_from_naming_to_acting_in_the_browser(world: World, client: Client) -> None:
    client.sign_in("owner")
    address = f"/people/{world.ids['owner']}/relatives/new"
    assert client.get(address).status_code == 200
    sent = {"name": name_of("tenant"), "phone": "123", "kinship": "child", "ends": UNTIL.isoformat()}
    bad = client.submit(address, sent)
    assert bad.status_code == 422
    done = client.submit(
        address,
        {
            "name": name_of("tenant"),
            "phone": phone_of("tenant"),
            "kinship": "child",
            "ends": UNTIL.isoformat(),
        },
    )
    assert done.location == "/me#family"
    assert "等家人答应" in client.get("/me").text
    relative = db.session.scalars(sa.select(Relative)).one()
    client.sign_in("co_owner")
    assert client.get(f"/relatives/{relative.id}").status_code == 404
    client.sign_in("tenant")
    assert "王秀兰请您替他投票" in client.get(f"/relatives/{relative.id}").text
    assert client.submit(f"/relatives/{relative.id}/acting", {}).status_code == 409
    client.submit(f"/relatives/{relative.id}/agreement", {})
    assert (
        client.submit(f"/relatives/{relative.id}/acting", {"next": "/owners-votes"}).location
        == "/owners-votes"
    )
    strip = BeautifulSoup(client.get("/owners-votes").text, "html.parser").select_one(".behalf")
    assert strip is not None
    assert "您正在替家人 王秀兰 投票" in strip.text
    assert client.get("/me").status_code == 403
    assert client.get("/me/data.json").status_code == 403
    assert client.submit("/behalf/end").location == "/me"
    assert db.session.scalars(sa.select(Acting)).one().ended_at is not None


def test_who_is_no_longer_bound_is_himself_at_the_next_click(world: World, client: Client) -> None:
    relative = working(world)
    client.sign_in("tenant")
    client.submit(f"/relatives/{relative.id}/acting", {})
    end_relative(world.owner, relative)
    assert "behalf" not in client.get("/owners-votes").text
    assert client.get("/me").status_code == 200


def test_the_desk_sees_and_enters_it(world: World, client: Client) -> None:
    client.sign_in("worker")
    file = f"/people/{world.ids['owner']}"
    sent = {
        "name": name_of("tenant"),
        "phone": phone_of("tenant"),
        "kinship": "child",
        "ends": UNTIL.isoformat(),
    }
    assert client.submit(f"{file}/relatives/new", sent).status_code == 422
    bound(world, by="worker", signed=[kept()])
    page = client.get(file).text
    assert "替他代办" in page
    relative = db.session.scalars(sa.select(Relative)).one()
    paper = BeautifulSoup(client.get(f"/relatives/{relative.id}").text, "html.parser").select_one(
        ".photo img"
    )
    assert paper is not None
    assert client.get(str(paper["src"])).status_code == 200
    assert client.submit(f"/relatives/{relative.id}/ending", {}).location == f"{file}#family"


def test_his_data_tell_of_it(world: World) -> None:
    working(world)
    told = everything(db.session.get_one(User, world.ids["owner"]))["family_who_may_act"]
    assert [line["as"] for line in told] == ["子女"]
