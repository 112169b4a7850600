"""The partner merchants of the demo: enough of all kinds to look at, and books that balance."""

from collections import Counter

import sqlalchemy as sa
from flask import Flask

from portal.core.db import db
from portal.partners.models import Offer, PartnerMerchant, Redemption, Statement
from portal.partners.words import Gift
from portal.points.checks import wrong
from tests.demo.instance import DAY


def test_nineteen_shops_give_thirty_things_of_all_kinds(demo: Flask) -> None:
    shops = list(db.session.scalars(sa.select(PartnerMerchant)))
    assert Counter(str(shop.state) for shop in shops) == {"partner": 19, "ended": 1, "applied": 1}
    running = {shop.id for shop in shops if shop.runs(DAY)}
    offers = [o for o in db.session.scalars(sa.select(Offer)) if o.merchant_id in running]
    assert (len(running), len(offers)) == (19, 32)
    assert {offer.kind for offer in offers} == set(Gift)
    assert {offer.merchant_id for offer in offers} == running


def test_some_was_had_and_the_books_balance(demo: Flask) -> None:
    states = Counter(str(state) for state in db.session.scalars(sa.select(Redemption.state)))
    assert states == {"used": 11, "cancelled": 1, "expired": 1, "reversed": 1}
    assert list(wrong()) == []


def test_the_months_are_drawn_up_and_the_one_before_last_is_signed(demo: Flask) -> None:
    of = Counter((f"{s.month:%m}", str(s.state)) for s in db.session.scalars(sa.select(Statement)))
    assert of == {("04", "settled"): 2, ("05", "drawn"): 5}
