"""Tables of partner merchants: the shops, what they offer, what was redeemed, what they signed for it."""

from .markets import Market, MarketOff, MarketStall
from .merchants import Agreement, MerchantVisit, PartnerMerchant
from .offers import Offer, OfferSpan
from .redemptions import RedeemPin, Redemption
from .statements import Statement, StatementDispute, StatementLine

__all__ = [
    "Agreement",
    "Market",
    "MarketOff",
    "MarketStall",
    "MerchantVisit",
    "Offer",
    "OfferSpan",
    "PartnerMerchant",
    "RedeemPin",
    "Redemption",
    "Statement",
    "StatementDispute",
    "StatementLine",
]
