"""A community without a council: what its pages say, and who founds it."""

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from flask import Flask

from portal.core.db import db
from portal.councils.actions.raising import raise_topic
from portal.councils.actions.table import found_council
from portal.councils.models import Council, CouncilBefore
from portal.councils.words import Category, TopicState
from portal.places.models import Place
from tests.conftest import Client
from tests.world import World

FOUNDERS = ("secretary", "administrator")
WAYS = (
    "/topics",
    "/topics/new",
    "/meetings",
    "/bodies",
    "/bodies/new",
    "/decisions",
    "/projects",
    "/minutes",
    "/tasks",
)
"""Pages that belong to a council."""
SAID = {"name": "梧桐社区议事会", "endorsements_needed": "12", "screening_days": "5"}


def councils() -> list[tuple[str, int, int]]:
    found = sa.select(Council.name, Council.endorsements_needed, Council.screening_days)
    return [(row.name, row.endorsements_needed, row.screening_days) for row in db.session.execute(found)]


@pytest.mark.parametrize("who", ["visitor", "owner", *FOUNDERS])
def test_every_page_of_a_council_leads_to_why_there_is_none(client: Client, who: str) -> None:
    client.sign_in(who)
    for address in WAYS:
        reply = client.get(address)
        assert (reply.status_code, reply.location) == (303, "/council"), address
    page = BeautifulSoup(client.get("/council").data, "html.parser")
    assert page.h1
    assert page.h1.text == "还没有议事会"
    assert bool(page.select("#council_form")) is (who in FOUNDERS)


@pytest.mark.parametrize("who", FOUNDERS)
def test_who_may_founds_it_on_the_page(client: Client, who: str) -> None:
    client.sign_in(who)
    reply = client.submit("/council", SAID)
    assert (reply.status_code, reply.location) == (303, "/council")
    assert councils() == [("梧桐社区议事会", 12, 5)]
    assert "满 12 户联署，社区 5 个工作日内答复" in client.get("/council").text
    assert [client.get(address).status_code for address in ("/topics", "/meetings", "/bodies")] == [200] * 3


@pytest.mark.parametrize("who", ["owner", "worker", "manager"])
def test_nobody_else_does(client: Client, who: str) -> None:
    client.sign_in(who)
    assert client.submit("/council", SAID).status_code == 403
    assert councils() == []


def test_a_second_one_is_not_founded(client: Client) -> None:
    client.sign_in("secretary")
    client.submit("/council", SAID)
    again = client.submit("/council", SAID | {"name": "又一个"})
    assert again.status_code == 409
    assert "这里已经有议事会了" in again.text
    assert len(councils()) == 1


def test_each_community_founds_its_own(client: Client, world: World) -> None:
    found_council(world.administrator, world.get(Place, "community"), name="梧桐社区议事会")
    client.sign_in("other_secretary")
    assert "还没有议事会" in client.get("/council").text
    client.submit("/council", SAID | {"name": "枫园社区议事会"})
    theirs = sa.select(Council.name).where(Council.place_path == world.paths["other_community"])
    assert list(db.session.scalars(theirs)) == ["枫园社区议事会"]
    assert len(councils()) == 2


@pytest.mark.parametrize(
    ("field", "wrong", "sentence"),
    [
        ("name", " ", "请写议事会叫什么。"),
        ("name", "议" * 61, "多了 1 个字"),
        ("endorsements_needed", "0", "请写 1 到 1000。"),
        ("endorsements_needed", "9" * 30, "请写 1 到 1000。"),
        ("endorsements_needed", "十户", "请写成整数"),
        ("screening_days", "", "请写成整数"),
        ("screening_days", "31", "请写 1 到 30。"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(client: Client, field: str, wrong: str, sentence: str) -> None:
    client.sign_in("secretary")
    reply = client.submit("/council", SAID | {field: wrong})
    assert reply.status_code == 422
    page = BeautifulSoup(reply.data, "html.parser")
    assert sentence in page.select_one(f"#{field}-error").text  # type: ignore[union-attr]
    kept = "screening_days" if field == "endorsements_needed" else "endorsements_needed"
    assert page.select_one(f"#{kept}")["value"] == SAID[kept]  # type: ignore[index]
    assert councils() == []


def test_by_command(app: Flask, world: World) -> None:
    run = app.test_cli_runner().invoke
    which = run(args=["council", "found", "梧桐社区议事会"])
    assert (which.exit_code, "--community" in which.stderr) == (2, True), "there are two communities"
    words = ["council", "found", "梧桐社区议事会", "--community", world.get(Place, "community").name]
    done = run(args=[*words, "--endorsements", "12", "--days", "5"])
    assert done.exit_code == 0, done.output
    assert councils() == [("梧桐社区议事会", 12, 5)]
    again = run(args=words)
    assert (again.exit_code, again.stderr) == (2, "这里已经有议事会了。\n")


def test_its_name_and_numbers_are_changed_and_what_they_were_is_kept(client: Client, world: World) -> None:
    council = found_council(world.administrator, world.get(Place, "community"), name="梧桐社区议事会")
    topic = raise_topic(
        world.owner,
        council,
        place=world.get(Place, "building"),
        title="楼道灯不亮",
        body="晚上看不见台阶。",
        category=Category.REPAIR,
        once="topic",
    )
    client.sign_in("owner")
    assert client.get("/council/change").status_code == 403
    assert client.submit("/council/change", SAID | {"changes": "0"}).status_code == 403
    client.sign_in("secretary")
    new = {"name": "梧桐里议事会", "endorsements_needed": "1", "screening_days": "5"}
    assert client.submit("/council/change", new | {"changes": "0", "name": " "}).status_code == 422
    assert client.submit("/council/change", new | {"changes": "0"}).status_code == 303
    assert councils() == [("梧桐里议事会", 1, 5)]
    assert topic.state is TopicState.SCREENING
    stale = client.submit("/council/change", SAID | {"changes": "0"})
    assert stale.status_code == 422
    assert "别人改过" in stale.text
    again = client.submit("/council/change", new | {"changes": "1"})
    assert again.status_code == 303
    page = client.sign_in(None).get("/council").text
    for words in ("以前的名称和规矩", "梧桐社区议事会", "满 10 户联署，社区 3 个工作日内答复"):
        assert words in page
    assert db.session.scalar(sa.select(sa.func.count()).select_from(CouncilBefore)) == 1
    client.sign_in("other_secretary")
    assert "梧桐" not in client.get("/council").text
