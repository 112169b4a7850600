"""Partner merchants for the tests of the house: shops in every state, offers, redemptions that came to every end."""

import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from PIL import Image

from portal.core import clock
from portal.core.db import db
from portal.core.files import keep_photo, lines_of
from portal.partners.actions.agreeing import decline_merchant, end_merchant, suspend_merchant
from portal.partners.actions.drawing import draw_statements
from portal.partners.actions.joining import amend_merchant
from portal.partners.actions.marketing import set_market, take_stall
from portal.partners.actions.offering import make_offer, pause_offer
from portal.partners.actions.redeeming import expire_due
from portal.partners.actions.settling import reverse_redemption
from portal.partners.actions.signing import agree, correct_statement, dispute, settle_statement
from portal.partners.models import Statement
from portal.places.models import Place
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
    stated(rows, mall)
    market = set_market(world.secretary, world.get(Place, "community"), venue="广场", begins=540, ends=660)
    rows.add(market)
    take_stall(world.merchant, mall.shop, brings="豆浆")


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


def stated(rows: Any, mall: Mall) -> None:
    """The month before at four shops, each statement further on than the one before; the last was corrected."""
    world, before = rows.world, NOW - timedelta(days=30)
    mall.books.earn("owner", 60, "house statements")
    with clock.frozen(before):
        terms = replace(TERMS, starts=clock.today())
        for name in ("豆腐坊", "修鞋摊", "花店", "书店"):
            shop = partner(world, name, starts=clock.today())
            offer = make_offer(world.merchant, shop, terms=terms, once=f"offer {name}")
            replace(mall, shop=shop).settle(mall.redeem("owner", offer))
    draw_statements(world.secretary, world.get(Place, "community"), month=clock.local(before).date())
    wanted = sa.select(Statement).order_by(Statement.id)
    states = ("drawn", "disputed", "agreed", "settled")
    for state, statement in zip(states, db.session.scalars(wanted).all(), strict=True):
        rows.add(statement, f"statement_{state}")
    dispute(world.merchant, rows.named["statement_disputed"], reason="少了一份")
    correct_statement(
        world.worker,
        rows.named["statement_settled"],
        title="豆浆油条一份",
        pieces=1,
        reason="记在纸上",
        once="house",
    )
    agree(world.merchant, rows.named["statement_agreed"])
    agree(world.worker, rows.named["statement_settled"], paper="孙朝晖")
    settle_statement(world.secretary, rows.named["statement_settled"])


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
