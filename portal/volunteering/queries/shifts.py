"""A service with its shifts, for everybody; a shift with its people, for those who run it."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from ...accounts.models import User
from ...accounts.naming import shown
from ...core import access, clock
from ...core.actor import Actor
from ...core.db import db
from .. import obstacles, rules
from ..models.people import Team, Volunteer
from ..models.shifts import Service, Shift, SignUp
from ..people import volunteer_of
from ..rules import Span
from ..words import HOLDING, SignUpState

host = sa.orm.aliased(User)
SHIFT = (
    *Shift.__table__.c,
    Shift.host_id.label("host_id"),
    Shift.leader_id.label("leader_id"),
    Shift.opened_at.label("opened_at"),
    Shift.service_state.label("service_state"),
)


def service_page(actor: Actor, service_id: int) -> SimpleNamespace | None:
    """Everything the page of a service shows; None if the actor may not see it."""
    found = (
        sa.select(
            *Service.__table__.c,
            Service.leader_id.label("leader_id"),
            Team.name.label("team_name"),
            shown(host).label("host_name"),
        )
        .join(Team, Team.id == Service.team_id)
        .join(host, host.id == Service.host_id)
        .where(Service.id == service_id, access.rows(actor, Service))
    )
    row = db.session.execute(found).first()
    if row is None:
        return None
    page = SimpleNamespace(**row._mapping)
    page.shifts = _shifts(actor, page)
    open_ = [s for s in page.shifts if s.cancelled_at is None and min(s.starts_at, s.sign_up_by) > actor.now]
    page.joinable, page.free = len(open_), sum(s.needed - s.taken for s in open_)
    page.begun = bool(page.shifts) and all(s.starts_at <= actor.now for s in page.shifts)
    return page


def _shifts(actor: Actor, service: SimpleNamespace) -> list[SimpleNamespace]:
    """The shifts in order, each with the reader's sign-up and what keeps him from it."""
    mine = sa.orm.aliased(SignUp)
    own = sa.and_(mine.shift_id == Shift.id, mine.user_id == actor.id, mine.state.in_(HOLDING))
    found = (
        sa.select(
            *SHIFT,
            mine.id.label("mine_id"),
            mine.state.label("mine"),
            mine.arrived_at.label("mine_arrived"),
            mine.left_at.label("mine_left"),
            mine.minutes.label("mine_minutes"),
        )
        .outerjoin(mine, own)
        .where(Shift.service_id == service.id)
        .order_by(Shift.starts_at, Shift.id)
    )
    shifts = [SimpleNamespace(**row._mapping) for row in db.session.execute(found)]
    volunteer = volunteer_of(actor.id) if actor.id else None
    promised = obstacles.engagements(actor.id, actor.now, far=True) if volunteer else []
    for shift in shifts:
        shift.obstacles = _against(service, shift, volunteer, promised) if not shift.mine_id else []
    return shifts


def _against(
    service: SimpleNamespace, shift: SimpleNamespace, volunteer: Volunteer | None, promised: list[Span]
) -> list[Any]:
    met = list(obstacles.of_person(service, volunteer, shift.starts_at))
    if volunteer is not None:
        met += obstacles.of_time(Span(shift.starts_at, shift.ends_at), promised)
    return met


def shift_page(actor: Actor, shift_id: int) -> SimpleNamespace | None:
    """A shift with its service, for its door and its sheet; None if the actor may not see it."""
    found = (
        sa.select(
            *SHIFT,
            Service.title,
            Service.body,
            Service.served,
            Service.risk,
            Service.kind,
            Team.name.label("team_name"),
            shown(host).label("host_name"),
        )
        .join(Service, Service.id == Shift.service_id)
        .join(Team, Team.id == Shift.team_id)
        .join(host, host.id == Service.host_id)
        .where(Shift.id == shift_id, access.rows(actor, Shift))
    )
    row = db.session.execute(found).first()
    return SimpleNamespace(**row._mapping) if row else None


def people_of(shift: Any) -> list[SimpleNamespace]:
    """Everybody on the list of a shift, those in it first, with the minutes that count of what the door took."""
    found = (
        sa.select(
            *SignUp.__table__.c,
            User.name,
            User.phone,
            Volunteer.serial,
            Volunteer.born,
            Volunteer.guardian_agreed_on,
        )
        .join(User, User.id == SignUp.user_id)
        .join(Volunteer, Volunteer.user_id == SignUp.user_id)
        .where(SignUp.shift_id == shift.id, SignUp.state.in_(HOLDING))
        .order_by(SignUp.state == SignUpState.WAITING, SignUp.id)
    )
    people = [SimpleNamespace(**row._mapping) for row in db.session.execute(found)]
    for one in people:
        one.host_id, one.leader_id = shift.host_id, shift.leader_id
        one.unagreed = _unagreed(one, shift.starts_at)
        one.counted = counted(shift, one.arrived_at, one.left_at)
    return people


def _unagreed(one: Any, day: datetime) -> bool:
    """Whether he is a minor on the day, without his guardian's consent: then nobody checks him in."""
    minor = rules.age(one.born, clock.local(day).date()) < rules.ADULT
    return minor and one.guardian_agreed_on is None and one.arrived_at is None


def counted(shift: Any, arrived_at: datetime | None, left_at: datetime | None) -> int | None:
    """The minutes that count, once somebody has come and left."""
    if arrived_at is None or left_at is None:
        return None
    return rules.counted(Span(shift.starts_at, shift.ends_at), Span(arrived_at, left_at))


def sign_up_page(actor: Actor, sign_up_id: int) -> SimpleNamespace | None:
    """One person's sign-up with its shift; None if the actor may not see it."""
    found = (
        sa.select(
            *SignUp.__table__.c,
            SignUp.host_id.label("host_id"),
            SignUp.leader_id.label("leader_id"),
            SignUp.withdraw_by.label("withdraw_by"),
            SignUp.starts_at.label("starts_at"),
            Shift.ends_at,
            Shift.venue,
            Service.title,
            Service.kind,
            User.name,
            Volunteer.born,
            Volunteer.guardian_agreed_on,
        )
        .join(Shift, Shift.id == SignUp.shift_id)
        .join(Service, Service.id == SignUp.service_id)
        .join(User, User.id == SignUp.user_id)
        .join(Volunteer, Volunteer.user_id == SignUp.user_id)
        .where(SignUp.id == sign_up_id, access.rows(actor, SignUp))
    )
    row = db.session.execute(found).first()
    if row is None:
        return None
    page = SimpleNamespace(**row._mapping)
    page.unagreed = _unagreed(page, page.starts_at)
    page.counted = counted(page, page.arrived_at, page.left_at)
    return page
