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
from tests.conftest import Client, Statements
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
def test_everybody_reads_topics(client: Client, topic: Topic, name: str) -> None:
    client.sign_in(name)
    listed = soup(client.get("/topics"))
    assert [a.text for a in listed.select(".topic-card h3 a")] == ["木栈道松动，要不要加固"]
    page = soup(client.get(f"/topics/{topic.id}"))
    assert page.h1
    assert page.h1.text == topic.title
    assert page.select_one(".route__stop[aria-current=step] .route__name").text == "征集"  # type: ignore[union-attr]


def test_visitors_see_masked_names(client: Client, topic: Topic) -> None:
    text = client.sign_in("visitor").get(f"/topics/{topic.id}").text
    assert "王秀兰" not in text
    assert "王*" in text
    assert "王秀兰" in client.sign_in("tenant").get(f"/topics/{topic.id}").text


def test_another_communitys_topic_is_not_there(client: Client, topic: Topic) -> None:
    client.sign_in("neighbour")
    for address in (f"/topics/{topic.id}", f"/topics/{topic.id}/screening", f"/topics/{topic.id}/edit"):
        assert client.get(address).status_code == 404
    assert client.submit(f"/topics/{topic.id}/endorsement").status_code == 404


def test_raising_with_photo_and_options(client: Client, world: World, council: Council) -> None:
    client.sign_in("tenant")
    form = soup(client.get("/topics/new"))
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
    reply = client.submit("/topics/new", data, content_type="multipart/form-data")
    assert reply.status_code == 303
    page = soup(client.get(reply.location))
    assert "3,200.50 元" in page.select_one(".option").text.replace("\xa0", " ")  # type: ignore[union-attr]
    image = client.get(page.select_one(".photo img")["src"])  # type: ignore[index]
    assert image.mimetype == "image/jpeg"
    client.sign_in("neighbour")
    assert client.get(image.request.path).status_code == 404


def test_a_form_with_gaps_comes_back_with_what_was_typed(client: Client, council: Council) -> None:
    client.sign_in("tenant")
    reply = client.submit("/topics/new", {"title": "", "body": "写了很多", "options-0-cost": "很多钱"})
    assert reply.status_code == 422
    page = soup(reply)
    assert page.select_one(".alert[autofocus]")
    assert page.select_one("textarea[name=body]").text.strip() == "写了很多"  # type: ignore[union-attr]
    assert page.select_one("#title-error")
    assert page.select_one("[name='options-0-cost']")["value"] == "很多钱"  # type: ignore[index]


def test_an_invalid_form_comes_back_as_its_block(client: Client, council: Council) -> None:
    client.sign_in("tenant")
    head = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "form#topic_form"}
    reply = client.submit("/topics/new", {"title": ""}, headers=head)
    assert reply.status_code == 422
    assert reply.text.lstrip().startswith("<form")


def test_endorsing_redraws_the_block_and_works_without_scripts(client: Client, topic: Topic) -> None:
    client.sign_in("tenant")
    head = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "section#endorsements"}
    reply = client.submit(f"/topics/{topic.id}/endorsement", headers=head, follow_redirects=True)
    assert reply.text.lstrip().startswith('<section class="panel" id="endorsements"')
    assert "2 户" in reply.text.replace("\xa0", " ")
    plain = client.submit(f"/topics/{topic.id}/endorsement", {"withdraw": "1"})
    assert plain.location.endswith(f"/topics/{topic.id}#endorsements")
    assert client.get(f"/topics/{topic.id}/endorsement").status_code == 303


def test_fragments_are_parts_of_their_page(client: Client, deliberating: Topic) -> None:
    client.sign_in("tenant")
    page = soup(client.get(f"/topics/{deliberating.id}"))
    for block in ("progress", "next", "options", "endorsements"):
        part = soup(client.fragment(f"/topics/{deliberating.id}", block)).find(id=block)
        whole = page.find(id=block)
        for token in [*part.select("[name=csrf_token]"), *whole.select("[name=csrf_token]")]:  # type: ignore[union-attr]
            token["value"] = ""
        assert str(part) == str(whole)


def test_screening_by_form(client: Client, world: World, topic: Topic) -> None:
    client.sign_in("secretary")
    take_up(world.secretary, topic)
    assert (
        client.submit(f"/topics/{topic.id}/screening", {"verdict": "accept", "reason": ""}).status_code == 422
    )
    wrong = client.submit(
        f"/topics/{topic.id}/screening", {"verdict": "merge", "reason": "同", "into_id": "0"}
    )
    assert wrong.status_code == 422
    done = client.submit(f"/topics/{topic.id}/screening", {"verdict": "decline", "reason": "去年刚做过。"})
    assert done.status_code == 303
    page = client.sign_in("owner").get(f"/topics/{topic.id}")
    assert "去年刚做过。" in page.text
    assert "再申请一次" in page.text


def test_a_reason_is_given_for_what_one_may_not_do(client: Client, topic: Topic) -> None:
    reply = client.sign_in("owner").get(f"/topics/{topic.id}/screening")
    assert reply.status_code == 403
    assert "社区书记" in reply.text


def test_asking_and_answering(client: Client, world: World, deliberating: Topic) -> None:
    client.sign_in("secretary")
    address = f"/topics/{deliberating.id}/responses/new"
    assert soup(client.get(address)).select_one("[name=due_at][value^='2026-06-24T17:00']")
    asked = {"party": "property", "question": "多久修好？", "due_at": "2026-06-18T17:00"}
    assert client.submit(address, {**asked, "due_at": "2026-06-01T17:00"}).status_code == 422
    assert client.submit(address, asked).status_code == 303
    response = db.session.scalar(sa.select(Response))
    assert response
    client.sign_in("manager")
    assert "去回应" in client.get(f"/topics/{deliberating.id}").text
    edit = f"/responses/{response.id}/edit"
    assert client.submit(edit, {"body": "修", "cost": "-3"}).status_code == 422
    assert client.submit(edit, {"body": "**18 天**修好", "cost": "186400", "days": "18"}).status_code == 303
    shown = soup(client.get(f"/topics/{deliberating.id}")).find(id=f"response-{response.id}")
    assert shown
    assert "提前 2 天回应" in shown.text.replace("\xa0", " ")
    assert shown.find("strong")
    again = client.get(edit)
    assert again.status_code == 303
    assert again.location.endswith(f"/topics/{deliberating.id}#response-{response.id}")


def test_filters_and_files_of_the_list(client: Client, raised: Raise) -> None:
    raised("owner", title="东门路灯不亮")
    raised("tenant", title="儿童角")
    client.sign_in("secretary")
    found = soup(client.fragment("/topics?q=路灯", "topic_list"))
    assert [a.text for a in found.select("h3 a")] == ["东门路灯不亮"]
    assert "没有找到" in client.get("/topics?stop=rate").text
    table = client.get("/topics?format=csv&sort=new").data.decode("utf-8-sig").splitlines()
    assert len(table) == 3
    assert table[0].startswith("编号,议题")
    assert client.get("/topics?format=xlsx").data[:2] == b"PK"


def test_a_rider_hears_of_a_similar_topic(client: Client, topic: Topic) -> None:
    client.sign_in("tenant")
    assert topic.title in client.fragment("/topics/similar?title=木栈道松了要加固", "similar").text
    assert topic.title not in client.fragment("/topics/similar?title=夜间停车", "similar").text


@pytest.mark.parametrize("name", ["visitor", "tenant"])
def test_queries_do_not_grow(
    client: Client, world: World, raised: Raise, response: Response, statements: Statements, name: str
) -> None:
    client.sign_in(name)
    give_response(world.manager, response, body="修。")
    counts = []
    for _round in range(2):
        client.get("/topics")
        for address in ("/topics", f"/topics/{response.topic_id}"):
            del statements[:]
            assert client.get(address).status_code == 200
            counts.append(len(statements))
        for _ in range(12):
            raised("owner")
    assert counts[:2] == counts[2:]
    assert max(counts) <= 6, list(statements)


def test_a_seat_is_given_and_ended_on_the_persons_page(
    client: Client, world: World, council: Council
) -> None:
    client.sign_in("secretary")
    page = f"/people/{world.ids['manager']}"
    seat = {"user_id": str(world.ids["manager"]), "party": "property"}
    assert client.submit("/council/seats", {**seat, "party": "nobody"}).status_code == 422
    assert (
        client.submit("/council/seats", {**seat, "user_id": str(world.ids["neighbour"])}).status_code == 422
    )
    assert client.submit("/council/seats", seat).status_code == 303
    assert "陈立军" in client.get("/council").text
    ending = soup(client.get(page)).select_one("form[action$='/ending']")
    assert ending
    client.sign_in("owner")
    assert client.submit(str(ending["action"])).status_code == 403
    client.sign_in("secretary")
    assert client.submit(str(ending["action"])).status_code == 303
    assert "现在没有席位" in client.get(page).text
