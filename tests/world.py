"""One small community with named people; a test reads `world.chair`. Built once a session, never changed by a
test (every test's writes are rolled back)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from portal.accounts import identity
from portal.accounts.models import Grant, Membership, Relation, Role, User
from portal.core import clock
from portal.core.actor import Actor
from portal.core.db import db, transaction
from portal.places.models import Delivery, Owner, OwnerKind, OwnerSet, Place, PlaceKind, Unit, Use

NOW = datetime(2026, 6, 16, 1, 20, tzinfo=UTC)
"""Tuesday 16 June 2026, 09:20 in the community."""
SINCE = date(2024, 1, 1)
PASSWORD = "yishiting-2026"


@dataclass
class World:
    """Ids by name; `actor(name)` is that person today."""

    ids: dict[str, int]
    paths: dict[str, str]

    def actor(self, name: str) -> Actor:
        if name == "visitor":
            return Actor(community=self.paths["community"], now=clock.now())
        person = identity.load([self.ids[name]])[self.ids[name]]
        return identity.actor_of(person)

    def get(self, model: type[Any], name: str) -> Any:
        return db.session.get(model, self.ids[name])

    def __getattr__(self, name: str) -> Actor:
        if name.startswith("_") or (name not in PEOPLE and name != "visitor"):
            raise AttributeError(name)
        return self.actor(name)


PEOPLE: dict[str, tuple[str, str, str | None, Relation | None, Role | None, str]] = {
    # name: (real name, community, unit, relation, role, place of the role)
    "secretary": ("冯小霞", "community", None, None, Role.SECRETARY, "community"),
    "worker": ("沈佳慧", "community", None, None, Role.SOCIAL_WORKER, "community"),
    "manager": ("陈立军", "community", None, None, Role.PROPERTY_MANAGER, "estate"),
    "chair": ("顾建平", "community", "201", Relation.OWNER, Role.COMMITTEE_CHAIR, "estate"),
    "owner": ("王秀兰", "community", "101", Relation.OWNER, None, ""),
    "co_owner": ("王芳", "community", "101", Relation.OWNER, None, ""),
    "tenant": ("赵强", "community", "102", Relation.TENANT, None, ""),
    "merchant": ("孙朝晖", "community", "shop", Relation.TENANT, Role.MERCHANT, "estate"),
    "auditor": ("何明", "community", None, None, Role.AUDITOR, "community"),
    "administrator": ("管理员", "community", None, None, Role.ADMINISTRATOR, "community"),
    "neighbour": ("马德明", "other_community", "other_unit", Relation.OWNER, None, ""),
    "other_secretary": ("李红", "other_community", None, None, Role.SECRETARY, "other_community"),
}

UNITS = {"101": 8932, "102": 8932, "201": 12050, "202": 12050, "shop": 4500}


def build() -> World:
    """Write the world into an empty database."""
    ids: dict[str, int] = {}
    paths: dict[str, str] = {}

    def place(key: str, parent: str | None, kind: PlaceKind, name: str, label: str) -> None:
        row = Place(
            parent_id=ids[parent] if parent else None,
            kind=kind,
            name=name,
            label=label,
            sort_key=name,
            place_path=key,
        )
        db.session.add(row)
        db.session.flush()
        row.place_path = (paths[parent] if parent else "/") + f"{row.id}/"
        ids[key], paths[key] = row.id, row.place_path

    def unit(key: str, parent: str, estate: str, area: int, use: Use = Use.HOME) -> None:
        place(key, parent, PlaceKind.UNIT, key, f"12号楼1单元{key}室" if use is Use.HOME else "东门底商1号")
        owners = OwnerSet(place_path=paths[estate], key=f"set-{key}", developer=False)
        db.session.add(owners)
        db.session.flush()
        ids[f"owners_{key}"] = owners.id
        db.session.add(
            Unit(
                id=ids[key],
                place_path=paths[key],
                estate_id=ids[estate],
                use=use,
                floor=key[:1] if key.isdigit() else "1",
                exclusive_area=area,
                area_source="产权证",
                delivery=Delivery.DELIVERED,
                owner_set_id=owners.id,
                note="",
            )
        )

    with transaction():
        place("community", None, PlaceKind.COMMUNITY, "梧桐社区", "梧桐社区")
        place("estate", "community", PlaceKind.ESTATE, "宝枫新城", "宝枫新城")
        place("building", "estate", PlaceKind.BUILDING, "12号楼", "12号楼")
        place("entrance", "building", PlaceKind.ENTRANCE, "1单元", "12号楼1单元")
        for key, area in UNITS.items():
            unit(
                key,
                "entrance" if key.isdigit() else "estate",
                "estate",
                area,
                Use.HOME if key.isdigit() else Use.SHOP,
            )
        place("other_community", None, PlaceKind.COMMUNITY, "龙山社区", "龙山社区")
        place("other_estate", "other_community", PlaceKind.ESTATE, "龙山苑", "龙山苑")
        unit("other_unit", "other_estate", "other_estate", 9000)
        for number, (key, (name, community, home, relation, role, where)) in enumerate(PEOPLE.items()):
            person = User(
                place_path=paths[community],
                name=name,
                nickname="",
                phone=f"1990000{number:04d}",
                sign_in_name=key,
                password_hash=None,
                lang="zh",
                large_text=False,
                stamp=f"stamp-{number}",
                failures=0,
                created_at=NOW,
            )
            db.session.add(person)
            db.session.flush()
            ids[key] = person.id
            if home and relation:
                owner = None
                if relation is Relation.OWNER:
                    owner = Owner(
                        owner_set_id=ids[f"owners_{home}"],
                        place_path=paths[home],
                        kind=OwnerKind.PERSON,
                        name=name,
                        phone=f"1990000{number:04d}",
                    )
                    db.session.add(owner)
                    db.session.flush()
                db.session.add(
                    Membership(
                        user_id=person.id,
                        unit_id=ids[home],
                        place_path=paths[home],
                        relation=relation,
                        owner_id=owner.id if owner else None,
                        starts=SINCE,
                    )
                )
            if role:
                db.session.add(
                    Grant(
                        user_id=person.id,
                        role=role,
                        place_path=paths[where],
                        title="",
                        starts=SINCE,
                        granted_at=NOW,
                    )
                )
    return World(ids, paths)
