"""Sending minutes out, and what those who were there say of them, line by line."""

from datetime import date, datetime

import sqlalchemy as sa

from ...core import clock
from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict, Invalid, NotVisible
from ...core.eventlog import record
from ...core.text import _
from ...meetings.models import Invitation
from .. import rules
from ..events import LineObjected, LinesConfirmed, MarkAnswered, MinutesSent
from ..lifecycle import MINUTES
from ..models import Minutes, MinutesLine, MinutesMark
from ..policy import Can
from ..words import Stance


@action(Can.SEND)
def send_minutes(actor: Actor, minutes: Minutes, *, until: datetime) -> None:
    """Ask those who were there to read, until an hour. Raises Invalid for an hour that is too near or absurd, Conflict
    with everything that is missing."""
    if until < rules.earliest_end(actor.now):
        raise Invalid(_("至少留 %(hours)d 小时给大家核对。", hours=rules.LEAST_HOURS), "until")
    if until > rules.latest_end(actor.now):
        raise Invalid(_("核对最长 %(days)d 天，请检查日期。", days=rules.LONGEST_DAYS), "until")
    minutes.sent_at, minutes.confirm_until = actor.now, until
    MINUTES.move(actor, minutes, MinutesSent(minutes.id, clock.local(until).date()))


@action(Can.CONFIRM)
def confirm_line(actor: Actor, minutes: Minutes, *, line_id: int) -> None:
    """Say that a line is right; it takes an objection of one's own back."""
    own = _oneself(actor, minutes)
    if say(actor, minutes, own, standing_line(minutes, line_id), Stance.RIGHT):
        record(actor, minutes, LinesConfirmed(own.id, 1))


@action(Can.CONFIRM)
def confirm_rest(actor: Actor, minutes: Minutes) -> None:
    """Say that all lines are right of which one has said nothing yet. The same again changes nothing."""
    own = _oneself(actor, minutes)
    if lines := say_right(actor, minutes, own):
        record(actor, minutes, LinesConfirmed(own.id, lines))


def say_right(actor: Actor, minutes: Minutes, own: Invitation, signed_on: date | None = None) -> int:
    """Call all lines right of which somebody has said nothing; how many."""
    spoken = sa.exists().where(
        MinutesMark.line_id == MinutesLine.id,
        MinutesMark.version == MinutesLine.version,
        MinutesMark.invitation_id == own.id,
    )
    left = sa.select(MinutesLine).where(
        MinutesLine.minutes_id == minutes.id, MinutesLine.struck_at.is_(None), ~spoken
    )
    lines = db.session.scalars(left.order_by(MinutesLine.id)).all()
    for line in lines:
        say(actor, minutes, own, line, Stance.RIGHT, signed_on=signed_on)
    return len(lines)


@action(Can.CONFIRM)
def object_to_line(actor: Actor, minutes: Minutes, *, line_id: int, reason: str) -> None:
    """Say what is wrong with a line; again changes the words, and asks for another answer."""
    if not reason:
        raise Invalid(_("请写哪里不对、应该是什么。"), "reason")
    own = _oneself(actor, minutes)
    line = standing_line(minutes, line_id)
    if say(actor, minutes, own, line, Stance.WRONG, reason):
        record(actor, minutes, LineObjected(line.id, own.side))


@action(Can.ANSWER)
def answer_mark(actor: Actor, minutes: Minutes, *, mark_id: int, answer: str) -> None:
    """Answer an objection that leads to no correction. Raises Invalid without an answer, Conflict for one that is
    answered, taken back, corrected or one's own."""
    mark = db.session.get(MinutesMark, mark_id)
    if mark is None or mark.minutes_id != minutes.id:
        raise NotVisible()
    line = db.session.get_one(MinutesLine, mark.line_id)
    standing = mark.version == line.version and line.struck_at is None
    if mark.stance is not Stance.WRONG or mark.answered_at is not None or not standing:
        raise Conflict(_("这条异议已经答复、撤回，或者这一行已经改过了。"))
    if (
        db.session.scalar(sa.select(Invitation.sitter_id).where(Invitation.id == mark.invitation_id))
        == actor.id
    ):
        raise Conflict(_("自己提的异议，请别人来答复。"))
    if not answer:
        raise Invalid(_("请写答复，大家都看得到。"), "answer")
    mark.answer, mark.answered_at, mark.answered_by_id = answer, actor.now, actor.id
    record(actor, minutes, MarkAnswered(mark.id))


def _oneself(actor: Actor, minutes: Minutes) -> Invitation:
    found = sa.select(Invitation).where(
        Invitation.meeting_id == minutes.meeting_id,
        Invitation.sitter_id == actor.id,
        Invitation.arrived_at.is_not(None),
    )
    return db.session.scalars(found.order_by(Invitation.member.desc(), Invitation.id)).all()[0]


def standing_line(minutes: Minutes, line_id: int) -> MinutesLine:
    line = db.session.get(MinutesLine, line_id)
    if line is None or line.minutes_id != minutes.id:
        raise NotVisible()
    if line.struck_at is not None:
        raise Conflict(_("这一行已经划去了，请刷新页面看看。"))
    return line


def say(
    actor: Actor,
    minutes: Minutes,
    own: Invitation,
    line: MinutesLine,
    stance: Stance,
    reason: str = "",
    signed_on: date | None = None,
) -> bool:
    """Keep what somebody says of the present wording of a line; whether that is new. With the day of a signature it is
    what another enters for him."""
    mark = db.session.scalar(
        sa.select(MinutesMark).where(
            MinutesMark.line_id == line.id,
            MinutesMark.version == line.version,
            MinutesMark.invitation_id == own.id,
        )
    )
    if mark is None:
        mark = MinutesMark(
            minutes_id=minutes.id, line_id=line.id, version=line.version, invitation_id=own.id, reason=""
        )
    elif mark.stance is stance and mark.reason == reason:
        return False
    mark.stance, mark.reason, mark.at = stance, reason, actor.now
    mark.signed_on, mark.entered_by_id = signed_on, actor.id if signed_on else None
    mark.answer, mark.answered_at, mark.answered_by_id = "", None, None
    store(mark)
    return True
