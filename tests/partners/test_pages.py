"""The pages: from the list to the counter, and from an application to its agreement, without scripting."""

from datetime import timedelta

from bs4 import BeautifulSoup

from portal.core.db import db
from portal.partners.models import PartnerMerchant, Redemption
from tests.conftest import Client
from tests.partners.conftest import TODAY, Mall
from tests.world import World


def soup(reply: object) -> BeautifulSoup:
    return BeautifulSoup(reply.data, "html.parser")  # type: ignore[attr-defined]


def test_from_the_list_to_the_counter(client: Client, mall: Mall) -> None:
    offer, desk = mall.offer(per_span=12), f"/partners/{mall.shop.id}/desk"
    client.sign_in("owner")
    assert "今天还有 12 份" in soup(client.get("/mall")).text
    once = soup(client.get(f"/mall/offers/{offer.id}")).select_one("main input[name=once]")
    assert once
    gone = client.submit(f"/mall/offers/{offer.id}/codes", {"once": once["value"]})
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
    again = client.submit(desk, {"code": had.code})
    assert again.status_code == 422
    assert "已经用过" in again.text
    listed = soup(client.get(desk)).text
    assert "豆浆油条一份" in listed
    assert "王*" in listed.replace("＊", "*")
    assert "王秀兰" not in listed
    assert "没有这个码" in client.submit(desk, {"code": "https://x.example/?code=99"}).text


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
    refused = client.submit(f"{address}/agreements", term)
    assert refused.status_code == 422
    assert "走访" in refused.text
    seen = {"day": str(TODAY), "note": "证照齐全", "once": "visit"}
    assert client.submit(f"{address}/visits", seen).status_code == 303
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
