"""Who may do what with comments. Seeing, speaking and moderating are the subject's own permissions."""

from ..core.access import Permission, Policy
from ..core.atoms import anyone, during, member, mine, not_mine
from ..core.hours import before
from ..core.text import N_
from .forums import OfSubject
from .models import Comment, Hiding
from .words import CommentState

S = CommentState


class Can(Permission):
    READ = "discussion:read"
    """The comments on a subject; the thing is the subject."""
    SPEAK = "discussion:speak"
    """The thing is the subject."""
    SEE = "comment:see"
    EDIT = "comment:edit"
    AGREE = "comment:agree"
    REPORT = "comment:report"
    KEEP = "comment:keep"
    HIDE = "comment:hide"
    RESTORE = "comment:restore"
    MODERATE = "comment:moderate"
    READ_ORIGINAL = "comment:read_original"
    APPEAL = "comment:appeal"
    SEE_LOG = "moderation:see"
    RULE = "comment_hiding:rule"


author = mine("author_id", N_("只有写的人自己可以这样做。"))
not_author = not_mine("author_id", N_("这是您自己的发言。"))
judge = not_mine("author_id", N_("您自己的发言，请另一位工作人员来看。"))
moderator = OfSubject("moderate")
visible = during(S.SHOWN, S.REPORTED, reason=N_("这条发言已经隐藏。"))
hidden = during(S.HIDDEN, reason=N_("这条发言没有隐藏。"))

POLICY = Policy(
    {
        Can.READ: OfSubject("see"),
        Can.SPEAK: OfSubject("speak"),
        Can.SEE: OfSubject("see"),
        Can.EDIT: author
        & during(S.SHOWN, reason=N_("有人举报以后，文字就不能再改了。"))
        & before("editable_until", N_("发出 15 分钟以后就不能再改了，可以再写一条补充。"))
        & OfSubject("speak"),
        Can.AGREE: not_author & visible & OfSubject("speak"),
        Can.REPORT: member & not_author & visible & OfSubject("see"),
        Can.KEEP: judge & during(S.REPORTED, reason=N_("没有等着看的举报。")) & moderator,
        Can.HIDE: judge & visible & moderator,
        Can.RESTORE: judge & hidden & moderator,
        Can.MODERATE: moderator,
        Can.READ_ORIGINAL: moderator,
        Can.APPEAL: author & hidden & OfSubject("see"),
        Can.SEE_LOG: anyone,
        Can.RULE: judge & not_mine("by_id", N_("是您隐藏的，请另一位工作人员来答复。")) & OfSubject("review"),
    },
    sees={Comment: Can.SEE, Hiding: Can.SEE_LOG},
)
