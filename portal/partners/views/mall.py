"""What can be had for points, and the codes of whoever redeems."""

from uuid import uuid4

from flask import Response, flash, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor, system
from ...core.db import db
from ...core.exports import listed
from ...core.files import lines_of, send
from ...core.forms import trimmed
from ...core.pages import go, page
from ...core.routing import PUBLIC, Routes
from ...core.scanning import scan_of
from ...core.text import _, choices
from .. import rules
from ..actions.redeeming import cancel, expire_due, redeem
from ..listings import MALL
from ..models import Offer, PartnerMerchant, Redemption
from ..policy import Can
from ..queries import pages
from ..refusals import Refused
from ..words import TRADE_WORD, Why

routes = Routes("mall")
OFFER = "/mall/offers/<int:offer_id>"
CODE = "/mall/codes/<int:redemption_id>"


@routes.get("/mall", may=PUBLIC)
def index(actor: Actor) -> ResponseReturnValue:
    return listed(
        MALL,
        actor,
        request.args,
        "partners/mall.html",
        points=pages.points_of(actor),
        codes=pages.waiting_of(actor),
        trades=choices(TRADE_WORD),
        market=rules.market_day(actor.today),
    )


@routes.get(OFFER, may=Can.SEE_OFFER, of=Offer)
def show(actor: Actor, offer: Offer) -> ResponseReturnValue:
    return page(
        "partners/offer.html",
        offer=offer,
        shop=db.session.get_one(PartnerMerchant, offer.merchant_id),
        taken=pages.taken_now(offer, actor),
        points=pages.points_of(actor),
        photos=lines_of("offer", offer.id),
        once=uuid4().hex,
    )


@routes.get(OFFER + "/files/<int:file_id>/<size>", may=Can.SEE_OFFER, of=Offer)
def photo(actor: Actor, offer: Offer, file_id: int, size: str) -> Response:
    return send(offer, file_id, size)


@routes.post(OFFER + "/codes", may=Can.REDEEM, of=Offer, back="mall.show")
def create(actor: Actor, offer: Offer) -> ResponseReturnValue:
    """Before somebody is told that nothing is left, codes that ran out are swept."""
    once = trimmed(request.form.get("once"))[:32] or uuid4().hex
    try:
        made = redeem(actor, offer, once=once)
    except Refused as refused:
        if refused.why not in (Why.SOLD_OUT, Why.SOLD_OUT_NOW) or not expire_due(system(), offer.id):
            raise
        made = redeem(actor, offer, once=once)
    return go("mall.code", redemption_id=made.id)


@routes.get("/mall/codes", may=PUBLIC)
def codes(actor: Actor) -> ResponseReturnValue:
    return page("partners/codes.html", codes=pages.codes_of(actor) if actor.id else [])


@routes.get(CODE, may=Can.SEE_REDEMPTION, of=Redemption)
def code(actor: Actor, redemption: Redemption) -> ResponseReturnValue:
    """The digits are for whoever redeems, not for staff who read along or act for him. `seen`: the page asks by itself
    whether it was handed over."""
    if request.args.get("seen") == redemption.state and pages.waits(redemption, actor):
        return Response(status=204)
    shop = db.session.get_one(PartnerMerchant, redemption.merchant_id)
    waits = pages.waits(redemption, actor) and redemption.user_id == actor.id and not actor.entered_by
    scan = scan_of(f"/partners/{shop.id}/desk?code={redemption.code}") if waits else None
    return page("partners/code.html", redemption=redemption, shop=shop, scan=scan)


@routes.post(CODE + "/cancellation", may=Can.CANCEL, of=Redemption, back="mall.code")
def cancellation(actor: Actor, redemption: Redemption) -> ResponseReturnValue:
    cancel(actor, redemption)
    flash(_("积分退回来了。"))
    return go("mall.code", redemption_id=redemption.id)
