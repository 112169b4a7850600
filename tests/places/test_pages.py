"""Pages of places through the browser: whole and fragment, allowed and refused, and how many queries they take."""

import csv
import io
from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup

from portal.core.db import db
from portal.core.eventlog import Entry
from portal.places.actions.grids import add_grid
from portal.places.models import Grid, Place, RosterImport, Unit
from tests.conftest import Client, Statements
from tests.places.rosterfiles import row, table
from tests.world import World


def soup(reply: Any) -> BeautifulSoup:
    return BeautifulSoup(plain(reply), "html.parser")


def plain(reply: Any) -> str:
    """The page's text with ordinary spaces."""
    return str(reply.text).replace("\u00a0", " ")


def upload(client: Client, data: bytes, name: str = "名册.csv", **more: str) -> Any:
    return client.submit(
        "/rosters", {"file": (io.BytesIO(data), name), **more}, content_type="multipart/form-data"
    )


def count(model: type[Any]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


# ---- the tree ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["owner", "tenant", "secretary", "visitor", "chair"])
def test_the_tree_is_open_to_everybody(client: Client, world: World, name: str) -> None:
    client.sign_in(name)
    page = soup(client.get("/places", follow_redirects=True))
    assert page.h1
    assert page.h1.text == "梧桐社区"
    assert [a.text for a in page.select("ul.rows a")] == ["宝枫新城"]
    estate = soup(client.get(f"/places/{world.ids['estate']}"))
    assert [a.text for a in estate.select("ul.rows a")] == ["12号楼"]
    assert "住宅 4" in estate.select_one("ul.rows").text  # type: ignore[union-attr]
    assert "王秀兰" not in estate.select_one("main").text  # type: ignore[union-attr]


def test_somebody_without_a_community_chooses_one(client: Client, world: World) -> None:
    client.sign_in(None)
    page = soup(client.get("/places"))
    assert [a.text for a in page.select("ul.rows a")] == ["梧桐社区", "龙山社区"]


def test_a_place_of_another_community_is_not_there(client: Client, world: World) -> None:
    client.sign_in("owner")
    assert client.get(f"/places/{world.ids['other_estate']}").status_code == 404
    assert client.get("/places/99999").status_code == 404


# ---- the register --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "status"),
    [("secretary", 200), ("chair", 200), ("manager", 200), ("owner", 403), ("visitor", 303)],
)
def test_the_register_is_for_those_who_work_with_it(
    client: Client, world: World, name: str, status: int
) -> None:
    client.sign_in(name)
    reply = client.get(f"/places/{world.ids['estate']}/units")
    assert reply.status_code == status
    assert ("王秀兰" in reply.text) is (status == 200)
    assert "19900000004" not in reply.text


def test_the_list_is_searched_by_any_spelling_of_a_house_number(client: Client, world: World) -> None:
    client.sign_in("secretary")
    address = f"/places/{world.ids['estate']}/units"
    for words in ("12-1-201", "12号楼1单元201室", "12栋1单元201", "12号楼 201", "201"):
        page = soup(client.fragment(address, "units", query_string={"q": words}))
        assert [a.text for a in page.select("tbody th a")] == ["12号楼1单元201室"], words
        assert page.h1 is None
    nothing = soup(client.get(address, query_string={"q": "99-9-999"}))
    assert "没有这样的房屋" in nothing.text


def test_the_filters_narrow_the_list(client: Client, world: World) -> None:
    client.sign_in("secretary")
    address = f"/places/{world.ids['community']}/units"

    def labels(**asked: str) -> list[str]:
        return [a.text for a in soup(client.get(address, query_string=asked)).select("tbody th a")]

    assert labels(use="shop") == ["东门底商1号"]
    assert len(labels(place=world.paths["building"])) == 4
    assert labels(missing="area") == []
    assert len(labels(missing="grid")) == 5
    assert len(labels(place="/10/")) == 5, "a place of another community is no choice"


def test_the_file_carries_phones_for_staff_alone(client: Client, world: World) -> None:
    address = f"/places/{world.ids['estate']}/units?format=csv"
    for name, phones in (("worker", True), ("chair", False), ("manager", False)):
        client.sign_in(name)
        text = client.get(address).data.decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))
        assert len(rows) == 5
        assert rows[0]["专有面积(㎡)"] in ("89.32", "45.00")
        assert ("业主电话" in rows[0]) is phones
        assert ("1990000" in text) is phones
    exported = sa.select(sa.func.count()).where(Entry.name == "register.exported")
    assert db.session.scalar(exported) == 3


def test_looking_is_written_down_once_an_hour(client: Client, world: World) -> None:
    client.sign_in("chair")
    for _ in range(3):
        client.get(f"/places/{world.ids['estate']}/units")
        client.get(f"/units/{world.ids['101']}")
    seen = db.session.execute(
        sa.select(Entry.subject, Entry.actor_id).where(Entry.name == "register.viewed")
    ).all()
    assert sorted(seen) == [
        (f"place:{world.ids['estate']}", world.ids["chair"]),
        (f"unit:{world.ids['101']}", world.ids["chair"]),
    ]


def test_an_owner_sees_his_own_record_half_hidden(client: Client, world: World) -> None:
    client.sign_in("owner")
    reply = client.get("/units", follow_redirects=True)
    assert reply.status_code == 200
    assert "89.32" in reply.text
    owners = soup(reply).select_one("section[aria-labelledby=h-owners]")
    assert owners
    assert "王**" in owners.text
    assert "王秀兰" not in owners.text
    assert "199****0004" in owners.text
    assert client.get(f"/units/{world.ids['201']}").status_code == 404
    assert client.get(f"/units/{world.ids['101']}/edit").status_code == 403
    assert db.session.scalar(sa.select(sa.func.count()).where(Entry.name == "register.viewed")) == 0


def test_phones_are_for_staff(client: Client, world: World) -> None:
    for name, whole in (("secretary", True), ("manager", False), ("chair", False)):
        client.sign_in(name)
        text = client.get(f"/units/{world.ids['101']}").text
        assert "王秀兰" in text
        assert ("19900000004" in text) is whole


def test_a_unit_is_corrected(client: Client, world: World) -> None:
    client.sign_in("secretary")
    address = f"/units/{world.ids['101']}"
    form = soup(client.get(address + "/edit"))
    assert form.select_one("input[name=area]")["value"] == "89.32"  # type: ignore[index]
    data = {
        "revision": "0",
        "area": "90.1",
        "source": "survey",
        "delivery": "delivered",
        "floor": "1",
        "note": "出租",
    }
    reply = client.submit(address + "/edit", data)
    assert (reply.status_code, reply.location) == (303, address)
    page = client.get(address).text
    assert "专有面积 89.32㎡ → 90.10㎡，面积来源，其他项" in page
    assert "更正了房屋资料" in page


@pytest.mark.parametrize(
    ("typed", "sentence"), [("abc", "请写成数字"), ("1.234", "两位小数"), ("-5", "不合理"), ("0", "不能是 0")]
)
def test_an_area_that_cannot_be_is_refused_on_its_field(
    client: Client, world: World, typed: str, sentence: str
) -> None:
    client.sign_in("secretary")
    data = {"revision": "0", "area": typed, "source": "survey", "delivery": "delivered"}
    reply = client.submit(f"/units/{world.ids['101']}/edit", data)
    assert reply.status_code == 422
    page = soup(reply)
    assert sentence in page.select_one("#area-error").text  # type: ignore[union-attr]
    assert page.select_one("input[name=area]")["value"] == typed  # type: ignore[index]


def test_who_comes_second_sees_both(client: Client, world: World) -> None:
    client.sign_in("secretary")
    address = f"/units/{world.ids['101']}/edit"
    data = {"revision": "0", "source": "register", "delivery": "delivered", "floor": "1", "note": ""}
    assert client.submit(address, data | {"area": "90.00"}).status_code == 303
    second = client.submit(address, data | {"area": "91.00"})
    assert second.status_code == 409
    page = soup(second)
    assert "90.00" in page.select_one(".alert").text  # type: ignore[union-attr]
    assert page.select_one("input[name=area]")["value"] == "91.00"  # type: ignore[index]
    again = {f["name"]: f.get("value", "") for f in page.select("#unit_form input[name]")}
    assert again["revision"] == "1"
    data |= {"revision": again["revision"], "area": "91.00"}
    assert client.submit(address, data).status_code == 303


def test_owners_change_with_a_reason(client: Client, world: World) -> None:
    client.sign_in("secretary")
    address = f"/units/{world.ids['101']}"
    assert (
        client.submit(
            address + "/owners", {"revision": "0", "owners": "张洋 19900000759", "reason": ""}
        ).status_code
        == 422
    )
    data = {"revision": "0", "owners": "张洋 199-0000-0759\n钱霞", "reason": "房屋过户"}
    assert client.submit(address + "/owners", data).status_code == 303
    page = client.get(address).text
    assert "张洋" in page
    assert "房屋过户" in page
    assert "王秀兰、王芳 → 张洋、钱霞" in page


def test_a_unit_is_retired_and_restored(client: Client, world: World) -> None:
    client.sign_in("secretary")
    address = f"/units/{world.ids['101']}"
    assert client.submit(address + "/retirement").status_code == 303
    assert "已注销" in client.get(address).text
    listed = client.get(f"/places/{world.ids['estate']}/units").text
    assert "12号楼1单元101室" not in listed
    gone = client.get(f"/places/{world.ids['estate']}/units?missing=gone").text
    assert "12号楼1单元101室" in gone
    assert client.submit(address + "/retirement", {"restore": "1"}).status_code == 303
    assert client.submit(address + "/retirement", {"restore": "1"}).status_code == 409
    assert client.get(address + "/retirement").status_code == 303


# ---- grids ---------------------------------------------------------------------------------------------------


def test_a_grid_is_made_and_filled(client: Client, world: World) -> None:
    client.sign_in("secretary")
    assert "还没有网格" in client.get("/grids").text
    reply = client.submit("/grids", {"name": "第一网格", "parent": "0"})
    grid = db.session.scalars(sa.select(Grid)).one()
    assert reply.location == f"/grids/{grid.id}"
    assert client.submit("/grids", {"name": "第一网格", "parent": "0"}).status_code == 422
    assert client.submit(f"/grids/{grid.id}/units", {"place": [world.paths["building"]]}).status_code == 303
    assert "住宅 4" in client.get("/grids").text
    units = {"id": [str(world.ids["shop"])], "grid": str(grid.id)}
    assert client.submit(f"/places/{world.ids['estate']}/units", units).status_code == 303
    assert "商铺 1" in client.get(f"/grids/{grid.id}").text
    assert client.submit(f"/grids/{grid.id}", {"name": "第一网格", "parent": str(grid.id)}).status_code == 422


def test_a_grid_of_another_community_is_not_there(client: Client, world: World) -> None:
    theirs = add_grid(world.other_secretary, world.get(Place, "other_community"), name="他网格")
    client.sign_in("secretary")
    assert client.get(f"/grids/{theirs.id}").status_code == 404
    assert client.submit(f"/grids/{theirs.id}", {"name": "x", "parent": "0"}).status_code == 404
    assert "他网格" not in client.get("/grids").text


def test_the_committee_sees_grids_and_no_forms(client: Client, world: World) -> None:
    grid = add_grid(world.secretary, world.get(Place, "community"), name="一网格")
    client.sign_in("secretary")
    assert soup(client.get(f"/grids/{grid.id}")).select("#grid_form")
    client.sign_in("tenant")
    assert client.get("/grids").status_code == 403


# ---- rosters -------------------------------------------------------------------------------------------------


def test_a_file_is_read_shown_and_only_then_taken(client: Client, world: World) -> None:
    client.sign_in("secretary")
    before = count(Unit)
    data = table(row("101"), row("102", **{"专有面积(㎡)": "待测"}), row("103", "张洋/钱霞"))
    reply = upload(client, data)
    imported = db.session.scalars(sa.select(RosterImport)).one()
    assert (reply.status_code, reply.location) == (303, f"/rosters/{imported.id}")
    assert count(Unit) == before
    page = soup(client.get(reply.location))
    assert "收进去就新增 2 套" in page.select_one("#taking").text  # type: ignore[union-attr]
    assert "不是数字" in page.select_one("section[aria-labelledby=findings] tbody").text  # type: ignore[union-attr]
    assert client.submit(f"/rosters/{imported.id}/taking").status_code == 303
    assert count(Unit) == before + 2
    assert "已经收进房屋名册" in client.get(reply.location).text
    twice = client.submit(f"/rosters/{imported.id}/taking")
    assert twice.status_code == 409
    assert "没有再收一遍" in twice.text
    assert count(Unit) == before + 2
    assert "名册.csv" in client.get("/rosters").text


def test_a_preview_made_out_of_date_by_another_is_read_again(client: Client, world: World) -> None:
    client.sign_in("secretary")
    first = upload(client, table(row("101"))).location
    second = upload(client, table(row("101", phone="19900000055"), row("102"))).location
    assert client.submit(second + "/taking").status_code == 303
    late = client.submit(first + "/taking")
    assert late.status_code == 409
    assert "又改过" in late.text
    assert soup(late).select_one(f"form[action='{first}/reading']")
    again = client.submit(first + "/reading").location
    page = plain(client.get(again))
    assert "改动 1 套" in page
    assert "文件里没有的 1 套" in page


def test_missing_units_are_retired_by_hand(client: Client, world: World) -> None:
    client.sign_in("secretary")
    client.submit(upload(client, table(row("101"), row("102"))).location + "/taking")
    address = upload(client, table(row("101"))).location
    box = soup(client.get(address)).select_one(f"form[action='{address}/missing'] input[name=id]")
    assert box
    assert (
        client.submit(address + "/missing", {"id": [box["value"], str(world.ids["101"])]}).status_code == 303
    )
    gone = db.session.scalars(sa.select(Unit.id).where(Unit.gone_on.is_not(None))).all()
    assert gone == [int(str(box["value"]))], "a unit the report does not list is not touched"


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "a.xlsx", "空的"),
        (b"%PDF-1.7", "a.xlsx", "PDF"),
        (b"PK\x03\x04garbage", "a.xlsx", "损坏"),
        ("小区,房号\n枫园,101\n".encode(), "a.csv", "面积"),
        (b"a,b\n\x00\x00\x01", "a.csv", "。"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(
    client: Client, world: World, data: bytes, name: str, sentence: str
) -> None:
    client.sign_in("secretary")
    reply = upload(client, data, name)
    assert reply.status_code == 422
    errors = soup(reply).select(".field__error")
    assert len(errors) == 1
    assert sentence in errors[0].text
    assert count(RosterImport) == 0


def test_no_file_is_said(client: Client, world: World) -> None:
    client.sign_in("secretary")
    reply = client.submit("/rosters", {"estate": ""})
    assert reply.status_code == 422
    assert "请选一个文件" in reply.text


def test_the_report_is_grouped_paged_and_exported(client: Client, world: World) -> None:
    client.sign_in("secretary")
    rows = [row(f"{n}", **{"专有面积(㎡)": "90.5㎡" if n % 2 else "待测"}) for n in range(101, 401)]
    address = upload(client, table(*rows)).location
    page = soup(client.get(address))
    words = [c.text for c in page.select("nav.chips a")]
    assert words[:3] == ["全部 300", "没有收 150", "改正后收下 150"]
    assert "面积不是数字 150" in words
    assert len(page.select("section[aria-labelledby=findings] tbody tr")) == 50
    last = soup(client.get(address + "?action=refuse&page=3"))
    assert "第 3 页，共 3 页" in last.text
    assert len(last.select("section[aria-labelledby=findings] tbody tr")) == 50
    assert client.get(address + "?page=999999").status_code == 200
    assert client.get(address + "?action=nonsense&kind=<b>").status_code == 200
    text = client.get(address + "?format=csv&action=refuse").data.decode("utf-8-sig")
    told = list(csv.DictReader(io.StringIO(text)))
    assert len(told) == 150
    assert told[0]["处理"] == "没有收"
    assert "不是数字" in told[0]["说明"]
    assert client.get(address + "?format=xlsx").data.startswith(b"PK")


@pytest.mark.parametrize("name", ["owner", "chair", "manager", "tenant", "visitor", "auditor"])
def test_rosters_are_for_those_who_keep_the_register(client: Client, world: World, name: str) -> None:
    client.sign_in("secretary")
    address = upload(client, table(row("101"))).location
    client.sign_in(name)
    refused = 303 if name == "visitor" else 403  # to the door
    assert client.get("/rosters").status_code == refused
    for path in (address, address + "?format=csv"):
        assert client.get(path).status_code == 404
    assert client.submit(address + "/taking").status_code == 404
    assert upload(client, table(row("101"))).status_code == 403
    assert count(RosterImport) == 1


def test_the_import_of_another_community_is_not_there(client: Client, world: World) -> None:
    client.sign_in("secretary")
    address = upload(client, table(row("101"))).location
    client.sign_in("other_secretary")
    assert client.get(address).status_code == 404
    for verb in ("taking", "reading", "missing"):
        assert client.submit(f"{address}/{verb}").status_code == 404
    assert address not in client.get("/rosters").text


def test_the_page_speaks_without_markup_from_the_file(client: Client, world: World) -> None:
    client.sign_in("secretary")
    data = table(
        row("101", **{"专有面积(㎡)": "<script>alert(1)</script>", "小区": "<b>园</b>"}),
        row("102", 小区="<b>园</b>"),
    )
    address = upload(client, data, "<img src=x>.csv").location
    text = client.get(address).text
    assert "<script>alert" not in text
    assert "<b>园" not in text
    assert "<img src=x" not in text


# ---- what pages cost -----------------------------------------------------------------------------------------


def test_pages_take_a_constant_number_of_queries(
    client: Client, world: World, statements: Statements
) -> None:
    client.sign_in("secretary")
    grid = add_grid(world.secretary, world.get(Place, "community"), name="一网格")
    address = upload(client, table(*(row(f"{n}") for n in range(101, 161)))).location
    pages = {
        f"/places/{world.ids['community']}": 6,
        f"/places/{world.ids['estate']}": 6,
        f"/places/{world.ids['community']}/units": 7,
        f"/units/{world.ids['101']}": 6,
        "/grids": 5,
        f"/grids/{grid.id}": 5,
        "/rosters": 4,
        address: 4,
    }
    for before_and_after in range(2):
        for page, budget in pages.items():
            client.get(page)
            del statements[:]
            assert client.get(page).status_code == 200
            assert len(statements) <= budget, (page, before_and_after, statements)
        client.submit(address + "/taking")
