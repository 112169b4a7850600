"""The community that is measured: the named world of the tests, and as many residents as are wanted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Membership, Relation, User
from portal.core.db import Model, db, transaction
from portal.places.models import Delivery, Owner, OwnerKind, OwnerSet, Place, PlaceKind, Unit, Use
from tests.world import NOW, SINCE, World
from tests.world import build as build_world

FIRST = 10_000
"""Ids of measured residents and their homes begin here, far from those of the world."""
BATCH = 5000


@dataclass(frozen=True)
class Community:
    """`residents` are ids of users; `stamp_of` is what their sessions carry."""

    world: World
    residents: range

    @property
    def path(self) -> str:
        return self.world.paths["community"]

    @property
    def estate(self) -> str:
        return self.world.paths["estate"]

    @staticmethod
    def stamp_of(resident: int) -> str:
        return f"stamp-{resident}"


def settle(residents: int) -> Community:
    """Write the world and `residents` owners, each with a home of his own and recognised as its owner."""
    world = build_world()
    community = Community(world, range(FIRST, FIRST + residents))
    with transaction():
        insert_many(User, (_user(community, n) for n in community.residents))
        insert_many(Place, (_place(community, n) for n in community.residents))
        insert_many(OwnerSet, (_owner_set(community, n) for n in community.residents))
        insert_many(Unit, (_unit(community, n) for n in community.residents))
        insert_many(Owner, (_owner(community, n) for n in community.residents))
        insert_many(Membership, (_membership(community, n) for n in community.residents))
    return community


def insert_many(model: type[Model], rows: Iterator[Mapping[str, Any]]) -> None:
    """Insert rows in batches, inside the running transaction."""
    batch: list[Mapping[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            db.session.execute(sa.insert(model), batch)
            batch = []
    if batch:
        db.session.execute(sa.insert(model), batch)


def _home(community: Community, n: int) -> str:
    return f"{community.world.paths['entrance']}{n}/"


def _user(community: Community, n: int) -> dict[str, Any]:
    return {
        "id": n, "place_path": community.path, "name": f"住户{n}", "nickname": f"邻居{n}", "phone": None,
        "sign_in_name": f"resident{n}", "password_hash": None, "lang": "zh", "large_text": False,
        "stamp": community.stamp_of(n), "failures": 0, "created_at": NOW,
    }  # fmt: skip


def _place(community: Community, n: int) -> dict[str, Any]:
    return {
        "id": n, "parent_id": community.world.ids["entrance"], "kind": PlaceKind.UNIT, "name": str(n),
        "place_path": _home(community, n), "label": f"12号楼1单元{n}室", "sort_key": str(n),
    }  # fmt: skip


def _unit(community: Community, n: int) -> dict[str, Any]:
    return {
        "id": n, "place_path": _home(community, n), "estate_id": community.world.ids["estate"], "use": Use.HOME,
        "floor": "1", "exclusive_area": 8932, "area_source": "产权证", "delivery": Delivery.DELIVERED, "note": "",
        "owner_set_id": n,
    }  # fmt: skip


def _owner_set(community: Community, n: int) -> dict[str, Any]:
    return {"id": n, "place_path": community.estate, "key": f"measured-{n}", "developer": False, "phones": ""}


def _owner(community: Community, n: int) -> dict[str, Any]:
    return {
        "id": n, "owner_set_id": n, "place_path": _home(community, n), "kind": OwnerKind.PERSON, "name": f"住户{n}",
        "phone": "",
    }  # fmt: skip


def _membership(community: Community, n: int) -> dict[str, Any]:
    return {
        "user_id": n, "unit_id": n, "place_path": _home(community, n), "relation": Relation.OWNER, "owner_id": n,
        "starts": SINCE,
    }  # fmt: skip
