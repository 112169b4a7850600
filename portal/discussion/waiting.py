"""What waits for moderators: reported comments, and appeals against what somebody else hid."""

import sqlalchemy as sa

from ..core import waiting
from ..core.access import Condition
from ..core.columns import Rows
from ..core.prepared import prepared
from ..core.text import N_
from ..core.waiting import Kind, those
from .models import Appeal, Comment, Hiding
from .policy import Can
from .words import CommentState


@prepared
def reported(mine: Condition) -> Rows:
    """Reported comments that the actor may keep or hide."""
    return sa.select(
        sa.literal("reported_comment").label("kind"),
        Comment.id.label("subject_id"),
        sa.func.substr(Comment.body, 1, 40).label("title"),
        sa.literal("community").label("party"),
        Comment.moved_at.label("since"),
        Comment.look_by.label("due"),
        Comment.place_path,
    ).where(Comment.state == CommentState.REPORTED, mine)


@prepared
def appealed(mine: Condition) -> Rows:
    """Appeals that wait for somebody who is not the moderator who hid the comment."""
    return (
        sa.select(
            sa.literal("comment_appeal").label("kind"),
            Hiding.id.label("subject_id"),
            sa.func.substr(Appeal.note, 1, 40).label("title"),
            sa.literal("community").label("party"),
            Appeal.at.label("since"),
            Appeal.rule_by.label("due"),
            Hiding.place_path,
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
