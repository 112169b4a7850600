"""Corrections of single units, their owners, and grids."""

import pytest
import sqlalchemy as sa

from portal.core.actions import store
from portal.core.actor import Actor
from portal.core.db import db, transaction
from portal.core.errors import Conflict, Invalid, NotVisible
from portal.core.eventlog import Entry
from portal.places.actions.grids import add_grid, assign_units, change_grid
from portal.places.actions.units import change_owners, correct_unit, restore_unit, retire_unit
from portal.places.models import Grid, Owner, OwnerKind, OwnerSet, Place, TitleChange, Unit
from portal.places.queries.grids import grids
from portal.places.roster.units import AreaSource, Delivery
from tests.places.figures import headline
from tests.world import World


def resurvey(actor: Actor, unit: Unit, area: int, revision: int = 0) -> Unit:
    """Another area, all else as it is."""
    return correct_unit(
        actor, unit, revision=revision, area=area, source=AreaSource.REGISTER, delivery=Delivery.DELIVERED
    )


def last_entry() -> Entry:
    return db.session.scalars(sa.select(Entry).order_by(Entry.id.desc())).first()  # type: ignore[return-value]


def test_a_correction_says_what_was_and_what_is(world: World) -> None:
    unit = world.get(Unit, "101")
    correct_unit(
        world.secretary, unit, revision=0, area=9000, source=AreaSource.SURVEY, delivery=Delivery.DELIVERED
    )
    assert (unit.exclusive_area, unit.area_source, unit.revision) == (9000, "测绘", 1)
    told = last_entry()
    assert (told.name, told.subject) == ("unit.corrected", f"unit:{unit.id}")
    assert (told.payload["area_before"], told.payload["area_after"], told.payload["source_changed"]) == (
        8932,
        9000,
        True,
    )


def test_nothing_changed_is_no_event(world: World) -> None:
    unit = world.get(Unit, "101")
    before = db.session.scalar(sa.select(sa.func.count()).select_from(Entry))
    correct_unit(
        world.secretary,
        unit,
        revision=0,
        area=8932,
        source=AreaSource.REGISTER,
        delivery=Delivery.DELIVERED,
        floor="1",
    )
    assert unit.revision == 0
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Entry)) == before


def test_the_second_of_two_is_told(world: World) -> None:
    unit = world.get(Unit, "101")
    resurvey(world.secretary, unit, 9000)
    with pytest.raises(Conflict, match="别人改过"):
        resurvey(world.worker, unit, 9100)
    with pytest.raises(Conflict, match="别人改过"):
        change_owners(world.worker, unit, revision=0, owners=[], reason="过户")
    assert unit.exclusive_area == 9000


def test_an_area_of_zero_is_no_area(world: World) -> None:
    with pytest.raises(Invalid, match="不能是 0"):
        resurvey(world.secretary, world.get(Unit, "101"), 0)


def test_new_owners_stand_in_a_set_of_their_own(world: World) -> None:
    unit = world.get(Unit, "101")
    before = unit.owner_set_id
    change_owners(
        world.secretary, unit, revision=0, owners=[("张洋", "199 0000 0759"), ("钱霞", "")], reason="房屋过户"
    )
    owners = db.session.scalars(
        sa.select(Owner).where(Owner.owner_set_id == unit.owner_set_id).order_by(Owner.id)
    ).all()
    assert [(o.name, o.phone) for o in owners] == [("张洋", "19900000759"), ("钱霞", "")]
    change = db.session.scalars(sa.select(TitleChange)).one()
    assert (change.before_id, change.after_id, change.reason) == (before, unit.owner_set_id, "房屋过户")
    assert "张洋" not in str(last_entry().payload)


def test_the_same_owners_of_two_units_are_one_set(world: World) -> None:
    one, other = world.get(Unit, "101"), world.get(Unit, "102")
    for unit, owners in ((one, [("张洋", "1"), ("钱霞", "")]), (other, [("钱霞", ""), ("张洋", "1")])):
        change_owners(world.secretary, unit, revision=0, owners=owners, reason="过户")
    assert one.owner_set_id == other.owner_set_id


def test_a_unit_sold_back_to_the_developer_is_his(world: World) -> None:
    unit = world.get(Unit, "101")
    name = "青海东府置业有限公司"
    with transaction():
        firm = OwnerSet(place_path=world.paths["estate"], key="firm", developer=True)
        store(firm)
        store(
            Owner(
                owner_set_id=firm.id,
                place_path=firm.place_path,
                kind=OwnerKind.ORGANISATION,
                name=name,
                phone="",
            )
        )
    change_owners(world.secretary, unit, revision=0, owners=[("青海东府置业有限公司", "")], reason="回购")
    assert db.session.get(OwnerSet, unit.owner_set_id).developer is True  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("owners", "reason", "sentence"),
    [
        ([("张洋", ""), ("张 洋", "")], "过户", "写了两遍"),
        ([("张" * 81, "")], "过户", "多了 1 个字"),
        ([("张洋", "1" * 21)], "过户", "太长"),
        ([("张洋", "")], " ", "原因"),
        ([(" ", "1")], "过户", "姓名"),
    ],
)
def test_owners_that_cannot_be_are_refused(
    world: World, owners: list[tuple[str, str]], reason: str, sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence):
        change_owners(world.secretary, world.get(Unit, "101"), revision=0, owners=owners, reason=reason)


def test_a_retired_unit_counts_nowhere_and_can_come_back(world: World) -> None:
    unit = world.get(Unit, "101")
    retire_unit(world.secretary, unit)
    assert headline(world.paths["community"]).whole.homes == 3
    with pytest.raises(Conflict):
        retire_unit(world.secretary, unit)
    restore_unit(world.secretary, unit)
    assert headline(world.paths["community"]).whole.homes == 4
    with pytest.raises(Conflict):
        restore_unit(world.secretary, unit)


def test_grids_nest_and_their_sums_go_up(world: World) -> None:
    community = world.get(Place, "community")
    whole = add_grid(world.secretary, community, name="一网格")
    part = add_grid(world.secretary, community, name="一网格甲", parent_id=whole.id)
    assert assign_units(world.secretary, part, places=[world.paths["building"]]) == 4
    assert assign_units(world.secretary, part, places=[world.paths["building"]]) == 0
    assert assign_units(world.secretary, whole, units=[world.ids["shop"]]) == 1
    top, below = grids(world.secretary)
    assert (top.name, sum(top.units.values()), sum(top.whole.values())) == ("一网格", 1, 5)
    assert (below.above, sum(below.whole.values())) == ("一网格", 4)


def test_a_grid_never_lies_in_itself(world: World) -> None:
    community = world.get(Place, "community")
    whole = add_grid(world.secretary, community, name="一网格")
    part = add_grid(world.secretary, community, name="甲", parent_id=whole.id)
    for parent in (whole.id, part.id):
        with pytest.raises(Invalid, match="它自己"):
            change_grid(world.secretary, whole, name="一网格", parent_id=parent)
    with pytest.raises(Invalid, match="已经有"):
        add_grid(world.secretary, community, name="甲")


def test_another_communitys_places_and_grids_are_out_of_reach(world: World) -> None:
    community, other = world.get(Place, "community"), world.get(Place, "other_community")
    grid = add_grid(world.secretary, community, name="一网格")
    theirs = add_grid(world.other_secretary, other, name="一网格")
    with pytest.raises(Invalid):
        add_grid(world.secretary, community, name="二网格", parent_id=theirs.id)
    with pytest.raises(NotVisible):
        assign_units(world.secretary, grid, units=[world.ids["other_unit"]])
    with pytest.raises(NotVisible):
        assign_units(world.secretary, grid, places=[world.paths["other_estate"]])
    with pytest.raises(NotVisible):
        assign_units(world.secretary, theirs, units=[world.ids["101"]])
    assert db.session.scalars(sa.select(Unit.grid_id)).all() == [None] * 6
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Grid)) == 2
