"""What happens around meetings."""

from datetime import date

from ..core.eventlog import Event, Visibility, event
from ..core.text import N_
from ..councils.words import Party
from .sides import Side
from .words import Arrival, Kind, Reply


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


@event("meeting.topic_taken_off", N_("一个议题已经有了结果，从还没发通知的议程里拿掉了"), icon="list-checks")
class TopicTakenOff(Event):
    topic_id: int


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


@event("meeting.postponed", N_("{who}把会议推后，日子待定"), icon="hourglass")
class MeetingPostponed(Event):
    pass


@event("meeting.missed", N_("{who}记下会议没有开成，日子另定"), icon="circle-x")
class MeetingMissed(Event):
    pass


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


@event("meeting.opened", N_("{who}宣布开会"), icon="circle-dot")
class MeetingOpened(Event):
    present: int


@event("meeting.closed", N_("{who}宣布散会"), icon="circle-check")
class MeetingClosed(Event):
    present: int


@event("meeting.lapsed", N_("没有人宣布散会，到夜里按散会算"), icon="hourglass")
class MeetingLapsed(Event):
    present: int


@event("meeting.item_taken_up", N_("会议进到下一项议程"), icon="list-checks")
class ItemTakenUp(Event):
    item_id: int


@event(
    "meeting.arrived", N_("{side:party_name}一位到会"), icon="user-round-check", visibility=Visibility.STAFF
)
class Arrived(Event):
    invitation_id: int
    side: Side
    arrival: Arrival
    user_id: int | None
    """None: somebody without an account."""


@event(
    "meeting.attended",
    N_("会开完了，记下谁到了会"),
    icon="users-round",
    visibility=Visibility.STAFF,
)
class Attended(Event):
    """The meeting was held: those with an account who came, for themselves or in somebody's place, as somebody else
    or the wall's code says."""

    user_ids: tuple[int, ...]


@event(
    "meeting.witnessed",
    N_("{who}说看见{side:party_name}一位到了会"),
    icon="user-round-check",
    visibility=Visibility.STAFF,
)
class Witnessed(Event):
    invitation_id: int
    side: Side


@event("meeting.left", N_("{side:party_name}一位离会"), icon="user-round-x", visibility=Visibility.STAFF)
class Left(Event):
    invitation_id: int
    side: Side


@event("meeting.turn_asked", N_("有人举手要发言"), icon="mic", visibility=Visibility.STAFF)
class TurnAsked(Event):
    item_id: int
    invitation_id: int


@event("meeting.turn_given", N_("{who}请下一位发言"), icon="mic", visibility=Visibility.STAFF)
class TurnGiven(Event):
    turn_id: int


@event("meeting.turn_over", N_("一位发言结束"), icon="mic", visibility=Visibility.STAFF)
class TurnOver(Event):
    turn_id: int


@event("meeting.turn_noted", N_("{who}记下一段发言"), icon="pencil", visibility=Visibility.STAFF)
class TurnNoted(Event):
    turn_id: int


@event("meeting.stake_declared", N_("一位到会的人说明了利害关系"), icon="scale", visibility=Visibility.STAFF)
class StakeDeclared(Event):
    item_id: int
    invitation_id: int


@event("meeting.note_parked", N_("会上记下一件另外再议的事"), icon="pin", visibility=Visibility.STAFF)
class NoteParked(Event):
    note_id: int


@event("meeting.note_raised", N_("会上记下的事列为议题"), icon="message-square")
class NoteRaised(Event):
    note_id: int
    topic_id: int


@event("meeting.question_put", N_("听证会上有人向{party:party_name}提问"), icon="message-square")
class QuestionPut(Event):
    question_id: int
    party: Party


@event("motion.raised", N_("会上有人提出动议"), icon="hand")
class MotionRaised(Event):
    motion_id: int


@event("motion.seconded", N_("动议有人附议"), icon="users-round")
class MotionSeconded(Event):
    motion_id: int


@event("motion.put", N_("动议交给大家表态"), icon="hand")
class MotionPut(Event):
    motion_id: int


@event("motion.hand_shown", N_("一位成员表了态"), icon="hand", visibility=Visibility.STAFF)
class HandShown(Event):
    motion_id: int
    invitation_id: int


@event("motion.hands_counted", N_("{who}点了会场里的举手"), icon="list-checks", visibility=Visibility.STAFF)
class HandsCounted(Event):
    motion_id: int
    hands: int


@event(
    "motion.carried",
    N_("动议通过：赞成 {n_for:num}，反对 {n_against:num}，弃权 {n_abstain:num}"),
    icon="circle-check",
)
class MotionCarried(Event):
    motion_id: int
    n_for: int
    n_against: int
    n_abstain: int


@event(
    "motion.lost",
    N_("动议没有通过：赞成 {n_for:num}，反对 {n_against:num}，弃权 {n_abstain:num}"),
    icon="circle-x",
)
class MotionLost(Event):
    motion_id: int
    n_for: int
    n_against: int
    n_abstain: int


@event("motion.lapsed", N_("会开完了，没有人点清这个动议的结果"), icon="hourglass")
class MotionLapsed(Event):
    motion_id: int


@event("motion.withdrawn", N_("动议收回了"), icon="ban")
class MotionWithdrawn(Event):
    motion_id: int
