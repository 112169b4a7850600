"""What staff do where a phone is missing, and what is put right: the PIN of a resident, handing over against it, who
stands at a shop's desk, what a shop handed over in a month, and a redemption that went wrong."""

from flask import current_app, flash, request
from flask.typing import ResponseReturnValue

from ...accounts.models import User
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.finding import visible
from ...core.limits import limit
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ...points.queries import people
from ..actions.joining import name_keeper
from ..actions.serving import serve, set_pin
from ..actions.settling import reverse_redemption
from ..forms import KeeperForm, PinForm, ServeForm, WhyForm
from ..listings import months
from ..models import Offer, PartnerMerchant, RedeemPin, Redemption
from ..policy import Can
from ..queries import pages
from ..rules import month_start

routes = Routes("counters")
SHOP = "/partners/<int:partner_merchant_id>"
OFFER = "/mall/offers/<int:offer_id>"
TRIES, WINDOW = 5, 900
"""So many wrong PINs of one person in so many seconds."""


def _me(actor: Actor) -> User | None:
    found: User | None = visible(actor, User, actor.id) if actor.id else None
    return found


@routes.get("/mall/pin", may=Can.SET_PIN, of=_me)
def pin(actor: Actor, user: User) -> ResponseReturnValue:
    return _pin(user, PinForm())


@routes.post("/mall/pin", may=Can.SET_PIN, of=_me)
def keep_pin(actor: Actor, user: User) -> ResponseReturnValue:
    form = PinForm()
    if form.validate_on_submit():
        with form.catching():
            if form.pin.data != form.again.data:
                raise Invalid(_("两遍不一样，请再写一次。"), "again")
            set_pin(actor, user, pin=form.pin.data or "", cost=_cost())
            flash(_("取用密码设好了。"))
            return go("mall.codes")
    return _pin(user, form, 422)


@routes.get(OFFER + "/desk", may=Can.SERVE, of=Offer)
def desk(actor: Actor, offer: Offer) -> ResponseReturnValue:
    return page("partners/serve.html", offer=offer, form=ServeForm())


@routes.post(OFFER + "/desk", may=Can.SERVE, of=Offer)
def hand_over(actor: Actor, offer: Offer) -> ResponseReturnValue:
    form = ServeForm()
    if form.validate_on_submit():
        with form.catching(Conflict, on="pin"):
            user = people.found(offer.place_path, [form.who.data], "who")[0]
            limit("redeem_pin", str(user.id), TRIES, WINDOW)
            read = request.form.get("version", -1, type=int)
            done = serve(
                actor,
                offer,
                user=user,
                pin=form.pin.data or "",
                cost=_cost(),
                once=form.once.data,
                version=read,
            )
            flash(_("核销好了：%(title)s。", title=done.title))
            return go("counters.desk", offer_id=offer.id)
    return page("partners/serve.html", 422, block="serve_form", offer=offer, form=form)


@routes.get(SHOP + "/keeper", may=Can.NAME_KEEPER, of=PartnerMerchant)
def keeper(actor: Actor, shop: PartnerMerchant) -> ResponseReturnValue:
    return _keeper(shop, KeeperForm())


@routes.post(SHOP + "/keeper", may=Can.NAME_KEEPER, of=PartnerMerchant)
def change_keeper(actor: Actor, shop: PartnerMerchant) -> ResponseReturnValue:
    form = KeeperForm()
    if form.validate_on_submit():
        with form.catching():
            name_keeper(actor, shop, phone=form.phone.data or "")
            flash(_("改好了。"))
            return go("shops.visits", partner_merchant_id=shop.id)
    return _keeper(shop, form, 422)


@routes.get(SHOP + "/redemptions", may=Can.DESK, of=PartnerMerchant)
def history(actor: Actor, shop: PartnerMerchant) -> ResponseReturnValue:
    spans = [month_start(actor.today), *months(actor.today)]
    asked = request.args.get("month", "")
    month = next((m for m in spans if f"{m:%Y-%m}" == asked), spans[0])
    return page(
        "partners/history.html",
        shop=shop,
        month=month,
        months=spans,
        done=pages.history_of(shop.id, month),
        staff=shop.keeper_id != actor.id,
    )


@routes.post("/mall/codes/<int:redemption_id>/reversal", may=Can.REVERSE, of=Redemption, back="mall.code")
def reverse(actor: Actor, redemption: Redemption) -> ResponseReturnValue:
    reverse_redemption(actor, redemption, reason=WhyForm().reason.data or "")
    flash(_("更正好了，积分退回本人。"))
    return go("mall.code", redemption_id=redemption.id)


def _cost() -> int:
    return int(current_app.config["PASSWORD_COST"])


def _pin(user: User, form: PinForm, status: int = 200) -> ResponseReturnValue:
    kept = db.session.get(RedeemPin, user.id)
    return page("partners/pin.html", status, block="pin_form", form=form, person=user, kept=kept)


def _keeper(shop: PartnerMerchant, form: KeeperForm, status: int = 200) -> ResponseReturnValue:
    now = db.session.get(User, shop.keeper_id) if shop.keeper_id else None
    return page("partners/keeper.html", status, block="keeper_form", shop=shop, form=form, keeper=now)
