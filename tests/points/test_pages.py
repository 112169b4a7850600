"""The pages of points: the wallet, an entry, and the books."""

import pytest
from bs4 import BeautifulSoup

from portal.core.db import db
from portal.points.actions.answering import join_board
from portal.points.models import Entry, Grant, Programme, Rule
from portal.points.words import Deed, Kind
from tests.conftest import Client, Statements
from tests.points.conftest import Books, assert_right
from tests.world import World


def soup(reply: object) -> BeautifulSoup:
    return BeautifulSoup(reply.data, "html.parser")  # type: ignore[attr-defined]


def test_the_wallet_says_what_there_is_what_goes_next_and_where_it_came_from(
    client: Client, books: Books
) -> None:
    books.earn("owner", 9, "nine", note="清理楼道")
    books.earn("owner", 7, "seven", lasts=books.later(20).day)
    books.redeem("owner", 3, "milk")
    page = soup(client.sign_in("owner").get("/points"))
    assert page.select_one(".balance__num").text == "13"  # type: ignore[union-attr]
    text = page.text.replace("\xa0", " ")
    assert "最早到期的 4 分，能用到 7月5日" in text
    assert "30 天里到期" in text
    assert "别的好事：清理楼道" in text
    assert "不是钱" in text
    assert "投票、评价和业主大会表决不给分" in text
    assert "元" not in page.select_one("main").text  # type: ignore[union-attr]


def test_filters_files_and_fragments(client: Client, books: Books) -> None:
    books.earn("owner", 9, "nine", note="=1+1")
    books.redeem("owner", 3, "milk")
    client.sign_in("owner")
    assert len(soup(client.get("/points?group=out")).select("tbody tr")) == 1
    assert len(soup(client.fragment("/points", "movement_list")).select("tbody tr")) == 2
    sheet = client.get("/points?format=csv").data.decode("utf-8-sig")
    assert sheet.splitlines()[0] == "日期,事由,积分,余额,编号"
    assert ",-3,6," in sheet.replace("'-3", "-3")


def test_many_movements_cost_what_few_do(client: Client, books: Books, statements: Statements) -> None:
    client.sign_in("owner")
    books.earn("owner", 9, "nine")
    client.get("/points")
    del statements[:]
    client.get("/points")
    counted = len(statements)
    for number in range(60):
        books.earn("owner", 1, f"more{number}")
    del statements[:]
    page = soup(client.get("/points"))
    assert len(statements) == counted
    assert len(page.select("tbody tr")) == 20
    assert page.select_one("nav.pager a[rel=next]")


def test_before_the_programme_is_opened(client: Client, world: World) -> None:
    assert "还没有开办" in client.sign_in("owner").get("/points").text
    assert client.get("/points/books").status_code == 403
    client.sign_in("secretary")
    assert "开办积分" in client.get("/points/books").text
    fields = {"pool": "社区积分池", "months": "24", "month_cap": "200"}
    assert client.submit("/points/opening", {**fields, "months": "-3"}).status_code == 422
    assert client.submit("/points/opening", fields).status_code == 303
    assert db.session.query(Programme).one().months == 24
    assert db.session.query(Rule).count() == len(Deed)


def test_an_entry_is_appealed_and_put_right(client: Client, books: Books) -> None:
    entry = books.earn("owner", 9, "nine")
    address = f"/points/entries/{entry.id}"
    assert client.sign_in("tenant").get(address).status_code == 404
    client.sign_in("owner")
    assert client.submit(f"{address}/appeal", {"text": ""}).status_code == 422
    assert client.submit(f"{address}/appeal", {"text": "少了一小时"}).status_code == 303
    assert client.submit(f"{address}/reversal", {"reason": "x", "once": "1"}).status_code == 403
    client.sign_in("worker")
    assert "少了一小时" in client.get(address).text
    appeal = soup(client.get(address)).select_one("form[action*=appeals]")["action"]  # type: ignore[index]
    assert client.submit(str(appeal), {"verdict": "upheld", "answer": "您说得对"}).status_code == 303
    assert client.submit(f"{address}/reversal", {"reason": "记错了", "once": "1"}).status_code == 303
    assert "更正" in client.get(address).text
    assert books.balance("owner") == 0
    assert_right()


def test_no_sixth_appeal_is_offered_while_five_wait(client: Client, books: Books) -> None:
    entries = [books.earn("owner", 1, f"e{n}") for n in range(6)]
    client.sign_in("owner")
    for entry in entries[:5]:
        assert "提异议" in client.get(f"/points/entries/{entry.id}").text
        assert client.submit(f"/points/entries/{entry.id}/appeal", {"text": "不对"}).status_code == 303
    sixth = client.get(f"/points/entries/{entries[5].id}").text
    assert "您有 5 条异议还在等答复" in sixth
    assert "提异议" not in sixth


def test_a_grant_is_asked_for_and_given_by_another(client: Client, books: Books, world: World) -> None:
    client.sign_in("worker")
    fields = {
        "deed": "skill",
        "people": "王秀兰\n19900000006",
        "amount": "5",
        "reason": "修门锁",
        "once": "g",
    }
    assert "没有找到" in client.submit("/points/grants/new", {**fields, "people": "没有这个人"}).text
    assert client.submit("/points/grants/new", {**fields, "amount": "41"}).status_code == 422
    asked = client.submit("/points/grants/new", fields)
    assert asked.status_code == 303
    assert client.submit(f"{asked.location}/decision", {"verdict": "give"}).status_code == 403
    client.sign_in("secretary")
    assert "修门锁" in client.get("/points/books").text
    assert client.submit(f"{asked.location}/decision", {"verdict": "give", "answer": ""}).status_code == 303
    assert books.balance("owner") == 5
    assert db.session.query(Grant).one().given


def test_a_row_of_the_table_is_changed_and_a_budget_added(client: Client, books: Books) -> None:
    client.sign_in("secretary")
    rule = db.session.query(Rule).filter_by(deed=Deed.SKILL).one()
    address = f"/points/rules/{rule.id}/next"
    form = soup(client.get(address)).select_one("form#rule_form")
    assert form
    fields = {
        str(i["name"]): str(i.get("value", ""))
        for i in form.select("input[name]")
        if i["name"] != "csrf_token"
    }
    fields |= {
        "per": "time",
        "approver": "two",
        "evidence": "text",
        "pool_id": str(books.pool.id),
        "active": "y",
    }
    assert client.submit(address, {**fields, "points": "0"}).status_code == 422
    assert client.submit(address, {**fields, "points": "8"}).status_code == 303
    assert "8" in client.get("/points").text
    budget = f"/points/pools/{books.pool.id}/budget"
    assert client.submit(budget, {"amount": "-5", "reason": "年中", "once": "b"}).status_code == 422
    for _twice in range(2):
        assert client.submit(budget, {"amount": "50", "reason": "年中", "once": "b"}).status_code == 303
    assert db.session.query(Entry).filter_by(kind=Kind.ISSUE).count() == 2


@pytest.mark.parametrize("path", ["statement", "statement?month=2026-05", "hints", "samples", "flowers"])
def test_the_other_pages_come(client: Client, books: Books, path: str) -> None:
    books.earn("owner", 9, "nine")
    assert client.sign_in("secretary").get(f"/points/{path}").status_code == 200


def test_the_month_as_a_file_and_no_month_that_is_none(client: Client, books: Books) -> None:
    books.earn("owner", 9, "nine")
    client.sign_in("auditor")
    assert "别的好事" in client.get("/points/statement?format=csv").data.decode("utf-8-sig")
    assert client.get("/points/statement?month=2026-13").status_code == 404


def test_on_the_board_by_ones_own_wish(client: Client, books: Books) -> None:
    books.earn("owner", 9, "nine")
    client.sign_in("owner")
    client.submit("/points/board", {"nickname": "桂花树下"})
    assert "桂花树下" in client.get("/points/flowers").text
    client.submit("/points/board/leaving")
    assert "桂花树下" not in client.get("/points/flowers").text


def test_a_nickname_that_will_not_do_comes_back_with_the_reason(client: Client, books: Books) -> None:
    client.sign_in("owner")
    refused = client.submit("/points/board", {"nickname": "沈 佳慧"})
    assert refused.status_code == 422
    assert "看起来和别人的一样" in refused.text
    assert 'value="沈 佳慧"' in refused.text


def test_who_is_not_on_the_board_reads_below_it_what_he_has(
    client: Client, books: Books, world: World
) -> None:
    books.earn("owner", 9, "o")
    books.earn("tenant", 4, "t")
    join_board(world.owner, books.programme, nickname="桂花树")
    shown = [
        row.get_text(" ", strip=True)
        for row in soup(client.sign_in("tenant").get("/points")).select(".rank li")
    ]
    assert (shown[-1][-1], "没上榜" in shown[-1]) == ("4", True), shown
    assert "没上榜" not in client.sign_in("owner").get("/points").text


def test_who_has_no_community_yet_is_asked_to_sign_in(client: Client) -> None:
    client.sign_in(None)
    reply = client.get("/points")
    assert reply.status_code == 303
    assert reply.location == "/sign-in?next=%2Fpoints"
