"""Shops: redemptions one after the other in one process, from the code to the counter; then the month of so many
merchants, drawn up from the books and signed for the community in one go."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

import sqlalchemy as sa

from portal import create_app
from portal.core import clock
from portal.core.db import db
from portal.partners.actions.drawing import draw_statements
from portal.partners.actions.offering import make_offer
from portal.partners.actions.redeeming import redeem
from portal.partners.actions.settling import ask, give
from portal.partners.actions.signing import agree, settle_all
from portal.partners.models import Offer, PartnerMerchant, Statement
from portal.places.models import Place
from tests import world as worlds
from tests.partners.conftest import TERMS, Mall, open_mall, partner
from tests.world import NOW

EACH = 5
"""Redemptions at a merchant in the month."""


@dataclass(frozen=True)
class ShopFigures:
    merchants: int
    redemptions: int
    per_second: float
    """Each is two transactions: the code, and the counter."""
    commits_per_second: float
    """Single rows, of the database alone."""
    draw_seconds: float
    settle_seconds: float
    statements: int
    points: int
    """On all of them together, and in the books."""
    in_books: int


class Stopwatch:
    def __init__(self) -> None:
        self.seconds = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.seconds = time.perf_counter() - started


def measure_shops(merchants: int, commits_per_second: float) -> ShopFigures:
    """Run this in a process of its own, on an empty database."""
    app = create_app({"PASSWORD_COST": 1})
    with app.app_context(), clock.frozen(NOW):
        db.create_all()
        mall = open_mall(worlds.build())
        shops = _opened(mall, merchants)
        redeeming, drawing, settling = Stopwatch(), Stopwatch(), Stopwatch()
        with redeeming.running():
            done = sum(_redeemed(mall, shop, n) for n in range(EACH) for shop in shops)
        place, month = mall.world.get(Place, "community"), clock.today().replace(day=1)
        with clock.frozen(NOW + timedelta(days=31)):
            with drawing.running():
                draw_statements(mall.world.worker, place, month=month)
            for statement in db.session.query(Statement).all():
                agree(mall.world.merchant, statement)
            with settling.running():
                settled = settle_all(mall.world.secretary, place, month=month)
        signed, booked = _sums()
    return ShopFigures(
        merchants, done, done / redeeming.seconds, commits_per_second, drawing.seconds, settling.seconds,
        settled, signed, booked,
    )  # fmt: skip


def _opened(mall: Mall, merchants: int) -> list[tuple[PartnerMerchant, int]]:
    """Shops with one thing each, and points for whoever comes."""
    for name in ("owner", "tenant"):
        for n in range(merchants * EACH // 500 + 1):
            mall.books.earn(name, 500, f"bench {name} {n}")
    shops = [partner(mall.world, f"店{n}") for n in range(merchants)]
    terms = replace(TERMS, cost=1, left=None)
    return [
        (shop, make_offer(mall.world.merchant, shop, terms=terms, once=f"bench {n}").id)
        for n, shop in enumerate(shops)
    ]


def _redeemed(mall: Mall, shop: tuple[PartnerMerchant, int], nth: int) -> int:
    who = mall.world.actor("owner" if nth % 2 else "tenant")
    had = redeem(who, db.session.get_one(Offer, shop[1]), once=f"{shop[1]} {nth}")
    ask(mall.world.merchant, shop[0], typed=had.code)
    give(who, had)
    return 1


def _sums() -> tuple[int, int]:
    """Points on all statements, and what merchants hold in the books."""
    said = db.session.execute(
        sa.text("SELECT coalesce(sum(points), 0) FROM merchant_statement_line")
    ).scalar_one()
    held = db.session.execute(
        sa.text(
            "SELECT coalesce(sum(l.amount), 0) FROM points_line l"
            " JOIN points_account a ON a.id = l.account_id WHERE a.kind = 'merchant'"
        )
    ).scalar_one()
    return int(said), int(held)
