"""What happens in a discussion. One by one these are for the audit, not for a subject's public timeline: there are
too many, and what moderators do is public in the moderation log."""

from ..core.eventlog import Event, Visibility, event
from ..core.text import N_
from .words import Reason

STAFF = Visibility.STAFF


@event("comment.made", N_("{who}发了言"), icon="message-square", visibility=STAFF)
class CommentMade(Event):
    reply_to: int | None = None
    """The comment it answers."""


@event("comment.edited", N_("{who}改了自己的发言，第 {version} 版"), icon="pencil", visibility=STAFF)
class CommentEdited(Event):
    version: int


@event("comment.agreed", N_("{who}赞同了一条发言"), icon="thumbs-up", visibility=STAFF)
class CommentAgreed(Event):
    agreements: int


@event("comment.agreement_withdrawn", N_("{who}收回了赞同"), icon="undo-2", visibility=STAFF)
class AgreementWithdrawn(Event):
    agreements: int


@event("comment.reported", N_("{who}举报了一条发言"), icon="flag", visibility=STAFF)
class CommentReported(Event):
    reason: Reason


@event("comment.referred", N_("一条被举报的发言等社区来看"), icon="flag", visibility=STAFF)
class CommentReferred(Event):
    reports: int


@event("comment.kept", N_("{who}看过举报，发言保留"), icon="circle-check", visibility=STAFF)
class CommentKept(Event):
    reports: int


@event("comment.hidden", N_("{who}隐藏了一条发言"), icon="eye-off", visibility=STAFF)
class CommentHidden(Event):
    reason: Reason


@event("comment.restored", N_("{who}恢复了一条发言"), icon="eye", visibility=STAFF)
class CommentRestored(Event):
    pass


@event("comment.original_read", N_("{who}看了被隐藏发言的原文"), icon="eye", visibility=STAFF)
class OriginalRead(Event):
    pass


@event("comment.appealed", N_("{who}对隐藏提出了申诉"), icon="scale", visibility=STAFF)
class CommentAppealed(Event):
    hiding: int


@event("comment.appeal_ruled", N_("{who}答复了申诉"), icon="scale", visibility=STAFF)
class AppealRuled(Event):
    hiding: int
    upheld: bool
    """Whether the hiding stands."""
