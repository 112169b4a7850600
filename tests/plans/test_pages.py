"""The pages of a plan."""

from bs4 import BeautifulSoup

from portal.councils.models import Topic
from portal.discussion.actions.speaking import speak
from portal.discussion.models import Comment
from portal.discussion.words import Uptake
from portal.plans.actions import Answer, answer_opinions, publish_draft
from portal.plans.models import Draft
from tests.conftest import Client, Statements
from tests.world import World


def soup(reply: object) -> BeautifulSoup:
    return BeautifulSoup(reply.data, "html.parser")  # type: ignore[attr-defined]


def test_a_topic_shows_its_plan_and_opinions_their_answers(
    client: Client, world: World, deliberating: Topic, opinions: list[Comment], second: Draft
) -> None:
    given = {opinions[0].id: Answer(Uptake.ADOPTED), opinions[1].id: Answer(Uptake.DECLINED, "<b>太贵</b>")}
    answer_opinions(world.chair, deliberating, answers=given, after=2)
    page = soup(client.sign_in("tenant").get(f"/topics/{deliberating.id}"))
    plan = page.select_one("#plan")
    assert plan
    assert "方案第 2 稿" in plan.text
    assert "2 稿答复了 2 条意见，采纳 1 条" in plan.text
    taken = page.select_one(f"#comment-{opinions[0].id}")
    assert taken
    assert "采纳" in taken.text
    assert taken.select_one(f'a[href="/topics/{deliberating.id}/drafts/2"]')
    refused = page.select_one(f"#comment-{opinions[1].id}")
    assert refused
    assert "<b>太贵</b>" in refused.text
    assert not page.select(f'a[href="/topics/{deliberating.id}/drafts/new"]')


def test_a_draft_says_what_is_different(client: Client, deliberating: Topic, second: Draft) -> None:
    page = soup(client.get(f"/topics/{deliberating.id}/drafts"))
    assert page.h1
    assert page.h1.text == "方案第 2 稿"
    assert [i.text for i in page.select("ins")] == ["加上：装扶手。"]
    earlier = soup(client.get(f"/topics/{deliberating.id}/drafts/1"))
    assert not earlier.select("ins, del")
    assert "已经不是最新的" in earlier.text
    assert client.get(f"/topics/{deliberating.id}/drafts/3").status_code == 404


def test_without_a_draft_the_page_says_so(client: Client, deliberating: Topic) -> None:
    assert "还没有方案" in client.get(f"/topics/{deliberating.id}/drafts").text


def test_writing_drafts(client: Client, deliberating: Topic) -> None:
    client.sign_in("secretary")
    here = f"/topics/{deliberating.id}/drafts/new"
    form = soup(client.get(here))
    assert not form.select("#changes")
    assert client.submit(here, {"body": "换三块木板。", "after": "0", "once": "a"}).status_code == 303
    form = soup(client.get(here))
    assert form.select_one("#body").text.strip() == "换三块木板。"  # type: ignore[union-attr]
    wrong = client.submit(here, {"body": "换四块木板。", "after": "1", "once": "b"})
    assert wrong.status_code == 422
    assert "这一稿改了什么" in wrong.text
    stale = client.submit(here, {"body": "换四块木板。", "changes": "四块", "after": "0", "once": "c"})
    assert stale.status_code == 422
    assert "换四块木板。" in stale.text
    assert "别人刚出了新的一稿" in stale.text


def test_answering_a_page_of_opinions(
    client: Client, deliberating: Topic, opinions: list[Comment], first: Draft
) -> None:
    a, b, c = (o.id for o in opinions)
    client.sign_in("worker")
    here = f"/topics/{deliberating.id}/opinions"
    fields = soup(client.get(here + "?uptake=waiting"))
    assert len(fields.select("select[name$=-uptake]")) == 3
    typed = {
        "after": "1",
        "answers-0-comment": str(a), "answers-0-uptake": "adopted", "answers-0-reason": "",
        "answers-1-comment": str(b), "answers-1-uptake": "declined", "answers-1-reason": "",
        "answers-2-comment": str(c), "answers-2-uptake": "", "answers-2-reason": "",
    }  # fmt: skip
    wrong = client.submit(here, typed)
    assert wrong.status_code == 422
    assert "请写一句理由" in wrong.text
    back = soup(wrong).select_one(f"#opinion-{b} option[selected]")
    assert back
    assert back["value"] == "declined"
    assert client.submit(here, {**typed, "answers-1-uptake": "junk"}).status_code == 422
    assert client.submit(here, {**typed, "answers-1-reason": "没有预算"}).status_code == 303
    listed = soup(client.get(here + "?uptake=declined"))
    assert [li["id"] for li in listed.select("li.row")] == [f"opinion-{b}"]
    assert "没有预算" in listed.text
    table = client.get(here + "?format=csv").data.decode("utf-8-sig")
    assert "没有采纳" in table
    assert "还没答复" in table


def test_others_read_and_write_nothing(
    client: Client, deliberating: Topic, opinions: list[Comment], first: Draft
) -> None:
    here = f"/topics/{deliberating.id}/opinions"
    page = soup(client.sign_in("owner").get(here))
    assert len(page.select("li.row")) == 3
    assert not page.select("select[name$=-uptake]")
    assert client.submit(here, {"answers-0-comment": "1", "answers-0-uptake": "adopted"}).status_code == 403
    assert client.get(f"/topics/{deliberating.id}/drafts/new").status_code == 403
    client.sign_in("neighbour")
    for address in (here, f"/topics/{deliberating.id}/drafts", f"/topics/{deliberating.id}/drafts/1"):
        assert client.get(address).status_code == 404


def test_a_hundred_opinions_cost_as_many_statements_as_three(
    client: Client,
    world: World,
    deliberating: Topic,
    opinions: list[Comment],
    first: Draft,
    statements: Statements,
) -> None:
    here = f"/topics/{deliberating.id}/opinions"
    client.sign_in("secretary").get(here)
    del statements[:]
    client.get(here)
    few = len(statements)
    for n in range(40):
        speak(world.owner, deliberating, body=f"第 {n} 句。", once=f"more-{n}")
    publish_draft(world.chair, deliberating, body="换四块木板。", changes="四块", after=1, once="d9")
    del statements[:]
    assert len(soup(client.get(here)).select("li.row")) == 20
    assert len(statements) == few <= 6
