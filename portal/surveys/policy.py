"""Who asks, who answers, who reads what came in."""

from ..core.access import Permission, Policy
from ..core.atoms import anyone, dated, during, having, role, the_portal
from ..core.dwelling import dwells
from ..core.entered import Entered
from ..core.hours import before, since
from ..core.text import N_
from .models import Questionnaire, SurveyVisitor
from .words import Per, SurveyState

S = SurveyState


class Can(Permission):
    SEE = "questionnaire:see"
    DRAFT = "questionnaire:draft"
    AMEND = "questionnaire:amend"
    OPEN = "questionnaire:open"
    ANSWER = "questionnaire:answer"
    CLOSE = "questionnaire:close"
    CUT_SHORT = "questionnaire:cut_short"
    WITHDRAW = "questionnaire:withdraw"
    PUBLISH = "questionnaire:publish"
    SEE_RESULT = "questionnaire:see_result"
    READ_TEXTS = "questionnaire:read_texts"
    ACT_ON = "questionnaire:act_on"
    VISIT = "questionnaire:visit"
    NAME_VISITORS = "questionnaire:name_visitors"


asks = role(
    "secretary",
    "social_worker",
    "committee_chair",
    "committee_member",
    reason=N_("问卷由社区工作人员或业委会来发。"),
)
shown = dated("opened_at", N_("这份问卷还没开始。"))
"""From its opening on for good; a draft that is put away was never shown."""
drafted = during(S.DRAFT, reason=N_("问卷已经开始，不能再改。"))
open_ = during(S.OPEN, reason=N_("这份问卷不在征询中。"))

at_homes = having("per", Per.HOUSEHOLD, reason=N_("一人一份的问卷由本人来答，不上门收。"))
named = Entered(
    SurveyVisitor.user_id,
    SurveyVisitor.questionnaire_id,
    known="visits",
    reason=N_("上门问的是社区工作人员、网格员、业委会和请来的志愿者。"),
)
grid_worker = role("grid_worker", reason=named.reason)

POLICY = Policy(
    {
        Can.SEE: shown | asks,
        Can.DRAFT: asks,
        Can.AMEND: asks & drafted,
        Can.OPEN: asks & drafted,
        Can.ANSWER: during(S.OPEN, reason=N_("问卷已经截止，或者还没开始。"))
        & before("closes_at", N_("已经过了截止时间，不能再答了。"))
        & dwells(N_("这份问卷问的是住在、在那里有房子或者在那里工作的人。您可以看，不能答。")),
        Can.CLOSE: (asks | the_portal) & open_ & since("closes_at", N_("还没到截止时间。")),
        Can.CUT_SHORT: asks & open_ & before("closes_at", N_("已经到了截止时间，不算提前截止。")),
        Can.WITHDRAW: asks & during(S.DRAFT, S.OPEN, S.CLOSED, reason=N_("结果已经公布，不能再撤回。")),
        Can.PUBLISH: asks & during(S.CLOSED, reason=N_("截止以后才能公布，公布只有一次。")),
        Can.SEE_RESULT: (anyone & during(S.PUBLISHED, reason=N_("结果公布以后才看得到。")))
        | (asks & during(S.CLOSED, reason=N_("截止以后才数答卷，谁也不能提前看。"))),
        Can.VISIT: at_homes
        & open_
        & before("closes_at", N_("已经过了截止时间，不能再录了。"))
        & (asks | grid_worker | named),
        Can.NAME_VISITORS: asks & at_homes & during(S.DRAFT, S.OPEN, reason=N_("问卷已经截止，不用再上门。")),
        Can.READ_TEXTS: asks & during(S.CLOSED, S.PUBLISHED, reason=N_("截止以后才看得到写的话。")),
        Can.ACT_ON: asks & during(S.PUBLISHED, reason=N_("结果公布以后，再说据此办了什么。")),
    },
    sees={Questionnaire: Can.SEE},
)
