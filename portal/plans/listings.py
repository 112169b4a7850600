"""The opinions on a topic, and what became of each."""

from dataclasses import replace

import sqlalchemy as sa

from ..accounts.models import User
from ..accounts.naming import shown
from ..core.leaves_marks import party_names
from ..core.listing import Column, Filter, Listing, Sort
from ..core.text import N_, _, choices
from ..councils.models import Topic
from ..discussion.models import Comment, UptakeAnswer
from ..discussion.words import UPTAKE_WORD, CommentState, Uptake
from .queries import unanswered

WAITING = "waiting"


def _became(value: str) -> sa.ColumnElement[bool]:
    return sa.and_(*unanswered) if value == WAITING else Comment.uptake == Uptake(value)


_why = (
    sa.select(UptakeAnswer.reason)
    .where(UptakeAnswer.comment_id == Comment.id)
    .order_by(UptakeAnswer.id.desc())
    .limit(1)
    .correlate(Comment)
    .scalar_subquery()
)
_OPINIONS = Listing(
    model=Comment,
    select=sa.select(
        Comment.id,
        Comment.body,
        Comment.party,
        Comment.home,
        Comment.agreements,
        Comment.created_at,
        Comment.uptake,
        Comment.draft,
        _why.label("reason"),
        shown(User).label("author_name"),
    )
    .join(User, User.id == Comment.author_id)
    .where(Comment.reply_to_id.is_(None), Comment.state != CommentState.HIDDEN),
    search=(Comment.body,),
    sorts=(
        Sort("agreed", N_("赞同最多"), Comment.agreements),
        Sort("new", N_("最新"), Comment.created_at),
    ),
    filters=(
        Filter(
            "uptake",
            N_("采纳了没有"),
            lambda _actor: [(WAITING, _("还没答复")), *choices(UPTAKE_WORD)],
            _became,
        ),
    ),
    columns=(
        Column(N_("谁说的"), lambda c: party_names(_)[c.party]),
        Column(N_("意见"), lambda c: c.body),
        Column(N_("赞同"), lambda c: c.agreements),
        Column(N_("发表时间"), lambda c: c.created_at),
        Column(N_("采纳情况"), lambda c: _(UPTAKE_WORD[Uptake(c.uptake)]) if c.uptake else _("还没答复")),
        Column(N_("第几稿"), lambda c: c.draft),
        Column(N_("理由"), lambda c: c.reason),
    ),
)


def opinions_on(topic: Topic) -> Listing:
    """The opinions on one topic."""
    return replace(_OPINIONS, select=_OPINIONS.select.where(Comment.subject == f"topic:{topic.id}"))
