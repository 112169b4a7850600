"""How a comment is reported, hidden and restored. Hiding never removes anything."""

from ..core.lifecycle import Lifecycle, Move
from . import events as e
from .models import Comment
from .policy import Can
from .words import CommentState

S = CommentState

COMMENT = Lifecycle(
    Comment,
    CommentState,
    Move(e.CommentReferred, Can.REPORT, (S.SHOWN,), S.REPORTED),
    Move(e.CommentKept, Can.KEEP, (S.REPORTED,), S.SHOWN),
    Move(e.CommentHidden, Can.HIDE, (S.SHOWN, S.REPORTED), S.HIDDEN),
    Move(e.CommentRestored, Can.RESTORE, (S.HIDDEN,), S.SHOWN),
)
