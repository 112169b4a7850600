"""How offers and redemptions are said."""

from types import SimpleNamespace
from typing import Any

from ..core.text import _
from .rules import remaining
from .words import (
    DESK_WORD,
    EVERY_WORD,
    OFFER_WORD,
    PAYER_WORD,
    REDEMPTION_WORD,
    STATE_WORD,
    STATEMENT_WORD,
    TRADE_WORD,
    Every,
    Trade,
)

ICON = {
    Trade.FOOD: "utensils",
    Trade.REPAIR: "wrench",
    Trade.CARE: "scissors",
    Trade.HEALTH: "stethoscope",
    Trade.LEARNING: "book-open",
    Trade.DAILY: "shopping-basket",
}


def stock_left(offer: Any) -> str:
    """Of a row, or of a mapping with the same names: `今天还有 12 份`; what is gone says when it is back."""
    offer = _named(offer)
    number = remaining(offer.left, offer.per_span, offer.taken)
    if number is None:
        return _("不限量")
    if number == 0:
        return _gone(offer)
    if offer.per_span is None or (offer.left is not None and number == offer.left < offer.per_span):
        return _("还有 %(n)s 份", n=number)
    if offer.span == Every.DAY:
        return _("今天还有 %(n)s 份", n=number)
    if offer.span == Every.WEEK:
        return _("本周还有 %(n)s 份", n=number)
    return _("本月还有 %(n)s 份", n=number)


def _gone(offer: Any) -> str:
    if offer.left == 0 or offer.per_span is None:
        return _("换完了")
    words = {Every.DAY: _("今天换完了，明天再来"), Every.WEEK: _("本周换完了，下周一再来")}
    return words.get(offer.span, _("本月换完了，下月 1 日再来"))


def _named(offer: Any) -> Any:
    return SimpleNamespace(**offer) if isinstance(offer, dict) else offer


def gone(offer: Any) -> bool:
    offer = _named(offer)
    return remaining(offer.left, offer.per_span, offer.taken) == 0


def trade_icon(trade: Any) -> str:
    return ICON[Trade(trade)]


FILTERS = {
    "stock_left": stock_left,
    "stock_gone": gone,
    "trade_icon": trade_icon,
    "trade_word": lambda trade: _(TRADE_WORD[trade]),
    "merchant_word": lambda state: _(STATE_WORD[state]),
    "offer_word": lambda state: _(OFFER_WORD[state]),
    "redemption_word": lambda state: _(REDEMPTION_WORD[state]),
    "statement_word": lambda state: _(STATEMENT_WORD[state]),
    "desk_word": lambda desk: _(DESK_WORD[desk]),
    "payer_word": lambda payer: _(PAYER_WORD[payer]),
    "every_word": lambda every: _(EVERY_WORD[every]),
    "code_spaced": lambda code: f"{code[:3]} {code[3:]}",
}
