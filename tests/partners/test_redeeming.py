"""A code: the points are put aside with the piece, moved at the counter once, and come back otherwise."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.accounts.models import User
from portal.core import clock
from portal.core.db import db, transaction
from portal.core.errors import Invalid, NotAllowed, NotVisible
from portal.core.waiting import waiting_for
from portal.partners.actions.agreeing import end_due, suspend_merchant
from portal.partners.actions.offering import amend_offer
from portal.partners.actions.redeeming import expire, expire_due, redeem
from portal.partners.actions.serving import serve, set_pin
from portal.partners.actions.settling import ask, deny, give, reverse_redemption
from portal.partners.models import Offer, OfferSpan
from portal.partners.queries.pages import asked_of
from portal.partners.refusals import Refused
from portal.partners.words import Desk, Every, RedemptionState, Why
from portal.points.models import Entry
from portal.points.reactions import release_overdue
from portal.points.refusals import Refused as BooksRefused
from tests.partners.conftest import LATER, TERMS, Mall, partner
from tests.world import NOW

R = RedemptionState


def why(refused: Any) -> Why:
    return refused.value.why  # type: ignore[no-any-return]


def test_held_then_moved_at_the_counter(mall: Mall) -> None:
    offer = mall.offer(left=2)
    had = mall.redeem("owner", offer)
    assert (mall.usable("owner"), offer.left, len(had.code)) == (14, 1, 6)
    assert mall.redeem("owner", offer).id == had.id, "two taps are one"
    held = db.session.get_one(Entry, had.hold_id)
    assert held.note == "豆浆油条一份 · 晖记早餐", "names only: wallets are read in several languages"
    mall.settle(had)
    assert (had.state, had.desk, had.settled_by_id) == (R.USED, Desk.SHOP, mall.world.ids["merchant"])
    assert mall.usable("owner") == 14
    with pytest.raises(Refused) as again:
        mall.settle(had)
    assert why(again) is Why.TAKEN


def test_a_picture_of_the_code_gets_nothing_while_its_owner_does_not_nod(mall: Mall) -> None:
    had = mall.redeem("owner", mall.offer())
    for early in (give, deny):
        with pytest.raises(NotAllowed, match="还没有报"):
            early(mall.world.owner, had)
    ask(mall.world.merchant, mall.shop, typed=had.code)
    assert ask(mall.world.merchant, mall.shop, typed=had.code).id == had.id, "two taps are one"
    assert (had.state, had.confirm_id) == (R.HELD, None)
    with pytest.raises(Refused) as another:
        ask(mall.world.worker, mall.shop, typed=had.code)
    assert why(another) is Why.ASKED
    for wrong in (mall.world.tenant, mall.world.merchant, mall.world.worker):
        with pytest.raises((NotAllowed, NotVisible)):
            give(wrong, had)
    with pytest.raises(NotAllowed, match="本人"):
        give(replace(mall.world.owner, entered_by=mall.world.ids["worker"]), had)
    assert "nod" in [wait.kind for wait in waiting_for(mall.world.owner)]
    deny(mall.world.owner, had)
    assert [bool(row.asked_at) for row in asked_of(mall.shop.id, NOW)] == [False]
    ask(mall.world.worker, mall.shop, typed=had.code)
    give(mall.world.owner, had)
    assert (had.state, had.desk, had.settled_by_id) == (R.USED, Desk.STAFF, mall.world.ids["worker"])
    assert (mall.usable("owner"), len(asked_of(mall.shop.id, NOW))) == (14, 0)


def test_a_nod_comes_too_late(mall: Mall) -> None:
    had = mall.redeem("owner", mall.offer())
    ask(mall.world.merchant, mall.shop, typed=had.code)
    with clock.frozen(LATER):
        with pytest.raises(NotAllowed, match="过了时间"):
            give(replace(mall.world.owner, now=clock.now()), had)
        assert mall.tick() == 1
    assert mall.usable("owner") == 20


def test_given_back_with_the_piece(mall: Mall) -> None:
    offer = mall.offer(left=1, per_span=1)
    had = mall.redeem("owner", offer)
    with pytest.raises(Refused) as gone:
        mall.redeem("tenant", offer)
    assert why(gone) is Why.SOLD_OUT
    with pytest.raises((NotAllowed, NotVisible)):
        mall.cancel(had, "tenant")
    mall.cancel(had, "owner")
    assert (had.state, offer.left, mall.usable("owner")) == (R.CANCELLED, 1, 20)
    assert mall.redeem("tenant", offer).state is R.HELD


def test_too_late_by_the_clock_though_nobody_swept(mall: Mall) -> None:
    had = mall.redeem("owner", mall.offer())
    with clock.frozen(LATER):
        with pytest.raises(Refused) as late:
            mall.settle(had)
        assert why(late) is Why.TOO_LATE
        assert mall.tick() == 1
        assert (had.state, mall.usable("owner")) == (R.EXPIRED, 20)
        with pytest.raises(Refused) as swept:
            mall.settle(had)
        assert why(swept) is Why.TOO_LATE
        assert mall.tick() == 0


def test_not_expired_before_its_time(mall: Mall) -> None:
    had = mall.redeem("owner", mall.offer())
    with pytest.raises(NotAllowed):
        expire(mall.clock(), had)


def test_the_books_were_first(mall: Mall) -> None:
    offer = mall.offer(left=1)
    had = mall.redeem("owner", offer)
    with clock.frozen(NOW + timedelta(minutes=26)):
        assert release_overdue(mall.clock()) == 1
        assert mall.tick() == 1
        assert (had.state, offer.left, mall.usable("owner")) == (R.EXPIRED, 1, 20)


def test_what_waits_too_long_is_swept_for_the_next(mall: Mall) -> None:
    offer = mall.offer(left=1)
    mall.redeem("owner", offer)
    with clock.frozen(LATER):
        assert expire_due(mall.clock(), offer.id) == 1
        assert mall.redeem("tenant", offer).state is R.HELD


def test_so_many_a_day_and_a_person(mall: Mall) -> None:
    offer = mall.offer(left=None, per_span=2, each=1, each_span=Every.DAY)
    mall.settle(mall.redeem("owner", offer))
    with pytest.raises(Refused) as enough:
        mall.redeem("owner", offer, "again")
    assert why(enough) is Why.HAD_ENOUGH
    mall.redeem("tenant", offer)
    mall.books.earn("chair", 20, "chair")
    with pytest.raises(Refused) as gone:
        mall.redeem("chair", offer)
    assert why(gone) is Why.SOLD_OUT_NOW
    with clock.frozen(NOW + timedelta(days=1)):
        assert mall.redeem("owner", offer, "tomorrow").state is R.HELD


def test_too_few_points_take_no_piece(mall: Mall) -> None:
    offer = mall.offer(cost=21, left=1)
    with pytest.raises(BooksRefused):
        mall.redeem("owner", offer)
    db.session.expire_all()
    assert db.session.get_one(Offer, offer.id).left == 1
    assert mall.usable("owner") == 20


def test_the_wrong_counter_and_the_wrong_community(mall: Mall) -> None:
    had = mall.redeem("owner", mall.offer())
    other = partner(mall.world, "阿芬理发", who="chair")
    with pytest.raises(Refused) as elsewhere:
        ask(mall.world.chair, other, typed=had.code)
    assert why(elsewhere) is Why.OTHER_SHOP
    with pytest.raises(NotAllowed):
        ask(mall.world.tenant, mall.shop, typed=had.code)
    with pytest.raises((NotAllowed, NotVisible)):
        ask(mall.world.other_secretary, mall.shop, typed=had.code)
    abroad = partner(
        mall.world, "邻村小店", who="neighbour", community="other_community", staff="other_secretary"
    )
    with pytest.raises(Refused) as foreign:
        ask(mall.world.actor("neighbour"), abroad, typed=had.code)
    assert why(foreign) is Why.NO_SUCH_CODE
    with pytest.raises(Refused) as unknown:
        ask(mall.world.merchant, mall.shop, typed="000000" if had.code != "000000" else "000001")
    assert why(unknown) is Why.NO_SUCH_CODE


def test_no_neighbour_redeems_here(mall: Mall) -> None:
    with pytest.raises((NotAllowed, NotVisible)):
        mall.redeem("neighbour", mall.offer())


@pytest.mark.parametrize("suspended", [True, False], ids=["suspended", "over"])
def test_the_agreement_ended_meanwhile(mall: Mall, suspended: bool) -> None:
    """At midnight, or by the staff: nothing is handed over, and the points come back."""
    ends = clock.today() + timedelta(days=1)
    midnight = clock.at(ends)
    mall = Mall(mall.world, mall.books, partner(mall.world, "豆腐坊", ends=ends))
    with clock.frozen(midnight - timedelta(minutes=5)):
        had = mall.redeem("owner", mall.offer())
    with clock.frozen(midnight - timedelta(minutes=1) if suspended else midnight):
        if suspended:
            suspend_merchant(mall.world.secretary, mall.shop, reason="装修")
        with pytest.raises(Refused) as ended:
            mall.settle(had)
        assert why(ended) is Why.SHOP_OVER
        if not suspended:
            end_due(mall.clock())
            with pytest.raises(NotAllowed):
                ask(mall.world.tenant, mall.shop, typed=had.code)
            with pytest.raises(Refused):
                mall.settle(had)
    mall.cancel(had, "owner")
    assert mall.usable("owner") == 20


def test_nobody_redeems_in_his_own_shop_or_hands_over_to_himself(mall: Mall) -> None:
    mall.books.earn("merchant", 20, "keeper")
    with pytest.raises(Refused) as own:
        mall.redeem("merchant", mall.offer())
    assert why(own) is Why.OWN_SHOP
    mall.books.earn("worker", 20, "worker")
    had = mall.redeem("worker", mall.offer("second"))
    with pytest.raises(Refused) as self_served:
        mall.settle(had, "worker")
    assert why(self_served) is Why.OWN_CODE


def test_three_codes_at_once_are_enough(mall: Mall) -> None:
    for n in range(3):
        mall.redeem("owner", mall.offer(f"o{n}", cost=1), f"r{n}")
    with pytest.raises(Refused) as many:
        mall.redeem("owner", mall.offer("o3", cost=1), "r3")
    assert why(many) is Why.MANY_CODES


def test_the_last_piece_is_not_kept_from_others_by_taking_and_giving_back(mall: Mall) -> None:
    offer = mall.offer(left=1)
    for n in range(2):
        mall.cancel(mall.redeem("owner", offer, f"back{n}"), "owner")
    mall.redeem("owner", offer, "run out")
    with clock.frozen(LATER):
        mall.tick()
        with pytest.raises(Refused) as enough:
            mall.redeem("owner", offer, "once more")
        assert why(enough) is Why.GAVE_BACK
        mall.cancel(mall.redeem("owner", mall.offer("another"), "another"), "owner")
        assert mall.redeem("tenant", offer).state is R.HELD
    with clock.frozen(NOW + timedelta(days=1)):
        mall.tick()
        assert mall.redeem("owner", offer, "tomorrow").state is R.HELD


def test_nobody_pays_what_he_has_not_read(mall: Mall) -> None:
    """The price is raised between the page and the tap."""
    world, offer = mall.world, mall.offer(left=2)
    read = offer.version
    had = redeem(world.owner, offer, once="before", version=read)
    amend_offer(world.merchant, offer, terms=replace(TERMS, cost=9, left=1), version=read, left_seen=1)
    with pytest.raises(Refused) as changed:
        redeem(world.owner, offer, once="after", version=read)
    assert why(changed) is Why.CHANGED
    assert redeem(world.owner, offer, once="before", version=read).id == had.id
    set_pin(world.owner, world.get(User, "owner"), pin="480217", cost=1)
    desk: dict[str, Any] = {"user": world.get(User, "owner"), "pin": "480217", "cost": 1, "once": "desk"}
    with pytest.raises(Refused) as at_the_desk:
        serve(world.worker, offer, **desk, version=read)
    assert why(at_the_desk) is Why.CHANGED
    assert (had.cost, offer.left, mall.usable("owner")) == (6, 1, 14)
    assert serve(world.worker, offer, **desk, version=offer.version).cost == 9


def test_put_right_by_staff_with_a_reason(mall: Mall) -> None:
    had = mall.settle(mall.redeem("owner", mall.offer()))
    with pytest.raises(Invalid):
        reverse_redemption(mall.world.worker, had, reason=" ")
    with pytest.raises(NotVisible):
        reverse_redemption(mall.world.merchant, had, reason="退货")
    reverse_redemption(mall.world.worker, had, reason="东西坏了，退货")
    assert (had.state, mall.usable("owner")) == (R.REVERSED, 20)


def test_without_a_phone_by_pin_at_the_desk(mall: Mall) -> None:
    world = mall.world
    owner = world.get(User, "owner")
    with pytest.raises(Invalid):
        set_pin(world.owner, owner, pin="123456", cost=1)
    set_pin(world.owner, owner, pin="480217", cost=1)
    offer = mall.offer(left=1)
    with pytest.raises(Refused) as wrong:
        serve(world.worker, offer, user=owner, pin="480218", cost=1, once="a")
    assert why(wrong) is Why.BAD_PIN
    had = serve(world.worker, offer, user=owner, pin="480217", cost=1, once="b")
    assert (had.state, had.desk, mall.usable("owner")) == (R.USED, Desk.PIN, 14)
    assert serve(world.worker, offer, user=owner, pin="480217", cost=1, once="b").id == had.id


def test_the_database_itself_refuses_the_piece_that_is_not_there(mall: Mall) -> None:
    offer = mall.offer(left=0, per_span=1)
    table, spans = Offer.metadata.tables["offer"], Offer.metadata.tables[OfferSpan.__tablename__]
    with pytest.raises(sa.exc.IntegrityError), transaction():
        db.session.execute(sa.update(table).values(left=table.c.left - 1))
    day = {"offer_id": offer.id, "starts": clock.today(), "taken": 2, "most": 1}
    with pytest.raises(sa.exc.IntegrityError), transaction():
        db.session.execute(sa.insert(spans).values(day))
