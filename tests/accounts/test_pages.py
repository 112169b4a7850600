"""Pages of accounts as people meet them: whole and in fragments, in both languages, without scripting."""

import io
import json
import re
from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from openpyxl import load_workbook

from portal.accounts.actions.belonging import move_out
from portal.accounts.models import Acting, Code, Grant, Membership, Relation, User
from portal.core.db import db
from tests.accounts.conftest import Print, account, stated
from tests.conftest import Client, Statements
from tests.world import PASSWORD, World

PHONE = "19900000004"


def soup(reply: Any) -> BeautifulSoup:
    return BeautifulSoup(reply.data, "html.parser")


def enter(client: Client, name: str = PHONE, password: str = PASSWORD, **more: str) -> Any:
    return client.submit("/sign-in", {"name": name, "password": password, **more})


# ---- every page --------------------------------------------------------------------------------

DESK = (
    "/people",
    "/people?q=101&role=secretary&relation=owner&state=desk&sort=name",
    "/people?q=%25",
    "/people/new",
    "/people/new?q=12-1-101",
    "/people/new?q=nothing",
    "/people/{owner}",
    "/people/{chair}",
    "/people/{secretary}",
    "/people/{owner}/edit",
    "/people/{owner}/behalf",
    "/people/{owner}/posts/new",
    "/cards",
    "/cards?q=101",
    "/cards?q=nothing",
    "/cards/{building}",
    "/cards/{u101}",
)
OWN = ("/me", "/me/password")
OPEN = ("/sign-in", "/reset", "/claim")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("name", "paths"),
    [("secretary", DESK + OWN), ("owner", OWN), ("visitor", OPEN), (None, OPEN), ("merchant", OWN)],
)
def test_every_page_opens(
    client: Client, world: World, name: str | None, paths: tuple[str, ...], lang: str
) -> None:
    client.sign_in(name)
    ids = {f"u{k}" if k.isdigit() else k: str(v) for k, v in world.ids.items()}
    for path in paths:
        reply = client.get(path.format_map(ids), headers={"Accept-Language": lang})
        page = soup(reply)
        assert reply.status_code == 200, path
        assert len(page.select("h1")) == 1, path
        ids_used = [e["id"] for e in page.select("[id]")]
        assert len(ids_used) == len(set(ids_used)), path
        for form in page.select("form[method=post]"):
            assert form.select("input[name=csrf_token]"), path


def test_a_fragment_is_part_of_its_page(client: Client, world: World) -> None:
    client.sign_in("secretary")
    whole, part = soup(client.get("/people")), soup(client.fragment("/people", "people_list"))
    assert part.select_one("#people_list")
    inside = whole.select_one("#people_list")
    assert inside
    assert [e.name for e in part.find_all()] == [
        e.name for e in BeautifulSoup(str(inside), "html.parser").find_all()
    ]


@pytest.mark.parametrize(
    ("name", "path", "most"),
    [
        ("owner", "/me", 7),
        ("secretary", "/people", 5),
        ("secretary", "/people/{owner}", 7),
        (None, "/sign-in", 0),
    ],
)
def test_pages_cost_few_queries(
    client: Client, world: World, statements: Statements, name: str | None, path: str, most: int
) -> None:
    client.sign_in(name)
    del statements[:]
    assert client.get(path.format(**world.ids)).status_code == 200
    assert len(statements) <= most, statements


# ---- the door ----------------------------------------------------------------------------------


def test_signing_in_leads_back_to_where_one_was(client: Client, with_password: World) -> None:
    client.sign_in(None)
    asked = client.get("/me?x=1")
    assert asked.status_code == 303
    assert asked.location == "/sign-in?next=%2Fme%3Fx%3D1"
    form = soup(client.get(asked.location)).select_one("#sign_in_form")
    assert form
    assert form.select_one("input[name=next]")["value"] == "/me?x=1"  # type: ignore[index]
    reply = enter(client, next="/me?x=1")
    assert (reply.status_code, reply.location) == (303, "/me?x=1")
    assert "王秀兰" in client.get("/me").text


def test_a_fragment_sign_in_loads_the_page_anew(client: Client, with_password: World) -> None:
    client.sign_in(None)
    head = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "form#sign_in_form"}
    reply = client.submit("/sign-in", {"name": PHONE, "password": PASSWORD, "next": "/me"}, headers=head)
    assert (reply.status_code, reply.headers["HX-Redirect"]) == (200, "/me")


def test_the_cookie_lasts_a_month_and_is_out_of_reach(client: Client, with_password: World) -> None:
    client.sign_in(None)
    cookie = enter(client).headers["Set-Cookie"]
    assert "Expires=" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_wrong_password_keeps_the_name_and_not_the_password(client: Client, with_password: World) -> None:
    client.sign_in(None)
    reply = enter(client, password="not this one")
    page = soup(reply)
    assert reply.status_code == 422
    assert page.select_one("input[name=name]")["value"] == PHONE  # type: ignore[index]
    assert not page.select_one("input[name=password]").get("value")  # type: ignore[union-attr]
    assert "对不上" in page.select_one("[role=alert]").text  # type: ignore[union-attr]


def test_empty_fields_say_what_to_write(client: Client, world: World) -> None:
    client.sign_in(None)
    page = soup(client.submit("/sign-in", {}))
    assert {e.text.strip() for e in page.select(".field__error")} == {"请写手机号或登录名。", "请写密码。"}


def test_signing_out_leaves_nothing_but_the_community(client: Client, with_password: World) -> None:
    client.sign_in(None)
    enter(client)
    assert client.submit("/sign-out").status_code == 303
    with client.session_transaction() as session:
        assert set(session) <= {"community", "csrf_token", "lang", "large"}
        assert session["community"] == with_password.paths["community"]
    assert client.get("/me").status_code == 303


def test_signing_out_everywhere_ends_other_sessions(
    application: Any, client: Client, with_password: World
) -> None:
    other = application.test_client()
    client.sign_in(None)
    other.sign_in(None)
    enter(client)
    enter(other)
    assert other.get("/me").status_code == 200
    assert client.submit("/me/sessions/end").location == "/sign-in"
    assert other.get("/me").status_code == 303
    assert client.get("/me").status_code == 303


def test_a_new_password_ends_other_sessions_and_keeps_this(
    application: Any, client: Client, with_password: World
) -> None:
    other = application.test_client()
    client.sign_in(None)
    other.sign_in(None)
    enter(client)
    enter(other)
    wrong = client.submit("/me/password", {"current": "not this one", "password": "a new sentence"})
    assert wrong.status_code == 422
    weak = client.submit("/me/password", {"current": PASSWORD, "password": PHONE})
    assert weak.status_code == 422
    done = client.submit("/me/password", {"current": PASSWORD, "password": "a new sentence"})
    assert done.location == "/me"
    assert client.get("/me").status_code == 200
    assert other.get("/me").status_code == 303
    assert enter(other, password=PASSWORD).status_code == 422
    assert enter(other, password="a new sentence").status_code == 303


def test_a_reset_code_from_the_desk_opens_the_door(client: Client, world: World) -> None:
    client.sign_in("secretary")
    page = soup(client.submit(f"/people/{world.ids['owner']}/reset-code"))
    code = page.select_one("#reset-code").text  # type: ignore[union-attr]
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", code)
    assert code not in client.get(f"/people/{world.ids['owner']}").text
    client.sign_in(None)
    assert client.submit("/reset", {"code": code, "password": "short"}).status_code == 422
    assert (
        client.submit("/reset", {"code": code.lower(), "password": "a new sentence"}).location == "/sign-in"
    )
    assert client.submit("/reset", {"code": code, "password": "another sentence"}).status_code == 422
    assert enter(client, password="a new sentence").status_code == 303


# ---- claiming ----------------------------------------------------------------------------------


def test_a_bearer_scans_joins_and_is_in(client: Client, world: World, cards: Print) -> None:
    card = cards("202")[0]
    client.sign_in(None)
    scanned = client.get(f"/claim/{card.code}")
    assert (scanned.status_code, scanned.location) == (303, "/claim/unit")
    assert scanned.headers["X-Robots-Tag"] == "noindex, nofollow"
    page = soup(client.get("/claim/unit"))
    assert "12号楼1单元2**室" in page.text
    assert "202" not in page.select_one("#claim_form").text  # type: ignore[union-attr]
    given = {"name": "周立新", "phone": "199 0000 1111", "password": "a new sentence"}
    reply = client.submit("/claim/join", given)
    assert (reply.status_code, reply.location) == (303, "/me")
    mine = client.get("/me").text
    assert "12号楼1单元202室" in mine
    assert "认领好了" in mine
    assert client.get("/claim/unit").location == "/claim"


def test_an_owner_chooses_his_masked_name(client: Client, world: World, cards: Print) -> None:
    leaving = db.session.scalars(
        sa.select(Membership).where(Membership.user_id == world.ids["co_owner"])
    ).one()
    move_out(world.secretary, leaving, on=world.owner.today)
    card = cards("101", Relation.OWNER)[0]
    client.sign_in("tenant")
    client.submit("/claim", {"code": card.code.lower()})
    page = soup(client.get("/claim/unit"))
    assert [c.text.strip() for c in page.select(".choice")] == ["王*"]
    assert "王**" in page.text
    assert "王芳" not in page.text
    assert client.submit("/claim/unit").status_code == 422
    chosen = page.select_one("input[name=owner]")["value"]  # type: ignore[index]
    assert client.submit("/claim/unit", {"owner": chosen}).location == "/me"


def test_a_bearer_with_an_account_signs_in_on_the_way(
    client: Client, with_password: World, cards: Print
) -> None:
    card = cards("202")[0]
    client.sign_in(None)
    client.get(f"/claim/{card.code}")
    assert enter(client, next="/claim/unit").location == "/claim/unit"
    assert client.submit("/claim/unit").location == "/me"
    assert with_password.paths["202"] in with_password.owner.homes


@pytest.mark.parametrize("typed", ["", "ABCD", "ABCDEFGHJKLM", "<script>alert(1)</script>"])
def test_a_wrong_code_says_what_to_do(client: Client, world: World, typed: str) -> None:
    client.sign_in(None)
    reply = client.submit("/claim", {"code": typed})
    assert reply.status_code == 422
    assert soup(reply).select_one(".field__error")
    assert "<script>alert" not in reply.text


def test_a_used_card_says_so(client: Client, world: World, cards: Print) -> None:
    card = cards("202")[0]
    client.sign_in("tenant").submit("/claim", {"code": card.code})
    client.submit("/claim/unit")
    client.sign_in(None).submit("/claim", {"code": card.code})
    reply = client.get("/claim/unit")
    assert reply.status_code == 409
    assert "已经用过" in reply.text
    late = client.submit(
        "/claim/join", {"name": "周立新", "phone": "19900001111", "password": "a new sentence"}
    )
    assert late.status_code == 409


def test_the_claim_form_keeps_what_was_typed(client: Client, world: World, cards: Print) -> None:
    client.sign_in(None).submit("/claim", {"code": cards("202")[0].code})
    head = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div#claim_form"}
    reply = client.submit(
        "/claim/join", {"name": "周立新", "phone": "1990000111", "password": "a new sentence"}, headers=head
    )
    part = soup(reply)
    assert reply.status_code == 422
    assert not part.select("h1")
    assert part.select_one("input[name=name]")["value"] == "周立新"  # type: ignore[index]
    assert "少 1 位数字" in part.select_one("#phone-error").text  # type: ignore[union-attr]


def test_the_sheet_is_shown_once_with_scannable_addresses(client: Client, world: World) -> None:
    client.sign_in("worker")
    data = {"relation": "owner", "copies": "1", "days": "60"}
    page = soup(client.submit(f"/cards/{world.ids['building']}", data))
    assert len(page.select(".contact-card")) == 4
    assert "宝枫新城 12号楼1单元101室" in page.text
    assert "8月15日" in page.text
    image = page.select_one("img.qr")
    assert image
    assert str(image["src"]).startswith("data:image/svg+xml")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Code)) == 4
    assert client.submit(f"/cards/{world.ids['building']}", {"relation": "worker"}).status_code == 422
    for name in ("owner", "manager", "chair"):
        assert client.sign_in(name).get("/cards").status_code == 403


# ---- my page -----------------------------------------------------------------------------------


def test_my_page_shows_units_posts_and_how_others_see_me(client: Client, world: World) -> None:
    text = soup(client.sign_in("chair").get("/me")).text
    for word in ("12号楼1单元201室", "业主", "业委会主任", "顾**", "199****0003"):
        assert word in text
    assert "19900000003" not in text
    empty = soup(client.sign_in("auditor").get("/me")).text
    assert "还没有认领房屋" in empty


def test_changing_how_i_am_shown(client: Client, world: World) -> None:
    client.sign_in("owner")
    assert client.submit("/me", {"nickname": "木栈道老王", "lang": "en", "large_text": "y"}).location == "/me"
    page = soup(client.get("/me"))
    assert page.html["lang"] == "en"  # type: ignore[index]
    assert page.html["data-text"] == "large"  # type: ignore[index]
    assert "木栈道老王" in page.text
    assert client.submit("/me", {"nickname": "长" * 31, "lang": "zh"}).status_code == 422
    assert client.submit("/me", {"nickname": "", "lang": "xx"}).status_code == 422


@pytest.mark.parametrize("name", ["owner", None])
def test_switches_work_for_everybody_and_return(client: Client, world: World, name: str | None) -> None:
    client.sign_in(name)
    assert client.submit("/prefs", {"text": "large", "next": "/claim?a=1"}).location == "/claim?a=1"
    assert client.submit("/language", {"lang": "en", "next": "/claim"}).location == "/claim"
    page = soup(client.get("/claim"))
    assert (page.html["lang"], page.html["data-text"]) == ("en", "large")  # type: ignore[index]
    client.submit("/prefs", {"next": "/claim"})
    assert not soup(client.get("/claim")).html.get("data-text")  # type: ignore[union-attr]
    assert client.submit("/language", {"lang": "xx", "next": "/claim"}).location == "/claim"
    assert soup(client.get("/claim")).html["lang"] == "en"  # type: ignore[index]
    if name:
        client.sign_in(name)
        assert soup(client.get("/claim")).html["lang"] == "en"  # type: ignore[index]


def test_my_data_is_all_mine(client: Client, world: World) -> None:
    client.sign_in("chair")
    client.submit("/me", {"nickname": "老顾", "lang": "zh"})
    reply = client.get("/me/data.json")
    data = json.loads(reply.data)
    assert reply.headers["Content-Disposition"].startswith("attachment")
    assert data["account"]["phone"] == "19900000003"
    assert data["units"][0]["unit"] == "12号楼1单元201室"
    assert data["posts"][0]["post"] == "业委会主任"
    assert data["what_i_did"][0]["what"] == "user.adjusted"
    assert "王秀兰" not in reply.text


# ---- the desk ----------------------------------------------------------------------------------


def test_the_list_searches_filters_and_exports(client: Client, world: World) -> None:
    client.sign_in("worker")

    def names(query: str) -> list[str]:
        return [e.text for e in soup(client.get("/people" + query)).select("tbody th a")]

    assert names("?sort=name&q=王") == ["王秀兰", "王芳"]
    assert names("?q=19900000004") == ["王秀兰"]
    assert names("?q=1单元102") == ["赵强"]
    assert names("?role=committee_chair") == ["顾建平"]
    assert names("?relation=tenant&q=赵") == ["赵强"]
    assert "马德明" not in client.get("/people").text
    assert "没有找到" in client.get("/people?q=没有这个人").text
    text = client.get("/people?format=csv&q=王").data.decode("utf-8-sig")
    assert text.splitlines()[0].startswith("姓名,昵称,手机号")
    assert len(text.splitlines()) == 3
    sheet = load_workbook(io.BytesIO(client.get("/people?format=xlsx&q=王芳").data)).active
    assert sheet
    assert sheet["A2"].value == "王芳"
    assert [e.actor_id for e in stated("people.exported")] == [world.ids["worker"]] * 2


def test_the_list_pages_by_key(client: Client, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client.sign_in("worker")
    seen: list[str] = []
    address = "/people?sort=name"
    from dataclasses import replace

    from portal.accounts.queries import people

    monkeypatch.setattr(people, "PEOPLE", replace(people.PEOPLE, size=4))
    for _page in range(5):
        page = soup(client.get(address))
        seen += [e.text for e in page.select("tbody th a")]
        following = page.select_one(".pager a[rel=next]")
        if following is None:
            break
        address = "/people" + str(following["href"])
    assert len(seen) == len(set(seen)) == 10
    assert seen == sorted(seen)


def test_registering_at_the_desk(client: Client, world: World) -> None:
    client.sign_in("worker")
    page = soup(client.get("/people/new?q=12-1-202"))
    unit = page.select_one("input[name=unit]")["value"]  # type: ignore[index]
    data = {
        "name": "周桂英",
        "phone": "",
        "sign_in_name": "",
        "unit": unit,
        "relation": "family",
        "q": "12-1-202",
    }
    reply = client.submit("/people", data)
    user = db.session.scalars(sa.select(User).where(User.name == "周桂英")).one()
    assert reply.location == f"/people/{user.id}"
    shown = soup(client.get(reply.location)).text
    assert "没有，由窗口代办" in shown
    assert "12号楼1单元202室" in shown


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "周桂英", "phone": "123"}, "phone"),
        ({"name": "周桂英", "phone": PHONE}, "phone"),
        ({"name": "周桂英", "sign_in_name": "9x"}, "sign_in_name"),
        ({"name": "周桂英", "unit": "{u101}", "relation": "owner", "q": "101"}, "relation"),
        ({"name": "周桂英", "unit": "{other_unit}", "relation": "family", "q": "101"}, "unit"),
    ],
)
def test_a_wrong_registration_says_where(
    client: Client, world: World, given: dict[str, str], field: str
) -> None:
    client.sign_in("worker")
    ids = {f"u{k}" if k.isdigit() else k: str(v) for k, v in world.ids.items()}
    data = {"relation": "family", **{k: v.format_map(ids) for k, v in given.items()}}
    reply = client.submit("/people", data)
    assert reply.status_code == 422
    assert soup(reply).select(f"#{field}-error"), soup(reply).select_one("#register_form")


def test_correcting_and_moving_out(client: Client, world: World) -> None:
    client.sign_in("worker")
    tenant = world.ids["tenant"]
    assert client.submit(f"/people/{tenant}/edit", {"name": "赵小强", "phone": "1"}).status_code == 422
    done = client.submit(
        f"/people/{tenant}/edit", {"name": "赵小强", "phone": "19900002222", "sign_in_name": ""}
    )
    assert done.location == f"/people/{tenant}"
    membership = db.session.scalars(sa.select(Membership.id).where(Membership.user_id == tenant)).one()
    assert client.submit(f"/memberships/{membership}/end", {"on": "2027-01-01"}).status_code == 422
    assert client.submit(f"/memberships/{membership}/end", {"on": "2026-06-16"}).status_code == 303
    shown = " ".join(soup(client.get(done.location)).text.split())
    assert "2024年1月1日 到 6月16日" in shown, shown
    assert not world.tenant.homes


def test_giving_and_ending_a_post(client: Client, world: World) -> None:
    client.sign_in("secretary")
    owner = world.ids["owner"]
    page = soup(client.get(f"/people/{owner}/posts/new"))
    roles = [o["value"] for o in page.select("select[name=role] option")]
    assert "administrator" not in roles
    assert [o.text for o in page.select("select[name=place] option")] == [
        "梧桐社区",
        "宝枫新城",
        "宝枫新城 12号楼",
    ]
    data = {
        "role": "committee_member",
        "place": world.ids["estate"],
        "starts": "2026-06-16",
        "title": "第二小组",
    }
    assert client.submit(f"/people/{owner}/posts", {**data, "ends": "2026-06-16"}).status_code == 422
    assert client.submit(f"/people/{owner}/posts", data).location == f"/people/{owner}#posts"
    assert client.submit(f"/people/{owner}/posts", data).status_code == 422
    grant = db.session.scalars(sa.select(Grant).where(Grant.user_id == owner)).one()
    link = soup(client.get(f"/people/{owner}")).select_one(f"a[href='/posts/{grant.id}/end']")
    assert link
    assert client.submit(f"/posts/{grant.id}/end", {"on": "2026-06-15"}).status_code == 422
    assert client.submit(f"/posts/{grant.id}/end", {"on": "2026-06-16"}).status_code == 303
    assert "已结束" in client.get(f"/people/{owner}").text


# ---- acting ------------------------------------------------------------------------------------


def test_acting_for_a_resident_from_begin_to_end(client: Client, world: World) -> None:
    client.sign_in("worker")
    tenant = world.ids["tenant"]
    assert client.submit(f"/people/{tenant}/behalf", {"way": "phone"}).status_code == 422
    assert client.submit(f"/people/{tenant}/behalf", {"way": "pigeon", "reason": "x"}).status_code == 422
    done = client.submit(f"/people/{tenant}/behalf", {"way": "counter", "reason": "改昵称"})
    assert done.location == "/"
    mine = soup(client.get("/me"))
    assert mine.select_one(".behalf form[action='/behalf/end']")
    assert "赵强" in mine.h1.parent.text  # type: ignore[union-attr]
    client.submit("/me", {"nickname": "小赵", "lang": "zh"})
    event = stated("user.adjusted")[-1]
    assert (event.actor_id, event.entered_by_id) == (tenant, world.ids["worker"])
    assert client.get("/me/password").status_code == 403
    assert client.get("/me/data.json").status_code == 403
    assert client.get("/people").status_code == 403
    assert client.submit("/behalf/end").location == f"/people/{tenant}"
    assert not soup(client.get("/people")).select_one(".behalf")
    assert db.session.scalars(sa.select(Acting)).one().ended_at is not None
    client.sign_in("tenant")
    assert "改昵称" in client.get("/me").text


def test_acting_changes_the_staffs_own_eyes_only(client: Client, world: World) -> None:
    client.sign_in("worker")
    client.submit(f"/people/{world.ids['tenant']}/behalf", {"way": "counter", "reason": "x"})
    client.submit("/language", {"lang": "en", "next": "/me"})
    client.submit("/me", {"nickname": "小赵", "lang": "en", "large_text": "y"})
    assert soup(client.get("/me")).html["lang"] == "en"  # type: ignore[index]
    tenant = account(world, "tenant")
    assert (tenant.lang, tenant.large_text, tenant.nickname) == ("zh", False, "小赵")


def test_signing_out_ends_acting(client: Client, world: World) -> None:
    client.sign_in("worker")
    client.submit(f"/people/{world.ids['tenant']}/behalf", {"way": "counter", "reason": "x"})
    client.submit("/sign-out")
    assert db.session.scalars(sa.select(Acting)).one().ended_at is not None
