"""What waits around volunteering: a call, a place that became free, a shift that begins; hours to confirm,
applications, certificates and objections."""

import sqlalchemy as sa

from ..accounts.models import User
from ..core import waiting
from ..core.access import Condition
from ..core.columns import Rows
from ..core.prepared import prepared
from ..core.text import N_
from ..core.waiting import ME, NOW, Kind, lines, personal, those
from .models.book import HoursObjection, ServiceCertificate
from .models.people import TeamMember, Volunteer
from .models.shifts import Service, Shift, SignUp
from .policy import Can
from .queries import awaited
from .words import AHEAD, CertificateState, SignUpState

BEGINS = N_("%(time)s 开始")


@prepared
def _applied(mine: Condition) -> Rows:
    return (
        lines("admit_member", TeamMember, title=User.name, since=TeamMember.moved_at)
        .join(User, User.id == TeamMember.user_id)
        .where(mine)
    )


@prepared
def _to_confirm(mine: Condition) -> Rows:
    """Shifts that are over, with somebody else's hours to confirm."""
    others = sa.exists().where(
        SignUp.shift_id == Shift.id, SignUp.state == SignUpState.COMING, SignUp.user_id != ME
    )
    return (
        lines("confirm_hours", Shift, title=Service.title, since=Shift.ends_at)
        .join(Service, Service.id == Shift.service_id)
        .where(mine, Shift.ends_at < NOW, others)
    )


@prepared
def _without_consent(mine: Condition) -> Rows:
    """Shifts to come with a minor on the list whose guardian's consent is not there any more."""
    minors = (
        sa.exists()
        .where(SignUp.shift_id == Shift.id, SignUp.state.in_(AHEAD), SignUp.arrived_at.is_(None))
        .where(Volunteer.user_id == SignUp.user_id, *awaited.unagreed())
    )
    return (
        lines(
            "child_without_consent", Shift, title=Service.title, since=Shift.sign_up_by, due=Shift.starts_at
        )
        .join(Service, Service.id == Shift.service_id)
        .where(mine, Shift.ends_at > NOW, minors)
    )


@prepared
def _objections(mine: Condition) -> Rows:
    return lines("answer_hours", HoursObjection, title=HoursObjection.text, since=HoursObjection.at).where(
        mine
    )


@prepared
def _to_check(mine: Condition) -> Rows:
    return (
        lines("check_certificate", ServiceCertificate, title=User.name, since=ServiceCertificate.at)
        .join(User, User.id == ServiceCertificate.user_id)
        .where(mine)
    )


@prepared
def _to_issue(mine: Condition) -> Rows:
    return (
        lines(
            "issue_certificate",
            ServiceCertificate,
            title=User.name,
            since=sa.func.coalesce(ServiceCertificate.posted_until, ServiceCertificate.at),
        )
        .join(User, User.id == ServiceCertificate.user_id)
        .where(
            mine,
            ServiceCertificate.state == CertificateState.POSTED,
            ServiceCertificate.posted_until < NOW,
        )
    )


CERTIFICATE = ("service_certificates.show", "service_certificate_id")
waiting.add(
    "answer_call",
    Kind(N_("召集，等您答复"), N_("来不来"), "megaphone", "calling_out.answers", "call_out_id", True, BEGINS),
    personal(awaited.calls),
)
waiting.add(
    "agree_as_guardian",
    Kind(
        N_("孩子想参加志愿服务，要您同意"),
        N_("去答复"),
        "user-round-check",
        "volunteers.show",
        "volunteer_id",
        True,
    ),
    personal(awaited.as_guardian),
)
waiting.add(
    "moved_up",
    Kind(N_("候补补上了"), N_("去看看"), "chevron-up", "shift_doors.person", "sign_up_id", True, BEGINS),
    personal(awaited.moved_up),
)
waiting.add(
    "times_written",
    Kind(N_("有人替您记了到和走"), N_("去看看"), "pencil", "shift_doors.person", "sign_up_id", True),
    personal(awaited.written),
)
waiting.add(
    "shift_begins",
    Kind(N_("志愿服务快开始了"), N_("去签到"), "hand-heart", "shift_doors.ask", "shift_id", True, BEGINS),
    personal(awaited.begins),
)
waiting.add(
    "shift_leave",
    Kind(N_("走的时候记得签退"), N_("去签退"), "log-out", "shift_doors.ask", "shift_id", True, BEGINS),
    personal(awaited.to_leave),
)
waiting.add(
    "join_team",
    Kind(
        N_("志愿队请您加入"),
        N_("去答复"),
        "users-round",
        "volunteer_teams.member",
        "volunteer_member_id",
        True,
    ),
    personal(awaited.invited),
)
waiting.add(
    "admit_member",
    Kind(
        N_("申请加入志愿队"),
        N_("去答复"),
        "user-round-plus",
        "volunteer_teams.member",
        "volunteer_member_id",
        False,
    ),
    those(TeamMember, Can.ADMIT, _applied),
)
waiting.add(
    "confirm_hours",
    Kind(N_("志愿时长等您确认"), N_("去确认"), "badge-check", "shift_doors.show", "shift_id", False),
    those(Shift, Can.RUN, _to_confirm),
)
waiting.add(
    "child_without_consent",
    Kind(
        N_("有未成年人没有监护人同意"),
        N_("看名单"),
        "triangle-alert",
        "shift_doors.show",
        "shift_id",
        False,
        BEGINS,
    ),
    those(Shift, Can.RUN, _without_consent),
)
waiting.add(
    "ask_guardian",
    Kind(
        N_("要监护人同意才能参加"),
        N_("去看看"),
        "triangle-alert",
        "shift_doors.person",
        "sign_up_id",
        True,
        BEGINS,
    ),
    personal(awaited.child_asks),
)
waiting.add(
    "answer_hours",
    Kind(N_("对时长的异议"), N_("去答复"), "message-square", "hours.show", "hours_objection_id", False),
    those(HoursObjection, Can.ANSWER_OBJECTION, _objections),
)
waiting.add(
    "check_certificate",
    Kind(N_("申请志愿服务证明"), N_("去核对"), "file-text", *CERTIFICATE, False),
    those(ServiceCertificate, Can.POST, _to_check),
)
waiting.add(
    "issue_certificate",
    Kind(N_("证明公示到期"), N_("去开证明"), "stamp", *CERTIFICATE, False),
    those(ServiceCertificate, Can.ISSUE, _to_issue),
)
