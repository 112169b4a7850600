"""Who may put a question, vote, count and look."""

from ..core.access import Permission, Policy
from ..core.atoms import anyone, dated, during, flag, having, in_person, role, signed_in, the_portal
from ..core.entered import Entered
from ..core.hours import before, since
from ..core.text import N_
from ..councils.words import TopicState
from .models import Poll, PollOption, PollVoter
from .words import COUNTED, PollState, Secrecy

S = PollState


class Can(Permission):
    SEE = "poll:see"
    DRAFT = "poll:draft"
    HOLD = "poll:hold"
    """For an occasion that is no topic; the thing is the council."""
    AMEND = "poll:amend"
    PLAN = "poll:plan"
    DROP_PLAN = "poll:drop_plan"
    OPEN = "poll:open"
    CAST = "poll:cast"
    CLOSE = "poll:close"
    CERTIFY = "poll:certify"
    BREAK_TIE = "poll:break_tie"
    ANNUL = "poll:annul"
    SEE_RESULT = "poll:see_result"
    SEE_RECEIPTS = "poll:see_receipts"
    SEE_BALLOTS = "poll:see_ballots"
    SEE_TURNOUT = "poll:see_turnout"
    SEE_VOTER = "poll:see_voter"


on_roll = Entered(
    PollVoter.user_id,
    PollVoter.poll_id,
    known="rolled",
    reason=N_("您不在这次表态的名册上，可以看，不能投。"),
)
secretary = role("secretary", reason=N_("这一步由社区书记来办。"))
stand_in = role("social_worker", reason=N_("这一步由社区书记来办。")) & flag(
    "of_people", N_("这一步由社区书记来办。")
)
not_on_paper = Entered(
    PollOption.user_id,
    PollOption.poll_id,
    known="on_paper",
    reason=N_("票上有您自己的名字，这一步请别的工作人员来办。"),
    there=False,
)
decides = (secretary | stand_in) & not_on_paper
"""Nobody states, breaks the tie of, or declares void a vote on himself."""
staff = role("secretary", "social_worker", reason=N_("谁投了票，只有负责提醒的社区工作人员能看。"))
conducts = role("secretary", "committee_chair", reason=N_("表态由社区书记或业委会主任发起。"))
worker = role("social_worker", reason=conducts.reason)
beside = worker & flag("honours", conducts.reason)
"""Of honours: whoever stands himself leaves it to another one."""
nameless = flag("honours", N_("票上是人的名字，登录以后才能看结果。"), there=False)
"""Visitors read the names of neighbours in full nowhere."""
counted = during(*COUNTED, reason=N_("截止以后才公布结果。"))
shown = during(S.OPEN, S.CLOSED, S.CERTIFIED, S.ANNULLED, reason=N_("这次表态还没开始。"))
drafted = during(S.DRAFT, reason=N_("表态已经开始，不能再改。"))
unplanned = dated("opens_at", N_("什么时候开始已经告诉大家了。要改，先取消定好的开始时间。"), there=False)
planned = dated("opens_at", N_("这次表态还没有定什么时候开始。"))
himself = (
    having(
        "secrecy",
        Secrecy.NAMED,
        reason=N_(
            "无记名的票只能本人投：代录的人会看到选了什么，就不是无记名了。可以到窗口用社区的手机或电脑自己投。"
        ),
    )
    | in_person
)

POLICY = Policy(
    {
        Can.SEE: shown | (drafted & planned) | conducts | beside,
        Can.DRAFT: conducts
        & during(TopicState.DELIBERATING, reason=N_("议题到了协商这一站，才能发起表态。")),
        Can.HOLD: conducts | worker,
        Can.AMEND: conducts & drafted & unplanned,
        Can.PLAN: conducts & drafted & unplanned,
        Can.DROP_PLAN: conducts & drafted & planned,
        Can.OPEN: (conducts | beside | (the_portal & since("opens_at", N_("还没到定好的开始时间。"))))
        & drafted,
        Can.CAST: during(S.OPEN, reason=N_("投票已经结束，或者还没开始。"))
        & before("closes_at", N_("已经过了截止时间，不能再投了。"))
        & himself
        & on_roll,
        Can.CLOSE: (decides | the_portal)
        & during(S.OPEN, reason=N_("这次表态不在投票中。"))
        & since("closes_at", N_("还没到截止时间，不能提前截止。")),
        Can.CERTIFY: decides & during(S.CLOSED, reason=N_("截止以后才能核定，核定只有一次。")),
        Can.BREAK_TIE: decides & during(S.CLOSED, reason=N_("截止以后、核定以前，才能处理票数相同。")),
        Can.ANNUL: decides
        & during(S.DRAFT, S.OPEN, S.CLOSED, reason=N_("结果已经核定，不能再作废；有错可以重新表态。")),
        Can.SEE_RESULT: (nameless | signed_in) & counted,
        Can.SEE_RECEIPTS: anyone & counted,
        Can.SEE_BALLOTS: decides
        & during(S.CLOSED, S.CERTIFIED, reason=N_("截止以后才能核票。"))
        & having("secrecy", Secrecy.NAMED, reason=N_("无记名的票，谁也查不到是谁投的。")),
        Can.SEE_TURNOUT: staff & shown,
        Can.SEE_VOTER: staff,
    },
    sees={Poll: Can.SEE, PollVoter: Can.SEE_VOTER},
)
