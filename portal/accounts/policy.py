"""Who may do what with accounts, posts and codes."""

from ..core.access import Permission, Policy
from ..core.atoms import anyone, flag, in_person, mine, not_mine, role, signed_in, the_portal
from ..core.text import N_
from .models import Acting, Grant, Membership, Relative, Role, User


class Can(Permission):
    LIST = "user:list"
    SEE = "user:see"
    REGISTER = "user:register"
    CORRECT = "user:correct"
    ENTER = "user:sign_in"
    COUNT_FAILURE = "user:count_failure"
    UNLOCK = "user:unlock"
    ADJUST = "user:adjust"
    SET_PASSWORD = "user:set_password"
    SIGN_OUT_EVERYWHERE = "user:sign_out_everywhere"
    EXPORT = "user:export"
    ISSUE_RESET = "user:issue_reset_code"
    ACT_FOR = "user:act_for"
    SEE_ACTING = "acting:see"
    END_ACTING = "acting:end"
    NAME_RELATIVE = "user:name_relative"
    SEE_RELATIVE = "relative:see"
    AGREE = "relative:agree"
    END_RELATIVE = "relative:end"
    ACT_AS_RELATIVE = "relative:act"
    SEE_MEMBERSHIP = "membership:see"
    END_MEMBERSHIP = "membership:end"
    CONFIRM_OWNER = "membership:confirm"
    ISSUE = "code:issue"
    CLAIM = "code:claim"
    JOIN = "code:join"
    RESET = "code:reset"
    SEE_GRANT = "grant:see"
    GIVE = "grant:give"
    GIVE_ADMINISTRATOR = "grant:give_administrator"
    END_GRANT = "grant:end"


_DESK = N_("这一步由社区工作人员来办。")
_OWN = N_("只有本人可以办。")
_TWO = N_("只有本人和这位家人可以办。")
_HIGHER = N_("有职务的人的账号由系统管理员来办。")
administrator = role(Role.ADMINISTRATOR, reason=N_("这一步由系统管理员来办。"))
staff = role(Role.SECRETARY, Role.SOCIAL_WORKER, Role.GRID_WORKER, Role.ADMINISTRATOR, reason=_DESK)
office = role(Role.SECRETARY, Role.SOCIAL_WORKER, Role.ADMINISTRATOR, reason=_DESK)
"""Staff without grid workers: what could open another person's account needs the office."""
desk = role(Role.SECRETARY, Role.SOCIAL_WORKER, Role.GRID_WORKER, reason=_DESK)
keepers = role(Role.SECRETARY, Role.ADMINISTRATOR, reason=N_("职务由社区书记或系统管理员授予。"))
himself = mine("id", reason=_OWN)

POLICY = Policy(
    {
        Can.LIST: staff,
        Can.SEE: staff | himself | the_portal,
        Can.REGISTER: staff | the_portal,
        Can.CORRECT: (office & flag("ordinary", reason=_HIGHER)) | administrator,
        Can.ENTER: himself,
        Can.COUNT_FAILURE: the_portal,
        Can.UNLOCK: staff,
        Can.ADJUST: himself,
        Can.SET_PASSWORD: himself & in_person,
        Can.SIGN_OUT_EVERYWHERE: himself & in_person,
        Can.EXPORT: himself & in_person,
        Can.ISSUE_RESET: (office & flag("ordinary", reason=_HIGHER)) | administrator | the_portal,
        Can.ACT_FOR: desk
        & not_mine("id", reason=N_("您自己的事，直接办就行。"))
        & flag("ordinary", reason=N_("有职务的人请他本人来办，不能代办。")),
        Can.SEE_ACTING: staff | mine("user_id", reason=_OWN),
        Can.END_ACTING: mine("user_id", reason=_OWN) | mine("by_id", reason=_OWN),
        Can.NAME_RELATIVE: (himself & in_person) | desk,
        Can.SEE_RELATIVE: staff | mine("user_id", reason=_TWO) | mine("relative_id", reason=_TWO),
        Can.AGREE: mine("relative_id", reason=N_("请这位家人在自己的手机上答应。")) & in_person,
        Can.END_RELATIVE: (mine("user_id", reason=_TWO) & in_person)
        | (mine("relative_id", reason=_TWO) & in_person)
        | desk,
        Can.ACT_AS_RELATIVE: mine("relative_id", reason=_TWO) & in_person,
        Can.SEE_MEMBERSHIP: staff | mine("user_id", reason=_OWN),
        Can.END_MEMBERSHIP: staff,
        Can.CONFIRM_OWNER: staff
        & in_person
        & not_mine("issued_by_id", reason=N_("卡是您发的，请另一位工作人员来核对。"))
        & not_mine("user_id", reason=N_("您自己的身份请别人来核对。"))
        & flag("doubted", reason=N_("这位业主的身份已经核对过了。")),
        Can.ISSUE: staff | the_portal,
        Can.CLAIM: signed_in,
        Can.JOIN: anyone,
        Can.RESET: anyone,
        Can.SEE_GRANT: staff | mine("user_id", reason=_OWN),
        Can.GIVE: keepers | the_portal,
        Can.GIVE_ADMINISTRATOR: administrator | the_portal,
        Can.END_GRANT: (
            administrator | (keepers & flag("ordinary", reason=N_("管理员的职务由系统管理员来办。")))
        )
        & not_mine("user_id", reason=N_("自己的职务请别人来办。")),
    },
    sees={
        User: Can.SEE,
        Grant: Can.SEE_GRANT,
        Membership: Can.SEE_MEMBERSHIP,
        Acting: Can.SEE_ACTING,
        Relative: Can.SEE_RELATIVE,
    },
    family=(Can.END_ACTING,),
)
