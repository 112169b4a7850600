"""Somebody leaves the community: what he holds is given back. Not an action: it runs inside of the one he left by."""

import sqlalchemy as sa

from ...core.access import under
from ...core.actor import Actor
from ...core.db import db, lock
from ..events import MemberDeclined, MemberLeft
from ..lifecycle import MEMBER
from ..models.people import Team, TeamMember
from ..models.shifts import Shift, SignUp
from ..words import AHEAD, STANDING_MEMBER, MemberState
from .queueing import settle, withdrawn
from .teams import count


def leave_all(actor: Actor, user_id: int, community: str) -> None:
    """Withdraw him from shifts that have not begun and take him out of teams; a leader leaves as soon as staff have
    named another one."""
    ahead = (
        sa.select(SignUp, Shift)
        .join(Shift, Shift.id == SignUp.shift_id)
        .where(
            SignUp.user_id == user_id,
            SignUp.state.in_(AHEAD),
            Shift.starts_at > actor.now,
            under(Shift.place_path, community),
        )
        .order_by(Shift.id)
    )
    for sign_up, shift in db.session.execute(ahead).all():
        held = lock(shift)
        withdrawn(actor, lock(sign_up))
        settle(actor, held)
    standing = (
        sa.select(TeamMember)
        .where(
            TeamMember.user_id == user_id,
            TeamMember.state.in_(STANDING_MEMBER),
            under(TeamMember.place_path, community),
        )
        .order_by(TeamMember.id)
    )
    for member in db.session.scalars(standing).all():
        team = lock(db.session.get_one(Team, member.team_id))
        if member.state is not MemberState.MEMBER:
            MEMBER.move(actor, member, MemberDeclined(member.id))
        elif member.user_id != team.leader_id:
            MEMBER.move(actor, member, MemberLeft(member.id))
            count(team)
