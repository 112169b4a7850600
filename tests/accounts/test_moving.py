"""When other owners stand on a title, those of the old one move out with it, and posts that hang on it are flagged."""

from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Membership, Relation, User
from portal.core.db import db, transaction
from portal.core.waiting import waiting_for
from portal.councils.actions.table import found_council, give_seat
from portal.councils.words import Party
from portal.places.actions.units import change_owners
from portal.places.models import Owner, OwnerKind, Place, Unit
from tests.accounts.conftest import stated
from tests.conftest import Client
from tests.places.rosterfiles import empty_community, row, table, take
from tests.world import SINCE, World

TODAY = "2026-06-16"


def sell(world: World, key: str, *names: str) -> Unit:
    unit = world.get(Unit, key)
    owners = [(name, "") for name in names]
    return change_owners(world.secretary, unit, revision=unit.revision, owners=owners, reason="房屋过户")


def membership(world: World, name: str) -> Membership:
    return db.session.scalars(sa.select(Membership).where(Membership.user_id == world.ids[name])).one()


def family_of(world: World, name: str, user: str) -> Membership:
    """`user` belongs to the home of `name` as family, by the same entry of the register."""
    own = membership(world, name)
    with transaction():
        kin = Membership(
            user_id=world.ids[user], unit_id=own.unit_id, place_path=own.place_path, relation=Relation.FAMILY,
            owner_id=own.owner_id, starts=SINCE,
        )  # fmt: skip
        db.session.add(kin)
    return kin


def test_owners_and_family_move_out_on_the_day(world: World) -> None:
    kin = family_of(world, "owner", "worker")
    sell(world, "101", "周建国")
    for ended in (membership(world, "owner"), membership(world, "co_owner"), kin):
        assert str(ended.ends) == TODAY
    assert world.owner.homes == ()
    assert world.co_owner.homes == ()
    told = stated("membership.lapsed")
    assert {t.story for t in told} == {f"user:{world.ids[n]}" for n in ("owner", "co_owner", "worker")}
    assert {t.actor_id for t in told} == {world.ids["secretary"]}


def test_who_stays_on_the_title_stays_and_is_known_by_the_new_entry(world: World) -> None:
    before = membership(world, "owner").owner_id
    sell(world, "101", "王秀兰", "周建国")
    kept = membership(world, "owner")
    assert kept.ends is None
    assert kept.owner_id != before
    assert db.session.get_one(Owner, kept.owner_id).name == "王秀兰"
    assert str(membership(world, "co_owner").ends) == TODAY


def test_nobody_on_the_title_ends_all_of_it(world: World) -> None:
    sell(world, "101")
    assert world.owner.homes == ()


def test_a_sale_breaks_no_lease(world: World) -> None:
    sell(world, "102", "周建国")
    assert membership(world, "tenant").ends is None
    assert stated("membership.lapsed") == []


def test_the_new_owner_is_recognised_after_the_sale(world: World) -> None:
    unit = sell(world, "101", "周建国")
    assert db.session.scalars(sa.select(Owner.name).where(Owner.owner_set_id == unit.owner_set_id)).all() == [
        "周建国"
    ]


def test_the_person_reads_it_on_his_page(world: World, client: Client) -> None:
    sell(world, "101", "周建国")
    client.sign_in("owner")
    page = client.get("/me").get_data(as_text=True)
    assert "业主登记变更，住户身份已结束" in page


def checks(world: World, who: str) -> list[Any]:
    return [w for w in waiting_for(world.actor(who)) if w.kind == "check_post"]


def test_a_post_that_hangs_on_the_home_is_flagged_and_kept(world: World) -> None:
    assert checks(world, "secretary") == []
    sell(world, "201", "周建国")
    (flagged,) = checks(world, "secretary")
    assert flagged.title == "顾建平"
    assert flagged.since.isoformat() == "2026-06-16T01:20:00+00:00"
    assert any(role == "committee_chair" for role, _ in world.chair.grants)
    assert checks(world, "other_secretary") == []
    assert checks(world, "owner") == []


def test_a_post_is_not_flagged_while_another_home_carries_it(world: World) -> None:
    unit = world.get(Unit, "202")
    with transaction():
        owner = Owner(
            owner_set_id=unit.owner_set_id,
            place_path=unit.place_path,
            kind=OwnerKind.PERSON,
            name="顾建平",
            phone="",
        )
        db.session.add(owner)
        db.session.flush()
        db.session.add(Membership(
            user_id=world.ids["chair"], unit_id=unit.id, place_path=unit.place_path, relation=Relation.OWNER,
            owner_id=owner.id, starts=SINCE,
        ))  # fmt: skip
    sell(world, "201", "周建国")
    assert checks(world, "secretary") == []


def test_the_desk_shows_it_and_leads_to_the_page(world: World, client: Client) -> None:
    sell(world, "201", "周建国")
    client.sign_in("secretary")
    (flagged,) = checks(world, "secretary")
    link = f"/desk/open/check_post/{flagged.subject_id}"
    assert link in client.get("/desk").get_data(as_text=True)
    page = client.get(link, follow_redirects=True)
    assert page.status_code == 200
    assert page.request.path == f"/posts/{flagged.subject_id}/end"


def test_a_seat_whose_holder_sold_is_flagged(world: World) -> None:
    council = found_council(world.administrator, world.get(Place, "community"), name="梧桐社区议事会")
    give_seat(world.secretary, council, user_id=world.ids["owner"], party=Party.RESIDENT)
    give_seat(world.secretary, council, user_id=world.ids["manager"], party=Party.PROPERTY)
    sell(world, "101", "周建国")
    flagged = [w for w in waiting_for(world.secretary) if w.kind == "check_seat"]
    assert [w.subject_id for w in flagged] == [world.ids["owner"]]


def test_a_roster_read_again_moves_out_whom_it_does_not_name(world: World) -> None:
    community = empty_community()
    take(community, table(row("101", "高文博"), row("102", "林晓梅", "19900000002")))
    sold, kept = (
        recognised(community, user, name) for user, name in (("auditor", "高文博"), ("worker", "林晓梅"))
    )
    take(community, table(row("101", "周建国"), row("102", "林晓梅、高文博", "19900000002")))
    assert str(sold.ends) == TODAY
    assert kept.ends is None
    (told,) = stated("membership.lapsed")
    assert told.subject == f"membership:{sold.id}"


def recognised(community: Place, user: str, name: str) -> Membership:
    """Somebody of the world belongs to the home whose title has the name."""
    owner, unit = db.session.execute(
        sa.select(Owner, Unit).join(Unit, Unit.owner_set_id == Owner.owner_set_id).where(Owner.name == name)
        .where(Unit.place_path.startswith(community.place_path))
    ).one()  # fmt: skip
    with transaction():
        account = db.session.scalars(sa.select(User).where(User.sign_in_name == user)).one()
        found = Membership(
            user_id=account.id, unit_id=unit.id, place_path=unit.place_path, relation=Relation.OWNER,
            owner_id=owner.id, starts=SINCE,
        )  # fmt: skip
        db.session.add(found)
    return found
