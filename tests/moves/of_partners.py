"""Shops, offers, codes and statements: by everybody in every state, within its hour and after it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from portal.accounts.models import User
from portal.core import clock
from portal.core.db import db, transaction
from portal.partners import events as e
from portal.partners.actions import (
    agreeing,
    drawing,
    joining,
    marketing,
    offering,
    redeeming,
    serving,
    settling,
    signing,
)
from portal.partners.models import Statement
from portal.partners.words import MerchantState, OfferState, Payer, RedemptionState, StatementState
from portal.places.models import Place
from tests.moves.of_volunteering import main, put
from tests.moves.trying import Attempt, Case, Family, Stage
from tests.partners.conftest import LATER, SHOP, TERMS, TODAY, Mall, open_mall, partner
from tests.world import NOW, World

YEAR = timedelta(days=365)
OVER = NOW + YEAR
WEEK = NOW + timedelta(days=7)
PIN = "702913"


def place(stage: Stage) -> Any:
    return stage.world.get(Place, "community")


def reason(_stage: Stage) -> dict[str, Any]:
    return {"reason": "写明了"}


def shop(world: World, case: Case) -> Stage:
    """The merchant's shop, visited and signed with, then in the state."""
    mall = open_mall(world)
    put(mall.shop, case.state)
    return Stage(world, case, [mall.shop])


SHOPS = Family(
    "partner_merchant",
    OVER,
    [Case(state, late=late) for state in MerchantState for late in (False, True)],
    shop,
    [
        Attempt(joining.amend_merchant, main, lambda _s: {"shop": SHOP}),
        Attempt(joining.name_keeper, main, lambda _s: {"phone": ""}),
        Attempt(agreeing.visit_merchant, main, lambda _s: {"day": TODAY, "note": "看了", "once": "v"}),
        Attempt(
            agreeing.sign_agreement,
            main,
            lambda _s: {"starts": TODAY, "ends": TODAY + YEAR * 2, "payer": Payer.OWN, "once": "s"},
        ),
        Attempt(agreeing.decline_merchant, main, reason),
        Attempt(agreeing.suspend_merchant, main, reason),
        Attempt(agreeing.resume_merchant, main, event=e.MerchantResumed),
        Attempt(agreeing.end_merchant, main, timed=True, event=e.MerchantEnded),
        Attempt(agreeing.end_merchant, main, reason, variant="with a reason"),
        Attempt(offering.make_offer, main, lambda _s: {"terms": TERMS, "once": "o"}),
        Attempt(marketing.take_stall, main, lambda _s: {"brings": "豆浆"}, variant="no market"),
        Attempt(marketing.give_up_stall, main),
    ],
)


def community(world: World, case: Case) -> Stage:
    """The community with its mall and its market day, in which something was redeemed a month ago."""
    stage = statement(world, Case(StatementState.AGREED))
    made = marketing.set_market(world.secretary, place(stage), venue="广场", begins=540, ends=660)
    return Stage(world, case, stage.watched, {**stage.made, "market": made})


COMMUNITY = Family(
    "community",
    NOW,
    [Case(StatementState.AGREED)],
    community,
    [
        Attempt(joining.apply_merchant, place, lambda _s: {"shop": replace(SHOP, name="新店"), "once": "a"}),
        Attempt(joining.enter_merchant, place, lambda _s: {"shop": replace(SHOP, name="新店"), "once": "a"}),
        Attempt(drawing.draw_statements, place, lambda s: {"month": s.main.month}),
        Attempt(signing.settle_all, place, lambda s: {"month": s.main.month}),
        Attempt(marketing.set_market, place, lambda _s: {"venue": "大厅", "begins": 540, "ends": 600}),
        Attempt(marketing.leave_out, lambda s: s.made["market"], reason),
        Attempt(marketing.take_stall, lambda s: s.made["shop"], lambda _s: {"brings": "豆浆"}),
    ],
)


def offer(world: World, case: Case) -> Stage:
    mall = open_mall(world)
    made = mall.offer()
    put(made, case.state)
    serving.set_pin(world.owner, world.get(User, "owner"), pin=PIN, cost=1)
    return Stage(world, case, [made])


OFFERS = Family(
    "offer",
    OVER,
    [Case(state, late=late) for state in OfferState for late in (False, True)],
    offer,
    [
        Attempt(offering.amend_offer, main, lambda _s: {"terms": TERMS, "version": 0, "left_seen": 50}),
        Attempt(offering.pause_offer, main, event=e.OfferPaused),
        Attempt(offering.resume_offer, main, event=e.OfferResumed),
        Attempt(redeeming.redeem, main, lambda _s: {"once": "r"}, timed=True),
        Attempt(
            serving.serve,
            main,
            lambda s: {"user": s.world.get(User, "owner"), "pin": PIN, "cost": 1, "once": "d"},
        ),
        Attempt(
            serving.set_pin,
            lambda s: s.world.get(User, "owner"),
            lambda _s: {"pin": PIN, "cost": 1},
        ),
    ],
)


def code(world: World, case: Case) -> Stage:
    """The owner's code for something of the merchant's, come to its end as people bring it there."""
    mall = open_mall(world)
    if case.state is RedemptionState.EXPIRED:
        with clock.frozen(NOW - timedelta(minutes=20)):
            had = mall.redeem("owner", mall.offer())
        mall.tick()
    else:
        had = mall.redeem("owner", mall.offer())
    if case.state in (RedemptionState.USED, RedemptionState.REVERSED):
        mall.settle(had)
    if case.state is RedemptionState.REVERSED:
        settling.reverse_redemption(world.worker, had, reason="东西坏了")
    if case.state is RedemptionState.CANCELLED:
        mall.cancel(had, "owner")
    return Stage(world, case, [had], {"shop": mall.shop})


def asked(stage: Stage) -> None:
    """The counter has its digits."""
    with transaction():
        stage.main.asked_at, stage.main.asked_by_id = NOW, stage.world.ids["merchant"]


CODES = Family(
    "redemption",
    LATER,
    [Case(state, late=late) for state in RedemptionState for late in (False, True)],
    code,
    [
        Attempt(settling.ask, lambda s: s.made["shop"], lambda s: {"typed": s.main.code}, timed=True),
        Attempt(settling.give, main, ready=asked, timed=True),
        Attempt(settling.deny, main, ready=asked, timed=True),
        Attempt(redeeming.cancel, main, timed=True, event=e.RedemptionCancelled),
        Attempt(redeeming.expire, main, timed=True, event=e.RedemptionExpired),
        Attempt(settling.reverse_redemption, main, reason, timed=True, event=e.RedemptionReversed),
    ],
)


def statement(world: World, case: Case) -> Stage:
    """Of a month ago: signed by the merchant himself where it was signed."""
    mall = open_mall(world)
    before = NOW - timedelta(days=30)
    with clock.frozen(before):
        at = partner(world, "豆腐坊", starts=clock.today())
        old = Mall(world, mall.books, at)
        old.settle(old.redeem("tenant", old.offer("old", starts=clock.today())))
    drawing.draw_statements(world.secretary, world.get(Place, "community"), month=clock.local(before).date())
    made = db.session.query(Statement).filter_by(merchant_id=at.id).one()
    if case.state is StatementState.DISPUTED:
        signing.dispute(world.merchant, made, reason="少了一份")
    if case.state in (StatementState.AGREED, StatementState.SETTLED):
        signing.agree(world.merchant, made)
    if case.state is StatementState.SETTLED:
        signing.settle_statement(world.secretary, made)
    return Stage(world, case, [made], {"shop": mall.shop})


STATEMENTS = Family(
    "merchant_statement",
    WEEK,
    [Case(state, late=late) for state in StatementState for late in (False, True)],
    statement,
    [
        Attempt(signing.agree, main, lambda _s: {"paper": "孙朝晖"}, timed=True, event=e.StatementAgreed),
        Attempt(signing.dispute, main, reason, timed=True, event=e.StatementDisputed),
        Attempt(
            signing.answer_dispute,
            main,
            lambda _s: {"upheld": True, "answer": "补上"},
            event=e.DisputeAnswered,
        ),
        Attempt(
            signing.correct_statement,
            main,
            lambda _s: {"title": "豆浆", "pieces": 1, "reason": "漏了", "once": "c"},
        ),
        Attempt(signing.settle_statement, main, timed=True, event=e.StatementSettled),
    ],
)
