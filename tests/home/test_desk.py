"""The desk: who has one, what stands on it and in which order, and how one gets through it."""

import csv
import io
from datetime import timedelta

import pytest

from tests.home.test_front import shown, words

DESK = ("secretary", "worker", "manager", "chair", "merchant", "administrator")


@pytest.mark.parametrize("name", DESK)
def test_posts_have_a_desk(client, council, name):
    page = shown(client.sign_in(name).get("/desk"))
    assert page.select("nav.desk__nav a[href='/desk'][aria-current]")


@pytest.mark.parametrize("name", ["owner", "tenant", "auditor"])
@pytest.mark.parametrize("path", ["/desk", "/desk/next", "/desk/open/respond/1"])
def test_others_have_none(client, council, name, path):
    assert client.sign_in(name).get(path).status_code == 403


@pytest.mark.parametrize("name", ["visitor", None])
@pytest.mark.parametrize("path", ["/desk", "/desk/next", "/desk/open/respond/1", "/people", "/audit"])
def test_who_is_not_signed_in_is_shown_the_door(client, council, name, path):
    """Also in a portal of several communities, of which he has chosen none."""
    reply = client.sign_in(name).get(path)
    assert (reply.status_code, reply.location.split("?")[0]) == (303, "/sign-in")


def test_most_overdue_first_with_its_bucket(client, asked):
    asked("还早", timedelta(days=4))
    asked("快到了", timedelta(hours=3))
    asked("晚了", timedelta(hours=-30))
    client.sign_in("manager")
    page = shown(client.get("/desk"))
    assert words(page, ".queue__title") == ["晚了", "快到了", "还早"]
    assert words(page, ".bucket b") == ["1", "1", "1", "3"]
    assert words(shown(client.get("/desk?bucket=over")), ".queue__title") == ["晚了"]
    assert words(shown(client.get("/desk?bucket=soon")), ".queue__title") == ["快到了"]
    assert words(shown(client.get("/desk?bucket=later")), ".queue__title") == ["还早"]


def test_the_longest_waiting_and_the_newest_first(client, asked):
    one, two = asked("一", timedelta(hours=9)), asked("二", timedelta(hours=8))
    assert one.id < two.id
    client.sign_in("manager")
    assert words(shown(client.get("/desk?sort=waited")), ".queue__title") == ["一", "二"]
    assert words(shown(client.get("/desk?sort=new")), ".queue__title") == ["二", "一"]


def test_narrowed_by_party_place_kind_and_words(client, world, asked, raised):
    asked("楼里的事", place="building")
    asked("社区的事", place="estate")
    client.sign_in("manager")
    both = {"楼里的事", "社区的事"}
    assert set(words(shown(client.get("/desk?party=property")), ".queue__title")) == both
    assert not words(shown(client.get("/desk?party=merchant")), ".queue__title")
    building = shown(client.get(f"/desk?place={world.ids['building']}"))
    assert words(building, ".queue__title") == ["楼里的事"]
    assert words(building, ".queue .row__meta") == ["宝枫新城 12号楼"]
    assert words(shown(client.get("/desk?q=社区")), ".queue__title") == ["社区的事"]
    assert set(words(shown(client.get("/desk?kind=respond")), ".queue__title")) == both
    assert not words(shown(client.get("/desk?kind=screen")), ".queue__title")


@pytest.mark.parametrize(
    "query",
    [
        "bucket=x",
        "sort=x",
        "kind=x",
        "after=x",
        "after=2026-01-01~respond~99999999999",
        "after=~respond~1",
        "after=9999999-01-01~respond~1",
        "place=x",
        "place=99999999999",
        "q=%00",
        "q=%25",
        "party=%00",
    ],
)
def test_what_is_not_understood_is_no_error(client, asked, query):
    asked()
    assert client.sign_in("manager").get(f"/desk?{query}").status_code == 200


def test_pages_follow_each_other_without_gap_or_double(client, many):
    many(120)
    client.sign_in("manager")
    seen, address = [], "/desk"
    while address:
        page = shown(client.get(address))
        seen += words(page, ".queue__title")
        following = page.select_one(".pager a[rel=next]")
        address = str(following["href"]) if following else ""
    assert seen == [f"第 {n} 问" for n in range(120)]


@pytest.mark.parametrize("sort", ["waited", "new"])
def test_pages_in_the_other_orders_are_complete(client, many, sort):
    many(60)
    client.sign_in("manager")
    first = shown(client.get(f"/desk?sort={sort}"))
    following = first.select_one(".pager a[rel=next]")
    assert following is not None
    rest = words(shown(client.get(str(following["href"]))), ".queue__title")
    assert len({*words(first, ".queue__title"), *rest}) == 60


def test_one_after_the_other(client, asked):
    first, second = asked("甲", timedelta(hours=1)), asked("乙", timedelta(hours=2))
    client.sign_in("manager")
    page = shown(client.get("/desk"))
    opened = client.get(str(page.select(".queue a.btn")[0]["href"]))
    assert opened.status_code == 303
    assert opened.location == f"/responses/{first.id}/edit"
    assert client.get("/desk/next").location == f"/responses/{second.id}/edit"
    assert client.get("/desk/next").location == f"/responses/{first.id}/edit"


def test_next_keeps_the_filter(client, asked):
    asked("甲", timedelta(hours=-1))
    later = asked("乙", timedelta(days=3))
    client.sign_in("manager").get("/desk?bucket=later")
    assert client.get("/desk/next").location == f"/responses/{later.id}/edit"


def test_after_the_last_one_the_desk_says_so(client, council):
    reply = client.sign_in("manager").get("/desk/next", follow_redirects=True)
    assert "都办完了" in reply.text


def test_a_kind_nobody_knows(client, council):
    assert client.sign_in("manager").get("/desk/open/nothing/1").status_code == 404
    assert client.get("/desk/open/respond/99999999999").status_code == 404


def test_another_estate_or_community_does_not_see_it(client, asked):
    asked("甲")
    assert not words(shown(client.sign_in("other_secretary").get("/desk")), ".queue__title")


def test_as_a_file_without_formulas(client, asked):
    asked("=1+1")
    client.sign_in("manager")
    reply = client.get("/desk?format=csv")
    rows = list(csv.reader(io.StringIO(reply.data.decode("utf-8-sig"))))
    assert rows[0][1] == "事项"
    assert rows[1][1] == "'=1+1"
    assert rows[1][3] == "物业"
    assert client.get("/desk?format=xlsx").data[:2] == b"PK"


def test_a_fragment_is_the_part_of_its_page(client, asked):
    asked("甲")
    client.sign_in("manager")
    part = client.fragment("/desk?q=甲", "desk_queue")
    assert part.status_code == 200
    assert part.text.lstrip().startswith('<div id="desk_queue">')
    assert part.text.strip() in client.get("/desk?q=甲").text
    assert "下面只数找到的：“甲”" in part.text
    assert "下面只数找到的" not in client.get("/desk").text


@pytest.mark.parametrize("name", ["manager", "secretary"])
def test_the_desk_costs_the_same_with_ten_times_the_data(client, statements, many, name):
    many(5)
    client.sign_in(name).get("/desk")
    del statements[:]
    client.get("/desk")
    few = len(statements)
    many(50)
    del statements[:]
    client.get("/desk")
    assert len(statements) == few <= 6


def test_the_topic_shows_the_way_on_to_who_works_through_his_queue(client, asked):
    response = asked("甲")
    client.sign_in("manager")
    topic = f"/topics/{response.topic_id}"
    assert not shown(client.get(topic)).select("a[href='/desk/next']")
    page = shown(client.get("/desk"))
    client.get(str(page.select(".queue a.btn")[0]["href"]))
    assert shown(client.get(topic)).select("a[href='/desk/next']")
    assert not shown(client.sign_in("owner").get(topic)).select("a[href='/desk/next']")
