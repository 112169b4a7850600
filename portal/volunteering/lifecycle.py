"""How teams, members, services, sign-ups, objections and certificates move."""

from collections.abc import Iterable

import sqlalchemy as sa

from ..core.actor import Actor
from ..core.db import db
from ..core.errors import Unmet
from ..core.lifecycle import Lifecycle, Move
from ..core.text import _
from . import events as e
from .models.book import HoursObjection, ServiceCertificate
from .models.people import Team, TeamMember
from .models.shifts import Service, Shift, SignUp
from .models.standing import Standing
from .policy import Can
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
M = MemberState
S = ServiceState
U = SignUpState


def _shifts(service: Service) -> list[Shift]:
    found = sa.select(Shift).where(Shift.service_id == service.id, Shift.cancelled_at.is_(None))
    return list(db.session.scalars(found.order_by(Shift.starts_at)))


def has_a_shift_ahead(service: Service, actor: Actor) -> Iterable[Unmet]:
    """Nobody signs up for nothing."""
    if not any(shift.starts_at > actor.now for shift in _shifts(service)):
        yield Unmet(_("还没有排以后的班次。"), f"/services/{service.id}/shifts/new")


def is_insured(service: Service, _actor: Actor) -> Iterable[Unmet]:
    """Regulations on volunteer service, art. 17: who sends people into danger insures them and tells them."""
    if service.dangerous and not service.insurance:
        yield Unmet(_("有人身危险的服务，请写明给志愿者买了什么保险。"), f"/services/{service.id}/edit")
    if service.dangerous and not service.risk:
        yield Unmet(_("有人身危险的服务，请写明有什么风险。"), f"/services/{service.id}/edit")


def is_over(service: Service, actor: Actor) -> Iterable[Unmet]:
    if any(shift.ends_at > actor.now for shift in _shifts(service)):
        yield Unmet(_("还有班次没有结束。"))


def all_settled(service: Service, _actor: Actor) -> Iterable[Unmet]:
    """Whoever came has his hours, whoever did not is marked, before it is closed."""
    found = sa.select(sa.func.count()).where(SignUp.service_id == service.id, SignUp.state == U.COMING)
    left = db.session.scalar(found) or 0
    if left:
        yield Unmet(_("还有 %(n)d 个人的时长没有确认。", n=left), f"/services/{service.id}")


def cancelled_with_reason(service: Service, _actor: Actor) -> Iterable[Unmet]:
    if not service.because:
        yield Unmet(_("请写明为什么取消，报了名的人会看到。"))


def nobody_served(service: Service, _actor: Actor) -> Iterable[Unmet]:
    """What has hours in the book took place."""
    found = sa.select(SignUp.id).where(SignUp.service_id == service.id, SignUp.state == U.CONFIRMED)
    if db.session.scalar(found.limit(1)) is not None:
        yield Unmet(_("已经有人的时长确认了，不能说取消。请结束它。"))


def came_and_left(sign_up: SignUp, _actor: Actor) -> Iterable[Unmet]:
    if sign_up.arrived_at is None:
        yield Unmet(_("还没有签到。来过的，请补上到的时间；没来的，请记下没有来。"))
    elif sign_up.left_at is None:
        yield Unmet(_("还没有签退，请补上走的时间。"))


def never_came(sign_up: SignUp, _actor: Actor) -> Iterable[Unmet]:
    if sign_up.arrived_at is not None:
        yield Unmet(_("他签过到。"))


def hung_out(certificate: ServiceCertificate, actor: Actor) -> Iterable[Unmet]:
    """Either it hung out to the end and every objection has its answer, or it is said why it need not."""
    if certificate.posted_until is None:
        if not certificate.unposted_because:
            yield Unmet(_("请先公示；按规定不用公示的，请写明依据。"))
        return
    if actor.now < certificate.posted_until:
        yield Unmet(_("公示还没有到期。"))
    found = sa.select(sa.func.count()).where(
        HoursObjection.certificate_id == certificate.id, HoursObjection.state == ObjectionState.RAISED
    )
    if waiting := db.session.scalar(found) or 0:
        yield Unmet(_("还有 %(n)d 条异议没有答复。", n=waiting))


def with_reason(certificate: ServiceCertificate, _actor: Actor) -> Iterable[Unmet]:
    if not certificate.reason:
        yield Unmet(_("请写明理由，本人会看到。"))


TEAM = Lifecycle(Team, TeamState, Move(e.TeamEnded, Can.END_TEAM, (TeamState.ACTIVE,), TeamState.ENDED))
MEMBER = Lifecycle(
    TeamMember,
    MemberState,
    Move(e.MemberInvited, Can.INVITE, (M.APPLIED,), M.INVITED),
    Move(e.MemberJoined, Can.ADMIT, (M.APPLIED, M.INVITED), M.MEMBER),
    Move(e.MemberDeclined, Can.ADMIT, (M.APPLIED, M.INVITED), M.DECLINED),
    Move(e.MemberLeft, Can.LEAVE, (M.MEMBER,), M.LEFT),
)
STANDING = Lifecycle(
    Standing,
    StandingState,
    Move(e.StandingEnded, Can.END_STANDING, (StandingState.STANDING,), StandingState.ENDED),
)
SERVICE = Lifecycle(
    Service,
    ServiceState,
    Move(e.ServiceOpened, Can.OPEN_SERVICE, (S.PLANNED,), S.OPEN, (has_a_shift_ahead, is_insured)),
    Move(e.ServiceClosed, Can.CLOSE_SERVICE, (S.OPEN,), S.CLOSED, (is_over, all_settled)),
    Move(
        e.ServiceCancelled,
        Can.CANCEL_SERVICE,
        (S.PLANNED, S.OPEN),
        S.CANCELLED,
        (cancelled_with_reason, nobody_served),
    ),
)
SIGN_UP = Lifecycle(
    SignUp,
    SignUpState,
    Move(e.MovedUp, Can.WITHDRAW, (U.WAITING,), U.COMING),
    Move(e.SignUpWithdrawn, Can.WITHDRAW, AHEAD, U.WITHDRAWN),
    Move(e.ShiftConfirmed, Can.CONFIRM, (U.COMING,), U.CONFIRMED, (came_and_left,)),
    Move(e.TrainingConfirmed, Can.CONFIRM, (U.COMING,), U.CONFIRMED, (came_and_left,)),
    Move(e.MarkedAbsent, Can.CHECK, (U.COMING,), U.ABSENT, (never_came,)),
    Move(e.HelperRefused, Can.REFUSE, (U.COMING,), U.WITHDRAWN),
    Move(e.HelperAdded, Can.RUN, (U.ABSENT,), U.COMING),
)
OBJECTION = Lifecycle(
    HoursObjection,
    ObjectionState,
    Move(e.HoursObjectionAnswered, Can.ANSWER_OBJECTION, (ObjectionState.RAISED,), ObjectionState.ANSWERED),
)
CERTIFICATE = Lifecycle(
    ServiceCertificate,
    CertificateState,
    Move(e.CertificatePosted, Can.POST, (C.ASKED,), C.POSTED),
    Move(e.CertificateIssued, Can.ISSUE, (C.ASKED, C.POSTED), C.ISSUED, (hung_out,)),
    Move(e.CertificateDeclined, Can.DECLINE, (C.ASKED, C.POSTED), C.DECLINED, (with_reason,)),
    Move(e.CertificateRevoked, Can.REVOKE, (C.ISSUED,), C.REVOKED, (with_reason,)),
)
