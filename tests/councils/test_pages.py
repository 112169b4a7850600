"""The pages of topics: whole and in fragments, for everybody who comes."""

import io
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from PIL import Image

from portal.core.db import db
from portal.councils.actions.responding import give_response
from portal.councils.actions.screening import take_up
from portal.councils.models import Council, Response, Topic
from tests.conftest import Browser, Statements
from tests.world import World

Raise = Callable[..., Topic]


def soup(reply: object) -> BeautifulSoup:
    return BeautifulSoup(reply.data, "html.parser")  # type: ignore[attr-defined]


def photo() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (320, 240), "teal").save(out, "JPEG")
    out.seek(0)
    return out


@pytest.mark.parametrize("name", ["visitor", "owner", "secretary", "manager"])
def test_everybody_reads_topics(browser: Browser, topic: Topic, name: str) -> None:
    browser.sign_in(name)
    listed = soup(browser.get("/topics"))
    assert [a.text for a in listed.select(".topic-card h3 a")] == ["木栈道松动，要不要加固"]
    page = soup(browser.get(f"/topics/{topic.id}"))
    assert page.h1
    assert page.h1.text == topic.title
    assert page.select_one(".route__stop[aria-current=step] .route__name").text == "征集"  # type: ignore[union-attr]


def test_visitors_see_masked_names(browser: Browser, topic: Topic) -> None:
    text = browser.sign_in("visitor").get(f"/topics/{topic.id}").text
    assert "王秀兰" not in text
    assert "王*" in text
    assert "王秀兰" in browser.sign_in("tenant").get(f"/topics/{topic.id}").text


def test_another_communitys_topic_is_not_there(browser: Browser, topic: Topic) -> None:
    browser.sign_in("neighbour")
    for address in (f"/topics/{topic.id}", f"/topics/{topic.id}/screening", f"/topics/{topic.id}/edit"):
        assert browser.get(address).status_code == 404
    assert browser.submit(f"/topics/{topic.id}/endorsement").status_code == 404


def test_raising_with_photo_and_options(browser: Browser, world: World, council: Council) -> None:
    browser.sign_in("tenant")
    form = soup(browser.get("/topics/new"))
    assert form.select_one("form#topic_form select[name=place_id] optgroup")
    data = {
        "title": "单元门口台阶做坡道",
        "body": "轮椅上不去。",
        "category": "care",
        "place_id": str(world.ids["building"]),
        "spot": "1单元门口",
        "once": "abc",
        "options-0-title": "水泥坡道",
        "options-0-cost": "3,200.50",
        "photos": (photo(), "坡道.jpg"),
    }
    reply = browser.submit("/topics/new", data, content_type="multipart/form-data")
    assert reply.status_code == 303
    page = soup(browser.get(reply.location))
    assert "3,200.50 元" in page.select_one(".option").text.replace("\xa0", " ")  # type: ignore[union-attr]
    image = browser.get(page.select_one(".photo img")["src"])  # type: ignore[index]
    assert image.mimetype == "image/jpeg"
    browser.sign_in("neighbour")
    assert browser.get(image.request.path).status_code == 404


def test_a_form_with_gaps_comes_back_with_what_was_typed(browser: Browser, council: Council) -> None:
    browser.sign_in("tenant")
    reply = browser.submit("/topics/new", {"title": "", "body": "写了很多", "options-0-cost": "很多钱"})
    assert reply.status_code == 422
    page = soup(reply)
    assert page.select_one(".alert[autofocus]")
    assert page.select_one("textarea[name=body]").text.strip() == "写了很多"  # type: ignore[union-attr]
    assert page.select_one("#title-error")
    assert page.select_one("[name='options-0-cost']")["value"] == "很多钱"  # type: ignore[index]


def test_an_invalid_form_comes_back_as_its_block(browser: Browser, council: Council) -> None:
    browser.sign_in("tenant")
    head = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "form#topic_form"}
    reply = browser.submit("/topics/new", {"title": ""}, headers=head)
    assert reply.status_code == 422
    assert reply.text.lstrip().startswith("<form")


def test_endorsing_redraws_the_block_and_works_without_scripts(browser: Browser, topic: Topic) -> None:
    browser.sign_in("tenant")
    head = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "section#endorsements"}
    reply = browser.submit(f"/topics/{topic.id}/endorsement", headers=head, follow_redirects=True)
    assert reply.text.lstrip().startswith('<section class="panel" id="endorsements"')
    assert "2 户" in reply.text.replace("\xa0", " ")
    plain = browser.submit(f"/topics/{topic.id}/endorsement", {"withdraw": "1"})
    assert plain.location.endswith(f"/topics/{topic.id}#endorsements")
    assert browser.get(f"/topics/{topic.id}/endorsement").status_code == 303


def test_fragments_are_parts_of_their_page(browser: Browser, deliberating: Topic) -> None:
    browser.sign_in("tenant")
    page = soup(browser.get(f"/topics/{deliberating.id}"))
    for block in ("progress", "next", "options", "endorsements"):
        part = soup(browser.fragment(f"/topics/{deliberating.id}", block)).find(id=block)
        whole = page.find(id=block)
        for token in [*part.select("[name=csrf_token]"), *whole.select("[name=csrf_token]")]:  # type: ignore[union-attr]
            token["value"] = ""
        assert str(part) == str(whole)


def test_screening_by_form(browser: Browser, world: World, topic: Topic) -> None:
    browser.sign_in("secretary")
    take_up(world.secretary, topic)
    assert (
        browser.submit(f"/topics/{topic.id}/screening", {"verdict": "accept", "reason": ""}).status_code
        == 422
    )
    wrong = browser.submit(
        f"/topics/{topic.id}/screening", {"verdict": "merge", "reason": "同", "into_id": "0"}
    )
    assert wrong.status_code == 422
    done = browser.submit(f"/topics/{topic.id}/screening", {"verdict": "decline", "reason": "去年刚做过。"})
    assert done.status_code == 303
    page = browser.sign_in("owner").get(f"/topics/{topic.id}")
    assert "去年刚做过。" in page.text
    assert "再申请一次" in page.text


def test_a_reason_is_given_for_what_one_may_not_do(browser: Browser, topic: Topic) -> None:
    reply = browser.sign_in("owner").get(f"/topics/{topic.id}/screening")
    assert reply.status_code == 403
    assert "社区书记" in reply.text


def test_asking_and_answering(browser: Browser, world: World, deliberating: Topic) -> None:
    browser.sign_in("secretary")
    address = f"/topics/{deliberating.id}/responses/new"
    assert soup(browser.get(address)).select_one("[name=due_at]")["value"].startswith("2026-06-24T17:00")  # type: ignore[index]
    asked = {"party": "property", "question": "多久修好？", "due_at": "2026-06-18T17:00"}
    assert browser.submit(address, {**asked, "due_at": "2026-06-01T17:00"}).status_code == 422
    assert browser.submit(address, asked).status_code == 303
    response = db.session.scalar(sa.select(Response))
    assert response
    browser.sign_in("manager")
    assert "去回应" in browser.get(f"/topics/{deliberating.id}").text
    edit = f"/responses/{response.id}/edit"
    assert browser.submit(edit, {"body": "修", "cost": "-3"}).status_code == 422
    assert browser.submit(edit, {"body": "**18 天**修好", "cost": "186400", "days": "18"}).status_code == 303
    shown = soup(browser.get(f"/topics/{deliberating.id}")).find(id=f"response-{response.id}")
    assert shown
    assert "提前 2 天回应" in shown.text.replace("\xa0", " ")
    assert shown.find("strong")


def test_filters_and_files_of_the_list(browser: Browser, raised: Raise) -> None:
    raised("owner", title="东门路灯不亮")
    raised("tenant", title="儿童角")
    browser.sign_in("secretary")
    found = soup(browser.fragment("/topics?q=路灯", "topic_list"))
    assert [a.text for a in found.select("h3 a")] == ["东门路灯不亮"]
    assert "没有找到" in browser.get("/topics?stop=rate").text
    table = browser.get("/topics?format=csv&sort=new").data.decode("utf-8-sig").splitlines()
    assert len(table) == 3
    assert table[0].startswith("编号,议题")
    assert browser.get("/topics?format=xlsx").data[:2] == b"PK"


def test_a_rider_hears_of_a_similar_topic(browser: Browser, topic: Topic) -> None:
    browser.sign_in("tenant")
    assert topic.title in browser.fragment("/topics/similar?title=木栈道松了要加固", "similar").text
    assert topic.title not in browser.fragment("/topics/similar?title=夜间停车", "similar").text


@pytest.mark.parametrize("name", ["visitor", "tenant"])
def test_queries_do_not_grow(
    browser: Browser, world: World, raised: Raise, response: Response, statements: Statements, name: str
) -> None:
    browser.sign_in(name)
    give_response(world.manager, response, body="修。")
    counts = []
    for _round in range(2):
        browser.get("/topics")
        for address in ("/topics", f"/topics/{response.topic_id}"):
            del statements[:]
            assert browser.get(address).status_code == 200
            counts.append(len(statements))
        for _ in range(12):
            raised("owner")
    assert counts[:2] == counts[2:]
    assert max(counts) <= 6, list(statements)


def test_a_seat_is_given_and_ended_on_the_persons_page(browser: Browser, world: World, council: Council) -> None:
    browser.sign_in("secretary")
    page = f"/people/{world.ids['manager']}"
    seat = {"user_id": str(world.ids["manager"]), "party": "property"}
    assert browser.submit("/council/seats", {**seat, "party": "nobody"}).status_code == 422
    assert browser.submit("/council/seats", {**seat, "user_id": str(world.ids["neighbour"])}).status_code == 422
    assert browser.submit("/council/seats", seat).status_code == 303
    assert "陈立军" in browser.get("/council").text
    ending = soup(browser.get(page)).select_one("form[action$='/ending']")
    assert ending
    browser.sign_in("owner")
    assert browser.submit(str(ending["action"])).status_code == 403
    browser.sign_in("secretary")
    assert browser.submit(str(ending["action"])).status_code == 303
    assert "现在没有席位" in browser.get(page).text
