"""Planning a service and its shifts, opening, cancelling and closing it."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.eventlog import record
from ...core.text import _
from .. import rules
from ..events import (
    ServiceAmended,
    ServiceCancelled,
    ServiceClosed,
    ServiceOpened,
    ServicePlanned,
    ShiftAdded,
    ShiftMoved,
)
from ..lifecycle import SERVICE
from ..models.people import Team
from ..models.shifts import Service, Shift, SignUp
from ..people import somebody
from ..policy import Can
from ..rules import Span
from ..words import AHEAD, Kind
from .queueing import settle, withdrawn

MOST_NEEDED = 500
LONGEST = timedelta(hours=12)
FURTHEST = timedelta(days=366)
"""No shift is planned further ahead."""


@dataclass(frozen=True)
class ServiceWords:
    """What a service says of itself."""

    kind: Kind
    title: str
    body: str
    served: str = ""
    skills: str = ""
    least_age: int = 0
    risk: str = ""
    dangerous: bool = False
    insurance: str = ""


@dataclass(frozen=True)
class ShiftWords:
    """Hours at a place for so many people. Without other hours one signs up until it begins, and withdraws by oneself
    until the evening before."""

    starts_at: datetime
    ends_at: datetime
    venue: str
    needed: int
    sign_up_by: datetime | None = None
    withdraw_by: datetime | None = None


@action(Can.PLAN)
def plan_service(actor: Actor, team: Team, *, words: ServiceWords, host: str, once: str) -> Service:
    """Write a service down; nobody else sees it before it is opened. The same `once` again returns it."""
    if known := made(Service, once, created_by_id=actor.id):
        return known
    service = Service(
        team_id=team.id,
        place_path=team.place_path,
        host_id=somebody(actor, team.place_path, host, "host").id if host else actor.id,
        opened_at=None,
        first_at=actor.now,
        once=once,
        created_by_id=actor.id,
        created_at=actor.now,
        moved_at=actor.now,
        **asdict(words),
    )
    store(service)
    record(actor, service, ServicePlanned(team.id))
    return service


@action(Can.AMEND_SERVICE)
def amend_service(actor: Actor, service: Service, *, words: ServiceWords, host: str = "") -> None:
    """Change what it says. Who signed up read the risk as it stood: it cannot be changed once it is open, nor the
    insurance taken away."""
    if service.opened_at is not None and (words.risk, words.dangerous, words.least_age) != (
        service.risk,
        service.dangerous,
        service.least_age,
    ):
        raise Invalid(_("已经开始报名，风险和年龄不能再改。请取消这一次，另排一次。"), "risk")
    if service.opened_at is not None and (words.kind is Kind.TRAINING) != (service.kind is Kind.TRAINING):
        raise Invalid(_("已经开始报名，服务不能改成培训，培训也不能改成服务。"), "kind")
    if service.opened_at is not None and service.insurance and not words.insurance:
        raise Invalid(_("已经开始报名，保险不能去掉。"), "insurance")
    for name, value in asdict(words).items():
        setattr(service, name, value)
    if host:
        service.host_id = somebody(actor, service.place_path, host, "host").id
    record(actor, service, ServiceAmended())


@action(Can.ADD_SHIFT)
def add_shift(actor: Actor, service: Service, *, words: ShiftWords) -> Shift:
    """Raises Invalid for hours that will not do."""
    _checked(words, actor.now)
    for field in ("sign_up_by", "withdraw_by"):
        _ahead(getattr(words, field), field, actor.now)
    shift = Shift(
        service_id=service.id,
        team_id=service.team_id,
        place_path=service.place_path,
        starts_at=words.starts_at,
        ends_at=words.ends_at,
        venue=words.venue,
        needed=words.needed,
        sign_up_by=min(words.sign_up_by or words.starts_at, words.starts_at),
        withdraw_by=min(words.withdraw_by or words.starts_at - timedelta(hours=12), words.starts_at),
    )
    store(shift)
    order(service, actor.now)
    record(actor, shift, ShiftAdded(service.id))
    return shift


@action(Can.MOVE_SHIFT)
def move_shift(actor: Actor, shift: Shift, *, words: ShiftWords) -> None:
    """Change place, number or deadlines; hours only while nobody counts on them. Raises Invalid."""
    _checked(words, actor.now)
    for field in ("sign_up_by", "withdraw_by"):
        if getattr(words, field) != getattr(shift, field):
            _ahead(getattr(words, field), field, actor.now)
    moved = (words.starts_at, words.ends_at) != (shift.starts_at, shift.ends_at)
    if moved and shift.taken + shift.queued:
        raise Invalid(_("已经有人报名，时间不能再改。请取消这一班，另排一班。"), "starts_at")
    if words.needed < shift.taken:
        raise Invalid(_("已经报了 %(n)d 个人，不能比这少。", n=shift.taken), "needed")
    shift.starts_at, shift.ends_at = words.starts_at, words.ends_at
    shift.venue, shift.needed = words.venue, words.needed
    shift.sign_up_by = min(words.sign_up_by or words.starts_at, words.starts_at)
    shift.withdraw_by = min(words.withdraw_by or shift.withdraw_by, words.starts_at)
    settle(actor, shift)
    order(db.session.get_one(Service, shift.service_id), actor.now)
    record(actor, shift, ShiftMoved(shift.service_id))


@action(Can.MOVE_SHIFT)
def cancel_shift(actor: Actor, shift: Shift, *, because: str) -> None:
    """It does not take place; everybody who signed up reads why. Raises Invalid without a reason."""
    if not because:
        raise Invalid(_("请写明为什么取消，报了名的人会看到。"), "because")
    if shift.cancelled_at is not None:
        raise Conflict(_("这一班已经取消了。"))
    _call_off(actor, shift, because)
    order(db.session.get_one(Service, shift.service_id), actor.now)
    record(actor, shift, ShiftMoved(shift.service_id))


@action(Can.OPEN_SERVICE)
def open_service(actor: Actor, service: Service) -> None:
    """From now on people sign up. Raises Conflict with all that is missing."""
    SERVICE.move(actor, service, ServiceOpened())
    service.opened_at = actor.now


@action(Can.CANCEL_SERVICE)
def cancel_service(actor: Actor, service: Service, *, because: str) -> None:
    """It does not take place; nobody comes in vain who reads it."""
    service.because = because
    SERVICE.move(actor, service, ServiceCancelled())
    for shift in db.session.scalars(sa.select(Shift).where(Shift.service_id == service.id)):
        _call_off(actor, shift, because)


@action(Can.CLOSE_SERVICE)
def close_service(actor: Actor, service: Service) -> None:
    """All shifts are over and everybody's hours settled."""
    SERVICE.move(actor, service, ServiceClosed())


def order(service: Service, now: datetime) -> None:
    """Keep the hour by which lists are ordered: of the first shift ahead, else of the last."""
    db.session.flush()
    found = sa.select(Shift.starts_at).where(Shift.service_id == service.id, Shift.cancelled_at.is_(None))
    hours = sorted(db.session.scalars(found))
    ahead = [hour for hour in hours if hour > now]
    service.first_at = ahead[0] if ahead else (hours[-1] if hours else service.created_at)


def _call_off(actor: Actor, shift: Shift, because: str) -> None:
    shift.cancelled_at, shift.because = actor.now, because
    found = sa.select(SignUp).where(SignUp.shift_id == shift.id, SignUp.state.in_(AHEAD))
    for sign_up in db.session.scalars(found.order_by(SignUp.id)):
        withdrawn(actor, sign_up)
    settle(actor, shift)


def _checked(words: ShiftWords, now: datetime) -> None:
    if words.starts_at <= now:
        raise Invalid(_("请给一个还没到的时间。"), "starts_at")
    if words.starts_at > now + FURTHEST:
        raise Invalid(_("最远排到一年以后。"), "starts_at")
    if words.ends_at <= words.starts_at:
        raise Invalid(_("结束要在开始以后。"), "ends_at")
    if words.ends_at - words.starts_at > LONGEST or rules.too_long(Span(words.starts_at, words.ends_at), ()):
        raise Invalid(_("一班最多 12 小时，请分成几班。"), "ends_at")
    if not 0 < words.needed <= MOST_NEEDED:
        raise Invalid(_("人数请写 1 到 %(most)d。", most=MOST_NEEDED), "needed")


def _ahead(until: datetime | None, field: str, now: datetime) -> None:
    if until is not None and until <= now:
        raise Invalid(_("请给一个还没到的时间。"), field)
