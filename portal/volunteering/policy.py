"""Who registers, leads, hosts, confirms and certifies. Nobody confirms, corrects or certifies his own hours."""

from ..core.access import Permission, Policy
from ..core.atoms import (
    anyone,
    dated,
    during,
    flag,
    having,
    in_person,
    member,
    mine,
    not_mine,
    role,
    the_portal,
)
from ..core.entered import Entered
from ..core.hours import before, younger
from ..core.text import N_
from .models.book import HoursEntry, HoursObjection, ServiceCertificate
from .models.people import Team, TeamMember, Volunteer
from .models.shifts import Service, Shift, SignUp
from .models.standing import CallOut, Standing
from .rules import ADULT
from .words import (
    AHEAD,
    CertificateState,
    MemberState,
    ObjectionState,
    ServiceState,
    SignUpState,
    StandingState,
    TeamState,
)

C = CertificateState
S = ServiceState


class Can(Permission):
    SEE_VOLUNTEERING = "place:see_volunteering"
    REGISTER = "place:register_volunteer"
    FOUND_TEAM = "place:found_team"
    KEEP_VOLUNTEERS = "place:keep_volunteers"
    SEE_VOLUNTEER = "volunteer:see"
    AMEND_VOLUNTEER = "volunteer:amend"
    CORRECT_BORN = "volunteer:correct_born"
    ASK_GUARDIAN = "volunteer:ask_guardian"
    ANSWER_AS_GUARDIAN = "volunteer:answer_as_guardian"
    ENTER_CONSENT = "volunteer:enter_consent"
    LAPSE_CONSENT = "volunteer:lapse_consent"
    OBJECT_TO_HOURS = "volunteer:object_to_hours"
    ASK_CERTIFICATE = "volunteer:ask_certificate"
    SEE_TEAM = "volunteer_team:see"
    AMEND_TEAM = "volunteer_team:amend"
    HAND_OVER = "volunteer_team:hand_over"
    END_TEAM = "volunteer_team:end"
    APPLY = "volunteer_team:apply"
    INVITE = "volunteer_team:invite"
    SET_UP = "volunteer_team:set_up"
    PLAN = "volunteer_team:plan"
    SEE_MEMBER = "volunteer_member:see"
    ADMIT = "volunteer_member:admit"
    ACCEPT = "volunteer_member:accept"
    LEAVE = "volunteer_member:leave"
    SEE_STANDING = "standing:see"
    CALL_OUT = "standing:call_out"
    END_STANDING = "standing:end"
    SEE_CALL = "call_out:see"
    ANSWER_CALL = "call_out:answer"
    SEE_SERVICE = "service:see"
    AMEND_SERVICE = "service:amend"
    ADD_SHIFT = "service:add_shift"
    OPEN_SERVICE = "service:open"
    CANCEL_SERVICE = "service:cancel"
    CLOSE_SERVICE = "service:close"
    SEE_SHIFT = "shift:see"
    SIGN_UP = "shift:sign_up"
    COME = "shift:come"
    MOVE_SHIFT = "shift:move"
    RUN = "shift:run"
    PRINT_SHEET = "shift:print_sheet"
    SEE_SIGN_UP = "sign_up:see"
    WITHDRAW = "sign_up:withdraw"
    NOTE = "sign_up:note"
    """He has read that he moved up, or what others wrote down of his coming and going."""
    REFUSE = "sign_up:refuse"
    CHECK = "sign_up:check"
    CONFIRM = "sign_up:confirm"
    SEE_ENTRY = "hours_entry:see"
    CORRECT = "hours_entry:correct"
    SEE_OBJECTION = "hours_objection:see"
    ANSWER_OBJECTION = "hours_objection:answer"
    SEE_CERTIFICATE = "service_certificate:see"
    READ_CERTIFICATE = "service_certificate:read"
    PRINT_CERTIFICATE = "service_certificate:print"
    OBJECT = "service_certificate:object"
    POST = "service_certificate:post"
    ISSUE = "service_certificate:issue"
    DECLINE = "service_certificate:decline"
    REVOKE = "service_certificate:revoke"


POSTS = ("secretary", "social_worker")
HELD = N_("这件事由活动负责人、队长和社区工作人员来办。")
staff = role(*POSTS, reason=N_("这件事由社区工作人员来办。"))
himself = mine("user_id", N_("这是别人的，只有他自己能办。"))
leads = staff | (mine("leader_id", HELD) & member)
runs = leads | (mine("host_id", HELD) & member)
"""Who moved out leads and hosts no more, whatever stands on the paper."""
guardian = mine("guardian_id", N_("这件事由他的监护人来办。")) & younger(
    "born", ADULT, N_("他已经成年，不用监护人同意。")
)
another = not_mine("user_id", N_("自己的时长和证明，要请另一个人来办。"))
active = during(TeamState.ACTIVE, reason=N_("这支志愿队已经解散。"))
in_team = Entered(
    TeamMember.user_id,
    TeamMember.team_id,
    known="in_team",
    by="team_id",
    where=lambda row: row.state == MemberState.MEMBER,
    reason=N_("这是召集本队队员的。"),
)
published = dated("opened_at", N_("还没有公布。"))
not_over = during(S.PLANNED, S.OPEN, reason=N_("这次服务已经结束或者取消了。"))
shift_open = having("service_state", S.OPEN, reason=N_("这次服务没有在报名，或者已经结束。"))
is_posted = during(C.POSTED, reason=N_("这份证明现在没有在公示。"))

POLICY = Policy(
    {
        Can.SEE_VOLUNTEERING: anyone,
        Can.REGISTER: member,
        Can.FOUND_TEAM: staff,
        Can.KEEP_VOLUNTEERS: staff,
        Can.SEE_VOLUNTEER: himself | staff | guardian | the_portal,
        Can.AMEND_VOLUNTEER: himself,
        Can.CORRECT_BORN: staff & another,
        Can.ASK_GUARDIAN: himself,
        Can.ANSWER_AS_GUARDIAN: guardian & in_person & another,
        Can.ENTER_CONSENT: staff & another,
        Can.LAPSE_CONSENT: the_portal,
        Can.OBJECT_TO_HOURS: himself,
        Can.ASK_CERTIFICATE: himself,
        Can.SEE_TEAM: anyone,
        Can.AMEND_TEAM: leads & active,
        Can.HAND_OVER: staff & active,
        Can.END_TEAM: staff & active,
        Can.APPLY: member & active,
        Can.INVITE: leads & active,
        Can.SET_UP: leads & active,
        Can.PLAN: leads & active,
        Can.SEE_MEMBER: himself | leads,
        Can.ADMIT: leads & during(MemberState.APPLIED, reason=N_("他已经在队里，或者没有在申请。")),
        Can.ACCEPT: himself & member & during(MemberState.INVITED, reason=N_("这份邀请已经答复过了。")),
        Can.LEAVE: (himself | leads) & during(MemberState.MEMBER, reason=N_("他不在队里。")),
        Can.SEE_STANDING: anyone,
        Can.CALL_OUT: leads & during(StandingState.STANDING, reason=N_("这个项目不再做了。")),
        Can.END_STANDING: leads & during(StandingState.STANDING, reason=N_("这个项目不再做了。")),
        Can.SEE_CALL: leads | in_team,
        Can.ANSWER_CALL: in_team & member & before("ends_at", N_("这次召集已经过去了。")),
        Can.SEE_SERVICE: published | runs,
        Can.AMEND_SERVICE: runs & not_over,
        Can.ADD_SHIFT: runs & not_over,
        Can.OPEN_SERVICE: runs & during(S.PLANNED, reason=N_("已经公布了。")),
        Can.CANCEL_SERVICE: runs & not_over,
        Can.CLOSE_SERVICE: runs & during(S.OPEN, reason=N_("这次服务没有在进行。")),
        Can.SEE_SHIFT: published | runs,
        Can.SIGN_UP: member & shift_open & before("sign_up_by", N_("报名已经截止。")),
        Can.COME: member & in_person & shift_open,
        Can.MOVE_SHIFT: runs & before("starts_at", N_("这一班已经开始，不能再改。")),
        Can.RUN: runs & shift_open,
        Can.PRINT_SHEET: runs,
        Can.SEE_SIGN_UP: himself | runs,
        Can.WITHDRAW: (
            (himself & before("withdraw_by", N_("自己退的时间过了，请打电话给负责人，由他来退。"))) | runs
        )
        & before("starts_at", N_("这一班已经开始。没有来的，由负责人记下。"))
        & during(*AHEAD, reason=N_("这份报名已经退了，或者办完了。")),
        Can.NOTE: himself
        & in_person
        & during(SignUpState.COMING, SignUpState.CONFIRMED, reason=N_("这份报名已经办完了。")),
        Can.REFUSE: himself
        & in_person
        & flag("added", N_("这一班是您自己报的名。来不了可以退。"))
        & during(SignUpState.COMING, reason=N_("时长已经确认，或者名单上没有您。不对的可以提异议。")),
        Can.CHECK: runs
        & another
        & during(SignUpState.COMING, reason=N_("这个人不在这一班里，或者时长已经确认。")),
        Can.CONFIRM: runs
        & another
        & not_mine("timed_by_id", N_("到和走的时间是您写的，请另一个人来确认：队长或者社区工作人员。"))
        & during(SignUpState.COMING, reason=N_("这个人不在这一班里，或者时长已经确认。")),
        Can.SEE_ENTRY: himself | staff,
        Can.CORRECT: staff & another,
        Can.SEE_OBJECTION: himself | staff,
        Can.ANSWER_OBJECTION: staff
        & another
        & not_mine("holder_id", N_("这条异议说的是您自己的证明，请另一个人来答复。"))
        & during(ObjectionState.RAISED, reason=N_("已经答复过了。")),
        Can.SEE_CERTIFICATE: himself | staff | (anyone & is_posted),
        Can.READ_CERTIFICATE: himself | staff,
        Can.PRINT_CERTIFICATE: (himself | staff) & during(C.ISSUED, reason=N_("证明开出来以后才能打印。")),
        Can.OBJECT: member & is_posted,
        Can.POST: staff & another & during(C.ASKED, reason=N_("这份证明已经办过了。")),
        Can.ISSUE: staff & another & during(C.ASKED, C.POSTED, reason=N_("这份证明已经办过了。")),
        Can.DECLINE: staff & another & during(C.ASKED, C.POSTED, reason=N_("这份证明已经办过了。")),
        Can.REVOKE: staff & another & during(C.ISSUED, reason=N_("开出的证明才能作废。")),
    },
    sees={
        Volunteer: Can.SEE_VOLUNTEER,
        Team: Can.SEE_TEAM,
        TeamMember: Can.SEE_MEMBER,
        Standing: Can.SEE_STANDING,
        CallOut: Can.SEE_CALL,
        Service: Can.SEE_SERVICE,
        Shift: Can.SEE_SHIFT,
        SignUp: Can.SEE_SIGN_UP,
        HoursEntry: Can.SEE_ENTRY,
        HoursObjection: Can.SEE_OBJECTION,
        ServiceCertificate: Can.SEE_CERTIFICATE,
    },
)
