"""The ground the stories stand on: community, first administrator, owners' roster, council. Each through its action,
in the order a real community would do it."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app

from ..accounts import identity
from ..accounts.actions.people import register
from ..accounts.actions.posts import give_role
from ..accounts.models import Role, User
from ..core.actor import Actor, system
from ..core.db import db
from ..councils.actions.table import found_council
from ..places import reading
from ..places import register as registers
from ..places.kept import RosterStore
from ..places.models import Place
from ..places.actions.communities import open_community
from .sources import ROSTER

COMMUNITY = "东兴社区"
ENDORSEMENTS_NEEDED = 30
ADMINISTRATOR = ("罗启明", "19900000001")
"""Name and phone of who sets the portal up: he does nothing in the stories."""


@dataclass(frozen=True)
class Ground:
    """The community as it was set up."""

    community_id: int
    administrator_id: int
    council_id: int
    register: registers.Register
    """The owners' register after the roster was taken over."""

    @property
    def community(self) -> Place:
        return db.session.get_one(Place, self.community_id)

    def places(self) -> dict[tuple[str, str], int]:
        """(estate, building as in the stories) → place; ("", "") is the community."""
        found = {("", ""): self.community_id}
        for names, branch in self.register.branches.items():
            if len(names) <= 2:
                estate, building = (*names, "")[:2]
                found[estate, building.removesuffix("号楼")] = branch.id
        return found


def lay(password_hash: str) -> Ground:
    """Open the community, make its administrator, take the roster over, found the council."""
    community = open_community(system(), name=COMMUNITY)
    name, phone = ADMINISTRATOR
    user = register(system(), community, name=name, phone=phone, password_hash=password_hash)
    give_role(system(), community, user=user, role=Role.ADMINISTRATOR, title="系统管理员")
    administrator = present(user.id)
    store = RosterStore(current_app.config["INSTANCE"])
    read = reading.preview(administrator, community, store, data=ROSTER.read_bytes(), file_name=ROSTER.name)
    reading.take(administrator, read, store)
    council = found_council(
        administrator, community, name=f"{COMMUNITY}议事会", endorsements_needed=ENDORSEMENTS_NEEDED
    )
    return Ground(community.id, user.id, council.id, registers.read(community.place_path))


def present(user_id: int, entered_by_id: int | None = None) -> Actor:
    """The person as he is now; `entered_by_id` is the member of staff who acts for him."""
    found: Mapping[int, object] = identity.load([i for i in (user_id, entered_by_id) if i])
    return identity.actor_of(found[user_id], found[entered_by_id] if entered_by_id else None)


def account(user_id: int) -> User:
    return db.session.get_one(User, user_id)
