"""Whoever was there and has no account reads the minutes on paper and signs; what he wrote is entered for him.

It counts like what others say by themselves, and it is kept who entered it and which day stands beside the signature.
"""

from datetime import date

from ...core import clock
from ...core.actions import action
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict, Invalid, NotVisible
from ...core.eventlog import record
from ...core.text import _
from ...meetings.models import Invitation
from ..events import PaperEntered, PaperObjected
from ..models import Minutes
from ..policy import Can
from ..words import Stance
from .confirming import say, say_right, standing_line


@action(Can.ENTER_PAPER)
def enter_signature(actor: Actor, minutes: Minutes, *, invitation_id: int, signed_on: date) -> int:
    """He signed that all lines are right, but for those he objected to; how many lines that says. The same again
    changes nothing. Raises Conflict for whoever speaks for himself, Invalid for a day that cannot be."""
    signer = _signer(minutes, invitation_id)
    _check_day(actor, minutes, signed_on)
    if lines := say_right(actor, minutes, signer, signed_on):
        record(actor, minutes, PaperEntered(signer.id, lines))
    return lines


@action(Can.ENTER_PAPER)
def enter_objection(
    actor: Actor, minutes: Minutes, *, invitation_id: int, line_id: int, reason: str, signed_on: date
) -> None:
    """He wrote on his paper what is wrong with a line. The same again changes nothing. Raises as `enter_signature`."""
    signer = _signer(minutes, invitation_id)
    _check_day(actor, minutes, signed_on)
    if not reason:
        raise Invalid(_("请写哪里不对、应该是什么。"), "reason")
    line = standing_line(minutes, line_id)
    if say(actor, minutes, signer, line, Stance.WRONG, reason, signed_on):
        record(actor, minutes, PaperObjected(line.id, signer.side))


def _signer(minutes: Minutes, invitation_id: int) -> Invitation:
    asked = db.session.get(Invitation, invitation_id)
    if asked is None or asked.meeting_id != minutes.meeting_id:
        raise NotVisible()
    if asked.sits is not None:
        raise Conflict(_("他有账号，请本人登录来核对。"))
    if asked.arrived_at is None:
        raise Conflict(_("他没有到会，纪要请到会的人来核对。"))
    return asked


def _check_day(actor: Actor, minutes: Minutes, signed_on: date) -> None:
    assert minutes.sent_at is not None
    if not clock.local(minutes.sent_at).date() <= signed_on <= actor.today:
        raise Invalid(_("签字的日子要在纪要发出以后，最晚到今天。"), "signed_on")
