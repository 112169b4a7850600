"""The paper of every method as people meet it: marked, read back, mended, changed, without scripting."""

from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup, Tag

from portal.core import clock
from portal.core.db import db
from portal.councils.models import Topic
from portal.voting.actions.opening import open_poll
from portal.voting.models import Ballot, Poll, PollOption
from portal.voting.papers import KIND, Kind
from portal.voting.terms import Terms
from portal.voting.words import METHOD_WORD, Method, Secrecy
from tests.conftest import Client
from tests.voting.conftest import AFTER, Draft, marks_of
from tests.voting.methods import FIELDS, GIVEN, MARKS, PROJECTS
from tests.voting.test_pages import CODE, closed, hidden, soup, text
from tests.world import World

RANKED = [m for m in Method if KIND[m] is Kind.RANKING]


def words(reply: Any) -> str:
    return text(reply).replace("\xa0", " ")


def paper(page: BeautifulSoup) -> Tag:
    form = page.select_one("form#ballot")
    assert form is not None
    return form


def marked(form: Tag) -> dict[str, list[str]]:
    """What a browser would send of the marks that the page shows."""
    found: dict[str, list[str]] = {}
    for box in form.select("input[checked]"):
        if box["value"]:
            found.setdefault(str(box["name"]), []).append(str(box["value"]))
    for select in form.select("select"):
        for option in select.select("option[selected]"):
            found.setdefault(str(select["name"]), []).append(str(option["value"]))
    return found


def listed(sent: dict[str, str | list[str]]) -> dict[str, list[str]]:
    lists = {name: [value] if isinstance(value, str) else sorted(value) for name, value in sent.items()}
    return {name: values for name, values in lists.items() if values != [""]}


@pytest.fixture
def of(opened: Draft) -> Any:
    """An open poll of a method."""
    return lambda method, **given: opened(method=method, **{**GIVEN[method], **given})


@pytest.mark.parametrize("method", Method)
class TestEveryPaper:
    def test_three_taps_without_scripting(self, client: Client, of: Any, method: Method) -> None:
        poll = of(method)
        client.sign_in("owner")
        assert marked(paper(soup(client.get(f"/polls/{poll.id}")))) == {}
        review = client.submit(f"/polls/{poll.id}/review", FIELDS[method])
        assert review.status_code == 200
        assert "再看一遍" in words(review)
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Ballot)) == 0
        receipt = client.submit(f"/polls/{poll.id}/ballot", hidden(review), follow_redirects=True)
        assert "票已投出" in words(receipt)
        assert CODE.search(words(receipt))
        assert db.session.scalar(sa.select(Ballot.marks)) == MARKS[method]

    def test_every_option_and_blank_are_on_it(self, client: Client, of: Any, method: Method) -> None:
        poll = of(method)
        cards = paper(soup(client.sign_in("owner").get(f"/polls/{poll.id}"))).select(".choice")
        titles = db.session.scalars(sa.select(PollOption.title).order_by(PollOption.position)).all()
        for card, title in zip(cards, [*titles, "弃权"], strict=True):
            assert title in card.get_text()
        assert len({tuple(c["class"]) for c in cards[:-1]}) == 1

    def test_a_blank_paper(self, client: Client, of: Any, method: Method) -> None:
        poll = of(method, secrecy=Secrecy.SECRET)
        client.sign_in("owner")
        review = client.submit(f"/polls/{poll.id}/review", {"choice": "blank"})
        assert "弃权" in soup(review).select(".verdict__mark")[0].get_text()
        assert client.submit(f"/polls/{poll.id}/ballot", hidden(review)).status_code == 200
        assert marks_of(poll) == [""]

    def test_what_was_marked_is_marked_again_to_be_changed(
        self, client: Client, of: Any, method: Method
    ) -> None:
        poll = of(method)
        client.sign_in("owner").submit(f"/polls/{poll.id}/ballot", FIELDS[method])
        form = paper(soup(client.get(f"/polls/{poll.id}/change")))
        assert {n: sorted(v) for n, v in marked(form).items()} == listed(FIELDS[method])
        shown = words(client.get(f"/polls/{poll.id}"))
        assert "选的是" in shown
        assert words(client.get(f"/polls/{poll.id}/receipt"))

    def test_nothing_marked_is_no_paper(self, client: Client, of: Any, method: Method) -> None:
        poll = of(method)
        nothing = {n: "" for n in FIELDS[method] if n != "choice"}
        reply = client.sign_in("owner").submit(f"/polls/{poll.id}/review", nothing)
        assert reply.status_code == 422
        assert "可以选弃权" in words(reply)
        link = soup(reply).select_one("[role=alert] a")
        assert link is not None
        assert soup(reply).select_one(str(link["href"])) is not None

    def test_blank_and_marks_do_not_go_together(self, client: Client, of: Any, method: Method) -> None:
        poll = of(method)
        ticks = FIELDS[method].get("choice", [])
        both = {**FIELDS[method], "choice": ["blank", *([ticks] if isinstance(ticks, str) else ticks)]}
        reply = client.sign_in("owner").submit(f"/polls/{poll.id}/review", both)
        assert reply.status_code == 422
        assert "选了弃权" in words(reply)

    def test_what_was_marked_stays_on_a_paper_to_mend(self, client: Client, of: Any, method: Method) -> None:
        poll = of(method)
        sent = {**FIELDS[method], "rank-9": "9", "score-9": "1"}
        reply = client.sign_in("owner").submit(f"/polls/{poll.id}/review", sent)
        assert reply.status_code == 422
        kept = marked(paper(soup(reply)))
        assert {n: sorted(v) for n, v in kept.items()} == (
            {"choice": ["1"]} if method is Method.PLURALITY else listed(FIELDS[method])
        )

    @pytest.mark.parametrize(
        "odd", [{"choice": "x"}, {"rank-0": "-1"}, {"rank-x": "1"}, {"score-0": "９"}, {"score-": "1"}]
    )
    def test_what_no_paper_sends(self, client: Client, of: Any, method: Method, odd: dict[str, str]) -> None:
        poll = of(method)
        client.sign_in("owner")
        for step in ("review", "ballot"):
            assert client.submit(f"/polls/{poll.id}/{step}", odd).status_code == 422
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Ballot)) == 0

    def test_in_the_draft_nothing_can_be_marked(self, client: Client, drafted: Draft, method: Method) -> None:
        poll = drafted(method=method, **GIVEN[method])
        page = soup(client.sign_in("secretary").get(f"/polls/{poll.id}"))
        controls = page.select("#ballot input, #ballot select")
        assert controls
        assert all(c.find_parent("fieldset", disabled=True) for c in controls)
        assert client.get(f"/polls/{poll.id}/edit").status_code == 200

    def test_the_rules_say_how_it_is_counted(self, client: Client, of: Any, method: Method) -> None:
        poll = of(method)
        assert "怎么算" in words(client.sign_in("visitor").get(f"/polls/{poll.id}"))


class TestRanking:
    def test_the_paper_is_read_back_in_order(self, client: Client, of: Any) -> None:
        poll = of(Method.SCHULZE)
        review = client.sign_in("owner").submit(f"/polls/{poll.id}/review", {"rank-2": "1", "rank-0": "2"})
        order = [li.get_text(strip=True) for li in soup(review).select("ol.ranked li")]
        assert order == ["拆掉改草地", "换木板"]
        assert "没排的算在最后：加固基座" in words(review)

    def test_a_place_left_out_does_no_harm(self, client: Client, of: Any) -> None:
        poll = of(Method.BORDA)
        client.sign_in("owner").submit(f"/polls/{poll.id}/ballot", {"rank-1": "3", "rank-0": "1"})
        assert db.session.scalar(sa.select(Ballot.marks)) == "0>1"

    @pytest.mark.parametrize("method", RANKED)
    def test_two_at_one_place_are_to_be_mended(self, client: Client, of: Any, method: Method) -> None:
        poll = of(method)
        reply = client.sign_in("owner").submit(f"/polls/{poll.id}/review", {"rank-0": "2", "rank-1": "2"})
        assert reply.status_code == 422
        assert "有两项都排了第 2" in words(reply)


class TestScores:
    def test_the_paper_is_read_back_with_what_was_left_out(self, client: Client, of: Any) -> None:
        poll = of(Method.SCORE)
        review = client.sign_in("owner").submit(f"/polls/{poll.id}/review", {"score-1": "7"})
        said = [d.get_text(" ", strip=True) for d in soup(review).select("dl.bill > div")]
        assert said == ["换木板 没打，按 1 分算", "加固基座 7 分", "拆掉改草地 没打，按 1 分算"]

    def test_all_scores_are_offered_and_none_is_chosen(self, client: Client, of: Any) -> None:
        poll = of(Method.SCORE)
        page = soup(client.sign_in("owner").get(f"/polls/{poll.id}"))
        row = [str(i["value"]) for i in page.select("input[name=score-0]")]
        assert row == ["", *(str(n) for n in range(1, 11))]


class TestBudget:
    def test_costs_stand_beside_the_projects(self, client: Client, of: Any) -> None:
        page = soup(client.sign_in("owner").get(f"/polls/{of(Method.PB_MES).id}"))
        costs = [c.get_text().replace("\xa0", " ") for c in page.select(".choice__cost")]
        assert costs == ["18,000 元", "13,600 元", "9,500.50 元", "6,200 元"]
        assert "一共 30,000 元，还一项没选" in page.select("[data-said]")[0].get_text()

    def test_the_paper_is_read_back_with_what_is_left(self, client: Client, of: Any) -> None:
        poll = of(Method.PB_GREEDY)
        review = client.sign_in("owner").submit(f"/polls/{poll.id}/review", {"choice": ["2", "3"]})
        bill = [
            d.get_text(" ", strip=True).replace("\xa0", " ") for d in soup(review).select("dl.bill > div")
        ]
        assert bill == [
            "快递柜顶棚 9,500.50 元",
            "沙坑围栏 6,200 元",
            "合计 2 项 15,700.50 元",
            "还剩 14,299.50 元",
        ]

    def test_too_much_is_to_be_mended_with_everything_still_ticked(self, client: Client, of: Any) -> None:
        poll = of(Method.PB_MES)
        reply = client.sign_in("owner").submit(f"/polls/{poll.id}/review", {"choice": ["0", "1"]})
        assert reply.status_code == 422
        assert "超出总数 1600 元" in words(reply)
        assert marked(paper(soup(reply))) == {"choice": ["0", "1"]}
        assert "超出 1,600 元" in soup(reply).select("[data-said]")[0].get_text()

    def test_where_the_rule_is_off_all_may_be_chosen(self, client: Client, of: Any) -> None:
        poll = of(Method.PB_MES, terms=Terms(budget=30_000_00, within_budget=False))
        review = client.sign_in("owner").submit(f"/polls/{poll.id}/review", {"choice": ["0", "1"]})
        assert review.status_code == 200
        assert "比总数多 1,600 元" in words(review)


def draft(method: Method, **more: str) -> dict[str, str]:
    """What the secretary types."""
    return {
        "question": "这笔钱用在哪里？",
        "options-0-title": "楼道灯换新",
        "options-1-title": "门口坡道",
        "options-2-title": "沙坑围栏",
        "method": method.value,
        "secrecy": "secret",
        "roll_kind": "members",
        "closes_at": "2026-06-20T20:00",
        "within_budget": "y",
        **more,
    }


COSTS = {
    "budget": "30,000",
    "options-0-cost": "18000",
    "options-1-cost": "13600.50",
    "options-2-cost": "6200",
    "options-2-note": "沙每年换一次",
}


class TestPreparing:
    def send(self, client: Client, topic: Topic, sent: dict[str, str]) -> Any:
        return client.sign_in("secretary").submit(f"/topics/{topic.id}/polls/new", sent)

    @pytest.mark.parametrize("method", Method)
    def test_each_method_can_be_chosen(self, client: Client, topic: Topic, method: Method) -> None:
        page = soup(client.sign_in("secretary").get(f"/topics/{topic.id}/polls/new"))
        card = page.select_one(f"label:has([name=method][value={method.value}])")
        assert card is not None
        assert METHOD_WORD[method] in card.get_text()
        reply = self.send(client, topic, draft(method, seats="1", **COSTS))
        assert reply.status_code == 303
        poll = db.session.scalars(sa.select(Poll)).one()
        assert poll.method is method
        assert client.get(f"/polls/{poll.id}").status_code == 200

    def test_a_budget_from_the_form_to_the_paper(self, world: World, client: Client, topic: Topic) -> None:
        assert self.send(client, topic, draft(Method.PB_MES, **COSTS)).status_code == 303
        poll = db.session.scalars(sa.select(Poll)).one()
        assert poll.budget == 30_000_00
        assert poll.params["within_budget"] is True
        lines = db.session.execute(
            sa.select(PollOption.title, PollOption.cost, PollOption.note).order_by(PollOption.position)
        ).all()
        assert [tuple(line) for line in lines] == [
            ("楼道灯换新", 18_000_00, ""),
            ("门口坡道", 13_600_50, ""),
            ("沙坑围栏", 6_200_00, "沙每年换一次"),
        ]
        form = soup(client.get(f"/polls/{poll.id}/edit"))
        typed = {str(i["name"]): i.get("value") for i in form.select("#poll_form input:not([type=radio])")}
        assert (typed["budget"], typed["options-1-cost"]) == ("30000.00", "13600.50")
        sent = draft(Method.PB_MES, **COSTS)
        del sent["within_budget"]
        assert client.submit(f"/polls/{poll.id}/edit", sent).status_code == 303
        params = db.session.scalar(sa.select(Poll.params))
        assert params
        assert params["within_budget"] is False
        open_poll(world.secretary, poll)

    @pytest.mark.parametrize(
        ("method", "changed", "field", "said"),
        [
            (Method.PB_MES, {"budget": ""}, "budget", "请写一共有多少钱"),
            (Method.PB_MES, {"budget": "很多"}, "budget", "请写成数字"),
            (Method.PB_MES, {"options-1-cost": ""}, "options-1-cost", "请写“门口坡道”要多少钱"),
            (Method.PB_MES, {"options-1-cost": "一万"}, "options-1-cost", "请写成数字"),
            (Method.PB_GREEDY, {"options-2-cost": "30001"}, "options-2-cost", "比总数还贵"),
            (Method.STV_MEEK, {"seats": ""}, "seats", "请写要选出几个"),
            (Method.STV_MEEK, {"seats": "3"}, "seats", "要比选项少"),
            (Method.STV_SCOTTISH, {"seats": "两个"}, "seats", "请写成整数"),
            (Method.APPROVAL, {"seats": "1", "min_choices": "4"}, "min_choices", "最少要选几项"),
            (Method.SCORE, {"highest": "50"}, "highest", "最高分请写"),
            (Method.SCORE, {"lowest": "9"}, "lowest", "最低分要比最高分小"),
            (
                Method.IRV,
                {"options-0-title": "", "options-0-note": "还没想好"},
                "options-0-title",
                "每个选项都要写",
            ),
        ],
    )
    def test_what_will_not_do_is_said_at_its_field(
        self, client: Client, topic: Topic, method: Method, changed: dict[str, str], field: str, said: str
    ) -> None:
        reply = self.send(client, topic, draft(method, **{**COSTS, "seats": "2", **changed}))
        assert reply.status_code == 422
        page = soup(reply)
        summary = page.select_one("#poll_form [role=alert]")
        assert summary is not None
        assert said in summary.get_text()
        assert f"#{field}" in {a["href"] for a in summary.select("a")}
        assert page.select_one(f"#{field}") is not None
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Poll)) == 0

    def test_fields_of_other_methods_are_passed_over(self, client: Client, topic: Topic) -> None:
        odd = {"seats": "许多", "budget": "x", "lowest": "-", "options-0-cost": "贵", "max_choices": "0"}
        assert self.send(client, topic, draft(Method.PLURALITY, **odd)).status_code == 303

    def test_a_budget_of_thirty_projects(self, client: Client, topic: Topic) -> None:
        many = {f"options-{n}-title": f"项目{n}" for n in range(30)}
        costs = {f"options-{n}-cost": "100" for n in range(30)}
        reply = self.send(client, topic, draft(Method.PB_GREEDY, budget="1000", **costs) | many)
        assert reply.status_code == 303
        assert db.session.scalar(sa.select(sa.func.count()).select_from(PollOption)) == 30

    def test_rows_that_are_written_are_in_sight(self, client: Client, topic: Topic) -> None:
        late = {
            "options-0-title": "甲",
            "options-1-title": "",
            "options-2-title": "",
            "options-8-title": "乙",
        }
        reply = self.send(client, topic, draft(Method.IRV) | late | {"question": ""})
        row = soup(reply).select_one("#options-8-title")
        assert row is not None
        assert row.find_parent("details") is None


def test_named_papers_in_the_list_of_the_secretary(world: World, client: Client, of: Any) -> None:
    poll = of(Method.IRV)
    client.sign_in("owner").submit(f"/polls/{poll.id}/ballot", FIELDS[Method.IRV])
    closed(poll)
    with clock.frozen(AFTER):
        sheet = client.sign_in("secretary").get(f"/polls/{poll.id}/ballots.csv").get_data(as_text=True)
    assert "1. 加固基座；2. 换木板" in sheet


def test_projects_are_told_with_their_costs_to_who_gets_no_paper(client: Client, of: Any) -> None:
    page = words(client.sign_in("visitor").get(f"/polls/{of(Method.PB_MES).id}"))
    for line in PROJECTS:
        assert line.title in page
    assert "9,500.50 元" in page
