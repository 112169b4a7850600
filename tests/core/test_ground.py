"""The ground carries what stands on it: actors, tenancy and one transaction a test."""

import sqlalchemy as sa

from portal.accounts.models import User
from portal.core.db import db, transaction
from tests.world import World


def test_actor_is_loaded_with_roles_and_homes(world: World) -> None:
    chair = world.chair
    assert chair.party == "committee"
    assert chair.holds("committee_chair", world.paths["building"])
    assert not chair.holds("committee_chair", world.paths["community"])
    assert chair.unit_label == "12号楼1单元201室"


def test_a_write_is_seen_inside_and_gone_in_the_next_test(world: World) -> None:
    with transaction():
        db.session.execute(sa.update(User).values(nickname="改了"))
    assert world.owner.name == "改了"


def test_the_next_test_finds_the_world_unchanged(world: World) -> None:
    assert world.owner.name == "王秀兰"
