"""问与答: what people asked about a subject, and what the first of a party answered, for pages of upper features."""

from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from ..core.columns import Rows
from .models import Comment
from .words import OFFICIAL, CommentState

MOST = 20
_answer = aliased(Comment)


class Question(NamedTuple):
    """What somebody asked. `answer`: None as long as no party has."""

    id: int
    text: str
    at: datetime
    agreements: int
    answer: str | None
    party: str | None
    answered_at: datetime | None


def answered(question: Any) -> sa.ColumnElement[bool]:
    """Whether somebody who speaks in his post has answered."""
    reply = aliased(Comment)
    return sa.exists().where(
        reply.reply_to_id == question.id, reply.party.in_(OFFICIAL), reply.state != CommentState.HIDDEN
    )


def rows(subject: Any) -> Rows:
    """The questions on a subject (an expression), those that were answered first; columns of `Question`.

    One report does not take a party's answer off the ballot: what was answered stands until a moderator hides it.
    """
    first = aliased(Comment)
    official = (
        sa.select(sa.func.min(first.id))
        .where(first.reply_to_id == Comment.id, first.party.in_(OFFICIAL), first.state != CommentState.HIDDEN)
        .correlate(Comment)
        .scalar_subquery()
    )
    return (
        sa.select(
            Comment.id,
            Comment.body,
            Comment.created_at,
            Comment.agreements,
            _answer.body.label("answer"),
            _answer.party.label("by_party"),
            _answer.created_at.label("answered_at"),
        )
        .outerjoin(_answer, _answer.id == official)
        .where(
            Comment.subject == subject,
            Comment.reply_to_id.is_(None),
            Comment.asks.is_(True),
            sa.or_(
                Comment.state == CommentState.SHOWN,
                sa.and_(Comment.state == CommentState.REPORTED, official.is_not(None)),
            ),
        )
        .order_by(_answer.id.is_(None), Comment.agreements.desc(), Comment.id)
        .limit(MOST)
    )
