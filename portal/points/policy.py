"""Who may do what with points."""

from ..core.access import Permission, Policy
from ..core.atoms import anyone, in_person, member, mine, not_mine, role, the_portal
from ..core.text import N_
from .models import Account, Entry, Pool, Programme, Rule


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


secretary = role("secretary", reason=N_("这一步由社区书记来办。"))
staff = role("secretary", "social_worker", reason=N_("这一步由社区工作人员来办。"))
readers = role("secretary", "social_worker", "auditor", reason=N_("这一页给社区工作人员和监督员看。"))
own = mine("user_id", N_("只有本人可以看。"))

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
    },
    sees={
        Programme: Can.SEE_PROGRAMME,
        Account: Can.SEE_ACCOUNT,
        Entry: Can.SEE_ENTRY,
        Pool: Can.SEE_POOL,
        Rule: Can.SEE_RULE,
    },
)
