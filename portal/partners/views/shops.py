"""Shops: their list and pages, applications, and the file that staff keep of them."""

from dataclasses import fields
from datetime import timedelta

from flask import Response, flash, request
from flask.typing import ResponseReturnValue

from ...core import access
from ...core.actor import Actor
from ...core.errors import Conflict
from ...core.exports import listed
from ...core.files import keep_photos, lines_of, send
from ...core.finding import visible
from ...core.pages import go, page
from ...core.routing import PUBLIC, Routes
from ...core.text import _
from ...places.models import Place
from ..actions import agreeing, joining
from ..actions.joining import Shop
from ..forms import AgreementForm, ShopForm, VisitForm, WhyForm
from ..listings import SHOPS
from ..models import PartnerMerchant
from ..policy import Can
from ..queries import pages
from ..words import Payer, Trade

routes = Routes("shops")
SHOP = "/partners/<int:partner_merchant_id>"


def community_of(actor: Actor) -> Place | None:
    number = actor.community.strip("/")
    found: Place | None = visible(actor, Place, int(number)) if number.isdigit() else None
    return found


@routes.get("/partners", may=PUBLIC)
def index(actor: Actor) -> ResponseReturnValue:
    return listed(SHOPS, actor, request.args, "partners/shops.html", joins=actor.id is not None)


@routes.get("/partners/new", may=Can.APPLY, of=community_of)
def new(actor: Actor, community: Place) -> ResponseReturnValue:
    return page("partners/shop_form.html", shop=None, form=ShopForm(), staff=_enters(actor, community))


@routes.post("/partners/new", may=Can.APPLY, of=community_of)
def create(actor: Actor, community: Place) -> ResponseReturnValue:
    form, staff = ShopForm(), _enters(actor, community)
    if form.validate_on_submit():
        with form.catching():
            kept = keep_photos(request.files.getlist("photos"), form.name.data)
            join = joining.enter_merchant if staff else joining.apply_merchant
            made = join(actor, community, shop=_shop(form), once=form.once.data, photos=kept)
            flash(_("申请交上去了，工作人员会到店里看看。"))
            return go("shops.show", partner_merchant_id=made.id)
    return page("partners/shop_form.html", 422, block="shop_form", shop=None, form=form, staff=staff)


@routes.get(SHOP, may=Can.SEE_MERCHANT, of=PartnerMerchant)
def show(actor: Actor, shop: PartnerMerchant) -> ResponseReturnValue:
    return page(
        "partners/shop.html",
        shop=shop,
        runs=shop.runs(actor.today),
        offers=pages.offers_of(shop.id),
        photos=lines_of("partner_merchant", shop.id),
    )


@routes.get(SHOP + "/files/<int:file_id>/<size>", may=Can.SEE_MERCHANT, of=PartnerMerchant)
def photo(actor: Actor, shop: PartnerMerchant, file_id: int, size: str) -> Response:
    return send(shop, file_id, size)


@routes.get(SHOP + "/edit", may=Can.AMEND_MERCHANT, of=PartnerMerchant)
def edit(actor: Actor, shop: PartnerMerchant) -> ResponseReturnValue:
    return page("partners/shop_form.html", shop=shop, form=ShopForm(obj=shop), staff=False)


@routes.post(SHOP + "/edit", may=Can.AMEND_MERCHANT, of=PartnerMerchant)
def update(actor: Actor, shop: PartnerMerchant) -> ResponseReturnValue:
    form = ShopForm()
    if form.validate_on_submit():
        with form.catching():
            kept = keep_photos(request.files.getlist("photos"), form.name.data)
            joining.amend_merchant(actor, shop, shop=_shop(form), photos=kept)
            return go("shops.show", partner_merchant_id=shop.id)
    return page("partners/shop_form.html", 422, block="shop_form", shop=shop, form=form, staff=False)


@routes.get(SHOP + "/visits", may=Can.VISIT, of=PartnerMerchant)
def visits(actor: Actor, shop: PartnerMerchant) -> ResponseReturnValue:
    return _file(actor, shop)


@routes.post(SHOP + "/visits", may=Can.VISIT, of=PartnerMerchant)
def visit(actor: Actor, shop: PartnerMerchant) -> ResponseReturnValue:
    form = VisitForm()
    if form.validate_on_submit():
        assert form.day.data
        with form.catching():
            agreeing.visit_merchant(actor, shop, day=form.day.data, note=form.note.data, once=form.once.data)
            return go("shops.visits", partner_merchant_id=shop.id)
    return _file(actor, shop, 422, visit=form)


@routes.post(SHOP + "/agreements", may=Can.SIGN, of=PartnerMerchant, back="shops.visits")
def sign(actor: Actor, shop: PartnerMerchant) -> ResponseReturnValue:
    form = AgreementForm()
    if form.validate_on_submit():
        assert form.starts.data
        assert form.ends.data
        with form.catching(Conflict):
            agreeing.sign_agreement(
                actor,
                shop,
                starts=form.starts.data,
                ends=form.ends.data,
                payer=Payer(form.payer.data),
                once=form.once.data,
            )
            return go("shops.visits", partner_merchant_id=shop.id)
    return _file(actor, shop, 422, agreement=form)


@routes.post(SHOP + "/declining", may=Can.DECLINE, of=PartnerMerchant, back="shops.visits")
def decline(actor: Actor, shop: PartnerMerchant) -> ResponseReturnValue:
    agreeing.decline_merchant(actor, shop, reason=WhyForm().reason.data)
    return go("shops.show", partner_merchant_id=shop.id)


@routes.post(SHOP + "/suspension", may=Can.SUSPEND, of=PartnerMerchant, back="shops.visits")
def suspend(actor: Actor, shop: PartnerMerchant) -> ResponseReturnValue:
    agreeing.suspend_merchant(actor, shop, reason=WhyForm().reason.data)
    return go("shops.visits", partner_merchant_id=shop.id)


@routes.post(SHOP + "/resumption", may=Can.RESUME, of=PartnerMerchant, back="shops.visits")
def resume(actor: Actor, shop: PartnerMerchant) -> ResponseReturnValue:
    agreeing.resume_merchant(actor, shop)
    return go("shops.visits", partner_merchant_id=shop.id)


@routes.post(SHOP + "/ending", may=Can.END, of=PartnerMerchant, back="shops.visits")
def end(actor: Actor, shop: PartnerMerchant) -> ResponseReturnValue:
    agreeing.end_merchant(actor, shop, reason=WhyForm().reason.data)
    return go("shops.visits", partner_merchant_id=shop.id)


def _enters(actor: Actor, community: Place) -> bool:
    return bool(access.may(actor, Can.ENTER, community))


def _shop(form: ShopForm) -> Shop:
    given = {f.name: form[f.name].data for f in fields(Shop)}
    return Shop(**given | {"trade": Trade(form.trade.data)})


def _file(
    actor: Actor,
    shop: PartnerMerchant,
    status: int = 200,
    visit: VisitForm | None = None,
    agreement: AgreementForm | None = None,
) -> ResponseReturnValue:
    year = actor.today + timedelta(days=365)
    return page(
        "partners/file.html",
        status,
        block="shop_file",
        shop=shop,
        visit_form=visit or VisitForm(day=actor.today),
        agreement_form=agreement or AgreementForm(starts=actor.today, ends=year),
        why=WhyForm(),
        visits=pages.visits_of(shop.id),
        agreements=pages.agreements_of(shop.id),
    )
