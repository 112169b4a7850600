"""Coming and going: by the code that hangs at the place, by name, or added afterwards from a sheet of paper."""

from datetime import datetime

from ...core import door
from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.eventlog import record, reference
from ...core.text import _
from .. import rules
from ..events import HelperAdded, HelperRefused, MarkedAbsent, TimesCorrected, VolunteerArrived, VolunteerLeft
from ..lifecycle import SIGN_UP
from ..models.shifts import Service, Shift, SignUp
from ..obstacles import of_person
from ..people import held, volunteer_named
from ..policy import Can
from ..queries.mine import checked_in, elsewhere, holding, refused
from ..rules import Span
from ..words import SignUpState, Way
from .queueing import settle


@action(Can.COME)
def come(actor: Actor, shift: Shift, *, code: str, secret: str, leaving: bool = False) -> SignUp:
    """Check oneself in, or out, with the code that hangs at the place. Raises Invalid for one that does not hang there
    now; Conflict for somebody who has not signed up. A tap
    on the way out leaves alone what somebody wrote down before."""
    if not door.fits(code, secret, reference(shift), actor.now):
        raise Invalid(_("这个码不对，或者已经换了。请看现场现在的码。"), "code")
    mine = holding(shift.id, actor.id)
    if mine is None or mine.state is not SignUpState.COMING:
        raise Conflict(_("您没有报上这一班。来帮忙的，请找负责人补上。"))
    if not leaving:
        _arrive(actor, shift, mine, Way.CODE)
    elif mine.left_at is None:
        _leave(actor, shift, mine, Way.CODE)
        mine.timed_by_id = None
    return mine


@action(Can.CHECK)
def check_in(actor: Actor, sign_up: SignUp) -> None:
    """He is there, by name. Again changes nothing."""
    _arrive(actor, db.session.get_one(Shift, sign_up.shift_id), sign_up, Way.NAME)


@action(Can.CHECK)
def check_out(actor: Actor, sign_up: SignUp) -> None:
    """He leaves. Again changes nothing."""
    _leave(actor, db.session.get_one(Shift, sign_up.shift_id), sign_up, Way.NAME)


@action(Can.CHECK)
def correct_times(
    actor: Actor, sign_up: SignUp, *, arrived_at: datetime, left_at: datetime, because: str
) -> None:
    """When he came and left, where the door was forgotten, with the reason. Raises Invalid; Conflict
    where he could not have been checked in."""
    if not because:
        raise Invalid(_("请写明为什么更正，本人会看到。"), "because")
    volunteer = held(sign_up.user_id)
    shift = db.session.get_one(Shift, sign_up.shift_id)
    service = db.session.get_one(Service, shift.service_id)
    if sign_up.arrived_at is None and (met := list(of_person(service, volunteer, shift.starts_at))):
        raise Conflict(*met)
    _possible(actor, shift, sign_up.user_id, Span(arrived_at, left_at), sign_up.id)
    sign_up.arrived_at, sign_up.left_at = arrived_at, left_at
    sign_up.arrived_by = sign_up.arrived_by or Way.NAME
    sign_up.left_by = sign_up.left_by or Way.NAME
    sign_up.because, sign_up.timed_by_id = because, actor.entered_by or actor.id
    sign_up.told_at = None
    record(actor, sign_up, TimesCorrected(sign_up.user_id, shift.id))


@action(Can.RUN)
def add_helper(
    actor: Actor,
    shift: Shift,
    *,
    who: str,
    arrived_at: datetime | None = None,
    left_at: datetime | None = None,
    because: str = "",
) -> SignUp:
    """Somebody came who had not signed up, or whose hours stand on the sheet of paper: with both hours. He takes
    nobody's place. Whoever is signed up already is checked in by this, and so is who was marked absent and came after
    all. Where he had not signed up or his times were taken already it is said why, he is told, and he may say that it
    is not so. Raises Invalid; Conflict for a shift that was called off."""
    if shift.cancelled_at is not None:
        raise Conflict(_("这一班取消了。"))
    user_id = _who_came(actor, shift, who)
    helper = holding(shift.id, user_id)
    if helper is None:
        helper = _added(actor, shift, user_id, because)
    elif helper.state is SignUpState.ABSENT:
        SIGN_UP.move(actor, helper, HelperAdded(user_id, shift.id))
    if helper.state is not SignUpState.COMING:
        raise Invalid(_("他在候补名单上，或者时长已经确认。"), "who")
    taken = helper.arrived_at is not None
    if taken and arrived_at is not None and not because:
        raise Invalid(_("他签过到。要改到和走的时间，请写明为什么，本人会看到。"), "because")
    helper.because = because or helper.because
    if arrived_at is None:
        _arrive(actor, shift, helper, Way.NAME)
        return helper
    if left_at is None:
        raise Invalid(_("请写走的时间。"), "left_at")
    _possible(actor, shift, user_id, Span(arrived_at, left_at), helper.id)
    helper.arrived_at, helper.arrived_by = arrived_at, Way.PAPER
    helper.left_at, helper.left_by = left_at, Way.PAPER
    helper.timed_by_id, helper.told_at = actor.entered_by or actor.id, None
    record(actor, helper, (TimesCorrected if taken else VolunteerArrived)(helper.user_id, shift.id))
    return helper


@action(Can.REFUSE)
def refuse(actor: Actor, sign_up: SignUp) -> None:
    """He was put on the list of a shift by others and was not there: off it again."""
    sign_up.told_at = actor.now
    SIGN_UP.move(actor, sign_up, HelperRefused(sign_up.user_id, sign_up.shift_id))


@action(Can.CHECK)
def mark_absent(actor: Actor, sign_up: SignUp) -> None:
    """He signed up and did not come."""
    if actor.now < sign_up.starts_at:
        raise Conflict(_("这一班还没开始。"))
    SIGN_UP.move(actor, sign_up, MarkedAbsent(sign_up.user_id, sign_up.shift_id))


def _who_came(actor: Actor, shift: Shift, who: str) -> int:
    """The volunteer somebody typed, whom the actor may put on the list of a shift; locked. Raises Invalid."""
    volunteer = volunteer_named(actor, shift.place_path, who, "who")
    service = db.session.get_one(Service, shift.service_id)
    for met in of_person(service, volunteer, shift.starts_at):
        raise Invalid(met.sentence, "who")
    if volunteer.user_id in (actor.id, actor.entered_by):
        raise Invalid(_("自己的时长和证明，要请另一个人来办。"), "who")
    return volunteer.user_id


def _added(actor: Actor, shift: Shift, user_id: int, because: str) -> SignUp:
    if refused(shift.id, user_id):
        raise Invalid(_("他说过这一班他没有来，不能再替他记。"), "who")
    if not because:
        raise Invalid(_("他没有报名，请写明他怎么来的，本人会看到。"), "because")
    helper = SignUp(
        shift_id=shift.id,
        service_id=shift.service_id,
        team_id=shift.team_id,
        user_id=user_id,
        place_path=shift.place_path,
        state=SignUpState.COMING,
        added=True,
        timed_by_id=actor.entered_by or actor.id,
        at=actor.now,
        moved_at=actor.now,
    )
    store(helper)
    settle(actor, shift)
    record(actor, helper, HelperAdded(user_id, shift.id))
    return helper


def _arrive(actor: Actor, shift: Shift, sign_up: SignUp, way: Way) -> None:
    if sign_up.arrived_at is not None:
        return
    volunteer = held(sign_up.user_id)
    service = db.session.get_one(Service, shift.service_id)
    if met := list(of_person(service, volunteer, shift.starts_at)):
        raise Conflict(*met)
    if not rules.door_open(Span(shift.starts_at, shift.ends_at), actor.now):
        raise Conflict(_("现在不能签到：开始前半小时到结束之间可以。过后请负责人补上时间。"))
    if checked_in(sign_up.user_id, sign_up.id):
        raise Conflict(_("他在另一班签了到，还没有签退。一个人不能同时在两处。"))
    sign_up.arrived_at, sign_up.arrived_by = actor.now, way
    record(actor, sign_up, VolunteerArrived(sign_up.user_id, shift.id))


def _leave(actor: Actor, shift: Shift, sign_up: SignUp, way: Way) -> None:
    if sign_up.left_at is not None:
        return
    if sign_up.arrived_at is None:
        raise Conflict(_("还没有签到。"))
    if actor.now > shift.ends_at + rules.LATE:
        raise Conflict(_("结束已经过了两个小时，请负责人补上走的时间。"))
    held(sign_up.user_id)
    if elsewhere(sign_up.user_id, Span(sign_up.arrived_at, actor.now), sign_up.id):
        raise Conflict(_("这段时间他在另一班也签着到。一个人不能同时在两处，请先更正其中一处的时间。"))
    sign_up.left_at, sign_up.left_by = actor.now, way
    record(actor, sign_up, VolunteerLeft(sign_up.user_id, shift.id))


def _possible(actor: Actor, shift: Shift, user_id: int, came: Span, sign_up_id: int) -> None:
    """Whether somebody can have been there then. Raises Invalid."""
    if came.ends <= came.starts:
        raise Invalid(_("走的时间要在到的时间以后。"), "left_at")
    if came.ends > actor.now:
        raise Invalid(_("走的时间还没到。"), "left_at")
    planned = Span(shift.starts_at, shift.ends_at)
    if not rules.counted(planned, came) or not rules.around(planned, came):
        raise Invalid(_("和这一班的时间对不上。"), "arrived_at")
    if elsewhere(user_id, came, sign_up_id):
        raise Invalid(_("那段时间他在另一班签着到。一个人不能同时在两处。"), "arrived_at")
