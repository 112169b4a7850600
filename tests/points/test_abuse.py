"""What somebody tried who wanted more than he earned, or to decide what touches himself."""

from dataclasses import replace

import pytest

from portal.accounts.models import Membership, Relation
from portal.core import clock
from portal.core.db import db, transaction
from portal.core.errors import Conflict, Invalid, NotAllowed
from portal.points.actions.answering import answer_appeal, appeal, join_board, leave_board
from portal.points.actions.granting import ask_grant, declare_kin, give_grant
from portal.points.actions.reversing import reverse
from portal.points.actions.ruling import Row, set_rule
from portal.points.actions.sampling import check_sample, draw_due, month_after
from portal.points.models import BoardSeat, Sample
from portal.points.queries.books import board
from portal.points.queries.hints import to_kin
from portal.points.refusals import Refused
from portal.points.words import Approver, Deed, Evidence, Per, Why
from portal.volunteering.actions.arriving import check_in, check_out
from portal.volunteering.actions.confirming import confirm
from tests.conftest import Client, Held
from tests.points.conftest import TODAY, Books
from tests.volunteering.conftest import ELEVEN, NINE, joined, opened, registered
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


def test_what_the_portal_sees_is_not_granted_by_hand(world: World, books: Books) -> None:
    with pytest.raises(Invalid, match="自动计分"):
        ask_grant(
            world.worker, books.programme, deed=Deed.HOUR, shares={world.ids["owner"]: 1},
            reason="两小时", once="g",
        )  # fmt: skip


@pytest.mark.parametrize("nickname", ["桂 花-树", "Ｌi0", "1IO", "沈佳慧", "沈 佳 慧", "··"])
def test_no_nickname_reads_like_somebody_elses(world: World, books: Books, nickname: str) -> None:
    join_board(world.owner, books.programme, nickname="桂花树")
    join_board(world.co_owner, books.programme, nickname="lio")
    with pytest.raises(Invalid):
        join_board(world.tenant, books.programme, nickname=nickname)


def test_who_is_gone_is_not_on_the_board_and_keeps_no_nickname(world: World, books: Books) -> None:
    books.earn("tenant", 9, "t")
    join_board(world.tenant, books.programme, nickname="阿强")
    assert on_the_board(books) == ["阿强"]
    with transaction():
        for home in db.session.query(Membership).filter_by(user_id=world.ids["tenant"]):
            home.ends = TODAY
    assert on_the_board(books) == []
    join_board(world.owner, books.programme, nickname="阿强")
    assert db.session.query(BoardSeat).count() == 1


def on_the_board(books: Books) -> list[str]:
    first = TODAY.replace(day=1)
    return [line.nickname for line in board(books.programme, first, month_after(first))]


def test_one_person_has_five_appeals_open_and_no_more(world: World, books: Books) -> None:
    entries = [books.earn("owner", 1, f"e{n}") for n in range(6)]
    said = [appeal(world.owner, entry, text="不对") for entry in entries[:5]]
    with pytest.raises(Conflict, match="等答复"):
        appeal(world.owner, entries[5], text="也不对")
    answer_appeal(world.worker, said[0], upheld=False, answer="查过了。")
    appeal(world.owner, entries[5], text="也不对")


def test_a_wallet_is_held_before_its_open_appeals_are_counted(world: World, books: Books, held: Held) -> None:
    """Of two at one instant the second counts the first."""
    entry = books.earn("owner", 1, "e")
    held.clear()
    appeal(world.owner, entry, text="不对")
    assert held == ["points_entry", "points_account"]


def test_whose_home_it_is_too_is_kin_in_the_hints(world: World, books: Books) -> None:
    with transaction():
        db.session.add(
            Membership(
                user_id=world.ids["worker"], unit_id=home_of(world, "owner").unit_id,
                place_path=home_of(world, "owner").place_path, relation=Relation.TENANT, starts=TODAY,
            )
        )  # fmt: skip
    ask_grant(
        world.worker,
        books.programme,
        deed=Deed.SKILL,
        shares={world.ids["owner"]: 5},
        reason="修锁",
        once="g",
    )
    assert [(line.asked_by_id, line.grants) for line in to_kin(books.programme)] == [(world.ids["worker"], 1)]


def home_of(world: World, name: str) -> Membership:
    return db.session.query(Membership).filter_by(user_id=world.ids[name]).first() or pytest.fail("no home")


def test_who_confirmed_the_hours_looks_at_none_of_their_points(world: World, books: Books) -> None:
    for name in ("owner", "tenant"):
        registered(world, name)
    shift = opened(world)
    mine = joined(world, shift, "tenant")
    with clock.frozen(NINE):
        check_in(world.owner, mine)
    with clock.frozen(ELEVEN):
        check_out(world.owner, mine)
        confirm(world.worker, mine)
    later = books.later(20)
    draw_due(later.clock())
    sample = db.session.query(Sample).one()
    with pytest.raises(NotAllowed, match="经手"):
        check_sample(world.worker, sample, sound=True, finding="")
    check_sample(world.auditor, sample, sound=True, finding="")


def test_the_page_offers_no_check_to_who_gave_it(world: World, books: Books, client: Client) -> None:
    grant = ask_grant(
        world.worker,
        books.programme,
        deed=Deed.SKILL,
        shares={world.ids["owner"]: 5},
        reason="修锁",
        once="g",
    )
    give_grant(world.secretary, grant)
    draw_due(books.later(20).clock())
    for name, offered in (("secretary", 0), ("worker", 0), ("auditor", 1)):
        page = client.sign_in(name).get("/points/samples").text
        assert page.count('name="verdict"') == 2 * offered, name
