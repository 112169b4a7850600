"""Standing projects: 以雪为令. Who leads calls out, members say yes or no in one tap."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Invalid
from ...core.eventlog import record
from ...core.text import _
from ..events import CallAnswered, CalledOut, StandingEnded, StandingSetUp
from ..lifecycle import STANDING
from ..models.people import Team
from ..models.shifts import Service, Shift
from ..models.standing import CallOut, CallReply, Standing
from ..policy import Can
from ..queries.mine import holding
from ..words import AHEAD, Kind, ServiceState, StandingState
from .queueing import settle, withdrawn
from .signing_up import put_in

LONGEST = 12 * 60
SOONEST = timedelta(days=3)
"""A call-out is for now or soon; anything later is planned."""


@dataclass(frozen=True)
class StandingWords:
    """What a standing project says of itself."""

    name: str
    kind: Kind
    trigger: str
    venue: str
    minutes: int
    risk: str = ""
    dangerous: bool = False
    insurance: str = ""


@action(Can.SET_UP)
def set_up(actor: Actor, team: Team, *, words: StandingWords, once: str) -> Standing:
    """The same `once` again returns the one it made. Raises Invalid."""
    if known := made(Standing, once, created_by_id=actor.id):
        return known
    if not 0 < words.minutes <= LONGEST:
        raise Invalid(_("一次最多 12 小时。"), "minutes")
    if words.dangerous and not words.risk:
        raise Invalid(_("有人身危险的服务，请写明有什么风险。"), "risk")
    if words.dangerous and not words.insurance:
        raise Invalid(_("有人身危险的服务，请写明给志愿者买了什么保险。"), "insurance")
    standing = Standing(
        team_id=team.id,
        place_path=team.place_path,
        state=StandingState.STANDING,
        once=once,
        created_by_id=actor.id,
        created_at=actor.now,
        moved_at=actor.now,
        **asdict(words),
    )
    store(standing)
    record(actor, standing, StandingSetUp())
    return standing


@action(Can.END_STANDING)
def end_standing(actor: Actor, standing: Standing) -> None:
    STANDING.move(actor, standing, StandingEnded())


@action(Can.CALL_OUT)
def call_out(
    actor: Actor, standing: Standing, *, starts_at: datetime, needed: int, words: str, once: str
) -> CallOut:
    """It has come: a service that is open at once, with one shift, and every member is asked. The same `once` again
    returns the one it made. Raises Invalid for an hour that is past or far away, or for which they are called already.
    """
    if known := made(CallOut, once, called_by_id=actor.id):
        return known
    if not actor.now - timedelta(minutes=30) <= starts_at <= actor.now + SOONEST:
        raise Invalid(_("召集是眼前的事：请写三天以内的时间。更晚的请排成志愿服务。"), "starts_at")
    if not 0 < needed <= 500:
        raise Invalid(_("人数请写 1 到 %(most)d。", most=500), "needed")
    _not_twice(standing, starts_at)
    shift = _shift(actor, standing, starts_at, needed, words, once)
    call = CallOut(
        standing_id=standing.id,
        team_id=standing.team_id,
        shift_id=shift.id,
        place_path=standing.place_path,
        words=words,
        called_by_id=actor.id,
        called_at=actor.now,
        ends_at=shift.ends_at,
        once=once,
    )
    store(call)
    record(actor, standing, CalledOut(call.id, shift.service_id))
    return call


@action(Can.ANSWER_CALL)
def answer_call(actor: Actor, call: CallOut, *, coming: bool) -> None:
    """Yes is a sign-up; the risk stands above the button. No, or another mind, gives the place back."""
    assert actor.id is not None
    shift = lock(db.session.get_one(Shift, call.shift_id))
    mine = holding(shift.id, actor.id)
    if coming:
        put_in(actor, shift, risk_read=True)
    elif mine is not None and mine.state in AHEAD and mine.arrived_at is None:
        withdrawn(actor, mine)
        settle(actor, shift)
    reply = db.session.get(CallReply, (call.id, actor.id))
    if reply is None:
        store(CallReply(call_out_id=call.id, user_id=actor.id, coming=coming, at=actor.now))
    elif reply.coming != coming:
        reply.coming, reply.at = coming, actor.now
    else:
        return
    record(actor, call, CallAnswered(coming))


def _not_twice(standing: Standing, starts_at: datetime) -> None:
    """Raises Invalid where the same people are called out for some of the same hours."""
    ends_at = starts_at + timedelta(minutes=standing.minutes)
    called = (
        sa.select(CallOut.id)
        .join(Shift, Shift.id == CallOut.shift_id)
        .where(
            CallOut.standing_id == standing.id,
            Shift.cancelled_at.is_(None),
            Shift.starts_at < ends_at,
            Shift.ends_at > starts_at,
        )
    )
    if db.session.scalar(called.limit(1)) is not None:
        raise Invalid(_("这段时间已经召集过了，不用再召集。"), "starts_at")


def _shift(
    actor: Actor, standing: Standing, starts_at: datetime, needed: int, words: str, once: str
) -> Shift:
    service = Service(
        team_id=standing.team_id,
        place_path=standing.place_path,
        state=ServiceState.OPEN,
        kind=standing.kind,
        title=standing.name,
        body=words or standing.trigger,
        served="",
        skills="",
        least_age=0,
        risk=standing.risk,
        dangerous=standing.dangerous,
        insurance=standing.insurance,
        host_id=db.session.get_one(Team, standing.team_id).leader_id,
        opened_at=actor.now,
        first_at=starts_at,
        once=once,
        created_by_id=actor.id,
        created_at=actor.now,
        moved_at=actor.now,
    )
    store(service)
    ends_at = starts_at + timedelta(minutes=standing.minutes)
    shift = Shift(
        service_id=service.id,
        team_id=service.team_id,
        place_path=service.place_path,
        starts_at=starts_at,
        ends_at=ends_at,
        venue=standing.venue,
        needed=needed,
        sign_up_by=ends_at,
        withdraw_by=starts_at,
    )
    store(shift)
    return shift
