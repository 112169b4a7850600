"""Hours enter the book: the host confirms, somebody else for the host; corrections are new lines."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from ...core import clock
from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Conflict, Invalid
from ...core.eventlog import record
from ...core.text import _
from .. import rules
from ..events import HoursCorrected, ShiftConfirmed, TrainingConfirmed
from ..lifecycle import SIGN_UP
from ..models.book import HoursEntry
from ..models.shifts import Service, Shift, SignUp
from ..people import held
from ..policy import POSTS, Can
from ..queries.mine import elsewhere, served
from ..rules import Span
from ..words import EntryKind, Kind


@action(Can.CONFIRM)
def confirm(
    actor: Actor, sign_up: SignUp, *, minutes: int | None = None, because: str = "", remark: str = ""
) -> HoursEntry:
    """Somebody served: so many minutes of the shift as he was there, or as the host says with the reason; once. Raises
    Conflict while he has not come and left and for a training, Invalid for minutes that cannot be."""
    if _is_training(sign_up):
        raise Conflict(_("培训不是服务，不记时长，请确认他参加了培训。"))
    begun, length = _settled(actor, sign_up, minutes, because, remark)
    assert actor.id is not None
    entry = HoursEntry(
        user_id=sign_up.user_id,
        place_path=sign_up.place_path,
        kind=EntryKind.SHIFT,
        minutes=length,
        day=clock.local(begun).date(),
        sign_up_id=sign_up.id,
        shift_id=sign_up.shift_id,
        service_id=sign_up.service_id,
        team_id=sign_up.team_id,
        corrects_id=None,
        reason=because,
        by_id=actor.id,
        at=actor.now,
    )
    store(entry)
    SIGN_UP.move(
        actor,
        sign_up,
        ShiftConfirmed(
            entry.id, entry.user_id, length, entry.team_id, entry.service_id, entry.shift_id, entry.day
        ),
    )
    return entry


@action(Can.CONFIRM)
def confirm_training(
    actor: Actor, sign_up: SignUp, *, minutes: int | None = None, because: str = "", remark: str = ""
) -> None:
    """Somebody was trained; once. It is shown beside his hours and is none of them. Raises like `confirm`; Conflict for
    what is no training."""
    if not _is_training(sign_up):
        raise Conflict(_("这不是培训，请确认时长。"))
    _begun, length = _settled(actor, sign_up, minutes, because, remark)
    SIGN_UP.move(
        actor,
        sign_up,
        TrainingConfirmed(sign_up.user_id, length, sign_up.team_id, sign_up.service_id, sign_up.shift_id),
    )


def _settled(
    actor: Actor, sign_up: SignUp, minutes: int | None, because: str, remark: str
) -> tuple[datetime, int]:
    """When it began for him and how many minutes count, kept on the sign-up. Raises."""
    if met := SIGN_UP.unmet(actor, sign_up, ShiftConfirmed):
        raise Conflict(*met)
    assert sign_up.arrived_at is not None
    assert sign_up.left_at is not None
    held(sign_up.user_id)
    shift = db.session.get_one(Shift, sign_up.shift_id)
    came = Span(sign_up.arrived_at, sign_up.left_at)
    planned = Span(shift.starts_at, shift.ends_at)
    if elsewhere(sign_up.user_id, came, sign_up.id):
        raise Conflict(_("这段时间他在另一班也签着到。一个人不能同时在两处，请先更正其中一处的时间。"))
    counted = rules.counted(planned, came)
    length = counted if minutes is None else minutes
    if length != counted and not because:
        raise Invalid(_("和签到签退算出来的 %(n)d 分钟不一样，请写明为什么。", n=counted), "because")
    if not 0 < length <= max(counted, rules.minutes(came)):
        raise Invalid(_("时长不能超过他在场的时间，也不能是零。没有服务的请记没有来。"), "minutes")
    if length > rules.minutes(planned) and not _staff(actor, sign_up):
        raise Invalid(_("比这一班还长的，请社区工作人员来确认。"), "minutes")
    begun = max(came.starts, shift.starts_at)
    if _too_long(sign_up, begun, length):
        raise Invalid(_("他那一天加起来超过 12 小时。"), "minutes")
    sign_up.minutes, sign_up.confirmed_by_id, sign_up.remark = length, actor.id, remark
    sign_up.because = because or sign_up.because
    return begun, length


def _is_training(sign_up: SignUp) -> bool:
    return db.session.get_one(Service, sign_up.service_id).kind is Kind.TRAINING


@action(Can.CORRECT)
def correct_hours(actor: Actor, entry: HoursEntry, *, minutes: int, because: str) -> HoursEntry:
    """What a line should have said; the difference is a new line, the old one stays. Raises Invalid."""
    assert actor.id is not None
    if not because:
        raise Invalid(_("请写明为什么更正，本人会看到。"), "because")
    held(entry.user_id)
    first = lock(_first(entry))
    stands = db.session.scalar(
        sa.select(sa.func.sum(HoursEntry.minutes)).where(HoursEntry.sign_up_id == entry.sign_up_id)
    )
    difference = minutes - int(stands or 0)
    sign_up = db.session.get_one(SignUp, first.sign_up_id)
    shift = db.session.get_one(Shift, first.shift_id)
    assert sign_up.arrived_at is not None
    begun = max(sign_up.arrived_at, shift.starts_at)
    if minutes < 0 or (difference > 0 and _too_long(sign_up, begun, minutes)):
        raise Invalid(_("分钟数不能是负的，一天加起来也不能超过 12 小时。"), "minutes")
    if difference == 0:
        raise Invalid(_("和现在记的一样，不用更正。"), "minutes")
    mended = HoursEntry(
        user_id=first.user_id,
        place_path=first.place_path,
        kind=EntryKind.CORRECTION,
        minutes=difference,
        day=first.day,
        sign_up_id=first.sign_up_id,
        shift_id=first.shift_id,
        service_id=first.service_id,
        team_id=first.team_id,
        corrects_id=first.id,
        reason=because,
        by_id=actor.id,
        at=actor.now,
    )
    store(mended)
    record(
        actor,
        mended,
        HoursCorrected(
            mended.id,
            first.id,
            mended.user_id,
            difference,
            minutes,
            mended.sign_up_id,
            mended.team_id,
            mended.service_id,
            mended.shift_id,
            mended.day,
        ),
    )
    return mended


def _first(entry: HoursEntry) -> HoursEntry:
    """The line of the shift that a line belongs to."""
    return entry if entry.corrects_id is None else db.session.get_one(HoursEntry, entry.corrects_id)


def _staff(actor: Actor, sign_up: SignUp) -> bool:
    return any(actor.holds(post, sign_up.place_path) for post in POSTS)


def _too_long(sign_up: SignUp, begun: datetime, minutes: int) -> bool:
    """Whether some day would have more than twelve hours: a night belongs to two days, and so do its hours."""
    others = served(sign_up.user_id, clock.local(begun).date(), sign_up.id)
    return rules.too_long(Span(begun, begun + timedelta(minutes=minutes)), others) is not None
