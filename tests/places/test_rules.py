"""Who sees what of places, units, grids and rosters."""

from typing import Any

import pytest
import sqlalchemy as sa

from portal.core import access
from portal.core.db import db
from portal.core.errors import NotAllowed, NotVisible
from portal.places.actions.grids import add_grid
from portal.places.actions.units import retire_unit
from portal.places.models import Grid, Place, Unit
from portal.places.policy import Can
from tests.world import World

REGISTER = {"secretary", "worker", "administrator", "chair", "manager"}
ALL = (
    "secretary", "worker", "manager", "chair", "owner", "co_owner", "tenant", "merchant", "auditor",
    "administrator", "neighbour", "other_secretary", "visitor",
)  # fmt: skip


@pytest.mark.parametrize("name", ALL)
def test_a_unit_is_for_its_people_and_for_those_who_work_with_the_register(world: World, name: str) -> None:
    unit = world.get(Unit, "101")
    seen = access.may(world.actor(name), Can.SEE_UNIT, unit)
    assert bool(seen) is (name in REGISTER | {"owner", "co_owner"})
    names = access.may(world.actor(name), Can.SEE_OWNERS, unit)
    assert bool(names) is (name in REGISTER)
    phones = access.may(world.actor(name), Can.SEE_PHONES, unit)
    assert bool(phones) is (name in {"secretary", "worker", "administrator"})


@pytest.mark.parametrize("name", ALL)
def test_only_those_who_keep_the_register_change_it(world: World, name: str) -> None:
    keeps = name in {"secretary", "worker", "administrator"}
    community = world.get(Place, "community")
    for permission in (Can.READ_ROSTER, Can.ADD_GRID):
        assert bool(access.may(world.actor(name), permission, community)) is keeps
    assert bool(access.may(world.actor(name), Can.CORRECT, world.get(Unit, "101"))) is keeps


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("model", [Place, Unit, Grid])
def test_the_condition_finds_what_the_check_allows(world: World, name: str, model: type[Any]) -> None:
    add_grid(world.secretary, world.get(Place, "community"), name="一网格")
    actor = world.actor(name)
    found = set(db.session.scalars(sa.select(model.id).where(access.rows(actor, model))))
    every: list[Any] = list(db.session.scalars(sa.select(model)))
    assert found == {thing.id for thing in every if access.may(actor, access.SEES[model], thing)}


def test_an_action_of_another_community_finds_nothing(world: World) -> None:
    with pytest.raises(NotVisible):
        retire_unit(world.other_secretary, world.get(Unit, "101"))
    with pytest.raises(NotVisible):
        add_grid(world.secretary, world.get(Place, "estate"), name="一网格")


def test_the_committee_reads_and_changes_nothing(world: World) -> None:
    with pytest.raises(NotAllowed, match="社区工作人员"):
        retire_unit(world.chair, world.get(Unit, "101"))
