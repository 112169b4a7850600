"""Reporting a comment, and objecting when one's own was hidden."""

import sqlalchemy as sa

from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict
from ...core.eventlog import record
from ...core.text import _
from .. import rules
from ..events import CommentAppealed, CommentReferred, CommentReported
from ..lifecycle import COMMENT
from ..models import Appeal, Comment, Hiding, Report
from ..policy import Can
from ..words import CommentState, Reason


@action(Can.REPORT)
def report_comment(actor: Actor, comment: Comment, *, reason: Reason, note: str = "") -> None:
    """Say that a comment breaks a rule; once a person. Enough open reports bring it to the moderators."""
    assert actor.id is not None
    if db.session.get(Report, (comment.id, actor.id)):
        return
    note = note.strip()[: rules.NOTE_MOST]
    store(Report(comment_id=comment.id, reporter_id=actor.id, reason=reason, note=note, at=actor.now))
    record(actor, comment, CommentReported(reason))
    waiting = open_reports(comment)
    if comment.state is CommentState.SHOWN and rules.needs_moderator(waiting, reason):
        comment.look_by = actor.now + rules.LOOK_WITHIN
        COMMENT.move(actor, comment, CommentReferred(waiting))


@action(Can.APPEAL)
def appeal(actor: Actor, comment: Comment, *, note: str) -> Appeal:
    """Object to the hiding of one's own comment. Raises Conflict for a second time."""
    hiding = current_hiding(comment)
    if db.session.get(Appeal, hiding.id):
        raise Conflict(_("这次隐藏您已经申诉过，每次只能申诉一回。"))
    until = actor.now + rules.RULE_WITHIN
    objection = Appeal(hiding_id=hiding.id, note=note.strip()[: rules.NOTE_MOST], at=actor.now, rule_by=until)
    store(objection)
    record(actor, comment, CommentAppealed(hiding.id))
    return objection


def open_reports(comment: Comment) -> int:
    """Reports that no moderator has looked at yet."""
    found = sa.select(sa.func.count()).select_from(Report)
    return db.session.scalar(found.where(Report.comment_id == comment.id, Report.settled_at.is_(None))) or 0


def current_hiding(comment: Comment) -> Hiding:
    """The decision by which a hidden comment is hidden now."""
    hiding = hiding_of(comment)
    assert hiding is not None
    return hiding


def hiding_of(comment: Comment) -> Hiding | None:
    """The decision by which a comment is hidden now; None if it is not."""
    found = sa.select(Hiding).where(Hiding.comment_id == comment.id, Hiding.lifted_at.is_(None))
    return db.session.scalar(found.order_by(Hiding.id.desc()).limit(1))
