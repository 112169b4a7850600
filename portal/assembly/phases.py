"""What owners' votes say of the way of their topic: the roll hung out, the owners decided."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from ..core.columns import Rows
from ..core.text import _
from ..councils.courses import Phase
from ..councils.phases import Demand, Feed, Trace, demand, feed
from .leaves.ballots import vote_mark
from .models.votes import Matter, OwnersVote, Posting
from .stages import PREPARED
from .wishes import course_of
from .words import PostingKind, VoteState

NOT_SHOWN = (*PREPARED, VoteState.VOID)
ROLL_HANGS = (*NOT_SHOWN, VoteState.ROLL_POSTED)
UNANNOUNCED = (*ROLL_HANGS, VoteState.FROZEN)
DECIDED = (VoteState.FINAL, VoteState.ARCHIVED)


def _rows(done: Any, at: Any, shut_out: tuple[VoteState, ...]) -> Callable[[Any], Rows]:
    def rows(topic: Any) -> Rows:
        return (
            sa.select(
                done,
                OwnersVote.id,
                OwnersVote.state,
                at,
                OwnersVote.number,
                OwnersVote.roll_version,
                OwnersVote.heads,
            )
            .where(OwnersVote.topic_id == topic.id, OwnersVote.state.not_in(shut_out))
            .order_by(done.desc(), OwnersVote.id.desc())
            .limit(3)
        )

    return rows


_HUNG = (
    sa.select(sa.func.max(Posting.at))
    .where(Posting.vote_id == OwnersVote.id, Posting.kind == PostingKind.ROLL)
    .correlate(OwnersVote)
    .scalar_subquery()
)


def _roll(trace: Trace) -> tuple[str, str]:
    words = _("第 %(n)s 版名册，%(heads)s 位业主", n=trace.n, heads=trace.of)
    if not trace.done:
        words = _("第 %(n)s 版名册正在公示", n=trace.n)
    return words, f"/owners-votes/{trace.id}/roll"


def _vote(trace: Trace) -> tuple[str, str]:
    mark = vote_mark(trace.state)
    return _("表决 %(number)s：%(state)s", number=trace.words, state=mark[0]), f"/owners-votes/{trace.id}"


_settled, _posted = OwnersVote.state.not_in(ROLL_HANGS), sa.func.coalesce(_HUNG, OwnersVote.created_at)
feed(Feed(Phase.ROLL, _rows(_settled, _posted, NOT_SHOWN), _roll))
feed(Feed(Phase.VOTE, _rows(OwnersVote.state.in_(DECIDED), OwnersVote.moved_at, UNANNOUNCED), _vote))


def _matters(topic: Any) -> Rows:
    """What is on the papers that everybody may see."""
    return (
        sa.select(Matter.wish, Matter.item)
        .join(OwnersVote, OwnersVote.id == Matter.vote_id)
        .where(OwnersVote.topic_id == topic.id, OwnersVote.state.not_in(NOT_SHOWN))
    )


demand("matters", Demand(_matters, course_of))
