"""What becomes of an opinion. The owner of the subject decides who may answer and calls this in its own action."""

import sqlalchemy as sa

from ...core.actions import store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.text import _
from .. import rules
from ..models import Comment, UptakeAnswer
from ..words import CommentState, Uptake


def answer_opinion(actor: Actor, comment: Comment, *, draft: int, uptake: Uptake, reason: str) -> None:
    """Say beside an opinion what draft `draft` made of it. The comment is held by the caller's transaction.

    Raises Invalid without a reason where one is needed, Conflict for a hidden opinion or an answer to an answer.
    """
    if wrong := rules.reason_missing(uptake, reason):
        raise Invalid(_(wrong))
    if len(reason) > rules.NOTE_MOST:
        raise Invalid(_("理由最多 %(most)d 个字。", most=rules.NOTE_MOST))
    if comment.state is CommentState.HIDDEN or comment.reply_to_id is not None:
        raise Conflict(_("这条发言已经隐藏，或者是对别人的回复，不能在这里答复。"))
    assert actor.id is not None
    store(
        UptakeAnswer(
            comment_id=comment.id,
            draft=draft,
            uptake=uptake,
            reason=reason,
            by_id=actor.id,
            party=actor.party,
            at=actor.now,
        )
    )
    comment.uptake, comment.draft = uptake, draft


def latest_answer(comment: Comment) -> tuple[int, Uptake, str] | None:
    """(draft, uptake, reason) that stand beside an opinion now."""
    found = sa.select(UptakeAnswer.draft, UptakeAnswer.uptake, UptakeAnswer.reason)
    rows = found.where(UptakeAnswer.comment_id == comment.id).order_by(UptakeAnswer.id.desc()).limit(1)
    row = db.session.execute(rows).first()
    return (row.draft, row.uptake, row.reason) if row else None
