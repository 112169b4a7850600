"""What moderators decide. The original always stays; every decision has a reason from the closed list."""

import sqlalchemy as sa

from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Conflict
from ...core.eventlog import record
from ...core.text import _
from .. import rules
from ..events import AppealRuled, CommentHidden, CommentKept, CommentRestored, OriginalRead
from ..lifecycle import COMMENT
from ..models import Appeal, Comment, Hiding, Report
from ..policy import Can
from ..words import Reason
from .reporting import current_hiding, open_reports


@action(Can.KEEP)
def keep_comment(actor: Actor, comment: Comment) -> None:
    """The reports were looked at and the comment stays."""
    reports = open_reports(comment)
    _settle(actor, comment)
    COMMENT.move(actor, comment, CommentKept(reports))


@action(Can.HIDE)
def hide_comment(actor: Actor, comment: Comment, *, reason: Reason, note: str = "") -> Hiding:
    """Hide a comment for a reason of the list; the place it stood at says so."""
    assert actor.id is not None
    hiding = Hiding(
        comment_id=comment.id,
        subject=comment.subject,
        place_path=comment.place_path,
        author_id=comment.author_id,
        by_id=actor.id,
        party=actor.party,
        reason=reason,
        note=note.strip()[: rules.NOTE_MOST],
        at=actor.now,
    )
    store(hiding)
    _settle(actor, comment)
    COMMENT.move(actor, comment, CommentHidden(reason))
    return hiding


@action(Can.RESTORE)
def restore_comment(actor: Actor, comment: Comment) -> None:
    """Show a hidden comment again; an appeal that waits is settled by it."""
    _restore(actor, comment, current_hiding(comment))


@action(Can.READ_ORIGINAL)
def read_original(actor: Actor, comment: Comment) -> str:
    """The words of a comment whatever its state; that somebody read them is on record."""
    record(actor, comment, OriginalRead())
    return comment.body


@action(Can.RULE)
def rule_on_appeal(actor: Actor, hiding: Hiding, *, upheld: bool, answer: str = "") -> None:
    """Answer an author's objection: the hiding stands, or the comment is shown again.

    Raises Conflict if nobody objected or it is answered already.
    """
    objection = db.session.get(Appeal, hiding.id)
    if objection is None or objection.ruled_at is not None or hiding.lifted_at is not None:
        raise Conflict(_("这个申诉已经有了答复。"))
    comment = lock(db.session.get_one(Comment, hiding.comment_id))
    _rule(actor, objection, upheld, answer.strip()[: rules.NOTE_MOST])
    record(actor, comment, AppealRuled(hiding.id, upheld))
    if not upheld:
        _restore(actor, comment, hiding)


def _restore(actor: Actor, comment: Comment, hiding: Hiding) -> None:
    objection = db.session.get(Appeal, hiding.id)
    if objection is not None and objection.ruled_at is None:
        _rule(actor, objection, False, "")
        record(actor, comment, AppealRuled(hiding.id, False))
    hiding.lifted_at, hiding.lifted_by_id = actor.now, actor.id
    COMMENT.move(actor, comment, CommentRestored())


def _rule(actor: Actor, objection: Appeal, upheld: bool, answer: str) -> None:
    objection.ruled_at, objection.ruled_by_id = actor.now, actor.id
    objection.upheld, objection.answer = upheld, answer


def _settle(actor: Actor, comment: Comment) -> None:
    """All open reports of a comment have been looked at."""
    waiting = sa.update(Report).where(Report.comment_id == comment.id, Report.settled_at.is_(None))
    db.session.execute(waiting.values(settled_at=actor.now))
    comment.look_by = None
