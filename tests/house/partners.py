"""Partner merchants for the tests of the house: shops in every state, offers, redemptions that came to every end."""

import io
from datetime import timedelta
from typing import Any

from PIL import Image

from portal.core import clock
from portal.core.files import keep_photo, lines_of
from portal.partners.actions.agreeing import decline_merchant, end_merchant, suspend_merchant
from portal.partners.actions.joining import amend_merchant
from portal.partners.actions.offering import make_offer, pause_offer
from portal.partners.actions.redeeming import expire_due
from portal.partners.actions.settling import reverse_redemption
from tests.partners.conftest import SHOP, TERMS, Mall, applied, open_mall, partner
from tests.world import NOW


def of_partners(rows: Any) -> None:
    world = rows.world
    mall = open_mall(world, rows.named["books"])
    rows.add(mall.shop, "shop")
    rows.add(applied(world, "申请的店", "owner"), "shop_applied")
    decline_merchant(world.worker, rows.add(applied(world, "没通过的店", "tenant")), reason="没有执照")
    suspend_merchant(world.secretary, rows.add(partner(world, "停业的店")), reason="装修")
    end_merchant(world.secretary, rows.add(partner(world, "搬走的店")), reason="搬走了")
    offer = rows.add(mall.offer(per_span=20), "offer")
    pictured(rows, mall)
    rows.add(mall.offer("limited", title="鸡蛋", each=1), "offer_limited")
    pause_offer(world.merchant, rows.add(mall.offer("paused", title="画册"), "offer_paused"))
    redeemed(rows, mall, offer)


def pictured(rows: Any, mall: Mall) -> None:
    """A shop and an offer with a photo."""
    out = io.BytesIO()
    Image.new("RGB", (320, 240), "olive").save(out, "JPEG")
    kept = [keep_photo(out.getvalue(), "店面.jpg", "店面")]
    amend_merchant(rows.world.merchant, mall.shop, shop=SHOP, photos=kept)
    offer = make_offer(rows.world.merchant, mall.shop, terms=TERMS, once="pictured", photos=kept)
    rows.add(offer)
    for thing in (mall.shop, offer):
        for file in lines_of(thing.__tablename__, thing.id):
            address = {f"{thing.__tablename__}_id": thing.id, "file_id": file.id}
            rows.addresses += [{**address, "size": size} for size in ("full", "thumb")]


def redeemed(rows: Any, mall: Mall, offer: Any) -> None:
    """Of two people: waiting, handed over, given back, run out, put right."""
    world = rows.world
    for name in ("owner", "tenant"):
        mall.books.earn(name, 60, f"house mall {name}")
        with clock.frozen(NOW - timedelta(minutes=20)):
            late = mall.redeem(name, offer, f"late {name}")
        expire_due(mall.clock())
        rows.add(late)
        back = rows.add(mall.redeem(name, offer, f"back {name}"))
        mall.cancel(back, name)
        rows.add(mall.settle(mall.redeem(name, offer, f"used {name}")), f"used_{name}")
        wrong = rows.add(mall.settle(mall.redeem(name, offer, f"wrong {name}")))
        reverse_redemption(world.worker, wrong, reason="东西坏了")
        rows.add(mall.redeem(name, offer, f"waiting {name}"), f"waiting_{name}")
