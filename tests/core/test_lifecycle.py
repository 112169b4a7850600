"""States change by moves, and a move says all that stands in its way."""

import pytest
import sqlalchemy as sa

from portal.core.db import db, transaction
from portal.core.errors import Conflict, NotAllowed, Unmet
from portal.core.eventlog import Entry
from portal.core.lifecycle import Lifecycle, Move
from tests.core.conftest import Make
from tests.core.things import (
    LIFECYCLE,
    Can,
    State,
    Thing,
    ThingClosed,
    ThingOpened,
    open_thing,
)
from tests.world import World


def entries() -> list[Entry]:
    return list(
        db.session.scalars(sa.select(Entry).where(Entry.subject.startswith("thing:")).order_by(Entry.id))
    )


def test_a_move_changes_the_state_and_states_the_event(make: Make, world: World) -> None:
    thing = make("estate", author="owner")
    open_thing(world.owner, thing)
    assert thing.state is State.OPEN
    assert [e.name for e in entries()] == ["thing.opened"]


def test_a_refused_move_names_everything_at_once(make: Make, world: World) -> None:
    thing = make("estate", author="owner", title="", amount=0)
    with pytest.raises(Conflict) as refusal:
        open_thing(world.owner, thing)
    assert refusal.value.unmet == (Unmet("要有标题", "/title"), Unmet("要有金额", "/amount"))
    assert thing.state is State.DRAFT
    assert entries() == []


def test_a_move_from_the_wrong_state_is_a_conflict(make: Make, world: World) -> None:
    thing = make("estate", author="owner", state=State.OPEN, title="")
    with pytest.raises(Conflict) as refusal:
        open_thing(world.owner, thing)
    assert len(refusal.value.reasons) == 1
    assert "刷新" in refusal.value.reasons[0]


def test_the_same_move_twice_happens_once(make: Make, world: World) -> None:
    thing = make("estate", author="owner")
    open_thing(world.owner, thing)
    with pytest.raises(Conflict):
        open_thing(world.owner, thing)
    assert len(entries()) == 1


def test_offers_are_the_moves_of_the_state_that_the_actor_may_make(make: Make, world: World) -> None:
    thing = make("estate", author="owner", amount=0)
    assert LIFECYCLE.offers(world.owner, thing) == {ThingOpened: (Unmet("要有金额", "/amount"),)}
    assert LIFECYCLE.offers(world.secretary, thing).keys() == {ThingOpened}
    assert LIFECYCLE.offers(world.chair, thing) == {}
    opened = make("estate", author="owner", state=State.OPEN)
    assert LIFECYCLE.offers(world.secretary, opened) == {ThingClosed: ()}


def test_an_offer_is_what_the_action_does(make: Make, world: World) -> None:
    thing = make("estate", author="owner")
    for name in ("owner", "secretary", "chair", "tenant"):
        actor = world.actor(name)
        offered = ThingOpened in LIFECYCLE.offers(actor, thing)
        with transaction():
            try:
                open_thing(actor, thing)
                assert offered, name
            except NotAllowed:
                assert not offered, name
            thing = make("estate", author="owner")


def test_plain_assignment_of_the_state_is_refused(make: Make) -> None:
    thing = make()
    with pytest.raises(AssertionError, match="by a move only"):
        thing.state = State.CLOSED
    db.session.rollback()


def test_a_new_thing_may_begin_anywhere() -> None:
    assert Thing(state=State.OPEN).state is State.OPEN


@pytest.mark.parametrize(
    "statement",
    [
        sa.update(Thing).values(state=State.CLOSED),
        sa.update(Thing).values({Thing.state: State.CLOSED}),
        sa.update(Thing.__table__).values(state="closed"),  # type: ignore[arg-type]
        sa.update(Thing).where(Thing.id == 1).values(title="x", state=State.CLOSED),
    ],
)
def test_an_update_statement_of_the_state_is_refused(statement: sa.Update, make: Make) -> None:
    make()
    with pytest.raises(AssertionError, match="by a move only"), transaction():
        db.session.execute(statement)


def test_a_bulk_update_of_the_state_is_refused(make: Make) -> None:
    thing = make()
    with pytest.raises(AssertionError, match="by a move only"), transaction():
        db.session.execute(sa.update(Thing), [{"id": thing.id, "state": State.CLOSED}])


def test_other_columns_may_be_updated_where_the_state_is_asked(make: Make) -> None:
    thing = make()
    with transaction():
        db.session.execute(sa.update(Thing).where(Thing.state == State.DRAFT).values(count=Thing.count + 1))
    db.session.refresh(thing)
    assert thing.count == 1


def test_an_event_moves_in_one_way() -> None:
    twice = Move(ThingOpened, Can.OPEN, (State.DRAFT,), State.OPEN)
    with pytest.raises(LookupError, match="two ways"):
        Lifecycle(Thing, State, twice, twice)


def test_a_move_that_fails_leaves_the_guard_up(make: Make, world: World) -> None:
    """Recording outside an action fails after the state was set: assignment must be forbidden again."""
    thing = make("estate", author="owner")
    with pytest.raises(AssertionError, match="inside an action"):
        LIFECYCLE.move(world.owner, thing, ThingOpened())
    with pytest.raises(AssertionError, match="by a move only"):
        thing.state = State.CLOSED
    db.session.rollback()
