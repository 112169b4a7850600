"""Lists: what can be had for points, the shops, and the statements of their months."""

from datetime import date
from functools import partial
from typing import Any

import sqlalchemy as sa

from ..core import clock
from ..core.actor import Actor
from ..core.listing import Column, Filter, Listing, Sort, by_word
from ..core.terms import TODAY
from ..core.text import N_, _
from .models import Offer, OfferSpan, PartnerMerchant, Statement, StatementLine
from .rules import month_before, span_start
from .words import GIFT_WORD, STATE_WORD, STATEMENT_WORD, TRADE_WORD, Every, MerchantState, OfferState


def _starts(every: Every) -> date | None:
    return span_start(every, clock.today())


_SPANS = {
    every: sa.bindparam(f"{every}_starts", callable_=partial(_starts, every), type_=sa.Date)
    for every in (Every.DAY, Every.WEEK, Every.MONTH)
}
_now = sa.and_(
    OfferSpan.offer_id == Offer.id,
    OfferSpan.starts == sa.case(_SPANS, value=Offer.span),
)
MALL = Listing(
    model=Offer,
    select=sa.select(
        Offer.id,
        Offer.title,
        Offer.kind,
        Offer.cost,
        Offer.left,
        Offer.per_span,
        Offer.span,
        Offer.moved_at,
        Offer.merchant_id,
        PartnerMerchant.name.label("shop"),
        PartnerMerchant.address,
        PartnerMerchant.trade,
        sa.func.coalesce(OfferSpan.taken, 0).label("taken"),
    )
    .join(PartnerMerchant, PartnerMerchant.id == Offer.merchant_id)
    .outerjoin(OfferSpan, _now)
    .where(
        Offer.state == OfferState.OPEN,
        Offer.starts <= TODAY,
        sa.or_(Offer.ends.is_(None), Offer.ends > TODAY),
        PartnerMerchant.state == MerchantState.PARTNER,
        PartnerMerchant.starts <= TODAY,
        PartnerMerchant.ends > TODAY,
    ),
    search=(Offer.title, PartnerMerchant.name),
    sorts=(
        Sort("new", N_("最新"), Offer.moved_at),
        Sort("cheap", N_("积分最少"), Offer.cost, descending=False),
    ),
    filters=(
        by_word("trade", N_("分类"), PartnerMerchant.trade, TRADE_WORD),
        by_word("kind", N_("是什么"), Offer.kind, GIFT_WORD),
    ),
    columns=(
        Column(N_("可以换的"), lambda o: o.title),
        Column(N_("店"), lambda o: o.shop),
        Column(N_("地址"), lambda o: o.address),
        Column(N_("积分"), lambda o: o.cost),
    ),
)
SHOPS = Listing(
    model=PartnerMerchant,
    select=sa.select(
        PartnerMerchant.id,
        PartnerMerchant.name,
        PartnerMerchant.state,
        PartnerMerchant.trade,
        PartnerMerchant.address,
        PartnerMerchant.hours,
        PartnerMerchant.ends,
        PartnerMerchant.moved_at,
    ),
    search=(PartnerMerchant.name, PartnerMerchant.gives, PartnerMerchant.needs),
    sorts=(Sort("moved", N_("最近有变化"), PartnerMerchant.moved_at),),
    filters=(
        by_word("state", N_("到哪一步"), PartnerMerchant.state, STATE_WORD),
        by_word("trade", N_("分类"), PartnerMerchant.trade, TRADE_WORD),
    ),
    columns=(
        Column(N_("店名"), lambda s: s.name),
        Column(N_("到哪一步"), lambda s: _(STATE_WORD[s.state])),
        Column(N_("地址"), lambda s: s.address),
        Column(N_("协议到期"), lambda s: s.ends),
    ),
)


def _sum(column: Any) -> Any:
    total = sa.select(sa.func.sum(column)).where(StatementLine.statement_id == Statement.id)
    return sa.func.coalesce(total.scalar_subquery(), 0)


def months(today: date) -> list[date]:
    """The months that are over, of a year, the latest first."""
    found = [month_before(today)]
    while len(found) < 12:
        found.append(month_before(found[-1]))
    return found


def _months(actor: Actor) -> list[tuple[str, str]]:
    return [(f"{month:%Y-%m}", f"{month:%Y-%m}") for month in months(actor.today)]


STATEMENTS = Listing(
    model=Statement,
    select=sa.select(
        Statement.id,
        Statement.month,
        Statement.state,
        Statement.until,
        PartnerMerchant.name.label("shop"),
        _sum(StatementLine.pieces).label("pieces"),
        _sum(StatementLine.points).label("points"),
    ).join(PartnerMerchant, PartnerMerchant.id == Statement.merchant_id),
    search=(PartnerMerchant.name,),
    sorts=(Sort("month", N_("最近的月份"), Statement.month),),
    filters=(
        Filter(
            "month", N_("月份"), _months, lambda value: Statement.month == date.fromisoformat(f"{value}-01")
        ),
        by_word("state", N_("到哪一步"), Statement.state, STATEMENT_WORD),
    ),
    columns=(
        Column(N_("店名"), lambda s: s.shop),
        Column(N_("月份"), lambda s: f"{s.month:%Y-%m}"),
        Column(N_("件数"), lambda s: s.pieces),
        Column(N_("积分"), lambda s: s.points),
        Column(N_("到哪一步"), lambda s: _(STATEMENT_WORD[s.state])),
    ),
)
