"""The pages: from the list to the counter, and from an application to its agreement, without scripting."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup

from portal.core.db import db
from portal.partners.actions.agreeing import suspend_merchant
from portal.partners.actions.offering import amend_offer
from portal.partners.models import PartnerMerchant, Redemption
from portal.partners.words import Every
from tests.conftest import Client
from tests.partners.conftest import TERMS, TODAY, Mall
from tests.world import World


def soup(reply: object) -> BeautifulSoup:
    return BeautifulSoup(reply.data, "html.parser")  # type: ignore[attr-defined]


def test_from_the_list_to_the_counter(client: Client, mall: Mall) -> None:
    offer, desk = (
        mall.offer(per_span=12, each=1, each_span=Every.DAY, ends=date(2026, 6, 30)),
        f"/partners/{mall.shop.id}/desk",
    )
    client.sign_in("owner")
    assert "今天还有 12 份" in soup(client.get("/mall")).text
    shown = soup(client.get(f"/mall/offers/{offer.id}")).text.replace("\xa0", " ")
    assert "每天最多 1 份" in shown
    assert "2026-06-30" in client.get(f"/mall/offers/{offer.id}").text
    form = {
        str(i["name"]): i["value"] for i in soup(client.get(f"/mall/offers/{offer.id}")).select("main input")
    }
    gone = client.submit(f"/mall/offers/{offer.id}/codes", form)
    assert gone.status_code == 303
    had = db.session.query(Redemption).filter_by(user_id=mall.world.ids["owner"]).one()
    assert f"{had.code[:3]} {had.code[3:]}" in soup(client.get(gone.headers["Location"])).text
    client.sign_in("worker")
    assert had.code not in client.get(f"/mall/codes/{had.id}").text
    client.sign_in("merchant")
    field = soup(client.get(f"{desk}?code={had.code}")).select_one("input[name=code]")
    assert field
    assert field["value"] == had.code
    assert client.submit(desk, {"code": had.code}).status_code == 303
    assert "等客人在自己的手机上点头：豆浆油条一份" in soup(client.get(desk)).text
    client.sign_in("owner")
    page = f"/mall/codes/{had.id}"
    client.sign_in("secretary")
    assert client.submit(f"/partners/{mall.shop.id}/suspension", {"reason": "装修"}).status_code == 303
    client.sign_in("owner")
    over = client.get(page).text
    assert "退回积分" in over
    assert "是我，给" not in over, "what would be refused is not offered"
    client.sign_in("secretary")
    assert client.submit(f"/partners/{mall.shop.id}/resumption", {}).status_code == 303
    client.sign_in("owner")
    assert client.get(f"{page}?seen=asked").status_code == 204
    assert "您在店里吗" in client.get(f"{page}?seen=held").text
    assert client.submit(f"{page}/nod", {}).status_code == 303
    client.sign_in("merchant")
    assert "核销好了：豆浆油条一份" in soup(client.get(desk)).text
    again = client.submit(desk, {"code": had.code})
    assert again.status_code == 422
    assert "已经用过" in again.text
    listed = soup(client.get(desk)).text
    assert "豆浆油条一份" in listed
    assert "王*" in listed.replace("＊", "*")
    assert "王秀兰" not in listed
    assert "没有这个码" in client.submit(desk, {"code": "https://x.example/?code=99"}).text
    client.sign_in("owner")
    link = soup(client.get(f"/mall/codes/{had.id}")).find("a", string="不是您取的？告诉社区")
    assert link
    assert "appeal" in client.get(str(link["href"])).text, "whose code was used by another appeals there"


def test_given_back_by_a_button(client: Client, mall: Mall) -> None:
    had = mall.redeem("owner", mall.offer())
    client.sign_in("owner")
    page = f"/mall/codes/{had.id}"
    assert client.submit(f"{page}/cancellation", {}).status_code == 303
    assert "不要了" in soup(client.get(page)).text
    assert "豆浆油条一份" in soup(client.get("/mall/codes")).text
    assert mall.usable("owner") == 20


def test_from_an_application_to_its_agreement(client: Client, world: World) -> None:
    client.sign_in("merchant")
    given = {"name": "阿芬理发", "trade": "care", "address": "东门", "gives": "理发\n染发", "once": "applied"}
    assert client.submit("/partners/new", given | {"name": ""}).status_code == 422
    made = client.submit("/partners/new", given)
    assert made.status_code == 303
    address = made.headers["Location"]
    assert "染发" in soup(client.get(address)).text
    assert client.get(f"{address}/visits").status_code == 403
    client.sign_in("tenant")
    assert client.get(address).status_code == 404
    client.sign_in("worker")
    term = {"starts": str(TODAY), "ends": str(TODAY + timedelta(days=300)), "payer": "own", "once": "signed"}
    assert not soup(client.get(f"{address}/visits")).select("form[action$=agreements]")
    refused = client.submit(f"{address}/agreements", term)
    assert refused.status_code == 422
    assert "走访" in refused.text
    seen = {"day": str(TODAY), "note": "证照齐全", "once": "visit"}
    assert client.submit(f"{address}/visits", seen).status_code == 303
    assert soup(client.get(f"{address}/visits")).select("form[action$=agreements]")
    assert client.submit(f"{address}/agreements", term).status_code == 303
    shop = db.session.query(PartnerMerchant).filter_by(name="阿芬理发").one()
    assert shop.runs(TODAY)
    client.sign_in("merchant")
    offer = {
        "title": "老人理发",
        "kind": "service",
        "cost": "10",
        "span": "week",
        "per_span": "8",
        "each": "1",
    }
    more = {"each_span": "week", "starts": str(TODAY), "once": "offer"}
    made = client.submit(f"{address}/offers/new", offer | more)
    assert made.status_code == 303
    assert "本周还有 8 份" in soup(client.get("/mall?trade=care")).text
    assert "老人理发" not in soup(client.get("/mall?trade=food")).select_one("main").text  # type: ignore[union-attr]
    changed = {"cost": "12", "version": "0", "left_seen": ""}
    address = made.headers["Location"]
    assert client.submit(f"{address}/edit", offer | more | changed).status_code == 303
    assert "12\xa0分" in soup(client.get(address)).text.replace(" ", "\xa0")
    assert client.submit(f"{address}/pause", {}).status_code == 303
    assert "停了" in soup(client.get(address)).text


def test_a_price_that_was_raised_is_read_before_it_is_paid(client: Client, mall: Mall) -> None:
    offer = mall.offer()
    page = f"/mall/offers/{offer.id}"
    seen = {"once": "tap", "version": str(offer.version)}
    amend_offer(mall.world.merchant, offer, terms=replace(TERMS, cost=9), version=0, left_seen=50)
    client.sign_in("owner")
    for old in (seen, {"once": "tap"}):
        refused = client.submit(f"{page}/codes", old)
        assert refused.status_code == 422
        assert "刚改过" in refused.text
        assert "9\xa0分" in soup(refused).text.replace(" ", "\xa0")
    now = soup(refused).select_one("main input[name=version]")
    assert now
    assert client.submit(f"{page}/codes", seen | {"version": now["value"]}).status_code == 303


@pytest.mark.parametrize(
    ("who", "change", "said"),
    [
        ("owner", {"cost": 25}, "还差 5 分"),
        ("owner", {"left": 0}, "换完了"),
        ("owner", {"starts": TODAY + timedelta(1)}, "还没到开始换的日子"),
        ("merchant", {}, "自己店里的东西"),
    ],
    ids=["short", "gone", "not yet", "own shop"],
)
def test_what_would_be_refused_is_not_offered(
    client: Client, mall: Mall, who: str, change: dict[str, Any], said: str
) -> None:
    mall.books.earn("merchant", 20, "keeper")
    offer = mall.offer(**change)
    client.sign_in(who)
    shown = soup(client.get(f"/mall/offers/{offer.id}"))
    assert said in shown.text.replace("\xa0", " ")
    assert not shown.select("main form[action$=codes]")
    assert client.submit(f"/mall/offers/{offer.id}/codes", {"once": "x", "version": "0"}).status_code == 409


def test_numbers_no_page_shows_break_nothing(client: Client, mall: Mall) -> None:
    offer = mall.offer()
    client.sign_in("merchant")
    given = {
        "title": "豆浆",
        "kind": "goods",
        "cost": "6",
        "span": "day",
        "each_span": "day",
        "starts": str(TODAY),
    }
    for version, seen in enumerate(("9" * 30, "-" + "9" * 30, "x", "")):
        sent = given | {"left": "7", "version": str(version), "left_seen": seen}
        assert client.submit(f"/mall/offers/{offer.id}/edit", sent).status_code == 303, seen
        assert offer.left == 7
    refused = client.submit(f"/mall/offers/{offer.id}/edit", given | {"version": "9" * 30})
    assert refused.status_code == 422


def test_a_shop_that_is_suspended_hands_nothing_over(client: Client, mall: Mall) -> None:
    had = mall.redeem("owner", mall.offer())
    desk = f"/partners/{mall.shop.id}/desk"
    client.sign_in("merchant")
    assert soup(client.get(desk)).select("input[name=code]")
    suspend_merchant(mall.world.secretary, mall.shop, reason="装修")
    shown = soup(client.get(desk))
    assert "不在合伙期内" in shown.text
    assert not shown.select("input[name=code]")
    client.sign_in("owner")
    assert "请退回积分" in client.get(f"/mall/codes/{had.id}").text
