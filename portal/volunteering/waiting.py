"""What waits around volunteering: a call, a place that became free, a shift that begins; hours to confirm,
applications, certificates and objections."""

from datetime import timedelta

import sqlalchemy as sa

from ..accounts.models import User
from ..core import clock, waiting
from ..core.access import Condition
from ..core.columns import Rows
from ..core.hours import born_by
from ..core.prepared import prepared
from ..core.text import N_
from ..core.waiting import ME, NOW, Kind, hour, lines, personal, those
from . import rules
from .models.book import HoursObjection, ServiceCertificate
from .models.people import Team, TeamMember, Volunteer
from .models.shifts import Service, Shift, SignUp
from .models.standing import CallOut, CallReply, Standing
from .policy import Can
from .words import CertificateState, MemberState, SignUpState

JUST_OVER = hour(-timedelta(hours=2))
SOON = hour(timedelta(hours=24))
"""From so long before its beginning on a shift is on the first page."""
_ADULT = sa.bindparam("waiting_adult", callable_=lambda: born_by(clock.today(), rules.ADULT), type_=sa.Date)
BEGINS = N_("%(time)s 开始")


@prepared
def _calls() -> Rows:
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
def _as_guardian() -> Rows:
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
def _moved_up() -> Rows:
    return _own("moved_up", told=True).where(
        SignUp.moved_up_at.is_not(None), SignUp.told_at.is_(None), Shift.starts_at > NOW
    )


@prepared
def _begins() -> Rows:
    return _own("shift_begins").where(
        SignUp.arrived_at.is_(None), Shift.starts_at < SOON, Shift.ends_at > NOW
    )


@prepared
def _to_leave() -> Rows:
    return _own("shift_leave").where(
        SignUp.arrived_at.is_not(None), SignUp.left_at.is_(None), Shift.ends_at > JUST_OVER
    )


@prepared
def _invited() -> Rows:
    return (
        lines("join_team", TeamMember, title=Team.name, since=TeamMember.moved_at)
        .join(Team, Team.id == TeamMember.team_id)
        .where(TeamMember.user_id == ME, TeamMember.state == MemberState.INVITED)
    )


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
    personal(_calls),
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
    personal(_as_guardian),
)
waiting.add(
    "moved_up",
    Kind(N_("候补补上了"), N_("去看看"), "chevron-up", "shift_doors.person", "sign_up_id", True, BEGINS),
    personal(_moved_up),
)
waiting.add(
    "shift_begins",
    Kind(N_("志愿服务快开始了"), N_("去签到"), "hand-heart", "shift_doors.ask", "shift_id", True, BEGINS),
    personal(_begins),
)
waiting.add(
    "shift_leave",
    Kind(N_("走的时候记得签退"), N_("去签退"), "log-out", "shift_doors.ask", "shift_id", True, BEGINS),
    personal(_to_leave),
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
    personal(_invited),
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
