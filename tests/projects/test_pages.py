"""The pages of projects: whole and in fragments, for everybody who comes."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup

from portal.core import waiting
from portal.core.files import Kept
from portal.councils.models import Topic
from portal.decisions.models import Decision
from portal.projects.actions.finishing import rate_project, refuse_project, stop_project
from portal.projects.actions.paying import spend
from portal.projects.actions.telling import Photos, delay_milestone, post_update
from portal.projects.brief import latest_finished
from portal.projects.models import Project
from tests.conftest import Client, Statements
from tests.decisions.conftest import at
from tests.projects.conftest import FIRST, Start, jpeg, milestones
from tests.world import NOW, World


def soup(reply: Any) -> BeautifulSoup:
    return BeautifulSoup(reply.data, "html.parser")


def text(found: Any) -> str:
    assert found is not None
    return str(found.text).replace("\xa0", " ")


def picture_file(name: str = "照片.jpg") -> tuple[io.BytesIO, str]:
    return io.BytesIO(jpeg()), name


def pdf() -> tuple[io.BytesIO, str]:
    return io.BytesIO(b"%PDF-1.4\n%%EOF"), "发票.pdf"


@pytest.mark.parametrize("name", ["visitor", "owner", "secretary", "manager"])
def test_everybody_reads_a_project(client: Client, project: Project, name: str) -> None:
    client.sign_in(name)
    assert [a.text for a in soup(client.get("/projects")).select(".row__title a")] == ["木栈道加固工程"]
    page = soup(client.get(f"/projects/{project.id}"))
    assert "木栈道加固工程" in text(page.h1)
    assert "18,640.01 元" in text(page.select_one("#money"))
    assert "8,640.01 元" in text(page.select_one("#money"))
    assert text(page.select_one(".route__stop[aria-current=step] .route__name")) == "实施"
    assert [text(b) for b in page.select(".miles b")] == ["拆旧板", "加固基座"]


def test_visitors_see_masked_names(client: Client, project: Project) -> None:
    client.sign_in("visitor")
    for address in (f"/projects/{project.id}", f"/projects/{project.id}/notice"):
        seen = client.get(address).text
        assert "陈立军" not in seen
        assert "陈**" in seen


def test_another_communitys_project_is_not_there(client: Client, project: Project, posted: Decision) -> None:
    step = milestones(project)[0].id
    client.sign_in("neighbour")
    rests = ("", "/notice", "/updates", "/updates/new", "/spending", "/spending/new", "/budget/new",
             "/stop", "/completion", "/acceptance", "/rating", f"/milestones/{step}/done",
             f"/milestones/{step}/delay")  # fmt: skip
    for rest in rests:
        assert client.get(f"/projects/{project.id}{rest}").status_code == 404, rest
    for rest in (*rests[3:4], *rests[5:], "/closing", "/beginning"):
        assert client.submit(f"/projects/{project.id}{rest}", {"reason": "x"}).status_code == 404, rest
    assert client.get(f"/decisions/{posted.id}/project/new").status_code == 404


def test_who_is_offered_what(client: Client, project: Project) -> None:
    def links(name: str) -> set[str]:
        page = soup(client.sign_in(name).get(f"/projects/{project.id}"))
        return {
            str(a["href"]).rsplit("/", 2)[-2]
            for a in page.select("#next a")
            if str(a["href"]).endswith("/new")
        }

    assert links("manager") == {"updates", "spending"}
    assert links("owner") == {"updates"}
    assert links("secretary") == {"updates", "spending", "budget"}
    assert links("tenant") == links("visitor") == set()


def filled(world: World, **given: Any) -> dict[str, Any]:
    return {
        "title": "加固工程", "party": "property", "in_charge": str(world.ids["manager"]),
        "begins_on": "2026-06-16", "supervisors": [str(world.ids["chair"]), str(world.ids["tenant"])],
        "milestones-0-title": "拆旧板", "milestones-0-due_on": "2026-06-20", "milestones-0-weight": "1",
        "milestones-2-title": "加固", "milestones-2-due_on": "2026-06-30", "milestones-2-weight": "",
        "budget-0-title": "木料", "budget-0-amount": "1,000.01",
        "common_income-amount": "400.01", "subsidy-amount": "600", "subsidy-note": "街道", "once": "k",
        **given,
    }  # fmt: skip


def test_starting_from_the_page_of_the_decision(client: Client, world: World, posted: Decision) -> None:
    client.sign_in("secretary")
    address = f"/decisions/{posted.id}/project/new"
    assert soup(client.get(f"/decisions/{posted.id}")).select_one(f"#next a[href='{address}']")
    form = soup(client.get(address))
    watch = {i["value"] for i in form.select("input[name=supervisors]")}
    assert {str(world.ids["chair"]), str(world.ids["tenant"])} <= watch
    assert str(world.ids["neighbour"]) not in watch
    reply = client.submit(address, filled(world))
    assert reply.status_code == 303
    assert client.submit(address, filled(world)).location == reply.location
    page = soup(client.get(reply.location))
    assert "公共收益 400.01 元（40.00%）" in text(page.select_one("#money"))
    assert "1,000.01 元" in text(page.select_one("#money"))
    topic = soup(client.sign_in("owner").get(f"/topics/{posted.topic_id}"))
    assert "加固工程" in text(topic.select_one("#project"))
    assert not soup(client.get(f"/decisions/{posted.id}")).select(f"a[href='{address}']")
    assert client.get(address).status_code == 403


@pytest.mark.parametrize(
    ("given", "id"),
    [
        ({"title": ""}, "title-error"), ({"begins_on": "gestern"}, "begins_on-error"),
        ({"in_charge": "999999"}, "in_charge-error"), ({"supervisors": []}, "supervisors-error"),
        ({"milestones-0-due_on": ""}, "milestones-error"),
        ({"milestones-0-due_on": "2020-01-01"}, "milestones-error"),
        ({"milestones-0-due_on": "nie"}, "milestones-0-due_on-error"),
        ({"milestones-0-weight": "-3"}, "milestones-0-weight-error"),
        ({"budget-0-amount": "viel"}, "budget-0-amount-error"), ({"budget-0-amount": "7"}, "funding-error"),
        ({"budget-1-amount": "5"}, "budget-error"),
    ],
)  # fmt: skip
def test_a_form_with_gaps_comes_back(
    client: Client, world: World, posted: Decision, given: dict[str, Any], id: str
) -> None:
    client.sign_in("secretary")
    reply = client.submit(f"/decisions/{posted.id}/project/new", filled(world, **given))
    assert reply.status_code == 422
    page = soup(reply)
    assert page.find(id=id), id
    assert page.select_one("[name='subsidy-note']")["value"] == "街道"  # type: ignore[index]


def test_the_diary_with_photos(client: Client, project: Project) -> None:
    client.sign_in("owner")
    address = f"/projects/{project.id}/updates/new"
    data = {
        "body": "铺了一半",
        "before": picture_file(),
        "after": picture_file(),
        "alt": "新木板",
        "once": "a",
    }
    assert client.submit(address, data, content_type="multipart/form-data").status_code == 303
    page = soup(client.get(f"/projects/{project.id}"))
    assert [i["alt"] for i in page.select(".pair img")] == ["修前：新木板", "修后：新木板"]
    image = page.select_one("#diary img")["src"]  # type: ignore[index]
    assert client.get(str(image)).mimetype == "image/jpeg"
    assert client.sign_in("neighbour").get(str(image)).status_code == 404
    client.sign_in("owner")
    wrong = {"body": "不是照片", "photos": (io.BytesIO(b"nonsense"), "a.jpg"), "once": "b"}
    reply = client.submit(address, wrong, content_type="multipart/form-data")
    assert reply.status_code == 422
    assert "不是照片" in reply.text
    assert client.submit(address, {"body": " ", "once": "c"}).status_code == 422


def test_milestones_from_the_page(client: Client, project: Project) -> None:
    client.sign_in("manager")
    first, second = milestones(project)
    base = f"/projects/{project.id}/milestones"
    assert client.get(f"{base}/{first.id}/done").status_code == 200
    assert client.get(f"{base}/99999/done").status_code == 404
    assert client.submit(f"{base}/{first.id}/done", {"note": "", "done_on": ""}).status_code == 422
    given = {"note": "拆完了", "done_on": "2026-06-16", "once": "x"}
    assert client.submit(f"{base}/{first.id}/done", given).status_code == 303
    assert client.submit(f"{base}/{first.id}/done", given).status_code == 303
    assert client.submit(f"{base}/{first.id}/done", {**given, "once": "y"}).status_code == 409
    late = client.submit(f"{base}/{second.id}/delay", {"due_on": "2026-06-25", "reason": "下雨"})
    assert late.status_code == 422
    assert soup(late).select_one("#due_on-error")
    client.submit(f"{base}/{second.id}/delay", {"due_on": "2026-07-05", "reason": "连着下雨"})
    steps = soup(client.sign_in("visitor").get(f"/projects/{project.id}")).select_one("#milestones")
    assert "比计划早 4 天" in text(steps)
    assert "连着下雨" in text(steps)
    assert "7月5日" in text(steps)


def test_late_is_late_in_public(client: Client, project: Project) -> None:
    client.sign_in("visitor")
    assert not soup(client.get("/projects?late=1")).select(".row__title a")
    with at(NOW + timedelta(days=7)):
        page = soup(client.get(f"/projects/{project.id}"))
        assert "超时 2 天" in text(page.select_one("#milestones .clock[data-sla=over]"))
        assert page.select_one(".page-head .clock[data-sla=over]")
        assert soup(client.get("/projects?late=1")).select(".row .clock[data-sla=over]")
        assert soup(client.get("/")) is not None


def test_money_from_the_page(client: Client, project: Project) -> None:
    client.sign_in("manager")
    address = f"/projects/{project.id}/spending/new"
    line = soup(client.get(address)).select("select[name=budget_line_id] option")[1]["value"]

    def pay(**given: Any) -> Any:
        data = {"amount": "1200.50", "purpose": "木料", "spent_on": "2026-06-16", "budget_line_id": line,
                "receipts": [picture_file(), pdf()], "once": "a", **given}  # fmt: skip
        return client.submit(address, data, content_type="multipart/form-data")

    assert pay(receipts=[]).status_code == 422
    assert soup(pay(receipts=[])).select_one("#receipts-error")
    assert soup(pay(amount="99999999", once="b")).select_one("#amount-error")
    assert soup(pay(amount="12.345")).select_one("#amount-error")
    assert pay(receipts=[(io.BytesIO(b"MZ"), "a.exe")]).status_code == 422
    assert pay().status_code == 303
    assert pay().status_code == 303
    client.sign_in("visitor")
    money = soup(client.get(f"/projects/{project.id}")).select_one("#money")
    assert money is not None
    proofs = [str(a["href"]) for a in money.select("a[href^='/spendings/']")]
    assert [client.get(p).mimetype for p in proofs] == ["image/jpeg", "application/pdf"]
    assert text(money).count("1,200.50 元") >= 3
    rows = list(
        csv.reader(
            io.StringIO(client.get(f"/projects/{project.id}/spending?format=csv").data.decode("utf-8-sig"))
        )
    )
    assert rows[1] == ["2026-06-16", "木料", "木料", "", "1200.50", "2"]
    assert client.get(f"/projects/{project.id}/spending?q=没有").text.count("没有这样的支出") == 1
    assert client.sign_in("neighbour").get(proofs[0]).status_code == 404


def test_raising_the_budget_from_the_page(client: Client, project: Project) -> None:
    client.sign_in("secretary")
    address = f"/projects/{project.id}/budget/new"
    data = {"title": "防滑条", "amount": "300", "source": "donation", "reason": "老人怕滑", "once": "b"}
    assert client.submit(address, {**data, "reason": ""}).status_code == 422
    assert client.submit(address, {**data, "source": "lottery"}).status_code == 422
    assert client.submit(address, data).status_code == 303
    assert client.submit(address, data).status_code == 303
    money = text(soup(client.get(f"/projects/{project.id}")).select_one("#money"))
    assert "18,940.01 元" in money
    assert "追加：老人怕滑" in money
    assert client.sign_in("manager").get(address).status_code == 403


def test_from_completion_to_rating_to_archive(client: Client, world: World, finished: Project) -> None:
    base = f"/projects/{finished.id}"
    client.sign_in("manager")
    assert client.get(base + "/completion").status_code == 200
    assert client.submit(base + "/completion", {"report": "", "once": "r"}).status_code == 422
    assert client.submit(base + "/completion", {"report": "完工了", "once": "r"}).status_code == 303
    assert client.get(base + "/acceptance").status_code == 403
    client.sign_in("owner")
    assert client.submit(base + "/acceptance", {"verdict": "", "finding": ""}).status_code == 422
    refused = {"verdict": "refuse", "finding": "不平", "defects": "三号板松\n扶手晃"}
    assert soup(client.submit(base + "/acceptance", refused)).select_one("#redo_by-error")
    client.submit(base + "/acceptance", {**refused, "redo_by": "2026-06-20"})
    assert "三号板松" in text(soup(client.sign_in("visitor").get(base)).select_one("#acceptance"))
    client.sign_in("manager").submit(base + "/completion", {"report": "改好了", "once": "r2"})
    client.sign_in("owner").submit(base + "/acceptance", {"verdict": "accept", "finding": "稳了"})
    topic = soup(client.sign_in("tenant").get(f"/topics/{finished.topic_id}"))
    assert topic.select_one(f"#next a[href='{base}/rating']")
    assert client.submit(base + "/rating", {"stars": "9"}).status_code == 422
    assert client.submit(base + "/rating", {}).status_code == 422
    client.submit(base + "/rating", {"stars": "3", "body": "还行"})
    assert soup(client.get(base + "/rating")).select_one("input[name=stars][value='3']").has_attr("checked")  # type: ignore[union-attr]
    client.submit(base + "/rating", {"stars": "5", "body": "不晃了"})
    ratings = text(soup(client.sign_in("visitor").get(base)).select_one("#ratings"))
    assert "平均 5.0 分" in ratings
    assert "不晃了" in ratings
    assert client.sign_in("manager").submit(base + "/closing").status_code == 403
    assert client.sign_in("worker").submit(base + "/closing").status_code == 303
    assert client.sign_in("tenant").submit(base + "/rating", {"stars": "1"}).status_code == 403


def test_what_is_missing_is_said_with_its_cure(client: Client, project: Project) -> None:
    page = soup(client.sign_in("manager").get(f"/projects/{project.id}"))
    cures = {a["href"] for a in page.select("#next p a")}
    assert cures == {f"/projects/{project.id}#milestones", f"/projects/{project.id}/updates/new"}
    reply = client.submit(f"/projects/{project.id}/completion", {"report": "好了", "once": "r"})
    assert reply.status_code == 409


def test_a_stopped_project_says_why(client: Client, world: World, project: Project) -> None:
    stop_project(world.secretary, project, reason="挖到老管沟。")
    client.sign_in("visitor")
    for address in (
        f"/projects/{project.id}",
        f"/projects/{project.id}/notice",
        f"/topics/{project.topic_id}",
    ):
        assert "挖到老管沟。" in client.get(address).text


def test_the_notice_is_for_paper(client: Client, project: Project) -> None:
    page = soup(client.sign_in("owner").get(f"/projects/{project.id}/notice"))
    assert page.select_one("img.qr")
    assert "街道" in text(page)
    assert not page.select("a[href^='/spendings/']")


def test_the_list_is_filtered_and_taken_away(client: Client, project: Project) -> None:
    client.sign_in("owner")

    def found(query: str) -> int:
        return len(soup(client.get("/projects" + query)).select(".row__title a"))

    assert [found(q) for q in ("?state=underway", "?state=closed", "?party=property", "?party=merchant")] == [
        1,
        0,
        1,
        0,
    ]
    assert [found(q) for q in ("?q=木栈道", "?q=001号", "?q=电梯", "?sort=budget", "?after=xx")] == [
        1,
        1,
        0,
        1,
        1,
    ]
    rows = list(csv.reader(io.StringIO(client.get("/projects?format=csv").data.decode("utf-8-sig"))))
    assert rows[1][0] == "木栈道加固工程"
    assert rows[1][6:8] == ["18640.01", "0.00"]
    assert client.get("/projects?format=xlsx").data[:2] == b"PK"


def test_empty_lists_say_so(client: Client, council: Any) -> None:
    assert "还没有项目" in client.sign_in("visitor").get("/projects").text


def test_queries_do_not_grow(
    client: Client, world: World, project: Project, picture: Kept, statements: Statements
) -> None:
    pages = (f"/projects/{project.id}", "/projects", f"/projects/{project.id}/updates",
             f"/projects/{project.id}/spending", f"/topics/{project.topic_id}",
             f"/decisions/{project.decision_id}")  # fmt: skip

    def asked() -> list[int]:
        counts = []
        for path in pages:
            del statements[:]
            assert client.get(path).status_code == 200
            counts.append(len(statements))
        return counts

    client.sign_in("owner")
    few = asked()
    for n in range(50):
        post_update(world.manager, project, body=f"第 {n} 天", once=f"u{n}", photos=Photos(after=[picture]))
    for n in range(35):
        spend(world.manager, project, amount=100, purpose=f"第 {n} 笔", receipts=[picture], once=f"s{n}")
    for n, step in enumerate(milestones(project)):
        delay_milestone(
            world.manager, project, milestone_id=step.id, due_on=date(2026, 7, 10 + n), reason="下雨"
        )
    assert asked() == few
    assert max(few) <= 6
    page = soup(client.get(pages[0]))
    assert len(page.select("#diary article")) == 10
    assert "全部 50 条" in text(page.select_one("#diary"))
    assert "看全部 35 笔支出" in text(page.select_one("#money"))


def test_fragments_are_parts_of_their_page(client: Client, accepted: Project) -> None:
    client.sign_in("tenant")
    page = soup(client.get(f"/projects/{accepted.id}"))
    for block in ("progress", "next", "milestones", "money", "acceptance", "ratings", "diary"):
        part = soup(client.fragment(f"/projects/{accepted.id}", block)).find(id=block)
        assert str(part) == str(page.find(id=block))


def kinds(world: World, name: str) -> list[str]:
    ours = ("milestone", "inspect", "rate")
    return [w.kind for w in waiting.waiting_for(world.actor(name)) if w.kind in ours]


def test_milestones_wait_for_the_one_in_charge(world: World, project: Project) -> None:
    assert kinds(world, "manager") == []
    with at(NOW + timedelta(days=2)):
        assert kinds(world, "manager") == ["milestone"]
        assert kinds(world, "secretary") == kinds(world, "visitor") == []


def test_acceptance_waits_for_supervisors(world: World, reported: Project) -> None:
    assert kinds(world, "chair") == kinds(world, "owner") == ["inspect"]
    assert kinds(world, "tenant") == []
    refuse_project(world.chair, reported, finding="不平", defects=["板松"], redo_by=FIRST)
    assert kinds(world, "owner") == []


def test_rating_waits_for_those_who_endorsed(world: World, accepted: Project) -> None:
    assert kinds(world, "tenant") == kinds(world, "owner") == ["rate"]
    assert kinds(world, "co_owner") == []
    rate_project(world.tenant, accepted, stars=4)
    assert kinds(world, "tenant") == []
    with at(NOW + timedelta(days=61)):
        assert kinds(world, "owner") == []


def test_the_latest_finished_for_other_pages(world: World, accepted: Project, topic: Topic) -> None:
    (brief,) = latest_finished(world.owner)
    assert (brief.id, brief.before_alt) == (accepted.id, "新铺的路面")
    assert latest_finished(world.neighbour) == []


def test_a_project_without_money(client: Client, start: Start) -> None:
    project = start(budget=[], funding=[])
    assert "这个项目不花钱" in client.sign_in("visitor").get(f"/projects/{project.id}").text


def test_pages_speak_english(client: Client, accepted: Project) -> None:
    client.sign_in("owner")
    client.submit("/language", {"lang": "en", "next": "/"})
    for rest in ("", "/notice", "/rating", "/updates", "/spending"):
        page = client.get(f"/projects/{accepted.id}{rest}")
        assert page.status_code == 200
    assert "18,640.01 yuan" in client.get(f"/projects/{accepted.id}").text.replace("\xa0", " ")
