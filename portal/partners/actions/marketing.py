"""The market day: set for every month, left out with a reason, stalls taken and given up."""

from datetime import date

from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.eventlog import record
from ...core.text import _
from ...places.models import Place
from ..events import MarketLeftOut, MarketSet, StallGivenUp, StallTaken
from ..models import Market, MarketOff, MarketStall, PartnerMerchant
from ..policy import Can
from ..queries.markets import market_of
from ..rules import MARKET_DAY, market_day


@action(Can.SET_MARKET)
def set_market(
    actor: Actor, community: Place, *, venue: str, begins: int, ends: int, about: str = ""
) -> Market:
    """Say where and when it is on the 19th of every month, from now on; said again it is changed. `begins`, `ends`:
    minutes after midnight. Raises Invalid."""
    assert actor.id is not None
    if not venue.strip():
        raise Invalid(_("请写在哪里。"), "venue")
    if not 0 <= begins < ends < 24 * 60:
        raise Invalid(_("结束要比开始晚。"), "ends")
    market = market_of(community.place_path) or Market(place_path=community.place_path)
    market.venue, market.about = venue.strip()[:80], about.strip()[:600]
    market.begins, market.ends = begins, ends
    market.set_by_id, market.set_at = actor.id, actor.now
    store(market)
    record(actor, market, MarketSet(market.id))
    return market


@action(Can.LEAVE_OUT)
def leave_out(actor: Actor, market: Market, *, reason: str) -> None:
    """The next one is left out; the one after it is as always. Raises Invalid without a reason, Conflict twice."""
    assert actor.id is not None
    if not reason.strip():
        raise Invalid(_("请写明为什么。"), "reason")
    day = market_day(actor.today)
    if db.session.get(MarketOff, (market.id, day)):
        raise Conflict(_("这一次已经停了。"))
    store(MarketOff(market_id=market.id, day=day, because=reason.strip()[:300], by_id=actor.id, at=actor.now))
    record(actor, market, MarketLeftOut(day))


@action(Can.TAKE_STALL)
def take_stall(actor: Actor, merchant: PartnerMerchant, *, brings: str, day: date | None = None) -> None:
    """The shop will be there on the next market day (or on that `day` of those to come) with what it brings; said again
    it is changed. Raises Invalid for a day that is none, Conflict where the community has no market day or the
    agreement is over by then."""
    day = day or market_day(actor.today)
    if not brings.strip():
        raise Invalid(_("请写带什么来。"), "brings")
    if day.day != MARKET_DAY or day < actor.today:
        raise Invalid(_("请选一个还没过的便民活动日。"), "day")
    market = market_of(merchant.place_path)
    if market is None or db.session.get(MarketOff, (market.id, day)) is not None:
        raise Conflict(_("这一天没有便民活动。"))
    if not merchant.runs(day):
        raise Conflict(_("到那天协议已经到期了。"))
    stall = db.session.get(MarketStall, (merchant.id, day)) or MarketStall(merchant_id=merchant.id, day=day)
    stall.brings, stall.at = brings.strip()[:120], actor.now
    store(stall)
    record(actor, merchant, StallTaken(day))


@action(Can.TAKE_STALL)
def give_up_stall(actor: Actor, merchant: PartnerMerchant) -> None:
    """The shop does not come on the next market day. Raises Conflict if it had not said that it would."""
    stall = db.session.get(MarketStall, (merchant.id, market_day(actor.today)))
    if stall is None:
        raise Conflict(_("这家店没有报这一次。"))
    record(actor, merchant, StallGivenUp(stall.day))
    db.session.delete(stall)
