"""Who may do what with partner merchants, their offers and what is redeemed."""

from ..core.access import Permission, Policy
from ..core.atoms import anyone, dated, during, in_person, member, mine, not_mine, role, the_portal
from ..core.hours import before, since
from ..core.text import N_
from .models import Market, Offer, PartnerMerchant, Redemption, Statement
from .words import MerchantState, OfferState, RedemptionState, StatementState

M, S, R, B = MerchantState, OfferState, RedemptionState, StatementState


class Can(Permission):
    SEE_MERCHANT = "partner_merchant:see"
    APPLY = "partner_merchant:apply"
    """The thing is the community; so it is of `ENTER`."""
    ENTER = "partner_merchant:enter"
    AMEND_MERCHANT = "partner_merchant:amend"
    NAME_KEEPER = "partner_merchant:name_keeper"
    VISIT = "partner_merchant:visit"
    SIGN = "partner_merchant:sign"
    DECLINE = "partner_merchant:decline"
    SUSPEND = "partner_merchant:suspend"
    RESUME = "partner_merchant:resume"
    END = "partner_merchant:end"
    DESK = "partner_merchant:desk"
    MAKE_OFFER = "partner_merchant:make_offer"
    SEE_OFFER = "offer:see"
    AMEND_OFFER = "offer:amend"
    PAUSE_OFFER = "offer:pause"
    RESUME_OFFER = "offer:resume"
    REDEEM = "offer:redeem"
    SERVE = "offer:serve"
    """Hand it over at the desk of the community to somebody who types his PIN."""
    SEE_REDEMPTION = "redemption:see"
    GIVE = "redemption:give"
    """His word at the counter: it is he who stands there, or it is not."""
    SETTLE = "redemption:settle"
    CANCEL = "redemption:cancel"
    EXPIRE = "redemption:expire"
    REVERSE = "redemption:reverse"
    SET_MARKET = "market:set"
    """The thing is the community."""
    LEAVE_OUT = "market:leave_out"
    SEE_MARKET = "market:see"
    TAKE_STALL = "partner_merchant:take_stall"
    SEE_STATEMENT = "merchant_statement:see"
    DRAW = "merchant_statement:draw"
    """The thing is the community; so it is of `SETTLE_ALL`."""
    SETTLE_ALL = "merchant_statement:settle_all"
    AGREE = "merchant_statement:agree"
    DISPUTE = "merchant_statement:dispute"
    ANSWER_DISPUTE = "merchant_statement:answer"
    CORRECT = "merchant_statement:correct"
    SETTLE_STATEMENT = "merchant_statement:settle"
    SET_PIN = "redeem_pin:set"
    """The thing is the account."""


staff = role("secretary", "social_worker", reason=N_("这一步由社区工作人员来办。"))
readers = role("secretary", "social_worker", "auditor", reason=N_("这一页给社区工作人员和监督员看。"))
keeper = mine("keeper_id", N_("这一页给店家自己和社区工作人员用。"))
keeps = (keeper | staff) & in_person
office_of = staff & in_person & not_mine("keeper_id", N_("自己的店请另一位工作人员来办。"))
"""Who acts for the community on a shop."""
shown = during(M.PARTNER, M.SUSPENDED, M.ENDED, reason=N_("这家店还在申请。"))
partner = during(M.PARTNER, reason=N_("合伙商户才能这样办。"))
office = staff & in_person & not_mine("keeper_id", N_("自己店的对账单请另一位工作人员来办。"))
"""Who acts for the community on a statement."""
held = during(R.HELD, reason=N_("这个码已经用过或退回了。"))

POLICY = Policy(
    {
        Can.SEE_MERCHANT: (anyone & shown) | keeper | readers,
        Can.APPLY: member,
        Can.ENTER: staff & in_person,
        Can.AMEND_MERCHANT: keeps
        & during(M.APPLIED, M.PARTNER, M.SUSPENDED, reason=N_("已经结束的不能再改。")),
        Can.NAME_KEEPER: office_of
        & during(M.APPLIED, M.PARTNER, M.SUSPENDED, reason=N_("已经结束的不能再改。")),
        Can.VISIT: office_of
        & during(M.APPLIED, M.PARTNER, M.SUSPENDED, M.ENDED, reason=N_("没有通过的不用走访。")),
        Can.SIGN: office_of & during(M.APPLIED, M.PARTNER, M.ENDED, reason=N_("现在不能签协议。")),
        Can.DECLINE: office_of & during(M.APPLIED, reason=N_("只有申请可以不通过。")),
        Can.SUSPEND: office_of & partner,
        Can.RESUME: office_of & during(M.SUSPENDED, reason=N_("这家店没有暂停。")),
        Can.END: (office_of | the_portal) & during(M.PARTNER, M.SUSPENDED, reason=N_("合伙商户才能结束。")),
        Can.DESK: keeps & shown,
        Can.MAKE_OFFER: keeps & partner,
        Can.SEE_OFFER: anyone,
        Can.AMEND_OFFER: keeps,
        Can.PAUSE_OFFER: keeps & during(S.OPEN, reason=N_("已经停了。")),
        Can.RESUME_OFFER: keeps & during(S.PAUSED, reason=N_("没有停。")),
        Can.REDEEM: member & in_person,
        Can.SERVE: staff & in_person,
        Can.SEE_REDEMPTION: mine("user_id", N_("只有本人可以看。")) | readers | the_portal,
        Can.GIVE: mine("user_id", N_("只有本人可以点头。"))
        & in_person
        & held
        & dated("asked_at", N_("店里还没有报这个码。"))
        & before("until", N_("这个码过了时间，积分已经退回。请重新换一个。")),
        Can.SETTLE: the_portal & held,
        Can.CANCEL: mine("user_id", N_("只有本人可以退。")) & held,
        Can.EXPIRE: the_portal & held & since("until", N_("还没到时间。")),
        Can.REVERSE: office_of
        & not_mine("user_id", N_("自己的兑换请另一位工作人员来更正。"))
        & during(R.USED, reason=N_("只有核销过的可以更正。")),
        Can.SEE_MARKET: anyone,
        Can.SET_MARKET: staff & in_person,
        Can.LEAVE_OUT: staff & in_person,
        Can.TAKE_STALL: keeps & partner,
        Can.SEE_STATEMENT: keeper | readers,
        Can.DRAW: (staff & in_person) | the_portal,
        Can.SETTLE_ALL: staff & in_person,
        Can.AGREE: keeps & during(B.DRAWN, reason=N_("已经签了，或者异议还没有答复。")),
        Can.DISPUTE: keeps
        & during(B.DRAWN, reason=N_("已经签了，或者异议还没有答复。"))
        & before("until", N_("提异议的 7 天过了。")),
        Can.ANSWER_DISPUTE: office & during(B.DISPUTED, reason=N_("没有要答复的异议。")),
        Can.CORRECT: office
        & during(B.DRAWN, B.DISPUTED, B.AGREED, reason=N_("两方都签了，更正写进下个月的对账单。")),
        Can.SETTLE_STATEMENT: office
        & not_mine("agreed_by_id", N_("店家那一方是您经手的，请另一位工作人员来签。"))
        & during(B.AGREED, reason=N_("店家还没有签字。")),
        Can.SET_PIN: mine("id", N_("取用密码由本人来设。")),
    },
    sees={
        PartnerMerchant: Can.SEE_MERCHANT,
        Offer: Can.SEE_OFFER,
        Redemption: Can.SEE_REDEMPTION,
        Statement: Can.SEE_STATEMENT,
        Market: Can.SEE_MARKET,
    },
)
