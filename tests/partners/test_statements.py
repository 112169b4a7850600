"""The month of a merchant: from the books, signed by two people, disputed within a week, put right by lines."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from portal.core import clock
from portal.core.db import db, transaction
from portal.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from portal.partners.actions import signing
from portal.partners.actions.drawing import draw_due, draw_statements
from portal.partners.actions.joining import name_keeper
from portal.partners.actions.settling import reverse_redemption
from portal.partners.listings import months
from portal.partners.models import Redemption, Statement, StatementDispute, StatementLine
from portal.partners.words import StatementState
from portal.places.models import Place
from portal.points.checks import wrong
from portal.points.models import Account, Line
from portal.points.words import Owner
from tests.conftest import Client
from tests.partners.conftest import Mall, partner
from tests.world import NOW

JUNE = date(2026, 6, 1)
JULY_1 = NOW.replace(month=7, day=1)
WEEK = timedelta(days=7)


def place(mall: Mall) -> Place:
    found: Place = mall.world.get(Place, "community")
    return found


def settled(mall: Mall, *who: str) -> list[Redemption]:
    offer = mall.offer()
    return [mall.settle(mall.redeem(name, offer, f"{name}{clock.now():%d}")) for name in who]


def drawn(mall: Mall, month: date = JUNE) -> Statement:
    draw_statements(mall.clock(), place(mall), month=month)
    return db.session.scalars(
        sa.select(Statement).where(Statement.merchant_id == mall.shop.id, Statement.month == month)
    ).one()


def lines(statement: Statement) -> list[tuple[int, int, str]]:
    found = sa.select(StatementLine).where(StatementLine.statement_id == statement.id)
    return [(x.pieces, x.points, x.because) for x in db.session.scalars(found.order_by(StatementLine.id))]


def in_books(mall: Mall) -> int:
    """What the books say the merchant holds, which is what all statements come to when all is drawn up."""
    wanted = (
        sa.select(sa.func.coalesce(sa.func.sum(Line.amount), 0))
        .join(Account, Account.id == Line.account_id)
        .where(Account.key == f"{Owner.MERCHANT.value}:{mall.shop.id}")
    )
    return db.session.scalar(wanted) or 0


def on_statements(mall: Mall) -> int:
    wanted = (
        sa.select(sa.func.coalesce(sa.func.sum(StatementLine.points), 0))
        .join(Statement, Statement.id == StatementLine.statement_id)
        .where(Statement.merchant_id == mall.shop.id)
    )
    return db.session.scalar(wanted) or 0


@pytest.fixture
def month(mall: Mall) -> Mall:
    """Two redemptions in June."""
    settled(mall, "owner", "tenant")
    return mall


def test_not_before_the_month_is_over(month: Mall) -> None:
    with pytest.raises(Invalid):
        draw_statements(month.world.secretary, place(month), month=JUNE)
    with clock.frozen(NOW.replace(day=30)), pytest.raises(Invalid):
        draw_statements(month.world.secretary, place(month), month=JUNE)


def test_the_clock_draws_it_up_once_from_the_books(month: Mall) -> None:
    idle = partner(month.world, "没人来的店", who="owner")
    with clock.frozen(JULY_1):
        assert draw_due(month.clock()) == 1
        assert draw_due(month.clock()) == 0
        assert draw_statements(month.world.worker, place(month), month=JUNE) == 0
        statement = drawn(month)
        assert lines(statement) == [(1, 6, ""), (1, 6, "")]
        assert (statement.keeper_id, statement.until) == (month.world.ids["merchant"], JULY_1 + WEEK)
        assert in_books(month) == on_statements(month) == 12
    assert db.session.query(Statement).filter_by(merchant_id=idle.id).count() == 0
    assert list(wrong()) == []
    with transaction():
        db.session.connection().execute(
            sa.update(StatementLine).where(StatementLine.statement_id == statement.id).values(points=5)
        )
        assert [name for name, _rows in wrong()] == ["statements say what the books say"]
        db.session.rollback()


def test_what_came_at_the_last_minute_stands_on_the_next(month: Mall) -> None:
    """A redemption of the last second that was written when the month had been drawn up."""
    with clock.frozen(JULY_1):
        first = drawn(month)
    with clock.frozen(NOW.replace(day=30)):
        settled(month, "owner")
    with clock.frozen(NOW.replace(month=8, day=1)):
        second = drawn(month, date(2026, 7, 1))
        assert (len(lines(first)), len(lines(second))) == (2, 1)
        assert in_books(month) == on_statements(month)


def test_two_people_sign(month: Mall) -> None:
    world = month.world
    with clock.frozen(JULY_1):
        statement = drawn(month)
        for nobody in (world.owner, world.auditor, world.neighbour):
            with pytest.raises((NotAllowed, NotVisible)):
                signing.agree(nobody, statement)
        with pytest.raises(NotAllowed):
            signing.settle_statement(world.worker, statement)
        signing.agree(world.merchant, statement)
        with pytest.raises(NotAllowed):
            signing.settle_statement(world.merchant, statement)
        signing.settle_statement(world.worker, statement)
        assert statement.state is StatementState.SETTLED
        with pytest.raises(NotAllowed):
            signing.correct_statement(
                world.secretary, statement, title="豆浆", pieces=1, reason="漏了", once="x"
            )


def test_signed_on_paper_the_other_signature_is_another_persons(month: Mall) -> None:
    world = month.world
    name_keeper(world.secretary, month.shop, phone="")
    with clock.frozen(JULY_1):
        statement = drawn(month)
        with pytest.raises(NotVisible):
            signing.agree(world.merchant, statement)
        with pytest.raises(Invalid):
            signing.agree(world.worker, statement)
        signing.agree(world.worker, statement, paper="孙朝晖")
        with pytest.raises(NotAllowed, match="另一位"):
            signing.settle_statement(world.worker, statement)
        assert signing.settle_all(world.worker, place(month), month=JUNE) == 0
        assert signing.settle_all(world.secretary, place(month), month=JUNE) == 1
        assert statement.state is StatementState.SETTLED


def test_the_database_refuses_one_person_for_both(month: Mall) -> None:
    with clock.frozen(JULY_1):
        statement = drawn(month)
        signing.agree(month.world.merchant, statement)
    table = Statement.metadata.tables[Statement.__tablename__]
    same = sa.update(table).where(table.c.id == statement.id)
    with pytest.raises(sa.exc.IntegrityError):
        db.session.connection().execute(same.values(settled_by_id=table.c.agreed_by_id))
    db.session.rollback()


def test_a_dispute_needs_a_reason_and_a_week(month: Mall) -> None:
    world = month.world
    with clock.frozen(JULY_1):
        statement = drawn(month)
        with pytest.raises(Invalid):
            signing.dispute(world.merchant, statement, reason="  ")
        said = signing.dispute(world.merchant, statement, reason="少记了两份")
        with pytest.raises(NotAllowed):
            signing.agree(world.merchant, statement)
        with pytest.raises(NotAllowed):
            signing.answer_dispute(world.merchant, statement, upheld=True, answer="对")
        signing.correct_statement(
            world.worker, statement, title="豆浆", pieces=2, reason="手机没电，记在纸上", once="two"
        )
        again = signing.correct_statement(
            world.worker, statement, title="豆浆", pieces=2, reason="手机没电，记在纸上", once="two"
        )
        assert lines(statement)[2:] == [(2, 0, again.because)]
        signing.answer_dispute(world.worker, statement, upheld=True, answer="核对了纸上的记录，补两份。")
        assert (said.upheld, statement.state) == (True, StatementState.DRAWN)
    with clock.frozen(JULY_1 + WEEK), pytest.raises(NotAllowed, match="7 天"):
        signing.dispute(world.merchant, statement, reason="还是不对")
    with clock.frozen(JULY_1 + WEEK):
        signing.agree(world.merchant, statement)
    assert in_books(month) == on_statements(month)
    assert db.session.query(StatementDispute).count() == 1


def test_put_right_it_is_a_line_and_whoever_signed_signs_anew(mall: Mall) -> None:
    world = mall.world
    first, _second = settled(mall, "owner", "tenant")
    with clock.frozen(JULY_1):
        statement = drawn(mall)
        signing.agree(world.merchant, statement)
        before = lines(statement)
        reverse_redemption(world.worker, first, reason="东西坏了")
        assert lines(statement) == [*before, (-1, -6, "东西坏了")]
        assert (statement.state, statement.agreed_by_id) == (StatementState.DRAWN, None)
        assert in_books(mall) == on_statements(mall) == 6


def test_put_right_after_both_signed_it_stands_on_the_next_month(mall: Mall) -> None:
    world = mall.world
    first, _second = settled(mall, "owner", "tenant")
    with clock.frozen(JULY_1):
        statement = drawn(mall)
        signing.agree(world.merchant, statement)
        signing.settle_statement(world.secretary, statement)
        reverse_redemption(world.worker, first, reason="东西坏了")
        assert len(lines(statement)) == 2
    with clock.frozen(NOW.replace(month=8, day=1)):
        assert lines(drawn(mall, date(2026, 7, 1))) == [(-1, -6, "东西坏了")]
        assert in_books(mall) == on_statements(mall) == 6


@pytest.mark.parametrize("given", [{"title": ""}, {"pieces": 0}, {"pieces": 10_000}, {"reason": " "}])
def test_a_correction_says_what_how_many_and_why(month: Mall, given: dict[str, Any]) -> None:
    with clock.frozen(JULY_1):
        statement = drawn(month)
        with pytest.raises(Invalid):
            said: dict[str, Any] = {"title": "豆浆", "pieces": 1, "reason": "漏了", "once": "c"} | given
            signing.correct_statement(month.world.worker, statement, **said)


def test_the_keeper_of_the_shop_does_not_act_for_the_community(mall: Mall) -> None:
    """A worker whose own shop it is."""
    world = mall.world
    settled(mall, "owner")
    name_keeper(world.secretary, mall.shop, phone="19900000001")
    with clock.frozen(JULY_1):
        statement = drawn(mall)
        keeper = world.worker
        assert statement.keeper_id == keeper.id
        for verb in tries(keeper, statement):
            with pytest.raises((NotAllowed, Conflict)):
                verb()
        signing.agree(keeper, statement)
        with pytest.raises(NotAllowed):
            signing.settle_statement(keeper, statement)


def tries(actor: Any, statement: Statement) -> list[Callable[[], object]]:
    return [
        lambda: signing.settle_statement(actor, statement),
        lambda: signing.correct_statement(actor, statement, title="x", pieces=1, reason="x", once="x"),
        lambda: signing.answer_dispute(actor, statement, upheld=True, answer="x"),
    ]


def test_months_that_are_over() -> None:
    assert months(date(2026, 1, 31))[:2] == [date(2025, 12, 1), date(2025, 11, 1)]
    assert len(months(JUNE)) == 12


def test_pages_from_drawing_to_both_signatures(client: Client, month: Mall) -> None:
    with clock.frozen(JULY_1):
        client.sign_in("secretary")
        assert "还没有出" in client.get("/partners/statements").text
        assert client.submit("/partners/statements", {"month": "2026-06"}).status_code == 303
        statement = db.session.query(Statement).one()
        page = f"/partners/statements/{statement.id}"
        assert client.submit(f"{page}/settlement", {}).status_code in (403, 409)
        client.sign_in("owner")
        assert client.get(page).status_code == 404
        client.sign_in("merchant")
        shown = client.get(page).text
        assert "豆浆油条一份" in shown
        assert "元" not in shown.split("<main", 1)[1].split("</main>", 1)[0]
        assert "王秀兰" not in client.get(f"{page}?format=csv").data.decode("utf-8-sig")
        assert client.get(f"{page}?format=xlsx").data[:2] == b"PK"
        assert "签字" in client.get("/").text
        assert client.submit(f"{page}/disputes", {"reason": ""}).status_code == 422
        assert client.submit(f"{page}/disputes", {"reason": "少了一份"}).status_code == 303
        client.sign_in("worker")
        added = {"title": "豆浆", "pieces": "1", "why": "记在纸上", "once": "one"}
        assert client.submit(f"{page}/corrections", added | {"pieces": ""}).status_code == 422
        assert client.submit(f"{page}/corrections", added).status_code == 303
        answered = {"upheld": "yes", "answer": "补一份"}
        assert client.submit(f"{page}/answers", answered).status_code == 303
        client.sign_in("merchant")
        assert client.submit(f"{page}/agreement", {}).status_code == 303
        client.sign_in("secretary")
        settle = client.submit("/partners/statements/settlement", {"month": "2026-06"})
        assert settle.status_code == 303
        assert "两方都签了" in client.get(page).text
        assert "记在纸上" in client.get(f"{page}/sheet").text
        paper = client.get(f"{page}/sheet?format=pdf")
        assert paper.mimetype == "application/pdf"
        read = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(paper.data)).pages)
        for words in ("积分兑换对账单", "豆浆油条一份", "记在纸上", "孙朝晖", "2026年7月1日"):
            assert words in read
        assert "今天" not in read, "a paper is read when today is another day"
        client.sign_in("owner")
        assert client.get(f"{page}/sheet?format=pdf").status_code == 404
