"""What follows when somebody moves out: the places he holds in shifts go to those who wait, and he is in no team any
more. His hours stay his, and so does the way to a certificate of them."""

from typing import Any

import sqlalchemy as sa

from ..accounts.events import MembershipEnded, MembershipLapsed, RelativeEnded
from ..accounts.models import User
from ..core import ticks
from ..core.actor import Actor, system
from ..core.db import db
from ..core.directory import directory
from ..core.eventlog import on
from .actions.leaving import leave_all
from .actions.registering import lapse_consent, lapse_due, unguarded


@on(MembershipEnded)
def moved_out(actor: Actor, membership: Any, ended: MembershipEnded) -> None:
    _gone(actor, membership.user_id, membership.place_path)


@on(MembershipLapsed)
def title_changed(actor: Actor, membership: Any, lapsed: MembershipLapsed) -> None:
    _gone(actor, membership.user_id, membership.place_path)


@on(RelativeEnded)
def no_longer_family(actor: Actor, user: Any, ended: RelativeEnded) -> None:
    _lapse(actor, ended.user_id)


def _lapse(actor: Actor, user_id: int) -> None:
    for volunteer in unguarded(actor.today, of=user_id):
        lapse_consent(system(actor.now), volunteer)


def _gone(actor: Actor, user_id: int, path: str) -> None:
    """Out of shifts and teams unless he has another home, or a post, in the community. The children whose guardian he
    was, or whose home it was no more, ask for a consent anew: after the shifts, which are held before a volunteer."""
    assert directory.belonging
    community = "/" + path.strip("/").split("/")[0] + "/"
    here = sa.select(User.id).where(User.id == user_id, directory.belonging(community, actor.today))
    if db.session.scalar(here) is None:
        leave_all(actor, user_id, community)
    _lapse(actor, user_id)


ticks.add("consents_lapse", lapse_due)
