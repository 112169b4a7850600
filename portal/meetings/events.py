"""What happens around meetings."""

from datetime import date

from ..core.eventlog import Event, Visibility, event
from ..core.text import N_
from .sides import Side
from .words import Kind, Reply


@event("body.founded", N_("{who}设立了会议机制"), icon="users-round")
class BodyFounded(Event):
    kind: Kind


@event("body.amended", N_("{who}改了会议机制的规则"), icon="pencil")
class BodyAmended(Event):
    pass


@event("body.member_added", N_("{who}为{side:party_name}一方增加了一位成员"), icon="user-round-plus")
class MemberAdded(Event):
    user_id: int
    side: Side


@event("body.member_left", N_("{side:party_name}一方的一位成员不再参加"), icon="user-round-x")
class MemberLeft(Event):
    user_id: int
    side: Side


@event("body.series_started", N_("{who}定下了固定的开会日子"), icon="calendar-days")
class SeriesStarted(Event):
    series_id: int


@event("body.series_ended", N_("{who}停了固定的开会日子"), icon="ban")
class SeriesEnded(Event):
    series_id: int


@event("meeting.planned", N_("会议列入日程"), icon="calendar-days")
class MeetingPlanned(Event):
    body_id: int


@event("meeting.amended", N_("{who}改了会议的安排"), icon="pencil", visibility=Visibility.STAFF)
class MeetingAmended(Event):
    pass


@event("meeting.agenda_changed", N_("{who}改了议程"), icon="list-checks", visibility=Visibility.STAFF)
class AgendaChanged(Event):
    items: int


@event("meeting.material_added", N_("{who}放上会议材料"), icon="file-text")
class MaterialAdded(Event):
    files: int


@event("meeting.called", N_("{who}发出会议通知"), icon="megaphone")
class MeetingCalled(Event):
    invited: int
    days_short: int


@event("meeting.moved", N_("{who}把会议改期了"), icon="calendar-days")
class MeetingMoved(Event):
    on: date


@event("meeting.cancelled", N_("{who}取消了会议"), icon="ban")
class MeetingCancelled(Event):
    pass


@event(
    "invitation.sent",
    N_("{who}邀请一位{side:party_name}代表"),
    icon="user-round-plus",
    visibility=Visibility.STAFF,
)
class InvitationSent(Event):
    invitation_id: int
    side: Side


@event("invitation.withdrawn", N_("{who}撤回一份邀请"), icon="user-round-x", visibility=Visibility.STAFF)
class InvitationWithdrawn(Event):
    side: Side


@event("invitation.answered", N_("{who}回复了会议通知"), icon="reply", visibility=Visibility.STAFF)
class InvitationAnswered(Event):
    invitation_id: int
    reply: Reply
