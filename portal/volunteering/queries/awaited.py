"""What waits for the reader himself around volunteering: a call, a place, a shift, what others wrote down of him, a
child that needs his consent."""

from datetime import timedelta

import sqlalchemy as sa

from ...accounts.models import User
from ...core import clock
from ...core.access import Condition
from ...core.columns import Rows
from ...core.hours import born_by
from ...core.prepared import prepared
from ...core.waiting import ME, NOW, hour, lines
from .. import rules
from ..models.people import Team, TeamMember, Volunteer
from ..models.shifts import Service, Shift, SignUp
from ..models.standing import CallOut, CallReply, Standing
from ..words import AHEAD, MemberState, SignUpState

JUST_OVER = hour(-timedelta(hours=2))
LATELY = hour(-timedelta(days=14))
SOON = hour(timedelta(hours=24))
"""From so long before its beginning on a shift is on the first page."""
_ADULT = sa.bindparam("waiting_adult", callable_=lambda: born_by(clock.today(), rules.ADULT), type_=sa.Date)


@prepared
def calls() -> Rows:
    replied = sa.exists().where(CallReply.call_out_id == CallOut.id, CallReply.user_id == ME)
    return (
        lines("answer_call", CallOut, title=Standing.name, since=CallOut.called_at, due=Shift.starts_at)
        .join(Standing, Standing.id == CallOut.standing_id)
        .join(Shift, Shift.id == CallOut.shift_id)
        .join(TeamMember, TeamMember.team_id == CallOut.team_id)
        .where(
            TeamMember.user_id == ME,
            TeamMember.state == MemberState.MEMBER,
            CallOut.ends_at > NOW,
            Shift.cancelled_at.is_(None),
            ~replied,
        )
    )


@prepared
def as_guardian() -> Rows:
    """Minors who named the reader as their guardian and have no consent yet."""
    return (
        lines("agree_as_guardian", Volunteer, title=User.name, since=Volunteer.registered_at)
        .join(User, User.id == Volunteer.user_id)
        .where(Volunteer.guardian_id == ME, Volunteer.guardian_agreed_on.is_(None), Volunteer.born > _ADULT)
    )


def _own(kind: str, *, told: bool = False) -> Rows:
    """The reader's places in shifts that are not over."""
    return (
        lines(
            kind,
            SignUp,
            title=Service.title,
            since=SignUp.moved_at,
            due=Shift.starts_at,
            subject=SignUp.id if told else SignUp.shift_id,
        )
        .join(Shift, Shift.id == SignUp.shift_id)
        .join(Service, Service.id == SignUp.service_id)
        .where(SignUp.user_id == ME, SignUp.state == SignUpState.COMING)
    )


@prepared
def moved_up() -> Rows:
    return _own("moved_up", told=True).where(
        SignUp.moved_up_at.is_not(None), SignUp.told_at.is_(None), Shift.starts_at > NOW
    )


@prepared
def written() -> Rows:
    """What others wrote down of the reader: that he was there, or when he came and left."""
    return (
        lines(
            "times_written",
            SignUp,
            title=Service.title,
            since=SignUp.moved_at,
            subject=SignUp.id,
        )
        .join(Shift, Shift.id == SignUp.shift_id)
        .join(Service, Service.id == SignUp.service_id)
        .where(
            SignUp.user_id == ME,
            SignUp.state.in_((SignUpState.COMING, SignUpState.CONFIRMED)),
            SignUp.timed_by_id.is_not(None),
            SignUp.timed_by_id != ME,
            SignUp.told_at.is_(None),
            Shift.ends_at > LATELY,
        )
    )


@prepared
def begins() -> Rows:
    return _own("shift_begins").where(
        SignUp.arrived_at.is_(None), Shift.starts_at < SOON, Shift.ends_at > NOW
    )


@prepared
def to_leave() -> Rows:
    return _own("shift_leave").where(
        SignUp.arrived_at.is_not(None), SignUp.left_at.is_(None), Shift.ends_at > JUST_OVER
    )


@prepared
def invited() -> Rows:
    return (
        lines("join_team", TeamMember, title=Team.name, since=TeamMember.moved_at)
        .join(Team, Team.id == TeamMember.team_id)
        .where(TeamMember.user_id == ME, TeamMember.state == MemberState.INVITED)
    )


@prepared
def child_asks() -> Rows:
    """The reader is a minor, has a place in a shift to come and no guardian's consent any more."""
    return (
        lines(
            "ask_guardian",
            SignUp,
            title=Service.title,
            since=SignUp.moved_at,
            due=Shift.starts_at,
            subject=SignUp.id,
        )
        .join(Shift, Shift.id == SignUp.shift_id)
        .join(Service, Service.id == SignUp.service_id)
        .join(Volunteer, Volunteer.user_id == SignUp.user_id)
        .where(SignUp.user_id == ME, SignUp.state.in_(AHEAD), Shift.ends_at > NOW)
        .where(Volunteer.guardian_id.is_(None), *unagreed())
    )


def unagreed() -> tuple[Condition, Condition]:
    return Volunteer.guardian_agreed_on.is_(None), Volunteer.born > _ADULT
