"""What somebody tried who wanted more than he earned, or to decide what touches himself."""

import pytest

from portal.core.db import db
from portal.core.errors import Invalid, NotAllowed
from portal.points.actions.answering import answer_appeal, appeal, join_board, leave_board
from portal.points.actions.granting import ask_grant, declare_kin
from portal.points.actions.reversing import reverse
from portal.points.actions.ruling import Row, set_rule
from portal.points.models import BoardSeat
from portal.points.refusals import Refused
from portal.points.words import Approver, Deed, Evidence, Per, Why
from tests.conftest import Client
from tests.points.conftest import TODAY, Books
from tests.world import World


def test_a_redemption_is_put_right_at_the_shop_and_nowhere_else(world: World, books: Books) -> None:
    books.earn("owner", 10, "e")
    paid = books.redeem("owner", 6, "r")
    with pytest.raises(Refused) as refused:
        reverse(world.worker, paid, key="k", reason="退")
    assert refused.value.why is Why.NOT_REVERSIBLE
    assert books.usable("owner") == 4


def test_a_grant_keeps_to_what_one_time_may_bring(world: World, books: Books) -> None:
    row = Row(
        Deed.TRAINING, 2, Per.TIME, Approver.TWO, Evidence.TEXT, books.pool.id, TODAY, once_cap=2
    )  # fmt: skip
    set_rule(world.secretary, books.programme, row=row)
    with pytest.raises(Invalid, match="一次最多 2 分"):
        ask_grant(
            world.worker,
            books.programme,
            deed=Deed.TRAINING,
            shares={world.ids["owner"]: 4},
            reason="一次培训",
            once="g",
        )


def test_kin_and_who_did_it_decide_nothing(world: World, books: Books) -> None:
    declare_kin(world.secretary, books.programme, user_id=world.ids["worker"], relative_id=world.ids["owner"])
    entry = books.earn("owner", 5, "e")
    with pytest.raises(NotAllowed, match="家人"):
        reverse(world.worker, entry, key="k", reason="错了")
    undone = reverse(world.secretary, entry, key="k", reason="错了")
    said = appeal(world.owner, undone, text="没错")
    for who in (world.secretary, world.worker):
        with pytest.raises(NotAllowed, match="经手"):
            answer_appeal(who, said, upheld=False, answer="没错就是没错")


def test_who_moved_out_leaves_the_board(world: World, books: Books) -> None:
    join_board(world.tenant, books.programme, nickname="阿强")
    from dataclasses import replace

    leave_board(replace(world.tenant, homes=(), grants=frozenset()), books.programme)
    assert db.session.get(BoardSeat, (books.programme.id, world.ids["tenant"])) is None


@pytest.mark.parametrize("month", ["9999-12", "0001-01"])
def test_a_month_that_never_is_has_no_page(client: Client, books: Books, month: str) -> None:
    client.sign_in("secretary")
    assert client.get(f"/points/statement?month={month}").status_code == 404


def test_a_limit_is_a_number_that_can_be(world: World, books: Books) -> None:
    row = Row(
        Deed.TRAINING, 2, Per.TIME, Approver.TWO, Evidence.TEXT, books.pool.id, TODAY, day_cap=10**30
    )  # fmt: skip
    with pytest.raises(Invalid):
        set_rule(world.secretary, books.programme, row=row)
