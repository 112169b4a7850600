"""The lists: services with places left, teams, volunteers for staff, and what hangs out."""

import sqlalchemy as sa

from ..accounts.models import User
from ..core import clock
from ..core.actor import Actor
from ..core.listing import Column, Filter, Listing, Sort, by_word
from ..core.text import N_, _
from .models.book import HoursEntry, ServiceCertificate
from .models.people import Team, Volunteer
from .models.shifts import Service, Shift
from .policy import Can
from .rules import number
from .words import KIND_WORD, SERVICE_WORD, CertificateState, ServiceState, TeamState

AHEAD, PAST = "ahead", "past"
_ahead = sa.and_(Shift.service_id == Service.id, Shift.cancelled_at.is_(None))


def _shifts(column: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    """A sum over the shifts of a service that have not begun."""
    found = sa.select(column).where(
        _ahead, Shift.starts_at > sa.bindparam("at", callable_=clock.now, type_=Shift.starts_at.type)
    )
    return sa.func.coalesce(found.correlate(Service).scalar_subquery(), 0)


def places() -> tuple[sa.Label[int], sa.Label[int]]:
    """Of a service: places that are free, and shifts that take sign-ups, both of shifts one can still sign up for."""
    until = Shift.sign_up_by > sa.bindparam("until", callable_=clock.now, type_=Shift.sign_up_by.type)
    free = sa.func.sum(sa.case((until, Shift.needed - Shift.taken), else_=0))
    return _shifts(free).label("free"), _shifts(sa.func.sum(sa.case((until, 1), else_=0))).label("joinable")


def _times(actor: Actor) -> list[tuple[str, str]]:
    return [(AHEAD, _("还没开始的")), (PAST, _("做过的"))]


def _at(value: str) -> sa.ColumnElement[bool]:
    ahead = sa.and_(
        Service.first_at >= clock.now(), Service.state.in_((ServiceState.PLANNED, ServiceState.OPEN))
    )
    return ahead if value == AHEAD else sa.not_(ahead)


def _free(value: str) -> sa.ColumnElement[bool]:
    return sa.exists().where(_ahead, Shift.taken < Shift.needed, Shift.sign_up_by > clock.now())


SERVICES = Listing(
    model=Service,
    select=sa.select(
        Service.id,
        Service.title,
        Service.kind,
        Service.state,
        Service.first_at,
        Service.created_at,
        Team.name.label("team_name"),
        _shifts(sa.func.sum(Shift.needed)).label("needed"),
        _shifts(sa.func.sum(Shift.taken)).label("taken"),
        _shifts(sa.func.count()).label("shifts"),
        *places(),
    ).join(Team, Team.id == Service.team_id),
    search=(Service.title, Service.body, Service.skills, Team.name),
    sorts=(
        Sort("soon", N_("最早的在前"), Service.first_at, descending=False),
        Sort("late", N_("最晚的在前"), Service.first_at),
    ),
    filters=(
        Filter("time", N_("什么时候"), _times, _at),
        by_word("kind", N_("哪一类"), Service.kind, KIND_WORD),
        Filter("free", N_("名额"), lambda _actor: [("1", _("还有名额的"))], _free),
    ),
    columns=(
        Column(N_("志愿服务"), lambda s: s.title),
        Column(N_("哪一类"), lambda s: _(KIND_WORD[s.kind])),
        Column(N_("志愿队"), lambda s: s.team_name),
        Column(N_("时间"), lambda s: s.first_at),
        Column(N_("要几个人"), lambda s: s.needed),
        Column(N_("报了几个人"), lambda s: s.taken),
        Column(N_("状态"), lambda s: _(SERVICE_WORD[s.state])),
    ),
)

TEAMS = Listing(
    model=Team,
    select=sa.select(
        Team.id, Team.name, Team.purpose, Team.base, Team.state, Team.members_count, Team.created_at
    ).where(Team.state == TeamState.ACTIVE),
    search=(Team.name, Team.purpose),
    sorts=(Sort("size", N_("人多的在前"), Team.members_count), Sort("new", N_("新的在前"), Team.created_at)),
    columns=(
        Column(N_("志愿队"), lambda t: t.name),
        Column(N_("做什么"), lambda t: t.purpose),
        Column(N_("在哪里集合"), lambda t: t.base),
        Column(N_("队员"), lambda t: t.members_count),
    ),
)

_served = (
    sa.select(sa.func.coalesce(sa.func.sum(HoursEntry.minutes), 0))
    .where(HoursEntry.user_id == Volunteer.user_id)
    .correlate(Volunteer)
    .scalar_subquery()
)
VOLUNTEERS = Listing(
    model=Volunteer,
    permission=Can.KEEP_VOLUNTEERS,
    select=sa.select(
        Volunteer.id,
        Volunteer.serial,
        Volunteer.skills,
        Volunteer.offers,
        Volunteer.born,
        Volunteer.guardian_agreed_on,
        Volunteer.registered_at,
        User.name,
        _served.label("minutes"),
    ).join(User, User.id == Volunteer.user_id),
    search=(User.name, Volunteer.skills),
    sorts=(Sort("new", N_("新登记的在前"), Volunteer.registered_at),),
    filters=(
        Filter(
            "offers",
            N_("能不能找"),
            lambda _actor: [("1", _("愿意帮忙的"))],
            lambda _value: Volunteer.offers.is_(True),
        ),
    ),
    columns=(
        Column(N_("编号"), lambda v: number(v.serial)),
        Column(N_("姓名"), lambda v: v.name),
        Column(N_("会什么"), lambda v: v.skills),
        Column(N_("愿意帮忙"), lambda v: _("愿意") if v.offers else ""),
        Column(N_("时长（分钟）"), lambda v: v.minutes),
        Column(N_("登记时间"), lambda v: v.registered_at),
    ),
)

CERTIFICATES = Listing(
    model=ServiceCertificate,
    select=sa.select(
        ServiceCertificate.id,
        ServiceCertificate.number,
        ServiceCertificate.minutes,
        ServiceCertificate.since,
        ServiceCertificate.until,
        ServiceCertificate.posted_until,
        ServiceCertificate.moved_at,
        User.name,
    )
    .join(User, User.id == ServiceCertificate.user_id)
    .where(ServiceCertificate.state == CertificateState.POSTED),
    sorts=(Sort("new", N_("新公示的在前"), ServiceCertificate.moved_at),),
    columns=(
        Column(N_("编号"), lambda c: c.number),
        Column(N_("时长（分钟）"), lambda c: c.minutes),
        Column(N_("公示到"), lambda c: c.posted_until),
    ),
)
