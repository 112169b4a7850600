"""Actions: lock, check on the present state, all or nothing."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from portal.core.db import db, transaction
from portal.core.errors import Invalid, NotAllowed, NotVisible
from portal.core.eventlog import Entry
from tests.core.conftest import Make
from tests.core.things import Can, State, Thing, open_thing, rename, rename_twice
from tests.world import World


def titles() -> list[str]:
    return list(db.session.scalars(sa.select(Thing.title)))


def events() -> list[dict[str, int]]:
    return list(
        db.session.scalars(
            sa.select(Entry.payload).where(Entry.subject.startswith("thing:")).order_by(Entry.id)
        )
    )


def test_an_action_says_its_permission() -> None:
    assert rename.__dict__["may"] is Can.CHANGE


def test_an_action_that_ends_well_is_kept(make: Make, world: World) -> None:
    rename(world.owner, make("101", author="owner"), title="新名")
    db.session.rollback()
    assert titles() == ["新名"]
    assert events() == [{"count": 2}]


def test_a_refusal_leaves_nothing_behind(make: Make, world: World) -> None:
    thing = make("101", author="owner", title="旧名")
    with pytest.raises(Invalid):
        rename(world.owner, thing, title="")
    assert titles() == ["旧名"]
    assert events() == []
    db.session.refresh(thing)
    assert thing.title == "旧名"


def test_an_error_leaves_nothing_behind(make: Make, world: World) -> None:
    thing = make("101", author="owner", title="旧名")
    with pytest.raises(IntegrityError):
        rename(world.owner, thing, title=None)  # type: ignore[arg-type]
    assert titles() == ["旧名"]


def test_an_inner_refusal_that_is_swallowed_takes_only_its_own(make: Make, world: World) -> None:
    thing = make("101", author="owner", title="旧名")
    assert rename_twice(world.owner, thing, first="新名", second="") == ["标题要填"]
    assert titles() == ["新名"]
    assert events() == [{"count": 2}]


def test_an_outer_refusal_takes_inner_ones_with_it(make: Make, world: World) -> None:
    thing = make("101", author="owner", title="旧名")
    with pytest.raises(Invalid), transaction():
        rename(world.owner, thing, title="新名")
        raise Invalid("不行")
    assert titles() == ["旧名"]
    assert events() == []


def test_an_action_asks_the_permission_again(make: Make, world: World) -> None:
    with pytest.raises(NotAllowed):
        rename(world.chair, make("101", author="owner"), title="新名")
    with pytest.raises(NotVisible):
        rename(world.neighbour, make("101", author="owner"), title="新名")


def test_the_permission_is_asked_of_the_present_state(make: Make, world: World) -> None:
    """What the page loaded is old: the row was closed behind its back."""
    thing = make("101", author="owner")
    assert thing.state is State.DRAFT
    with transaction():
        db.session.connection().execute(sa.text("UPDATE thing SET state = 'closed'"))
    db.session.info["seen"] = thing.title
    with pytest.raises(NotAllowed):
        rename(world.owner, thing, title="新名")


def test_a_row_that_is_gone_is_not_there(make: Make, world: World) -> None:
    thing = make("101", author="owner")
    with transaction():
        db.session.execute(sa.delete(Thing), execution_options={"synchronize_session": False})
    with pytest.raises(NotVisible):
        rename(world.owner, thing, title="新名")


def test_a_view_that_wrote_before_the_action_is_caught(make: Make, world: World) -> None:
    thing = make("101", author="owner", title="旧名")
    owner = world.owner
    thing.title = "偷偷改"
    with pytest.raises(AssertionError, match="outside an action"):
        open_thing(owner, thing)
    db.session.rollback()
    db.session.add(Thing(place_path="/1/", title="", at=thing.at))
    with pytest.raises(AssertionError, match="outside an action"):
        open_thing(owner, thing)
    db.session.rollback()
    assert titles() == ["旧名"]


def test_a_write_outside_is_caught_by_the_next_query(make: Make) -> None:
    """Otherwise the flush that a query causes would hide it, and the next action would throw it away."""
    make(title="旧名").title = "偷偷改"
    with pytest.raises(AssertionError, match="outside an action"):
        titles()
    db.session.rollback()
    assert titles() == ["旧名"]


def test_looking_at_an_object_is_no_write(make: Make, world: World) -> None:
    thing = make("101", author="owner", title="旧名")
    thing.title = "旧名"
    open_thing(world.owner, thing)


def test_after_a_refusal_the_next_action_works(make: Make, world: World) -> None:
    thing = make("101", author="owner")
    with pytest.raises(Invalid):
        rename(world.owner, thing, title="")
    rename(world.owner, thing, title="再来")
    assert titles() == ["再来"]
