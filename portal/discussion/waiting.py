"""What waits for moderators: reported comments, and appeals against what somebody else hid."""

import sqlalchemy as sa

from ..core import waiting
from ..core.access import Condition
from ..core.columns import Rows
from ..core.prepared import prepared
from ..core.text import N_
from ..core.waiting import Kind, lines, those
from .models import Appeal, Comment, Hiding
from .policy import Can
from .words import CommentState


@prepared
def reported(mine: Condition) -> Rows:
    """Reported comments that the actor may keep or hide."""
    return lines(
        "reported_comment",
        Comment,
        title=sa.func.substr(Comment.body, 1, 40),
        since=Comment.moved_at,
        due=Comment.look_by,
    ).where(Comment.state == CommentState.REPORTED, mine)


@prepared
def appealed(mine: Condition) -> Rows:
    """Appeals that wait for somebody who is not the moderator who hid the comment."""
    return (
        lines(
            "comment_appeal",
            Hiding,
            title=sa.func.substr(Appeal.note, 1, 40),
            since=Appeal.at,
            due=Appeal.rule_by,
        )
        .join(Appeal, Appeal.hiding_id == Hiding.id)
        .where(Appeal.ruled_at.is_(None), Hiding.lifted_at.is_(None), mine)
    )


waiting.add(
    "reported_comment",
    Kind(N_("发言被举报"), N_("去看看"), "flag", "discussion.moderate", "comment_id", personal=False),
    those(Comment, Can.KEEP, reported),
)
waiting.add(
    "comment_appeal",
    Kind(
        N_("发言申诉"),
        N_("去答复"),
        "scale",
        "discussion.appeal_waiting",
        "comment_hiding_id",
        personal=False,
    ),
    those(Hiding, Can.RULE, appealed),
)
