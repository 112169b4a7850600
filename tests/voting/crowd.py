"""Many voters at once."""

from portal.accounts.models import Membership, Relation, User
from portal.core.db import db, transaction
from tests.world import NOW, SINCE, World


def move_in(world: World, many: int, unit: str = "202") -> list[int]:
    """So many new tenants of a unit; their accounts."""
    with transaction():
        people = [
            User(
                place_path=world.paths["community"],
                name=f"邻居{n}",
                nickname="",
                phone=f"1990000{7000 + n}",
                sign_in_name=None,
                password_hash=None,
                lang="zh",
                large_text=False,
                stamp=f"crowd-{n}",
                failures=0,
                created_at=NOW,
            )
            for n in range(many)
        ]
        db.session.add_all(people)
        db.session.flush()
        db.session.add_all(
            Membership(
                user_id=person.id,
                unit_id=world.ids[unit],
                place_path=world.paths[unit],
                relation=Relation.TENANT,
                starts=SINCE,
            )
            for person in people
        )
    return [person.id for person in people]
