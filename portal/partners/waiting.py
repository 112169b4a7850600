"""What waits around partner merchants: shops that apply, statements to be signed or answered, the market day.

The market day is of no table, so it is a parameter that knows the day on which the list is read.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from ..core import clock, waiting
from ..core.access import Condition
from ..core.columns import Instant, Rows
from ..core.prepared import prepared
from ..core.text import N_
from ..core.waiting import DAY, ME, NOW, Kind, lines, personal, those
from .models import Market, MarketOff, MarketStall, PartnerMerchant, Redemption, Statement
from .policy import Can
from .rules import STALLS_ASKED, market_day
from .words import MerchantState, RedemptionState, StatementState


@prepared
def _applied(mine: Condition) -> Rows:
    found = lines(
        "visit_merchant", PartnerMerchant, title=PartnerMerchant.name, since=PartnerMerchant.created_at
    )
    return found.where(mine, PartnerMerchant.state == MerchantState.APPLIED)


@prepared
def _nods() -> Rows:
    """Codes of the reader that a counter waits for."""
    found = lines("nod", Redemption, title=Redemption.title, since=Redemption.asked_at, due=Redemption.until)
    waits = (Redemption.state == RedemptionState.HELD, Redemption.asked_at.is_not(None))
    return found.where(Redemption.user_id == ME, *waits, Redemption.until > NOW)


def _statement(kind: str, party: str, **due: Any) -> Rows:
    found = lines(kind, Statement, title=PartnerMerchant.name, since=Statement.moved_at, party=party, **due)
    return found.join(PartnerMerchant, PartnerMerchant.id == Statement.merchant_id)


@prepared
def _to_agree() -> Rows:
    mine = (Statement.keeper_id == ME, Statement.state == StatementState.DRAWN)
    return _statement("agree_statement", "merchant", due=Statement.until).where(*mine)


@prepared
def _to_answer(mine: Condition) -> Rows:
    return _statement("answer_statement", "community").where(mine)


@prepared
def _to_settle(mine: Condition) -> Rows:
    return _statement("settle_statement", "community").where(mine)


def _known(name: str, value: Callable[[], Any], kind: Any) -> Any:
    return sa.bindparam(f"waiting_market_{name}", callable_=value, type_=kind)


def _next() -> Any:
    return market_day(clock.today())


def _minute() -> int:
    now = clock.local(clock.now())
    return now.hour * 60 + now.minute


_MARKET = _known("day", _next, sa.Date)
_MIDNIGHT = _known("midnight", lambda: clock.at(_next()), Instant())
_ASKED = _known("asked", lambda: clock.at(_next() - STALLS_ASKED), Instant())
_EVE = _known("eve", lambda: clock.at(_next() - timedelta(1)), Instant())
_WEEK = _known("week", lambda: clock.today() + STALLS_ASKED, sa.Date)
_TOMORROW = _known("tomorrow", lambda: clock.today() + timedelta(1), sa.Date)
_MINUTE = _known("minute", _minute, sa.Integer)
_HELD = ~sa.exists().where(MarketOff.market_id == Market.id, MarketOff.day == _MARKET)


@prepared
def _to_come() -> Rows:
    found = lines(
        "take_stall",
        PartnerMerchant,
        title=PartnerMerchant.name,
        since=_ASKED,
        party="merchant",
        due=_MIDNIGHT,
    )
    mine = (
        PartnerMerchant.keeper_id == ME,
        PartnerMerchant.state == MerchantState.PARTNER,
        PartnerMerchant.starts <= _MARKET,
        PartnerMerchant.ends > _MARKET,
    )
    said = sa.exists().where(MarketStall.merchant_id == PartnerMerchant.id, MarketStall.day == _MARKET)
    soon = (DAY < _MARKET, _MARKET <= _WEEK, _HELD)
    return found.join(Market, Market.place_path == PartnerMerchant.place_path).where(*mine, *soon, ~said)


def _market(kind: str, *when: Any) -> Callable[[Condition], Rows]:
    @prepared
    def found(mine: Condition) -> Rows:
        rows = lines(kind, Market, title=Market.venue, since=_EVE, party="resident")
        return rows.where(mine, _HELD, *when)

    return found


waiting.add(
    "nod",
    Kind(N_("店里报了您的码，是您吗"), N_("去点头"), "ticket", "mall.code", "redemption_id", True),
    personal(_nods),
)
waiting.add(
    "take_stall",
    Kind(
        N_("便民活动快到了，您的店来吗"),
        N_("去报名"),
        "store",
        "markets.show",
        "shop",
        True,
        N_("%(time)s 前报名"),
    ),
    personal(_to_come),
)
waiting.add(
    "market_tomorrow",
    Kind(N_("明天便民活动"), N_("看有哪些店"), "calendar-days", "markets.show", "market", True),
    those(Market, Can.SEE_MARKET, _market("market_tomorrow", DAY < _MARKET, _MARKET <= _TOMORROW)),
)
waiting.add(
    "market_today",
    Kind(N_("今天便民活动"), N_("看有哪些店"), "calendar-days", "markets.show", "market", True),
    those(Market, Can.SEE_MARKET, _market("market_today", DAY == _MARKET, Market.ends > _MINUTE)),
)
waiting.add(
    "visit_merchant",
    Kind(N_("店家申请合伙"), N_("去走访"), "store", "shops.visits", "partner_merchant_id", False),
    those(PartnerMerchant, Can.VISIT, _applied),
)
waiting.add(
    "agree_statement",
    Kind(
        N_("对账单等您签字"),
        N_("去看看"),
        "file-text",
        "statements.show",
        "merchant_statement_id",
        True,
        N_("%(time)s 前可以提异议"),
    ),
    personal(_to_agree),
)
waiting.add(
    "answer_statement",
    Kind(N_("店家说对账单不对"), N_("去答复"), "reply", "statements.show", "merchant_statement_id", False),
    those(Statement, Can.ANSWER_DISPUTE, _to_answer),
)
waiting.add(
    "settle_statement",
    Kind(
        N_("对账单等社区签字"), N_("去签字"), "file-text", "statements.show", "merchant_statement_id", False
    ),
    those(Statement, Can.SETTLE_STATEMENT, _to_settle),
)
