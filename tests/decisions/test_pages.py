"""The pages of decisions: whole and in fragments, for everybody who comes."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup

from portal.core import access, clock, waiting
from portal.councils.models import Council, Topic
from portal.decisions.actions.objecting import answer_objection, object_to
from portal.decisions.actions.posting import revoke_decision
from portal.decisions.models import Decision, Objection
from portal.decisions.words import Basis
from tests.conftest import Client, Statements
from tests.decisions.conftest import UNTIL, Record, at
from tests.world import NOW, World


def soup(reply: Any) -> BeautifulSoup:
    return BeautifulSoup(reply.data, "html.parser")


def typed(days: int) -> str:
    return clock.local(NOW + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


WORDS = {
    "title": "木栈道加固",
    "body": "加固基座。",
    "basis": "consensus",
    "basis_note": "议事会",
    "once": "k",
}


@pytest.mark.parametrize("name", ["visitor", "owner", "secretary", "manager"])
def test_everybody_reads_what_is_posted(client: Client, posted: Decision, name: str) -> None:
    client.sign_in(name)
    assert [a.text for a in soup(client.get("/decisions")).select(".row__title a")] == ["木栈道加固"]
    page = soup(client.get(f"/decisions/{posted.id}"))
    assert page.h1
    assert page.h1.text == "木栈道加固"
    assert "决〔2026〕001号" in page.text
    assert "协商一致" in page.text


def test_drafts_are_for_those_who_write_them(client: Client, draft: Decision, deliberating: Topic) -> None:
    for name in ("visitor", "owner", "neighbour", "other_secretary"):
        client.sign_in(name)
        assert client.get(f"/decisions/{draft.id}").status_code == 404
        assert client.get(f"/decisions/{draft.id}/notice").status_code == 404
    assert not soup(client.sign_in("owner").get(f"/topics/{deliberating.id}")).select("#decision")
    assert client.sign_in("chair").get(f"/decisions/{draft.id}").status_code == 200


def test_another_communitys_decision_is_not_there(client: Client, posted: Decision) -> None:
    client.sign_in("neighbour")
    for rest in ("", "/notice", "/objections", "/objections/new", "/edit", "/posting", "/revocation"):
        assert client.get(f"/decisions/{posted.id}{rest}").status_code == 404
    for rest in ("/objections/new", "/posting", "/effect", "/revocation"):
        assert client.submit(f"/decisions/{posted.id}{rest}", {"reason": "x"}).status_code == 404


def test_from_topic_to_posting(client: Client, world: World, deliberating: Topic) -> None:
    client.sign_in("secretary")
    address = f"/topics/{deliberating.id}/decision/new"
    assert soup(client.get(f"/topics/{deliberating.id}")).select_one(f"#next a[href='{address}']")
    form = soup(client.get(address))
    assert [i["value"] for i in form.select("input[name=basis]")] == ["consensus", "committee", "statutory"]
    recorded = client.submit(address, {**WORDS, "effect_from": typed(8)})
    assert recorded.status_code == 303
    again = client.submit(address, {**WORDS, "effect_from": typed(8)})
    assert again.location == recorded.location
    posting = recorded.location + "/posting"
    early = client.submit(posting, {"until": typed(2)})
    assert early.status_code == 422
    assert "至少 5 天" in early.text
    assert client.submit(posting, {"until": typed(6)}).status_code == 303
    topic = soup(client.sign_in("owner").get(f"/topics/{deliberating.id}"))
    assert topic.select_one("#decision .clock")
    assert "提异议" in topic.select_one("#next").text  # type: ignore[union-attr]
    assert topic.select_one(".route__stop[aria-current=step] .route__name").text == "公示"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": ""}, "title"), ({"title": "长" * 81}, "title"), ({"basis": "poll"}, "basis"),
        ({"basis": ""}, "basis"), ({"effect_from": "nonsense"}, "effect_from"),
        ({"effect_from": ""}, "effect_from"), ({"effect_from": "2020-01-01T00:00"}, "effect_from"),
        ({"basis_note": ""}, "basis_note"), ({"body": " "}, "body"),
    ],
)  # fmt: skip
def test_a_form_with_gaps_comes_back(
    client: Client, deliberating: Topic, given: dict[str, str], field: str
) -> None:
    client.sign_in("secretary")
    data = {**WORDS, "effect_from": typed(8), **given}
    reply = client.submit(f"/topics/{deliberating.id}/decision/new", data)
    assert reply.status_code == 422
    assert soup(reply).select_one(f"#{field}-error")


def test_a_decision_without_topic(client: Client, world: World, council: Council) -> None:
    client.sign_in("secretary")
    assert soup(client.get("/decisions")).select_one(".empty")
    form = soup(client.get("/decisions/new"))
    assert "poll" not in [i["value"] for i in form.select("input[name=basis]")]
    reply = client.submit("/decisions/new", {**WORDS, "effect_from": typed(8)})
    assert reply.status_code == 303
    assert client.get(reply.location).status_code == 200
    assert client.sign_in("tenant").get("/decisions/new").status_code == 403


def test_objecting_and_answering(client: Client, posted: Decision) -> None:
    page = f"/decisions/{posted.id}"
    client.sign_in("owner")
    empty = client.submit(page + "/objections/new", {"reason": " ", "once": "a"})
    assert empty.status_code == 422
    assert soup(empty).select_one("#reason-error")
    client.submit(page + "/objections/new", {"reason": "雨季施工不妥", "once": "a"})
    client.submit(page + "/objections/new", {"reason": "雨季施工不妥", "once": "a"})
    twice = client.submit(page + "/objections/new", {"reason": "另一条", "once": "b"})
    assert twice.status_code == 409
    shown = soup(client.sign_in("tenant").get(page)).select_one("#objections")
    assert shown
    assert len(shown.select("article.panel")) == 1
    assert "王秀兰" not in shown.text
    assert "王**" in shown.text
    assert not shown.select("a[href$='/answer']")
    staff = soup(client.sign_in("worker").get(page))
    assert "王秀兰" in staff.select_one("#objections").text  # type: ignore[union-attr]
    answer = str(staff.select_one("a[href$='/answer']")["href"])  # type: ignore[index]
    assert client.get(answer).status_code == 200
    assert client.submit(answer, {"answer": ""}).status_code == 422
    assert client.submit(answer, {"answer": "改在九月"}).status_code == 303
    assert client.submit(answer, {"answer": "又一次"}).status_code == 403
    assert "已经有人答复" in client.get(answer).text
    assert "改在九月" in soup(client.sign_in("visitor").get(page)).select_one("#objections").text  # type: ignore[union-attr]
    everything = client.get(page + "/objections?format=csv")
    assert "王秀兰" not in everything.text
    assert "改在九月" in everything.text


def test_after_the_hour_the_page_offers_no_objection(client: Client, posted: Decision) -> None:
    client.sign_in("owner")
    address = f"/decisions/{posted.id}/objections/new"
    assert soup(client.get(f"/decisions/{posted.id}")).select_one(f"a[href='{address}']")
    with at(UNTIL):
        assert not soup(client.get(f"/decisions/{posted.id}")).select(f"a[href='{address}']")
        assert client.submit(address, {"reason": "晚了", "once": "z"}).status_code == 403


def test_what_stands_in_the_way_is_said_with_its_cure(
    client: Client, world: World, posted: Decision, objection: Objection
) -> None:
    client.sign_in("secretary")
    with at(NOW + timedelta(days=8)):
        next_panel = soup(client.get(f"/decisions/{posted.id}")).select_one("#next")
        assert next_panel
        assert "1 条异议没有答复" in next_panel.text.replace("\xa0", " ")
        assert not next_panel.select("form[action$='/effect']")
        assert client.submit(f"/decisions/{posted.id}/effect").status_code == 409
        answer_objection(world.secretary, objection, answer="改期")
        assert soup(client.get(f"/decisions/{posted.id}")).select("#next form[action$='/effect']")
        assert client.submit(f"/decisions/{posted.id}/effect").status_code == 303
        assert "已生效" in client.get(f"/decisions/{posted.id}").text


def test_the_notice_is_for_paper(client: Client, posted: Decision) -> None:
    page = soup(client.sign_in("visitor").get(f"/decisions/{posted.id}/notice"))
    assert "决〔2026〕001号" in page.text
    assert "加固基座" in page.text
    assert page.select_one("img.qr")["src"].startswith("data:image/svg")  # type: ignore[index, union-attr]
    assert f"/decisions/{posted.id}" in page.text


def test_a_revoked_decision_says_why(client: Client, world: World, posted: Decision) -> None:
    revoke_decision(world.secretary, posted, reason="异议成立，重新商量。")
    for address in (
        f"/decisions/{posted.id}",
        f"/decisions/{posted.id}/notice",
        f"/topics/{posted.topic_id}",
    ):
        assert "异议成立，重新商量。" in client.sign_in("visitor").get(address).text


def test_searching_and_taking_the_register_away(
    client: Client, record: Record, council: Council, posted: Decision
) -> None:
    record(about=council, once="b", basis=Basis.COMMITTEE, title="=1+1 门禁时间")
    client.sign_in("secretary")
    titles = "a[href^='/decisions/']"

    def found(query: str) -> list[str]:
        return [a.text for a in soup(client.get("/decisions" + query)).select(f".row__title {titles}")]

    assert found("?q=门禁") == ["=1+1 门禁时间"]
    assert found("?q=001号") == ["木栈道加固"]
    assert found("?state=posted") == ["木栈道加固"]
    assert found("?year=2019") == []
    rows = list(csv.reader(io.StringIO(client.get("/decisions?format=csv").data.decode("utf-8-sig"))))
    assert [r[1] for r in rows[1:]] == ["'=1+1 门禁时间", "木栈道加固"]
    assert client.get("/decisions?format=xlsx").data[:2] == b"PK"
    residents = client.sign_in("owner").get("/decisions?format=csv")
    assert "门禁" not in residents.text


def test_queries_do_not_grow(
    client: Client, world: World, record: Record, council: Council, posted: Decision, statements: Statements
) -> None:
    def asked(path: str) -> int:
        del statements[:]
        assert client.get(path).status_code == 200
        return len(statements)

    client.sign_in("secretary")
    pages = (f"/decisions/{posted.id}", "/decisions", f"/decisions/{posted.id}/objections")
    few = [asked(p) for p in pages]
    for n in range(12):
        record(about=council, once=f"many-{n}", basis=Basis.COMMITTEE)
    for name in ("owner", "co_owner", "tenant", "merchant", "chair"):
        object_to(world.actor(name), posted, reason="理由", once=name)
    assert [asked(p) for p in pages] == few
    assert max(few) <= 6


def test_fragments_are_parts_of_their_page(client: Client, posted: Decision, objection: Objection) -> None:
    client.sign_in("tenant")
    page = soup(client.get(f"/decisions/{posted.id}"))
    for block in ("next", "objections"):
        part = soup(client.fragment(f"/decisions/{posted.id}", block)).find(id=block)
        assert str(part) == str(page.find(id=block))


def test_pages_speak_english(client: Client, posted: Decision) -> None:
    client.sign_in("owner")
    client.submit("/language", {"lang": "en", "next": "/"})
    assert client.get(f"/decisions/{posted.id}").status_code == 200


OURS = {"record_decision", "post_decision", "answer_objection"}


def test_what_waits(world: World, draft: Decision) -> None:
    def kinds(name: str) -> list[str]:
        return [w.kind for w in waiting.waiting_for(world.actor(name)) if w.kind in OURS]

    assert kinds("secretary") == ["post_decision"]
    assert kinds("owner") == []
    assert kinds("other_secretary") == []


def test_objections_wait_for_those_who_answer(world: World, objection: Objection) -> None:
    kinds = [w.kind for w in waiting.waiting_for(world.secretary)]
    assert "answer_objection" in kinds
    assert "answer_objection" not in [w.kind for w in waiting.waiting_for(world.manager)]
    assert access.may(world.secretary, "objection:answer", objection)
