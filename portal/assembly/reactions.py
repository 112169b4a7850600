"""What follows by itself: votes open at their hour, and an account recognised later finds its place on the roll."""

import sqlalchemy as sa

from ..accounts.events import OwnerConfirmed, UnitClaimed
from ..core import ticks
from ..core.actor import Actor
from ..core.db import db
from ..core.eventlog import on
from ..places.models import Unit
from .actions.closing import close_due_votes
from .actions.opening import open_due_votes
from .models.rolls import Speaker
from .models.votes import OwnersVote
from .stages import ROLL_STANDS

ticks.add("open_owners_votes", open_due_votes)
ticks.add("close_owners_votes", close_due_votes)


@on(UnitClaimed)
def put_on_roll(_actor: Actor, _unit: Unit, claimed: UnitClaimed) -> None:
    """An owner who takes his account while a roll stands can vote with it at once, if he is the one the register
    names; else when a second person has looked."""
    if claimed.owner_id is not None and claimed.names_agree:
        _put(claimed.owner_id, claimed.user_id)


@on(OwnerConfirmed)
def put_on_roll_when_confirmed(_actor: Actor, _unit: Unit, confirmed: OwnerConfirmed) -> None:
    _put(confirmed.owner_id, confirmed.user_id)


def _put(owner_id: int, user_id: int) -> None:
    waits = sa.select(OwnersVote.id).where(OwnersVote.state.in_(ROLL_STANDS))
    other = sa.orm.aliased(Speaker)
    there = sa.select(other.id).where(other.voter_id == Speaker.voter_id, other.user_id == user_id)
    db.session.execute(
        sa.update(Speaker)
        .where(
            Speaker.owner_id == owner_id,
            Speaker.user_id.is_(None),
            Speaker.vote_id.in_(waits),
            ~there.exists(),
        )
        .values(user_id=user_id)
        .execution_options(synchronize_session=False)
    )
