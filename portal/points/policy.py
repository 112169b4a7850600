"""Who may do what with points."""

from ..core.access import Permission, Policy
from ..core.atoms import anyone, dated, flag, in_person, member, mine, not_mine, role, signed_in, the_portal
from ..core.text import N_
from .models import Account, Appeal, Entry, Fund, Grant, Pool, Programme, Reward, Rule, Sample


class Can(Permission):
    SEE_PROGRAMME = "points_programme:see"
    OPEN = "points_programme:open"
    EARN = "points_programme:earn"
    SEE_ACCOUNT = "points_account:see"
    HOLD = "points_account:hold"
    LAPSE = "points_account:lapse"
    OPEN_ACCOUNT = "points_programme:open_account"
    SEE_ENTRY = "points_entry:see"
    CONFIRM = "points_entry:confirm"
    RELEASE = "points_entry:release"
    REVERSE = "points_entry:reverse"
    SEE_POOL = "points_pool:see"
    OPEN_POOL = "points_programme:open_pool"
    ISSUE = "points_pool:issue"
    SEE_RULE = "points_rule:see"
    SET_RULE = "points_programme:set_rule"
    READ_BOOKS = "points_programme:read_books"
    JOIN_BOARD = "points_programme:join_board"
    LEAVE_BOARD = "points_programme:leave_board"
    DECLARE_KIN = "points_programme:declare_kin"
    ASK_GRANT = "points_programme:ask_grant"
    SEE_GRANT = "points_grant:see"
    DECIDE_GRANT = "points_grant:decide"
    APPEAL = "points_entry:appeal"
    SEE_APPEAL = "points_appeal:see"
    ANSWER_APPEAL = "points_appeal:answer"
    DRAW_SAMPLE = "points_programme:draw_sample"
    SEE_SAMPLE = "points_sample:see"
    CHECK_SAMPLE = "points_sample:check"
    SEE_FUND = "reward_fund:see"
    OPEN_FUND = "reward_fund:open"
    PROPOSE_REWARD = "reward_fund:propose"
    SEE_REWARD = "reward:see"
    DECIDE_REWARD = "reward:decide"
    PAY_REWARD = "reward:pay"


secretary = role("secretary", reason=N_("这一步由社区书记来办。"))
staff = role("secretary", "social_worker", reason=N_("这一步由社区工作人员来办。"))
readers = role("secretary", "social_worker", "auditor", reason=N_("这一页给社区工作人员和监督员看。"))
own = mine("user_id", N_("只有本人可以看。"))
open_still = dated("decided_at", N_("这一笔已经有结论了。"), there=False)

POLICY = Policy(
    {
        Can.SEE_PROGRAMME: anyone,
        Can.OPEN: secretary,
        Can.EARN: the_portal,
        Can.OPEN_ACCOUNT: staff | the_portal,
        Can.SEE_ACCOUNT: own | readers | the_portal,
        Can.HOLD: (mine("user_id", N_("只能用自己的积分。")) & member) | the_portal,
        Can.LAPSE: the_portal,
        Can.SEE_ENTRY: own | readers | the_portal,
        Can.CONFIRM: the_portal,
        Can.RELEASE: own | the_portal,
        Can.REVERSE: (staff & in_person & not_mine("user_id", N_("自己的积分请另一位工作人员来更正。")))
        | the_portal,
        Can.SEE_POOL: readers,
        Can.OPEN_POOL: secretary & in_person,
        Can.ISSUE: secretary & in_person,
        Can.SEE_RULE: anyone,
        Can.SET_RULE: secretary & in_person,
        Can.READ_BOOKS: readers,
        Can.JOIN_BOARD: member & in_person,
        Can.LEAVE_BOARD: signed_in & in_person,
        Can.DECLARE_KIN: staff,
        Can.ASK_GRANT: staff & in_person,
        Can.SEE_GRANT: readers,
        Can.DECIDE_GRANT: staff
        & in_person
        & not_mine("asked_by_id", N_("这是您申请的，请另一位工作人员来核实。"))
        & open_still,
        Can.APPEAL: mine("user_id", N_("只能对自己的积分提异议。")),
        Can.SEE_APPEAL: own | readers,
        Can.ANSWER_APPEAL: staff
        & in_person
        & not_mine("user_id", N_("自己的异议请另一位工作人员来答复。"))
        & dated("answered_at", N_("这条异议已经答复过了。"), there=False),
        Can.DRAW_SAMPLE: readers | the_portal,
        Can.SEE_SAMPLE: readers,
        Can.CHECK_SAMPLE: readers & in_person & dated("checked_at", N_("这一笔已经复核过了。"), there=False),
        Can.SEE_FUND: anyone,
        Can.OPEN_FUND: secretary & in_person,
        Can.PROPOSE_REWARD: staff & in_person,
        Can.SEE_REWARD: own | readers,
        Can.DECIDE_REWARD: staff
        & in_person
        & not_mine("proposed_by_id", N_("这是您提出的，请另一位工作人员来批。"))
        & open_still,
        Can.PAY_REWARD: staff
        & in_person
        & flag("approved", N_("只有批了还没有发的可以登记。"))
        & dated("paid_on", N_("只有批了还没有发的可以登记。"), there=False),
    },
    sees={
        Programme: Can.SEE_PROGRAMME,
        Account: Can.SEE_ACCOUNT,
        Entry: Can.SEE_ENTRY,
        Pool: Can.SEE_POOL,
        Rule: Can.SEE_RULE,
        Grant: Can.SEE_GRANT,
        Appeal: Can.SEE_APPEAL,
        Sample: Can.SEE_SAMPLE,
        Fund: Can.SEE_FUND,
        Reward: Can.SEE_REWARD,
    },
)
