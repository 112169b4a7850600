"""Who may record, post and take back decisions, and who may object."""

from ..core.access import Permission, Policy
from ..core.atoms import anyone, dated, during, member, not_mine, role, same, the_portal
from ..core.hours import before
from ..core.text import N_
from ..councils.policy import Can as Council
from .models import Decision, Objection
from .words import DecisionState

S = DecisionState


class Can(Permission):
    SEE = "decision:see"
    RECORD = "decision:record"
    AMEND = "decision:amend"
    POST = "decision:post"
    OBJECT = "decision:object"
    TAKE_EFFECT = "decision:take_effect"
    REVOKE = "decision:revoke"
    SEE_OBJECTION = "objection:see"
    ANSWER = "objection:answer"


secretary = role("secretary", reason=N_("撤销决定由社区书记来办。"))
recorder = role("secretary", "social_worker", "committee_chair", reason=N_("这一步由社区或业委会主任来办。"))
drafted = during(S.DRAFT, reason=N_("决定已经贴出来，文字不能再改；有错请撤销以后重新公示。"))

POLICY = Policy(
    {
        Can.SEE: during(S.POSTED, S.EFFECTIVE, S.REVOKED, reason=N_("这个决定还没有公示。")) | recorder,
        Can.RECORD: same(Council.ADVANCE),
        Can.AMEND: recorder & drafted,
        Can.POST: recorder & drafted,
        Can.OBJECT: member
        & during(S.POSTED, reason=N_("公示期间才能提异议。"))
        & before("posted_until", N_("公示期已经过了，不能再提异议。")),
        Can.TAKE_EFFECT: (recorder | the_portal) & during(S.POSTED, reason=N_("这个决定不在公示中。")),
        Can.REVOKE: secretary & during(S.DRAFT, S.POSTED, S.EFFECTIVE, reason=N_("这个决定已经撤销了。")),
        Can.SEE_OBJECTION: anyone,
        Can.ANSWER: role(
            "secretary", "social_worker", "committee_chair", reason=N_("异议由社区或业委会主任来答复。")
        )
        & not_mine("author_id", N_("自己提的异议，请别人来答复。"))
        & dated("answered_at", N_("这条异议已经有人答复了。"), there=False),
    },
    sees={Decision: Can.SEE, Objection: Can.SEE_OBJECTION},
)
