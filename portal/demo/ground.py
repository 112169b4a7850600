"""The ground the stories stand on: community, first administrator, owners' roster, council. Each through its action,
in the order a real community would do it."""

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from flask import current_app

from ..accounts import identity
from ..accounts.actions.people import register
from ..accounts.actions.posts import give_role
from ..accounts.models import Role, User
from ..core.access import under
from ..core.actor import Actor, system
from ..core.db import db
from ..councils.actions.table import found_council
from ..councils.models import Council
from ..places import reading
from ..places import register as registers
from ..places.actions.communities import open_community
from ..places.actions.rosters import preview_roster, take_roster
from ..places.kept import RosterStore
from ..places.models import Place, PlaceKind
from .sources import CORRECTED_ROSTER, ROSTER

COMMUNITY = "东兴社区"
ENDORSEMENTS_NEEDED = 30
ADMINISTRATOR = ("罗启明", "19900000001")
"""Name and phone of who sets the portal up: he does nothing in the stories."""


@dataclass(frozen=True)
class Ground:
    """The community as it was set up."""

    community: Place
    administrator: User
    council: Council
    register: registers.Register
    """The owners' register after the roster was taken over."""
    places: dict[tuple[str, str], Place]
    """Community, estates and buildings by (estate, building as in the stories); ("", "") is the community."""


def lay(password_hash: str) -> Ground:
    """Open the community, make its administrator, take the roster over, found the council."""
    community = open_community(system(), name=COMMUNITY)
    name, phone = ADMINISTRATOR
    user = register(system(), community, name=name, phone=phone, password_hash=password_hash)
    give_role(system(), community, user=user, role=Role.ADMINISTRATOR, title="系统管理员")
    administrator = present(user)
    for file in (ROSTER, CORRECTED_ROSTER):
        _take_roster(administrator, community, file)
    council = found_council(
        administrator, community, name=f"{COMMUNITY}议事会", endorsements_needed=ENDORSEMENTS_NEEDED
    )
    return Ground(community, user, council, registers.read(community.place_path), _places(community))


def present(user: User) -> Actor:
    """The person as he is now."""
    return identity.actor_of(identity.load([user.id])[user.id])


def _take_roster(administrator: Actor, community: Place, file: Path) -> None:
    data = file.read_bytes()
    roster = reading.read(data, file.name)
    digest = RosterStore(current_app.config["INSTANCE"]).keep(data)
    imported = preview_roster(administrator, community, file_name=file.name, digest=digest, roster=roster)
    take_roster(administrator, imported, roster=roster)


def _places(community: Place) -> dict[tuple[str, str], Place]:
    high = (PlaceKind.ESTATE, PlaceKind.BUILDING)
    chosen = sa.select(Place).where(under(Place.place_path, community.place_path), Place.kind.in_(high))
    found = list(db.session.scalars(chosen))
    estates = {place.id: place for place in found if place.kind is PlaceKind.ESTATE}
    buildings = [place for place in found if place.kind is PlaceKind.BUILDING]
    return (
        {("", ""): community}
        | {(estate.name, ""): estate for estate in estates.values()}
        | {(estates[b.parent_id or 0].name, b.name.removesuffix("号楼")): b for b in buildings}
    )
