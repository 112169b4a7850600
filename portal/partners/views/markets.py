"""The market day: its page, the calendar for a phone, stalls, and what staff set."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from flask import current_app, flash, request
from flask.typing import ResponseReturnValue

from ...core import access, diary, ical
from ...core.actor import Actor
from ...core.errors import Conflict, NotVisible
from ...core.exports import attachment
from ...core.finding import visible
from ...core.pages import go, page
from ...core.routing import PUBLIC, Routes
from ...core.scanning import public
from ...core.text import _
from ...meetings import feeds
from ...places.models import Place
from ..actions.marketing import give_up_stall, leave_out, set_market, take_stall
from ..diary import market_days
from ..forms import MarketForm, StallForm, WhyForm
from ..models import Market, PartnerMerchant
from ..policy import Can
from ..queries import markets
from ..rules import market_day
from .shops import community_of

routes = Routes("markets")
SHOP = "/partners/<int:partner_merchant_id>"


def _chosen(actor: Actor) -> PartnerMerchant | None:
    """The shop that a form names."""
    number = request.form.get("shop", type=int)
    found: PartnerMerchant | None = visible(actor, PartnerMerchant, number) if number else None
    return found


def _own(actor: Actor) -> Market | None:
    """The market day of the actor's community."""
    return markets.market_for(actor)


@routes.get("/market", may=PUBLIC)
def show(actor: Actor) -> ResponseReturnValue:
    return _page(actor)


@routes.get("/market.ics", may=PUBLIC)
def calendar(actor: Actor) -> ResponseReturnValue:
    market = markets.market_for(actor)
    if market is None:
        raise NotVisible()
    days = market_days(market.place_path, actor.now)
    entries = diary.abroad(days, feeds.host(str(current_app.config["SECRET_KEY"]), public()), public())
    return attachment(ical.calendar(_("便民活动日"), entries), "text/calendar; charset=utf-8", "market.ics")


@routes.get("/market/edit", may=Can.SET_MARKET, of=community_of)
def edit(actor: Actor, community: Place) -> ResponseReturnValue:
    market = markets.market_of(community.place_path)
    form = MarketForm(
        venue=market.venue if market else "",
        about=market.about if market else "",
        begins=_time(market.begins if market else 9 * 60),
        ends=_time(market.ends if market else 11 * 60),
    )
    return page("partners/market_form.html", form=form)


@routes.post("/market/edit", may=Can.SET_MARKET, of=community_of)
def update(actor: Actor, community: Place) -> ResponseReturnValue:
    form = MarketForm()
    if form.validate_on_submit():
        assert form.begins.data
        assert form.ends.data
        with form.catching():
            set_market(
                actor,
                community,
                venue=form.venue.data,
                begins=_minutes(form.begins.data),
                ends=_minutes(form.ends.data),
                about=form.about.data,
            )
            return go("markets.show")
    return page("partners/market_form.html", 422, block="market_form", form=form)


@routes.post("/market/leaving-out", may=Can.LEAVE_OUT, of=_own, back="markets.show")
def leaving_out(actor: Actor, market: Market) -> ResponseReturnValue:
    leave_out(actor, market, reason=WhyForm().reason.data or "")
    return go("markets.show")


@routes.post("/market", may=Can.TAKE_STALL, of=_chosen)
def stall(actor: Actor, shop: PartnerMerchant) -> ResponseReturnValue:
    form = _stall_form(actor)
    if form.validate_on_submit():
        with form.catching(Conflict, on="brings"):
            take_stall(actor, shop, brings=form.brings.data)
            flash(_("报好了，到时候见。"))
            return go("markets.show")
    return _page(actor, 422, form)


@routes.post(SHOP + "/stall/giving-up", may=Can.TAKE_STALL, of=PartnerMerchant, back="shops.show")
def giving_up(actor: Actor, shop: PartnerMerchant) -> ResponseReturnValue:
    give_up_stall(actor, shop)
    return go("markets.show")


def _page(actor: Actor, status: int = 200, form: StallForm | None = None) -> ResponseReturnValue:
    market = markets.market_for(actor)
    ahead = markets.days(market, actor.today) if market else []
    form, shops = form or StallForm(), _shops(actor)
    form.shop.choices = [(str(shop.id), shop.name) for shop in shops]
    return page(
        "partners/market.html",
        status,
        market=market,
        ahead=ahead,
        stalls=markets.stalls(market.place_path, ahead[0].day) if market else [],
        form=form,
        shops=[shop.id for shop in shops],
        staff=_staff(actor),
        begins=f"{_time(market.begins):%H:%M}" if market else "",
        ends=f"{_time(market.ends):%H:%M}" if market else "",
    )


def _staff(actor: Actor) -> bool:
    community = community_of(actor)
    return community is not None and bool(access.may(actor, Can.SET_MARKET, community))


def _stall_form(actor: Actor) -> StallForm:
    form = StallForm()
    form.shop.choices = [(str(shop.id), shop.name) for shop in _shops(actor)]
    return form


def _shops(actor: Actor) -> Sequence[Any]:
    return markets.kept_by(actor.community, actor.id, _staff(actor), market_day(actor.today))


def _time(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)


def _minutes(typed: time) -> int:
    return typed.hour * 60 + typed.minute
