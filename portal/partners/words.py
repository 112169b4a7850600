"""The fixed words of partner merchants, and what people read for them."""

from enum import StrEnum

from ..core.text import N_


class MerchantState(StrEnum):
    APPLIED = "applied"
    PARTNER = "partner"
    SUSPENDED = "suspended"
    ENDED = "ended"
    DECLINED = "declined"


STATE_WORD = {
    MerchantState.APPLIED: N_("申请中"),
    MerchantState.PARTNER: N_("合伙中"),
    MerchantState.SUSPENDED: N_("暂停"),
    MerchantState.ENDED: N_("已结束"),
    MerchantState.DECLINED: N_("没有通过"),
}


class Trade(StrEnum):
    """What a shop does, as people look for it."""

    FOOD = "food"
    REPAIR = "repair"
    CARE = "care"
    HEALTH = "health"
    LEARNING = "learning"
    DAILY = "daily"


TRADE_WORD = {
    Trade.FOOD: N_("吃的"),
    Trade.REPAIR: N_("修东西"),
    Trade.CARE: N_("理发洗衣"),
    Trade.HEALTH: N_("看病买药"),
    Trade.LEARNING: N_("学手艺"),
    Trade.DAILY: N_("日用"),
}


class Payer(StrEnum):
    """Who bears what is given for points."""

    OWN = "own"
    POOL = "pool"


PAYER_WORD = {Payer.OWN: N_("商户自己出"), Payer.POOL: N_("社区从资金池补给商户")}


class Gift(StrEnum):
    """What an offer is."""

    GOODS = "goods"
    DISCOUNT = "discount"
    SERVICE = "service"
    COURSE = "course"
    WISH = "wish"


GIFT_WORD = {
    Gift.GOODS: N_("东西"),
    Gift.DISCOUNT: N_("优惠"),
    Gift.SERVICE: N_("服务"),
    Gift.COURSE: N_("课程"),
    Gift.WISH: N_("微心愿"),
}


class OfferState(StrEnum):
    OPEN = "open"
    PAUSED = "paused"


OFFER_WORD = {OfferState.OPEN: N_("可以换"), OfferState.PAUSED: N_("停了")}


class Every(StrEnum):
    """A span in which something is counted."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    EVER = "ever"


EVERY_WORD = {
    Every.DAY: N_("每天"),
    Every.WEEK: N_("每周"),
    Every.MONTH: N_("每月"),
    Every.EVER: N_("一共"),
}


class RedemptionState(StrEnum):
    HELD = "held"
    USED = "used"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    REVERSED = "reversed"


REDEMPTION_WORD = {
    RedemptionState.HELD: N_("待核销"),
    RedemptionState.USED: N_("已核销"),
    RedemptionState.CANCELLED: N_("不要了"),
    RedemptionState.EXPIRED: N_("过时了"),
    RedemptionState.REVERSED: N_("更正了"),
}


class StatementState(StrEnum):
    DRAWN = "drawn"
    DISPUTED = "disputed"
    AGREED = "agreed"
    SETTLED = "settled"


STATEMENT_WORD = {
    StatementState.DRAWN: N_("等店家签字"),
    StatementState.DISPUTED: N_("店家有异议"),
    StatementState.AGREED: N_("等社区签字"),
    StatementState.SETTLED: N_("两方都签了"),
}


class Desk(StrEnum):
    """Where it was handed over."""

    SHOP = "shop"
    STAFF = "staff"
    PIN = "pin"


DESK_WORD = {
    Desk.SHOP: N_("在店里核销"),
    Desk.STAFF: N_("工作人员核销"),
    Desk.PIN: N_("在社区窗口凭取用密码"),
}


class Why(StrEnum):
    """Why nothing is handed over, or no code is given."""

    NOT_RUNNING = "not_running"
    NOT_YET = "not_yet"
    OVER = "over"
    PAUSED = "paused"
    SOLD_OUT = "sold_out"
    SOLD_OUT_NOW = "sold_out_now"
    HAD_ENOUGH = "had_enough"
    OWN_SHOP = "own_shop"
    NO_PROGRAMME = "no_programme"
    NO_SUCH_CODE = "no_such_code"
    OTHER_SHOP = "other_shop"
    TAKEN = "taken"
    TOO_LATE = "too_late"
    BAD_PIN = "bad_pin"
    SAME_HANDS = "same_hands"
    MANY_CODES = "many_codes"
    GAVE_BACK = "gave_back"
    CHANGED = "changed"
    SHOP_OVER = "shop_over"
    OWN_CODE = "own_code"
    ASKED = "asked"


REFUSALS = {
    Why.NOT_RUNNING: N_("这家店现在不在合伙期内，积分换不了。积分还在您那里。"),
    Why.NOT_YET: N_("还没到开始换的日子。"),
    Why.OVER: N_("已经过了可以换的日子。"),
    Why.PAUSED: N_("这一样现在停了，换不了。"),
    Why.SOLD_OUT: N_("换完了。"),
    Why.SOLD_OUT_NOW: N_("这一期换完了，下一期再来。"),
    Why.HAD_ENOUGH: N_("这一样您换够了，留一些给邻居。"),
    Why.OWN_SHOP: N_("自己店里的东西，不能用自己的积分换。"),
    Why.NO_PROGRAMME: N_("这个社区还没有开办积分。"),
    Why.NO_SUCH_CODE: N_("没有这个码。请看清六位数字，或者请他重新打开手机上的码。"),
    Why.OTHER_SHOP: N_("这个码是别家店的，不能在这里核销。"),
    Why.TAKEN: N_("这个码已经用过或退回了，不能再用。"),
    Why.TOO_LATE: N_("这个码过了时间，积分已经退回。请他重新换一个。"),
    Why.BAD_PIN: N_("取用密码不对。"),
    Why.SAME_HANDS: N_("取用密码是您替他设的，请另一位工作人员来核销。"),
    Why.MANY_CODES: N_("您手上还有几个没用的码，先用掉或退回一个。"),
    Why.GAVE_BACK: N_("这一样您今天已经有三个码退回或过时了，先让给邻居，明天再来。"),
    Why.CHANGED: N_("这一样刚改过。请看清现在是什么、要多少积分，要换再点一次。"),
    Why.SHOP_OVER: N_("这家店现在不在合伙期内，不能核销。积分会退回给他。"),
    Why.ASKED: N_("这个码别人刚刚报过，正在等本人点头。"),
    Why.OWN_CODE: N_("自己的码请别人来核销。"),
}
