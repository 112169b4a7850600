"""Who announces, nominates, reviews, objects and answers. Nobody decides about himself or about whom he nominated."""

from ..core.access import Permission, Policy
from ..core.atoms import anyone, dated, during, flag, in_person, member, mine, not_mine, role, the_portal
from ..core.entered import Entered
from ..core.hours import before, since
from ..core.text import N_
from .models import Award, AwardCertificate, AwardObjection, Nomination, Nominee
from .words import BEFORE_VOTE, STANDING, AwardState, NomineeState

S, N = AwardState, NomineeState


class Can(Permission):
    SEE = "award:see"
    ANNOUNCE = "award:announce"
    EXTEND = "award:extend"
    CLOSE_NOMINATIONS = "award:close_nominations"
    NOMINATE = "award:nominate"
    NOMINATE_FOR = "award:nominate_for"
    MANAGE = "award:manage"
    DROP_CATEGORY = "award:drop_category"
    OPEN_VOTE = "award:open_vote"
    VOTE_AGAIN = "award:vote_again"
    COUNT = "award:count"
    POST = "award:post"
    OBJECT = "award:object"
    FINISH = "award:finish"
    CANCEL = "award:cancel"
    SEE_NOMINEE = "nominee:see"
    CONSENT = "nominee:consent"
    DECLINE = "nominee:decline"
    BE_NAMED = "nominee:be_named"
    RECORD_CONSENT = "nominee:record_consent"
    RENOUNCE = "nominee:renounce"
    RECORD_RENOUNCING = "nominee:record_renouncing"
    REVIEW = "nominee:review"
    MERGE = "nominee:merge"
    SEE_OBJECTION = "award_objection:see"
    ANSWER = "award_objection:answer"
    PRINT = "award_certificate:print"
    REVOKE = "award_certificate:revoke"


staff = role("secretary", "social_worker", reason=N_("评选由社区工作人员来办。"))
secretary = role("secretary", reason=N_("这一步由社区书记来办。"))
reviewer_himself = N_("您自己是候选，这件事请别的工作人员来办。")
not_himself = not_mine("user_id", reviewer_himself)
not_his_own = Entered(
    Nomination.by_id,
    Nomination.nominee_id,
    known="nominated",
    reason=N_("您自己提名的候选，请别的工作人员来审核。"),
    there=False,
)
nominated_it = Entered(
    Nomination.by_id, Nomination.nominee_id, known="nominated", reason=N_("这个候选还没有入围。")
)
not_put_forward = Entered(
    Nominee.user_id, Nominee.award_id, known="put_forward", reason=reviewer_himself, there=False
)
no_nominee = Entered(
    Nominee.user_id,
    Nominee.award_id,
    known="stands",
    reason=reviewer_himself,
    where=lambda nominee: nominee.state.in_(STANDING),
    there=False,
)
no_rival = Entered(
    Nominee.user_id,
    Nominee.award_id,
    by="award_id",
    known="stands",
    reason=reviewer_himself,
    where=lambda nominee: nominee.state.in_(STANDING),
    there=False,
)
"""Of a nominee: whoever stands in the same award decides about nobody in it."""
has_account = N_("他有账号，由本人在“我的”里答应或者谢绝。")
not_about_him = Entered(
    Nominee.user_id, Nominee.id, by="nominee_id", known="subject", reason=reviewer_himself, there=False
)
nominating = during(S.NOMINATING, reason=N_("提名已经截止。"))
before_hour = before("nominate_until", N_("已经过了提名的截止时间。"))
before_vote = during(*BEFORE_VOTE, reason=N_("投票已经开始，候选不能再变。"))
won = flag("honoured", N_("获奖的才谈得上放弃。"))
proposed = during(N.PROPOSED, reason=N_("这个候选已经审核过了。"))

POLICY = Policy(
    {
        Can.SEE: anyone,
        Can.ANNOUNCE: staff,
        Can.EXTEND: staff & before_vote & no_nominee,
        Can.CLOSE_NOMINATIONS: (staff | the_portal)
        & nominating
        & since("nominate_until", N_("还没到提名的截止时间。")),
        Can.NOMINATE: member & nominating & before_hour,
        Can.NOMINATE_FOR: staff & nominating & before_hour & no_nominee,
        Can.MANAGE: staff,
        Can.DROP_CATEGORY: staff
        & during(S.NOMINATING, S.REVIEWING, S.VOTING, reason=N_("票数已经出来，奖项不能再取消。"))
        & no_nominee,
        Can.OPEN_VOTE: staff
        & during(S.REVIEWING, reason=N_("提名截止、审核完了，才能开始投票。"))
        & no_nominee,
        Can.VOTE_AGAIN: staff & during(S.VOTING, reason=N_("投票期间才能重新投。")) & no_nominee,
        Can.COUNT: the_portal & during(S.VOTING, reason=N_("这次评选不在投票中。")),
        Can.POST: staff & during(S.COUNTED, reason=N_("票数核定以后才能公示。")) & not_put_forward,
        Can.OBJECT: member
        & during(S.POSTED, reason=N_("公示期间才能提异议。"))
        & before("posted_until", N_("公示期已经过了，不能再提异议。")),
        Can.FINISH: staff
        & during(S.POSTED, reason=N_("公示以后才能确认结果。"))
        & since("posted_until", N_("公示期还没满，不能提前确认。"))
        & not_put_forward,
        Can.CANCEL: secretary
        & during(S.NOMINATING, S.REVIEWING, S.VOTING, reason=N_("票数已经出来，评选不能再取消。"))
        & no_nominee,
        Can.SEE_NOMINEE: during(N.ADMITTED, reason=N_("这个候选还没有入围。"))
        | staff
        | mine("user_id", N_("这个候选还没有入围。"))
        | nominated_it,
        Can.CONSENT: mine("user_id", N_("同不同意，由本人来说。")) & in_person & proposed,
        Can.DECLINE: mine("user_id", N_("同不同意，由本人来说。"))
        & during(N.PROPOSED, N.ADMITTED, reason=N_("这个候选已经不在名单里了。")),
        Can.BE_NAMED: (
            mine("user_id", N_("名字怎么公开，由本人来定。"))
            | (staff & dated("user_id", N_("名字怎么公开，由本人来定。"), there=False))
        )
        & during(N.PROPOSED, N.ADMITTED, reason=N_("这个候选已经不在名单里了。")),
        Can.RECORD_CONSENT: staff & dated("user_id", has_account, there=False) & proposed & no_rival,
        Can.RENOUNCE: mine("user_id", N_("放不放弃，由本人来说。")) & in_person & won,
        Can.RECORD_RENOUNCING: staff & won & dated("user_id", N_("他有账号，由本人来放弃。"), there=False),
        Can.REVIEW: staff & proposed & not_himself & not_his_own & no_rival,
        Can.MERGE: staff & proposed & not_himself & not_his_own & no_rival,
        Can.SEE_OBJECTION: staff
        | mine("author_id", N_("异议答复以后，大家才看得到。"))
        | (anyone & dated("answered_at", N_("异议答复以后，大家才看得到。"))),
        Can.ANSWER: staff
        & dated("answered_at", N_("这条异议已经有人答复了。"), there=False)
        & not_mine("author_id", N_("自己提的异议，请别人来答复。"))
        & not_about_him,
        Can.PRINT: staff | mine("user_id", N_("证书由本人或社区工作人员来打印。")),
        Can.REVOKE: secretary
        & dated("revoked_at", N_("这张证书已经撤销了。"), there=False)
        & not_mine("user_id", reviewer_himself),
    },
    sees={
        Award: Can.SEE,
        Nominee: Can.SEE_NOMINEE,
        AwardObjection: Can.SEE_OBJECTION,
        AwardCertificate: Can.PRINT,
    },
)
