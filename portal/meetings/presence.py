"""Who is there: the light at the door, and who may show a hand on an item."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from ..accounts.models import User
from ..accounts.naming import shown
from ..core import clock
from ..core.actor import Actor
from ..core.db import db
from ..core.errors import Conflict, Invalid
from ..core.text import _
from . import quorum
from .models import AgendaItem, Invitation, Meeting
from .quorum import Attendance, Called, Part, Presence
from .room import Hand, Motion, Stake
from .sides import SIDE_WORD, Side
from .tally import Choice, Voters
from .words import MeetingState

EARLY = timedelta(hours=2)
"""From so long before its hour on people can check in."""
OPENS = timedelta(minutes=15)
"""From so long before its hour on a meeting can be opened when enough are there: people come at its hour."""


GRACE = timedelta(hours=1)
"""So long after the end that the notice named a meeting may last before somebody is asked to close it."""


def end_of_day(ends_at: datetime) -> datetime:
    """The midnight after a meeting was to end: whoever was there has gone home."""
    return clock.at(clock.local(ends_at).date() + timedelta(days=1), 0)


def closed_door(meeting: Any, now: datetime) -> str:
    """Why nobody can check in at this hour to a meeting that was called; "" where people can."""
    if meeting.state != MeetingState.CALLED:
        return ""
    if now < meeting.starts_at - EARLY:
        return _("还没到签到的时间，开会前两小时起可以签到。")
    return _("通知的时间已经过完了。没有开成的，请记下来，再改期。") if now >= meeting.ends_at else ""


def attendance_of(meeting: Any) -> Attendance:
    """The attendance now against what was asked for when the notice went out."""
    found = (
        sa.select(
            sa.func.coalesce(shown(User), Invitation.name),
            Invitation.side,
            Invitation.arrived_at.is_not(None) & Invitation.left_at.is_(None),
            Invitation.member,
        )
        .outerjoin(User, User.id == Invitation.user_id)
        .where(Invitation.meeting_id == meeting.id)
        .order_by(Invitation.id)
    )
    people: dict[bool, list[Called]] = {True: [], False: []}
    for name, side, there, member in db.session.execute(found):
        people[bool(member)].append(Called(name, Side(side), bool(there)))
    sides = {Side(side): Presence(least) for side, least in (meeting.side_quorums or {}).items()}
    return quorum.attendance(people[True], meeting.quorum or Presence.NONE, sides, people[False])


def shortages(attendance: Attendance) -> list[str]:
    """What is missing at the door, a sentence each."""
    said = []
    if not attendance.total.reached:
        said.append(_("到会的人不够：%(who)s。", who=_missing(attendance.total)))
    said += [
        _("%(side)s到的人不够：%(who)s。", side=_(SIDE_WORD[side]), who=_missing(part))
        for side, part in attendance.short.items()
    ]
    return said if said or attendance.here else [_("还没有一个人签到。")]


def _missing(part: Part) -> str:
    return _(
        "应到 %(members)d 人，到了 %(present)d 人，要 %(least)d 人",
        members=part.members,
        present=part.present,
        least=part.least,
    )


def number_present(meeting: Meeting) -> int:
    """How many are in the room, guests too."""
    return db.session.scalar(sa.select(sa.func.count()).where(*_there(meeting.id))) or 0


def _there(meeting_id: int) -> Iterable[sa.ColumnElement[bool]]:
    return (
        Invitation.meeting_id == meeting_id,
        Invitation.arrived_at.is_not(None),
        Invitation.left_at.is_(None),
    )


def voters_on(motion: Motion) -> Voters:
    """The members who are there and have no stake in the item; all members are what their number is measured on."""
    touched = sa.exists().where(
        Stake.item_id == motion.item_id, Stake.invitation_id == Invitation.id, Stake.what != ""
    )
    members = sa.select(sa.func.count()).where(
        Invitation.meeting_id == motion.meeting_id, Invitation.member.is_(True)
    )
    there = sa.select(Invitation.id, touched).where(*_there(motion.meeting_id), Invitation.member.is_(True))
    stakes = dict(iter(db.session.execute(there)))
    free = frozenset(number for number, stake in stakes.items() if not stake)
    return Voters(db.session.scalar(members) or 0, free, len(stakes) - len(free))


def hands_on(motion: Motion) -> dict[int, Choice]:
    """The hands known by name: number of the invitation → choice."""
    found = sa.select(Hand.invitation_id, Hand.choice).where(Hand.motion_id == motion.id)
    return dict(iter(db.session.execute(found)))


def asked_as(meeting: Meeting, invitation_id: int) -> Invitation:
    """One of those who are asked or came. Raises Invalid for another number."""
    asked = db.session.get(Invitation, invitation_id)
    if asked is None or asked.meeting_id != meeting.id:
        raise Invalid(_("这个会没有这个人，请刷新页面看看。"), "invitation_id")
    return asked


def there_as(meeting: Meeting, invitation_id: int) -> Invitation:
    """The same, who is in the room. Raises Conflict."""
    asked = asked_as(meeting, invitation_id)
    if not asked.present:
        raise Conflict(_("这个人没有签到，或者已经离会。请先签到。"))
    return asked


def oneself(meeting: Meeting, actor: Actor) -> Invitation:
    """The actor among those who are in the room. Raises Conflict for somebody who has not checked in, and for somebody
    on whose seat another one sits: one seat has one voice."""
    asked = seat_of(meeting, actor.id) if actor.id else None
    if asked is None or not asked.present:
        raise Conflict(_("您还没有签到，或者已经离会。请先签到。"))
    if asked.sits != actor.id:
        raise Conflict(_("这一席由%(who)s替您发言、表态。您自己来了，请先签到。", who=asked.substitute))
    return asked


def seat_of(meeting: Meeting, user_id: int) -> Invitation | None:
    """Where somebody sits, or will when he comes, as pages show it: a seat that is his to sit on before his own that
    another one has for him, then a member's before a guest's, the one he sits on before others, his own before one he
    stands in for. Nobody has two."""
    seated = Invitation.sitter_id == user_id
    found = sa.select(Invitation).where(
        Invitation.meeting_id == meeting.id, sa.or_(Invitation.user_id == user_id, seated)
    )
    there = seated & Invitation.arrived_at.is_not(None) & Invitation.left_at.is_(None)
    own = sa.case((Invitation.user_id == user_id, 0), else_=1)
    his = sa.case((seated, 0), else_=1)
    order = his, Invitation.member.desc(), sa.case((there, 0), else_=1), own, Invitation.id
    return db.session.scalar(found.order_by(*order).limit(1))


def talked_about(meeting_id: int) -> AgendaItem | None:
    """The item that was taken up and is not done."""
    found = sa.select(AgendaItem).where(
        AgendaItem.meeting_id == meeting_id,
        AgendaItem.taken_up_at.is_not(None),
        AgendaItem.done_at.is_(None),
    )
    return db.session.scalar(found.order_by(AgendaItem.taken_up_at.desc()).limit(1))


def current(meeting: Meeting) -> AgendaItem:
    """The same, where there must be one. Raises Conflict."""
    item = talked_about(meeting.id)
    if item is None:
        raise Conflict(_("现在没有在谈哪一项，请等主持人说下一项。"))
    return item
