"""What happens to partner merchants, their offers and what is redeemed. Redemptions are for the staff and whoever they
belong to."""

from datetime import date

from ..core.eventlog import Event, Visibility, event
from ..core.text import N_
from .words import Desk

STAFF = Visibility.STAFF


@event("merchant.applied", N_("{who}申请成为合伙商户"), icon="store", visibility=STAFF)
class MerchantApplied(Event):
    merchant_id: int


@event("merchant.amended", N_("{who}改了店铺资料"), icon="pencil", visibility=STAFF)
class MerchantAmended(Event):
    merchant_id: int


@event("merchant.visited", N_("{who}到店里走访"), icon="map-pin", visibility=STAFF)
class MerchantVisited(Event):
    visit_id: int


@event("merchant.accepted", N_("签了合伙协议"), icon="store")
class MerchantAccepted(Event):
    agreement_id: int
    ends: date


@event("merchant.renewed", N_("合伙协议续上了"), icon="store")
class AgreementRenewed(Event):
    agreement_id: int
    ends: date


@event("merchant.declined", N_("{who}没有通过合伙申请，写明了理由"), icon="ban", visibility=STAFF)
class MerchantDeclined(Event):
    merchant_id: int


@event("merchant.suspended", N_("{who}暂停了合伙，写明了理由"), icon="ban")
class MerchantSuspended(Event):
    merchant_id: int


@event("merchant.resumed", N_("{who}恢复了合伙"), icon="check")
class MerchantResumed(Event):
    merchant_id: int


@event("merchant.ended", N_("合伙结束了"), icon="ban")
class MerchantEnded(Event):
    merchant_id: int


@event("offer.made", N_("新添一样可以用积分换的，{cost:num} 分"), icon="gift")
class OfferMade(Event):
    offer_id: int
    cost: int


@event("offer.amended", N_("{who}改了一样可以换的"), icon="pencil", visibility=STAFF)
class OfferAmended(Event):
    offer_id: int
    cost: int


@event("offer.paused", N_("一样可以换的停了"), icon="ban", visibility=STAFF)
class OfferPaused(Event):
    offer_id: int


@event("offer.resumed", N_("一样可以换的又有了"), icon="check", visibility=STAFF)
class OfferResumed(Event):
    offer_id: int


@event("redemption.issued", N_("{who}换了一个码，{cost:num} 分先扣下"), icon="ticket", visibility=STAFF)
class RedemptionIssued(Event):
    offer_id: int
    cost: int


@event("redemption.asked", N_("店里有人报了这个码，等本人点头"), icon="hourglass", visibility=STAFF)
class RedemptionAsked(Event):
    offer_id: int


@event("redemption.denied", N_("{who}说店里的不是他，没有给"), icon="ban", visibility=STAFF)
class RedemptionDenied(Event):
    offer_id: int


@event("redemption.settled", N_("核销，用掉 {cost:num} 分"), icon="check", visibility=STAFF)
class RedemptionSettled(Event):
    offer_id: int
    desk: Desk
    cost: int


@event("redemption.cancelled", N_("{who}不要了，退回 {cost:num} 分"), icon="undo-2", visibility=STAFF)
class RedemptionCancelled(Event):
    cost: int


@event("redemption.expired", N_("过了时间没有核销，退回 {cost:num} 分"), icon="hourglass", visibility=STAFF)
class RedemptionExpired(Event):
    cost: int


@event(
    "redemption.reversed",
    N_("{who}更正了一次兑换，退回 {cost:num} 分，写明了理由"),
    icon="undo-2",
    visibility=STAFF,
)
class RedemptionReversed(Event):
    cost: int


@event("market.set", N_("{who}定了每月 19 日的便民活动"), icon="calendar-days")
class MarketSet(Event):
    market_id: int


@event("market.left_out", N_("{day}的便民活动停一次"), icon="ban")
class MarketLeftOut(Event):
    day: date


@event("merchant.took_stall", N_("{day}来便民活动"), icon="store")
class StallTaken(Event):
    day: date


@event("merchant.gave_up_stall", N_("{day}不来便民活动了"), icon="store", visibility=STAFF)
class StallGivenUp(Event):
    day: date


@event(
    "merchant_statement.drawn",
    N_("一个月的对账单出来了，{pieces:num} 份"),
    icon="file-text",
    visibility=STAFF,
)
class StatementDrawn(Event):
    month: date
    pieces: int


@event("merchant_statement.agreed", N_("{who}替店家在对账单上签了字"), icon="pencil", visibility=STAFF)
class StatementAgreed(Event):
    statement_id: int


@event("merchant_statement.disputed", N_("{who}说对账单不对，写明了理由"), icon="flag", visibility=STAFF)
class StatementDisputed(Event):
    statement_id: int


@event("merchant_statement.answered", N_("{who}答复了对账单的异议"), icon="reply", visibility=STAFF)
class DisputeAnswered(Event):
    dispute_id: int


@event("merchant_statement.corrected", N_("对账单添了一行更正，写明了理由"), icon="undo-2", visibility=STAFF)
class StatementCorrected(Event):
    line_id: int


@event(
    "merchant_statement.reopened", N_("对账单添了一行更正，店家要重新签字"), icon="undo-2", visibility=STAFF
)
class StatementReopened(Event):
    line_id: int


@event(
    "merchant_statement.settled",
    N_("{who}替社区在对账单上签了字，这个月结清了"),
    icon="check",
    visibility=STAFF,
)
class StatementSettled(Event):
    statement_id: int


@event("redeem_pin.set", N_("{who}设了取用密码"), icon="key-round", visibility=STAFF)
class PinSet(Event):
    user_id: int
