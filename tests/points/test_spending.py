"""Who may spend, what is refused, and what asking twice does."""

from datetime import timedelta

import pytest
from flask import Flask

from portal.core import ticks
from portal.core.actor import system
from portal.core.errors import NotAllowed, NotVisible
from portal.points.actions.lapsing import lapse_due
from portal.points.actions.reversing import reverse
from portal.points.actions.spending import confirm, hold, release
from portal.points.queries import accounts
from portal.points.reactions import release_overdue
from portal.points.refusals import Refused
from portal.points.words import Why
from tests.points.conftest import Books, assert_right
from tests.world import NOW, World

UNTIL = NOW + timedelta(minutes=15)


@pytest.fixture
def rich(books: Books) -> Books:
    books.earn("owner", 10, "start")
    return books


def test_his_own_points_and_nobody_elses(world: World, rich: Books) -> None:
    wallet = rich.wallet("owner")
    hold(world.owner, wallet, amount=8, key="mine", until=UNTIL, source="offer:1")
    with pytest.raises(NotVisible):
        hold(world.tenant, wallet, amount=1, key="his", until=UNTIL, source="offer:1")
    with pytest.raises(NotAllowed):
        hold(world.secretary, wallet, amount=1, key="hers", until=UNTIL, source="offer:1")
    with pytest.raises(NotVisible):
        hold(world.neighbour, wallet, amount=1, key="far", until=UNTIL, source="offer:1")


def test_what_is_held_cannot_be_held_again(rich: Books) -> None:
    rich.hold("owner", 8, "one")
    with pytest.raises(Refused) as refused:
        rich.hold("owner", 8, "two")
    assert refused.value.why is Why.SHORT
    assert rich.balance("owner") == 2
    assert_right()


def test_asked_for_again_it_is_the_same_whatever_became_of_it(rich: Books) -> None:
    held = rich.hold("owner", 8, "one")
    done = rich.confirm(held, "desk")
    assert rich.hold("owner", 8, "one").id == held.id
    assert rich.confirm(held, "desk").id == done.id
    assert (rich.balance("owner"), accounts.balance(rich.shop())) == (2, 8)


def test_confirmed_is_not_released_and_released_not_confirmed(rich: Books) -> None:
    done, given_back = rich.hold("owner", 3, "one"), rich.hold("owner", 3, "two")
    rich.confirm(done)
    rich.release(given_back)
    for again in (
        lambda: rich.release(done),
        lambda: rich.confirm(given_back),
        lambda: rich.confirm(done, "b"),
    ):
        with pytest.raises(Refused) as refused:
            again()
        assert refused.value.why is Why.CLOSED
    assert rich.balance("owner") == 7
    assert_right()


def test_points_go_to_merchants_of_the_same_community_only(rich: Books, world: World) -> None:
    held = rich.hold("owner", 3, "one")
    with pytest.raises(Refused):
        confirm(rich.clock(), held, merchant=rich.wallet("tenant"), key="person")
    with pytest.raises(NotAllowed):
        confirm(world.owner, held, merchant=rich.shop(), key="himself")
    with pytest.raises(NotAllowed):
        release(world.secretary, held, key="hers")
    release(world.owner, held, key="his")


def test_a_hold_nobody_closed_comes_back_by_the_clock(rich: Books) -> None:
    rich.hold("owner", 8, "one")
    assert release_overdue(system(NOW)) == 0
    assert release_overdue(system(UNTIL + timedelta(hours=1))) == 1
    assert release_overdue(system(UNTIL + timedelta(hours=1))) == 0
    assert rich.balance("owner") == 10


def test_the_clock_lets_lapse_what_is_too_old(rich: Books) -> None:
    rich.earn("tenant", 5, "other", lasts=rich.day + timedelta(3))
    late = rich.later(3)
    assert lapse_due(rich.clock()) == 0
    assert lapse_due(late.clock()) == 1
    assert (late.balance("tenant"), late.balance("owner")) == (0, 10)
    assert_right()


def test_what_is_held_over_its_last_day_comes_back_and_is_gone(rich: Books) -> None:
    rich.earn("tenant", 5, "other", lasts=rich.day + timedelta(3))
    held = rich.hold("tenant", 4, "late")
    late = rich.later(3)
    late.release(held)
    assert late.balance("tenant") == 0
    assert_right()


def test_staff_put_right_with_a_reason_and_not_for_themselves(rich: Books, world: World) -> None:
    mine = rich.earn("secretary", 5, "hers")
    with pytest.raises(NotAllowed):
        reverse(world.secretary, mine, key="own", reason="自己的")
    with pytest.raises(NotAllowed):
        reverse(world.owner, rich.earn("owner", 2, "two"), key="resident", reason="不要")
    undone = reverse(world.worker, mine, key="undo hers", reason="记到了别人头上")
    assert (undone.note, undone.actor_id) == ("记到了别人头上", world.ids["worker"])
    assert rich.balance("secretary") == 0
    assert_right()


def test_a_redemption_comes_back_only_while_the_merchant_has_it(rich: Books) -> None:
    done = rich.redeem("owner", 6, "one")
    rich.reverse(done)
    assert (rich.balance("owner"), accounts.balance(rich.shop())) == (10, 0)
    with pytest.raises(Refused) as refused:
        rich.reverse(done, "again")
    assert refused.value.why is Why.REVERSED
    held = rich.hold("owner", 1, "h")
    with pytest.raises(Refused) as refused:
        rich.reverse(held)
    assert refused.value.why is Why.NOT_REVERSIBLE


def test_a_pool_gives_no_more_than_it_has(rich: Books) -> None:
    with pytest.raises(Refused) as refused:
        rich.earn("owner", 99_991, "all")
    assert refused.value.why is Why.BUDGET


@pytest.mark.parametrize("amount", [0, -1, 1.0, True, "5", None, 1_000_001])
def test_only_whole_points_that_can_be_meant(rich: Books, amount: object) -> None:
    for verb in (rich.earn, rich.hold):
        with pytest.raises(Refused) as refused:
            verb("owner", amount, "odd")
        assert refused.value.why is Why.BAD_AMOUNT


def test_the_command_says_whether_the_books_are_right(app: Flask, rich: Books) -> None:
    said = app.test_cli_runner().invoke(args=["points", "audit"])
    assert (said.exit_code, "books are right" in said.output) == (0, True)


def test_the_clock_knows_both_jobs() -> None:
    assert {"points_lapse", "points_release"} <= set(ticks.JOBS)
