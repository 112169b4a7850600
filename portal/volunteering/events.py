"""What happens in volunteering. `minutes` are minutes of service, without the way there and back."""

from datetime import date

from ..core.eventlog import Event, Visibility, event
from ..core.text import N_

STAFF, MEMBERS = Visibility.STAFF, Visibility.MEMBERS


@event("volunteer.registered", N_("{who}登记成为志愿者"), icon="user-round-check", visibility=STAFF)
class VolunteerRegistered(Event):
    user_id: int


@event("volunteer.amended", N_("{who}改了志愿者登记"), icon="pencil", visibility=STAFF)
class VolunteerAmended(Event):
    user_id: int


@event("volunteer.born_corrected", N_("{who}更正了志愿者的出生日期"), icon="pencil", visibility=STAFF)
class BornCorrected(Event):
    user_id: int


@event("volunteer.guardian_asked", N_("{who}请监护人同意"), icon="user-round-check", visibility=STAFF)
class GuardianAsked(Event):
    user_id: int
    guardian_id: int


@event("volunteer.guardian_declined", N_("监护人没有同意，或者收回了同意"), icon="circle-x", visibility=STAFF)
class GuardianDeclined(Event):
    user_id: int


@event(
    "volunteer.consent_lapsed",
    N_("同意他参加的人不再是他的家人，也不和他同住，同意到此为止"),
    icon="circle-x",
    visibility=STAFF,
)
class ConsentLapsed(Event):
    user_id: int


@event("volunteer.guardian_agreed", N_("监护人同意他参加志愿服务"), icon="badge-check", visibility=STAFF)
class GuardianAgreed(Event):
    user_id: int


@event("volunteer_team.founded", N_("{who}成立了志愿队"), icon="users-round")
class TeamFounded(Event):
    pass


@event("volunteer_team.amended", N_("{who}改了志愿队的介绍"), icon="pencil", visibility=MEMBERS)
class TeamAmended(Event):
    pass


@event("volunteer_team.led", N_("志愿队换了队长"), icon="user-round-check", visibility=MEMBERS)
class TeamLed(Event):
    user_id: int


@event("volunteer_team.ended", N_("志愿队解散了"), icon="ban")
class TeamEnded(Event):
    pass


@event("volunteer_member.applied", N_("{who}申请加入志愿队"), icon="user-round-plus", visibility=STAFF)
class MemberApplied(Event):
    member_id: int


@event("volunteer_member.invited", N_("{who}请人加入志愿队"), icon="user-round-plus", visibility=STAFF)
class MemberInvited(Event):
    member_id: int
    user_id: int


@event("volunteer_member.joined", N_("志愿队多了一名队员"), icon="user-round-check", visibility=MEMBERS)
class MemberJoined(Event):
    member_id: int
    user_id: int


@event("volunteer_member.declined", N_("加入志愿队的事没有成"), icon="circle-x", visibility=STAFF)
class MemberDeclined(Event):
    member_id: int


@event("volunteer_member.left", N_("一名队员退出了志愿队"), icon="log-out", visibility=STAFF)
class MemberLeft(Event):
    member_id: int


@event("standing.set_up", N_("{who}设了一个常设项目"), icon="flag")
class StandingSetUp(Event):
    pass


@event("standing.ended", N_("常设项目不再做了"), icon="ban")
class StandingEnded(Event):
    pass


@event("standing.called_out", N_("{who}召集队员"), icon="megaphone")
class CalledOut(Event):
    call_out_id: int
    service_id: int


@event("call_out.answered", N_("{who}答复了召集"), icon="check", visibility=STAFF)
class CallAnswered(Event):
    coming: bool


@event("service.planned", N_("{who}安排了一次志愿服务"), icon="pencil", visibility=STAFF)
class ServicePlanned(Event):
    team_id: int


@event("service.amended", N_("{who}改了志愿服务的安排"), icon="pencil", visibility=MEMBERS)
class ServiceAmended(Event):
    pass


@event("service.opened", N_("开始报名"), icon="megaphone")
class ServiceOpened(Event):
    pass


@event("service.closed", N_("志愿服务结束，时长都确认了"), icon="circle-check")
class ServiceClosed(Event):
    pass


@event("service.cancelled", N_("志愿服务取消了"), icon="ban")
class ServiceCancelled(Event):
    pass


@event("shift.added", N_("{who}排了一个班次"), icon="calendar-days", visibility=MEMBERS)
class ShiftAdded(Event):
    service_id: int


@event("shift.moved", N_("{who}改了班次的时间、地点或人数"), icon="calendar-days", visibility=MEMBERS)
class ShiftMoved(Event):
    service_id: int


@event("sign_up.made", N_("{who}报了名"), icon="user-round-plus", visibility=STAFF)
class SignedUp(Event):
    user_id: int
    shift_id: int
    waiting: bool


@event("sign_up.moved_up", N_("前面有人退出，候补的补上了"), icon="chevron-up", visibility=STAFF)
class MovedUp(Event):
    user_id: int
    shift_id: int


@event("sign_up.withdrawn", N_("{who}退了报名"), icon="undo-2", visibility=STAFF)
class SignUpWithdrawn(Event):
    user_id: int
    shift_id: int


@event("sign_up.added", N_("负责人补上一名没有报名就来的人"), icon="user-round-plus", visibility=STAFF)
class HelperAdded(Event):
    user_id: int
    shift_id: int


@event("sign_up.refused", N_("{who}说他没有来，从名单上去掉了"), icon="circle-x", visibility=STAFF)
class HelperRefused(Event):
    user_id: int
    shift_id: int


@event("sign_up.arrived", N_("志愿者签到"), icon="qr-code", visibility=STAFF)
class VolunteerArrived(Event):
    user_id: int
    shift_id: int


@event("sign_up.left", N_("志愿者签退"), icon="log-out", visibility=STAFF)
class VolunteerLeft(Event):
    user_id: int
    shift_id: int


@event("sign_up.times_corrected", N_("{who}更正了到和走的时间"), icon="pencil", visibility=STAFF)
class TimesCorrected(Event):
    user_id: int
    shift_id: int


@event("sign_up.absent", N_("记下：报了名没有来"), icon="circle-x", visibility=STAFF)
class MarkedAbsent(Event):
    user_id: int
    shift_id: int


@event(
    "sign_up.confirmed", N_("{who}确认了 {minutes:num} 分钟服务时长"), icon="badge-check", visibility=STAFF
)
class ShiftConfirmed(Event):
    """The one on which others build: so many minutes entered the book of hours for a person, exactly once a sign-up."""

    entry_id: int
    user_id: int
    minutes: int
    team_id: int
    service_id: int
    shift_id: int
    day: date


@event("sign_up.trained", N_("{who}确认了 {minutes:num} 分钟培训"), icon="badge-check", visibility=STAFF)
class TrainingConfirmed(Event):
    """Somebody was trained, exactly once a sign-up. It is no service, so it enters no book of hours."""

    user_id: int
    minutes: int
    team_id: int
    service_id: int
    shift_id: int


@event("hours.corrected", N_("{who}更正了时长簿，相差 {minutes:num} 分钟"), icon="pencil", visibility=STAFF)
class HoursCorrected(Event):
    """A new line beside an old one: `minutes` is the difference, and may be negative; `stands` what all lines of the
    sign-up come to after it."""

    entry_id: int
    corrects_id: int
    user_id: int
    minutes: int
    stands: int
    sign_up_id: int
    team_id: int
    service_id: int
    shift_id: int
    day: date


@event("hours.objected", N_("{who}说时长记得不对"), icon="message-square", visibility=STAFF)
class HoursObjected(Event):
    user_id: int


@event("hours.objection_answered", N_("{who}答复了对时长的异议"), icon="badge-check", visibility=STAFF)
class HoursObjectionAnswered(Event):
    user_id: int


@event("certificate.asked", N_("{who}申请开志愿服务证明"), icon="file-text", visibility=STAFF)
class CertificateAsked(Event):
    user_id: int


@event("certificate.posted", N_("志愿服务证明开始公示"), icon="megaphone", visibility=STAFF)
class CertificatePosted(Event):
    user_id: int


@event("certificate.objected", N_("{who}对公示的时长提了异议"), icon="message-square", visibility=STAFF)
class CertificateObjected(Event):
    certificate_id: int


@event("certificate.issued", N_("志愿服务证明开出来了"), icon="badge-check", visibility=STAFF)
class CertificateIssued(Event):
    user_id: int
    minutes: int


@event("certificate.declined", N_("志愿服务证明没有开"), icon="circle-x", visibility=STAFF)
class CertificateDeclined(Event):
    user_id: int


@event("certificate.revoked", N_("志愿服务证明作废"), icon="ban", visibility=STAFF)
class CertificateRevoked(Event):
    user_id: int
