"""Calling a meeting: who is asked, the notice, and what people answer."""

import sqlalchemy as sa

from ...accounts import names
from ...accounts.models import User
from ...core.access import containing
from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Conflict, Invalid
from ...core.eventlog import record
from ...core.text import _
from .. import notice
from ..events import InvitationAnswered, InvitationSent, InvitationWithdrawn, MeetingCalled
from ..lifecycle import MEETING
from ..models import Body, Invitation, Meeting
from ..people import known
from ..policy import Can
from ..sides import Side
from ..words import Interest, MeetingState, Reply


@action(Can.INVITE)
def invite(actor: Actor, meeting: Meeting, *, who: str, side: Side, interest: Interest | None) -> Invitation:
    """Ask somebody in beside the members (列席), by name or phone. Who has no account is kept by name and told
    otherwise. Raises Conflict for somebody who is asked already."""
    person = known(actor, meeting.place_path, who, "who")
    asked = sa.select(Invitation.id).where(
        Invitation.meeting_id == meeting.id,
        Invitation.user_id == person.id if person else Invitation.name == who,
    )
    if db.session.scalar(asked):
        raise Conflict(_("已经邀请过这个人了。"))
    invitation = Invitation(
        meeting_id=meeting.id,
        place_path=meeting.place_path,
        user_id=person.id if person else None,
        name="" if person else who,
        side=side,
        member=False,
        interest=interest,
    )
    store(invitation)
    record(actor, meeting, InvitationSent(invitation.id, side))
    return invitation


@action(Can.INVITE)
def set_interest(actor: Actor, meeting: Meeting, *, invitation_id: int, interest: Interest | None) -> None:
    """Say for whom among those a matter touches somebody comes."""
    _invitation(meeting, invitation_id).interest = interest


@action(Can.INVITE)
def withdraw_invitation(actor: Actor, meeting: Meeting, *, invitation_id: int) -> None:
    """No longer ask somebody who is no member. Raises Invalid for a member: his place is his."""
    invitation = _invitation(meeting, invitation_id)
    if invitation.member:
        raise Invalid(_("成员是应到的人，不能从这一次会里去掉。"))
    db.session.delete(invitation)
    record(actor, meeting, InvitationWithdrawn(invitation.side))


@action(Can.CALL)
def call_meeting(actor: Actor, meeting: Meeting, *, late_because: str = "") -> None:
    """Send the notice out: from now on the agenda stands and people answer, and the rules the body has now are those of
    the meeting. Raises Conflict with all that is missing; a notice that is too late needs a reason, which everybody
    reads."""
    body = db.session.get_one(Body, meeting.body_id)
    short = notice.days_short(actor.now, meeting.starts_at, meeting.notice_days)
    meeting.quorum, meeting.side_quorums = body.quorum, body.side_quorums
    meeting.rule, meeting.substitutes = body.rule, body.substitutes
    meeting.short_notice_because = late_because if short else ""
    meeting.called_at = actor.now
    counted = sa.select(sa.func.count()).where(Invitation.meeting_id == meeting.id)
    MEETING.move(actor, meeting, MeetingCalled(db.session.scalar(counted) or 0, short))


def _meeting_first(invitation: Invitation) -> None:
    lock(db.session.get_one(Meeting, invitation.meeting_id), share=True)


@action(Can.REPLY, after=_meeting_first)
def answer_invitation(
    actor: Actor, invitation: Invitation, *, reply: Reply, substitute: str = "", phone: str = ""
) -> None:
    """Say whether one comes; until the meeting begins one may change one's mind. Staff enter what they were told,
    under their own name. A substitute who is named with the phone of his account checks in like others; whether there
    is such an account nobody is told.

    Raises Conflict before the notice and after the beginning, to change who sits on a seat that somebody checked in
    on, and for staff once the person has answered himself; Invalid for a substitute where none is allowed.
    """
    meeting = db.session.get_one(Meeting, invitation.meeting_id)
    if meeting.state not in (MeetingState.CALLED, MeetingState.OPEN):
        raise Conflict(_("会议通知还没发出，或者这个会不开了。"))
    if meeting.starts_at <= actor.now or meeting.state is MeetingState.OPEN:
        raise Conflict(_("会议已经开始，到了请直接签到。"))
    if invitation.arrived_at and (reply is Reply.SUBSTITUTE or invitation.substitute):
        raise Conflict(_("这一席已经有人签到了。要换人，请到门口说。"))
    by = actor.entered_by or actor.id
    if invitation.answered_himself and by != invitation.user_id:
        raise Conflict(_("他自己已经回复了。要改，请他本人来改。"))
    if reply is Reply.WAITING:
        raise Invalid(_("请选来、来不了，或者请别人替。"), "reply")
    if reply is Reply.SUBSTITUTE:
        _check_substitute(meeting, invitation, substitute)
        if phone or substitute != invitation.substitute:
            invitation.substitute_id = _account(meeting, invitation, substitute, phone, by)
        invitation.substitute = substitute
    else:
        invitation.substitute, invitation.substitute_id = "", None
    invitation.reply, invitation.replied_at, invitation.replied_by_id = reply, actor.now, by
    record(actor, invitation, InvitationAnswered(invitation.id, reply))


def _check_substitute(meeting: Meeting, invitation: Invitation, substitute: str) -> None:
    if invitation.member and not meeting.substitutes:
        raise Invalid(_("这个会要本人来，不能请别人替。"), "reply")
    if not substitute:
        raise Invalid(_("请写谁替您来。"), "substitute")


def _account(
    meeting: Meeting, invitation: Invitation, substitute: str, phone: str, by: int | None
) -> int | None:
    """Whose phone it is among the accounts of the community; None if nobody's, or that of somebody with another name,
    which looks the same. Raises Invalid for one's own."""
    if not (number := names.phone(phone)):
        return None
    found = sa.select(User.id, User.name).where(
        User.phone == number, User.closed_at.is_(None), User.place_path.in_(containing(meeting.place_path))
    )
    person = db.session.execute(found).one_or_none()
    if person is None:
        return None
    if person.id == invitation.user_id:
        if by == invitation.user_id:
            raise Invalid(_("请写替您来的人的手机号。"), "phone")
        return None
    return person.id if names.alike(person.name, substitute) else None


def _invitation(meeting: Meeting, invitation_id: int) -> Invitation:
    invitation = db.session.get(Invitation, invitation_id)
    if invitation is None or invitation.meeting_id != meeting.id:
        raise Invalid(_("没有这份邀请，请刷新页面看看。"))
    return invitation
