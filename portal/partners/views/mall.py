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
from ..actions.settling import deny, give
from ..listings import MALL
from ..models import Offer, PartnerMerchant, Redemption
from ..policy import Can
from ..queries import pages
from ..refusals import Refused
from ..standing import stand_of
from ..words import REFUSALS, TRADE_WORD, Why

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
    return _offer(actor, offer)


@routes.get(OFFER + "/files/<int:file_id>/<size>", may=Can.SEE_OFFER, of=Offer)
def photo(actor: Actor, offer: Offer, file_id: int, size: str) -> Response:
    return send(offer, file_id, size)


@routes.post(OFFER + "/codes", may=Can.REDEEM, of=Offer, back="mall.show")
def create(actor: Actor, offer: Offer) -> ResponseReturnValue:
    """Before somebody is told that nothing is left, codes that ran out are swept. Who read an older offer than there
    is reads the new one before he pays."""
    once = trimmed(request.form.get("once"))[:32] or uuid4().hex
    read = request.form.get("version", type=int)
    try:
        made = _swept(actor, offer, once, -1 if read is None else read)
    except Refused as refused:
        if refused.why is not Why.CHANGED:
            raise
        return _offer(actor, offer, 422, changed=True)
    return go("mall.code", redemption_id=made.id)


@routes.get("/mall/codes", may=PUBLIC)
def codes(actor: Actor) -> ResponseReturnValue:
    return page("partners/codes.html", codes=pages.codes_of(actor) if actor.id else [])


@routes.get(CODE, may=Can.SEE_REDEMPTION, of=Redemption)
def code(actor: Actor, redemption: Redemption) -> ResponseReturnValue:
    """The digits are for whoever redeems, not for staff who read along or act for him. `seen`: the page asks by itself
    whether it was handed over."""
    stands = pages.stands(redemption)
    if request.args.get("seen") == stands and pages.waits(redemption, actor):
        return Response(status=204)
    shop = db.session.get_one(PartnerMerchant, redemption.merchant_id)
    waits = pages.waits(redemption, actor) and redemption.user_id == actor.id and not actor.entered_by
    scan = scan_of(f"/partners/{shop.id}/desk?code={redemption.code}") if waits else None
    return page(
        "partners/code.html",
        redemption=redemption,
        shop=shop,
        scan=scan,
        runs=shop.runs(actor.today),
        stands=stands,
    )


@routes.post(CODE + "/nod", may=Can.GIVE, of=Redemption, back="mall.code")
def nod(actor: Actor, redemption: Redemption) -> ResponseReturnValue:
    give(actor, redemption)
    return go("mall.code", redemption_id=redemption.id)


@routes.post(CODE + "/denial", may=Can.GIVE, of=Redemption, back="mall.code")
def denial(actor: Actor, redemption: Redemption) -> ResponseReturnValue:
    deny(actor, redemption)
    flash(_("没有给。店里会看到不是您本人，这个码还是您的。"))
    return go("mall.code", redemption_id=redemption.id)


@routes.post(CODE + "/cancellation", may=Can.CANCEL, of=Redemption, back="mall.code")
def cancellation(actor: Actor, redemption: Redemption) -> ResponseReturnValue:
    cancel(actor, redemption)
    flash(_("积分退回来了。"))
    return go("mall.code", redemption_id=redemption.id)


def _swept(actor: Actor, offer: Offer, once: str, version: int) -> Redemption:
    try:
        return redeem(actor, offer, once=once, version=version)
    except Refused as refused:
        if refused.why not in (Why.SOLD_OUT, Why.SOLD_OUT_NOW) or not expire_due(system(), offer.id):
            raise
        return redeem(actor, offer, once=once, version=version)


def _offer(actor: Actor, offer: Offer, status: int = 200, changed: bool = False) -> ResponseReturnValue:
    """What keeps the reader from it is said instead of a button that would be refused."""
    shop = db.session.get_one(PartnerMerchant, offer.merchant_id)
    stand = stand_of(actor, offer, shop, actor.id)
    why = next(rules.hindrances(stand, actor.today), None)
    return page(
        "partners/offer.html",
        status,
        offer=offer,
        shop=shop,
        taken=stand.taken,
        points=pages.points_of(actor),
        photos=lines_of("offer", offer.id),
        once=uuid4().hex,
        changed=_(REFUSALS[Why.CHANGED]) if changed else "",
        why=_(REFUSALS[why]) if why else "",
        serves=why is None or why in rules.HIS_OWN,
    )
