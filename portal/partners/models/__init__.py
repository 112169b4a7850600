"""Tables of partner merchants: the shops, what they offer, what was redeemed."""

from .merchants import Agreement, MerchantVisit, PartnerMerchant
from .offers import Offer, OfferSpan
from .redemptions import RedeemPin, Redemption

__all__ = [
    "Agreement",
    "MerchantVisit",
    "Offer",
    "OfferSpan",
    "PartnerMerchant",
    "RedeemPin",
    "Redemption",
]
