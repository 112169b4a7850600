"""Pages for those without a phone, and for what went wrong: PIN, keeper, handing over by staff, putting right."""

from bs4 import BeautifulSoup

from portal.accounts.models import User
from portal.core.db import db
from portal.partners.models import Redemption
from portal.partners.words import Desk, RedemptionState
from tests.conftest import Client
from tests.partners.conftest import Mall

PIN = "702913"


def test_a_pin_is_set_by_oneself_and_used_at_the_desk(client: Client, mall: Mall) -> None:
    offer = mall.offer()
    client.sign_in("owner")
    assert client.submit("/mall/pin", {"pin": "123456", "again": "123456"}).status_code == 422
    assert client.submit("/mall/pin", {"pin": PIN, "again": "702914"}).status_code == 422
    assert client.submit("/mall/pin", {"pin": PIN, "again": PIN}).status_code == 303
    assert PIN not in client.get("/mall/pin").text
    desk = f"/mall/offers/{offer.id}/desk"
    assert client.get(desk).status_code == 403
    client.sign_in("worker")
    assert desk in client.get(f"/mall/offers/{offer.id}").text
    typed = {"who": "王秀兰", "pin": "702914", "once": "desk", "version": "0"}
    refused = client.submit(desk, typed)
    assert refused.status_code == 422
    assert "取用密码不对" in refused.text
    assert client.submit(desk, typed | {"pin": PIN, "who": "没有这人"}).status_code == 422
    assert client.submit(desk, typed | {"pin": PIN}).status_code == 303
    assert client.submit(desk, typed | {"pin": PIN}).status_code == 303, "sent twice it is one"
    had = db.session.query(Redemption).filter_by(user_id=mall.world.ids["owner"]).one()
    assert (had.state, had.desk) == (RedemptionState.USED, Desk.PIN)


def test_wrong_pins_are_counted(client: Client, mall: Mall) -> None:
    desk = f"/mall/offers/{mall.offer().id}/desk"
    client.sign_in("worker")
    typed = {"who": "王秀兰", "pin": PIN, "version": "0"}
    said = [client.submit(desk, typed | {"once": f"w{n}"}).status_code for n in range(6)]
    assert said == [422] * 5 + [429]


def test_whose_desk_it_is(client: Client, mall: Mall) -> None:
    code = mall.redeem("owner", mall.offer()).code
    page, desk = f"/partners/{mall.shop.id}/keeper", f"/partners/{mall.shop.id}/desk"
    client.sign_in("merchant")
    assert client.get(page).status_code == 403
    assert all(f'href="{desk}"' in client.get(address).text for address in ("/", "/me"))
    client.sign_in("secretary")
    assert all(f'href="{desk}"' not in client.get(address).text for address in ("/", "/me"))
    assert f'href="{desk}"' not in client.get(f"/people/{mall.world.ids['merchant']}").text
    assert "孙朝晖" in client.get(page).text
    assert client.submit(page, {"phone": "19900009999"}).status_code == 422
    own = client.submit(page, {"phone": db.session.get_one(User, mall.world.ids["secretary"]).phone or ""})
    assert own.status_code == 422
    assert "不能把自己或家人写成店家" in own.text
    assert client.submit(page, {"phone": ""}).status_code == 303
    client.sign_in("merchant")
    assert client.get(desk).status_code == 403
    assert all(f'href="{desk}"' not in client.get(address).text for address in ("/", "/me"))
    client.sign_in("worker")
    assert "代录" in client.get(desk).text
    assert client.submit(desk, {"code": code}).status_code == 303
    assert client.submit(page, {"phone": "19900000007"}).status_code == 303
    client.sign_in("merchant")
    assert client.get(desk).status_code == 200


def test_put_right_by_staff_with_a_reason(client: Client, mall: Mall) -> None:
    had = mall.settle(mall.redeem("owner", mall.offer()))
    history, code = f"/partners/{mall.shop.id}/redemptions", f"/mall/codes/{had.id}"
    client.sign_in("merchant")
    seen = client.get(history).text
    assert "豆浆油条一份" in seen
    assert code not in seen
    assert "王秀兰" not in seen
    assert client.submit(f"{code}/reversal", {"reason": "x"}).status_code in (403, 404)
    client.sign_in("worker")
    assert code in client.get(history).text
    assert client.submit(f"{code}/reversal", {"reason": " "}).status_code == 422
    assert client.submit(f"{code}/reversal", {"reason": "东西坏了"}).status_code == 303
    assert "东西坏了" in BeautifulSoup(client.get(code).data, "html.parser").text
    assert client.submit(f"{code}/reversal", {"reason": "再来一次"}).status_code in (403, 409)
