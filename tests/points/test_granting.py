"""Grants by two people, appeals, the board and the sample."""

from datetime import date

import pytest
import sqlalchemy as sa

from portal.core.db import db
from portal.core.errors import Conflict, Invalid, NotAllowed
from portal.points.actions.answering import answer_appeal, appeal, join_board, leave_board
from portal.points.actions.granting import ask_grant, declare_kin, give_grant, refuse_grant
from portal.points.actions.sampling import check_sample, chosen, draw_due, draw_sample, of_month
from portal.points.models import Entry, Grant, Sample
from portal.points.queries import books as reading
from portal.points.queries import hints, people
from portal.points.words import Deed, Kind
from tests.house.rows import photo
from tests.points.conftest import Books, assert_right
from tests.world import NOW, World

REASON = "6 月 12 日帮三楼老人换了门锁。"


def ask(
    world: World,
    books: Books,
    by: str = "worker",
    amount: int = 5,
    names: tuple[str, ...] = ("owner",),
    **more: object,
) -> Grant:
    given = {"deed": Deed.SKILL, "reason": REASON, "once": f"{by}{len(names)}{names[0]}{amount}", **more}
    shares = {world.ids[name]: amount for name in names}
    return ask_grant(world.actor(by), books.programme, shares=shares, **given)  # type: ignore[arg-type]


def balances(books: Books, *names: str) -> list[int]:
    return [books.balance(name) for name in names]


def test_a_second_person_gives_and_it_is_given_once(world: World, books: Books) -> None:
    grant = ask(world, books, names=("owner", "tenant"))
    assert ask(world, books, names=("owner", "tenant")).id == grant.id
    assert balances(books, "owner", "tenant") == [0, 0]
    with pytest.raises(NotAllowed):
        give_grant(world.worker, grant)
    give_grant(world.secretary, grant)
    with pytest.raises(NotAllowed, match="已经有结论"):
        give_grant(world.secretary, grant)
    assert balances(books, "owner", "tenant") == [5, 5]
    with pytest.raises(NotAllowed, match="已经有结论"):
        refuse_grant(world.secretary, grant, answer="算了")
    assert_right()


def test_nobody_asks_for_himself_nor_gives_to_himself_or_his_kin(world: World, books: Books) -> None:
    with pytest.raises(Invalid):
        ask(world, books, names=("worker",))
    with pytest.raises(NotAllowed):
        give_grant(world.secretary, ask(world, books, names=("secretary",)))
    declare_kin(world.worker, books.programme, user_id=world.ids["owner"], relative_id=world.ids["secretary"])
    declare_kin(world.worker, books.programme, user_id=world.ids["secretary"], relative_id=world.ids["owner"])
    with pytest.raises(NotAllowed):
        give_grant(world.secretary, ask(world, books))
    assert balances(books, "owner") == [0]


def test_who_shares_a_home_is_kin(world: World) -> None:
    ids = world.ids
    assert people.kin_of(ids["owner"], [ids["co_owner"], ids["tenant"]]) == {ids["co_owner"]}


def test_a_batch_in_which_one_has_no_room_is_not_given_at_all(world: World, books: Books) -> None:
    grant = ask(world, books, names=("owner", "tenant", "chair"))
    books.earn("tenant", 36, "much", deed=Deed.SKILL)
    with pytest.raises(Invalid, match="赵强"):
        give_grant(world.secretary, grant)
    db.session.refresh(grant)
    assert (grant.given, balances(books, "owner", "tenant", "chair")) == (None, [0, 36, 0])
    with pytest.raises(Invalid, match="赵强"):
        ask(world, books, names=("owner", "tenant"))
    assert_right()


@pytest.mark.parametrize("amount", [0, -1, 6, 41, 10**9])
def test_nothing_less_and_too_much(world: World, books: Books, amount: int) -> None:
    with pytest.raises((Invalid, Conflict)):
        ask(world, books, amount=amount)
    assert db.session.query(Grant).count() == 0


def test_evidence_is_needed(world: World, books: Books) -> None:
    with pytest.raises(Invalid):
        ask(world, books, reason=" ")
    with pytest.raises(Invalid):
        ask(world, books, deed=Deed.HAZARD)
    give_grant(world.secretary, ask(world, books, deed=Deed.HAZARD, photos=[photo()]))
    with pytest.raises(Invalid):
        ask(world, books, deed=Deed.SURVEY, once="off")
    with pytest.raises(Invalid):
        ask(world, books, names=("neighbour",))


def test_the_same_photo_twice_and_grants_to_kin_are_shown(world: World, books: Books) -> None:
    first = ask(world, books, photos=[photo()])
    second = ask(world, books, names=("tenant",), photos=[photo()])
    assert [(p.first, p.last) for p in hints.same_photos(books.programme)] == [(first.id, second.id)]
    declare_kin(world.worker, books.programme, user_id=world.ids["worker"], relative_id=world.ids["tenant"])
    assert [k.grants for k in hints.to_kin(books.programme)] == [1]
    books.earn("chair", 30, "fast")
    assert world.ids["chair"] in [a.id for a in hints.new_accounts(books.programme, NOW)]


def test_a_refusal_says_why(world: World, books: Books) -> None:
    grant = ask(world, books)
    with pytest.raises(Invalid):
        refuse_grant(world.secretary, grant, answer="")
    refuse_grant(world.secretary, grant, answer="查不到这件事。")
    assert (grant.given, balances(books, "owner")) == (False, [0])


def test_an_appeal_is_answered_once_with_a_reason(world: World, books: Books) -> None:
    entry = books.earn("owner", 2, "few")
    with pytest.raises(NotAllowed):
        appeal(world.worker, entry, text="不对")
    said = appeal(world.owner, entry, text="我帮了两个小时，只记了一个小时。")
    with pytest.raises(Conflict):
        appeal(world.owner, entry, text="再说一次")
    with pytest.raises(Invalid):
        answer_appeal(world.worker, said, upheld=True, answer="")
    answer_appeal(world.worker, said, upheld=True, answer="查了签到，您说得对。")
    with pytest.raises(NotAllowed, match="已经答复过"):
        answer_appeal(world.secretary, said, upheld=False, answer="不对")


def test_on_the_board_by_choice_and_by_nickname(world: World, books: Books) -> None:
    books.earn("owner", 9, "nine")
    books.earn("tenant", 12, "twelve")
    first, after = date(2026, 6, 1), date(2026, 7, 1)
    assert reading.board(books.programme, first, after) == []
    join_board(world.owner, books.programme, nickname="桂花树下")
    join_board(world.owner, books.programme, nickname="桂花树")
    with pytest.raises(Invalid):
        join_board(world.tenant, books.programme, nickname="桂花树")
    assert [(b.nickname, b.points) for b in reading.board(books.programme, first, after)] == [("桂花树", 9)]
    leave_board(world.owner, books.programme)
    assert reading.board(books.programme, first, after) == []


def test_a_twentieth_of_a_month_is_drawn_and_checked_by_somebody_else(world: World, books: Books) -> None:
    for number in range(41):
        books.earn("owner" if number % 2 else "tenant", 1, f"n{number}")
    july = books.later(20)
    assert draw_due(books.clock()) == 0
    assert draw_due(july.clock()) == 3
    assert draw_due(july.clock()) == 0
    with pytest.raises(Conflict):
        draw_sample(july.clock(), books.programme, month=date(2026, 7, 1))
    sample = db.session.scalars(sa.select(Sample).order_by(Sample.id)).first()
    assert sample
    with pytest.raises(Invalid):
        check_sample(world.auditor, sample, sound=False, finding="")
    check_sample(world.auditor, sample, sound=False, finding="没有这回事。")
    seed = sample.seed
    assert reading.sample_results(books.programme) == [(date(2026, 6, 1), 3, 1, 1, seed)]
    ids = of_month(books.programme, date(2026, 6, 1))
    again = sorted(db.session.scalars(sa.select(Sample.entry_id)))
    assert again == chosen(seed, date(2026, 6, 1), ids)
    assert any(again != chosen(f"{other:032x}", date(2026, 6, 1), ids) for other in range(3)), "not by number"


def test_nobody_checks_what_he_gave(world: World, books: Books) -> None:
    give_grant(world.secretary, ask(world, books))
    entry = db.session.scalars(sa.select(Entry).where(Entry.kind == Kind.EARN)).one()
    assert entry.note == REASON
    draw_due(books.later(20).clock())
    sample = db.session.scalars(sa.select(Sample)).one()
    for name in ("secretary", "worker"):
        with pytest.raises(NotAllowed):
            check_sample(world.actor(name), sample, sound=True, finding="")
    check_sample(world.auditor, sample, sound=True, finding="")
