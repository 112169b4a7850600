"""What follows when somebody moves out: the places he holds in shifts go to those who wait, and he is in no team any
more. His hours stay his, and so does the way to a certificate of them."""

from typing import Any

import sqlalchemy as sa

from ..accounts.events import MembershipEnded, MembershipLapsed
from ..accounts.models import User
from ..core.actor import Actor
from ..core.db import db
from ..core.directory import directory
from ..core.eventlog import on
from .actions.leaving import leave_all


@on(MembershipEnded)
def moved_out(actor: Actor, membership: Any, ended: MembershipEnded) -> None:
    _gone(actor, membership.user_id, membership.place_path)


@on(MembershipLapsed)
def title_changed(actor: Actor, membership: Any, lapsed: MembershipLapsed) -> None:
    _gone(actor, membership.user_id, membership.place_path)


def _gone(actor: Actor, user_id: int, path: str) -> None:
    """Unless he has another home, or a post, in the community."""
    assert directory.belonging
    community = "/" + path.strip("/").split("/")[0] + "/"
    here = sa.select(User.id).where(User.id == user_id, directory.belonging(community, actor.today))
    if db.session.scalar(here) is None:
        leave_all(actor, user_id, community)
