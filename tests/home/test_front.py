"""The first page: what waits comes first, each reader sees his own, and it costs the same whatever the data."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from portal.core.db import db
from portal.councils.actions.responding import ask_response, give_response
from portal.councils.models import Topic
from portal.councils.words import Party
from portal.decisions.actions.posting import post_decision
from portal.decisions.actions.recording import record_decision
from portal.decisions.words import Basis
from portal.voting.actions.opening import draft_poll, open_poll
from tests.world import NOW, World


def shown(reply: Any) -> BeautifulSoup:
    assert reply.status_code == 200, reply.text
    return BeautifulSoup(reply.text, "html.parser")


def words(page: Tag, selector: str) -> list[str]:
    return [" ".join(found.get_text().split()) for found in page.select(selector)]


def test_a_visitor_reads_what_this_is_and_how_to_come_in(client, raised):
    raised(title="东门油烟")
    page = shown(client.sign_in("visitor").get("/"))
    assert words(page, "h1") == ["梧桐社区议事厅"]
    assert {a["href"] for a in page.select("#next a")} == {"/sign-in", "/claim"}
    assert words(page, ".topic-card h3") == ["东门油烟"]
    assert "王*" in page.select(".topic-card .row__meta")[0].text
    assert "王秀兰" not in page.text


def test_a_visitor_without_a_community_chooses_one(client, world: World, raised):
    raised(title="东门油烟")
    client.sign_in(None)
    page = shown(client.get("/"))
    assert set(words(page, "form[action='/communities'] button")) == {"梧桐社区", "龙山社区"}
    assert "东门油烟" not in page.text
    reply = client.submit("/communities", {"community": world.ids["community"]})
    assert reply.status_code == 303
    page = shown(client.get("/"))
    assert words(page, "h1") == ["梧桐社区议事厅"]
    assert words(shown(client.get("/rules")), ".brand__name") == ["梧桐社区"]


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999", ""])
def test_there_is_no_such_community(client, number):
    assert client.sign_in(None).submit("/communities", {"community": number}).status_code == 404


def test_a_building_is_no_community(client, world: World):
    assert (
        client.sign_in(None).submit("/communities", {"community": world.ids["building"]}).status_code == 404
    )


def test_who_is_signed_in_stays_in_his_community(client, world: World, raised):
    raised(title="东门油烟")
    reply = client.sign_in("owner").submit("/communities", {"community": world.ids["other_community"]})
    assert reply.status_code == 303
    assert "东门油烟" in client.get("/").text


def test_nothing_waits_for_a_resident(client, council):
    page = shown(client.sign_in("owner").get("/"))
    assert words(page, "h1") == ["今天没有事等您"]
    assert words(page, ".hello .plate") == ["12号楼1单元101室"]
    assert words(page, "#todo .empty h3") == ["都办好了"]


def test_the_manager_finds_what_waits_with_one_button_each(client, asked):
    late, soon = asked("已经晚了", timedelta(hours=-30)), asked("快到了", timedelta(hours=3))
    page = shown(client.sign_in("manager").get("/"))
    assert words(page, "h1") == ["今天有 2 件事等您"]
    assert words(page, "#todo h3") == ["已经晚了", "快到了"]
    links = [a["href"] for a in page.select("#todo a.btn")]
    assert links == [f"/responses/{late.id}/edit", f"/responses/{soon.id}/edit"]
    assert len(page.select("main .btn--primary")) == 1
    assert page.select("a[href='/desk']")


def test_five_are_shown_and_all_are_counted(client, many):
    many(12)
    page = shown(client.sign_in("manager").get("/"))
    assert words(page, "h1") == ["今天有 12 件事等您"]
    bell = page.select_one("a.iconbtn[href='/#todo']")
    assert bell
    assert "".join(bell.text.split()) == "等您办的事12，12件"
    assert page.select_one("#todo")
    assert len(page.select("#todo .todo")) == 5
    assert "共 12 件" in page.text


def test_who_waits_reads_who_holds_it(client, asked):
    asked("多久修好？", name="owner")
    page = shown(client.sign_in("owner").get("/"))
    waiting = page.select_one("[aria-labelledby=h-wait]")
    assert waiting is not None
    assert words(waiting, ".row__title") == ["多久修好？"]
    assert "物业" in waiting.text
    assert shown(client.sign_in("tenant").get("/")).select("[aria-labelledby=h-wait] .empty")


def test_topics_of_my_estate_come_before_newer_ones_elsewhere(client, raised):
    raised(title="本小区的", place="estate")
    raised(title="全社区的", place="community")
    page = shown(client.sign_in("tenant").get("/"))
    assert words(page, ".topic-card h3") == ["本小区的", "全社区的"]


def test_another_community_sees_nothing_of_it(client, asked):
    asked("多久修好？")
    page = shown(client.sign_in("neighbour").get("/"))
    assert not page.select(".topic-card")
    assert "0 件" in words(page, "#h-line")[0]
    assert words(shown(client.sign_in("other_secretary").get("/")), "h1") == ["今天没有事等您"]


def test_the_share_of_answers_in_time_carries_its_fraction_and_its_list(client, world: World, asked):
    for due in (timedelta(hours=5), timedelta(hours=6), timedelta(hours=-1)):
        give_response(world.manager, asked("问", due), body="答", cost=None, days=None, papers=[])
    page = shown(client.sign_in("owner").get("/"))
    numbers = page.select_one("[aria-labelledby=h-num]")
    assert numbers is not None
    rate = numbers.select(".stat")[2]
    assert [dd.text.replace("\u00a0", " ") for dd in rate.select("dd")] == ["67%", "3 次里 2 次"]
    assert "3 件" in numbers.text.replace("\u00a0", " ").replace("3件", "3 件")
    link = numbers.select_one("a")
    assert link is not None
    behind = shown(client.get(str(link["href"])))
    assert len(behind.select("#answer_list .row")) == 3
    late = shown(client.get("/responses?year=2026&outcome=late"))
    assert len(late.select("#answer_list .row")) == 1
    assert shown(client.get("/responses?year=2025")).select("#answer_list .empty")


@pytest.mark.parametrize("name", ["visitor", "owner", "manager", "secretary"])
def test_the_page_costs_the_same_with_ten_times_the_data(client, statements, asked, many, name):
    asked()
    client.sign_in(name)
    client.get("/")
    del statements[:]
    client.get("/")
    few = len(statements)
    for n in range(9):
        asked(f"问 {n}")
    many(40)
    del statements[:]
    assert client.get("/").status_code == 200
    assert len(statements) == few <= 6


def test_english(client, council):
    client.sign_in("owner").submit("/language", {"lang": "en"})
    assert 'lang="en"' in client.get("/").text


def test_the_counter_is_said_in_the_readers_language_where_there_are_words_for_it(
    app, client, council, monkeypatch
):
    monkeypatch.setitem(app.config, "COMMUNITY_COUNTER", "一楼窗口，工作人员代您办。")
    client.sign_in("owner").submit("/language", {"lang": "en"})
    assert "一楼窗口" in foot(client), "better than nothing"
    monkeypatch.setitem(app.config, "COMMUNITY_COUNTER_EN", "Ground floor, staff do it for you.")
    assert "Ground floor" in foot(client)
    assert "一楼窗口" not in foot(client)
    client.submit("/language", {"lang": "zh"})
    assert "一楼窗口" in foot(client)


def foot(client: Any) -> str:
    (found,) = shown(client.get("/")).select("footer")
    return found.text


def test_nothing_was_settled_yet(client, council):
    page = shown(client.sign_in("visitor").get("/"))
    assert words(page, "[aria-labelledby=h-dec] .empty h3") == ["还没有决定"]


def test_what_was_settled_and_posted(client, world: World, asked):
    topic = db.session.get(Topic, asked().topic_id)
    assert topic is not None
    decision = record_decision(
        world.secretary,
        topic,
        title="木栈道加固",
        body="加固基座。",
        basis=Basis.CONSENSUS,
        basis_note="议事会上没有人反对。",
        effect_from=NOW + timedelta(days=7),
        once="once-decision",
    )
    assert "木栈道加固" not in shown(client.sign_in("visitor").get("/")).text
    post_decision(world.secretary, decision, until=NOW + timedelta(days=6))
    for name in ("visitor", "owner"):
        page = shown(client.sign_in(name).get("/"))
        found = page.select_one("[aria-labelledby=h-dec] .row a")
        assert found is not None
        assert (found.text, found["href"]) == ("木栈道加固", f"/decisions/{decision.id}")
    assert "木栈道加固" not in client.sign_in("neighbour").get("/").text


def test_the_desk_holds_all_that_the_first_page_counts_most_urgent_first(client, world: World, asked):
    """The chairman has a vote to cast in three days; what waits for his post is due in two hours."""
    topic = db.session.get(Topic, asked("快到了", timedelta(hours=1)).topic_id)
    assert topic is not None
    ask_response(
        world.secretary,
        topic,
        party=Party.COMMITTEE,
        question="业委会怎么看？",
        due_at=NOW + timedelta(hours=2),
    )
    poll = draft_poll(
        world.secretary,
        topic,
        question="按哪一种办法修？",
        options=["换木板", "加固基座"],
        closes_at=NOW + timedelta(days=3),
        once="once-poll",
    )
    open_poll(world.secretary, poll)
    page = shown(client.sign_in("chair").get("/"))
    things = ["业委会怎么看？", "按哪一种办法修？"]
    assert words(page, "#todo h3") == things
    assert words(page, "h1") == ["今天有 2 件事等您"]
    assert str(page.select("#todo a.btn--primary")[0]["href"]).startswith("/responses/")
    assert "，有您要办的" in words(page, ".route--count")[0]
    desk = shown(client.get("/desk"))
    assert words(desk, ".queue__title") == things
    assert words(desk, ".bucket b")[-1] == "2"
    assert client.get("/desk/next").location.startswith("/responses/")
    assert client.get("/desk/next").location == f"/polls/{poll.id}"


@pytest.mark.parametrize("address", ["/owners-votes", "/polls", "/surveys", "/awards"])
def test_the_lists_of_what_people_are_asked_stand_beside_each_other(
    world: World, client: Any, address: str
) -> None:
    page = BeautifulSoup(client.get(address).text, "html.parser")
    ways = {a["href"]: a.get("aria-current") for a in page.select("nav.tabs a")}
    assert list(ways) == ["/owners-votes", "/polls", "/surveys", "/awards"]
    assert [way for way, here in ways.items() if here] == [address]
