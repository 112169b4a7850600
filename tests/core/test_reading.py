"""Rows of columns past the entities: in the same transaction, with the same guard."""

import pytest
import sqlalchemy as sa

from portal.core.db import db, read, transaction
from tests.core.conftest import Make
from tests.core.things import State, Thing
from tests.world import NOW, World

TITLES = sa.select(Thing.title, Thing.state, Thing.at).where(Thing.id == sa.bindparam("thing"))


def test_values_are_read_as_the_session_reads_them(make: Make, world: World) -> None:
    thing = make("estate", title="old", at=NOW)
    assert read(TITLES, {"thing": thing.id}) == [("old", State.DRAFT, NOW)]
    assert read(TITLES, {"thing": thing.id}) == db.session.execute(TITLES, {"thing": thing.id}).all()
    assert read(TITLES, {"thing": 0}) == []


def test_what_an_action_has_changed_so_far_is_seen(make: Make, world: World) -> None:
    thing = make("estate", title="old")
    with transaction():
        thing.title = "new"
        (row,) = read(TITLES, {"thing": thing.id})
        assert row.title == "new"


def test_a_change_outside_an_action_is_refused(make: Make, world: World) -> None:
    thing = make("estate", title="old")
    thing.title = "new"
    with pytest.raises(AssertionError, match="outside an action"):
        read(TITLES, {"thing": thing.id})
    db.session.rollback()
