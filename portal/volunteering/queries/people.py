"""Communities, teams with their members, volunteers with their book, and figures that name nobody."""

from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from ...accounts.models import User
from ...accounts.naming import shown
from ...core import access, clock
from ...core.access import under
from ...core.actor import Actor
from ...core.db import db
from ...places.models import Place, PlaceKind
from ..listings import places
from ..models.book import HoursEntry, HoursObjection, ServiceCertificate
from ..models.people import Team, TeamMember, Volunteer
from ..models.shifts import Service, Shift, SignUp
from ..models.standing import CallOut, CallReply, Standing
from ..policy import Can
from ..words import (
    AHEAD,
    STANDING_MEMBER,
    CertificateState,
    MemberState,
    ObjectionState,
    StandingState,
)

leader = sa.orm.aliased(User)


def community_of(actor: Actor) -> Place | None:
    """The actor's community; of a visitor who chose none, the first."""
    found = sa.select(Place).where(Place.kind == PlaceKind.COMMUNITY)
    if actor.community != "/":
        found = found.where(Place.place_path == actor.community)
    return db.session.scalar(found.order_by(Place.id).limit(1))


def own(actor: Actor) -> Volunteer | None:
    """The actor's own entry as a volunteer."""
    return db.session.scalar(sa.select(Volunteer).where(Volunteer.user_id == actor.id)) if actor.id else None


def figures(path: str, year: int) -> Any:
    """How many people served how many minutes in a year, without a name."""
    found = sa.select(
        sa.func.count(HoursEntry.user_id.distinct()).label("people"),
        sa.func.coalesce(sa.func.sum(HoursEntry.minutes), 0).label("minutes"),
        sa.func.count(HoursEntry.service_id.distinct()).label("services"),
    ).where(under(HoursEntry.place_path, path), sa.extract("year", HoursEntry.day) == year)
    return db.session.execute(found).one()


def team_page(actor: Actor, volunteer_team_id: int) -> SimpleNamespace | None:
    """A team with its standing projects and, for those who lead it, its members; None if nobody sees it."""
    mine = sa.orm.aliased(TeamMember)
    own_row = sa.and_(mine.team_id == Team.id, mine.user_id == actor.id, mine.state.in_(STANDING_MEMBER))
    found = (
        sa.select(
            *Team.__table__.c,
            shown(leader).label("leader_name"),
            mine.id.label("mine_id"),
            mine.state.label("mine"),
        )
        .join(leader, leader.id == Team.leader_id)
        .outerjoin(mine, own_row)
        .where(Team.id == volunteer_team_id, access.rows(actor, Team))
    )
    row = db.session.execute(found).first()
    if row is None:
        return None
    page = SimpleNamespace(**row._mapping)
    standing = sa.select(*Standing.__table__.c).where(
        Standing.team_id == volunteer_team_id, Standing.state == StandingState.STANDING
    )
    page.standing = [
        SimpleNamespace(**r._mapping, leader_id=page.leader_id)
        for r in db.session.execute(standing.order_by(Standing.id))
    ]
    services = (
        sa.select(Service.id, Service.title, Service.state, Service.first_at, *places())
        .where(Service.team_id == volunteer_team_id, access.rows(actor, Service))
        .order_by(Service.first_at.desc())
        .limit(5)
    )
    page.services = list(db.session.execute(services))
    minutes = sa.select(sa.func.coalesce(sa.func.sum(HoursEntry.minutes), 0))
    page.minutes = db.session.scalar(minutes.where(HoursEntry.team_id == volunteer_team_id)) or 0
    page.members = _members(page) if access.may(actor, Can.INVITE, page) else []
    return page


def _members(team: SimpleNamespace) -> list[SimpleNamespace]:
    found = (
        sa.select(
            *TeamMember.__table__.c,
            User.name,
        )
        .join(User, User.id == TeamMember.user_id)
        .where(TeamMember.team_id == team.id, TeamMember.state.in_(STANDING_MEMBER))
        .order_by(TeamMember.state == MemberState.MEMBER, TeamMember.id)
        .limit(300)
    )
    return [SimpleNamespace(**row._mapping, leader_id=team.leader_id) for row in db.session.execute(found)]


def call_page(actor: Actor, call_out_id: int) -> SimpleNamespace | None:
    """A call-out with what its reader said; None if he is not of the team."""
    found = (
        sa.select(
            *CallOut.__table__.c,
            CallOut.leader_id.label("leader_id"),
            Standing.name,
            Standing.trigger,
            Standing.risk,
            Standing.dangerous,
            Standing.insurance,
            Team.name.label("team_name"),
            Shift.starts_at,
            Shift.venue,
            Shift.needed,
            Shift.taken,
            Shift.service_id,
            CallReply.coming.label("mine"),
        )
        .join(Standing, Standing.id == CallOut.standing_id)
        .join(Team, Team.id == CallOut.team_id)
        .join(Shift, Shift.id == CallOut.shift_id)
        .outerjoin(CallReply, sa.and_(CallReply.call_out_id == CallOut.id, CallReply.user_id == actor.id))
        .where(CallOut.id == call_out_id, access.rows(actor, CallOut))
    )
    row = db.session.execute(found).first()
    if row is None:
        return None
    counts = (
        sa.select(CallReply.coming, sa.func.count())
        .where(CallReply.call_out_id == call_out_id)
        .group_by(CallReply.coming)
    )
    said = {bool(coming): n for coming, n in db.session.execute(counts)}
    return SimpleNamespace(**row._mapping, yes=said.get(True, 0), no=said.get(False, 0))


def shifts_ahead(user_id: int) -> list[Any]:
    """What a person has promised."""
    found = (
        sa.select(
            SignUp.id,
            SignUp.state,
            SignUp.service_id,
            SignUp.shift_id,
            Service.title,
            Shift.starts_at,
            Shift.ends_at,
            Shift.venue,
        )
        .join(Shift, Shift.id == SignUp.shift_id)
        .join(Service, Service.id == SignUp.service_id)
        .where(SignUp.user_id == user_id, SignUp.state.in_(AHEAD), Shift.ends_at > clock.now())
        .order_by(Shift.starts_at)
        .limit(20)
    )
    return list(db.session.execute(found))


def objections_of(user_id: int) -> list[Any]:
    found = (
        sa.select(*HoursObjection.__table__.c)
        .where(HoursObjection.user_id == user_id)
        .order_by(HoursObjection.id.desc())
        .limit(20)
    )
    return list(db.session.execute(found))


def certificates_of(user_id: int) -> list[Any]:
    found = (
        sa.select(*ServiceCertificate.__table__.c)
        .where(ServiceCertificate.user_id == user_id)
        .order_by(ServiceCertificate.id.desc())
        .limit(20)
    )
    return list(db.session.execute(found))


def volunteer_page(actor: Actor, volunteer_id: int) -> SimpleNamespace | None:
    """A volunteer for staff; None if the actor may not see him."""
    found = (
        sa.select(*Volunteer.__table__.c, User.name)
        .join(User, User.id == Volunteer.user_id)
        .where(Volunteer.id == volunteer_id, access.rows(actor, Volunteer))
    )
    row = db.session.execute(found).first()
    return SimpleNamespace(**row._mapping) if row else None


def certificate_page(actor: Actor, service_certificate_id: int) -> SimpleNamespace | None:
    """A certificate with the name of its holder and what was objected; None if the actor may not see it."""
    return _certificate(
        ServiceCertificate.id == service_certificate_id, access.rows(actor, ServiceCertificate)
    )


def verified(token: str) -> SimpleNamespace | None:
    """What anybody verifies: issued, or void; nothing of one that never was."""
    return _certificate(
        ServiceCertificate.token == token,
        ServiceCertificate.state.in_((CertificateState.ISSUED, CertificateState.REVOKED)),
    )


def _certificate(*conditions: Any) -> SimpleNamespace | None:
    waiting = (
        sa.select(sa.func.count())
        .where(
            HoursObjection.certificate_id == ServiceCertificate.id,
            HoursObjection.state == ObjectionState.RAISED,
        )
        .correlate(ServiceCertificate)
        .scalar_subquery()
    )
    issuer = sa.orm.aliased(User)
    found = (
        sa.select(
            *ServiceCertificate.__table__.c,
            User.name,
            Volunteer.serial,
            Place.name.label("community_name"),
            issuer.name.label("issuer_name"),
            waiting.label("objections"),
        )
        .join(User, User.id == ServiceCertificate.user_id)
        .join(Volunteer, Volunteer.user_id == ServiceCertificate.user_id)
        .join(Place, Place.place_path == ServiceCertificate.place_path)
        .outerjoin(issuer, issuer.id == ServiceCertificate.issued_by_id)
        .where(*conditions)
    )
    row = db.session.execute(found).first()
    return SimpleNamespace(**row._mapping) if row else None


def upcoming(path: str) -> list[Any]:
    """Shifts people can still come to, for calendars."""
    found = (
        sa.select(*Shift.__table__.c, Service.title, Service.body, Service.moved_at)
        .join(Service, Service.id == Shift.service_id)
        .where(
            under(Shift.place_path, path),
            Service.opened_at.is_not(None),
            Shift.ends_at > clock.now(),
        )
        .order_by(Shift.starts_at, Shift.id)
        .limit(300)
    )
    return list(db.session.execute(found))


def volunteer_with(user_id: int) -> int | None:
    """The number of a person's entry as a volunteer."""
    return db.session.scalar(sa.select(Volunteer.id).where(Volunteer.user_id == user_id))
