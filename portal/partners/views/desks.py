"""The desk of a shop on a phone: scan or type, and what was handed over today; what it offers."""

from dataclasses import fields
from datetime import timedelta

from flask import request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import Conflict
from ...core.files import keep_photos
from ...core.limits import limit
from ...core.pages import go, page
from ...core.routing import Routes
from ..actions.offering import Terms, amend_offer, make_offer, pause_offer, resume_offer
from ..actions.settling import ask
from ..forms import CodeForm, OfferForm
from ..models import Offer, PartnerMerchant
from ..policy import Can
from ..queries import pages
from ..words import Every, Gift

routes = Routes("merchant_desks")
SHOP = "/partners/<int:partner_merchant_id>"
OFFER = "/mall/offers/<int:offer_id>"
JUST = timedelta(minutes=2)
"""So long the counter reads in large letters what was handed over."""
TRIES, WINDOW = 60, 600
"""So many codes in so many seconds somebody may type: a busy counter needs fewer, a guesser more."""


@routes.get(SHOP + "/desk", may=Can.DESK, of=PartnerMerchant)
def show(actor: Actor, shop: PartnerMerchant) -> ResponseReturnValue:
    """`code`: where the picture of a code leads whoever scans it with his phone's own camera."""
    return _desk(actor, shop, CodeForm(code=request.args.get("code", "")[:6]))


@routes.post(SHOP + "/desk", may=Can.DESK, of=PartnerMerchant)
def create(actor: Actor, shop: PartnerMerchant) -> ResponseReturnValue:
    form = CodeForm()
    if form.validate_on_submit():
        limit("redemption_code", str(actor.id), TRIES, WINDOW)
        with form.catching(Conflict, on="code"):
            ask(actor, shop, typed=form.code.data)
            return go("merchant_desks.show", partner_merchant_id=shop.id)
    return _desk(actor, shop, form, 422)


@routes.get(SHOP + "/offers/new", may=Can.MAKE_OFFER, of=PartnerMerchant)
def new(actor: Actor, shop: PartnerMerchant) -> ResponseReturnValue:
    return page("partners/offer_form.html", shop=shop, form=OfferForm(starts=actor.today), offer=None)


@routes.post(SHOP + "/offers/new", may=Can.MAKE_OFFER, of=PartnerMerchant)
def make(actor: Actor, shop: PartnerMerchant) -> ResponseReturnValue:
    form = OfferForm()
    if form.validate_on_submit():
        with form.catching():
            kept = keep_photos(request.files.getlist("photos"), form.title.data)
            made = make_offer(actor, shop, terms=_terms(form), once=form.once.data, photos=kept)
            return go("mall.show", offer_id=made.id)
    return page("partners/offer_form.html", 422, block="offer_form", shop=shop, form=form, offer=None)


@routes.get(OFFER + "/edit", may=Can.AMEND_OFFER, of=Offer)
def edit(actor: Actor, offer: Offer) -> ResponseReturnValue:
    return page("partners/offer_form.html", shop=None, form=OfferForm(obj=offer), offer=offer)


@routes.post(OFFER + "/edit", may=Can.AMEND_OFFER, of=Offer)
def update(actor: Actor, offer: Offer) -> ResponseReturnValue:
    form = OfferForm()
    if form.validate_on_submit():
        with form.catching(Conflict):
            kept = keep_photos(request.files.getlist("photos"), form.title.data)
            seen = [request.form.get(name, type=int) for name in ("version", "left_seen")]
            amend_offer(
                actor, offer, terms=_terms(form), version=seen[0] or 0, left_seen=seen[1], photos=kept
            )
            return go("mall.show", offer_id=offer.id)
    return page("partners/offer_form.html", 422, block="offer_form", shop=None, form=form, offer=offer)


@routes.post(OFFER + "/pause", may=Can.PAUSE_OFFER, of=Offer, back="mall.show")
def pause(actor: Actor, offer: Offer) -> ResponseReturnValue:
    pause_offer(actor, offer)
    return go("mall.show", offer_id=offer.id)


@routes.post(OFFER + "/resumption", may=Can.RESUME_OFFER, of=Offer, back="mall.show")
def resume(actor: Actor, offer: Offer) -> ResponseReturnValue:
    resume_offer(actor, offer)
    return go("mall.show", offer_id=offer.id)


def _terms(form: OfferForm) -> Terms:
    given = {f.name: form[f.name].data for f in fields(Terms)}
    words = {
        "kind": Gift(form.kind.data),
        "span": Every(form.span.data),
        "each_span": Every(form.each_span.data),
    }
    return Terms(**given | words)


def _desk(actor: Actor, shop: PartnerMerchant, form: CodeForm, status: int = 200) -> ResponseReturnValue:
    return page(
        "partners/desk.html",
        status,
        block="desk",
        shop=shop,
        runs=shop.runs(actor.today),
        form=form,
        done=pages.settled_on(shop.id, actor.today),
        asked=pages.asked_of(shop.id, actor.now),
        just=actor.now - JUST,
        offers=pages.offers_of(shop.id),
    )
